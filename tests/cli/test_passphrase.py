from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.conftest import absent

from factdesk.cli.call import Call
from factdesk.cli.passphrase import MOST_BYTES, ask_passphrase
from factdesk.errors import InputError, RefusedError
from factdesk.wording import sayer

PASSPHRASE = "bốn từ không liên quan"
CALL = Call(sayer("en"), "en")

ASKER = """
import sys
from factdesk.cli.call import Call
from factdesk.cli.failing import guarded
from factdesk.cli.passphrase import ask_passphrase
from factdesk.wording import sayer

def work():
    given = ask_passphrase(Call(sayer("en"), "en"), new=sys.argv[1] == "new", name="an")
    sys.stdout.buffer.write(given.encode())
    return 0

sys.exit(guarded(work, sayer("en")))
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.touch(0o600)
    return path


@pytest.mark.parametrize("new", [True, False])
def test_it_comes_from_the_variable_and_the_file_before_it(
    new: bool, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FACTDESK_PASSPHRASE", PASSPHRASE)
    assert ask_passphrase(CALL, new=new, name="an") == PASSPHRASE
    file.write_text("another passphrase\n", encoding="utf-8")
    assert ask_passphrase(CALL, new=new, name="an", file=str(file)) == "another passphrase"
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_end_of_the_line_is_not_part_of_it(file: Path, end: str, mark: str) -> None:
    file.write_bytes(f"{mark} {PASSPHRASE} {end}".encode())
    assert ask_passphrase(CALL, new=False, name="an", file=str(file)) == f" {PASSPHRASE} "


@pytest.mark.attack
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n", id="an-empty-line"),
        pytest.param(b"one line of text\nand another\n", id="two-lines"),
        pytest.param(b"\xff\xfe\x00", id="no-text"),
        pytest.param(b"a" * (MOST_BYTES + 1), id="too-long"),
    ],
)
def test_a_file_that_is_no_passphrase_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(InputError, match="one line of text") as caught:
        ask_passphrase(CALL, new=False, name="an", file=str(file))
    assert caught.value.place == str(file)


@pytest.mark.attack
def test_a_device_without_end_is_no_passphrase() -> None:
    if not Path("/dev/zero").exists():
        absent("a system with /dev/zero is needed")
    with pytest.raises(InputError, match="one line of text"):
        ask_passphrase(CALL, new=False, name="an", file="/dev/zero")


def test_a_file_that_others_may_read_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if os.name != "posix":
        absent("modes of POSIX are needed")
    file.write_text(PASSPHRASE, encoding="utf-8")
    file.chmod(0o644)
    assert ask_passphrase(CALL, new=False, name="an", file=str(file)) == PASSPHRASE
    assert "others on this machine may read" in capsys.readouterr().err


def test_an_easy_one_locks_nothing_and_may_open(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_PASSPHRASE", "easy")
    assert ask_passphrase(CALL, new=False, name="an") == "easy"
    with pytest.raises(RefusedError, match="at least 12 characters"):
        ask_passphrase(CALL, new=True, name="an")
    file.write_text("easy too", encoding="utf-8")
    with pytest.raises(RefusedError, match="at least 12 characters"):
        ask_passphrase(CALL, new=True, name="an", file=str(file))


def typed(kind: str, answers: Sequence[str | bytes]) -> tuple[int, str, str]:
    """Answer each question on a terminal of its own: the exit code, what came out, and what the terminal showed."""
    if sys.platform == "win32":
        absent("a terminal of POSIX is needed")
        return 0, "", ""
    screen, terminal = os.openpty()
    line = [sys.executable, "-c", ASKER, kind]
    run = subprocess.Popen(line, stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, start_new_session=True)
    os.close(terminal)
    shown = b""
    for answer in answers:
        before = len(shown)
        # What is typed before the question is thrown away.
        while len(shown) == before or not shown.endswith((b"key: ", b"more: ")):
            shown += os.read(screen, 1000)
        os.write(screen, answer if isinstance(answer, bytes) else f"{answer}\n".encode())
    out, _ = run.communicate(timeout=60)
    try:
        while more := os.read(screen, 1000):
            shown += more
    except OSError:
        # The terminal's other end is closed.
        pass
    os.close(screen)
    return run.returncode, out.decode(), shown.decode()


def test_it_is_typed_unseen() -> None:
    code, out, shown = typed("open", [PASSPHRASE])
    assert (code, out) == (0, PASSPHRASE)
    assert shown.split() == ["Passphrase", "of", "an's", "key:"]


def test_a_new_one_is_typed_twice_and_asked_for_again() -> None:
    code, out, shown = typed("new", ["easy", PASSPHRASE, "bon tu khong lien quan", PASSPHRASE, PASSPHRASE])
    assert (code, out) == (0, PASSPHRASE)
    assert "at least 12 characters" in shown
    assert "The two are not the same." in shown
    assert PASSPHRASE not in shown


@pytest.mark.parametrize(
    ("answers", "code", "said"),
    [
        (["easy"] * 3, 8, "at least 12 characters"),
        ([PASSPHRASE, "another passphrase"] * 3, 3, "typed twice alike"),
    ],
    ids=["easy", "different"],
)
def test_after_three_times_it_is_given_up(answers: list[str], code: int, said: str) -> None:
    ran, out, shown = typed("new", answers)
    assert (ran, out) == (code, "")
    assert said in shown.splitlines()[-1]


def test_the_end_of_input_leaves_it() -> None:
    code, out, shown = typed("open", [b"\x04"])
    assert (code, out) == (130, "")
    assert "Stopped" in shown


@pytest.mark.attack
@pytest.mark.parametrize("kind", ["open", "new"])
def test_without_a_terminal_it_is_not_read_from_what_is_piped_in(kind: str) -> None:
    line = [sys.executable, "-c", ASKER, kind]
    ran = subprocess.run(line, input=f"{PASSPHRASE}\n".encode(), capture_output=True, start_new_session=True)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"--passphrase-file" in ran.stderr
    assert b"Warning" not in ran.stderr
