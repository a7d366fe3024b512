"""The claims of a draft with the places in its front matter where they are named."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Span
from factdesk.lint.base import ClaimFact, Draft


def claims_placed(draft: Draft) -> Iterator[tuple[ClaimFact, Span]]:
    """Each claim that the desk knows, once, with its place."""
    field = draft.field("claims")
    places = dict(zip(reversed(field.values), reversed(field.spans), strict=True))
    for own, span in reversed(places.items()):
        if own in draft.facts.claims:
            yield draft.facts.claims[own], span
