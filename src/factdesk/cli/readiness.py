"""`factdesk readiness`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import command
from factdesk.cli.terminal import columns, pad, visible, wrap

if TYPE_CHECKING:
    from factdesk.domain.matches import Reason
    from factdesk.queries.readiness import Point

COMMITMENTS = {
    "fairness": "The same standard for everyone",
    "sources": "Sources that a reader can go through again",
    "organisation": "Who runs it, and who pays",
    "methods": "How checks are made",
    "corrections": "Mistakes put right in public",
}
WORDS = {"met": "there", "not met": "missing", "unknown": "for you"}
STYLE = {"met": "green", "not met": "bold red", "unknown": "yellow"}


@command(
    help="Show what the desk must still tell its readers about itself. By the five commitments of fact-checkers, with "
    "where and how; the exit code is 1 when something is missing.",
    examples=("factdesk readiness", "factdesk readiness --json"),
)
def readiness(call: Call) -> int:
    """Hold the desk against what a publisher of checks must show."""
    from factdesk.queries.readiness_desk import readiness_of

    with call.record() as record:
        found = readiness_of(record)
    if call.json:
        call.print_json([_row(call, point) for point in found])
    else:
        _print(call, found)
    return 1 if any(point.status == "not met" for point in found) else 0


def _row(call: Call, point: Point) -> Mapping[str, object]:
    return {
        "code": point.code,
        "commitment": point.commitment,
        "status": point.status,
        "says": _said(call, point.says),
        "where": point.where,
        "how": _said(call, point.how) if point.how else "",
    }


def _print(call: Call, found: Sequence[Point]) -> None:
    left = max(columns(call.say(word)) for word in WORDS.values()) + 2
    for commitment, title in COMMITMENTS.items():
        call.print(call.out.style(call.say(title), "bold"))
        for point in found:
            if point.commitment == commitment:
                _print_point(call, point, left)
        call.print()
    counts = {status: sum(point.status == status for point in found) for status in WORDS}
    call.print(
        call.say(
            "{met} there, {missing} missing, {people} for you to judge.",
            met=counts["met"],
            missing=counts["not met"],
            people=counts["unknown"],
        )
    )


def _print_point(call: Call, point: Point, left: int) -> None:
    margin = call.out.style(pad(call.say(WORDS[point.status]), left), STYLE[point.status])
    texts = [_said(call, point.says)]
    if point.status != "met" and point.how is not None:
        texts.append(_said(call, point.how))
    if point.status == "not met":
        texts.append(f"→ {point.where}")
    lines = [line for text in texts for line in wrap(visible(text), call.out.width - left - 2)]
    for at, line in enumerate(lines):
        call.print(f"  {margin if at == 0 else ' ' * left}{line}")


def _said(call: Call, reason: Reason) -> str:
    return call.say(reason.template, **reason.values)
