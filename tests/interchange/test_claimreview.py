"""What real ClaimReview data does, case by case (reference: claimreview.md)."""

from __future__ import annotations

from typing import Any

import pytest

from factdesk.domain.reviews import Publisher, Rating
from factdesk.interchange.read import Found

from .reading import claim_review, codes, reviews, skipped, value_items


def only(value: Any) -> Found:
    [item] = value_items(value)
    assert isinstance(item, Found), item
    return item


def rated(**rating: Any) -> dict[str, Any]:
    return claim_review(reviewRating={"@type": "Rating", **rating})


def test_a_proper_one_needs_no_mending() -> None:
    found = only(claim_review())
    assert found.repairs == ()
    review = found.review
    assert review.claim == "Water boils at 90 degrees"
    assert review.title == "No, it boils at 100"
    assert review.publisher == Publisher("Check", "check.example")
    assert review.rating == Rating("False", 1.0, 5.0, 1.0)
    assert (review.date, review.claim_date, review.language) == ("2024-05-06", "2024-05-01", "en")
    assert review.appearances == ("https://kettle.example/post",)
    assert (review.claimant.name, review.claimant.kind) == ("Kettle Board", "unclassified")


@pytest.mark.parametrize(
    "shape",
    [
        lambda one: one,
        lambda one: [one],
        lambda one: {"@graph": [{"@type": "WebPage"}, one]},
        lambda one: {"@context": "x", "@graph": one},
        lambda one: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [one]}]},
        lambda one: {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": one}]},
        lambda one: {"@type": "DataFeed", "dataFeedElement": {"@type": "DataFeedItem", "item": one}},
        lambda one: [{"@type": "DataFeed", "dataFeedElement": [{"item": one}]}],
        lambda one: {"@type": "NewsArticle", "mainEntity": {"review": one}},
        lambda one: {"@type": ["ClaimReview", "Review"], **{k: v for k, v in one.items() if k != "@type"}},
        lambda one: {"@type": "ClaimReview", "properties": {k: v for k, v in one.items() if k != "@type"}},
        lambda one: {
            "type": ["http://schema.org/ClaimReview"],
            "properties": {k: [v] for k, v in one.items() if k != "@type"},
        },
        lambda one: {k if k[0] == "@" else f"schema:{k}": v for k, v in one.items()} | {"@type": "schema:ClaimReview"},
        lambda one: {k: v for k, v in one.items() if k != "@type"},
    ],
)
def test_the_same_review_in_every_shape(shape: Any) -> None:
    expected = only(claim_review()).review
    assert reviews(value_items(shape(claim_review()))) == [expected]


def test_an_entry_of_several_reviews_names_each_place() -> None:
    feed = {"dataFeedElement": [{"item": [claim_review(), claim_review(url="https://check.example/2")]}]}
    found = value_items(feed)
    assert [str(item.place) for item in found] == ["file, row 1, item[0]", "file, row 1, item[1]"]


@pytest.mark.parametrize("item", [None, [], ""])
def test_an_empty_entry_is_named(item: Any) -> None:
    feed = {"dataFeedElement": [{"@type": "DataFeedItem", "item": item}, {"item": claim_review()}]}
    found = value_items(feed)
    [gap] = skipped(found)
    assert (gap.code, gap.place.row) == ("empty-item", 1)
    assert len(reviews(found)) == 1


def test_properties_nested_within_parts() -> None:
    value = claim_review(author={"@type": "Organization", "properties": {"name": "Inner"}})
    found = only(value)
    assert found.review.publisher.name == "Inner"
    assert "nested-properties" in codes([found])


@pytest.mark.parametrize("author", [[{"name": "Check"}], "Check", ["Check"], {"name": ["Check"]}])
def test_publisher_in_every_shape(author: Any) -> None:
    assert only(claim_review(author=author)).review.publisher == Publisher("Check", "check.example")


def test_publisher_site_without_a_review_address() -> None:
    found = only(claim_review(url=None, author={"name": "Check", "url": "https://www.other.example/about"}))
    assert found.review.publisher == Publisher("Check", "other.example")


def test_lists_and_objects_swapped() -> None:
    value = claim_review(
        itemReviewed=[{"@type": "Claim", "appearance": {"url": "https://a.example/1"}}],
        reviewRating=[{"alternateName": ["False"]}],
    )
    found = only(value)
    assert found.review.appearances == ("https://a.example/1",)
    assert found.review.rating.text == "False"
    assert {"list-for-one", "one-for-list"} <= codes([found])


@pytest.mark.parametrize(
    ("rating", "code"),
    [
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, "rating-negative"),
        ({"ratingValue": -1, "bestRating": 5, "worstRating": 1}, "rating-negative"),
        ({"ratingValue": 3, "bestRating": -1, "worstRating": 1}, "rating-negative"),
        ({"ratingValue": 9, "bestRating": 5, "worstRating": 1}, "rating-out-of-range"),
        ({"ratingValue": "9", "bestRating": "5", "worstRating": "1"}, "rating-out-of-range"),
        ({"ratingValue": 3, "bestRating": 1, "worstRating": 5}, "rating-scale"),
        ({"ratingValue": 3, "bestRating": 3, "worstRating": 3}, "rating-scale"),
        ({"ratingValue": 3, "bestRating": 5}, "rating-scale"),
        ({"ratingValue": 3}, "rating-scale"),
        ({"bestRating": 5, "worstRating": 1}, "rating-scale"),
    ],
)
def test_numbers_that_mean_nothing_are_dropped_and_words_kept(rating: dict[str, Any], code: str) -> None:
    found = only(rated(alternateName="Pants on Fire!", **rating))
    assert found.review.rating == Rating("Pants on Fire!")
    assert code in codes([found])


def test_numbers_written_as_text_are_kept() -> None:
    found = only(rated(alternateName="Falso", ratingValue="1,5", bestRating="5", worstRating="0"))
    assert found.review.rating == Rating("Falso", 1.5, 5.0, 0.0)
    assert codes([found]) == {"rating-number-as-text"}


def test_a_scale_through_zero_is_no_placeholder() -> None:
    assert only(rated(alternateName="x", ratingValue=-2, bestRating=5, worstRating=-5)).review.rating.value == -2


@pytest.mark.parametrize("words", ["False", "Sai sự thật", "Ложь", "MOSTLY  FALSE".replace("  ", " "), "½ true"])
def test_words_are_verbatim_in_any_language(words: str) -> None:
    assert only(rated(alternateName=words)).review.rating.text == words
    assert only(rated(ratingValue=words)).review.rating.text == words


def test_a_missing_rating_is_named() -> None:
    found = only(claim_review(reviewRating=None))
    assert found.review.rating == Rating()
    assert codes([found]) == {"rating-missing"}


@pytest.mark.parametrize("number", [float("inf"), float("nan"), 10**400, True, {"a": 1}, [[1]]])
def test_absurd_numbers_do_no_harm(number: Any) -> None:
    line = claim_review(
        reviewRating={"alternateName": "x", "ratingValue": number, "bestRating": number, "worstRating": 1}
    )
    assert [review.rating.value for review in reviews(value_items([line, line]))] in ([None, None], [])


def test_addresses_joined_and_the_reviews_own() -> None:
    item = {"appearance": [{"url": "https://a.example/1,https://b.example/2 https://check.example/1?utm_source=feed"}]}
    found = only(claim_review(url="https://check.example/1?fbclid=abc", itemReviewed=item))
    assert found.review.url == "https://check.example/1"
    assert found.review.appearances == ("https://a.example/1", "https://b.example/2")
    assert {"urls-joined", "own-url-as-appearance", "url-tracking"} <= codes([found])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "not an address", "http://"]
)
def test_addresses_that_are_none_are_dropped(url: str) -> None:
    found = only(claim_review(url=url, itemReviewed={"appearance": [url]}))
    assert found.review.url == ""
    assert found.review.appearances == ()
    assert "bad-url" in codes([found])


@pytest.mark.parametrize(
    ("written", "day", "code"),
    [
        ("2019-7-2", "2019-07-02", "date-format"),
        ("2019-07-22T23:59:00-03:00", "2019-07-22", ""),
        ("2019-02-30", "", "date-impossible"),
        ("02/07/2019", "", "date-ambiguous"),
        ("2019", "", "date-incomplete"),
        ("yesterday", "", "date-unreadable"),
    ],
)
def test_dates(written: str, day: str, code: str) -> None:
    found = only(claim_review(datePublished=written))
    assert found.review.date == day
    assert codes([found]) == ({code} if code else set())


def test_markup_in_names() -> None:
    found = only(
        claim_review(
            author={"name": "Check &amp; Co<script>alert(1)</script>"},
            claimReviewed="<p>Water &lt;b&gt;boils&lt;/b&gt; at 5 &lt; 6</p>",
            name="A &quot;title&quot;",
        )
    )
    assert found.review.publisher.name == "Check & Co"
    assert found.review.claim == "Water boils at 5 < 6"
    assert found.review.title == 'A "title"'
    assert {"html-entities", "html-in-text", "script-dropped"} <= codes([found])


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("en-GB", "en"),
        ("pt_BR", "pt"),
        ("Vietnamese", "vi"),
        ("Tiếng Việt", "vi"),
        ("eng", "en"),
        (["vi", "en"], "vi"),
        ({"@type": "Language", "name": "Spanish", "alternateName": "es"}, "es"),
        ({"@type": "Language", "name": "Spanish"}, "es"),
        ("fil", "fil"),
        ("zz-unknown-because-far-too-long-a-tag-to-be-one-of-them!", ""),
        ("klingon", ""),
    ],
)
def test_languages(given: Any, code: str) -> None:
    assert only(claim_review(inLanguage=given)).review.language == code


def test_no_claim_is_skipped_with_its_place() -> None:
    [gap] = skipped(value_items([claim_review(), claim_review(claimReviewed="  ")]))
    assert (gap.code, gap.place.row) == ("no-claim", 2)


def test_the_claim_may_stand_in_the_item_reviewed() -> None:
    value = claim_review(claimReviewed=None, itemReviewed={"@type": "Claim", "name": "Water boils"})
    assert only(value).review.claim == "Water boils"


def test_other_types_are_skipped_by_name() -> None:
    [gap] = skipped(value_items([{"@type": "MediaReview", "url": "https://x.example"}]))
    assert (gap.code, gap.detail) == ("not-a-review", "MediaReview")


def test_organization_as_a_type_does_not_classify_a_claimant() -> None:
    author = {"@type": "Organization", "name": "Some One", "factdesk:kind": "friend"}
    assert only(claim_review(itemReviewed={"author": author})).review.claimant.kind == "unclassified"


def test_repairs_show_no_live_markup_and_stay_short() -> None:
    found = only(claim_review(datePublished="<script>alert(1)</script>\x1b[31m" + "x" * 500))
    [repair] = found.repairs
    assert "<" not in repair.detail
    assert "\x1b" not in repair.detail
    assert len(repair.detail) < 150


def test_feed_publisher_and_licence() -> None:
    review = only(claim_review(sdPublisher={"name": "Feeds"}, sdLicense="https://l.example/by")).review
    assert (review.feed_publisher, review.licence) == ("Feeds", "https://l.example/by")


def test_two_untracked_addresses_are_two_and_tracked_ones_are_one() -> None:
    same = [claim_review(url=f"https://check.example/1{tail}") for tail in ("?utm_source=a", "?gclid=1#top", "")]
    other = [claim_review(url=f"https://check.example/1?p={page}") for page in (1, 2)]
    assert len({review.url for review in reviews(value_items(same))}) == 1
    assert len({review.url for review in reviews(value_items(other))}) == 2
