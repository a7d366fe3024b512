"""`factdesk scale`: showing it, changing it in a file, and what the log and a draft then say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def empty(say: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    assert say("init", str(folder), "--quiet").code == 0
    assert say("people", "add", "an", "--desk", str(folder)).code == 0
    assert say("people", "add", "binh", "--role", "editor", "--as", "an", "--desk", str(folder)).code == 0
    return folder


def test_the_default_is_shown_in_the_readers_language(say: Run, empty: Path) -> None:
    shown = say("scale", "--desk", str(empty), "--ui-language", "vi").out
    assert "Gây hiểu lầm" in shown
    assert "not-checkable" in shown


def test_a_scale_is_changed_in_a_file_and_by_an_admin_alone(say: Run, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "scale.toml"
    assert say("scale", "export", str(file), "--desk", str(empty)).code == 0
    text = file.read_text(encoding="utf-8").replace("Misleading", "Half of it")
    file.write_text(text, encoding="utf-8")
    refused = say("scale", "import", str(file), "--as", "binh", "--desk", str(empty))
    assert (refused.code, refused.out) == (8, "")
    assert "admin" in refused.err
    assert say("scale", "import", str(file), "--as", "an", "--desk", str(empty)).code == 0
    assert "Half of it" in say("scale", "--desk", str(empty)).out
    assert "scale.set" in say("log", "--desk", str(empty)).out
    assert say("audit", "--desk", str(empty)).code == 0
    again = say("scale", "import", str(file), "--as", "an", "--desk", str(empty))
    assert "Nothing was changed" in again.err


def test_a_step_that_is_not_on_the_scale_is_no_rating(say: Run, empty: Path, tmp_path: Path) -> None:
    file, draft = tmp_path / "scale.toml", tmp_path / "draft.md"
    file.write_text(
        '[[step]]\nkey = "no"\nname.en = "No"\ndefinition.en = "It is not so."\n'
        '[[step]]\nkey = "yes"\nname.en = "Yes"\ndefinition.en = "It is so."\n',
        encoding="utf-8",
    )
    draft.write_text("---\ntitle: A title\nrating: misleading\nlanguage: en\n---\nWords.\n", encoding="utf-8")
    before = {each["code"] for each in json.loads(say("lint", str(draft), "--json", "--desk", str(empty)).out)}
    assert say("scale", "import", str(file), "--as", "an", "--desk", str(empty)).code == 0
    after = {each["code"] for each in json.loads(say("lint", str(draft), "--json", "--desk", str(empty)).out)}
    assert after - before == {"FD505"}


@pytest.mark.parametrize(
    "text",
    ['[[step]]\nkey = "a"\nname.en = "A"\ndefinition.en = "A."\n', "no scale"],
    ids=["one step", "no TOML"],
)
def test_what_is_no_scale_changes_nothing(say: Run, empty: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "scale.toml"
    file.write_text(text, encoding="utf-8")
    refused = say("scale", "import", str(file), "--as", "an", "--desk", str(empty))
    assert refused.code == 3
    assert "Misleading" in say("scale", "--desk", str(empty)).out
