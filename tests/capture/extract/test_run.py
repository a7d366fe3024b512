"""Documents are read in a process that may do nothing else, and whatever it does we go on."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.conftest import absent

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.child import Request
from factdesk.capture.extract.landlock import version as landlock_version
from factdesk.capture.extract.launch import start_once
from factdesk.capture.extract.run import Job, extract, extract_many, versions
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, FactdeskError, InputError, LimitError

HINT = Hint(name="a.txt")
SHORT = Limits(seconds=1.0, memory_bytes=600 << 20)


def hostile(name: str, data: bytes = b"x", limits: Limits = SHORT) -> Extracted:
    return extract(data, HINT, limits=limits, extractor=f"tests.capture.extract.hostile:{name}")


def test_reads_bytes_and_files_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Xin chào.\n\nLần nữa.".encode())
    assert extract(path, Hint()) == extract(path.read_bytes(), Hint())
    assert extract(path, Hint()).document.text == "Xin chào.\n\nLần nữa."


def test_a_fresh_interpreter_gives_the_same() -> None:
    data = "<h1>Một</h1><p>Hai".encode()
    running = start_once(data, Request(HINT, Limits()))
    assert running.result() == extract(data, HINT)


@pytest.mark.attack
@pytest.mark.parametrize(("name", "error"), [("hang_deaf", LimitError), ("crash", DamagedError), ("raw", DamagedError)])
def test_a_fresh_interpreter_is_as_safe(name: str, error: type[FactdeskError]) -> None:
    request = Request(HINT, replace(SHORT, seconds=0.1), extractor=f"tests.capture.extract.hostile:{name}")
    with pytest.raises(error, match=r"^a\.txt: "):
        start_once(b"x", request).result()


@pytest.mark.attack
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("hang", LimitError),
        ("hang_deaf", LimitError),
        ("fork_bomb", LimitError),
        ("eat_memory", LimitError),
        ("eat_memory_in_one", LimitError),
        ("crash", DamagedError),
        ("abort", DamagedError),
        ("leave", DamagedError),
        ("overflow", DamagedError),
        ("kill_group", LimitError),
        ("garbage", DamagedError),
        ("endless", DamagedError),
        ("outside_text", DamagedError),
        ("control_text", DamagedError),
        ("open_files", DamagedError),
    ],
)
def test_a_parser_that_misbehaves(name: str, error: type[FactdeskError]) -> None:
    """Each is an error that names the document; the next document is read as if nothing had been."""
    with pytest.raises(error, match=r"^a\.txt: ") as caught:
        hostile(name, limits=replace(SHORT, characters=5_000_000))
    assert caught.type is error
    assert extract(b"next", HINT).document.text == "next"


@pytest.mark.attack
def test_a_parser_that_prints_does_not_disturb_the_answer() -> None:
    assert hostile("print_much").document.text == "still here"


@pytest.mark.attack
def test_a_process_left_behind_is_ended() -> None:
    """It would hold the pipe of the answer open for ever."""
    assert hostile("hang_with_child").document.text == "gone"


@pytest.mark.attack
def test_secrets_of_the_environment_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTDESK_SECRET", "hunter2")
    script = (
        "from factdesk.capture.extract.run import extract, Hint\n"
        "print(extract(b'x', Hint(), extractor='tests.capture.extract.hostile:environment').document.text)"
    )
    paths = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    made = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=os.environ | paths, timeout=60
    )
    assert "environment: " in made.stdout
    assert os.environ["FACTDESK_SECRET"] not in made.stdout


@pytest.fixture
def locked() -> None:
    if not landlock_version():
        absent("a Linux kernel with Landlock")


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.attack
@pytest.mark.usefixtures("locked")
class TestLocked:
    """What Landlock takes away."""

    @pytest.mark.parametrize("name", ["parents_environment", "parents_memory"])
    def test_reading_the_callers_process(self, name: str) -> None:
        with pytest.raises(DamagedError, match="PermissionError"):
            hostile(name, str(os.getpid()).encode())

    def test_signalling_the_caller(self) -> None:
        if landlock_version() < 6:
            absent("a Linux kernel whose Landlock knows signals (6.12)")
        with pytest.raises(DamagedError, match="PermissionError"):
            hostile("signal_parent", str(os.getpid()).encode())

    @pytest.mark.parametrize("name", ["write_file", "run_program_that_writes"])
    def test_writing_a_file(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / "new"
        with pytest.raises(DamagedError, match=r"PermissionError|CalledProcessError"):
            hostile(name, str(path).encode(), Limits())
        assert not path.exists()

    @pytest.mark.parametrize("name", ["read_file", "delete_file"])
    def test_touching_a_file_of_ours(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / "diary"
        path.write_text("private")
        with pytest.raises(DamagedError, match="PermissionError"):
            hostile(name, str(path).encode())
        assert path.read_text() == "private"

    def test_connecting_to_a_service(self, listening: int) -> None:
        if landlock_version() < 4:
            absent("a Linux kernel whose Landlock knows TCP (6.7)")
        with pytest.raises(DamagedError, match="PermissionError"):
            hostile("connect", str(listening).encode())


@pytest.mark.attack
def test_a_killed_server_is_started_again() -> None:
    with pytest.raises(FactdeskError):
        # Where signals are fenced in, the attempt itself fails; elsewhere the answer is lost with the server.
        hostile("kill_server")
    assert extract(b"next", HINT).document.text == "next"


@pytest.mark.skipif(sys.platform != "linux", reason="there is a server on Linux only")
def test_the_server_ends_with_a_caller_that_was_killed() -> None:
    script = (
        "import os, signal, sys\n"
        "from factdesk.capture.extract import launch\n"
        "from factdesk.capture.extract.run import extract, Hint\n"
        "extract(b'x', Hint())\n"
        "print(launch._SERVER._process.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    made = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert made.returncode == -signal.SIGKILL
    # It is nobody's child of ours: only its end can be waited for, through a handle on the process.
    try:
        handle = os.pidfd_open(int(made.stdout))
    except ProcessLookupError:
        return
    import select

    ended, _, _ = select.select([handle], [], [], 30)
    os.close(handle)
    assert ended


def test_many_come_in_order_with_their_errors() -> None:
    jobs = [Job(f"text {number}".encode() if number % 5 else b"", Hint(name=f"{number}.txt")) for number in range(40)]
    found = list(extract_many(jobs))
    for number, each in enumerate(found):
        if number % 5:
            assert isinstance(each, Extracted)
            assert each.document.text == f"text {number}"
        else:
            assert isinstance(each, DamagedError)
            assert each.place == f"{number}.txt"


def test_jobs_are_asked_for_a_few_ahead_and_no_more() -> None:
    asked = []

    def jobs() -> Iterator[Job]:
        for number in range(1000):
            asked.append(number)
            yield Job(b"x", HINT)

    many = extract_many(jobs(), at_once=2)
    next(many)
    many.close()
    assert len(asked) <= 10


def test_whoever_stops_listening_does_not_wait() -> None:
    """The second would take an hour."""
    jobs = [
        Job(b"x", HINT),
        Job(b"x", HINT, limits=Limits(seconds=3600), extractor="tests.capture.extract.hostile:hang"),
    ]
    many = extract_many(jobs, at_once=2)
    assert isinstance(next(many), Extracted)
    many.close()


def test_threads_share_the_server() -> None:
    found: list[str] = []

    def work(name: str) -> None:
        found.extend(extract(f"{name} {number}".encode(), HINT).document.text for number in range(10))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(f"{name} {number}" for name in "abcd" for number in range(10))


@pytest.mark.attack
@pytest.mark.parametrize("what", ["fifo", "folder", "device", "missing", "large"])
def test_files_that_are_none(what: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    if what == "fifo":
        os.mkfifo(path)
    elif what == "folder":
        path.mkdir()
    elif what == "device":
        path = Path("/dev/zero")
    elif what == "large":
        with path.open("wb") as file:
            file.truncate(Limits().input_bytes + 1)
    with pytest.raises(InputError, match="x: "):
        extract(path, Hint(name="x"))


def test_libraries_are_there_before_a_document_whose_kind_only_its_bytes_tell(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"%PDF-1.7\n")
    code = (
        "import sys; from pathlib import Path; from factdesk.capture.extract.run import Hint, extract;"
        "where = 'tests.capture.extract.hostile:loaded';"
        "print([extract(each, Hint(), extractor=where).document.text for each in (b'x', Path(sys.argv[1]))])"
    )
    command = [sys.executable, "-c", code, str(path)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    assert said == "['False', 'True']\n"


def test_a_day_to_come_is_no_day_of_publication() -> None:
    page = b'<html lang=vi><meta property="article:published_time" content="%s"><p>Text'
    assert extract(page % b"2024-05-12", HINT).about.published == "2024-05-12"
    assert extract(page % b"2198-05-12", HINT).about.published == ""


def test_versions_name_the_extractors() -> None:
    known = versions()
    assert known["text"] == extract(b"x", HINT).extractor.version
    assert known["html"] == extract(b"<p>x", HINT).extractor.version
    assert "selectolax-" in known["html"]
