"""Tips as a person reads them, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from factdesk.cli.check_view import STATE_NAMES
from factdesk.cli.plain import plain
from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.domain.ids import short
from factdesk.wording import Say

if TYPE_CHECKING:
    from factdesk.queries.inbox import Inbox, TipGroup
    from factdesk.queries.inbox_claims import ClaimCheck, Suggestion

ORIGIN_NAMES: Mapping[str, str] = {
    "reader": "readers",
    "hotline": "hotline",
    "partner": "partners",
    "desk": "the desk itself",
    "other": "other ways",
}
LEVELS = "▁▂▃▄▅▆▇█"
LAST = 16
"""Periods of a sparkline: the newest."""
LONGEST = 200
"""Letters of a message that are shown in the list."""


def sparkline(demand: Sequence[int]) -> str:
    """Demand over time: a column a period, the highest as high as there is; a dot where nobody asked."""
    shown = demand[-LAST:]
    most = max(shown, default=0)
    return "".join(
        LEVELS[(count * 8 - 1) // most if most > 8 else count * 8 // most - 1] if count else "·" for count in shown
    )


def inbox_lines(found: Inbox, terminal: Terminal, say: Say) -> Iterator[str]:
    """Each group: how many ask, when, what, and whether it is checked."""
    unit = say("Each column is a day.") if found.unit == "day" else say("Each column is a week.")
    for group in found.groups:
        yield from group_lines(group, terminal, say)
        yield ""
    yield from (terminal.style(line, "dim") for line in wrap(unit, terminal.width))


def group_lines(group: TipGroup, terminal: Terminal, say: Say) -> Iterator[str]:
    """One group."""
    count = say("{count} tips", count=f"{group.count:,}") if group.count > 1 else say("1 tip")
    when = group.first if group.first == group.last else say("{first} to {last}", first=group.first, last=group.last)
    head = f"{terminal.style(count, 'bold')}  {terminal.style(sparkline(group.demand), 'green')}"
    languages = ", ".join(name or "?" for name in group.languages)
    origins = ", ".join(say(ORIGIN_NAMES[name]) for name in group.origins if name in ORIGIN_NAMES)
    yield head
    yield from (f"  {line}" for line in wrap(visible(beginning(group.text)), terminal.width - 2))
    facts = [when, languages, origins, say("tip {id}", id=short(group.tips[0]))]
    yield from (terminal.style(f"  {line}", "dim") for line in wrap(" · ".join(facts), terminal.width - 2))
    for said in _about(group, say):
        yield from (f"  {line}" for line in wrap(visible(said), terminal.width - 2))


def _about(group: TipGroup, say: Say) -> Iterator[str]:
    if group.claim:
        yield f"{say('claim {id}', id=short(group.claim))} · {checked(group.checks, say)}"
    elif group.suggestion is not None:
        yield from suggestion_lines(group.suggestion, say)
    else:
        yield say("put to no claim yet")


def suggestion_lines(found: Suggestion, say: Say) -> Iterator[str]:
    """The claim that a message seems to make, and why."""
    yield say(
        "perhaps claim {id} ({why}): “{text}”",
        id=short(found.claim),
        why=say(found.reason.template, **found.reason.values),
        text=beginning(found.text),
    )
    yield checked(found.checks, say)


def checked(checks: Sequence[ClaimCheck], say: Say) -> str:
    """Which checks there are of a claim, and where they stand."""
    if not checks:
        return say("not checked yet")
    said = (say("check {id}: {state}", id=short(each.id), state=say(STATE_NAMES[each.state])) for each in checks)
    return ", ".join(said)


def beginning(text: str) -> str:
    """The beginning of a message."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def group_row(group: TipGroup) -> dict[str, Any]:
    """A group as JSON."""
    return {"count": group.count, **plain(group)}
