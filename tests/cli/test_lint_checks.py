"""`factdesk lint CHECK`: a check of the desk by its id, and mending it there as an edit."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ran

Run = Callable[..., Ran]
MIXED = "---\ntitle: A title\nlanguage: en\n---\nThe cafe\u0301 stands at the river.\n"


@pytest.fixture
def kept(say: Run, tmp_path: Path) -> tuple[str, str]:
    """A desk, and the id of a check in it whose letters are of two forms."""
    folder, draft = str(tmp_path / "own"), tmp_path / "draft.md"
    draft.write_text(MIXED, encoding="utf-8")
    assert say("init", folder, "--quiet").code == 0
    assert say("people", "add", "an", "--desk", folder).code == 0
    made = say("check", "import", str(draft), "--as", "an", "--desk", folder, "--json")
    return folder, str(json.loads(made.out)["id"])


def test_a_check_is_linted_by_its_id_or_its_end(say: Run, kept: tuple[str, str]) -> None:
    folder, check = kept
    whole = say("lint", check, "--desk", folder, "--json")
    assert whole.code == 1
    assert "FD507" in {each["code"] for each in json.loads(whole.out)}
    assert json.loads(say("lint", check[-12:], "--desk", folder, "--json").out) == json.loads(whole.out)


def test_what_is_mended_is_an_edit_that_can_be_taken_back(say: Run, kept: tuple[str, str]) -> None:
    folder, check = kept
    assert "FD311" in say("lint", check, "--desk", folder, "--select", "FD311").out
    say("lint", check, "--fix", "--select", "FD311", "--as", "an", "--desk", folder)
    exported = say("check", "export", check, "-", "--desk", folder).out
    assert "caf\u00e9" in exported
    assert say("undo", check, "--as", "an", "--desk", folder).code == 0
    assert "cafe\u0301" in say("check", "export", check, "-", "--desk", folder).out


def test_what_is_no_id_of_a_check_is_a_missing_file(say: Run, kept: tuple[str, str]) -> None:
    ran = say("lint", "beef", "--desk", kept[0])
    assert ran.code == 3
    assert "no such file" in ran.err
