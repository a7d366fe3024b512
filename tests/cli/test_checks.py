"""`factdesk check` where it is about the text: a file that somebody edits, and a record that loses nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.actions.desks_of_people import SAID, written
from tests.cli.conftest import Run
from tests.cli.newsroom import Newsroom, Piped, SetEditor, replaced

EATEN = "most people get enough of it from ordinary food"


def test_a_check_begins_from_a_template(newsroom: Newsroom) -> None:
    row = newsroom.read("check", "new", newsroom.world.claim[-12:], "-t", "long", "--no-edit", by="an")
    text = newsroom.source(row["id"])
    assert text.startswith(f"---\nid: {row['id']}\nrevision: {row['revision']}\n")
    for part in (newsroom.world.claim, "An Nguyễn", "template: long", SAID):
        assert part in text
    ran = newsroom.do("check", "new", newsroom.world.claim, "--language", "vi", "--no-edit", by="an")
    assert "A new check is begun." in ran.err
    assert "language: vi" in newsroom.source(ran.out.strip())


def test_an_editor_opens_on_a_new_check(newsroom: Newsroom, editor: SetEditor) -> None:
    editor(written(newsroom.world).replace("{", "{{").replace("}", "}}"))
    ran = newsroom.do("check", "new", newsroom.world.claim, by="an")
    assert f"The check is begun: {ran.out.strip()}" in ran.err
    assert EATEN in newsroom.source(ran.out.strip())
    lines = newsroom.do("checks").out.splitlines()
    assert lines[0].startswith(f"{ran.out.strip()} · draft · an · ")
    assert lines[1] == "    Carrots keep eyes healthy but give no night vision"


def test_an_edit_and_its_undo(newsroom: Newsroom, editor: SetEditor) -> None:
    own = newsroom.draft()
    before = newsroom.source(own).splitlines()[3:]
    editor("{text}One thing more.\n")
    assert newsroom.read("check", "edit", own[-12:], by="an")["changed"] is True
    assert newsroom.source(own).endswith("\nOne thing more.\n")
    editor(None)
    assert newsroom.read("check", "edit", own, by="an")["changed"] is False
    assert "The last edit is an's." in newsroom.do("undo", own, by="binh", code=8).err
    assert newsroom.do("undo", by="an").out == f"{own}\n"
    assert newsroom.source(own).splitlines()[3:] == before
    assert "You have edited no draft" in newsroom.do("undo", by="giang", code=8).err


def test_two_people_see_both_texts_and_the_second_decides(
    newsroom: Newsroom, editor: SetEditor, tmp_path: Path
) -> None:
    own = newsroom.draft()
    mine = newsroom.exported(own, "an.md")
    theirs = replaced(newsroom.exported(own, "giang.md"), (EATEN, "food is enough for most people"))
    replaced(mine, (EATEN, "most people eat enough of it"), ("does nothing", "is of no use"))
    newsroom.do("check", "import", theirs, by="giang")
    ran = newsroom.do("check", "import", mine, by="an", code=1)
    both = tmp_path / "an-both.md"
    assert "giang saved this check in the meantime, and changed the same lines as you in one place." in ran.err
    assert f"factdesk check import {both.name}" in ran.err
    text = both.read_text(encoding="utf-8")
    assert "food is enough for most people" in text
    assert "most people eat enough of it" in text
    assert "food is enough" in newsroom.source(own), "nothing was overwritten"
    half = newsroom.do("check", "import", both, by="an")
    assert "Two versions of a place still stand side by side in it" in half.err
    newsroom.do("undo", own, by="an")
    editor("{text}".replace("{text}", newsroom.source(own).replace("does nothing", "is of no use")))
    assert newsroom.read("check", "edit", own, by="an")["changed"] is True
    assert "<<<<<<<" not in newsroom.source(own)


def test_what_two_people_wrote_apart_is_joined(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    mine = replaced(newsroom.exported(own, "an.md"), (EATEN, "most people eat enough of it"))
    theirs = replaced(newsroom.exported(own, "giang.md"), ("does nothing", "is of no use"))
    newsroom.do("check", "import", theirs, by="giang")
    ran = newsroom.do("check", "import", mine, by="an")
    assert "both edits are in it now" in ran.err
    text = newsroom.source(own)
    assert "most people eat enough of it" in text
    assert "is of no use" in text
    assert newsroom.read("check", "import", str(mine), by="an")["changed"] is False


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["new", "00000000"], 4, "There is no claim 00000000."),
        (["new", "{claim}", "-t", "letter"], 2, "--template takes one of short, long,"),
        (["edit", "{check}"], 2, "There is no editor to open the check in."),
        (["edit", "00000000"], 2, "There is no editor to open the check in."),
        (["show", "00000000"], 4, "There is no check 00000000. See them with: factdesk checks"),
        (["export", "{check}", "check.pdf"], 2, "A check is written as .md or .docx."),
        (["export", "{check}", "nowhere/check.md"], 6, "The file cannot be written"),
        (["export", "{check}", "-", "--revision", "7"], 4, "The check has no revision 7. See them with: factdesk log"),
        (["import", "nothing.md"], 3, "nothing.md: There is no such file."),
    ],
)
def test_what_cannot_be_is_refused(
    words: list[str], code: int, said: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Piped(b""))
    own = newsroom.draft()
    filled = [word.format(check=own, claim=newsroom.world.claim) for word in words]
    ran = newsroom.do("check", *filled, *(() if words[0] in ("show", "export") else ("--as", "an")), code=code)
    assert ran.out == ""
    assert said in ran.err


def test_what_is_published_opens_no_editor(newsroom: Newsroom, editor: SetEditor, tmp_path: Path) -> None:
    own = newsroom.published()
    editor("{text}more")
    assert "What is published or withdrawn is not edited." in newsroom.do("check", "edit", own, by="an", code=8).err
    assert not (tmp_path / "turn").exists()


def test_checks_are_listed_by_state(newsroom: Newsroom) -> None:
    draft, public = newsroom.draft(), newsroom.published()
    assert [row["id"] for row in newsroom.read("checks")] == [public, draft]
    assert [row["id"] for row in newsroom.read("checks", "--state", "draft")] == [draft]
    assert newsroom.do("checks", "--state", "signed").err == "No check is in such a state.\n"
    assert "--state takes one of draft," in newsroom.do("checks", "--state", "done", code=2).err
    assert "đã đăng" in newsroom.do("checks", "--ui-language", "vi").out


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_check_shows_what_it_needs_and_what_comes_next(
    language: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    own = newsroom.draft(rating="unheard-of", evidence="Nobody knows.")
    out = newsroom.do("check", "show", own, "--ui-language", language).out
    assert out.count("✗") >= 4
    assert f"factdesk check submit {own[-12:]}" in out
    assert max(map(len, out.splitlines())) <= 40
    row = newsroom.read("check", "show", own)
    unmet = {each["code"] for each in row["conditions"] if not each["met"]}
    assert unmet >= {"rating", "evidence", "lint", "signature"}
    assert all(each["wanting"] and each["remedy"] for each in row["conditions"] if not each["met"])
    assert row["next"] == ["edit", "undo", "submit"]


def test_a_published_check_shows_what_readers_got(newsroom: Newsroom) -> None:
    own = newsroom.published()
    out = newsroom.do("check", "show", own, "--full").out
    assert "  1. published · " in out
    assert "✗" not in out
    assert f"factdesk check correct {own[-12:]} --what TEXT" in out
    row = newsroom.read("check", "show", own)
    assert [each["number"] for each in row["publications"]] == [1]
    assert row["now"]["standing"]["state"] == "published"


def test_an_empty_desk_says_how_to_begin(say: Run, tmp_path: Path) -> None:
    say("init", tmp_path / "fresh", "--quiet")
    ran = say("--desk", tmp_path / "fresh", "checks")
    assert (ran.code, ran.out) == (0, "")
    assert "factdesk check new CLAIM" in ran.err
    assert json.loads(say("--desk", tmp_path / "fresh", "check", "--json").out) == []
