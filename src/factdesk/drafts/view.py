"""The view of a check: its source as a file, with the check's id and the revision that it was taken from.

The record holds the source without them; a file without them is a check that is yet to be made.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from factdesk.drafts.front import ROOM, Entry, Front, front, put_first, without
from factdesk.drafts.values import scalar
from factdesk.errors import InputError
from factdesk.lint.front import MOST

CHECK, REVISION = "id", "revision"

_LEADING = re.compile(r"\s*(?=---[ \t]*\n)")


@dataclass(frozen=True, slots=True)
class Taken:
    """What came back: the source as the record keeps it, the check, and the revision that was edited.

    `check` and `revision` are empty where the file names none.
    """

    source: str
    check: str = ""
    revision: str = ""


def view(source: str, check_id: str, revision_id: str) -> str:
    """A source of the record as a file. Raises `InputError` for front matter that cannot be read."""
    fields = ((CHECK, scalar(check_id)), (REVISION, scalar(revision_id)))
    within = front(source)
    if within is None:
        return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields) + "---\n" + source
    return put_first(source, within, fields)


def taken(text: str, path: str = "") -> Taken:
    """A file as it came back from an editor, apart again: `taken(view(s, c, r)) == Taken(s, c, r)`.

    A byte order mark and line ends of other systems go, a last line end that is missing comes. Raises `InputError` for
    front matter that cannot be read, or that names the check twice.
    """
    source = normal(text)
    within = front(source, path)
    if within is None:
        return Taken(source)
    found = {entry.name: entry for entry in (_only(within, name, path) for name in (CHECK, REVISION)) if entry}
    left = source
    for entry in sorted(found.values(), key=lambda entry: -entry.start):
        left = without(left, within, entry)
    size = within.end - within.start - (len(source) - len(left))
    if size > MOST - ROOM:
        raise InputError("The front matter is longer than {most} characters.", place=path, most=f"{MOST - ROOM:,}")
    said = {name: (entry.text or "").strip() for name, entry in found.items()}
    # Front matter that held nothing else was made by `view`.
    return Taken(left if size else source[within.body :], said.get(CHECK, ""), said.get(REVISION, ""))


def normal(text: str) -> str:
    """A text as the record keeps it: no byte order mark, lines that end in LF, the last one too."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if leading := _LEADING.match(text):
        text = text[leading.end() :]
    return text if not text or text.endswith("\n") else text + "\n"


def _only(within: Front, name: str, path: str) -> Entry | None:
    entries = [entry for entry in within.entries if entry.name == name]
    if len(entries) > 1:
        raise InputError(
            "The front matter has the field “{name}” twice.",
            place=path,
            remedy="Leave the one that the file came with.",
            name=name,
        )
    if entries and entries[0].text is None:
        raise InputError("The field “{name}” is one text, not a list.", place=path, name=name)
    return entries[0] if entries else None
