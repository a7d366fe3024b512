"""Which command a line means, above all where a message looks like a subcommand."""

from __future__ import annotations

import pytest

from factdesk.cli.command import Command
from factdesk.cli.registry import COMMANDS, first_word, load, resolve, subcommands

FLAGS = frozenset({"--json", "--help"})


@pytest.mark.parametrize("name", COMMANDS)
def test_every_name_loads_a_command(name: str) -> None:
    assert isinstance(load(name), Command)


def test_an_unknown_name_loads_nothing() -> None:
    assert load("nothing") is None
    assert resolve(["nothing", "confirm"]) is None


@pytest.mark.parametrize(
    ("args", "place"),
    [
        (["confirm"], 0),
        (["--json", "confirm"], 1),
        (["--desk", "d", "confirm"], 2),
        (["--desk=d", "confirm"], 1),
        (["-", "confirm"], 0),
        (["--", "confirm"], None),
        (["--desk"], None),
        ([], None),
    ],
)
def test_first_word(args: list[str], place: int | None) -> None:
    assert first_word(args, FLAGS) == place


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [
        (["match", "confirm", "m", "r"], "match confirm", ["m", "r"]),
        (["match", "--desk", "d", "reject", "m", "r"], "match reject", ["--desk", "d", "m", "r"]),
        (["match", "--json", "confirm", "m", "r"], "match confirm", ["--json", "m", "r"]),
        (["match", "confirm that garlic cures flu"], "match", ["confirm that garlic cures flu"]),
        (["match", "--", "confirm"], "match", ["--", "confirm"]),
        (["match", "--input", "confirm"], "match", ["--input", "confirm"]),
        (["match", "a message", "confirm"], "match", ["a message", "confirm"]),
        (["import", "undo", "run"], "import undo", ["run"]),
        (["import", "./undo"], "import", ["./undo"]),
        (["import", "--dry-run", "undo", "run"], "import undo", ["--dry-run", "run"]),
        (["publishers", "allow", "x"], "publishers allow", ["x"]),
        (["publishers"], "publishers", []),
        (["models", "list"], "models list", []),
    ],
)
def test_a_subcommand_is_meant_by_its_exact_name_alone(line: list[str], name: str, rest: list[str]) -> None:
    found = resolve(line)
    assert found is not None
    assert (found[0], found[2]) == (name, rest)


def test_subcommands() -> None:
    assert subcommands("match") == ("confirm", "reject")
    assert subcommands("audit") == ()
