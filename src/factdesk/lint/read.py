"""A file of a check, taken apart into what the rules read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import compress
from typing import TypeVar

from factdesk.domain.matches import Span
from factdesk.errors import InputError
from factdesk.lint.base import Draft, Facts, Field, Link, Mark, Part, Quotation, Sentence, Waiver
from factdesk.lint.front import split
from factdesk.lint.prose import FILL, comments, links_of, marks_of, masked, parts, silent, spoken, words_of
from factdesk.lint.quotation_marks import Marked, quoted, tagged
from factdesk.text.language import language
from factdesk.text.sentences import sentences

Placed = TypeVar("Placed", Mark, Link)

MOST = 2_000_000
"""Characters of a check."""

_WAIVER = re.compile(r"\s*lint:\s*(FD\d{3}(?:\s*,\s*FD\d{3})*)\b[\s:–—-]*(.*)", re.DOTALL)
_GAP = 4
"""Spaces and marks that may stand between a quotation and its citation's mark."""
_MOST_MARKS = 50
"""Citations of one quotation that are read."""


def read_draft(source: str, path: str = "", facts: Facts | None = None) -> Draft:
    """A check taken apart. Raises `InputError` when its front matter cannot be read, or it is far too long."""
    front, body = opened(source, path)
    blocks = parts(source, body)
    bare = masked(source.replace(FILL, "\ufffd"), body, blocks)
    prose = bare.replace(FILL, " ")
    quiet = silent(source, body, blocks)
    marks = _spoken(marks_of(source, body), quiet)
    links = _spoken(links_of(source, body), quiet)
    said = front["language"].value if "language" in front else ""
    return Draft(
        path=path,
        source=source,
        prose=prose,
        language=said.partition("-")[0].lower() or language(prose.strip()[:4000]),
        front=front,
        body=body,
        parts=blocks,
        sentences=tuple(_sentences(bare, blocks)),
        quotations=_in_order(_quotations(source, bare, body, blocks, marks, links)),
        marks=marks,
        links=links,
        waivers=tuple(_waivers(source, body, _written(bare, blocks))),
        facts=facts or Facts(),
    )


def read_quotations(source: str) -> tuple[Quotation, ...]:
    """The quotations of a check as `read_draft` has them, in half the time. Raises `InputError` as it does."""
    _, body = opened(source, "")
    blocks = parts(source, body)
    bare, quiet = masked(source.replace(FILL, "\ufffd"), body, blocks), silent(source, body, blocks)
    marks, links = _spoken(marks_of(source, body), quiet), _spoken(links_of(source, body), quiet)
    return _in_order(_quotations(source, bare, body, blocks, marks, links))


def opened(source: str, path: str) -> tuple[Mapping[str, Field], Span]:
    """The fields of a check's front matter, and the span of its body. Raises `InputError` as `read_draft` does."""
    if len(source) > MOST:
        raise InputError("The check is longer than {most} characters.", place=path, most=f"{MOST:,}")
    return split(source, path)


def _spoken(found: tuple[Placed, ...], quiet: Sequence[Span]) -> tuple[Placed, ...]:
    """Marks or links without those in code and comments."""
    return tuple(compress(found, spoken([each.span for each in found], quiet)))


def _in_order(found: Iterator[Quotation]) -> tuple[Quotation, ...]:
    return tuple(sorted(found, key=lambda each: each.span.start))


def _sentences(bare: str, blocks: Sequence[Part]) -> Iterator[Sentence]:
    for number, part in enumerate(blocks):
        text = bare[part.span.start : part.span.end].replace(FILL, " ")
        if part.kind == "code" or not text.strip():
            continue
        # A line end within a block is a space: a sentence goes on over it.
        for span in sentences(text.replace("\n", " ").replace("\r", " ")):
            start, end = part.span.start + span.start, part.span.start + span.end
            yield Sentence(words_of(bare[start:end]), Span(start, end), number)


def _quotations(
    source: str, bare: str, body: Span, blocks: Sequence[Part], marks: Sequence[Mark], links: Sequence[Link]
) -> Iterator[Quotation]:
    """Quoted blocks, and words in quotation marks, between tags that quote, or under a picture; each with the marks
    right behind it."""
    starts = [mark.span.start for mark in marks]

    def cited(text: str, found: Marked, end: int) -> Quotation:
        first, last = bisect_left(starts, found.end), bisect_left(starts, end)
        cites = tuple(_behind(source, found.end, marks[first : min(last, first + _MOST_MARKS)]))
        return Quotation(_as_read(text[found.inner : found.outer]), Span(found.start, found.end), cites)

    for part in blocks:
        start, end = part.span.start, part.span.end
        if part.kind == "quote":
            inside = marks[bisect_left(starts, start) : bisect_left(starts, end)]
            yield Quotation(_as_read(bare[start:end]), part.span, tuple(mark.id for mark in inside), is_block=True)
        elif part.kind != "code":
            yield from (cited(bare, found, end) for found in quoted(bare, start, end))
    for found in tagged(source, body.start, body.end) if "<" in source else ():
        yield cited(bare, found, body.end)
    for link in links:
        if link.is_image:
            found_in = quoted(source, link.span.start + 2, link.span.start + 2 + len(link.text))
            yield from (cited(source, found, body.end) for found in found_in)


def _as_read(masked_text: str) -> str:
    """Quoted words as they are read, whatever stands for their letters."""
    words = words_of(masked_text)
    return " ".join(unescape(words).split()) if "&" in words else words


def _behind(source: str, end: int, marks: Sequence[Mark]) -> Iterator[str]:
    """The marks that stand right behind a place, with nothing but a few spaces and stops between."""
    for mark in marks:
        if mark.span.start < end:
            continue
        between = source[end : mark.span.start]
        if len(between) > _GAP or any(letter.isalnum() for letter in between):
            return
        yield mark.id
        end = mark.span.end


def _written(bare: str, blocks: Sequence[Part]) -> list[Part]:
    """The blocks without HTML that says nothing, such as a comment."""
    return [part for part in blocks if part.kind != "html" or words_of(bare[part.span.start : part.span.end])]


def _waivers(source: str, body: Span, written: Sequence[Part]) -> Iterator[Waiver]:
    first = written[0].span.start if written else body.end
    ends = [part.span.end for part in written]
    for place in comments(source, body):
        said = _WAIVER.fullmatch(source, place.start + 4, place.end - 3)
        if said is None:
            continue
        at = bisect_right(ends, place.start)
        part = written[at] if at < len(written) else None
        if part is not None and part.kind == "code" and part.span.start <= place.start:
            # An example of a waiver is none.
            continue
        if place.start < first:
            scope = Span(0, len(source))
        else:
            scope = Span(min(place.start, part.span.start), part.span.end) if part is not None else place
        for code in re.findall(r"FD\d{3}", said[1]):
            yield Waiver(code, " ".join(said[2].split()), place, scope)
