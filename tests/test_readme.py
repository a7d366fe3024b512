"""The README shows the product at work: every command in it is run, in order, and answers as it says.

`FACTDESK_WRITE_README=1 pytest tests/test_readme.py` writes what the program answers now into the page.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import factdesk

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
SOURCE = Path(factdesk.__file__).parent.parent
PROGRAMS = {"factdesk": ["-m", "factdesk.cli.main"], "python": []}

CHANGING = (
    (r"[0-9a-f]{64}", "HASH"),
    (r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}", "ID"),
    (r"match (confirm|reject) [0-9a-f]{12}", r"match \1 MESSAGE"),
    (r"\d{4}-\d\d-\d\d \d\d:\d\d", "TIME"),
    (r"captured \d{4}-\d\d-\d\d", "captured DAY"),
    (r"[<>]? ?\d+%", "N%"),
    (r"bytes [\d,]+", "SIZE"),
    (r"[\d,]+ bytes", "SIZE"),
    (r"[\d,.]+ [kMG]?B\b", "SIZE"),
)
"""What differs from run to run, or from one trained table to the next, and what is compared in its place."""


def answered(line: str, cwd: Path) -> str:
    """What a command line of the README prints, talk and data, paths as they are seen from where one stands."""
    program, *words = shlex.split(line)
    path = os.pathsep.join([str(SOURCE), *os.environ.get("PYTHONPATH", "").split(os.pathsep)])
    surroundings = {**os.environ, "PYTHONPATH": path, "LC_ALL": "C.UTF-8", "FACTDESK_ACTOR": "reader"}
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


def replayed(block: str, cwd: Path) -> str:
    """A console block with the answers that its commands give now."""
    lines = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{answered(line.removeprefix('$ '), cwd)}" for line in lines)


def masked(text: str) -> str:
    for pattern, name in CHANGING:
        text = re.sub(pattern, name, text)
    # A name in place of a number may move where lines break.
    return " ".join(text.split())


def test_every_command_answers_as_the_page_says(tmp_path: Path) -> None:
    page = README.read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", page, re.DOTALL)
    assert blocks
    now = [replayed(block, tmp_path) for block in blocks]
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
