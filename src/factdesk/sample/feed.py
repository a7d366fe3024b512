"""The sample as a ClaimReview DataFeed, made from the rows of `misconceptions.jsonl`, and the messages of the demo."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

Language = Literal["en", "vi"]

LANGUAGES: tuple[Language, ...] = ("en", "vi")
SITE = "https://sample.example"
PUBLISHER = "factdesk sample desk"
LICENCE = "Apache-2.0; written for factdesk's sample, use it freely"

RATINGS: dict[Language, tuple[str, ...]] = {
    "en": ("False", "Mostly false", "Misleading", "Partly true", "True"),
    "vi": ("Sai", "Phần lớn sai", "Gây hiểu lầm", "Đúng một phần", "Đúng"),
}
"""The sample desk's words for the ratings 1 to 5; higher is truer."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A topic in one language: the claim as people say it, the headline of the answer, the answer itself."""

    claim: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Misconception:
    """A topic with its rating (1 to 5), the day (ISO 8601) of its reviews, and its wording in one or both languages."""

    slug: str
    topic: str
    rating: int
    date: str
    wordings: Mapping[Language, Wording]


@dataclass(frozen=True, slots=True)
class DemoMessage:
    """A message of the demo, and what it shows, in English and Vietnamese."""

    text: str
    shows: Mapping[Language, str]


def misconceptions() -> Iterator[Misconception]:
    """Every topic of the sample, in the order of its file."""
    for line in _content("misconceptions.jsonl").splitlines():
        row = json.loads(line)
        wordings = {language: Wording(**row[language]) for language in LANGUAGES if language in row}
        yield Misconception(row["slug"], row["topic"], row["rating"], row["date"], wordings)


def sample_feed() -> dict[str, Any]:
    """The sample as a schema.org DataFeed: one ClaimReview for each topic and language, each marked as a sample."""
    elements = [
        _element(topic, language, wording) for topic in misconceptions() for language, wording in topic.wordings.items()
    ]
    return {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": "factdesk sample",
        "dateModified": max(element["dateCreated"] for element in elements),
        "dataFeedElement": elements,
    }


def feed_json() -> str:
    """`sample_feed` as JSON with a line break at its end, ready to be written to a file or a pipe."""
    return json.dumps(sample_feed(), ensure_ascii=False, indent=1) + "\n"


def demo_messages() -> tuple[DemoMessage, ...]:
    """The messages that `make demo` answers."""
    rows = json.loads(_content("demo-messages.json"))
    return tuple(DemoMessage(row["text"], dict(row["shows"])) for row in rows)


def review_id(slug: str, language: Language) -> str:
    """The id of a sample review in its feed: `knuckles-arthritis.vi`."""
    return f"{slug}.{language}"


def _content(name: str) -> str:
    return files("factdesk.sample").joinpath(name).read_text(encoding="utf-8")


def _element(topic: Misconception, language: Language, wording: Wording) -> dict[str, Any]:
    url = f"{SITE}/{language}/{topic.slug}"
    review = _review(topic, language, wording, url)
    return {"@type": "DataFeedItem", "dateCreated": topic.date, "url": url, "item": [review]}


def _review(topic: Misconception, language: Language, wording: Wording, url: str) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": PUBLISHER, "url": f"{SITE}/"}
    return {
        "@type": "ClaimReview",
        "identifier": review_id(topic.slug, language),
        "url": url,
        "inLanguage": language,
        "datePublished": topic.date,
        "claimReviewed": wording.claim,
        "name": wording.title,
        "reviewBody": wording.text,
        "author": publisher,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": RATINGS[language][topic.rating - 1],
            "ratingValue": topic.rating,
            "worstRating": 1,
            "bestRating": 5,
        },
        "sdLicense": LICENCE,
        "sdPublisher": PUBLISHER,
        "factdesk:sample": True,
    }
