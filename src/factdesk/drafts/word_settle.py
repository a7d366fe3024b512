"""A check that came back from Word, with the bytes that it had before wherever it says the same.

A writer's own way to set lines, lists and marks is not what an editor changed; without this a comparison of two
revisions would show nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from factdesk.drafts import view
from factdesk.drafts.front import Front, front, lines_of
from factdesk.drafts.word_blocks import blocks_of, groups
from factdesk.drafts.word_front import Fields, Value, field_lines, fields_of, front_of
from factdesk.drafts.word_inline import reader
from factdesk.drafts.word_model import clean
from factdesk.drafts.word_normal import normal
from factdesk.drafts.word_source import body_of
from factdesk.errors import InputError
from factdesk.lint.read import MOST

_MOST_PIECES = 5_000


def as_before(shown: str, before: str) -> str:
    """The source `shown`, written as in `before` where both say the same.

    What it says does not change: `normal(as_before(shown, before)) == normal(shown)`. Raises `InputError` for front
    matter of `shown` that cannot be read.
    """
    wanted = normal(shown)
    if len(before) > MOST:
        return wanted
    try:
        if normal(before) == wanted:
            return before
        mixed = _mixed(wanted, view.normal(before))
        return mixed if normal(mixed) == wanted else wanted
    except InputError:
        return wanted


def _mixed(wanted: str, before: str) -> str:
    fields, body = fields_of(wanted)
    old_fields, old_body = fields_of(before)
    within = front(before)
    if fields == old_fields:
        head = before[: len(before) - len(old_body)]
    elif within is None or within.brace is not None:
        head = front_of(fields)
    else:
        head = "".join(_head(fields, old_fields, before, within))
    return head + _body(body, clean(old_body))


def _head(fields: Fields, old: Fields, before: str, within: Front) -> Iterator[str]:
    """The front matter: lines as they were, comments too, where a field says the same."""
    kept: dict[str, tuple[Value | None, str, str]] = {}
    at = within.start
    for entry in within.entries:
        start, end = lines_of(before, entry)
        said = next(value for name, value in old if name == entry.name)
        kept[entry.name] = said, before[at:start], before[start:end]
        at = end
    yield "---\n"
    for name, value in fields:
        had, comments, lines = kept.get(name, (None, "", ""))
        yield comments
        yield lines if had == value else "".join(f"{line}\n" for line in field_lines(name, value))
    yield "---\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of a body: its lines, the blank ones before it, and what it says in normal form."""

    text: str
    gap: str
    normal: str


def _pieces(body: str) -> list[_Piece]:
    lines = body.split("\n")
    found: list[_Piece] = []
    end = 0
    for group in groups(reader().parse(body)):
        first, last = group[0].map or (end, end)
        while last > first and not lines[last - 1].strip():
            last -= 1
        text = "\n".join(lines[first:last])
        gap = "".join(f"{line}\n" for line in lines[end:first])
        found.append(_Piece(text, gap, body_of(blocks_of(text), first=False)))
        end = last
    return found


def _body(wanted: str, before: str) -> str:
    """The body, with the blocks of the one before where they say the same."""
    new, old = _pieces(wanted), _pieces(before)
    if max(len(new), len(old)) > _MOST_PIECES:
        return wanted
    matcher = SequenceMatcher(None, [each.normal for each in old], [each.normal for each in new], autojunk=False)
    pieces: list[str] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind != "equal":
            pieces.extend(f"{each.gap if pieces else ''}{each.text}\n" for each in new[new_from:new_to])
            continue
        for number, each in enumerate(old[old_from:old_to], old_from):
            pieces.append(f"{_gap(each, number, first=number == old_from, begins=not pieces)}{each.text}\n")
    return "".join(pieces)


def _gap(piece: _Piece, number: int, *, first: bool, begins: bool) -> str:
    """The blank lines before a piece: as they were, but one where another stood before it."""
    if begins:
        return "" if number else piece.gap
    return piece.gap or ("\n" if first else "")
