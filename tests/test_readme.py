"""The README shows the product at work: every command in it is run, in order, and answers as it says.

`FACTDESK_WRITE_README=1 pytest tests/test_readme.py` writes what the program answers now into the page. Ids and
fingerprints are made anew in each run: where the page names one in a command, that of this run is meant, which stood in
the same place of an earlier answer. The pages of the sample are served here under the page's address.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import factdesk

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SOURCE = Path(factdesk.__file__).parent.parent
PROGRAMS = {"factdesk": ["-m", "factdesk.cli.main"], "python": []}
PAGES = "http://127.0.0.1:8028"
OWN = {"FACTDESK_PASSPHRASE": "a passphrase of this test"}

CHANGING = (
    (r"[0-9a-f]{64}", "HASH"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", "ID"),
    (r"(?:[0-9a-f]{4} ){15}[0-9a-f]{4}", "FINGERPRINT"),
    (r"binh-[0-9a-f]{8}", "binh-FINGERPRINT"),
    (r"By [0-9a-f]{16}", "By FINGERPRINT"),
    (r"captured: [0-9a-f]{12}", "captured: ID"),
    (r"match (confirm|reject) [0-9a-f]{12}", r"match \1 MESSAGE"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "TIME"),
    (r"captured \d{4}-\d\d-\d\d", "captured DAY"),
    (r"[<>]? ?\d+%", "N%"),
    (r"bytes [\d,]+", "SIZE"),
    (r"[\d,]+ bytes", "SIZE"),
    (r"[\d,.]+ [kMG]?B\b", "SIZE"),
)
"""What differs from run to run, or from one trained table to the next, and what is compared in its place."""


NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}|(?:[0-9a-f]{4} ){15}[0-9a-f]{4}")
"""Ids, and fingerprints in groups."""


@dataclass
class Reader:
    """Somebody who does what the page says. `pages` is where the sample's pages are; `now` what this run calls what the
    page calls otherwise."""

    cwd: Path
    pages: str
    now: dict[str, str] = field(default_factory=dict)

    def answered(self, line: str, shown: str) -> str:
        """What a command line answers now; what the page shows in its place tells which id is which."""
        for old, new in self.now.items():
            line = line.replace(old, new)
        text = answered(line.replace(PAGES, self.pages), self.cwd).replace(self.pages, PAGES)
        for old, new in zip(NAMES.findall(shown), NAMES.findall(text), strict=False):
            self.now.setdefault(old, new)
        return text

    def named(self, line: str) -> str:
        """A line of the page with the ids of this run."""
        return NAMES.sub(lambda found: self.now.get(found[0], found[0]), line)


def answered(line: str, cwd: Path) -> str:
    """What a command line of the README prints, talk and data, paths as they are seen from where one stands."""
    program, *words = shlex.split(line)
    path = os.pathsep.join([str(SOURCE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    surroundings = {**os.environ, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", "FACTDESK_ACTOR": "reader"} | OWN
    # As on a terminal, where what is printed comes in the order in which it was.
    surroundings["PYTHONUNBUFFERED"] = "1"
    surroundings |= {"FACTDESK_KEYS_DIR": str(cwd / "keys"), "FACTDESK_PINS": str(cwd / "pins.txt")}
    done = subprocess.run(
        [sys.executable, *PROGRAMS[program], *words],
        cwd=cwd,
        env={name: value for name, value in surroundings.items() if name != "FACTDESK_DESK"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0, f"{line}\n{text}"
    return text.replace(str(cwd), "/home/you")


def replayed(block: str, reader: Reader) -> str:
    """A console block with the answers that its commands give now."""
    pieces = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    answers = [(line, reader.answered(line, shown)) for line, shown in pieces]
    # A command is shown as it can be typed with the answers that stand above it.
    return "".join(f"$ {reader.named(line)}\n{text}" for line, text in answers)


def masked(text: str) -> str:
    for pattern, name in CHANGING:
        text = re.sub(pattern, name, text)
    # A name in place of a number may move where lines break.
    return " ".join(text.split())


@pytest.fixture
def pages() -> Iterator[str]:
    """The address of the sample's pages."""
    command = [sys.executable, "-m", "factdesk.sample", "--serve"]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            yield served.stdout.readline().strip()
        finally:
            served.kill()


def test_every_command_answers_as_the_page_says(tmp_path: Path, pages: str) -> None:
    page = README.read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    assert blocks
    reader = Reader(tmp_path, pages)
    now = [replayed(block, reader) for block in blocks]
    if os.environ.get("FACTDESK_WRITE_README"):
        for block, text in zip(blocks, now, strict=True):
            page = page.replace(block, text)
        README.write_text(page, encoding="utf-8")
    else:
        assert [masked(text) for text in blocks] == [masked(text) for text in now]


def test_every_command_that_is_named_in_passing_is_there() -> None:
    for line in re.findall(r"`(factdesk [^`]+)`", README.read_text(encoding="utf-8")):
        program = [sys.executable, *PROGRAMS["factdesk"], *shlex.split(line)[1:], "--help"]
        assert (
            subprocess.run(program, capture_output=True, env={**os.environ, "PYTHONPATH": str(SOURCE)}).returncode == 0
        )


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    assert "docs/index.md" in links
    assert all((ROOT / link).is_file() for link in links)
