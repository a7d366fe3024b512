"""The fields at the head of a check, read as what they are and set without touching the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factdesk.drafts.front import Entry, Front, front, put_first, without
from factdesk.drafts.values import written
from factdesk.lint.base import Field
from factdesk.lint.front import split

ORDER = ("title", "claims", "rating", "reason", "summary", "language", "authors", "topics", "template")
"""How the fields stand where nobody put them otherwise."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the front matter says. Texts are without spaces around them, and empty where a field is missing.

    `claims` are the ids of claims, in order; `written` the texts of claims that are written out instead. `reason` says
    why a claim is not checkable. `template` is the one that the check began with.
    """

    title: str = ""
    claims: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    rating: str = ""
    reason: str = ""
    summary: str = ""
    language: str = ""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    template: str = ""


def header(source: str, path: str = "") -> Header:
    """The fields of a source. Raises `InputError` for front matter that cannot be read."""
    fields, _ = split(source, path)

    def one(name: str) -> str:
        return fields[name].value.strip() if name in fields else ""

    def several(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.strip() for value in fields[name].values)) if name in fields else ()

    texts = _written_out(fields)
    return Header(
        title=one("title"),
        claims=tuple(value for value in several("claims") if value not in texts),
        written=texts,
        rating=one("rating"),
        reason=one("reason"),
        summary=one("summary"),
        language=one("language"),
        authors=several("authors"),
        topics=several("topics"),
        template=one("template"),
    )


def _written_out(fields: Mapping[str, Field]) -> tuple[str, ...]:
    records = fields["claims"].records if "claims" in fields else ()
    texts = (record.get("text", "").strip() for record in records if not record.get("id", "").strip())
    return tuple(dict.fromkeys(text for text in texts if text))


def with_fields(source: str, path: str = "", /, **values: str | Sequence[str] | None) -> str:
    """A source with some fields set: a text, a list of texts, or None to take the field out. All else stays.

    Raises `InputError` for front matter that cannot be read.
    """
    for name, value in values.items():
        source = _with(source, name, value, path)
    return source


def _with(source: str, name: str, value: str | Sequence[str] | None, path: str) -> str:
    within = front(source, path)
    entry = within.entry(name) if within else None
    if within is not None and entry is not None:
        return _replaced(source, within, entry, value)
    if value is None:
        return source
    if within is None:
        return f"---\n{_line(name, value)}---\n{source}"
    before = next((each for each in _before(name) if within.entry(each)), None)
    if before is None or within.brace is not None:
        return put_first(source, within, ((name, written(value)),))
    return _put_behind(source, within, before, _line(name, value))


def _line(name: str, value: str | Sequence[str]) -> str:
    return f"{name}: {written(value)}".rstrip() + "\n"


def _before(name: str) -> tuple[str, ...]:
    """The fields that a field stands behind, the nearest first."""
    place = ORDER.index(name) if name in ORDER else len(ORDER)
    return (*reversed(ORDER[:place]), "revision", "id")


def _put_behind(source: str, within: Front, name: str, line: str) -> str:
    entry = within.entry(name)
    end = source.find("\n", entry.end if entry else within.start) + 1
    return source[:end] + " " * within.margin + line + source[end:]


def _replaced(source: str, within: Front, entry: Entry, value: str | Sequence[str] | None) -> str:
    if value is None:
        left = without(source, within, entry)
        # Front matter that holds nothing is none.
        return left if len(source) - len(left) < within.end - within.start else source[within.body :]
    text, start = written(value), entry.value
    # A list on lines below its name becomes one beside it.
    beside = source[: entry.value].rstrip()
    if beside.endswith(":"):
        start = len(beside) if "\n" in source[len(beside) : entry.value] else entry.value
    space = " " if text and source[start - 1] == ":" else ""
    return source[:start] + space + text + source[entry.end :]
