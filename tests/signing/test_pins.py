from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signing.quick import UNHURRIED

from factdesk.domain.keys import shown_fingerprint
from factdesk.errors import InputError, RefusedError
from factdesk.signing.pins import MOST_BYTES, add_pin, load_pins, pins_file, read_pins, remove_pin

OWN = "0123456789abcdef" * 4
OTHER = "fedcba9876543210" * 4


def grouped(own: str, size: int, between: str) -> str:
    return between.join(own[at : at + size] for at in range(0, 64, size))


@pytest.mark.parametrize(
    "written",
    [
        OWN,
        OWN.upper(),
        shown_fingerprint(OWN),
        grouped(OWN, 2, ":"),
        grouped(OWN, 2, " "),
        grouped(OWN, 8, "\t"),
        grouped(OWN, 16, "  ").upper(),
        grouped(OWN, 4, ":"),
    ],
)
def test_a_fingerprint_is_read_as_people_write_it(written: str, tmp_path: Path) -> None:
    assert read_pins(f"{written}  Nguyễn An  # met in person", "pins.txt") == {OWN: "Nguyễn An"}
    assert add_pin(tmp_path / "pins.txt", written, "Nguyễn An")
    assert load_pins(tmp_path / "pins.txt") == {OWN: "Nguyễn An"}


def test_comments_and_empty_lines_pin_nothing() -> None:
    text = f"\ufeff# whom I trust\r\n\r\n   \n{OWN} An#1 of the desk\r\n\t# {OTHER} Bình\n{OTHER}\tBình # told by phone"
    assert read_pins(text, "pins.txt") == {OWN: "An#1 of the desk", OTHER: "Bình"}
    assert read_pins("", "pins.txt") == {}
    assert read_pins(f"{OWN} An\n{OWN} An\n", "pins.txt") == {OWN: "An"}


@pytest.mark.attack
@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param(OWN[:63] + " a nguyen", "64 hexadecimal", id="a-name-as-the-last-digit"),
        pytest.param(OWN[:8] + " An", "64 hexadecimal", id="a-beginning"),
        pytest.param(OWN + "0 An", "64 hexadecimal", id="too-long"),
        pytest.param(OWN[:-1] + "g An", "64 hexadecimal", id="no-digit"),
        pytest.param(OWN[:-1] + "０ An", "64 hexadecimal", id="full-width-digit"),
        pytest.param(shown_fingerprint(OWN)[:-4] + "dead", "needs a name", id="a-name-of-hexadecimal-letters"),
        pytest.param(shown_fingerprint(OWN)[5:] + " An", "64 hexadecimal", id="a-group-is-missing"),
        pytest.param(shown_fingerprint(OWN)[:69] + " abc added An", "64 hexadecimal", id="a-word-in-place-of-digits"),
        pytest.param("An " + OWN, "64 hexadecimal", id="the-name-first"),
        pytest.param(OWN, "needs a name", id="no-name"),
        pytest.param(OWN + " # An", "needs a name", id="a-name-in-the-comment"),
        pytest.param(OWN + " " + "a" * 101, "needs a name", id="long-name"),
        pytest.param(OWN + " A\u202en", "needs a name", id="a-name-that-turns-round"),
        pytest.param(OWN + " A\x1b[2Jn", "needs a name", id="a-name-that-clears-the-screen"),
        pytest.param(OTHER + " Bình", "two names: An and Bình", id="two-names"),
        pytest.param(":", "64 hexadecimal", id="a-colon"),
        pytest.param(" ".join(OWN) + "a" * 500_000, "64 hexadecimal|needs a name", id="long-line"),
    ],
)
def test_a_line_that_is_no_pin_is_named(line: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        read_pins(f"# mine\n{OTHER} An\n{line}\n", "pins.txt")
    assert caught.value.place == "pins.txt:3"
    assert caught.value.remedy


@UNHURRIED
@given(st.text(max_size=200))
def test_any_text_is_pins_or_an_error_with_its_line(text: str) -> None:
    try:
        pins = read_pins(text, "pins.txt")
    except InputError as error:
        number = int(error.place.removeprefix("pins.txt:"))
        assert text.split("\n")[number - 1].strip()
    else:
        assert all(len(own) == 64 and name for own, name in pins.items())


@UNHURRIED
@given(
    st.lists(
        st.tuples(st.binary(min_size=32, max_size=32), st.text("aăâđêôơư AN", min_size=1).filter(str.strip)),
        unique_by=lambda pair: pair[0],
        max_size=6,
    )
)
def test_what_is_pinned_is_read_back(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[bytes, str]]) -> None:
    path = tmp_path_factory.mktemp("pins") / "pins.txt"
    for own, name in pairs:
        assert add_pin(path, own.hex(), name)
    assert load_pins(path) == {own.hex(): " ".join(name.split()) for own, name in pairs}
    for own, _ in pairs:
        assert remove_pin(path, own.hex())
    assert load_pins(path) == {}


def test_what_the_reader_wrote_stays(tmp_path: Path) -> None:
    path = tmp_path / "pins.txt"
    before = f"# mine\r\n\r\n{OWN.upper()}   An   # met in person"
    path.write_bytes(before.encode())
    assert not add_pin(path, OWN, "An")
    assert path.read_bytes() == before.encode()
    assert add_pin(path, OTHER, "Bình")
    assert path.read_bytes() == f"{before}\n{shown_fingerprint(OTHER)}  Bình\n".encode()
    assert remove_pin(path, shown_fingerprint(OTHER))
    assert path.read_bytes() == f"{before}\n".encode()
    assert not remove_pin(path, OTHER)
    assert remove_pin(path, OWN)
    assert path.read_bytes() == b"# mine\r\n\r\n"


def test_another_name_for_a_pinned_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new" / "pins.txt"
    assert add_pin(path, OWN, "An")
    with pytest.raises(RefusedError, match="pinned already, as An"):
        add_pin(path, OWN, "Bình")
    assert load_pins(path) == {OWN: "An"}
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.attack
@pytest.mark.parametrize(
    ("given_", "name"),
    [
        pytest.param(OWN[:16], "An", id="a-beginning"),
        pytest.param("", "An", id="no-fingerprint"),
        pytest.param(OWN, "", id="no-name"),
        pytest.param(OWN, "An # met", id="a-comment-as-name"),
        pytest.param(OWN, "#", id="only-a-comment"),
        pytest.param(OWN, "An\x00", id="zero"),
    ],
)
def test_nothing_that_would_not_be_read_back_is_pinned(tmp_path: Path, given_: str, name: str) -> None:
    with pytest.raises(InputError):
        add_pin(tmp_path / "pins.txt", given_, name)
    assert not (tmp_path / "pins.txt").exists()


@pytest.mark.attack
def test_a_name_brings_no_line_of_its_own(tmp_path: Path) -> None:
    add_pin(tmp_path / "pins.txt", OWN, f"An\n{OTHER} Bình"[:100])
    assert list(load_pins(tmp_path / "pins.txt")) == [OWN]


@pytest.mark.attack
def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "pins.txt"
    for content in (b"nonsense\n", b"\xff\xfe\n", b"#" * (MOST_BYTES + 1)):
        path.write_bytes(content)
        with pytest.raises(InputError):
            add_pin(path, OWN, "An")
        with pytest.raises(InputError):
            remove_pin(path, OWN)
        assert path.read_bytes() == content


def test_a_folder_is_no_list_of_pins(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no ordinary file"):
        load_pins(tmp_path)


def test_the_file_is_that_of_the_variable_or_in_the_settings(tmp_path: Path) -> None:
    assert pins_file({"FACTDESK_PINS": str(tmp_path / "mine.txt")}) == tmp_path / "mine.txt"
    assert pins_file({}).name == "pins.txt"
