"""What a desk says of itself in `trust.txt`, as a file that its people edit: `site/trust.toml` in its folder.

Names and meanings are those of trust.txt (JournalList); each has one value or a list of them. Nothing is made up: what
is not in the file is not said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from factdesk.errors import InputError
from factdesk.text.urls import canonical_url

FILE = "site/trust.toml"
"""Where it is in a desk's folder."""

NAMES = (
    *("member", "belongto", "control", "controlledby", "social", "contact", "disclosure", "vendor", "customer"),
    "datatrainingallowed",
)
"""In the order in which they are written."""

MOST_BYTES = 100_000
MOST_VALUES = 200
_TRAINING = "datatrainingallowed"
_MAIL = re.compile(r"mailto:[^\s@:/?&]{1,64}@[^\s@:/?&]{1,255}\.[^\s@:/?&]{2,63}")
_PHONE = re.compile(r"tel:\+?[0-9][0-9().-]{3,30}")


@dataclass(frozen=True, slots=True)
class Trust:
    """What is said, in order: pairs of a name of `NAMES` and one value."""

    entries: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a name."""
        return tuple(value for own, value in self.entries if own == name)


def load_trust(folder: Path) -> Trust | None:
    """What the desk in a folder says; None where it has no such file. Raises `InputError`."""
    path = folder / FILE
    try:
        if not path.is_file():
            return None
        data = path.read_bytes()[: MOST_BYTES + 1]
        return read_trust(data.decode("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("The file cannot be read: {why}.", place=str(path), why=error) from error


def read_trust(text: str, path: str = "") -> Trust:
    """What a file says. Raises `InputError` for anything in it that trust.txt has no place for."""
    try:
        if len(text) > MOST_BYTES:
            raise ValueError("it is too long")
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            "The file cannot be read: {why}.",
            place=path,
            remedy="Each line looks like this: {example}",
            why=error if isinstance(error, ValueError) else "its lists are nested too deeply",
            example='social = ["https://social.example/our-desk"]',
        ) from error
    for name in data:
        _known(name, path)
    return Trust(tuple(entry for name in NAMES for entry in _entries(name, data, path)))


def _known(name: str, path: str) -> None:
    if name in NAMES:
        return
    near = get_close_matches(name.lower(), NAMES, 1, 0.7)
    raise InputError(
        "trust.txt has no place for “{name}”.",
        place=path,
        remedy="“{near}” is meant, perhaps." if near else "Its names are: {names}.",
        name=name[:60],
        near=near[0] if near else "",
        names=", ".join(NAMES),
    )


def _entries(name: str, data: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    given = data.get(name, [])
    values = given if isinstance(given, list) else [given]
    if len(values) > (1 if name == _TRAINING else MOST_VALUES):
        raise InputError("“{name}” has too many values.", place=path, name=name)
    for value in dict.fromkeys(_value(name, each, path) for each in values):
        yield name, value


def _value(name: str, given: object, path: str) -> str:
    """A value as it is written into trust.txt. Raises `InputError` for what cannot be one."""
    if name == _TRAINING:
        said = {True: "yes", False: "no"}.get(given) if isinstance(given, bool) else given
        if said in ("yes", "no"):
            return str(said)
        raise InputError("“{name}” is yes or no.", place=path, remedy='Write: {name} = "no"', name=name)
    text = given.strip() if isinstance(given, str) else ""
    if name == "contact" and (_MAIL.fullmatch(text) or _PHONE.fullmatch(text)):
        return text
    if text.startswith(("http://", "https://")) and text.isprintable() and " " not in text and canonical_url(text):
        return text
    raise InputError(
        "“{value}” under “{name}” is no address.",
        place=path,
        remedy="Write the whole address, with https://; a contact may be a mailto: or tel: one.",
        value=str(given)[:80],
        name=name,
    )
