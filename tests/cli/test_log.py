"""`factdesk log`: who did what, and what each edit changed."""

from __future__ import annotations

import pytest
from tests.cli.newsroom import Newsroom


@pytest.fixture
def check(newsroom: Newsroom) -> str:
    """A draft that was edited and returned once."""
    own = newsroom.draft()
    file = newsroom.exported(own)
    text = file.read_text(encoding="utf-8").replace("ordinary food", "everyday food")
    file.write_text(text + "\nOne thing more.\n", encoding="utf-8")
    newsroom.do("check", "import", file, by="giang")
    newsroom.do("check", "submit", own, by="an")
    newsroom.do("check", "return", own, "--why", "The second figure needs a source.", by="binh")
    return own


def test_a_check_tells_its_story(newsroom: Newsroom, check: str) -> None:
    lines = newsroom.do("log", check[-12:]).out.splitlines()
    assert [line[26:] for line in lines if line[:8].strip()] == [
        "an · began the check → draft",
        "giang · edited it → draft",
        "an · submitted it → submitted",
        "binh · returned it → returned",
    ]
    story = "\n".join(lines)
    assert "[-ordinary-]{+everyday+} food" in story
    assert "        + One thing more." in lines
    assert lines[-1] == "        The second figure needs a source."


def test_in_short_and_as_json(newsroom: Newsroom, check: str) -> None:
    assert "everyday" not in newsroom.do("log", check, "--brief").out
    rows = newsroom.read("log", check)
    assert [row["state"] for row in rows] == ["draft", "draft", "submitted", "returned"]
    assert (rows[1]["actor"], rows[1]["revision"], rows[3]["why"]) == (
        "giang",
        2,
        "The second figure needs a source.",
    )
    assert "+One thing more." in rows[1]["difference"]
    assert "difference" not in newsroom.read("log", check, "--brief")[1]


@pytest.mark.parametrize(("language", "said"), [("en", "returned it"), ("vi", "trả lại bài")])
def test_it_fits_a_narrow_window(
    language: str, said: str, newsroom: Newsroom, check: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    out = newsroom.do("log", check, "--ui-language", language).out
    assert said in out
    assert max(map(len, out.splitlines())) <= 40


def test_the_desks_log_says_what_was_done_in_words(newsroom: Newsroom, check: str) -> None:
    lines = newsroom.do("log", "--limit", "3").out.splitlines()
    assert [line[26:] for line in lines] == [
        f"giang · edited a check · check:{check[-12:]}",
        f"an · submitted a check · check:{check[-12:]}",
        f"binh · returned a check · check:{check[-12:]}",
    ]
    assert "binh · trả lại một bài kiểm chứng" in newsroom.do("log", "--limit", "1", "--ui-language", "vi").out
    whole = newsroom.do("log", "--limit", "1000").out
    for part in ("added a person", "registered a key", "captured a source", "bound a quotation", "added a claim"):
        assert part in whole
    assert [row["action"] for row in newsroom.read("log", "--limit", "2")] == ["check.submit", "check.return"]


def test_a_check_that_is_not_there(newsroom: Newsroom) -> None:
    assert "There is no check 00000000." in newsroom.do("log", "00000000", code=4).err
    assert "--limit takes a whole number" in newsroom.do("log", "--limit", "0", code=2).err


def test_of_what_was_redacted_it_is_still_known_who_did_what(newsroom: Newsroom, check: str) -> None:
    newsroom.do("redact", f"check:{check}", "--why", "It named a private person.", "--yes", by="dung")
    assert "was redacted" in newsroom.do("check", "show", check, code=4).err
    out = newsroom.do("log", check).out
    assert "giang · edited a check" in out
    assert "Its content was redacted." in out
    assert "        It named a private person." in out.splitlines()
    assert "everyday" not in out
    whole = newsroom.do("log", "--limit", "100").out
    assert "dung · asked for a redaction · check:" in whole
    assert "        It named a private person." in whole.splitlines()
