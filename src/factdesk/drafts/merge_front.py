"""Two people's fields put together, field by field. Lists take what either put in; what both changed holds both.

A place that holds both stays front matter that can be read: mine counts, and theirs stands in comments beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factdesk.drafts.front import Entry, Front, lines_of
from factdesk.drafts.values import written
from factdesk.lint.front import split


class NotMergeableError(Exception):
    """Front matter whose fields do not stand each on lines of its own, once. It is text then."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some whole lines: a field, or with an empty name what stands between fields. `values` are those of a list."""

    name: str
    text: str
    values: tuple[str, ...] | None = None


def merged_front(
    sources: tuple[str, str, str], fronts: Sequence[Front | None], labels: tuple[str, str]
) -> tuple[str, int]:
    """The front matter of what two began with, mine and theirs as one, and how many fields hold both.

    Raises `NotMergeableError` where that cannot be done by field.
    """
    heads = [text[: within.body] if within else "" for text, within in zip(sources, fronts, strict=True)]
    if heads[0] == heads[2] or heads[1] == heads[2]:
        return heads[1], 0
    if heads[0] == heads[1]:
        return heads[2], 0
    base, mine, theirs = (
        list(_pieces(text, within)) if within else [] for text, within in zip(sources, fronts, strict=True)
    )
    pieces, unsure = _together(base, mine, theirs, labels)
    begins = next((text[: within.start] for text, within in zip(sources[1:], fronts[1:], strict=True) if within), "")
    ends = next((text[within.end : within.body] for text, within in zip(sources, fronts, strict=True) if within), "")
    inner = "".join(piece.text for piece in pieces)
    return (f"{begins}{inner}{_ended(ends)}" if inner else ""), unsure


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n"


def _pieces(source: str, within: Front) -> Iterator[_Piece]:
    names = [entry.name for entry in within.entries]
    if within.brace is not None or within.margin or len(set(names)) < len(names):
        raise NotMergeableError
    fields, _ = split(source, "")
    at = within.start
    for entry in within.entries:
        start, end = lines_of(source, entry)
        if at < start:
            yield _Piece("", source[at:start])
        values = fields[entry.name].values if _is_plain_list(source, entry) and not fields[entry.name].records else None
        yield _Piece(entry.name, source[start:end], values)
        at = end
    if at < within.end:
        yield _Piece("", source[at : within.end])


def _is_plain_list(source: str, entry: Entry) -> bool:
    """Whether a field is a list without remarks in it, so that it can be written anew."""
    return entry.text is None and "#" not in source[entry.start : entry.end]


def _together(
    base: list[_Piece], mine: list[_Piece], theirs: list[_Piece], labels: tuple[str, str]
) -> tuple[list[_Piece], int]:
    before, ours, others = ({piece.name: piece for piece in side if piece.name} for side in (base, mine, theirs))
    pieces, unsure = list(mine), 0
    last = ""
    for name in dict.fromkeys((*others, *before)):
        old, own, other = (side.get(name) for side in (before, ours, others))
        if _text(other) != _text(old) and _text(other) != _text(own):
            made = other if _text(own) == _text(old) else _both_lists(old, own, other)
            if made is None and _text(own) != _text(old):
                made, unsure = _both(name, own, other, labels), unsure + 1
            _put(pieces, name, made, last)
        last = name if name in others else last
    return pieces + _remarks(base, mine, theirs), unsure


def _text(piece: _Piece | None) -> str:
    return piece.text if piece else ""


def _put(pieces: list[_Piece], name: str, made: _Piece | None, behind: str) -> None:
    """Put a field where it stood, else behind another one, else first; None takes it out."""
    at = next((number for number, piece in enumerate(pieces) if piece.name == name), None)
    if at is not None:
        pieces[at : at + 1] = [made] if made else []
    elif made:
        found = next((number for number, piece in enumerate(pieces) if piece.name == behind and behind), -1)
        pieces.insert(found + 1, made)


def _both_lists(old: _Piece | None, own: _Piece | None, other: _Piece | None) -> _Piece | None:
    """Mine with what they put in and without what they took out; None where it is no list."""
    if own is None or other is None or own.values is None or other.values is None:
        return None
    before = (old.values or ()) if old else ()
    kept = [value for value in own.values if value in other.values or value not in before]
    values = tuple(dict.fromkeys((*kept, *(value for value in other.values if value not in before))))
    return _Piece(own.name, f"{own.name}: {written(values)}\n", values)


def _both(name: str, own: _Piece | None, other: _Piece | None, labels: tuple[str, str]) -> _Piece:
    theirs = "".join(f"# {line}\n" for line in _text(other).split("\n")[:-1])
    return _Piece(name, f"# <<<<<<< {labels[0]}\n{_text(own)}# =======\n{theirs}# >>>>>>> {labels[1]}\n")


def _remarks(base: list[_Piece], mine: list[_Piece], theirs: list[_Piece]) -> list[_Piece]:
    """The lines between fields that only they have."""
    known = {line for side in (base, mine) for piece in side if not piece.name for line in piece.text.split("\n")}
    found = [line for piece in theirs if not piece.name for line in piece.text.split("\n") if line.strip()]
    return [_Piece("", f"{line}\n") for line in found if line not in known]
