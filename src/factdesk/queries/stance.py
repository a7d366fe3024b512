"""What evidence seems to do to claims, for whoever has pairs of them; reads no desk and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import tee

from factdesk.domain.stance import StanceHint
from factdesk.encode.base import Encoder
from factdesk.errors import InputError
from factdesk.match.stance import hints


def hint_asked(claim: str, evidence: str, encoder: Encoder) -> StanceHint:
    """The hint on one pair that somebody waits for. Raises `InputError` when either says nothing."""
    for text in (claim, evidence):
        if not any(letter.isalnum() for letter in text):
            raise InputError(
                "Claim and evidence both need words.", remedy="Give each in quotation marks, or as a file."
            )
    (found,) = hints([(claim, evidence)], encoder)
    return found


def bulk_hints(encoder: Encoder, rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, StanceHint]]:
    """The hint for each (id, claim, evidence), in their order; holds no more than a few dozen at once."""
    named, texts = tee(rows)
    pairs = ((claim, evidence) for _, claim, evidence in texts)
    for found, (own_id, _, _) in zip(hints(pairs, encoder), named, strict=False):
        yield own_id, found
