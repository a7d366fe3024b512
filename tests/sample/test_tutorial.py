"""The tutorials give only commands, options and ids that exist, and the same in both languages."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from factdesk.sample.feed import misconceptions, review_id
from factdesk.sample.sources import sources_jsonl

DOCS = Path(__file__).resolve().parents[2] / "docs"
NAMES = ("tutorial.md", "tutorial.vi.md")
SOURCES = {row["id"]: row["text"] for row in map(json.loads, sources_jsonl().splitlines())}


def commands(name: str) -> list[list[str]]:
    """The words of each factdesk command in a page, in order, whether in a block or in a line."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return [shlex.split(line) for line in re.findall(r"(?:\$ |`)(factdesk [^`\n]+)", text)]


def section(command: list[str]) -> str:
    """The part of the generated reference about a command."""
    text = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    parts: dict[str, str] = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    longest = " ".join(command[:3])
    return parts["Options of every command"] + parts.get(longest, parts.get(" ".join(command[:2]), ""))


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_is_in_the_reference(name: str) -> None:
    found = commands(name)
    assert len(found) >= 15
    for command in found:
        text = section(command)
        if not command[1].startswith("--"):
            assert f"factdesk {command[1]}" in text, command
        for word in command[1:]:
            if word.startswith("--"):
                assert f"`{word}" in text, command


def test_both_languages_give_the_same_commands() -> None:
    shapes = [
        [
            [word for word in command if word.isascii() and re.fullmatch(r"[a-z]{4,}|--[a-z-]+", word)]
            for command in page
        ]
        for page in map(commands, NAMES)
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", NAMES)
def test_the_ids_in_the_tutorial_are_in_the_sample(name: str) -> None:
    known = {review_id(topic.slug, language) for topic in misconceptions() for language in topic.wordings}
    named = {word for command in commands(name) for word in command if re.fullmatch(r"[a-z-]+\.(en|vi)", word)}
    assert named & known
    assert named & SOURCES.keys()
    assert named <= known | SOURCES.keys()


@pytest.mark.parametrize("name", NAMES)
def test_the_first_quotation_stands_in_its_source_and_the_wrong_one_does_not(name: str) -> None:
    right, wrong = (command[2:4] for command in commands(name) if command[1] == "cite")
    assert right[0] == wrong[0]
    assert right[1] in SOURCES[right[0]]
    assert wrong[1] not in SOURCES[wrong[0]]


@pytest.mark.parametrize("name", NAMES)
def test_the_shown_answer_is_the_samples_own(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    topic = next(topic for topic in misconceptions() if topic.slug == "knuckles-arthritis")
    assert topic.wordings["vi" if name.endswith("vi.md") else "en"].claim in text
    assert topic.date in text
