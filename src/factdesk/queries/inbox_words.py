"""Tips that the encoder cannot read (Vietnamese typed without marks) put to those in nearly the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import floor

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.queries.inbox_groups import Message, differ
from factdesk.text.fold import terms

SHARED = 0.7
"""Share of all words of two messages, folded, that both must have."""


def joined(messages: Sequence[Message], vectors: Vectors, owners: Sequence[int]) -> list[int]:
    """The groups (`inbox_groups.grouped`) with the unreadable ones, whose vectors are 0, in the nearest by words."""
    found = list(owners)
    unread = [int(place) for place in np.flatnonzero(~vectors.any(axis=1))]
    if not unread:
        return found
    bags = _Bags()
    for place in sorted(set(owners) - set(unread)):
        if messages[place].language in ("vi", ""):
            bags.add(place, messages[place].text)
    bags.seen()
    for place in unread:
        near = (other for other in bags.near(messages[place].text) if not differ(messages[other], messages[place]))
        found[place] = next(near, place)
        if found[place] == place:
            bags.add(place, messages[place].text)
    return found


class _Bags:
    """First messages by their folded words. Two that share 7 of 10 words share one of the rarest 3 of each 10."""

    def __init__(self) -> None:
        self.words: dict[int, frozenset[str]] = {}
        self.having: dict[str, list[int]] = {}
        self.count: Counter[str] = Counter()

    def add(self, place: int, text: str) -> None:
        """Keep a message."""
        self.words[place] = frozenset(terms(text))
        for word in self.words[place]:
            self.having.setdefault(word, []).append(place)

    def seen(self) -> None:
        """How rare each word is, from now on."""
        self.count = Counter({word: len(places) for word, places in self.having.items()})

    def near(self, text: str) -> list[int]:
        """The messages that share enough words, the nearest first; of equals the oldest."""
        own = frozenset(terms(text))
        rarest = sorted(own, key=lambda word: (self.count[word], word))
        looked = rarest[: len(own) - floor(SHARED * len(own)) + 1]
        places = {place for word in looked for place in self.having.get(word, ())}
        shares = {place: len(own & self.words[place]) / len(own | self.words[place]) for place in places}
        return sorted((place for place in places if shares[place] >= SHARED), key=lambda place: (-shares[place], place))
