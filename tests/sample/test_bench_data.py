"""The labelled sentences keep the shape and the proportions that their README promises."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from factdesk.sample.feed import demo_messages, misconceptions

DATA = Path(__file__).resolve().parents[2] / "benchmarks" / "data"
FILES = ("claims-vi", "claims-en", "match-vi", "match-en")
KINDS = {"checkable", "opinion", "prediction", "question", "experience", "other"}
TOPICS = {topic.slug: topic for topic in misconceptions()}


def marked(text: str) -> bool:
    """Whether a Vietnamese text has any letter beyond the English ones."""
    return any(char.isalpha() and not char.isascii() for char in text)


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one file."""
    return [json.loads(line) for line in (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", FILES)
def test_ids_and_texts_are_unique_and_tidy(name: str) -> None:
    found = rows(name)
    assert len({row["id"] for row in found}) == len(found)
    assert len({row["text"].casefold() for row in found}) == len(found)
    for row in found:
        assert unicodedata.is_normalized("NFC", row["text"])
        assert row["text"] == " ".join(row["text"].split())


@pytest.mark.parametrize("name", ["claims-vi", "match-vi"])
def test_unmarked_says_whether_vietnamese_has_its_marks(name: str) -> None:
    for row in rows(name):
        assert row["unmarked"] is (not marked(row["text"])), row["text"]


@pytest.mark.parametrize("name", ["claims-vi", "claims-en"])
def test_only_what_can_be_checked_is_worth_checking(name: str) -> None:
    found = rows(name)
    assert {row["kind"] for row in found} == KINDS
    assert all(row["kind"] == "checkable" for row in found if row["checkworthy"])
    trivial = [row for row in found if row["kind"] == "checkable" and not row["checkworthy"]]
    assert len(trivial) >= 10


def test_vietnamese_kinds_are_balanced() -> None:
    found = rows("claims-vi")
    counts = Counter(row["kind"] for row in found)
    assert len(found) >= 260
    assert min(counts["checkable"], counts["opinion"]) >= 50
    assert min(counts.values()) >= 30
    assert Counter(row["kind"] for row in found if row["unmarked"]).keys() == KINDS


@pytest.mark.parametrize("name", ["match-vi", "match-en"])
def test_messages_name_topics_of_the_sample(name: str) -> None:
    for row in rows(name):
        assert row["decision"] in {"same", "conflicting", "none"}
        assert set(row["answers"]) <= TOPICS.keys()
        assert bool(row["answers"]) is (row["decision"] != "none")


@pytest.mark.parametrize(
    ("name", "total", "conflicting", "none", "across"), [("match-vi", 120, 20, 20, 20), ("match-en", 80, 10, 10, 10)]
)
def test_messages_come_in_the_promised_proportions(
    name: str, total: int, conflicting: int, none: int, across: int
) -> None:
    found = rows(name)
    decisions = Counter(row["decision"] for row in found)
    assert len(found) >= total
    assert decisions["conflicting"] >= conflicting
    assert decisions["none"] >= none
    language = name.removeprefix("match-")
    foreign = [row for row in found if any(language not in TOPICS[slug].wordings for slug in row["answers"])]
    assert len(foreign) >= across


@pytest.mark.parametrize("name", ["match-vi", "match-en"])
def test_messages_are_not_the_claims_or_the_demo_itself(name: str) -> None:
    known = {wording.claim.casefold() for topic in TOPICS.values() for wording in topic.wordings.values()}
    known |= {message.text.casefold() for message in demo_messages()}
    assert known.isdisjoint(row["text"].casefold() for row in rows(name))


def test_the_readme_gives_the_right_numbers() -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for name in FILES:
        assert f"`{name}.jsonl` ({len(rows(name))})" in readme
