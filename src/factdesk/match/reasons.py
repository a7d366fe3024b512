"""Why a match was scored as it was, in words a person can check against the two texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from factdesk.domain.matches import Reason
from factdesk.match.conflicts import Comparison
from factdesk.match.features import Candidate, Query, Rarity
from factdesk.match.words import Words
from factdesk.text.fold import terms

SHOWN = 5
"""How many words, names or numbers one reason lists."""

_WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What reasons are drawn from: the claim as written, both sides taken apart, and how they compare."""

    claim: str
    query: Query
    candidate: Candidate
    comparison: Comparison
    cosine: float
    covered: float
    other_language: bool


COMMON = 1.5
"""Rarity below which a word is in a fifth of all checks and tells nothing."""
NEARLY_ALL = 0.8
"""Share of the claim's words, by rarity, from which the message has nearly all of them."""
CLOSE, FAIRLY_CLOSE = 0.6, 0.35
"""Compared cosines: pairs that make one claim lie mostly above the first, unrelated ones below the second."""


def reasons(evidence: Evidence, rarity: Rarity) -> tuple[Reason, ...]:
    """The reasons, the weightiest for a reader first: what differs, then what agrees."""
    return (*_differences(evidence), *_agreements(evidence, rarity))


def _differences(evidence: Evidence) -> Iterator[Reason]:
    found = evidence.comparison
    if found.numbers_differ:
        values = {"message": _listed(found.message_numbers), "claim": _listed(found.claim_numbers)}
        yield Reason("numbers", "numbers differ: {message} in the message, {claim} in the claim", values)
    if found.message_negates and not found.claim_negates:
        yield Reason("negation", "the message says “not”, the claim does not")
    if found.claim_negates and not found.message_negates:
        yield Reason("negation", "the claim says “not”, the message does not")
    if found.quantifiers_differ:
        yield Reason("quantifiers", "one says “all”, the other only some or most")


def _agreements(evidence: Evidence, rarity: Rarity) -> Iterator[Reason]:
    message, claim = evidence.query.whole, evidence.candidate.claim
    if evidence.comparison.same_numbers:
        same = {"numbers": _listed(evidence.comparison.same_numbers)}
        yield Reason("numbers_agree", "same numbers: {numbers}", same)
    names = full_names(evidence.claim, claim.names & message.distinct, message.distinct)
    if names:
        yield Reason("names_covered", "names agree: {names}", {"names": _listed(names)})
    yield from _wording(evidence, message, claim, rarity)
    yield from _meaning(evidence)


def _wording(evidence: Evidence, message: Words, claim: Words, rarity: Rarity) -> Iterator[Reason]:
    if evidence.covered >= NEARLY_ALL and len(claim.distinct) > 2:
        yield Reason("claim_covered", "nearly all the claim's words are in the message")
        return
    named = {term for name in full_names(evidence.claim, claim.names, message.distinct) for term in terms(name)}
    shared = claim.distinct & message.distinct - claim.names - claim.digits - named
    telling = [term for term in shared if rarity.get(term, 0.0) >= COMMON]
    weighty = sorted(telling, key=lambda term: (-rarity.get(term, 0.0), term))[:SHOWN]
    words = as_written(evidence.claim, frozenset(weighty))
    if words:
        yield Reason("words_score", "shared words: {words}", {"words": _listed(words)})


def _meaning(evidence: Evidence) -> Iterator[Reason]:
    if evidence.cosine >= CLOSE:
        yield Reason("meaning_best", "close in meaning")
    elif evidence.cosine >= FAIRLY_CLOSE:
        yield Reason("meaning_best", "fairly close in meaning")
    if evidence.other_language:
        yield Reason("language", "in another language")


def as_written(text: str, wanted: frozenset[str]) -> tuple[str, ...]:
    """The words of a text that give one of the wanted terms, as the text writes them, each once."""
    if not wanted:
        return ()
    found: dict[str, str] = {}
    for word in _WORD.findall(text):
        for term in _terms_of(word):
            if term in wanted:
                found.setdefault(term, word)
    return tuple(dict.fromkeys(found.values()))


@lru_cache(maxsize=50_000)
def _terms_of(word: str) -> tuple[str, ...]:
    return tuple(terms(word))


def full_names(text: str, names: frozenset[str], known: frozenset[str]) -> tuple[str, ...]:
    """The names as the text writes them, neighbours as one, with a capital that begins the sentence before them."""
    words = [match[0] for match in _WORD.finditer(text)]
    is_name = [any(term in names for term in terms(word)) for word in words]
    found: list[str] = []
    at = 0
    while at < len(words):
        start = at
        while at < len(words) and is_name[at]:
            at += 1
        if at > start:
            before = words[start - 1] if start == 1 else ""
            leads = bool(before) and before[0].isupper() and any(term in known for term in terms(before))
            found.append(" ".join([*([before] if leads else []), *words[start:at]]))
        at = max(at, start + 1)
    return tuple(dict.fromkeys(found))


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words[:SHOWN])
