"""What the rules on private data share: where they look, what they never repeat, and who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Finding
from factdesk.lint.once import once

_READ = ("title", "summary")
_SENTENCE_ENDS = re.compile(r"[.!?…](?:\s|$)|\n\s*\n")
WRAPPED = re.compile(r"(?<=\S)\n(?=\S)")
"""The line ends within a paragraph of prose."""
_FIGURES = re.compile(r"\d(?:[ .\u00a0-]?\d){2,}")
_AROUND = 120
"""Characters before and behind a number in which everything stands that says what it is."""
_SHOWN = 3
"""Characters of what is private that a finding repeats, so that one finds it and nobody can use it."""


@once
def shown(draft: Draft) -> str:
    """What readers see, as long as the file: its prose, its title and its summary."""
    pieces, at = [], 0
    for span in sorted((span for name in _READ for span in draft.field(name).spans), key=lambda span: span.start):
        pieces += [draft.prose[at : span.start], draft.source[span.start : span.end]]
        at = span.end
    # A line end within a paragraph is a space; where markup begins the next line, spaces stand already.
    return WRAPPED.sub(" ", "".join([*pieces, draft.prose[at:]]))


def masked(text: str) -> str:
    """The beginning of something private."""
    short = " ".join(text.split())
    return f"{short[: min(_SHOWN, len(short) // 3)]}…"


def initials(name: str) -> str:
    """A name by its first letters."""
    return " ".join(f"{word[0]}." for word in name.split())


def before(text: str, at: int, most: int = 100) -> str:
    """What stands before a place in the same sentence, at most so many characters."""
    piece = text[max(0, at - most) : at]
    ends = [found.end() for found in _SENTENCE_ENDS.finditer(piece)]
    return piece[ends[-1] :] if ends else piece


def behind(text: str, at: int, most: int = 100) -> str:
    """What stands behind a place in the same sentence, at most so many characters."""
    piece = text[at : at + most]
    found = _SENTENCE_ENDS.search(piece)
    return piece[: found.start()] if found else piece


def near_figures(draft: Draft, pattern: re.Pattern[str], least: int) -> Iterator[re.Match[str]]:
    """Where a pattern that ends with a number of `least` digits or more stands in what readers see.

    It is looked for around such numbers alone, which in most texts are few.
    """
    yield from within_windows(shown(draft), pattern, windows(_figures(draft), least))


def within_windows(text: str, pattern: re.Pattern[str], places: Iterable[Span]) -> Iterator[re.Match[str]]:
    """Where a pattern stands in parts of a text."""
    for place in places:
        yield from pattern.finditer(text, max(0, place.start), min(len(text), place.end))


@once
def _figures(draft: Draft) -> tuple[tuple[int, Span], ...]:
    """The runs of three digits or more in what readers see, with single marks between them; first how many."""
    found = _FIGURES.finditer(shown(draft))
    return tuple((sum(map(str.isdigit, each[0])), Span(each.start(), each.end())) for each in found)


def windows(found: Sequence[tuple[int, Span]], least: int = 0) -> Iterator[Span]:
    """The surroundings of what was found, joined where they meet, so that none ends within what else was found. What
    has a weight below the `least` has none."""
    held: Span | None = None
    for count, span in found:
        if held is not None and span.start - _AROUND <= held.end:
            held = Span(held.start, span.end + _AROUND)
        elif count >= least:
            if held is not None:
                yield held
            held = Span(span.start - _AROUND, span.end + _AROUND)
    if held is not None:
        yield held


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(letter for letter in text if letter.isdigit())


def addressed(draft: Draft, scheme: str) -> Iterator[tuple[str, Span]]:
    """Where links of a scheme (`mailto:`, `tel:`) lead, without what follows a question mark."""
    for link in draft.links:
        if link.url.lower().startswith(scheme):
            yield link.url[len(scheme) :].partition("?")[0], link.span


def private(code: str, start: int, end: int, template: str, what: str) -> Finding:
    """A finding that names something private by its beginning alone."""
    return Finding(code, Span(start, end), Reason(code, template, {"what": what}))
