"""`factdesk captures` and `captures show`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.capture import EXTRAS, ORIGINS
from factdesk.cli.cite import STANDS
from factdesk.cli.command import argument, command, option
from factdesk.cli.plain import plain
from factdesk.cli.show import lines
from factdesk.cli.terminal import table, visible, wrap
from factdesk.cli.types import Count
from factdesk.cli.watch import OUTCOMES

if TYPE_CHECKING:
    from factdesk.queries.captures import Listed, ShownCapture
    from factdesk.queries.desk import Desk

TOP = 50
BEGINNING = 1_500
"""Characters of a text that are shown; --text prints all of it."""
MARKS = {"supplied": "supplied", "ocr": "read off a picture", "private": "private network", "primary": "primary source"}


@command(
    help="List captures, newest first. With words: those that have all of them in title, author, address, name or "
    "note.",
    examples=("factdesk captures", 'factdesk captures "ministry of health"', "factdesk captures show CAPTURE"),
)
@argument("query", help="Words to look for.", required=False)
@option("--top", type=Count(1, 1_000_000), default=TOP, help="How many at most.")
def list_(call: Call, query: str | None, top: int) -> None:
    """List captures."""
    from factdesk.queries.captures import list_captures

    with call.open() as desk:
        found = list_captures(desk, query or "", top + 1)
    if call.json:
        call.print_json([_row(each) for each in found[:top]])
        return
    if not found:
        call.talk("No capture." if query is None else "No capture has these words.")
        return
    say = call.say
    heads = [say(head) for head in ("ID", "Captured", "Source", "Cited")]
    rows = [
        [each.id, f"{each.capture.time:%Y-%m-%d}", _named(call, each), str(each.citations or "")]
        for each in found[:top]
    ]
    for line in table(heads, rows, call.out):
        call.print(line)
    if len(found) > top:
        call.talk("There are more: narrow it down, or give --top.")


def _row(each: Listed) -> dict[str, Any]:
    return {
        "id": each.id,
        **plain(each.capture),
        "supplied": each.capture.supplied,
        "citations": each.citations,
        "look": each.look,
    }


def _named(call: Call, each: Listed) -> str:
    """A capture in a list: title, source, and what one should know of it."""
    kept = each.capture
    parts = [kept.about.title, kept.source, *(call.say(MARKS[mark]) for mark in MARKS if getattr(kept, mark))]
    if each.look in ("changed", "gone"):
        parts.append(call.say(OUTCOMES[each.look]))
    return " · ".join(dict.fromkeys(part for part in parts if part))


@command(
    help="Show one capture. Where it is from, when it was made and how, its digest, its text, and what cites it.",
    examples=(
        "factdesk captures show CAPTURE",
        "factdesk captures show CAPTURE --text",
        "factdesk captures show CAPTURE --save page.html",
    ),
)
@argument("id", help="A capture's id or its beginning, a row's id, or an address.")
@option("--text", "whole", is_flag=True, help="Print the whole text and nothing else.")
@option("--save", metavar="FILE", help="Write the frozen bytes to a file, as they were received.")
def show(call: Call, id: str, whole: bool, save: str | None) -> None:  # noqa: A002 - the word on the command line
    """Show one capture."""
    from factdesk.queries.captures import show_capture

    with call.open() as desk:
        found = show_capture(desk, id)
        if save is not None:
            _save(call, desk, found, Path(save))
            return
    if whole:
        call.print(found.text)
    elif call.json:
        call.print_json(_shown(found))
    else:
        _say(call, found)


def _save(call: Call, desk: Desk, found: ShownCapture, target: Path) -> None:
    from factdesk.queries.captures import save_body

    save_body(desk, found.capture, target)
    call.talk("{size} bytes written to {file}.", size=f"{found.capture.size:,}", file=str(target))


def _shown(found: ShownCapture) -> dict[str, Any]:
    return {
        "id": found.id,
        **plain(found.capture),
        "supplied": found.capture.supplied,
        "text": found.text,
        "citations": plain(found.citations),
        "attachments": [{"id": each.id, **plain(each.attachment)} for each in found.attachments],
        "look": plain(found.look.look) if found.look else None,
        "twins": list(found.twins),
    }


def _say(call: Call, found: ShownCapture) -> None:
    kept, say, terminal = found.capture, call.say, call.out
    call.print(terminal.style(found.id, "bold"))
    marks = [say(MARKS[mark]) for mark in MARKS if getattr(kept, mark) and mark != "supplied"]
    facts: dict[str, Any] = {
        "title": kept.about.title,
        "author": kept.about.author,
        "date": kept.about.published,
        "language": kept.about.language,
        "url": kept.final_url or kept.url,
        "name": kept.name,
        "own_id": kept.own_id,
        "captured": f"{kept.time:%Y-%m-%d %H:%M:%S} UTC, {say(ORIGINS[kept.origin])}",
        "supplied_by": kept.supplied_by,
        "media_type": f"{kept.media_type} {kept.charset}".strip(),
        "digest": f"sha256 {kept.digest}",
        "extractor": f"{kept.extractor.name} {kept.extractor.version}",
        "marks": ", ".join(marks),
        "note": kept.note,
        "attached": ", ".join(say(EXTRAS[each.attachment.kind]) for each in found.attachments),
        "twins": ", ".join(found.twins),
    }
    if kept.url and kept.url != kept.final_url:
        facts["asked"] = kept.url
    if found.look:
        facts["look"] = f"{found.look.look.time:%Y-%m-%d %H:%M}: {say(OUTCOMES[found.look.look.outcome])}"
    for line in lines(facts, terminal, say):
        call.print(line)
    _say_citations(call, found)
    call.print()
    for text in found.text[:BEGINNING].split("\n"):
        for line in wrap(visible(text), terminal.width) if text.strip() else ():
            call.print(line)
    if len(found.text) > BEGINNING:
        call.talk(
            "{count} more characters; all of it: factdesk captures show {id} --text",
            count=f"{len(found.text) - BEGINNING:,}",
            id=found.id,
        )


def _say_citations(call: Call, found: ShownCapture) -> None:
    for each in found.citations:
        shown = call.say("“{quotation}”", quotation=visible(each.quotation))
        gone = call.say("gone from the live source") if each.standing == "gone" else ""
        parts = [shown, call.say(STANDS[each.stance]), visible(each.claim), gone, f"[{each.id}]"]
        call.print()
        for line in wrap(" · ".join(part for part in parts if part), call.out.width):
            call.print(line)
