"""Running the rules over a draft, and putting in what can be fixed safely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factdesk.domain.matches import Span
from factdesk.lint.base import Draft, Facts, Finding, Rule, Severity, Waiver
from factdesk.lint.read import read_draft
from factdesk.lint.rules import all_rules

_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file, counted from 1 as editors do; columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its rule's severity and where it stands. `waiver` is the reason why it does not count."""

    finding: Finding
    severity: Severity
    start: Place
    end: Place
    waiver: str = ""


def lint(draft: Draft, rules: Sequence[Rule] | None = None) -> tuple[Found, ...]:
    """What the rules find in a draft, in order of place. Waived findings are among them, with their waiver."""
    chosen = all_rules() if rules is None else rules
    starts = line_starts(draft.source)
    waivers = _by_code(draft.waivers)
    found = []
    for rule in chosen:
        for finding in rule.check(draft):
            waiver = _reason(waivers[rule.code], finding.span) if rule.waivable and rule.code in waivers else ""
            start, end = place(starts, finding.span.start), place(starts, finding.span.end)
            found.append(Found(finding, rule.severity, start, end, waiver))
    return tuple(sorted(found, key=lambda each: (each.finding.span.start, each.finding.code, each.finding.span.end)))


def counts(found: Iterable[Found]) -> tuple[Found, ...]:
    """The findings that nobody waived."""
    return tuple(each for each in found if not each.waiver)


def fixed(source: str, found: Iterable[Found]) -> tuple[str, int]:
    """The file with every safe fix put in, and how many there were. Of fixes that overlap the first counts."""
    fixes = sorted(
        (each.finding.fix for each in found if each.finding.fix is not None and not each.waiver),
        key=lambda fix: (fix.span.start, fix.span.end),
    )
    pieces: list[str] = []
    at = done = 0
    for fix in fixes:
        if fix.span.start < at:
            continue
        pieces += [source[at : fix.span.start], fix.text]
        at, done = fix.span.end, done + 1
    return "".join([*pieces, source[at:]]), done


def mended(source: str, path: str, facts: Facts, rules: Sequence[Rule]) -> tuple[str, int]:
    """A file after every safe fix, and how many there were. Mending it again changes nothing more.

    A fix may stand in the way of another one; those come in the next round. Rules whose fixes undo each other end
    after a few rounds.
    """
    done = 0
    for _ in range(_ROUNDS):
        after, count = fixed(source, lint(read_draft(source, path, facts), rules))
        if after == source:
            break
        source, done = after, done + count
    return source, done


def line_starts(source: str) -> list[int]:
    """Where each line begins."""
    starts = [0]
    at = source.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = source.find("\n", at + 1)
    return starts


def place(starts: Sequence[int], at: int) -> Place:
    """The line and column of a place."""
    line = bisect_right(starts, at)
    return Place(line, at - starts[line - 1] + 1)


def _by_code(waivers: Sequence[Waiver]) -> dict[str, tuple[list[int], list[Waiver]]]:
    """The waivers of each code that give a reason, in order of their scopes, and where those begin.

    A waiver without a reason waives nothing.
    """
    found: dict[str, tuple[list[int], list[Waiver]]] = {}
    for waiver in sorted((each for each in waivers if each.reason), key=lambda each: each.scope.start):
        starts, own = found.setdefault(waiver.code, ([], []))
        starts.append(waiver.scope.start)
        own.append(waiver)
    return found


def _reason(waivers: tuple[list[int], list[Waiver]], span: Span) -> str:
    """The reason for which a finding is waived; empty when it counts."""
    starts, own = waivers
    if own and own[0].scope.start == 0 and span.start < max(own[0].scope.end, 1):
        # One for the whole file, or for its first block.
        return own[0].reason
    at = bisect_right(starts, span.start) - 1
    return own[at].reason if at >= 0 and span.start < own[at].scope.end else ""
