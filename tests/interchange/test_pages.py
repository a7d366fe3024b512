"""ClaimReview in web pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .reading import claim_review, codes, items, reviews, skipped


def page(*scripts: Any, body: str = "") -> str:
    tags = "".join(
        f'<script type="application/ld+json">{text if isinstance(text, str) else json.dumps(text)}</script>'
        for text in scripts
    )
    return f"<!doctype html><html><head><title>T</title>{tags}</head><body>{body}</body></html>"


def test_several_scripts_and_other_things_between() -> None:
    graph = {"@graph": [{"@type": "WebSite"}, claim_review(url="https://check.example/2")]}
    found = items(
        page(claim_review(), {"@type": "Organization"}, graph, "{broken", [claim_review(url="https://check.example/3")])
    )
    assert [review.url for review in reviews(found)] == [f"https://check.example/{n}" for n in (1, 2, 3)]
    assert [item.place.path for item in found] == ["script[0]", "script[2]", "script[4]"]
    assert not skipped(found)


@pytest.mark.parametrize(
    "slip",
    [
        "<!--\n{}\n-->",
        "//<![CDATA[\n{}\n//]]>",
        "/*<![CDATA[*/{}/*]]>*/",
        "{};",
        " \n{}\n ",
    ],
)
def test_scripts_in_wrappings(slip: str) -> None:
    assert len(reviews(items(page(slip.replace("{}", json.dumps(claim_review())))))) == 1


def test_raw_line_ends_and_trailing_commas() -> None:
    text = json.dumps(claim_review(reviewBody="one")).replace('"one"', '"one\ntwo"')[:-1] + ",}"
    assert reviews(items(page(text)))[0].text == "one\ntwo"


def test_a_broken_script_about_a_review_is_named() -> None:
    [gap] = skipped(items(page('{"@type": "ClaimReview", "claimReviewed": ')))
    assert (gap.code, gap.place.path) == ("bad-json", "script[0]")


@pytest.mark.parametrize("text", ["<p>nothing</p>", page({"@type": "WebPage"}), "<?xml version='1.0'?><rss/>"])
def test_a_page_without_any_is_said_to_have_none(text: str) -> None:
    assert [gap.code for gap in skipped(items(text))] == ["no-review-in-page"]


MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview">
  <a itemprop="url" href="https://check.example/m">link</a>
  <h1 itemprop="claimReviewed">Water &amp; fire</h1>
  <time itemprop="datePublished" datetime="2024-05-06">6 May</time>
  <span itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Check</b></span>
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <meta itemprop="ratingValue" content="1">
    <meta itemprop="bestRating" content="5"><meta itemprop="worstRating" content="1">
    <b itemprop="alternateName">False</b>
  </div>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    <a itemprop="appearance" href="https://a.example/1">1</a><a itemprop="appearance" href="https://a.example/2">2</a>
    <span itemprop="author" itemscope><i itemprop="name">Who</i></span>
  </div>
</div>"""


def test_microdata() -> None:
    [review] = reviews(items(page(body=MICRODATA)))
    assert (review.claim, review.url, review.date) == ("Water & fire", "https://check.example/m", "2024-05-06")
    assert (review.publisher.name, review.rating.text, review.rating.value) == ("Check", "False", 1.0)
    assert review.appearances == ("https://a.example/1", "https://a.example/2")
    assert review.claimant.name == "Who"


def test_microdata_beside_json_ld() -> None:
    assert len(reviews(items(page(claim_review(), body=MICRODATA * 2)))) == 3


def test_deep_and_hostile_pages_end() -> None:
    deep = '<div itemscope itemprop="itemReviewed">' * 3000
    hostile = f'<div itemscope itemtype="http://schema.org/ClaimReview"><i itemprop="claimReviewed">C</i>{deep}</div>'
    assert [review.claim for review in reviews(items(page(body=hostile)))] == ["C"]
    assert codes(items(page('{"a":' * 5000 + "1" + "}" * 5000 + " ClaimReview"))) & {"too-deep", "bad-json"}


def test_many_unclosed_scripts_end() -> None:
    assert skipped(items("<html>" + '<script type="application/ld+json">{"@type": "ClaimReview"' * 5000))
