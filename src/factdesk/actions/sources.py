"""Where an import reads from: a file, an address, or standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from factdesk.errors import InputError, NetworkError
from factdesk.queries.desk import Desk
from factdesk.text.urls import canonical_url


@dataclass(frozen=True, slots=True)
class Opened:
    """An input under way. `label` names it in places; `scope` is the name of the source, empty for a file."""

    stream: BinaryIO
    label: str
    scope: str = ""
    size: int = 0
    etag: str = ""
    last_modified: str = ""

    def estimate(self, rows: int) -> int | None:
        """About how many rows there are, from how far the stream was read; None when that cannot be known."""
        try:
            place = self.stream.tell() if self.size else 0
        except (OSError, ValueError):
            return None
        return max(rows, round(rows * self.size / place)) if place and rows else None


def is_address(source: str) -> bool:
    """Whether a source is fetched rather than opened."""
    return "://" in source and not Path(source).exists()


@contextmanager
def opened_source(desk: Desk, source: str) -> Iterator[Opened]:
    """The input, open for reading. Raises `InputError` for a file that cannot be opened, `NetworkError`."""
    if source == "-":
        yield Opened(sys.stdin.buffer, "standard input")
    elif is_address(source):
        # The web client takes a tenth of a second to load, and a file needs none of it.
        from factdesk.capture.fetch import Fetched, fetch

        found = fetch(source, allow_private=desk.config.allow_private)
        if not isinstance(found, Fetched):
            raise NetworkError("The server says that nothing changed, though it was not asked that.", place=source)
        with found:
            yield fetched(source, found.body, found.size, found.etag, found.last_modified)
    else:
        with opened_file(Path(source)) as stream:
            yield Opened(stream, Path(source).name, size=os.fstat(stream.fileno()).st_size)


def fetched(url: str, body: IO[bytes], size: int, etag: str, last_modified: str) -> Opened:
    """What was fetched, as an input: its source is the address that was asked for."""
    return Opened(cast(BinaryIO, body), url, canonical_url(url) or url, size, etag, last_modified)


@contextmanager
def opened_file(path: Path) -> Iterator[BinaryIO]:
    """A file to read. Raises `InputError` when there is none, or it cannot be opened."""
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise InputError("There is no such file.", place=str(path), remedy="Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise InputError("This is a folder, not a file.", place=str(path), remedy="Name a file in it.") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError("The file cannot be opened: {why}.", place=str(path), why=why) from error
    with stream:
        yield stream
