"""`factdesk site build` and `factdesk site preview`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.cli.types import Count

if TYPE_CHECKING:
    from factdesk.publish.build import Built

SHOWN = 12
"""Changed files that are named; --json has them all."""


@command(
    help="Build the desk's site into a folder. It is rendered beside its place, checked, and swapped in whole; what "
    "changed is said. The folder is uploaded to any host as it is.",
    examples=("factdesk site build --base-url https://example.org", "factdesk site build -o public --dry-run"),
)
@option("-o", "--output", metavar="FOLDER", default="", help="The site's folder; `public` in the desk's if not given.")
@option("--base-url", metavar="URL", default="", help="The site's address; the desk's `url` if not given.")
@option("--all", "anew", is_flag=True, help="Make every page anew, whatever is known of the site that stands there.")
@option("--pdf", is_flag=True, help="Put a sheet to print beside each check (PDF).")
@option("--dry-run", is_flag=True, help="Render and check everything, say what would change, and change nothing.")
def build(call: Call, output: str, base_url: str, anew: bool, pdf: bool, dry_run: bool) -> None:
    """Build the site."""
    from factdesk.publish.build import build as built

    with call.open() as desk, call.progress("Making pages") as progress:
        out = Path(output) if output else desk.config.folder / "public"
        done = built(desk, out, base_url, dry_run=dry_run, anew=anew, pdf=pdf, progress=progress)
    if call.json:
        call.print_json(done)
        return
    _print(call, done)


def _print(call: Call, done: Built) -> None:
    for sign, paths in (("+", done.added), ("~", done.changed), ("-", done.removed)):
        for path in paths[:SHOWN]:
            call.print(f"{sign} {path}")
        if len(paths) > SHOWN:
            call.print(f"{sign} {call.say('and {count} more', count=f'{len(paths) - SHOWN:,}')}")
    counts = {"added": done.added, "changed": done.changed, "removed": done.removed}
    shown = {name: f"{len(paths):,}" for name, paths in counts.items()}
    template = "{checks} checks on {pages} pages: {added} files new, {changed} changed, {removed} gone."
    call.print(call.say(template, checks=f"{done.checks:,}", pages=f"{done.pages:,}", **shown))
    if done.dry_run:
        call.talk("Nothing was changed: leave out --dry-run to build it.")
    else:
        call.talk("The site is in {folder}.", folder=str(done.out))
    if done.private:
        call.warn(
            "The bundles carry sources from a private network: {ids}. Their pages name no address of it; see that "
            "you may publish them.",
            ids=_named(call, done.private),
        )
    if done.unbundled:
        call.warn("Without a bundle, since something of them was redacted: {ids}.", ids=_named(call, done.unbundled))


def _named(call: Call, ids: Sequence[str]) -> str:
    """The first ids, and how many more there are."""
    more = [call.say("and {count} more", count=f"{len(ids) - SHOWN:,}")] if len(ids) > SHOWN else []
    return ", ".join([*ids[:SHOWN], *more])


@command(
    help="Show the site on this machine alone, with drafts marked as drafts. It is built anew whenever something "
    "changes at the desk. Ctrl-C ends it.",
    examples=("factdesk site preview", "factdesk site preview --port 8000"),
)
@option("--port", type=Count(0, 65_535), default=0, help="The port to listen on; a free one if not given.")
def preview(call: Call, port: int) -> None:
    """Serve the site until it is stopped."""
    from factdesk.publish.preview import serve

    with call.open() as desk:
        serve(desk, port, call.print)
