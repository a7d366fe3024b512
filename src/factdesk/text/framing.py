"""What a text says about its own statements: that they are not so, that nothing shows them, that people say them.

`There is no evidence that garlic cures cancer` holds `garlic cures cancer` and does not say it. The words that do this
are taken out, so that what remains can be compared with another text, and are kept beside it with the place of what
they bear on. Vietnamese (with its marks) and English, by lists of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factdesk.text.framing_words import Kind, Where, patterns
from factdesk.text.sentences import sentences

_TURNS = re.compile(r";|,?\s+(?:but|however|whereas|although|nhưng|tuy nhiên|trong khi|mặc dù)(?!\w)", re.IGNORECASE)
"""Where a sentence turns: what stands behind is no longer denied by what stands before."""
FEWEST = 3
"""Words before `là tin đồn` from which they are a statement and not a mere thing."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that bear on a statement: `start` and `end` are the statement's place in the text without such words.

    `plainly` is whether they stand first, or enclose the statement: then the whole text is about whether it is so, and
    not, say, about who denies it.
    """

    kind: Kind
    start: int
    end: int
    words: str
    plainly: bool


@dataclass(frozen=True, slots=True)
class Framed:
    """A text without the words that bear on its statements, and what these were."""

    text: str
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    kind: Kind
    where: Where
    start: int
    end: int


def framed(text: str) -> Framed:
    """A text taken apart. It comes back as it is where nothing bears on anything."""
    kept: list[str] = []
    frames: list[Frame] = []
    done = length = 0
    before = (0, 0)
    for start, end in _clauses(text):
        found = _found(text[start:end])
        if not found:
            here = text[done:end]
        else:
            here, mine = _taken_out(text, (done, start, end), found, length, before)
            frames += mine
        kept.append(here)
        before = (length, length + len(here))
        length += len(here)
        done = end
    plain = "".join(kept) + text[done:]
    return Framed(plain, tuple(frames)) if any(letter.isalnum() for letter in plain) else Framed(text)


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sentences, cut where they turn."""
    for span in sentences(text):
        start = span.start
        for turn in _TURNS.finditer(text, span.start, span.end):
            if turn.start() > start:
                yield start, turn.start()
                start = turn.start()
        if span.end > start:
            yield start, span.end


def _found(clause: str) -> list[_Found]:
    """The words that bear on something in a clause, in its order; what only opens a statement counts with its close."""
    taken: list[_Found] = []
    clause = clause.replace("’", "'")
    for kind, where, pattern in patterns():
        for hit in pattern.finditer(clause):
            if all(hit.end() <= one.start or one.end <= hit.start() for one in taken):
                taken.append(_Found(kind, where, hit.start(), hit.end()))
    taken.sort(key=lambda one: one.start)
    opened = any(one.where in ("opens", "before") for one in taken)
    closed = [one for one in taken if one.where in ("closes", "ends")]
    kept = [one for one in taken if one.where != "closes" or opened]
    kept = [one for one in kept if one.where != "ends" or opened or _is_statement(clause[: one.start])]
    return [one for one in kept if one.where != "opens" or any(one.end <= close.start for close in closed)]


def _is_statement(words: str) -> bool:
    return len(words.split()) > FEWEST


def _taken_out(
    text: str, place: tuple[int, int, int], found: Sequence[_Found], length: int, before: tuple[int, int]
) -> tuple[str, list[Frame]]:
    """A clause without those words, and one frame for what they say together.

    `place` is where the text before was done, and where the clause begins and ends; `length` is how long the text is
    that was kept so far, `before` the place of the clause before, in that text.
    """
    done, start, end = place
    kept, at = text[done:start], start
    places: list[int] = []
    for one in found:
        kept += (
            text[at : start + one.start].rstrip() if one.where in ("closes", "ends") else text[at : start + one.start]
        )
        places.append(length + len(kept))
        at = start + one.end
        if not kept[-1:].strip():
            at += len(text[at:end]) - len(text[at:end].lstrip(" ,:"))
    kept += text[at:end]
    kind = _together([one.kind for one in found])
    if kind is None:
        return kept, []
    region = _region(found, places, (length + start - done, length + len(kept)), before)
    words = " … ".join(text[start + one.start : start + one.end].strip() for one in found)
    first = not text[start : start + found[0].start].strip(" ,;\"'“‘")
    alone = first and found[0].where in ("ends", "points")
    return kept, [Frame(kind, *region, words, first and not alone)]


def _together(kinds: Sequence[Kind]) -> Kind | None:
    """What several such words say of the innermost statement; None where they take one another back."""
    weighty = [kind for kind in kinds if kind in ("denies", "doubts")]
    if len(weighty) > 1:
        return None if set(weighty) == {"denies"} and len(weighty) % 2 == 0 else "reports"
    if weighty:
        return weighty[0]
    return "reports" if "reports" in kinds and "states" not in kinds else None


def _region(
    found: Sequence[_Found], places: Sequence[int], clause: tuple[int, int], before: tuple[int, int]
) -> tuple[int, int]:
    """The place of what is borne on, in the text that was kept."""
    wheres = [one.where for one in found]
    if "points" in wheres:
        return before
    start = max(
        (place for where, place in zip(wheres, places, strict=True) if where in ("opens", "before")), default=-1
    )
    end = next((place for where, place in zip(wheres, places, strict=True) if where in ("closes", "ends")), clause[1])
    if start < 0 or end <= start:
        return clause[0], end
    return start, end
