"""A document in passages: whole sentences of one section, of a length that is read and encoded in one go.

What a heading stands over is one section. A section that is longer than one passage is cut into as few as will do, of
about the same length; furniture ends a passage and is in none. The same document always gives the same passages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from factdesk.domain.documents import Block, Document
from factdesk.domain.matches import Span
from factdesk.text.sentences import sentences

MOST = 2_000
"""Characters of a passage at most: what the encoder reads whole in most languages."""
MOST_PIECES, LEAST_PIECE = 16, 60
"""Pieces of a passage at most, and the characters below which a sentence is no piece of its own."""
LONGEST_HEADING = 200
"""Characters of a heading that are kept as such."""

_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text[start:end]` of a document. `page` is that of its beginning, 0 where there are none; `heading` is the
    nearest one above it or at its beginning, on one line."""

    start: int
    end: int
    page: int = 0
    heading: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a part of one that is too long, with its block."""

    start: int
    end: int
    block: Block


def passages(document: Document, most: int = MOST) -> tuple[Passage, ...]:
    """The passages of a document's main content, in order, none longer than `most` and none blank.

    A document without blocks is one section. One with blocks of which none is main is taken as it is, furniture and
    all: what has no main content must still be found.
    """
    blocks = document.blocks or (Block(0, len(document.text)),)
    if not any(_is_main(block) for block in blocks):
        blocks = tuple(Block(b.start, b.end, page=b.page) for b in blocks)
    found: list[Passage] = []
    heading = ""
    for section in _sections(blocks):
        heading = _heading(document.text, section) or heading
        units = list(_units(document.text, section, most))
        found.extend(_passage(group, heading) for group in _groups(units, most))
    return tuple(found)


def sentence_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of a passage, as places in the whole text."""
    return tuple(Span(start + span.start, start + span.end) for span in sentences(text[start:end]))


def piece_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """A passage's sentences in the pieces that have a vector of their own: single ones, but short ones together with
    their neighbours, and not too many."""
    found = _joined(spans, LEAST_PIECE)
    if len(found) <= MOST_PIECES:
        return found
    return _joined(spans, -(-(spans[-1].end - spans[0].start) // MOST_PIECES))


def _joined(spans: Sequence[Span], least: int) -> tuple[Span, ...]:
    """Neighbours together until they are `least` characters long; what is left over goes to the last."""
    found: list[Span] = []
    start = None
    for span in spans:
        start = span.start if start is None else start
        if span.end - start >= least:
            found.append(Span(start, span.end))
            start = None
    if start is not None:
        found[-1:] = [Span(found[-1].start if found else start, spans[-1].end)]
    return tuple(found)


def _is_main(block: Block) -> bool:
    return block.main and block.kind != "furniture"


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Runs of main blocks: furniture ends one, and so does a heading that has a body above it."""
    for main, run in groupby(blocks, _is_main):
        if not main:
            continue
        section: list[Block] = []
        for block in run:
            if block.kind == "heading" and any(other.kind != "heading" for other in section):
                yield section
                section = []
            section.append(block)
        yield section


def _heading(text: str, section: Sequence[Block]) -> str:
    """The last of the headings that a section begins with."""
    found = ""
    for block in section:
        if block.kind != "heading":
            break
        found = " ".join(text[block.start : block.end].split())[:LONGEST_HEADING] or found
    return found


def _units(text: str, section: Sequence[Block], most: int) -> Iterator[_Unit]:
    for block in section:
        for span in sentence_spans(text, block.start, block.end):
            for start, end in _bounded(text, span, most):
                yield _Unit(start, end, block)


def _bounded(text: str, span: Span, most: int) -> Iterator[tuple[int, int]]:
    """A sentence in parts of at most `most` characters, cut at the last white space where there is some."""
    start = span.start
    while span.end - start > most:
        cut = start + most
        spaces = [found.end() for found in _SPACE.finditer(text, start + most // 2, cut)]
        end = spaces[-1] if spaces else cut
        if text[start:end].strip():
            yield _stripped(text, start, end)
        start = end
    if text[start : span.end].strip():
        yield _stripped(text, start, span.end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _groups(units: Sequence[_Unit], most: int) -> Iterator[Sequence[_Unit]]:
    """Neighbours together, in as few groups as will do and of about the same length."""
    first = 0
    while first < len(units):
        left = units[-1].end - units[first].start
        aim = units[first].start + left / -(-left // most)
        last = first
        while last + 1 < len(units) and _fits(units, first, last + 1, aim, most):
            last += 1
        yield units[first : last + 1]
        first = last + 1


def _fits(units: Sequence[_Unit], first: int, following: int, aim: float, most: int) -> bool:
    """Whether the following unit still belongs to a group: there is room, and the end comes nearer to the aim."""
    now, then = units[following - 1].end, units[following].end
    return then - units[first].start <= most and (then <= aim or then - aim <= aim - now)


def _passage(units: Sequence[_Unit], heading: str) -> Passage:
    return Passage(units[0].start, units[-1].end, units[0].block.page, heading)
