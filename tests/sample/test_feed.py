"""The sample's data hold what they promise, and the feed made from them is read whole and without a repair."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from factdesk.interchange.read import Found, read_reviews
from factdesk.sample.feed import RATINGS, demo_messages, feed_json, misconceptions, review_id, sample_feed

TOPICS = tuple(misconceptions())
ENGLISH = [topic for topic in TOPICS if "en" in topic.wordings]
VIETNAMESE = [topic for topic in TOPICS if "vi" in topic.wordings]
MARKS = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
POLITICS = re.compile(
    r"\b(president|prime minister|senator|congress|election|democrats?|republicans?|communists?|party|inc\.|ltd"
    r"|tổng thống|thủ tướng|chủ tịch|bầu cử|đảng|quốc hội|sinh năm|công ty cổ phần)\b",
    re.IGNORECASE,
)


def found() -> list[Found]:
    """The sample feed as the importer reads it."""
    items = list(read_reviews(io.BytesIO(feed_json().encode()), "sample.json"))
    assert all(isinstance(item, Found) for item in items), [item for item in items if not isinstance(item, Found)]
    return [item for item in items if isinstance(item, Found)]


def sentences(text: str) -> int:
    """How many sentences a text of the sample has."""
    return len(re.findall(r"[.!?](?=\s|\Z)", text))


def test_the_importer_reads_every_row_and_mends_nothing() -> None:
    items = found()
    assert len(items) == len(ENGLISH) + len(VIETNAMESE)
    assert [item for item in items if item.repairs] == []


def test_every_review_arrives_complete_and_marked_as_sample() -> None:
    for item in found():
        review = item.review
        assert review.sample
        assert review.publisher.site == "sample.example"
        assert review.own_id == review_id(review.url.rsplit("/", 1)[1], "vi" if review.language == "vi" else "en")
        assert review.title
        assert review.text
        assert review.licence
        assert (review.rating.worst, review.rating.best) == (1, 5)


def test_the_rating_is_given_in_the_words_of_the_language() -> None:
    for item in found():
        rating = item.review.rating
        assert rating.value is not None
        words = RATINGS["vi"] if item.review.language == "vi" else RATINGS["en"]
        assert rating.text == words[int(rating.value) - 1]


def test_the_languages_stand_in_the_promised_proportion() -> None:
    both = [topic for topic in TOPICS if len(topic.wordings) == 2]
    assert len(ENGLISH) >= 200
    assert len(both) >= 100
    assert len(ENGLISH) - len(both) >= 30
    assert len(VIETNAMESE) - len(both) >= 20


def test_slugs_claims_and_titles_are_unique() -> None:
    slugs = [topic.slug for topic in TOPICS]
    assert len(set(slugs)) == len(slugs)
    wordings = [wording for topic in TOPICS for wording in topic.wordings.values()]
    for values in ([w.claim for w in wordings], [w.title for w in wordings], [w.text for w in wordings]):
        assert len({value.casefold() for value in values}) == len(values)


def test_slugs_are_fit_for_an_address() -> None:
    assert [topic.slug for topic in TOPICS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", topic.slug)] == []


def test_claims_are_short_sentences_and_answers_two_to_four() -> None:
    for topic in TOPICS:
        for wording in topic.wordings.values():
            assert len(wording.claim) < 75, wording.claim
            assert wording.claim.endswith("."), wording.claim
            assert len(wording.title) <= 80, wording.title
            assert not wording.title.endswith("."), wording.title
            assert 2 <= sentences(wording.text) <= 4, wording.text
            assert 60 <= len(wording.text) <= 400, wording.text


def test_days_are_real_and_lie_between_2024_and_2026() -> None:
    days = [date.fromisoformat(topic.date) for topic in TOPICS]
    assert {day.year for day in days} == {2024, 2025, 2026}
    assert max(days) < date(2026, 11, 24)


def test_all_five_ratings_occur() -> None:
    assert {topic.rating for topic in TOPICS} == {1, 2, 3, 4, 5}


def test_vietnamese_is_written_with_its_marks_and_english_without() -> None:
    for topic in TOPICS:
        for language, wording in topic.wordings.items():
            for text in (wording.claim, wording.title, wording.text):
                assert unicodedata.is_normalized("NFC", text), text
                assert text == " ".join(text.split()), text
                assert (MARKS.search(text) is not None) == (language == "vi"), text


def test_nothing_is_said_of_parties_or_those_who_govern() -> None:
    for topic in TOPICS:
        for wording in topic.wordings.values():
            text = " ".join((wording.claim, wording.title, wording.text))
            assert POLITICS.search(text) is None, text


def test_the_feed_is_a_data_feed_dated_by_its_newest_row() -> None:
    feed = sample_feed()
    assert (feed["@context"], feed["@type"]) == ("https://schema.org", "DataFeed")
    assert feed["dateModified"] == max(topic.date for topic in TOPICS)


def test_the_feed_stays_small() -> None:
    assert len(feed_json().encode()) < 500_000


@pytest.mark.parametrize("piped", [True, False])
def test_the_command_writes_the_feed_as_utf_8(tmp_path: Path, piped: bool) -> None:
    target = tmp_path / "sample.json"
    command = [sys.executable, "-m", "factdesk.sample"]
    with (tmp_path / "pipe.json").open("wb") as stream:
        subprocess.run(command if piped else [*command, str(target)], stdout=stream, check=True, timeout=60)
    written = tmp_path / "pipe.json" if piped else target
    assert json.loads(written.read_text(encoding="utf-8")) == sample_feed()


def test_the_demo_shows_three_things_in_two_languages() -> None:
    messages = demo_messages()
    assert len(messages) == 3
    assert [MARKS.search(message.text) is None for message in messages] == [True, False, False]
    for message in messages:
        assert set(message.shows) == {"en", "vi"}
        assert MARKS.search(message.shows["vi"])
    claims = {wording.claim for topic in TOPICS for wording in topic.wordings.values()}
    assert claims.isdisjoint(message.text for message in messages)
