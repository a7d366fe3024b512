"""The lists of words: a reason for each entry, no side without its counterpart, nothing in two lists."""

from __future__ import annotations

import json
import unicodedata
from importlib.resources import files
from typing import Any

import pytest

from factdesk.lint.phrases import entries, indexed, phrases, read_list
from factdesk.lint.rules.fd307_partisan_label import labels

NAMES = ("loaded", "insults", "jargon")
FRAMES: list[dict[str, Any]] = read_list("partisan")["frames"]
PAIRS: list[dict[str, Any]] = read_list("partisan")["pairs"]


def rows(name: str) -> list[dict[str, Any]]:
    return [row for language in ("en", "vi") for row in read_list(name)[language]]


def listed(language: str) -> set[tuple[str, ...]]:
    return {entry.words for found in labels(language).values() for entry in found}


@pytest.mark.parametrize("row", [*(row for name in NAMES for row in rows(name)), *PAIRS, *FRAMES])
def test_every_entry_has_its_reason(row: dict[str, Any]) -> None:
    assert len(row["why"]) > 10
    assert row["why"].endswith(".")


def test_every_piece_of_jargon_names_a_plainer_word() -> None:
    for row in rows("jargon"):
        assert row["plain"]
        assert not set(row["words"]) & {row["plain"]}


@pytest.mark.parametrize("row", PAIRS, ids=lambda row: row["sides"][0][0])
def test_a_pair_has_words_on_both_sides(row: dict[str, Any]) -> None:
    one, other = row["sides"]
    assert one
    assert other
    assert not {word.lower() for word in one} & {word.lower() for word in other}


@pytest.mark.parametrize("row", FRAMES, ids=lambda row: row["language"])
def test_a_frame_makes_the_same_labels_for_both_sides(row: dict[str, Any]) -> None:
    found = listed(row["language"])
    for one, other in row["sides"]:
        assert one != other
        for noun in row["nouns"]:
            for side in (one, other):
                phrase = f"{noun} {side}" if row.get("order") == "noun first" else f"{side} {noun}"
                (entry,) = entries({"words": [phrase], "why": "."})
                assert entry.words in found


@pytest.mark.parametrize("language", ["en", "vi"])
def test_as_many_pairs_speak_of_either_side(language: str) -> None:
    """No side of a pair has more than twice as many names and spellings as the other, nor of all pairs together."""
    sizes = [tuple(map(len, row["sides"])) for row in PAIRS if row["language"] == language]
    assert all(max(pair) <= 2 * min(pair) for pair in sizes)
    ones, others = (sum(side) for side in zip(*sizes, strict=True))
    assert max(ones, others) <= 1.25 * min(ones, others)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_stands_in_two_lists(language: str) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for name in NAMES:
        for row in read_list(name)[language]:
            for entry in entries(row):
                assert seen.setdefault(entry.words, name) == name
    assert not set(seen) & listed(language)


@pytest.mark.parametrize("name", [*NAMES, "partisan", "abbreviations"])
def test_a_list_is_joined_unicode(name: str) -> None:
    text = (files("factdesk.lint.words") / f"{name}.json").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert json.loads(text)


def test_a_list_is_empty_for_another_language() -> None:
    assert phrases("loaded", "fr") == {}
    assert indexed([]) == {}


def test_an_abbreviation_is_known_for_one_reason() -> None:
    for row in read_list("abbreviations")["known"]:
        assert row["why"].endswith(".")
        assert all(word == word.upper() and 2 <= len(word) <= 6 for word in row["words"])
