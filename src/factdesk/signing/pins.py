"""Fingerprints that a reader pinned: whose signatures count for them.

A text file of the reader's own, one line a key: `fingerprint  name  # comment`. A fingerprint may be in groups, with
colons, in capitals; empty lines and comments stay as they are.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from factdesk.domain.keys import shown_fingerprint
from factdesk.errors import InputError, RefusedError
from factdesk.signing.files import own_folder, read_small, write_own
from factdesk.signing.fingerprints import DIGITS, whole

MOST_BYTES = 1_000_000
MOST_NAME = 100

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*$")


def pins_file(env: Mapping[str, str] = os.environ) -> Path:
    """Where a reader's pins are: `FACTDESK_PINS`, or `pins.txt` in their settings."""
    given = env.get("FACTDESK_PINS")
    return Path(given) if given else own_folder() / "pins.txt"


def load_pins(path: Path) -> dict[str, str]:
    """The pins in a file by fingerprint; none where there is no file. Raises `InputError`."""
    return read_pins(_content(path), str(path))


def read_pins(text: str, path: str) -> dict[str, str]:
    """The names of pinned keys by fingerprint (64 digits). Raises `InputError` that names the line."""
    pins: dict[str, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        said = _COMMENT.sub("", line.rstrip("\r")).strip()
        if not said:
            continue
        place = f"{path}:{number}"
        own, name = _parts(said, place)
        if pins.setdefault(own, name) != name:
            raise InputError(
                "This fingerprint is pinned under two names: {first} and {second}.",
                place=place,
                remedy="Keep one of the two lines.",
                first=pins[own],
                second=name,
            )
    return pins


def add_pin(path: Path, given: str, name: str) -> bool:
    """Pin a fingerprint under a name; False when it is so pinned already.

    Raises `InputError` for what is no whole fingerprint or no name, `RefusedError` when it has another name.
    """
    own, name = _whole(given, ""), _name(name, "")
    text = _content(path)
    before = read_pins(text, str(path)).get(own)
    if before == name:
        return False
    if before is not None:
        raise RefusedError(
            "This fingerprint is pinned already, as {name}.",
            place=str(path),
            remedy="Change the name in the file, if it is the same person.",
            name=before,
        )
    end = "" if not text or text.endswith("\n") else "\n"
    write_own(path, f"{text}{end}{shown_fingerprint(own)}  {name}\n".encode(), replace=True)
    return True


def remove_pin(path: Path, given: str) -> bool:
    """Take a fingerprint off the file, all else left as it is; False when it was not there. Raises `InputError`."""
    own = _whole(given, "")
    text = _content(path)
    if own not in read_pins(text, str(path)):
        return False
    kept = [line for line in text.split("\n") if _pinned_by(line) != own]
    write_own(path, "\n".join(kept).encode(), replace=True)
    return True


def _content(path: Path) -> str:
    try:
        data, _ = read_small(path, MOST_BYTES)
        return data.decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise InputError("This is not text.", place=str(path), remedy="Save it as plain text in UTF-8.") from error


def _pinned_by(line: str) -> str:
    """The fingerprint that a line of a file that was read without error pins; empty for none."""
    said = _COMMENT.sub("", line.removeprefix("\ufeff").rstrip("\r")).strip()
    return _parts(said, "")[0] if said else ""


def _parts(said: str, place: str) -> tuple[str, str]:
    """Fingerprint and name of a line. Groups of a fingerprint are alike in length, so that no name is taken for one."""
    words = said.split()
    size = len(_digits(words[0]))
    count = DIGITS // size if size and DIGITS % size == 0 else 1
    groups = words[:count]
    own = _whole("".join(groups) if all(len(_digits(group)) == size for group in groups) else "", place)
    return own, _name(" ".join(words[count:]), place)


def _digits(word: str) -> str:
    return word.replace(":", "")


def _whole(given: str, place: str) -> str:
    own = whole(given)
    if not own:
        raise InputError(
            "A fingerprint has {digits} hexadecimal digits, and this has not.",
            place=place,
            remedy="Copy it whole from where the desk's people publish it.",
            digits=DIGITS,
        )
    return own


def _name(given: str, place: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not name or len(name) > MOST_NAME or not name.isprintable() or _COMMENT.search(name):
        raise InputError(
            "A pinned key needs a name of at most {most} characters, without # before a word.",
            place=place,
            remedy="Write whose key it is behind the fingerprint.",
            most=MOST_NAME,
        )
    return name
