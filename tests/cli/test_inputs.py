"""A message however it is handed in, and files that are whole or not there."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.cli import inputs
from factdesk.cli.inputs import decoded, is_file, message_from, opened_input, opened_output, sound
from factdesk.errors import InputError, UsageError


def test_words_are_the_message() -> None:
    assert message_from("Carrots help") == "Carrots help"


def test_a_file_holds_the_message(tmp_path: Path) -> None:
    path = tmp_path / "message.txt"
    path.write_bytes("Cà rốt\n".encode("utf-8-sig"))
    assert message_from(str(path)) == "Cà rốt\n"


def test_standard_input_holds_the_message(monkeypatch: pytest.MonkeyPatch) -> None:
    for word in (None, "-"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Cà rốt".encode()), "ascii"))
        assert message_from(word) == "Cà rốt"


def test_a_person_is_told_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Keyboard())
    with pytest.raises(UsageError, match="There is no message"):
        message_from(None)


@pytest.mark.parametrize("word", ["", "  \n\t"])
def test_an_empty_message_is_none(word: str) -> None:
    with pytest.raises(InputError, match="empty"):
        message_from(word)


@pytest.mark.parametrize("word", ["x" * 100_000, "a\0b", "/" * 5000, "a/" * 3000])
def test_no_message_is_too_odd_to_ask_whether_it_is_a_file(word: str) -> None:
    assert not is_file(word)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", bytes(range(256)) * 4])
def test_binary_is_no_text(data: bytes) -> None:
    with pytest.raises(InputError, match="not text"):
        decoded(data, "file")


def test_other_encodings_are_read() -> None:
    text = "Thuốc này chữa được bệnh cúm trong hai ngày."
    assert decoded(text.encode("utf-16"), "f") == text
    russian = "Морковь помогает видеть в темноте, говорят врачи. " * 3
    assert decoded(russian.encode("cp1251"), "f") == russian


def test_a_message_file_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_BYTES", 10)
    path = tmp_path / "long.txt"
    path.write_text("x" * 11)
    with pytest.raises(InputError, match="too long"):
        message_from(str(path))


@settings(deadline=None)  # a busy machine is no failure
@given(st.text(st.characters()))
def test_sound_text_is_utf8(text: str) -> None:
    assert len(sound(text).encode()) >= len(text)
    if not any(0xD800 <= ord(letter) < 0xE000 for letter in text):
        assert sound(text) == text


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_what_is_written_can_be_read(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    with opened_output(path) as out:
        out.write("cà rốt\n")
    with opened_input(path) as stream:
        assert stream.read() == "cà rốt\n".encode()
    raw = Path(path).read_bytes()
    assert raw.startswith(b"\x1f\x8b") == name.endswith(".gz")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_equal_answers_are_equal_files(tmp_path: Path) -> None:
    for name in ("a.gz", "b.gz"):
        with opened_output(str(tmp_path / name)) as out:
            out.write("x\n")
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"x\n"


def test_what_is_broken_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")

    def broken_off() -> None:
        with opened_output(str(path)) as out:
            out.write("new")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_file_is_said() -> None:
    with pytest.raises(InputError, match="no such file"), opened_input("nowhere.jsonl"):
        pass
