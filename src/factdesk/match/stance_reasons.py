"""What a stance hint rests on, in words that a person can check against the two texts."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.domain.stance import StanceLabel
from factdesk.match.stance_conflicts import Conflict, Conflicts, Kind
from factdesk.match.stance_features import SHORT, unfound
from factdesk.match.stance_words import Pairing

CLEAR = 0.45
"""Likeness of the contexts from which a difference is shown, and may carry *refutes*."""
BESIDE = 2
"""Words that must be the same before and behind a piece that is said to stand in place of another."""
NEARLY_ALL, HARDLY = 0.75, 0.4
"""Mean likeness of the claim's words from which nearly all of it is in the source, and below which hardly any is."""
SHOWN = 3

_QUANTIFIERS = {
    ("all", "some"): "the claim says “all”, the source only some or most",
    ("all", "most"): "the claim says “all”, the source only some or most",
    ("some", "all"): "the claim says only some or most, the source “all”",
    ("most", "all"): "the claim says only some or most, the source “all”",
    ("only", ""): "the claim says “only”, the source does not",
}


def differences(pairing: Pairing, found: Conflicts) -> tuple[Reason, ...]:
    """What the two say differently, the surest kind first. Nothing is made of what the source merely does not say."""
    return (
        *(_other("number_other", one.claim, one.evidence) for one in found.of("number")[:SHOWN]),
        *(_denied(one) for one in _clear(found, "denied")),
        *(_opposite(one) for one in _clear(found, "opposite")),
        *(_other("name_other", one.claim, one.evidence) for one in _clear(found, "name")),
        *(Reason("quantifiers", _QUANTIFIERS[one.claim, one.evidence]) for one in found.of("quantifier")[:1]),
        *(_other("replaced", mine, theirs) for mine, theirs in list(replaced(pairing))[:SHOWN]),
    )


def _clear(found: Conflicts, kind: Kind) -> list[Conflict]:
    return [one for one in found.of(kind) if one.likeness >= CLEAR][:SHOWN]


def _other(feature: str, claim: str, evidence: str) -> Reason:
    return Reason(
        feature, "the source says {source} where the claim says {claim}", {"source": evidence, "claim": claim}
    )


def _opposite(one: Conflict) -> Reason:
    values = {"source": one.evidence, "claim": one.claim}
    return Reason("opposite", "the source says “{source}”, the claim the opposite: “{claim}”", values)


def _denied(one: Conflict) -> Reason:
    if one.claim:
        return Reason("denied", "the claim denies what the source says: “{words}”", {"words": one.claim})
    return Reason("denied", "the source denies what the claim says: “{words}”", {"words": one.evidence})


def replaced(pairing: Pairing) -> Iterator[tuple[str, str]]:
    """Short pieces of the claim that stand where the evidence, the same before and behind, has other words."""
    told = pairing.told
    claim, evidence = pairing.claim, pairing.evidence
    for start, end, gap in unfound(pairing):
        copied = told[max(0, start - BESIDE) : start].all() and told[end : end + BESIDE].all()
        whole = start >= BESIDE and end + BESIDE <= len(told)
        if not (copied and whole and 0 < gap <= SHORT and end - start <= SHORT):
            continue
        first = int(pairing.nearest[start - 1]) + 1
        if not pairing.echoed[first : first + gap].any():
            yield " ".join(claim.written[start:end]), " ".join(evidence.written[first : first + gap])


def agreements(pairing: Pairing, found: Conflicts) -> tuple[Reason, ...]:
    """What of the claim is in the source."""
    reasons: list[Reason] = []
    content = pairing.claim.content
    best = pairing.best[content] if content.any() else pairing.best
    if content.any() and bool(pairing.told[content].all()):
        reasons.append(Reason("told", "all the claim's words are in the source"))
    elif float(best.mean()) >= NEARLY_ALL:
        reasons.append(Reason("found_content", "nearly all of the claim is in the source, some in other words"))
    if found.same_numbers:
        numbers = ", ".join(dict.fromkeys(found.same_numbers[:SHOWN]))
        reasons.append(Reason("numbers_agree", "same numbers: {numbers}", {"numbers": numbers}))
    return tuple(reasons)


def gaps(pairing: Pairing, found: Conflicts) -> tuple[Reason, ...]:
    """What of the claim is not in the source."""
    reasons: list[Reason] = []
    content = pairing.claim.content
    if content.any() and float(pairing.best[content].mean()) < HARDLY:
        return (Reason("found_content", "the source hardly speaks of what the claim says"),)
    if found.missing_numbers:
        numbers = ", ".join(dict.fromkeys(found.missing_numbers[:SHOWN]))
        reasons.append(Reason("numbers_missing", "the source does not have: {words}", {"words": numbers}))
    words = _least(pairing)
    if words:
        reasons.append(Reason("new_least", "the source does not speak of: {words}", {"words": words}))
    return tuple(reasons)


def _least(pairing: Pairing) -> str:
    """The longest piece of the claim that nothing in the source is near to."""
    far = ~pairing.told & (pairing.best < CLEAR)
    runs: list[tuple[int, int, int]] = []
    start = 0
    for row in range(len(far) + 1):
        if row == len(far) or not far[row]:
            runs.append((int(pairing.claim.content[start:row].sum()), start, row))
            start = row + 1
    count, start, end = max(runs, key=lambda run: run[0])
    return " ".join(pairing.claim.written[start:end]) if count else ""


def reasons_for(
    label: StanceLabel, pairing: Pairing, found: Conflicts, differ: tuple[Reason, ...]
) -> tuple[Reason, ...]:
    """Every reason, those that speak for the label first."""
    agree, lack = agreements(pairing, found), gaps(pairing, found)
    order = {"supports": (agree, differ, lack), "refutes": (differ, lack, agree), "neither": (lack, differ, agree)}
    seen: dict[str, Reason] = {}
    for part in order[label]:
        for reason in part:
            seen.setdefault(str(reason), reason)
    return tuple(seen.values())
