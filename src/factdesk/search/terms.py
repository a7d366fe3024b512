"""Which terms of a message are asked for, the same for every driver."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from factdesk.text.fold import exact_terms, fold_terms, marked_terms

FOLDED, EXACT = "folded", "exact"
"""The two fields: every term, folded; and with their marks those terms that have any. Indexing all terms twice would
cost as much again and finds no more."""

MOST_TERMS = 64
"""Terms of a field that are asked for; the rarest stay."""
READ_TERMS = 2_000
"""Different terms of a message that are looked at, from its beginning."""
COMMON_SHARE = 0.20
"""A term in more than this share of the documents is left out: it costs the most and tells the least."""
COMMON_FROM = 1_000
"""Below so many documents nothing is left out."""


def field_terms(claim: str, title: str) -> dict[str, list[str]]:
    """The terms of a document, by field."""
    tokens = exact_terms(claim) + exact_terms(title)
    return {FOLDED: fold_terms(tokens), EXACT: marked_terms(tokens)}


@dataclass(frozen=True, slots=True)
class Boosts:
    """Weights of the two fields in a score by words; 0 leaves a field out."""

    folded: float = 1.0
    exact: float = 0.3


Frequency = Callable[[str, str], int]
"""`frequency(field, term)`: how many documents hold a term."""


def query_terms(text: str, documents: int, frequency: Frequency | None) -> list[tuple[str, str]]:
    """The (field, term) pairs to ask for, rarest first within a field; terms that nothing holds are left out.

    A driver whose engine weighs terms by itself, and is a request away for each question, gives no `frequency`: then
    the first terms are taken.
    """
    chosen: list[tuple[str, str]] = []
    tokens = exact_terms(text)
    for field, found in ((FOLDED, fold_terms(tokens)), (EXACT, marked_terms(tokens))):
        different = list(dict.fromkeys(found))[:READ_TERMS]
        kept = different if frequency is None else _telling(field, different, documents, frequency)
        chosen.extend((field, term) for term in kept[:MOST_TERMS])
    return chosen


def _telling(field: str, different: list[str], documents: int, frequency: Frequency) -> list[str]:
    counted = [(frequency(field, term), term) for term in different]
    most = documents * COMMON_SHARE if documents > COMMON_FROM else documents
    return [term for count, term in sorted(counted) if 0 < count <= most]
