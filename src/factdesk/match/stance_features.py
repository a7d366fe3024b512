"""What is compared between a claim and a piece of evidence: each feature a column, each with its public description.

None knows which language a text is in: words are compared by their states, numbers by value and unit, negation and
opposites by lists that hold Vietnamese and English alike. `rows` gives the columns in the order of `NAMES`.
"""

from __future__ import annotations

import math

import numpy as np

from factdesk.match.stance_conflicts import Conflicts, Kind, conflicts
from factdesk.match.stance_words import Flags, Floats, Pairing

DESCRIPTIONS: dict[str, str] = {
    "meaning": "Cosine of the claim and the whole evidence.",
    "found": "Mean likeness of the claim's words to the evidence's nearest ones, each in its context.",
    "found_content": "The same for the words that carry a statement.",
    "found_low": "The likeness that a tenth of those words stay below.",
    "found_least": "The least of those likenesses: one word may change all.",
    "found_back": "Mean likeness of the evidence's words to the claim's nearest ones.",
    "new_mean": "Mean likeness of the claim's words that the evidence does not have as such; 1 where it has them all.",
    "new_least": "The least of those likenesses; 1 where it has them all.",
    "new_count": "Logarithm of 1 + how many those words are.",
    "told": "Share of the claim's words, of those that carry a statement, that the evidence has as such.",
    "echoed": "Share of the evidence's words, of those that carry a statement, that the claim has.",
    "pairs": "Share of the claim's neighbouring words that stand side by side in the evidence too.",
    "same_least": "The least likeness of a word that both have: it stands in another context.",
    "order": "Share of the claim's words whose nearest ones stand in the evidence in the claim's order.",
    "replaced": "Share of the claim's words that stand where the evidence has other ones.",
    "replaced_short": "How many short pieces of the claim stand between the same words where the evidence has others.",
    "added": "Share of the claim's words that stand where the evidence has none.",
    "added_run": "Logarithm of 1 + the longest run of words that the evidence does not have.",
    "added_end": "Share of the claim's words behind the last one that the evidence has.",
    "numbers_agree": "How many numbers the claim and the evidence share.",
    "number_other": "Likeness of a number of the claim and another one of the same kind in the evidence; 0 without.",
    "numbers_missing": "How many numbers of the claim the evidence neither has nor contradicts.",
    "names_missing": "How many words of the claim's names the evidence does not have.",
    "name_other": "Likeness of a name of the claim and another one in its place in the evidence; 0 without.",
    "denied": "Likeness of words that one of the two denies and the other states; 0 without.",
    "opposite": "Likeness of words of the two that say the opposite of one another; 0 without.",
    "quantifiers": "1 where one says all and the other some or most, or only the claim says only; else 0.",
    "claim_length": "Logarithm of 1 + the claim's words.",
    "length_share": "Logarithm of the claim's words over the evidence's.",
}
"""Every feature by name, in the order of the columns."""

NAMES = tuple(DESCRIPTIONS)
SHORT = 3
"""Words of a piece that stands in place of another."""


def features(pairing: Pairing) -> tuple[Floats, Conflicts]:
    """The columns of a pair, float32[features], and the conflicts that some of them come from."""
    found = conflicts(pairing)
    values = _likeness(pairing) | _wording(pairing) | _places(pairing) | _conflicting(found)
    return np.array([values[name] for name in NAMES], np.float32), found


def _likeness(pairing: Pairing) -> dict[str, float]:
    best, content = pairing.best, pairing.claim.content
    weighty = best[content] if content.any() else best
    new = best[content & ~pairing.told]
    same = [_of_same(pairing, row) for row in np.flatnonzero(pairing.told & content).tolist()]
    return {
        "meaning": float(pairing.claim.vector @ pairing.evidence.vector),
        "found": float(best.mean()),
        "found_content": float(weighty.mean()),
        "found_low": float(np.quantile(weighty, 0.1)),
        "found_least": float(weighty.min()),
        "found_back": float(pairing.likeness.max(axis=0).mean()),
        "new_mean": float(new.mean()) if len(new) else 1.0,
        "new_least": float(new.min()) if len(new) else 1.0,
        "new_count": math.log1p(len(new)),
        "same_least": min(same, default=0.0),
    }


def _of_same(pairing: Pairing, row: int) -> float:
    """The likeness of a word of the claim to the most alike of the evidence's same words."""
    mine = pairing.claim.folded[row]
    columns = [column for column, other in enumerate(pairing.evidence.folded) if mine & other]
    return float(pairing.likeness[row, columns].max()) if columns else 1.0


def _wording(pairing: Pairing) -> dict[str, float]:
    claim, evidence = pairing.claim, pairing.evidence
    pairs = set(zip(evidence.folded, evidence.folded[1:], strict=False))
    own = list(zip(claim.folded, claim.folded[1:], strict=False))
    return {
        "told": _share(pairing.told, claim.content),
        "echoed": _share(pairing.echoed, evidence.content),
        "pairs": sum(pair in pairs for pair in own) / max(1, len(own)),
        "claim_length": math.log1p(len(claim.spans)),
        "length_share": math.log(len(claim.spans) / len(evidence.spans)),
    }


def _share(flags: Flags, among: Flags) -> float:
    return float(flags[among].mean()) if among.any() else 1.0


def _places(pairing: Pairing) -> dict[str, float]:
    """What stands in the claim in place of other words, and what was added to what the evidence says."""
    count = len(pairing.claim.spans)
    held = pairing.told
    pieces = unfound(pairing)
    fresh = [_fresh(pairing, start, end) for start, end, *_ in pieces]
    replaced = [n for n, (*_, gap) in zip(fresh, pieces, strict=True) if gap > 0]
    short = [end - start <= SHORT and 0 < gap <= SHORT for start, end, gap in pieces]
    last = int(np.flatnonzero(held)[-1]) + 1 if held.any() else 0
    return {
        "order": _ascending(pairing.nearest) / count,
        "replaced": sum(replaced) / count,
        "replaced_short": float(sum(short)),
        "added": (sum(fresh) - sum(replaced)) / count,
        "added_run": math.log1p(max((end - start for start, end, _ in pieces), default=0)),
        "added_end": _fresh(pairing, last, count) / count,
    }


def _fresh(pairing: Pairing, start: int, end: int) -> int:
    """Words of a piece of the claim that carry a statement and that the evidence does not have."""
    return int((pairing.claim.content & ~pairing.told)[start:end].sum())


def unfound(pairing: Pairing) -> list[tuple[int, int, int]]:
    """The pieces of the claim, from word to word, that the evidence does not have, with how many words it has there.

    That is told by where the words around a piece stand in the evidence; -1 where they do not stand in a row.
    """
    told, nearest = pairing.told, pairing.nearest
    found: list[tuple[int, int, int]] = []
    place = 0
    while place < len(told):
        end = place
        while end < len(told) and not told[end]:
            end += 1
        if _fresh(pairing, place, end):
            before = int(nearest[place - 1]) if place else -1
            after = int(nearest[end]) if end < len(told) else len(pairing.evidence.spans)
            gap = after - before - 1
            found.append((place, end, gap if 0 <= gap <= end - place + SHORT else -1))
        place = max(end, place + 1)
    return found


def _ascending(places: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
    """How many of the places can be kept so that each is not before the one kept before it."""
    tops: list[int] = []
    for place in places.tolist():
        at = int(np.searchsorted(tops, place, side="right"))
        tops[at : at + 1] = [place]
    return len(tops)


def _conflicting(found: Conflicts) -> dict[str, float]:
    def strength(kind: Kind) -> float:
        return max((one.likeness for one in found.of(kind)), default=0.0)

    return {
        "numbers_agree": float(len(found.same_numbers)),
        "number_other": strength("number"),
        "numbers_missing": float(len(found.missing_numbers)),
        "names_missing": float(found.missing_names),
        "name_other": strength("name"),
        "denied": strength("denied"),
        "opposite": strength("opposite"),
        "quantifiers": strength("quantifier"),
    }
