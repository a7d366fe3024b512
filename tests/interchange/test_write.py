"""What is exported imports as the same record."""

from __future__ import annotations

import gzip
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.domain.reviews import Claimant, Publisher, Rating, Review, from_content
from factdesk.domain.runs import Place
from factdesk.interchange.entries import Found, items_in
from factdesk.interchange.read import read_reviews
from factdesk.interchange.write import WRITERS, as_row, public

FORMATS = tuple(WRITERS)

FULL = Review(
    claim="Nước sôi ở 90 độ < 100 độ, “luôn luôn”; AT&T",
    own_id="0042",
    source="our-archive",
    title="=HYPERLINK() is a title, not a formula",
    text="First line.\n\nSecond line, with; every | delimiter and 'quotes'.",
    url="https://check.example/a?b=c,d",
    publisher=Publisher("Kiểm Tin", "other.example"),
    rating=Rating("Mostly “false”", 0.0, 5.0, 0.0, "- because"),
    date="2024-02-29",
    language="vi",
    claimant=Claimant("World Water Board", "organisation", ("https://water.example/", "https://w.example/a,b")),
    claim_date="1999-12-31",
    appearances=("https://social.example/1", "https://social.example/2?x=1,2"),
    licence="https://licence.example/by/4",
    feed_publisher="Feed & Co",
    sample=True,
)


def again(reviews: list[Review], format_name: str) -> list[Review]:
    out = io.StringIO()
    WRITERS[format_name](reviews, out)
    items = list(read_reviews(io.BytesIO(out.getvalue().encode()), f"export.{format_name}"))
    assert all(isinstance(item, Found) for item in items), items
    return [item.review for item in items if isinstance(item, Found)]


texts = st.text(max_size=60) | st.sampled_from(
    [
        "",
        "'",
        "''=1",
        "+1",
        "&amp;lt;",
        "<b>x</b>",
        "a,b",
        'a"b',
        "\r\n",
        "x\ny",
        "-",
        "\ud800",
        "unclassified",
        "null",
        "[1]",
    ]
)
urls = st.sampled_from(
    [
        *("", "https://a.example/x,y", "HTTPS://WWW.a.example:443/%7eb?utm_source=1&q=1#f", "http://b.example"),
        *("localhost/x", "http://localhost/x", "http://[::1]/", "https://tiếng.example/đường?q=ă"),
        *("http://www.www.c.example/", "javascript:alert(1)"),
    ]
)
numbers = st.none() | st.floats() | st.integers() | st.sampled_from(["3", "-1", "abc", "2,5"])
rows = st.fixed_dictionaries(
    {"text": texts.map(lambda text: f"{text}claim")},
    optional={
        "id": texts | st.integers(),
        "title": texts,
        "body": texts,
        "language": st.sampled_from(["vi", "en-US", "por", "English", "??"]),
        "url": urls,
        "publisher": texts | st.fixed_dictionaries({"name": texts}, optional={"site": texts | urls}),
        "rating": texts
        | st.fixed_dictionaries(
            {"text": texts}, optional={"value": numbers, "best": numbers, "worst": numbers, "explanation": texts}
        ),
        "date": st.dates().map(str) | texts,
        "claimant": texts
        | st.fixed_dictionaries(
            {"name": texts, "kind": st.sampled_from(["organisation", "public figure", "x"])},
            optional={"same_as": st.lists(urls)},
        ),
        "claim_date": st.dates().map(str),
        "appearances": st.lists(urls),
        "licence": texts,
        "feed_publisher": texts,
        "factdesk:source": texts,
        "factdesk:sample": st.booleans(),
    },
)


def as_read(row: dict[str, Any]) -> Review:
    [item] = items_in(row, Place("x"))
    assert isinstance(item, Found)
    return item.review


@pytest.mark.parametrize("format_name", FORMATS)
def test_every_field_comes_back(format_name: str) -> None:
    bare = Review(claim="Only a claim")
    assert again([FULL, bare, FULL], format_name) == [FULL, bare, FULL]
    assert not [name for name in FULL.__dataclass_fields__ if getattr(FULL, name) == getattr(bare, name)]


@pytest.mark.parametrize("format_name", FORMATS)
@given(found=st.lists(rows.map(as_read), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_whatever_was_read_is_read_again_the_same(format_name: str, found: list[Review]) -> None:
    assert again(found, format_name) == [public(review) for review in found]


@given(row=rows)
@settings(max_examples=100, deadline=None)
def test_content_keeps_every_review_that_can_be_read(row: dict[str, Any]) -> None:
    review = as_read(row)
    assert from_content(review.content()) == review


@pytest.mark.parametrize("format_name", FORMATS)
def test_unclassified_claimants_never_leave(format_name: str) -> None:
    private = replace(FULL, claimant=Claimant("Nguyen Van Private", same_as=("https://social.example/private",)))
    out = io.StringIO()
    done = WRITERS[format_name]([private, FULL, replace(FULL, claimant=Claimant())], out)
    assert (done.reviews, done.withheld) == (3, 1)
    assert "rivate" not in out.getvalue()
    assert "World Water Board" in out.getvalue()


def test_export_of_gzip_reads_too() -> None:
    out = io.StringIO()
    WRITERS["datafeed"]([FULL] * 3, out)
    packed = gzip.compress(out.getvalue().encode())
    assert len(list(read_reviews(io.BytesIO(packed), "x"))) == 3


def test_datafeed_is_json_that_others_can_read() -> None:
    out = io.StringIO()
    WRITERS["datafeed"]([FULL], out)
    feed = json.loads(out.getvalue())
    review = feed["dataFeedElement"][0]["item"][0]
    assert feed["@type"] == "DataFeed"
    assert review["reviewRating"]["alternateName"] == FULL.rating.text
    assert review["reviewRating"]["ratingValue"] == 0
    assert review["itemReviewed"]["author"]["name"] == "World Water Board"
    assert [item["url"] for item in review["itemReviewed"]["appearance"]] == list(FULL.appearances)


def test_formulas_are_guarded_in_csv() -> None:
    out = io.StringIO()
    WRITERS["csv"]([FULL], out)
    assert "'=HYPERLINK()" in out.getvalue()


def test_a_row_is_the_contract_and_more() -> None:
    row = as_row(FULL)
    assert row["text"] == FULL.claim
    assert row["body"] == FULL.text
    assert {"id", "title", "text", "language", "url", "publisher", "rating", "date"} <= set(row)


def test_an_empty_export_is_a_document() -> None:
    assert again([], "datafeed") == []
    assert again([], "csv") == []
