"""Shared by the tests of this room: read bytes, text or values."""

from __future__ import annotations

import io
import json
from typing import Any

from factdesk.domain.reviews import Review
from factdesk.domain.runs import Repair
from factdesk.interchange.read import Found, Item, read_reviews


def items(data: bytes | str, source: str = "file", format_name: str = "") -> list[Item]:
    """Everything that reading gives."""
    raw = data.encode() if isinstance(data, str) else data
    return list(read_reviews(io.BytesIO(raw), source, format_name))


def value_items(value: Any) -> list[Item]:
    """The same for a value as a JSON document."""
    return items(json.dumps(value))


def reviews(found: list[Item]) -> list[Review]:
    """The reviews among items."""
    return [item.review for item in found if isinstance(item, Found)]


def codes(found: list[Item]) -> set[str]:
    """The codes of every repair among items."""
    made = {repair.code for item in found if isinstance(item, Found) for repair in item.repairs}
    return made | {item.code for item in found if isinstance(item, Repair)}


def skipped(found: list[Item]) -> list[Repair]:
    """What was passed over."""
    return [item for item in found if isinstance(item, Repair) and item.skipped]


def claim_review(**changes: Any) -> dict[str, Any]:
    """A ClaimReview in which nothing needs mending."""
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://check.example/1",
        "claimReviewed": "Water boils at 90 degrees",
        "name": "No, it boils at 100",
        "author": {"@type": "Organization", "name": "Check", "url": "https://check.example/"},
        "datePublished": "2024-05-06",
        "inLanguage": "en",
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": "False",
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": "Kettle Board"},
            "datePublished": "2024-05-01",
            "appearance": [{"@type": "CreativeWork", "url": "https://kettle.example/post"}],
        },
    } | changes
