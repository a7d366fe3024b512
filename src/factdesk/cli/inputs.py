"""What a person hands in: a message as words, a file or `-`; and where a command writes what it was asked to."""

from __future__ import annotations

import gzip
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from factdesk.errors import InputError, UsageError

MOST_BYTES = 4_000_000
"""Largest file that is read as one message."""


def message_from(word: str | None) -> str:
    """The message that was meant: the words themselves, what the file of that name holds, or standard input for `-`.

    Raises `InputError` when it is empty, too long, or not text, `UsageError` when nothing is given or piped in.
    """
    if word is None and sys.stdin.isatty():
        raise UsageError("There is no message.", remedy="Give its text in quotation marks, a file, or -.")
    if word is None or word == "-":
        text = decoded(_limited(sys.stdin.buffer, "-"), "-")
    elif is_file(word):
        with Path(word).open("rb") as file:
            text = decoded(_limited(file, word), word)
    else:
        text = sound(word)
    if not text.strip():
        raise InputError("The message is empty.", remedy="Give its text in quotation marks, a file, or -.")
    return text


def is_file(word: str) -> bool:
    """Whether a word names a file that is there. A message of any length and content may be asked."""
    return len(word) < 4096 and os.path.isfile(word)  # noqa: PTH113 - Path.is_file raises on words no file can have


def _limited(stream: BinaryIO, place: str) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise InputError(
            "This is too long for one message: more than {most} bytes.",
            place=place,
            remedy="Many messages go in as JSON Lines: factdesk match --input messages.jsonl",
            most=f"{MOST_BYTES:,}",
        )
    return data


def decoded(data: bytes, place: str) -> str:
    """Bytes as text: UTF-8, else the encoding they say or most likely have. Raises `InputError` for what is no text."""
    if b"\0" not in data:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            # Another encoding, then.
            pass
    from factdesk.interchange.sniff import sniff_encoding

    try:
        return data.decode(sniff_encoding(data, place)[0], "replace")
    except InputError as error:
        raise InputError("This is not text.", place=place, remedy="Save it as plain text in UTF-8.") from error


def sound(text: str) -> str:
    """A text without lone surrogates (bytes of an argument that were no UTF-8, or half of a JSON escape)."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if not text.isascii() else text


@contextmanager
def opened_input(name: str) -> Iterator[BinaryIO]:
    """A file to read as bytes, `-` for standard input; unpacked when its name ends in `.gz`."""
    if name == "-":
        yield sys.stdin.buffer
        return
    path = Path(name)
    if not path.is_file():
        raise InputError("There is no such file.", place=name, remedy="Look at its name and folder again.")
    with path.open("rb") as file:
        if name.endswith(".gz"):
            with gzip.open(file) as unpacked:
                yield cast(BinaryIO, unpacked)
        else:
            yield file


@contextmanager
def opened_output(name: str) -> Iterator[TextIO]:
    """A text to write, `-` for standard output; packed when its name ends in `.gz`, and there only when it is whole."""
    if name == "-":
        yield sys.stdout
        return
    from factdesk.queries.export import whole_file

    with whole_file(Path(name)) as file:
        yield file
