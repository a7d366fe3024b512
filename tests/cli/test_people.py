"""`factdesk people` by the real program's ways: who is who, and who may say so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.cli.newsroom import Newsroom


@pytest.fixture
def empty(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A desk where nobody works yet."""
    say("init", tmp_path / "fresh", "--quiet")
    monkeypatch.setenv("FACTDESK_DESK", str(tmp_path / "fresh"))
    return say


def test_an_empty_desk_says_how_to_begin(empty: Run) -> None:
    ran = empty("people")
    assert (ran.code, ran.out) == (0, "")
    assert "factdesk people add NAME" in ran.err
    assert json.loads(empty("people", "list", "--json").out) == []
    refused = empty("claim", "add", "Sugar makes children hyperactive")
    assert refused.code == 8
    assert "Nobody works at this desk yet." in refused.err


def test_the_first_person_is_the_admin_and_is_told_so(empty: Run) -> None:
    ran = empty("people", "add", "An", "--shown", "An Nguyễn", "--role", "editor")
    assert (ran.code, ran.out) == (0, "an · An Nguyễn · admin\n")
    assert "The first person of a desk is its admin." in ran.err
    again = empty("people", "add", "binh", "--role", "reviewer", "--as", "an", "--json")
    row = json.loads(again.out)
    assert (row["name"], row["shown"], row["role"], row["disabled"]) == ("binh", "binh", "reviewer", False)
    assert "admin" not in again.err


def test_people_are_listed_with_their_roles_and_keys(newsroom: Newsroom) -> None:
    lines = newsroom.do("people").out.splitlines()
    assert "dung · admin" in lines
    assert "an · An Nguyễn · contributor" in lines
    assert "em · left" in lines
    rows = {row["name"]: row for row in newsroom.read("people", "list")}
    assert lines[lines.index("chi · editor") + 1] == f"    key {rows['chi']['key'][:16]}"
    assert (rows["hoa"]["key"], rows["em"]["disabled"]) == ("", True)


def test_a_role_is_changed_and_one_who_left_comes_back(newsroom: Newsroom) -> None:
    assert newsroom.do("people", "role", "em", "reviewer", by="dung").out == "em · reviewer\n"
    assert newsroom.read("people", "disable", "em", by="dung")["disabled"] is True
    assert newsroom.do("people", "disable", "em", by="dung").out == "em · left\n"
    refused = newsroom.do("claim", "add", "A claim", by="em", code=8)
    assert "em does not work at this desk any more." in refused.err


def test_roles_are_said_in_vietnamese(newsroom: Newsroom) -> None:
    out = newsroom.do("people", "--ui-language", "vi").out
    assert "chi · biên tập viên" in out
    assert "an · An Nguyễn · cộng tác viên" in out
    assert "em · đã thôi làm việc" in out


@pytest.mark.parametrize(
    ("words", "by", "code", "said"),
    [
        (["add", "khanh"], "chi", 8, "This takes the role admin at least; chi has the role editor."),
        (["add", "khanh"], "zoe", 8, "Nobody at this desk is called zoe. Say who you are with --as NAME"),
        (["add", "khanh"], "em", 8, "em does not work at this desk any more."),
        (["add", "CHI"], "dung", 8, "There is or was somebody called chi: a name is given once."),
        (["add", "an nguyen"], "dung", 3, "an nguyen cannot be the name of a person here."),
        (["add", "khanh", "--role", "boss"], "dung", 2, "--role takes one of contributor, reviewer, editor, admin"),
        (["role", "zoe", "editor"], "dung", 4, "Nobody at this desk is called zoe. See who is: factdesk people list"),
        (["role", "dung", "editor"], "dung", 8, "dung is the desk's only admin."),
        (["disable", "dung"], "dung", 8, "dung is the desk's only admin."),
        (["disable", "chi"], "an", 8, "This takes the role admin at least; an has the role contributor."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    words: list[str], by: str, code: int, said: str, newsroom: Newsroom
) -> None:
    before = newsroom.read("people")
    ran = newsroom.do("people", *words, by=by, code=code)
    assert ran.out == ""
    assert said in ran.err
    assert newsroom.read("people") == before
