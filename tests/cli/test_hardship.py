"""The program where it is stopped, killed, out of room, locked out, or not alone: nothing is lost, and it says so."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import SOURCE

from factdesk.config import load_desk, models_dir
from factdesk.queries.audit import audit
from factdesk.queries.desk import REBUILT, Desk
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews
from factdesk.store.runs import list_runs

Run = Callable[..., Any]
PROGRAM = (sys.executable, "-m", "factdesk.cli.main")
ONE_BATCH = 256

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")


def rows(first: int, last: int) -> bytes:
    """Rows that take little to encode: five claims, many pages, a thousand characters of explanation each."""
    body = "We asked those who should know. " * 32
    return b"".join(
        json.dumps(
            {"text": f"Claim {number % 5} is told.", "url": f"https://example.org/{number}", "body": body}
        ).encode()
        + b"\n"
        for number in range(first, last)
    )


@pytest.fixture(scope="module")
def kept_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk whose five claims are encoded already, with ten reviews."""
    from factdesk.cli.main import main

    folder = tmp_path_factory.mktemp("hard") / "desk"
    file = folder.parent / "rows.jsonl"
    file.write_bytes(rows(0, 10))
    for args in (["init", str(folder)], ["--desk", str(folder), "import", str(file)]):
        assert main([*args, "--quiet"]) == 0
    return folder


@pytest.fixture
def folder(kept_desk: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(kept_desk, tmp_path / "desk")


def start(folder: Path, *args: str, **more: Any) -> subprocess.Popen[bytes]:
    """The program, under way."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    pipe = subprocess.PIPE
    command = [*PROGRAM, *args, "--desk", str(folder)]
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=False, **more)


def feed(child: subprocess.Popen[bytes], folder: Path) -> None:
    """Hand rows to a program that imports from standard input, keep it waiting for more, and see that it wrote some."""
    assert child.stdin is not None
    child.stdin.write(rows(10, 3000))
    child.stdin.flush()
    with Record.open(load_desk(str(folder)), writable=False) as record:
        while len(urls(record)) < 10 + ONE_BATCH:
            with pytest.raises(subprocess.TimeoutExpired):
                child.wait(0.1)


def urls(record: Record) -> list[str]:
    """Addresses of the reviews that stand."""
    with record.read() as session:
        return [row.url for row, _ in all_reviews(session)]


@contextmanager
def sound(folder: Path) -> Iterator[Record]:
    """The desk's record, its chain and its contents verified, and its index in step."""
    with Desk.open(load_desk(str(folder))) as desk:
        assert audit(desk.record).broken is None
        assert len(desk.index()) == len(urls(desk.record)) == len(set(urls(desk.record)))
        yield desk.record


def states(record: Record) -> list[str]:
    """States of the runs, newest first."""
    with record.read() as session:
        return [run.state for run in list_runs(session)]


def test_ctrl_c_ends_an_import_between_batches(folder: Path, program: Run) -> None:
    with start(folder, "import", "-") as child:
        feed(child, folder)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=60)
    assert (child.returncode, out) == (130, b"")
    assert err.decode().startswith("factdesk: Stopped. Nothing that was written is lost")
    with sound(folder) as record:
        assert states(record) == ["interrupted", "done"]
        written = len(urls(record)) - 10
    assert written >= ONE_BATCH
    assert written % ONE_BATCH == 0
    again = program("import", "-", "--json", "--desk", str(folder), stdin=rows(10, 3000))
    counts = json.loads(again.out)["counts"]
    assert (counts["unchanged"], counts["new"]) == (written, 2990 - written)
    with sound(folder) as record:
        assert states(record)[0] == "done"


def test_kill_9_at_any_moment_of_an_import(folder: Path) -> None:
    """What a second process saw is there afterwards, and the same import again finishes."""
    chance = random.Random(20260102)
    seen, killed = 10, 0
    for latest in (1, 1, 2, 2, 4, 4):
        with start(folder, "import", "-") as child:
            assert child.stdin is not None
            # A fast machine may be done before the later kills.
            with suppress(subprocess.TimeoutExpired, BrokenPipeError):
                child.communicate(rows(0, 4000), timeout=chance.uniform(0.3, latest))
            with Record.open(load_desk(str(folder)), writable=False) as record:
                seen = max(seen, len(urls(record)))
            killed += child.poll() is None
            child.kill()
        with sound(folder) as record:
            assert len(urls(record)) >= seen
            seen = len(urls(record))
    assert killed
    with start(folder, "import", "-", "--json") as child:
        out, err = child.communicate(rows(0, 4000), timeout=120)
    assert child.returncode == 0, err
    counts = json.loads(out)["counts"]
    assert (counts["unchanged"], counts["new"]) == (seen, 4000 - seen)


def test_two_imports_at_once(folder: Path, tmp_path: Path) -> None:
    """Of the same file, and of another: nothing is lost, and nothing is there twice."""
    for name, first, last in (("one", 10, 800), ("other", 500, 1200)):
        (tmp_path / name).write_bytes(rows(first, last))
    children = [start(folder, "import", str(tmp_path / name), "--json") for name in ("one", "one", "other")]
    ended = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], ended
    counts = [json.loads(out)["counts"] for out, _ in ended]
    assert sum(each["new"] for each in counts) == 1190
    assert all(each["new"] + each["unchanged"] == each["read"] for each in counts)
    with sound(folder) as record:
        assert len(urls(record)) == 1200


def test_a_folder_that_may_only_be_read(
    folder: Path, say: Run, tmp_path: Path, as_nobody: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "more.jsonl").write_bytes(rows(10, 12))
    # What the encoder prepared may lie where nobody else may look.
    models = shutil.copytree(models_dir(), tmp_path / "models")
    monkeypatch.setenv("FACTDESK_MODELS_DIR", str(models))
    for path in (models, *models.rglob("*")):
        path.chmod(0o755)
    # And so may Python itself: what both commands import is imported before.
    assert say("match", "Claim 3 is told.", "--desk", folder).code == 0
    as_nobody()
    ran = say("import", tmp_path / "more.jsonl", "--desk", folder)
    assert (ran.code, ran.out) == (5, "")
    assert "This desk can be read but not written to." in ran.err
    assert ran.err.count("\n") == 1
    ran = say("match", "Claim 3 is told.", "--desk", folder)
    assert ran.code == 0
    assert "Claim 3 is told." in ran.out


def test_a_full_disk(folder: Path, program: Run, tmp_path: Path) -> None:
    room = tmp_path / "room"
    room.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(room)], capture_output=True)
    if mounted.returncode:
        pytest.skip("mounting a small file system needs root")
    try:
        small = shutil.copytree(folder, room / "desk")
        ran = program("import", "-", "--desk", str(small), stdin=rows(10, 8000))
        assert (ran.code, ran.out) == (6, "")
        assert "disk" in ran.err
        assert ran.err.count("\n") == 1
        with Record.open(load_desk(str(small))) as record:
            assert audit(record).broken is None
            saved = len(urls(record))
            assert saved >= 10
        kept = shutil.copytree(small, tmp_path / "roomier")
    finally:
        subprocess.run(["umount", str(room)], check=True)
    ran = program("import", "-", "--json", "--desk", str(kept), stdin=rows(0, 2000))
    assert json.loads(ran.out)["counts"]["unchanged"] == min(saved, 2000)
    with sound(kept) as record:
        assert len(urls(record)) >= 2000


def test_a_file_may_not_grow(folder: Path, tmp_path: Path) -> None:
    """As a quota does it: the system refuses to write on."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    with start(folder, "import", "-", preexec_fn=limit) as child:
        out, err = child.communicate(rows(10, 5000), timeout=120)
    assert (child.returncode, out) == (6, b"")
    assert b"Traceback" not in err
    with sound(folder) as record:
        assert len(urls(record)) >= 10


def test_a_desk_of_a_newer_version(folder: Path, program: Run, tamper: Callable[..., None]) -> None:
    tamper(load_desk(str(folder)), "UPDATE alembic_version SET version_num = 'r9999'")
    for args in (("import", "-"), ("match", "Claim 3 is told."), ("status",)):
        ran = program(*args, "--desk", str(folder), stdin=rows(0, 1))
        assert (ran.code, ran.out) == (5, "")
        assert "This desk was made by a newer factdesk." in ran.err


@pytest.mark.parametrize("harm", ["garbage", "cut", "gone"])
def test_a_damaged_index_is_built_anew_with_a_word(folder: Path, say: Run, harm: str) -> None:
    for path in (folder / "index").rglob("*"):
        if path.is_file() and harm == "garbage":
            path.write_bytes(b"\xff" * path.stat().st_size)
        elif path.is_file() and harm == "cut" and path.name != "manifest.json":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    if harm == "gone":
        shutil.rmtree(folder / "index")
    ran = say("match", "Claim 3 is told.", "--desk", folder)
    assert ran.code == 0
    assert "Claim 3 is told." in ran.out
    assert ran.err == ("" if harm == "gone" else REBUILT + "\n")
    assert say("match", "Claim 3 is told.", "--desk", folder).err == ""
    with sound(folder):
        pass


def test_a_damaged_record_is_said(folder: Path, program: Run) -> None:
    record = folder / "record.sqlite"
    with closing(sqlite3.connect(record)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    record.write_bytes(b"\xff" * 4096 + record.read_bytes()[4096:])
    ran = program("match", "Claim 3 is told.", "--desk", str(folder))
    assert (ran.code, ran.out) == (5, "")
    assert "The record is damaged" in ran.err
    assert "factdesk restore" in ran.err
