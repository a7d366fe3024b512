"""Whatever goes wrong becomes one sentence and an exit code."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest

from factdesk.cli.failing import STOPPED, UNEXPECTED, guarded, known_cause
from factdesk.errors import FactdeskError, InputError, IntegrityError, NetworkError, ResourceError
from factdesk.wording import sayer

SAY = sayer("en")
Captured = pytest.CaptureFixture[str]


def failing(error: BaseException) -> Callable[[], int]:
    def work() -> NoReturn:
        raise error

    return work


@pytest.mark.parametrize("kind", [FactdeskError, InputError, IntegrityError, NetworkError, ResourceError])
def test_our_errors_keep_their_codes(kind: type[FactdeskError], capsys: Captured) -> None:
    error = kind("Row {row} is odd.", place="a.csv", remedy="Mend it.", row=3)
    assert guarded(failing(error), SAY) == kind.exit_code
    assert capsys.readouterr() == ("", "factdesk: a.csv: Row 3 is odd. Mend it.\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), click.Abort()])
def test_stopping_says_that_nothing_is_lost(error: BaseException, capsys: Captured) -> None:
    assert guarded(failing(error), SAY) == STOPPED
    assert "Nothing that was written is lost" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "x", "/disk/file"), 6, "/disk/file: There is no room left on the disk."),
        (PermissionError(errno.EACCES, "x", "/file"), 5, "/file: You may not read or write here."),
        (OSError(errno.EROFS, "x", "/file"), 5, "/file: You may not read or write here."),
        (FileNotFoundError(errno.ENOENT, "x", "a.json"), 3, "a.json: There is no such file."),
        (MemoryError(), 6, "The machine has too little memory for this."),
    ],
)
def test_refusals_of_the_machine_are_ours(error: BaseException, code: int, words: str, capsys: Captured) -> None:
    assert guarded(failing(error), SAY) == code
    assert capsys.readouterr().err.startswith(f"factdesk: {words}")


def test_other_errors_of_the_machine_are_not_guessed_at() -> None:
    assert known_cause(OSError(errno.EIO, "x")) is None
    assert known_cause(ValueError()) is None


def test_a_mistake_of_ours_shows_no_traceback_but_keeps_it(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert guarded(failing(ZeroDivisionError("secret")), SAY, "no desk") == UNEXPECTED
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("factdesk: Something went wrong in factdesk itself (ZeroDivisionError).")
    assert err.count("\n") == 1
    (kept,) = tmp_path.glob("factdesk-error-*.txt")
    assert str(kept) in err
    assert "ZeroDivisionError: secret" in kept.read_text(encoding="utf-8")
    if os.name != "nt":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_traceback_is_shown_to_those_who_ask(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_DEBUG", "1")
    guarded(failing(InputError("Odd.")), SAY)
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert err.endswith("factdesk: Odd.\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGPIPE")
def test_a_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    source = str(Path(__file__).parents[2] / "src")
    line = [sys.executable, "-m", "factdesk.cli.main", "--help"]
    done: Any = subprocess.run(line, stdout=writing, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": source})
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to itself")
def test_ctrl_c_ends_a_process_with_a_sentence(python: Callable[[str], Any]) -> None:
    ran = python(
        "import os, signal, sys; from factdesk.cli.failing import guarded; from factdesk.wording import sayer; "
        "sys.exit(guarded(lambda: os.kill(os.getpid(), signal.SIGINT) or 0, sayer('vi')))"
    )
    assert (ran.code, ran.out) == (STOPPED, "")
    assert ran.err.startswith("factdesk: Đã dừng.")
    assert "Traceback" not in ran.err
