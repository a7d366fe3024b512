"""Messages as they really come, asked of the program itself: an answer or a clear sentence, and no traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PAGE = "https://example.org/carrots"
ROWS = (
    {"id": "carrots", "text": "Carrots let you see in the dark.", "url": PAGE, "rating": "False", "language": "en"},
    {"id": "flat", "text": "يقول البعض إن الأرض مسطحة وليست كروية.", "rating": "خطأ", "language": "ar"},
    {"id": "café", "text": "Le café déshydrate complètement le corps.", "rating": "Faux", "language": "fr"},
)


@pytest.fixture(scope="module")
def bad_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with three checks, not changed by a test."""
    from factdesk.cli.main import main

    folder = tmp_path_factory.mktemp("bad") / "desk"
    rows = folder.parent / "rows.jsonl"
    rows.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    for args in (["init", str(folder)], ["--desk", str(folder), "import", str(rows)]):
        assert main([*args, "--quiet"]) == 0
    return folder


LONG = "The message is long: only its beginning was looked up. Ask the rest by itself.\n"


def found(ran: Any, said: str = "") -> list[tuple[str, str]]:
    """Own id and decision of each match in an answer that came with these words."""
    assert (ran.code, ran.err) == (0, said)
    claims = json.loads(ran.out)["claims"]
    return [(match["review"]["own_id"], match["decision"]) for claim in claims for match in claim["matches"]]


def refused(ran: Any, code: int, words: str) -> None:
    """One line on standard error that says what is wrong."""
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("factdesk: ")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_an_empty_message(program: Run, bad_desk: Path) -> None:
    refused(program("match", " \n ", "--desk", str(bad_desk)), 3, "The message is empty.")


def test_a_hundred_thousand_characters(program: Run, bad_desk: Path, tmp_path: Path) -> None:
    text = ("Carrots let you see in the dark. " + "Nobody knows what else is told of them here. " * 2500)[:100_000]
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    assert ("carrots", "same") in found(program("match", "long.txt", "--json", "--desk", str(bad_desk)), LONG)


def test_a_hundred_thousand_characters_without_a_space(program: Run, bad_desk: Path) -> None:
    ran = program("match", "-", "--json", "--desk", str(bad_desk), stdin=b"x" * 100_000)
    assert all(decision != "same" for _, decision in found(ran, LONG))


def test_a_binary_file(program: Run, bad_desk: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    refused(program("match", "picture.png", "--desk", str(bad_desk)), 3, "picture.png: This is not text.")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_than_utf_8(program: Run, bad_desk: Path, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "message.txt").write_bytes("Le café déshydrate complètement le corps.".encode(encoding))
    assert ("café", "same") in found(program("match", "message.txt", "--json", "--desk", str(bad_desk)))


def test_words_that_are_no_utf_8(program: Run, bad_desk: Path) -> None:
    ran = program("match", b"Le caf\xe9 d\xe9shydrate le corps", "--desk", str(bad_desk))
    assert (ran.code, ran.err) == (0, "")


def test_a_language_nobody_taught_it(program: Run, bad_desk: Path) -> None:
    cherokee = "ᎣᏏᏲ ᏙᎯᏧ ᎤᏍᏗ ᎠᏂᏣᎳᎩ"
    ran = program("match", cherokee, "--json", "--desk", str(bad_desk))
    assert all(decision != "same" for _, decision in found(ran))
    assert json.loads(ran.out)["message"] == cherokee


def test_emoji_only(program: Run, bad_desk: Path) -> None:
    refused(program("match", "🥕👀🌃", "--desk", str(bad_desk)), 3, "no words and no address")


def test_right_to_left(program: Run, bad_desk: Path) -> None:
    message = "\u202bيقول البعض إن الأرض مسطحة وليست كروية\u202c"
    assert found(program("match", message, "--json", "--desk", str(bad_desk)))[0] == ("flat", "same")


def test_one_address(program: Run, bad_desk: Path) -> None:
    ran = program("match", f"{PAGE}?utm_source=chat", "--json", "--desk", str(bad_desk))
    assert found(ran)[0] == ("carrots", "same")
    assert all(
        name != "carrots"
        for name, _ in found(program("match", "https://other.example/x", "--json", "--desk", str(bad_desk)))
    )


def test_all_of_them_in_bulk(program: Run, bad_desk: Path) -> None:
    """One bad row does not keep the others from their answers."""
    texts = ["", "🥕", "x" * 100_000, "\u202b\u202c", PAGE, "\x00\x01", "Carrots let you see in the dark."]
    rows = "\n".join(json.dumps({"id": str(number), "text": text}) for number, text in enumerate(texts))
    ran = program("match", "--input", "-", "--output", "-", "--desk", str(bad_desk), stdin=rows.encode())
    assert ran.code == 0
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [answer["id"] for answer in answers] == [str(number) for number in range(len(texts))]
    assert answers[-1]["matches"][0]["id"] == "carrots"
    assert "Traceback" not in ran.err
