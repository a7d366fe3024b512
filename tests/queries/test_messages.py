"""Messages are found again by their ids, by nobody else, and not for ever."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from factdesk.config import DeskConfig
from factdesk.errors import InputError, NotFoundError
from factdesk.queries import messages
from factdesk.queries.messages import find_message, remember_message, short_id


def config_at(folder: Path) -> DeskConfig:
    return DeskConfig(folder=folder, database_url="sqlite://", name="desk")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_message_is_found_by_its_short_id(tmp_path: Path) -> None:
    config, text = config_at(tmp_path), "Cà rốt\r\ngiúp sáng mắt"
    assert remember_message(config, digest(text), text)
    assert find_message(config, short_id(digest(text))) == text
    assert find_message(config, digest(text)) == text


@pytest.mark.parametrize("word", [digest("other"), short_id(digest("other")), "abcdef12"])
def test_an_id_that_is_not_remembered_is_never_taken_for_a_message(tmp_path: Path, word: str) -> None:
    with pytest.raises(NotFoundError, match=f"No message with the id {word} is remembered"):
        find_message(config_at(tmp_path), word)


def test_a_short_word_that_could_be_an_id_is_a_word(tmp_path: Path) -> None:
    remember_message(config_at(tmp_path), digest("a"), "a")
    assert find_message(config_at(tmp_path), "beef") is None


@pytest.mark.parametrize("word", ["", "abc", "carrots", "../../etc/passwd", "ABCDEF12", "a" * 65])
def test_what_is_no_id_finds_nothing(tmp_path: Path, word: str) -> None:
    remember_message(config_at(tmp_path), digest("a"), "a")
    assert find_message(config_at(tmp_path), word) is None


def test_without_a_cache_nothing_is_found(tmp_path: Path) -> None:
    assert find_message(config_at(tmp_path), "abcd") is None


def test_an_id_that_means_several_lists_them(tmp_path: Path) -> None:
    for end in "12":
        remember_message(config_at(tmp_path), "abcd" + end * 60, end)
    with pytest.raises(InputError, match="several"):
        find_message(config_at(tmp_path), "abcd")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    remember_message(config_at(tmp_path), digest("a"), "a")
    assert stat.S_IMODE((tmp_path / "cache" / "messages" / digest("a")).stat().st_mode) == 0o600


def test_the_oldest_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "KEPT", 10)
    for number in range(40):
        remember_message(config_at(tmp_path), digest(str(number)), str(number))
    left = list((tmp_path / "cache" / "messages").iterdir())
    assert 10 <= len(left) <= 11
    assert find_message(config_at(tmp_path), digest("39")) == "39"
    assert not (tmp_path / "cache" / "messages" / digest("0")).exists()


def test_a_folder_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert not remember_message(config_at(tmp_path), digest("a"), "a")
