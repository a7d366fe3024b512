"""The desk's own published checks as reviews, so that `match` finds them beside everybody else's."""

from __future__ import annotations

from urllib.parse import urlsplit

from factdesk.domain.reviews import Claimant, ClaimantKind, Publisher, Rating, Review
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.domain.statements import StatedClaim, Statement

SOURCE = "this desk"
"""What scopes the ids of the desk's own reviews; no file and no address is called so."""

UNRATED = {"en": "Not checkable", "vi": "Không thể kiểm chứng"}
"""What stands in the place of a rating where there is none."""

_KINDS: tuple[ClaimantKind, ...] = ("organisation", "public figure")


def own_id(check: str, claim: str) -> str:
    """The id of the review that a check makes of a claim."""
    return f"{check}:{claim}"


def own_reviews(statement: Statement, date: str) -> tuple[Review, ...]:
    """A published statement as reviews, one a claim; none of a withdrawal. `date` is the ISO day of publication."""
    if statement.act == "withdraw":
        return ()
    return tuple(_review(statement, claim, date) for claim in statement.claims)


def _review(statement: Statement, claim: StatedClaim, date: str) -> Review:
    kinds: dict[str, ClaimantKind] = {kind: kind for kind in _KINDS}
    kind = kinds.get(claim.claimant_kind)
    return Review(
        claim=claim.text,
        own_id=own_id(statement.check, claim.id),
        source=SOURCE,
        title=statement.title,
        text=statement.summary,
        publisher=Publisher(statement.desk, _host(statement.url)),
        rating=_rating(statement),
        date=date,
        language=statement.language.partition("-")[0].lower(),
        claimant=Claimant(claim.claimant, kind, claim.claimant_same_as) if kind else Claimant(),
        claim_date=claim.date,
        appearances=tuple(place.url for place in claim.appearances),
    )


def _rating(statement: Statement) -> Rating:
    rating = statement.rating
    if rating.key == NOT_CHECKABLE:
        words = UNRATED.get(statement.language.partition("-")[0].lower(), UNRATED["en"])
        return Rating(words, explanation=rating.reason)
    return Rating(rating.name, float(rating.value), float(rating.best), float(rating.worst), rating.definition)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
