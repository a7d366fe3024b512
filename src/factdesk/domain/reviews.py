"""A review: someone else's published check, as imported. Its rating stays in its publisher's words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

ClaimantKind = Literal["organisation", "public figure", "unclassified"]


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who published a review. `site` is the host of its pages in lower case, without `www.`."""

    name: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """A publisher's verdict, verbatim. Numbers are kept only where usable: worst < best, value between."""

    text: str = ""
    value: float | None = None
    best: float | None = None
    worst: float | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who made a claim. One that nobody classified is withheld from pages, feeds and exports (DESIGN §1.7)."""

    name: str = ""
    kind: ClaimantKind = "unclassified"
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """One published check of one claim.

    `own_id` is the row's id in the file it came from; `source` scopes it, so that two files may both count from 1.
    Dates are ISO 8601 days (`2024-05-06`), or empty. `language` is a BCP-47 code of two or three letters, or empty.
    """

    claim: str
    own_id: str = ""
    source: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    publisher: Publisher = field(default_factory=Publisher)
    rating: Rating = field(default_factory=Rating)
    date: str = ""
    language: str = ""
    claimant: Claimant = field(default_factory=Claimant)
    claim_date: str = ""
    appearances: tuple[str, ...] = ()
    licence: str = ""
    feed_publisher: str = ""
    sample: bool = False

    def content(self) -> str:
        """The review as canonical JSON: sorted keys, no spaces, nothing empty. Equal reviews give equal text."""
        return json.dumps(_pruned(asdict(self)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


FIELDS = tuple(field.name for field in fields(Review))
"""The names of a review's fields; asking for them anew costs more than reading a review."""


def from_content(content: str) -> Review:
    """The review that `Review.content` wrote. Unknown fields, from a newer factdesk, are left out."""
    return review_from(json.loads(content))


def review_from(data: Mapping[str, Any]) -> Review:
    """A review from plain data in the shape of `Review.content`."""
    known = {name: data[name] for name in FIELDS if name in data}
    known.setdefault("claim", "")
    known["publisher"] = Publisher(**known.get("publisher", {}))
    known["rating"] = Rating(**known.get("rating", {}))
    claimant = dict(known.get("claimant", {}))
    claimant["same_as"] = tuple(claimant.get("same_as", ()))
    known["claimant"] = Claimant(**claimant)
    known["appearances"] = tuple(known.get("appearances", ()))
    return Review(**known)


def content_digest(content: str, salt: bytes) -> str:
    """The salted SHA-256 of a content, in hexadecimal. Only this enters the event log, never the content."""
    return hashlib.sha256(salt + content.encode()).hexdigest()


def _pruned(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _pruned(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _is_default(key, item)}
    if isinstance(value, (list, tuple)):
        return [_pruned(item) for item in value]
    return value


def _is_default(key: str, value: Any) -> bool:
    """Whether a field may be left out. The number 0 may not, nor may a rating that reads “unclassified”."""
    return value is None or value is False or value in ("", [], {}) or (key == "kind" and value == "unclassified")
