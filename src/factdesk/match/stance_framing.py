"""What it does to a hint that a text denies, doubts or only reports a statement instead of making it.

The two texts are compared without such words; what was found is then turned round, or held back. A denial of what the
claim says refutes it. Where nothing shows what the claim says, that leans to *refutes* and is never sure: lack of
evidence is no evidence of the opposite. What people only say settles nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from factdesk.domain.matches import Reason
from factdesk.match.stance_features import NAMES
from factdesk.match.stance_words import Floats, Pairing
from factdesk.text.framing import Frame
from factdesk.text.framing_words import Kind

BORNE_ON = 0.6
"""Share of the claim's words, by where the evidence's nearest ones stand, from which a denial is about the claim."""
APART = 0.25
"""Share up to which it is about something else."""
NEAR = 0.45
"""Likeness from which a word of the claim has one near it."""
WORD_FOR_WORD = 0.9
"""Probability that a statement which a text gives word for word, and bears on, is the claim: the table, which learned
from news, is too unsure of short sentences."""
TURNING = frozenset({"denied", "opposite"})
"""Differences that a denial takes back: that it is not so that it does not help says that it helps."""

_OF_SOURCE = {
    "denies": "the source says it is not so: “{words}”",
    "doubts": "the source says it is not shown: “{words}”",
    "reports": "the source only says that it is said: “{words}”",
}
_OF_CLAIM = {
    "denies": "the claim says it is not so: “{words}”",
    "doubts": "the claim says it is not shown: “{words}”",
    "reports": "the claim only says that it is said: “{words}”",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """`turns`: supports and refutes change places. `settles` is False where neither label can be had at all.

    `firm` is whether the hint may be sure; `by_claim` whether it is the claim that says it is not so; `whole` whether
    each of the claim's words has one near it in the evidence, without which a denial taken back supports nothing.
    """

    turns: bool = False
    settles: bool = True
    firm: bool = True
    by_claim: bool = False
    whole: bool = True
    reasons: tuple[Reason, ...] = ()


STRAIGHT = Turn()


def turn_of(pairing: Pairing, claim: Sequence[Frame], evidence: Sequence[Frame]) -> Turn:
    """What the frames of the two texts do to a hint on what remains of them."""
    mine = claim[0] if claim else None
    theirs, clear = _bearing(pairing, evidence)
    if mine is None and theirs is None:
        return STRAIGHT
    reasons = tuple(
        Reason("framed", templates[one.kind], {"words": one.words})
        for one, templates in ((theirs, _OF_SOURCE), (mine, _OF_CLAIM))
        if one is not None
    )
    kinds: tuple[Kind, Kind] = (mine.kind if mine else "states", theirs.kind if theirs else "states")
    one_sided = mine is None or theirs is None
    return Turn(
        turns=one_sided and "reports" not in kinds,
        settles="reports" not in kinds or kinds[0] == kinds[1],
        firm=clear and _firm(kinds, mine),
        by_claim=theirs is None,
        whole=bool((pairing.best[pairing.claim.content] >= NEAR).all()),
        reasons=reasons,
    )


def _firm(kinds: tuple[Kind, Kind], mine: Frame | None) -> bool:
    """Whether a hint may be sure: of like against like, and of a denial against a statement. Where the claim is about
    who denies something, whether that is so is another question."""
    if kinds[0] == kinds[1]:
        return True
    return set(kinds) == {"denies", "states"} and (mine is None or mine.plainly)


def _bearing(pairing: Pairing, frames: Sequence[Frame]) -> tuple[Frame | None, bool]:
    """The frame that bears on what the evidence says of the claim, if any, and whether that much is clear."""
    content = pairing.claim.content
    rows = np.flatnonzero(content) if content.any() else np.arange(len(content))
    best, share = None, 0.0
    for frame in frames:
        held = _within(pairing, frame)
        part = float(np.mean([held[row] for row in rows]))
        if part > max(share, APART):
            best, share = frame, part
    return best, best is None or share >= BORNE_ON


def _within(pairing: Pairing, frame: Frame) -> list[bool]:
    """For each word of the claim whether the evidence's word that is nearest to it stands where the frame bears."""
    spans = pairing.evidence.spans
    return [frame.start <= spans[place][0] < frame.end for place in pairing.nearest.tolist()]


def takes_back(turn: Turn, differ: Sequence[Reason]) -> bool:
    """Whether a difference, turned round, is agreement: any where the claim denies; else only another denial, since
    that it was not in 1925 does not say when it was."""
    return turn.by_claim or (bool(differ) and all(reason.feature in TURNING for reason in differ))


def turned(chances: Floats, row: Floats, turn: Turn, differ: Sequence[Reason]) -> Floats:
    """The probabilities [supports, refutes, neither] of the two texts as they stand, from those of what remains and
    its features `row`."""
    if turn == STRAIGHT:
        return chances
    supports, refutes, neither = _word_for_word(chances, row, differ).tolist()
    if not turn.settles:
        return np.array([0.0, refutes, supports + neither], np.float32)
    if not turn.turns:
        return np.array([supports, refutes, neither], np.float32)
    if takes_back(turn, differ):
        return np.array([refutes, supports, neither], np.float32)
    return np.array([0.0, supports, refutes + neither], np.float32)


def _word_for_word(chances: Floats, row: Floats, differ: Sequence[Reason]) -> Floats:
    """The table's probabilities, and no less than `WORD_FOR_WORD` for *supports* where the claim stands in the text."""
    copied = all(row[NAMES.index(name)] == 1 for name in ("told", "pairs"))
    if differ or not copied or chances[0] >= WORD_FOR_WORD:
        return chances
    others = chances[1:] / chances[1:].sum() * (1 - WORD_FOR_WORD)
    return np.array([WORD_FOR_WORD, *others], np.float32)
