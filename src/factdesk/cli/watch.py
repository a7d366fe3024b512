"""`factdesk watch`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import Day
from factdesk.wording import describe

if TYPE_CHECKING:
    from factdesk.actions.watch import Watched

OUTCOMES = {
    "same": "unchanged",
    "changed": "changed, every quotation still stands",
    "gone": "a quotation is gone",
    "unreachable": "could not be fetched",
}
STYLES = {"same": "dim", "changed": "bold yellow", "gone": "bold red", "unreachable": "bold yellow"}
SHOWN = 6
"""Changed lines that are shown of a source."""


@command(
    help="Look at cited sources again. Shows what changed, captures a changed source anew, and marks citations whose "
    "quotation is gone; the exit code is 1 when one is, and published checks that rely on it are reopened. What was "
    "captured from a private network is asked for there again.",
    acts=True,
    examples=("factdesk watch", "factdesk watch --since 2024-05 --dry-run"),
)
@option("--since", type=Day(), default=None, help="Only sources that were cited on this day or later.")
@option("--dry-run", is_flag=True, help="Look, and write nothing.")
@option("--allow-private", is_flag=True, help="Fetch from a private network too.")
def watch(call: Call, since: str | None, dry_run: bool, allow_private: bool) -> int:
    """Look at cited sources again."""
    from factdesk.actions.watch import watch as look

    with call.open(writable=not dry_run) as desk, call.progress("Looking") as progress:
        found = look(
            desk, since=since or "", dry_run=dry_run, allow_private=allow_private, progress=progress, actor=call.actor()
        )
    if call.json:
        rows = [_row(call, each) for each in found.seen]
        call.print_json({"sources": rows, "supplied": found.supplied, "reopened": list(found.reopened)})
    else:
        for each in found.seen:
            _say(call, each)
        for check in found.reopened:
            call.print(call.say("reopened: {id}", id=check))
        if not found.seen:
            call.talk("No source on the web was cited since that day." if since else "No source on the web is cited.")
        if found.supplied:
            call.talk("{count} cited sources were supplied; nothing can be fetched again.", count=f"{found.supplied:,}")
        if dry_run:
            call.talk("Nothing was changed: this was a dry run.")
    return 1 if any(each.outcome == "gone" for each in found.seen) else 0


def _row(call: Call, seen: Watched) -> dict[str, Any]:
    return {
        "capture": seen.capture.id,
        "url": seen.capture.capture.url,
        "outcome": seen.outcome,
        "citations": {cited.id: standing for cited, standing in seen.standing},
        "added": list(seen.added),
        "removed": list(seen.removed),
        "after": seen.after,
        "error": describe(seen.error, call.say) if seen.error else "",
    }


def _say(call: Call, seen: Watched) -> None:
    terminal, say = call.out, call.say
    call.print(
        f"{terminal.style(say(OUTCOMES[seen.outcome]), STYLES[seen.outcome])}: {visible(seen.capture.capture.url)}"
    )
    if seen.error is not None:
        call.print(f"  {describe(seen.error, say)}")
    for cited, standing in seen.standing:
        if standing == "gone":
            shown = say("gone: “{quotation}” ({id})", quotation=visible(cited.citation.quotation), id=cited.id)
            for line in wrap(shown, terminal.width - 2):
                call.print(f"  {line}")
    for mark, lines in (("-", seen.removed), ("+", seen.added)):
        for text in lines[:SHOWN]:
            first, *rest = wrap(visible(text), terminal.width - 4) or [""]
            call.print(f"  {mark} {first}")
            for line in rest[:2]:
                call.print(f"    {line}")
        if len(lines) > SHOWN:
            call.print(f"  {mark} {say('{count} more lines', count=f'{len(lines) - SHOWN:,}')}")
    if seen.after:
        call.print(f"  {say('captured anew: {id}', id=seen.after)}")
