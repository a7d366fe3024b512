"""How the program starts: languages, streams, versions, words that it cannot take."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from factdesk import __version__
from factdesk.cli.main import value_of

Run = Callable[..., Any]

HEAVY = ("sqlalchemy", "numpy", "onnxruntime", "tantivy", "turbovec", "httpx", "rich", "tokenizers", "alembic", "ijson")


def test_version(say: Run) -> None:
    ran = say("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"factdesk {__version__}\n", "")


def test_without_a_command_there_is_help(say: Run) -> None:
    ran = say()
    assert ran.code == 0
    assert ran.out == say("--help").out
    assert "match" in ran.out


@pytest.mark.parametrize("place", [("--ui-language", "vi", "match", "--help"), ("match", "--help", "--ui-language=vi")])
def test_help_speaks_the_language_that_was_asked_for(say: Run, place: tuple[str, ...]) -> None:
    ran = say(*place)
    assert "Tìm những bài kiểm chứng" in ran.out
    assert "Tùy chọn" in ran.out
    assert 'factdesk match "Carrots' in ran.out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["mach"], "There is no command mach. Did you mean match, watch?"),
        (["match", "--tpo", "3"], "There is no option --tpo. Did you mean --top, --output?"),
        (["match", "one", "two"], "factdesk match does not take so many words: two."),
        (["match", "--top", "0", "x"], "--top takes a whole number from 1 to 1000, not 0."),
        (["match", "--since", "yesterday", "x"], "--since takes a day such as 2024-05-06"),
        (["match", "--output", "x"], "--output goes with --input."),
        (["match", "x", "--input", "y"], "A message and --input were given."),
        (["show"], "ID is missing. See: factdesk show --help"),
        (["match", "confirm", "x"], "REVIEW is missing. See: factdesk match confirm --help"),
        (["--desk"], "The option --desk is not used in this way."),
        (["--ui-language", "fr", "status"], "--ui-language takes one of en, vi, not fr."),
        (["audit", "--against", "x"], "x is no head."),
    ],
)
def test_what_is_asked_wrongly_is_said_in_one_line(say: Run, args: list[str], words: str) -> None:
    ran = say(*args)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"factdesk: {words}")
    assert ran.err.count("\n") == 1


def test_without_a_desk_every_command_says_so(say: Run) -> None:
    for args in (["status"], ["audit"], ["match", "x"], ["show", "x"], ["publishers"], ["match", "confirm", "a", "b"]):
        ran = say(*args)
        assert (ran.code, ran.out) == (5, "")
        assert ran.err.startswith("factdesk: There is no desk here. Make one with: factdesk init my-desk")


def test_an_error_speaks_vietnamese(say: Run) -> None:
    assert say("status", "--ui-language", "vi").err.startswith("factdesk: Ở đây không có bàn kiểm chứng nào.")


@pytest.mark.parametrize(
    ("args", "value"),
    [
        (["--desk", "a", "x"], "a"),
        (["x", "--desk=b"], "b"),
        (["x", "--", "--desk", "c"], None),
        (["--desk"], None),
        ([], None),
    ],
)
def test_value_of(args: list[str], value: str | None) -> None:
    assert value_of("--desk", args) == value


def test_help_loads_nothing_heavy(python: Run) -> None:
    """Start-up is fast because of what is not imported."""
    ran = python(
        "import json, sys; from factdesk.cli.main import main; main(['--help']); main(['match', '--help']); "
        "print('\\n' + json.dumps(sorted(sys.modules)))"
    )
    loaded = json.loads(ran.out.splitlines()[-1])
    assert "factdesk.cli.match" in loaded
    assert not [name for name in HEAVY if name in loaded]


def test_output_is_utf8_in_any_locale(program: Run) -> None:
    ran = program("--help", env={"LC_ALL": "C", "FACTDESK_UI_LANGUAGE": "vi", "PYTHONIOENCODING": "ascii"})
    assert (ran.code, ran.err) == (0, "")
    assert "Cách dùng:" in ran.out


def test_bytes_that_are_no_text_are_taken_as_they_are(program: Run) -> None:
    ran = program(b"match", b"a", b"caf\xe9", env={"LC_ALL": "C"})
    assert ran.code == 2
    assert "caf\\udce9" in ran.err
