"""The pages that a desk writes itself: `site/about.en.md` and the like in its folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from factdesk.errors import InputError

NAMES = ("about", "funding", "methods", "corrections", "contact", "tip")
FOLDER = "site"
MOST = 100_000
"""Bytes of one page."""


def own_pages(folder: Path, languages: Iterable[str]) -> dict[tuple[str, str], str]:
    """The pages that are there, by name and language. Raises `InputError` for one that cannot be read."""
    found = {}
    for language in languages:
        for name in NAMES:
            text = _read(folder / FOLDER / f"{name}.{language}.md")
            if text.strip():
                found[name, language] = text
    return found


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            return ""
        data = path.read_bytes()
        if len(data) > MOST:
            raise InputError("A page of the desk has at most {most} bytes.", place=str(path), most=f"{MOST:,}")
        return data.decode("utf-8").removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("The page cannot be read: {why}.", place=str(path), why=error) from error
