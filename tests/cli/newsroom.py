"""A desk with people, keys and evidence as the command line meets it: a folder, key files, and an editor."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, begun, copied, opened, published, written
from tests.cli.conftest import Ran, Run
from tests.signing.quick import PASSPHRASE, QUICK

from factdesk.config import DeskConfig
from factdesk.signing.keyring import put_key
from factdesk.signing.keys import locked

SETTINGS = 'name = "Test desk"\nallow_private = "yes"\n'


@dataclass(frozen=True)
class Newsroom:
    """A copy of the desk of `desks_of_people` that commands work in, with the keys of its people on their side."""

    config: DeskConfig
    world: World
    keys: Path
    say: Run

    def do(self, *words: str | Path, by: str = "", code: int = 0) -> Ran:
        """Run a command, by somebody, that ends with that exit code."""
        ran: Ran = self.say(*words, *(("--as", by) if by else ()))
        assert ran.code == code, ran.err
        return ran

    def read(self, *words: str, by: str = "") -> Any:
        """What a command prints as JSON."""
        return json.loads(self.do(*words, "--json", by=by).out)

    def draft(self, **fields: Any) -> str:
        """A check by an, as yet a draft; its id."""
        with opened(self.config) as desk:
            return begun(desk, written(self.world, **fields)).check.id

    def published(self) -> str:
        """A check by an that binh signed and chi published; its id."""
        with opened(self.config) as desk:
            return published(desk, self.world).check.id

    def exported(self, check: str, name: str = "check.md") -> Path:
        """A check as a file."""
        self.do("check", "export", check, name)
        return Path(name)

    def source(self, check: str) -> str:
        """The text of a check as its file has it."""
        return self.do("check", "export", check, "-").out


def newsroom_in(folder: Path, world: World, say: Run, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Copy the desk, write its settings, and lock everybody's key with a passphrase that costs no time."""
    config = copied(world, folder / "newsroom")
    (config.folder / "desk.toml").write_text(SETTINGS, encoding="utf-8")
    keys = folder / "keys"
    for name, key in world.keys.items():
        put_key(keys, name, locked(key, PASSPHRASE, cost=QUICK))
    for variable, value in {
        "FACTDESK_DESK": config.folder,
        "FACTDESK_KEYS_DIR": keys,
        "FACTDESK_PINS": folder / "pins.txt",
        "FACTDESK_PASSPHRASE": PASSPHRASE,
    }.items():
        monkeypatch.setenv(variable, str(value))
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    return Newsroom(config, world, keys, say)


EDITOR = """
import sys
from pathlib import Path

path, turn = Path(sys.argv[1]), Path({turn!r})
number = int(turn.read_text()) if turn.is_file() else 0
turn.write_text(str(number + 1))
text = path.read_text(encoding="utf-8")
path.write_bytes({steps!r}[number].format(text=text).encode({encoding!r})) if {steps!r}[number] is not None else None
"""

SetEditor = Callable[..., None]


def set_editor(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SetEditor:
    """A function that makes a real editor: each time it is opened it does the next of the steps. A step is what is
    written, in which `{text}` is what was there; None for nothing."""

    def make(*steps: str | None, encoding: str = "utf-8") -> None:
        script = folder / "editor.py"
        (folder / "turn").unlink(missing_ok=True)
        script.write_text(EDITOR.format(turn=str(folder / "turn"), steps=steps, encoding=encoding), encoding="utf-8")
        monkeypatch.setenv("EDITOR", f"{sys.executable} {script}")

    return make


class Piped(io.TextIOWrapper):
    """Standard input that is no terminal."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data), encoding="utf-8")


def replaced(file: Path, *changes: tuple[str, str]) -> Path:
    """Change words of a file that must be there."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return file
