"""`factdesk share`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option

if TYPE_CHECKING:
    from factdesk.publish.share import Kit

PARTS = {
    "answer": "the answer",
    "claim": "the claim",
    "rating": "the rating",
    "meaning": "what the rating means",
    "what": "why it was withdrawn",
    "desk": "the desk's name",
    "address": "the address",
}
"""What may not fit on a card."""


@command(
    help="Write a share kit of a published check, files that you use by hand. Picture cards in three shapes, a short "
    "text, the card's alternative text, the link, its QR code, and the check for paper as PDF. Nothing is posted "
    "anywhere.",
    examples=("factdesk share CHECK -o kit", "factdesk share CHECK -o kit --base-url https://example.org"),
)
@argument("check", help="The check's id, or its end.")
@option("-o", "--output", metavar="FOLDER", required=True, help="The kit's folder. A kit that is there is replaced.")
@option("--base-url", metavar="URL", default="", help="The site's address; the desk's `url` if not given.")
@option("--force", is_flag=True, help="Write it though the folder holds something else, which is kept beside it.")
def share(call: Call, check: str, output: str, base_url: str, force: bool) -> None:
    """Write a share kit, and say what is in it."""
    from factdesk.publish.share import share as write

    with call.record() as record:
        kit = write(record, check, Path(output), base_url, force=force)
    if call.json:
        call.print_json(kit)
        return
    for name in kit.files:
        call.print(str(Path(output) / name))
    _say(call, kit)


def _say(call: Call, kit: Kit) -> None:
    if kit.act == "withdraw":
        call.warn("The check was withdrawn: the kit says so, and does not repeat its answer as one.")
    for name, parts in kit.cut.items():
        shown = ", ".join(call.say(PARTS.get(part, part)) for part in parts)
        call.warn("{file} could not show this whole: {parts}. alt.txt has all of it.", file=name, parts=shown)
    if not any(name.endswith("16x9.png") for name in kit.files):
        call.warn("There are no cards: their typeface does not have the letters of the title.")
    elif kit.left_out:
        call.warn("The cards show “[…]” for letters that their typeface does not have. The texts have them.")
    if kit.no_sheet:
        why = " ".join(call.say(each.template, **each.values) for each in kit.no_sheet)
        call.warn("check.pdf is left out. {why}", why=why)
    if kit.kept:
        call.warn("What stood there is kept in {folder}.", folder=kit.kept)
    call.talk("Give alt.txt with the picture wherever you use it, and make a new kit whenever the check changes.")
