"""The ClaimReview of a page says what was signed, wherever it is read, and no text in it leaves its script."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.plain_site import BASE, START, UNRATED, check, claim, desk, site, statement

from factdesk.domain.reviews import Review
from factdesk.domain.runs import Place
from factdesk.domain.statements import StatedAppearance, StatedCorrection, StatedRating, Statement
from factdesk.interchange.claimreview import publisher_name
from factdesk.interchange.draft import Draft
from factdesk.interchange.entries import Found
from factdesk.interchange.read import read_reviews
from factdesk.publish.claimreview import claim_review, claim_review_of, json_ld, reviews_of, safe_json, told_by
from factdesk.publish.model import SiteCheck, SiteSource
from factdesk.text.entities import one_line, paragraphs, plain

CATEGORY = "DecontextualizedContent"


def page_of(one: SiteCheck) -> bytes:
    return f"<!doctype html><html><head>{json_ld(site(one), one)}</head><body>A page</body></html>".encode()


def imported(one: SiteCheck) -> list[Review]:
    items = list(read_reviews(io.BytesIO(page_of(one)), "page.html"))
    return [item.review for item in items if isinstance(item, Found)]


def extracted(one: SiteCheck) -> list[dict[str, Any]]:
    """What another reader of JSON-LD finds in the page."""
    extruct = pytest.importorskip("extruct.jsonld", reason="install the dev group: extruct")
    found: list[dict[str, Any]] = extruct.JsonLdExtractor().extract(page_of(one).decode())
    return found


def test_the_whole_of_it() -> None:
    what = StatedCorrection("We named the wrong year.", "substantial", "2026-01-05T00:00:00.000000Z")
    one = check(1, said=statement(act="correct", corrections=(what,)), changed=START.replace(day=9))
    page = f"{BASE}/en/checks/carrots-1/"
    assert claim_review(desk(), one) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{page}#review",
        "identifier": "check:claim-1",
        "url": page,
        "claimReviewed": "Eating carrots lets you see in the dark",
        "name": "Carrots do not let you see in the dark",
        "reviewBody": "They help only against a lack.",
        "author": {"@type": "Organization", "name": "Riverside Desk", "url": f"{BASE}/"},
        "datePublished": "2026-01-03",
        "dateModified": "2026-01-09",
        "inLanguage": "en",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "False",
            "ratingValue": 1,
            "bestRating": 5,
            "worstRating": 1,
            "ratingExplanation": "The evidence shows the opposite of what the claim says.",
        },
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{page}#claim",
            "author": {
                "@type": "Organization",
                "name": "Pond Talk",
                "sameAs": ["https://pond.example/about"],
                "factdesk:kind": "organisation",
            },
            "datePublished": "2025-12-24",
            "appearance": [
                {"@type": "CreativeWork", "url": "https://pond.example/posts/1"},
                {"@type": "CreativeWork", "url": "https://talk.example/2"},
            ],
        },
        "correction": [
            {"@type": "CorrectionComment", "text": "We named the wrong year.", "datePublished": "2026-01-05"}
        ],
    }


def test_what_is_not_checkable_has_words_and_no_number() -> None:
    made = claim_review(desk(), check(said=statement(rating=UNRATED, language="vi")))
    assert made["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Không thể kiểm chứng",
        "ratingExplanation": "It is a question of taste.",
    }


def test_private_people_and_private_networks_are_not_in_it() -> None:
    stated = claim(
        claimant="Nguyen Van Private", claimant_kind="unclassified",
        appearances=(StatedAppearance("http://192.168.0.1/wiki"), StatedAppearance("javascript:alert(1)")),
    )  # fmt: skip
    made = json_ld(site(), check(said=statement(claims=(stated,))))
    for word in ("Private", "sameAs", "192.168", "javascript", "private-name", "appearance"):
        assert word not in made


def test_a_page_has_one_and_the_others_are_read_in_the_feed() -> None:
    one = check(said=statement(claims=(claim(1), claim(2, text="Carrots are blue"))))
    assert [review.claim for review in imported(one)] == ["Eating carrots lets you see in the dark"]
    assert [review.claim for review in reviews_of(desk(), one)] == [imported(one)[0].claim, "Carrots are blue"]


def test_a_withdrawn_check_has_none() -> None:
    one = check(said=statement(act="withdraw", why="The post was forged."))
    assert claim_review(desk(), one) == {}
    assert json_ld(site(one), one) == ""


letters = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
hostile = st.sampled_from(
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "&lt;/script&gt;",
        "a\u2028b\u2029c",
        "\x7f\x85",
        "{{7*7}}",
    ]
)
texts = letters | hostile
lines = texts.map(lambda text: one_line(plain(text)[0]))
urls = st.sampled_from(["https://a.example/x?y=1", "https://b.example/", "https://c.example/%C4%91"])
days = st.dates().map(str).filter(lambda day: "1000" <= day[:4] <= "2199") | st.just("")


@st.composite
def statements(draw: st.DrawFn, text: st.SearchStrategy[str] = texts) -> Statement:
    """Statements of every shape, with any text."""
    worst = draw(st.integers(1, 3))
    best = draw(st.integers(worst + 1, 12))
    rating = StatedRating("step", draw(st.integers(worst, best)), worst, best, draw(text) or "False", draw(text))
    stated = claim(
        text=draw(text) or "A claim",
        date=draw(days),
        claimant=draw(text),
        claimant_kind=draw(st.sampled_from(["organisation", "public figure", "unclassified"])),
        claimant_same_as=tuple(draw(st.lists(urls, max_size=2, unique=True))),
        appearances=tuple(StatedAppearance(each) for each in draw(st.lists(urls, max_size=3, unique=True))),
    )
    return statement(
        rating=UNRATED if draw(st.booleans()) else rating,
        claims=(stated,),
        title=draw(text),
        summary=draw(text),
        language=draw(st.sampled_from(["en", "vi", "en-GB", "vi-VN"])),
        desk=draw(text) or "A desk",
    )


@given(said=statements(lines))
@settings(max_examples=150, deadline=None)
def test_our_importer_reads_what_was_signed(said: Statement) -> None:
    """Of plain text, as it comes out of every import; markup within a text is taken out by whoever reads it."""
    one = check(said=said)
    [expected] = reviews_of(desk(), one)
    body = replace(expected, text=paragraphs(expected.text))
    if _is_address(said.desk):
        # An address in the place of a publisher's name is left out.
        body = replace(body, publisher=replace(body.publisher, name=""))
    if body.claimant.kind == "unclassified":
        body = replace(body, claimant=type(body.claimant)())
    [found] = imported(one)
    assert found == body


def _is_address(name: str) -> bool:
    return publisher_name(name, Draft(Place("x"))) != name


@given(said=statements())
@settings(max_examples=50, deadline=None)
def test_a_reader_who_has_no_desk_makes_the_same_of_the_statement(said: Statement) -> None:
    one = check(said=said)
    told = told_by(said, f"{BASE}{one.path}", f"{BASE}/", "2026-01-03", "2026-01-03")
    assert claim_review_of(told) == claim_review(desk(), one)


@given(said=statements())
@settings(max_examples=150, deadline=None)
def test_another_reader_finds_the_very_values(said: Statement) -> None:
    one = check(said=said)
    assert extracted(one) == [claim_review(desk(), one)]


@pytest.mark.attack
@given(text=st.text(max_size=30) | hostile | st.sampled_from(["\ud800", "\U0010ffff", "\U0001fffe", "\ufffe", "\x00"]))
@settings(max_examples=200, deadline=None)
def test_no_text_leaves_its_script(text: str) -> None:
    written = safe_json({text: [text]})
    assert not set(written) & set("<>&\u2028\u2029\ud800\ufffe\x00\x7f\x85\U0010ffff")
    written.encode("utf-8")
    assert json.loads(written) == {text: [text]}


def pictured(*lines: str) -> str:
    return "\n".join(["---", "title: A picture", "media:", *lines, "---", "Text.", ""])


def media_of(source: str, **other: Any) -> list[dict[str, Any]]:
    one = check(said=statement(source=source), **other)
    return [each for each in extracted(one) if each["@type"] == "MediaReview"]


def test_a_medium_is_reviewed_as_its_author_said() -> None:
    source = pictured(
        f"  - category: {CATEGORY}",
        "    kind: picture",
        "    address: https://pond.example/posts/1",
        "    original: https://archive.example/1998",
        "    context: A flood of 1998.",
    )
    one = check(said=statement(source=source))
    place = replace(one.claims[0].appearances[0], source="capture")
    one = replace(one, claims=(replace(one.claims[0], appearances=(place,)),))
    copy = SiteSource(
        "capture", "/sources/abc/", "", "", "", "", "", START, False, False, "", "", "", "", "", (), (one.id,)
    )
    world = replace(site(one), sources={"capture": copy})
    review, media = (json.loads(part.partition(">")[2].rpartition("<")[0]) for part in json_ld(world, one).split("\n"))
    assert media == {
        "@context": "https://schema.org",
        "@type": "MediaReview",
        "@id": f"{BASE}{one.path}#media-1",
        "url": BASE + one.path,
        "name": "Carrots do not let you see in the dark",
        "inLanguage": "en",
        "author": review["author"],
        "datePublished": "2026-01-03",
        "dateModified": "2026-01-03",
        "mediaAuthenticityCategory": CATEGORY,
        "originalMediaLink": "https://archive.example/1998",
        "originalMediaContextDescription": "A flood of 1998.",
        "itemReviewed": {
            "@type": "MediaReviewItem",
            "interpretedAsClaim": {"@type": "Claim", "@id": review["itemReviewed"]["@id"]},
            "mediaItemAppearance": [
                {
                    "@type": "ImageObject",
                    "contentUrl": "https://pond.example/posts/1",
                    "archivedAt": f"{BASE}/en/sources/abc/",
                }
            ],
        },
    }


def test_a_category_alone_is_enough_and_names_where_the_claim_was_made() -> None:
    [media] = media_of(pictured(f"  category: {CATEGORY}"))
    assert [each["url"] for each in media["itemReviewed"]["mediaItemAppearance"]] == [
        "https://pond.example/posts/1",
        "https://talk.example/2",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "---\ntemplate: picture\n---\nText with ![a picture](https://a.example/p.png)\n",
        pictured("  - category: Fake"),
        pictured("  - kind: picture"),
        pictured(f"  {CATEGORY}"),
        pictured("  - [", "x: &a *a"),
        f"Text.\nmedia: {{category: {CATEGORY}}}\n",
    ],
    ids=["none", "no such category", "no category", "a text", "damaged", "in the body"],
)
def test_a_category_is_never_guessed(source: str) -> None:
    assert media_of(source) == []


@pytest.mark.attack
@pytest.mark.parametrize("address", ["javascript:alert(1)", "http://10.0.0.1/x", "https://u:p@a.example/", "//"])
def test_an_address_of_a_medium_that_nobody_can_open_is_left_out(address: str) -> None:
    [media] = media_of(pictured(f"  - category: {CATEGORY}", f"    original: '{address}'"))
    assert "originalMediaLink" not in media
