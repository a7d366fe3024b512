"""`factdesk key`: keys stay on their person's side, fingerprints are what others see."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.cli.newsroom import Newsroom
from tests.signing.quick import PASSPHRASE

from factdesk.domain.keys import fingerprint, shown_fingerprint
from factdesk.signing.keys import unlocked

FINGERPRINT = "9187a6cfe0e13977ba824e89db36d4a4acba1033ec5f400d2e779b0d54c14572"


def own(newsroom: Newsroom, name: str) -> str:
    return fingerprint(newsroom.world.keys[name].public)


def files(newsroom: Newsroom) -> list[str]:
    return sorted(path.name for path in newsroom.keys.iterdir())


def test_a_key_is_made_outside_the_desk_and_exchanged(newsroom: Newsroom) -> None:
    row = newsroom.read("key", "new", by="hoa")
    file = Path(row["file"])
    key = unlocked(file.read_bytes(), PASSPHRASE)
    assert file.parent == newsroom.keys
    assert (key.public, row["fingerprint"]) == (row["public"], fingerprint(row["public"]))
    assert not [path for path in newsroom.config.folder.rglob("*") if path.is_file() and key.seed in path.read_bytes()]
    before = files(newsroom)
    refused = newsroom.do("key", "new", by="hoa", code=8)
    assert "hoa has a key already." in refused.err
    assert files(newsroom) == before, "a key that the desk refused stays nowhere"
    ran = newsroom.do("key", "rotate", by="hoa")
    new = newsroom.read("key", "show", by="hoa")
    assert [each["why"] for each in newsroom.read("key", "show", "--all") if each["person"] == "hoa"] == ["rotated", ""]
    assert ran.out.split() == shown_fingerprint(new[0]["fingerprint"]).split()
    assert str(newsroom.keys) in ran.err


@pytest.mark.parametrize("columns", ["80", "40"])
def test_keys_are_shown_in_lines_that_fit(columns: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    lines = newsroom.do("key", "show", by="chi").out.splitlines()
    assert lines[0] == "chi · in use since 2026-01-02"
    assert "".join("".join(lines[1:]).split()) == own(newsroom, "chi")
    assert max(map(len, lines)) <= int(columns)


def test_who_has_no_key_is_told_how_to_make_one(newsroom: Newsroom) -> None:
    ran = newsroom.do("key", by="hoa")
    assert (ran.out, ran.err) == ("", "You have no key. Make one with: factdesk key new\n")
    assert "Nobody at this desk is called zoe." in newsroom.do("key", "show", by="zoe", code=4).err


def test_a_key_is_given_up_and_says_why(newsroom: Newsroom) -> None:
    ran = newsroom.do("key", "revoke", own(newsroom, "chi")[:12], "--why", "lost", by="chi")
    assert "given up on" in ran.out
    assert ran.out.endswith(": lost\n")
    assert newsroom.read("key", "show", by="chi") == []
    row = newsroom.read("key", "revoke", own(newsroom, "binh"), "--why", "compromised", by="dung")
    assert (row["person"], row["why"]) == ("binh", "compromised")
    shown = newsroom.do("key", "show", "--all", "--ui-language", "vi").out
    assert "lọt vào tay người khác" in shown


def test_a_key_that_is_not_ones_own_or_not_known(newsroom: Newsroom) -> None:
    mine = own(newsroom, "binh")
    assert "This key is binh's." in newsroom.do("key", "revoke", mine, "--why", "lost", by="chi", code=8).err
    assert "No one key has" in newsroom.do("key", "revoke", "ffffffff", "--why", "lost", by="dung", code=4).err
    assert "--why is missing." in newsroom.do("key", "revoke", mine, by="binh", code=2).err
    assert newsroom.read("key", "show", by="binh")[0]["fingerprint"] == mine


@pytest.mark.parametrize(
    ("variable", "value", "code", "said"),
    [
        ("FACTDESK_PASSPHRASE", "abc", 8, "A passphrase needs at least"),
        ("FACTDESK_KEYS_DIR", "{desk}/keys", 8, "A private key stays outside every desk"),
    ],
)
def test_no_key_is_made_that_is_easy_to_open_or_within_the_desk(
    variable: str, value: str, code: int, said: str, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value.format(desk=newsroom.config.folder))
    assert said in newsroom.do("key", "new", by="hoa", code=code).err
    assert newsroom.read("key", "show", by="hoa") == []
    assert not (newsroom.config.folder / "keys").exists()


@pytest.fixture
def pins(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A reader without a desk."""
    monkeypatch.setenv("FACTDESK_PINS", str(tmp_path / "pins.txt"))
    return say


def test_a_fingerprint_is_pinned_listed_and_taken_off(pins: Run) -> None:
    assert "No fingerprint is pinned." in pins("key", "pin").err
    ran = pins("key", "pin", shown_fingerprint(FINGERPRINT), "An, City Library")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "An, City Library"
    assert "".join("".join(ran.out.splitlines()[1:]).split()) == FINGERPRINT
    assert "Nothing has changed." in pins("key", "pin", FINGERPRINT, "An, City Library").err
    assert json.loads(pins("key", "pin", "--list", "--json").out) == [
        {"fingerprint": FINGERPRINT, "name": "An, City Library"}
    ]
    assert pins("key", "pin", "--remove", FINGERPRINT).code == 0
    assert "This fingerprint is not pinned." in pins("key", "pin", "--remove", FINGERPRINT).err
    assert json.loads(pins("key", "pin", "--json").out) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["abc", "An"], 3, "A fingerprint has 64 hexadecimal digits, and this has not."),
        ([FINGERPRINT], 3, "Write whose key it is behind the fingerprint."),
        (["--remove"], 2, "It is not said which fingerprint to take off."),
    ],
)
def test_what_cannot_be_pinned(words: list[str], code: int, said: str, pins: Run) -> None:
    ran = pins("key", "pin", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
