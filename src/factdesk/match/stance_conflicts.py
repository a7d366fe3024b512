"""Where a claim and a piece of evidence say different things: numbers, names, negation, opposites, quantifiers.

Each conflict is tied to a word of either side, and how alike these two words are in their contexts says whether both
texts speak of one thing there. So a number that merely stands in the same paragraph contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from factdesk.match.conflicts import comparable, equal
from factdesk.match.stance_opposites import Said, said
from factdesk.match.stance_words import Flags, Pairing, Side
from factdesk.text.negation import denials, quantifiers
from factdesk.text.numbers import Quantity, numbers

Kind = Literal["number", "name", "denied", "opposite", "quantifier"]

SPEAKS_OF_SAME = 0.3
"""Likeness below which two words are not about one thing, whatever stands there."""
SAME_WORD = 0.5
"""Likeness from which a word of the claim counts as being the nearest one of the evidence, in other words."""
CLAUSE_ENDS = ".,;:!?"
ONLY = 0.5
"""What it weighs that the claim says only and the evidence does not: less than all against some."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One difference: what the claim has and what the evidence has, as written, and how alike their contexts are.

    Of a denial, `claim` or `evidence` holds the denied words of the side that denies, and the other is ''.
    """

    kind: Kind
    likeness: float
    claim: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """All differences, and what was compared without one."""

    found: tuple[Conflict, ...]
    same_numbers: tuple[str, ...]
    missing_numbers: tuple[str, ...]
    missing_names: int

    def of(self, kind: Kind) -> tuple[Conflict, ...]:
        """Those of one kind, the most alike first."""
        return tuple(sorted((one for one in self.found if one.kind == kind), key=lambda one: -one.likeness))


def conflicts(pairing: Pairing) -> Conflicts:
    """Every difference that was found between a claim and the evidence it was held against."""
    same, missing, other_numbers = _numbers(pairing)
    names = tuple(_names(pairing))
    unnamed = int((pairing.claim.names & ~pairing.told & (pairing.best < SAME_WORD)).sum())
    found = (*other_numbers, *names, *_denied(pairing), *_opposed(pairing), *_quantified(pairing))
    return Conflicts(found, same, missing, unnamed)


def _numbers(pairing: Pairing) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Conflict, ...]]:
    """Numbers of the claim that the evidence has, lacks, and has another one for."""
    claim, evidence = pairing.claim, pairing.evidence
    asked, told = numbers(claim.text, claim.language), _within(evidence, numbers(evidence.text, evidence.language))
    same = [one for one in asked if any(_same(one, other) for other in told)]
    free = [other for other in told if not any(_same(one, other) for one in asked)]
    missing: list[str] = []
    found: list[Conflict] = []
    for one in asked:
        if one in same or one.kind == "ordinal":
            continue
        rivals = [(_likeness(pairing, one, other), other) for other in free if comparable(one, other)]
        top, rival = max(rivals, key=lambda pair: pair[0], default=(0.0, None))
        if rival is not None and top >= SPEAKS_OF_SAME:
            found.append(Conflict("number", top, _shown(claim, one), _shown(evidence, rival)))
        else:
            missing.append(_shown(claim, one))
    return tuple(_shown(claim, one) for one in same), tuple(missing), tuple(found)


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether the evidence's number is the claim's, as it stands or as the claim rounds it: 84 is not 85, about 1.2
    million may be 1,187,400."""
    if not equal(one, other):
        return False
    exact = one.value == other.value or one.unit != other.unit
    return exact or _figures(one.value) < _figures(other.value)


def _figures(value: float) -> int:
    """How many figures of a number say something."""
    return len(f"{value:.10g}".replace(".", "").strip("0"))


def _within(side: Side, quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """The quantities that stand in the sentences that are looked at."""
    return [one for one in quantities if any(start <= one.span.start < end for start, end in side.spans)]


def _likeness(pairing: Pairing, one: Quantity, other: Quantity) -> float:
    row, column = pairing.claim.word_at(one.span.start), pairing.evidence.word_at(other.span.start)
    return float(pairing.likeness[row, column])


def _shown(side: Side, one: Quantity) -> str:
    return side.text[one.span.start : one.span.end].strip()


def _names(pairing: Pairing) -> Iterator[Conflict]:
    """A name of the claim that the evidence does not have, nearest to a name of the evidence that the claim lacks."""
    claim, evidence = pairing.claim, pairing.evidence
    others = np.flatnonzero(evidence.names & ~pairing.echoed)
    if not len(others):
        return
    for row in np.flatnonzero(claim.names & ~pairing.told).tolist():
        column = int(others[pairing.likeness[row, others].argmax()])
        top = float(pairing.likeness[row, column])
        # Two names of one thing, as Đức and Germany, are nearer than two things of one kind; and nothing else is near.
        if top >= SPEAKS_OF_SAME and float(pairing.best[row]) <= top:
            yield Conflict("name", top, _full(claim, row), _full(evidence, column))


def _full(side: Side, row: int) -> str:
    """A name with the words of it that stand beside."""
    start, end = row, row + 1
    while start and side.names[start - 1]:
        start -= 1
    while end < len(side.names) and side.names[end]:
        end += 1
    return " ".join(side.written[start:end])


def _denied(pairing: Pairing) -> Iterator[Conflict]:
    """Words that one of the two denies while the other states them."""
    mine, theirs = denied(pairing.claim), denied(pairing.evidence)
    content = pairing.claim.content
    rows = np.flatnonzero(content & ((pairing.best >= SAME_WORD) | pairing.told))
    differ = [int(row) for row in rows if mine[row] != theirs[pairing.nearest[row]]]
    for by_claim in (True, False):
        some = [row for row in differ if bool(mine[row]) is by_claim]
        if some:
            row = max(some, key=lambda row: float(pairing.best[row]))
            words = (pairing.claim.written[row], pairing.evidence.written[int(pairing.nearest[row])])
            shown = (words[0], "") if by_claim else ("", words[1])
            yield Conflict("denied", float(pairing.best[row]), *shown)


def denied(side: Side) -> Flags:
    """Which words stand behind one that negates them, in the same clause."""
    flags = np.zeros(len(side.spans), bool)
    for scope in denials(side.text, side.language):
        for place in range(len(side.plain)):
            if scope and side.plain[place] == scope[0] and side.plain[place + 1 : place + 2] in ((), scope[1:2]):
                _deny(side, flags, place, scope)
    return flags


def _deny(side: Side, flags: Flags, place: int, scope: tuple[str, ...]) -> None:
    for row in range(place, min(place + len(scope), len(flags))):
        flags[row] = True
        if side.text[side.spans[row][1] - 1] in CLAUSE_ENDS:
            return


def _opposed(pairing: Pairing) -> Iterator[Conflict]:
    """Words of the two that say one thing two opposite ways, both stated or both denied."""
    mine, theirs = _said(pairing.claim), _said(pairing.evidence)
    my_denials, their_denials = denied(pairing.claim), denied(pairing.evidence)
    ways = {(one.line, one.way) for _, one in mine}, {(other.line, other.way) for _, other in theirs}
    for row, one in mine:
        for column, other in theirs:
            opposed = one.line == other.line and one.way != other.way and my_denials[row] == their_denials[column]
            settled = (one.line, one.way) in ways[1] or (other.line, other.way) in ways[0]
            top = float(pairing.likeness[row, column])
            if opposed and not settled and top >= SPEAKS_OF_SAME:
                yield Conflict("opposite", top, one.words, other.words)


def _said(side: Side) -> list[tuple[int, Said]]:
    """What a side says of the list of opposites; a name is no such word."""
    found = said(side.plain)
    return [(place, one) for place, some in found.items() if not side.names[place] for one in some]


def _quantified(pairing: Pairing) -> Iterator[Conflict]:
    """One says all, the other some or most; or the claim says only, and the evidence does not."""
    mine, theirs = quantifiers(pairing.claim.text), quantifiers(pairing.passages)
    for one, other in (("all", "some"), ("all", "most"), ("some", "all"), ("most", "all")):
        if one in mine - theirs and other in theirs - mine:
            yield Conflict("quantifier", 1.0, one, other)
    if "only" in mine - theirs:
        yield Conflict("quantifier", ONLY, "only", "")
