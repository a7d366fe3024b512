"""The table at the top of a Word file as the fields of a check."""

from __future__ import annotations

import re
from collections.abc import Sequence

from factdesk.drafts.word_front import LISTS, Fields, Pairs, Value, as_field, fields_of
from factdesk.drafts.word_letters import KEY, Paragraph
from factdesk.drafts.word_model import Run, clean
from factdesk.drafts.word_paragraphs import plain
from factdesk.drafts.word_tree import Table
from factdesk.errors import InputError

INNER = ("id", "text", "claimant", "claimant_kind", "kind", "appearance", "language", "site")
"""The fields of a claim that is written out."""
LINE = re.compile(r"\s*(" + "|".join(INNER) + r")\s*:\s*(.*)", re.IGNORECASE | re.DOTALL)
"""Such a field on a line of its own, whatever its letters look like."""

_NAMES = frozenset({"title", "claims", "rating", "summary", "language", "authors", "topics", "id", "revision"})
_LEAST = 3
_COMMA = re.compile(r"\s*[,;]\s*")


def is_fields(table: Table, *, first: bool) -> bool:
    """Whether a table holds the fields: by its styles, or as the `first` thing in the file by the names in it."""
    cells = [row[0][0] for row in table.rows if row and row[0]]
    if any(cell.kind.place == "name" for cell in cells):
        return True
    named = {plain(cell.runs).strip().rstrip(":").lower() for cell in cells}
    return first and len(named & _NAMES) >= _LEAST


def fields_in(table: Table) -> Fields:
    """The fields of a table, in order. Rows without a name are left out."""
    found: list[tuple[str, Value]] = []
    for row in table.rows:
        name = clean(" ".join("".join(plain(each.runs) for each in row[0]).split()).rstrip(":")) if row else ""
        name = name.lower() if name.lower() in _NAMES else name
        if name:
            value = _value(name, [each for cell in row[1:] for each in cell])
            found.append((name, as_field(name, value)))
    return tuple(found)


def _value(name: str, paragraphs: Sequence[Paragraph]) -> Value:
    said = [each for each in paragraphs if plain(each.runs).strip()]
    if said and all(each.kind.place == "code" for each in said):
        return _as_written("\n".join(plain(each.runs) for each in said))
    if name in LISTS or any(each.kind.place == "item" for each in said):
        items = [item for each in said for item in _items(name, each)]
        return tuple(items)
    if len(said) == 1 and (pairs := _pairs(name, said[0])):
        return pairs
    return "\n".join(_text(plain(each.runs)) for each in said)


def _items(name: str, paragraph: Paragraph) -> list[Value]:
    if pairs := _pairs(name, paragraph):
        return [pairs]
    text = _text(plain(paragraph.runs))
    if name in ("authors", "topics") and paragraph.kind.place != "item":
        # Typed on a line, as in a sentence.
        return [each for each in _COMMA.split(text) if each]
    return [text]


def _pairs(name: str, paragraph: Paragraph) -> Pairs | None:
    """The fields within a field that a paragraph holds, one on each line; None for a text."""
    lines: list[list[Run]] = [[]]
    for run in paragraph.runs:
        if run.kind == "break":
            lines.append([])
        else:
            lines[-1].append(run)
    items: list[tuple[str, Value]] = []
    for line in lines:
        key = "".join(run.text for run in line if KEY in run.marks).strip().removesuffix(":").rstrip()
        text = plain(line)
        inner = LINE.fullmatch(text) if name == "claims" else None
        if key and text.strip().startswith(key):
            items.append((clean(key), _text(text.strip()[len(key) :].lstrip().removeprefix(":"))))
        elif inner:
            items.append((inner[1].lower(), _text(inner[2])))
        elif items and text.strip():
            last, said = items[-1]
            items[-1] = (last, f"{said} {_text(text)}".strip())
        elif text.strip():
            return None
    return Pairs(tuple(items)) if items else None


def _text(text: str) -> str:
    return clean(text).strip()


def _as_written(text: str) -> Value:
    """A value that is shown as in a file; as a text where that cannot be read."""
    try:
        fields, _ = fields_of(f"---\n{clean(text)}\n---\n")
    except InputError:
        return _text(text)
    return fields[0][1] if len(fields) == 1 else _text(text)
