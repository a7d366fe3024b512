"""Crashes and damaged files: an index is what was last committed, or says that it must be built anew."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.search.worlds import DIMENSION, MODEL, corpus, document, unit

from factdesk.errors import DeskReadOnlyError
from factdesk.search import meaning, writer
from factdesk.search.base import IndexDamagedError
from factdesk.search.embedded import EmbeddedIndex
from factdesk.search.verify import faults

CHILD = """
import sys
from collections.abc import Callable
from pathlib import Path
from factdesk.search import meaning, writer
meaning.EXACT_ROWS = writer.EXACT_ROWS = 20
from factdesk.search.embedded import EmbeddedIndex
from tests.search.worlds import DIMENSION, MODEL, document

index = EmbeddedIndex.open(Path(sys.argv[1]), DIMENSION, MODEL)
seq = index.seq
while True:
    seq += 1
    if seq % 7 == 0:
        index.restart()
        index.add([document(key, f"word{key} state{key}") for key in range(1, seq)])
    # Each event adds its own document, and changes the one before it.
    index.add([document(seq, f"word{seq}"), document(max(1, seq - 1), f"word{max(1, seq - 1)} state{max(1, seq - 1)}")])
    index.delete([seq - 5])
    index.add([document(seq - 5, f"word{seq - 5} state{seq - 5}")] if seq > 5 else [])
    index.commit(seq)
    print(seq, flush=True)
"""


def child_environment() -> dict[str, str]:
    """So that a child finds the package and these tests."""
    root = Path(__file__).parents[2]
    return os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}


def run_and_kill(folder: Path, commits: int, bytes_more: int) -> int:
    """Let a child write until it has committed a number of times, kill it some moments later; the last seq it said."""
    command = [sys.executable, "-c", CHILD, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=child_environment()) as child:
        if child.stdout is None:
            raise AssertionError("no output")
        said = [child.stdout.readline() for _ in range(commits)]
        # Work of its own instead of a sleep: the moment of death is another each time.
        sum(range(bytes_more))
        os.kill(child.pid, signal.SIGKILL)
        said += child.stdout.read().splitlines()
    return max(int(line) for line in said if line.strip().isdigit())


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_after_kill_9_all_that_was_committed_answers(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for turn in range(5):
        said = run_and_kill(folder, 3 + turn % 3, turn * 500_000)
        index = EmbeddedIndex.open(folder, DIMENSION, MODEL)
        assert index.seq in (said, said + 1)
        assert len(index) == index.seq
        assert not faults(folder)
        for key in range(1, index.seq + 1):
            assert index.words(f"word{key}", 5).keys.tolist() == [key]
            assert index.meaning(document(key).vectors, 1).keys.tolist() == [key]
            stated = index.words(f"state{key}", 5).keys.tolist()
            assert stated == ([key] if key < index.seq or key == 1 else [])
        index.add([document(10**6, "goes on")])
        index.rollback()
        index.close()


@pytest.fixture
def few_rows_are_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes from the first rows on, so that a small index has every kind of file."""
    for room in (meaning, writer):
        monkeypatch.setattr(room, "EXACT_ROWS", 5)


def made(folder: Path) -> list[Path]:
    """An index with every kind of file, and those files."""
    index = EmbeddedIndex.open(folder, DIMENSION, MODEL)
    index.add(corpus(40))
    index.commit(1)
    index.delete([1, 2, 3])
    index.add([document(4, "replaced")])
    index.commit(2)
    return sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock" and path.stat().st_size
    )


def ask(folder: Path) -> None:
    """Every kind of question."""
    index = EmbeddedIndex.open(folder, DIMENSION, MODEL)
    for _ in range(5):
        index.meaning(unit(np.random.default_rng(0), 1), 10)
    keys = index.words(corpus(1)[0].claim, 10).keys
    index.document_frequency(["bake"])
    index.vectors(keys.tolist())
    index.mean()
    index.add([document(7, "more")])
    index.commit(3)
    index.close()


@pytest.mark.usefixtures("few_rows_are_coded")
@pytest.mark.parametrize("how", ["cut", "emptied", "flipped", "removed", "lengthened"])
def test_damage_is_detected_or_harmless(tmp_path: Path, how: str) -> None:
    pattern = tmp_path / "pattern"
    for whole in made(pattern):
        folder = tmp_path / whole.name
        shutil.copytree(pattern, folder)
        path = folder / whole.relative_to(pattern)
        data = bytearray(path.read_bytes())
        if how == "cut":
            path.write_bytes(data[: len(data) // 2])
        elif how == "emptied":
            path.write_bytes(b"")
        elif how == "removed":
            path.unlink()
        elif how == "lengthened":
            path.write_bytes(data + b"\xff" * 100)
        else:
            for place in range(0, len(data), max(1, len(data) // 20)):
                data[place] ^= 0xFF
            path.write_bytes(data)
        noticed = bool(faults(folder))
        try:
            ask(folder)
        except IndexDamagedError:
            noticed = True
        # Bytes beyond what is committed are passed over; of a removed manifest nothing is left to be damaged.
        assert noticed or how == "lengthened" or path.name in (".managed.json", "manifest.json"), path


@pytest.mark.usefixtures("few_rows_are_coded")
def test_a_damaged_index_can_be_built_anew_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    for path in made(folder):
        path.write_bytes(b"\x00" * 10)
    with pytest.raises(IndexDamagedError):
        EmbeddedIndex.open(folder, DIMENSION, MODEL)
    index = EmbeddedIndex.anew(folder, DIMENSION, MODEL)
    index.add([document(1, "whole again")])
    index.commit(9)
    assert EmbeddedIndex.open(folder, DIMENSION, MODEL).words("whole", 5).keys.tolist() == [1]
    assert not faults(folder)
    assert len({path.name.split("-")[-1].split(".")[0] for path in folder.iterdir() if "-" in path.name}) == 1


FULL = """
import resource, signal, sys
from collections.abc import Callable
from pathlib import Path
from factdesk.errors import ResourceError
from factdesk.search.embedded import EmbeddedIndex
from tests.search.worlds import DIMENSION, MODEL, corpus

index = EmbeddedIndex.open(Path(sys.argv[1]), DIMENSION, MODEL)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    index.add(corpus(3000, start=1000))
    index.commit(2)
except ResourceError as error:
    index.rollback()
    print("full", len(index), index.seq, error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
@pytest.mark.parametrize("room", [0, 2_000, 30_000])
def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path, room: int) -> None:
    index = EmbeddedIndex.open(tmp_path, DIMENSION, MODEL)
    index.add(corpus(10))
    index.commit(1)
    said = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(room)],
        capture_output=True, text=True, env=child_environment(), check=True,
    )  # fmt: skip
    assert said.stdout.startswith("full 10 1 "), said
    again = EmbeddedIndex.open(tmp_path, DIMENSION, MODEL)
    assert (len(again), again.seq) == (10, 1)
    again.add(corpus(3000, start=1000))
    again.commit(2)
    assert len(again) == 3010
    assert not faults(tmp_path)


def test_a_folder_that_cannot_be_written_still_answers(tmp_path: Path, as_nobody: Callable[[], None]) -> None:
    folder = tmp_path / "index"
    index = EmbeddedIndex.open(folder, DIMENSION, MODEL)
    index.add([document(1, "still answers")])
    index.commit(1)
    index.close()
    paths = [folder, *folder.rglob("*")]
    for path in [tmp_path, *tmp_path.parents][:3]:
        path.chmod(0o755)
    for path in paths:
        # Made readable where it is a folder only: what the index wrote must be for all who may read its folder.
        path.chmod(0o555 if path.is_dir() else path.stat().st_mode & 0o444)
    as_nobody()
    reader = EmbeddedIndex.open(folder, DIMENSION, MODEL)
    assert reader.words("answers", 5).keys.tolist() == [1]
    assert reader.meaning(document(1).vectors, 5).keys.tolist() == [1]
    with pytest.raises(DeskReadOnlyError):
        reader.add([document(2)])
    with pytest.raises(DeskReadOnlyError):
        reader.restart()
    with pytest.raises(DeskReadOnlyError):
        EmbeddedIndex.open(tmp_path / "none" / "index", DIMENSION, MODEL).add([document(2)])
