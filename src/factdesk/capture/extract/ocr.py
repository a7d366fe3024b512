"""Text off pictures, by the program tesseract, where it is installed.

It sees only pictures that we encoded ourselves, through its standard input, with one thread (more give no more
speed on one page, and none may change the answer), within a time and a memory limit.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from factdesk.capture.extract.base import MEGABYTE
from factdesk.errors import DamagedError, LimitError, ResourceError

LANGUAGES = ("vie", "eng")
"""What is read, where tesseract has the data for it. Vietnamese first: its letters contain the others'."""

_MEMORY = 1024 * MEGABYTE
_OUTPUT = 64 * MEGABYTE
_ASK_SECONDS = 10
_WORD_LEVEL = "5"
_TURN_BELOW = 0.75
"""Under this mean confidence a picture may lie on its side: then tesseract is asked to look for that."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Tesseract as installed: program, version, languages, and digests of their data, which decide on the text."""

    program: str
    release: str
    languages: tuple[tuple[str, str], ...]
    turns: bool

    @property
    def version(self) -> str:
        """`tesseract-5.3.0 vie-1a2b3c4d eng-5e6f7a8b`."""
        return " ".join([f"tesseract-{self.release}", *(f"{name}-{digest}" for name, digest in self.languages)])


@dataclass(frozen=True, slots=True)
class Read:
    """A paragraph that was read: lines parted by line feeds, mean confidence from 0 to 1, box as shares."""

    text: str
    confidence: float
    box: tuple[float, float, float, float]


@cache
def engine() -> Engine | None:
    """Tesseract, when it is installed with one of `LANGUAGES`."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    release = re.search(r"tesseract v?(\S+)", _ask(program, "--version"))
    listed = _ask(program, "--list-langs")
    folder = re.search(r'"(.+?)"', listed)
    names = set(listed.split("\n")[1:])
    digests = tuple((name, _digest(folder.group(1) if folder else "", name)) for name in LANGUAGES if name in names)
    if release is None or not digests:
        return None
    return Engine(program, release.group(1), digests, "osd" in names)


def needed() -> Engine:
    """Tesseract. Raises `ResourceError` saying what to install."""
    found = engine()
    if found is None:
        raise ResourceError(
            "Text in pictures can be read only with tesseract, which is not installed.",
            remedy="Install the packages tesseract-ocr and tesseract-ocr-vie.",
        )
    return found


def read_picture(png: bytes, width: int, height: int, *, seconds: float, place: str = "") -> tuple[Read, ...]:
    """The paragraphs on a PNG of `width` by `height` pixels, in reading order.

    Raises `ResourceError` without tesseract, `LimitError` after `seconds`, `DamagedError` when tesseract fails.
    """
    found = needed()
    read = _paragraphs(_run(found, png, "3", seconds, place), width, height)
    if found.turns and _confidence(read) < _TURN_BELOW:
        turned = _paragraphs(_run(found, png, "1", seconds, place), width, height)
        read = max(read, turned, key=_confidence)
    return read


def _confidence(read: Sequence[Read]) -> float:
    letters = sum(len(each.text) for each in read)
    return sum(each.confidence * len(each.text) for each in read) / letters if letters else 0.0


def _digest(folder: str, language: str) -> str:
    try:
        return hashlib.sha256((Path(folder) / f"{language}.traineddata").read_bytes()).hexdigest()[:8]
    except OSError:
        return "unknown"


def _environment() -> dict[str, str]:
    kept = {name: value for name in ("PATH", "TESSDATA_PREFIX") if (value := os.environ.get(name))}
    return kept | {"LC_ALL": "C", "OMP_THREAD_LIMIT": "1"}


def _ask(program: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program of that name on the path, a fixed option
            [program, option], env=_environment(), capture_output=True, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def _run(found: Engine, png: bytes, segmentation: str, seconds: float, place: str) -> str:
    """Tesseract's table of words, as tab-separated values."""
    languages = "+".join(name for name, _ in found.languages)
    command = [found.program, "stdin", "stdout", "-l", languages, "--psm", segmentation, "tsv"]
    with subprocess.Popen(  # noqa: S603 - nothing in the command is from outside
        command, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        _confine(process.pid)
        try:
            out, _ = process.communicate(png, timeout=max(seconds, 0.1))
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise LimitError(
                "Reading the text in its pictures takes more than {limit} s.", place=place, limit=round(seconds)
            ) from error
    if process.returncode != 0 or len(out) > _OUTPUT:
        raise DamagedError("Tesseract could not read a picture in it.", place=place)
    return out.decode("utf-8", "replace")


def _confine(pid: int) -> None:
    """Limit a started tesseract's memory, where the system can. It waits for its picture, not given to it yet."""
    if sys.platform == "linux":
        import resource

        limits = resource.prlimit(pid, resource.RLIMIT_AS)
        allowed = min([_MEMORY, *(limit for limit in limits if limit != resource.RLIM_INFINITY)])
        resource.prlimit(pid, resource.RLIMIT_AS, (allowed, limits[1]))


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    line: int
    confidence: float
    left: int
    top: int
    right: int
    bottom: int


def _paragraphs(table: str, width: int, height: int) -> tuple[Read, ...]:
    """Words, grouped by tesseract's own blocks and paragraphs."""
    groups: defaultdict[tuple[int, int], list[_Word]] = defaultdict(list)
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == _WORD_LEVEL and cells[11].strip():
            _, _, block, paragraph, line, _, left, top, wide, high = (int(cell) for cell in cells[:10])
            word = _Word(cells[11].strip(), line, float(cells[10]) / 100, left, top, left + wide, top + high)
            groups[(block, paragraph)].append(word)
    return tuple(_paragraph(words, width, height) for words in groups.values())


def _paragraph(words: Sequence[_Word], width: int, height: int) -> Read:
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word.text)
    letters = sum(len(word.text) for word in words)
    confidence = sum(max(word.confidence, 0.0) * len(word.text) for word in words) / letters
    box = (
        round(min(word.left for word in words) / width, 4),
        round(min(word.top for word in words) / height, 4),
        round(min(1.0, max(word.right for word in words) / width), 4),
        round(min(1.0, max(word.bottom for word in words) / height), 4),
    )
    return Read("\n".join(" ".join(line) for line in lines.values()), round(confidence, 3), box)
