"""One small desk with the sample in it, made once by the program itself; and the program as a process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.actions.desks_of_people import World, built, clock_from, config_in

import factdesk
from factdesk.cli.main import main
from factdesk.sample.feed import feed_json

if TYPE_CHECKING:
    from tests.cli.newsroom import Newsroom, SetEditor

SOURCE = Path(factdesk.__file__).parent.parent


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No desk, no language and no colour from the machine that runs the tests."""
    for name in list(os.environ):
        if name.startswith("FACTDESK_") and name not in ("FACTDESK_MODELS_DIR", "FACTDESK_REQUIRE_ALL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("FACTDESK_ACTOR", "tester")
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def made_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with the sample, never changed by a test."""
    folder = tmp_path_factory.mktemp("desks") / "sample-desk"
    feed = folder.parent / "sample.json"
    feed.write_text(feed_json(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("FACTDESK_ACTOR", "tester")
        for args in (["init", str(folder), "--name", "Sample"], ["--desk", str(folder), "import", str(feed)]):
            if code := main([*args, "--quiet"]):
                pytest.fail(f"{args} gave {code}")
    return folder


@pytest.fixture
def desk(made_desk: Path, tmp_path: Path) -> Path:
    """A copy of the desk, for tests that change it."""
    return shutil.copytree(made_desk, tmp_path / "desk")


@pytest.fixture(scope="session")
def world(prepared_record: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A desk with people, keys and evidence, never changed by a test."""
    folder = tmp_path_factory.mktemp("world")
    shutil.copyfile(prepared_record, folder / "record.sqlite")
    return built(config_in(folder), clock_from(0))


@pytest.fixture
def newsroom(world: World, say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """A copy of that desk for commands to work in, with keys and without an editor."""
    from tests.cli.newsroom import newsroom_in

    return newsroom_in(tmp_path, world, say, monkeypatch)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SetEditor:
    """A function that makes an editor: `editor("{text}more")`."""
    from tests.cli.newsroom import set_editor

    return set_editor(tmp_path, monkeypatch)


@dataclass(frozen=True)
class Ran:
    """What a run of the program gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def run_python(args: Sequence[str | bytes], cwd: Path, stdin: bytes, env: dict[str, str] | None) -> Ran:
    """Run Python with our source."""
    path = os.pathsep.join([str(SOURCE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    surroundings = {**os.environ, "PYTHONPATH": path, **(env or {})}
    line = [sys.executable, *args]
    done = subprocess.run(line, input=stdin, capture_output=True, env=surroundings, cwd=cwd, timeout=120)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def program(tmp_path: Path) -> Run:
    """Run `factdesk` as a process: `program("match", "message", stdin=b"", env={})`."""

    def run(*args: str | bytes, stdin: bytes = b"", env: dict[str, str] | None = None) -> Ran:
        return run_python(["-m", "factdesk.cli.main", *args], tmp_path, stdin, env)

    return run


@pytest.fixture
def python(tmp_path: Path) -> Run:
    """Run a line of Python in a process of its own."""
    return lambda code: run_python(["-c", code], tmp_path, b"", None)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `factdesk` in this process: `say("match", "message")`."""

    def run(*args: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run
