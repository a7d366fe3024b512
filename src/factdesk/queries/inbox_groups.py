"""Which tips say the same: each joins the earlier one that is nearest to it, if that is near enough.

A group is held together by its first tip, never by a chain of neighbours, so that what is shown of it is what each of
its tips was compared with; and a new tip moves no old one. Vectors do not see another number or a “not”, so these are
looked at in the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.match.conflicts import compare, stated


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be grouped, with its language (empty for unknown)."""

    text: str
    language: str


def in_two_languages(one: Message, other: Message) -> bool:
    """Whether two messages are known to be in different languages."""
    return bool(one.language and other.language and one.language != other.language)


@dataclass(frozen=True, slots=True)
class Bars:
    """Cosines from which two messages say the same: of one language, and of two."""

    within: float
    across: float

    def between(self, one: Message, other: Message) -> float:
        """The cosine from which these two say the same."""
        return self.across if in_two_languages(one, other) else self.within


MEASURED = Bars(0.65, 0.5)
"""For the encoder with its learned projection (`benchmarks/inbox.py`). Within a language, on 4,722 posts: precision
0.94, recall 0.71 of pairs. Across, on 127 sample claims in English and Vietnamese: 29 % found, none of 16,002 other
pairs taken for one; of 30 pairs of posts between 0.50 and 0.62 that we read, 23 said the same, of 14 below it 7."""
SUGGESTED = Bars(0.5, 0.35)
"""From which a claim is suggested to a person. Across, 70 % of the sample's are found, with 31 false of 16,002; within
English, 20 of 8,001 pairs of different claims are above."""
UNTURNED = Bars(0.95, 0.95)
"""For an encoder without one, whose cosines are high for whatever is written: nearly the same words."""
ONE_STATEMENT = 280
"""Characters up to which a different number makes a different message. A long one has numbers enough to differ in one
and still be the same."""
TRIED = 5
"""First tips that are compared in their words, the nearest first."""
BLOCK = 512


def grouped(messages: Sequence[Message], vectors: Vectors, bars: Bars = MEASURED) -> list[int]:
    """For each message the place of the first one of its group, which is its own where it begins one.

    `vectors` float32[messages, dimension], as they are compared.
    """
    low = min(bars.within, bars.across)
    found: list[int] = []
    firsts: list[int] = []
    for start in range(0, len(messages), BLOCK):
        block = vectors[start : start + BLOCK]
        before = np.array(firsts, np.int64)
        to_before, within = block @ vectors[before].T, block @ block.T
        began: list[int] = []
        for row in range(len(block)):
            near = [(float(to_before[row, at]), int(before[at])) for at in np.flatnonzero(to_before[row] >= low)]
            near += [(float(within[row, at]), start + at) for at in began if within[row, at] >= low]
            own = _first(messages, start + row, near, bars)
            found.append(own)
            if own == start + row:
                began.append(row)
        firsts += [start + row for row in began]
    return found


def _first(messages: Sequence[Message], at: int, near: Sequence[tuple[float, int]], bars: Bars) -> int:
    """The group of one message: the nearest first message that says the same, or itself. `near` has cosines."""
    message = messages[at]
    enough = [(-cosine, place) for cosine, place in near if cosine >= bars.between(messages[place], message)]
    for _, place in sorted(enough)[:TRIED]:
        if not differ(messages[place], message):
            return place
    return at


def differ(one: Message, other: Message) -> bool:
    """Whether two short messages contradict each other: by a number, a negation, or all against some."""
    if one.text == other.text or max(len(one.text), len(other.text)) > ONE_STATEMENT:
        return False
    found = compare(stated(other.text, other.language), stated(one.text, one.language))
    return found.numbers_differ or found.negation_differs or found.quantifiers_differ
