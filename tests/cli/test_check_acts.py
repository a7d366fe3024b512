"""A check's whole way by the program, and everybody who is turned back on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.actions.desks_of_people import FOUND, SAID
from tests.cli.conftest import Ran
from tests.cli.newsroom import Newsroom

from factdesk.domain.workflow import State

WHY = ("--why", "The source moved.")


def act(newsroom: Newsroom, action: str, check: str, *words: str, by: str) -> State:
    """Where a check stands after an act."""
    row = newsroom.read("check", action, check, *words, by=by)
    assert row["id"] == check
    state: State = row["state"]
    return state


def sent(newsroom: Newsroom, check: str) -> Ran:
    """Submit, sign and publish a check; what publishing said."""
    newsroom.do("check", "submit", check, by="an")
    newsroom.do("check", "sign", check, by="binh")
    return newsroom.do("check", "publish", check, by="chi")


def rewritten(newsroom: Newsroom, check: str) -> None:
    """Change a check's last sentence."""
    file = newsroom.exported(check, f"{len(newsroom.read('log', check))}.md")
    file.write_text(file.read_text(encoding="utf-8").replace("does nothing", "is of no use"), encoding="utf-8")
    newsroom.do("check", "import", file, by="an")


def test_the_whole_way(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    assert act(newsroom, "submit", own, "--note", "Please look at the second source.", by="an") == "submitted"
    assert act(newsroom, "return", own, "--why", "The title is long.", by="binh") == "returned"
    assert "binh says: The title is long." in newsroom.do("check", "show", own).out
    assert act(newsroom, "submit", own, by="an") == "submitted"
    assert act(newsroom, "sign", own, by="binh") == "signed"
    assert act(newsroom, "publish", own, by="chi") == "published"
    found = newsroom.read("match", SAID)
    assert own in str(found)
    assert act(newsroom, "reopen", own, *WHY, by="an") == "reopened"
    assert act(newsroom, "keep", own, "--why", "It says the same.", by="chi") == "published"
    what = ("--what", "We wrote that it does nothing.", "--severity", "substantial")
    assert act(newsroom, "correct", own, *what, by="an") == "reopened"
    rewritten(newsroom, own)
    assert sent(newsroom, own).out == f"{own} · corrected\n"
    assert "     We wrote that it does nothing." in newsroom.do("check", "show", own).out
    assert act(newsroom, "withdraw", own, "--why", "Its source was forged.", by="chi") == "submitted"
    assert act(newsroom, "sign", own, by="binh") == "signed"
    assert newsroom.do("check", "publish", own, by="chi").out == f"{own} · withdrawn\n"
    assert "3. withdrawn" in newsroom.do("check", "show", own).out
    assert newsroom.do("verify", str(newsroom.config.folder)).code == 0


def test_submitting_says_what_is_still_wanting(newsroom: Newsroom) -> None:
    own = newsroom.draft(rating="unheard-of")
    row = newsroom.read("check", "submit", own, by="an")
    assert "rating" in [each["code"] for each in row["wanting"]]
    other = newsroom.draft(rating="unheard-of")
    ran = newsroom.do("check", "submit", other, by="an")
    assert "Still wanting: It has no rating of the desk's scale. Put one of these" in ran.err


def test_the_signer_sees_what_is_signed(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    newsroom.do("check", "submit", own, by="an")
    ran = newsroom.do("check", "sign", own, by="binh")
    lines = ran.err.splitlines()
    assert lines[0] == "You are about to sign, for Test desk:"
    assert "  Carrots keep eyes healthy but give no night vision" in lines
    assert "  rating: False" in lines
    assert f"  “{SAID}”" in lines
    assert "  1 citation from 2 captures, 0 waivers" in lines
    assert lines[-1].startswith("Signed: ")


def test_the_signer_of_a_correction_or_withdrawal_sees_that_it_is_one(newsroom: Newsroom) -> None:
    own = newsroom.published()
    newsroom.do("check", "withdraw", own, "--why", "Its source was forged.", by="chi")
    ran = newsroom.do("check", "sign", own, "--ui-language", "vi", by="binh")
    assert "  Việc rút bài: Its source was forged." in ran.err
    newsroom.do("check", "return", own, "--why", "It was not.", by="binh")
    newsroom.do("check", "correct", own, "--what", "A slip.", "--severity", "minor", by="an")
    newsroom.do("check", "submit", own, by="an")
    assert "  Its correction (minor): A slip." in newsroom.do("check", "sign", own, by="binh").err


def test_an_edit_voids_a_signature(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    newsroom.do("check", "submit", own, by="an")
    newsroom.do("check", "sign", own, by="binh")
    rewritten(newsroom, own)
    assert newsroom.read("check", "show", own)["now"]["standing"]["state"] == "draft"
    assert "Only a check that somebody else signed" in newsroom.do("check", "publish", own, by="chi", code=8).err


REFUSED = [
    (["return", "{draft}", *WHY], "binh", 8, "Only a submitted or signed check can be returned."),
    (["sign", "{draft}"], "binh", 8, "Only a submitted check can be signed. Its author submits it with"),
    (["publish", "{draft}"], "chi", 8, "Only a check that somebody else signed can be published."),
    (["reopen", "{draft}", *WHY], "an", 8, "Only a published check can be reopened."),
    (["withdraw", "{draft}", *WHY], "chi", 8, "Only a published check can be withdrawn"),
    (["keep", "{draft}", *WHY], "chi", 8, "Only a reopened check can be kept as it was."),
    (["correct", "{draft}", "--what", "x", "--severity", "minor"], "an", 8, "Only a published check can be corrected."),
    (["submit", "{public}"], "an", 8, "Only a draft, or a published check whose error was named, can be submitted."),
    (["publish", "{draft}"], "binh", 8, "This takes the role editor at least; binh has the role reviewer."),
    (["sign", "{draft}"], "an", 8, "This takes the role reviewer at least; an has the role contributor."),
    (["submit", "{draft}"], "zoe", 8, "Nobody at this desk is called zoe."),
    (["submit", "{draft}"], "em", 8, "em does not work at this desk any more."),
    (["reopen", "{public}"], "an", 3, "This needs a reason. Give it with --why"),
    (["withdraw", "{public}", "--why", " "], "chi", 3, "This needs a reason."),
    (["reopen", "{public}", "--why", "x" * 5_001], "an", 3, "A reason has at most 5,000 characters."),
    (["correct", "{public}", "--severity", "minor"], "an", 3, "It is not said what was wrong. Say it with --what"),
    (["correct", "{public}", "--what", "x"], "an", 2, "--severity is missing."),
    (["correct", "{public}", "--what", "x", "--severity", "tiny"], "an", 2, "--severity takes one of minor,"),
    (["submit", "00000000"], "an", 4, "There is no check 00000000."),
]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_cannot_be_is_refused_with_the_rule_and_the_way(
    language: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACTDESK_UI_LANGUAGE", language)
    ids = {"draft": newsroom.draft(), "public": newsroom.published()}
    before = newsroom.read("checks")
    for words, by, code, said in REFUSED:
        ran = newsroom.do("check", *(word.format(**ids) for word in words), by=by, code=code)
        assert ran.out == ""
        assert (said in ran.err) == (language == "en"), words
    assert newsroom.read("checks") == before


def test_what_would_mislead_is_not_signed(newsroom: Newsroom) -> None:
    own = newsroom.draft(rating="unheard-of")
    newsroom.do("check", "submit", own, by="an")
    assert "It has no rating of the desk's scale." in newsroom.do("check", "sign", own, by="binh", code=8).err
    other = newsroom.draft(authors=["Bình Trần"])
    newsroom.do("check", "submit", other, by="an")
    assert "two people are needed" in newsroom.do("check", "sign", other, by="binh", code=8).err


def test_the_passphrase_and_the_key_must_be_right(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = newsroom.draft()
    newsroom.do("check", "submit", own, by="an")
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("another phrase altogether\n", encoding="utf-8")
    wrong.chmod(0o600)
    ran = newsroom.do("check", "sign", own, "--passphrase-file", wrong, by="binh", code=3)
    assert "The passphrase does not open this key" in ran.err
    assert "No key here has the name" in newsroom.do("check", "sign", own, by="hoa", code=4).err
    assert "No key here has the name" in newsroom.do("check", "sign", own, "--key", "ffff", by="binh", code=4).err
    ran = newsroom.do("check", "sign", own, "--key", "chi", by="binh", code=8)
    assert "The desk does not know this key as binh's." in ran.err
    assert newsroom.read("check", "show", own)["now"]["standing"]["state"] == "submitted"


def test_a_desk_that_cannot_be_written_to(newsroom: Newsroom, as_nobody: object) -> None:
    own = newsroom.draft()
    folder = newsroom.config.folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert callable(as_nobody)
    as_nobody()
    for words in (["check", "submit", own], ["undo", own], ["people", "add", "x"], ["claim", "add", FOUND]):
        ran = newsroom.say(*words, "--as", "an")
        assert ran.code == 5, (words, ran.err)
        assert ran.out == ""
