"""`factdesk log`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.check_view import STATE_NAMES
from factdesk.cli.command import argument, command, option
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import Count
from factdesk.domain.ids import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factdesk.drafts.differences import Change
    from factdesk.queries.log import Entry

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

ACTIONS = {
    "check.new": "began the check",
    "check.edit": "edited it",
    "check.undo": "took the last edit back",
    "check.submit": "submitted it",
    "check.return": "returned it",
    "check.sign": "signed it",
    "check.publish": "published it",
    "check.reopen": "reopened it",
    "check.correct": "said what was wrong",
    "check.withdraw": "asked to withdraw it",
    "check.keep": "kept it as it was",
}
"""What was done to the check that the log is of."""

OF_DESK = {
    "desk.create": "made the desk",
    "people.add": "added a person",
    "people.role": "gave a person another role",
    "people.disable": "said that a person left",
    "key.register": "registered a key",
    "key.revoke": "gave a key up",
    "claim.add": "added a claim",
    "claim.edit": "changed a claim",
    "log.sign": "signed the log",
    "redact": "redacted",
    "redact.why": "asked for a redaction",
    "reviews.publish": "gave what is published to match",
    "tip.add": "took in a tip",
    "tip.link": "put a tip to a claim",
    "tip.unlink": "took a tip from its claim",
    "captures.add": "captured a source",
    "citations.add": "bound a quotation",
    "check.new": "began a check",
    "check.edit": "edited a check",
    "check.undo": "took an edit back",
    "check.submit": "submitted a check",
    "check.return": "returned a check",
    "check.sign": "signed a check",
    "check.publish": "published a check",
    "check.reopen": "reopened a check",
    "check.correct": "said what was wrong with a check",
    "check.withdraw": "asked to withdraw a check",
    "check.keep": "kept a check as it was",
}
"""What was done at the desk; anything else is said as the log has it."""


@command(
    help="Show who did what when. In the whole desk, or to one check, with the differences between its revisions.",
    examples=("factdesk log", "factdesk log CHECK", "factdesk log CHECK --brief --json"),
)
@argument("check", required=False, help="The check's id, or its end; the whole desk if not given.")
@option("--limit", type=Count(1, 100_000), default=50, help="How many events of the desk are shown.")
@option("--brief", is_flag=True, help="Without the differences.")
def log(call: Call, check: str | None, limit: int, brief: bool) -> None:
    """Show the log."""
    from factdesk.queries.items import id_named
    from factdesk.queries.log import log_of_check, log_of_desk

    with call.record() as record, record.read() as session:
        entries = log_of_check(session, id_named(session, "check", check)) if check else log_of_desk(session, limit)
    if call.json:
        call.print_json([_row(each, brief=brief) for each in entries])
        return
    for each in entries:
        _print(call, each, brief=brief)


def _print(call: Call, entry: Entry, *, brief: bool) -> None:
    time = entry.time.strftime("%Y-%m-%d %H:%M")
    for line in _headline(call, entry, f"{entry.seq:>6}  {time}  "):
        call.print(line)
    if entry.redacted:
        call.print(f"        {call.say('Its content was redacted.')}")
    for line in wrap(visible(entry.why), max(20, call.out.width - 8)) if entry.why else ():
        call.print(f"        {line}")
    if not brief:
        for line in _changes(call, entry):
            call.print(f"        {line}")


def _headline(call: Call, entry: Entry, start: str) -> Iterator[str]:
    """Who did what, behind its number and time; on a phone below them."""
    words = ACTIONS if entry.now else OF_DESK
    what = call.say(words[entry.action]) if entry.action in words else visible(entry.action)
    what += f" → {call.say(STATE_NAMES[entry.now.standing.state])}" if entry.now else f" · {_short(entry.subject)}"
    said = f"{call.out.style(visible(entry.actor), 'bold')} · {what}"
    if not call.out.narrow:
        yield start + said
        return
    yield start.rstrip()
    for line in wrap(said, call.out.width - 8):
        yield f"        {line}"


def _short(subject: str) -> str:
    """A subject with the end of its id, by which commands take it."""
    kind, _, own = visible(subject).partition(":")
    return f"{kind}:{short(own)}" if _ID.fullmatch(own) else visible(subject)


def _changes(call: Call, entry: Entry) -> list[str]:
    """The differences to the revision before, as lines."""
    from factdesk.drafts.differences import changed, differences

    if entry.revision is None or entry.before is None:
        return []
    lines: list[str] = []
    for change in changed(differences(entry.before.source, entry.revision.source)):
        lines += _change(call, change)
    return lines


def _change(call: Call, change: Change) -> list[str]:
    """One change: words between marks where a paragraph was reworded, else the paragraph that came or went."""
    name = f"{change.field}: " if change.field else ""
    room = max(20, call.out.width - 10)
    if change.parts:
        return list(wrap(name + "".join(_part(call, part.kind, part.text) for part in change.parts), room))
    lines = [f"- {line}" for line in wrap(visible(name + change.old), room) if change.old.strip()]
    return [*lines, *(f"+ {line}" for line in wrap(visible(name + change.new), room) if change.new.strip())]


def _part(call: Call, kind: str, text: str) -> str:
    shown = " ".join(text.split()) if text.strip() else text
    space = " " if text[:1].isspace() else ""
    end = " " if text[-1:].isspace() and text.strip() else ""
    if kind == "removed":
        return f"{space}{call.out.style(f'[-{visible(shown)}-]', 'bold red')}{end}"
    if kind == "added":
        return f"{space}{call.out.style(f'{{+{visible(shown)}+}}', 'bold green')}{end}"
    return f"{space}{visible(shown)}{end}" if text.strip() else " "


def _row(entry: Entry, *, brief: bool) -> dict[str, Any]:
    from factdesk.drafts.differences import unified

    row: dict[str, Any] = {
        "seq": entry.seq,
        "time": entry.time,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "state": entry.now.standing.state if entry.now else None,
        "why": entry.why,
        "revision": entry.revision.number if entry.revision else None,
        "redacted": entry.redacted,
    }
    if not brief and entry.revision is not None and entry.before is not None:
        row["difference"] = unified(entry.before.source, entry.revision.source)
    return row
