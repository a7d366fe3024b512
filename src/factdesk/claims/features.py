"""What can be counted in a sentence without a language model, as the numbers the classifiers see beside its vector."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from factdesk.claims.cues import NAMES, cues
from factdesk.text.fold import fold
from factdesk.text.negation import negations
from factdesk.text.numbers import Quantity, numbers

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUESTION = re.compile(r"[?？؟]\s*[\"'”’)]*\s*\Z")


@dataclass(frozen=True)
class Sentence:
    """A sentence with what is counted in it, each counted once, when first asked for."""

    text: str
    language: str = ""

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)

    @cached_property
    def cues(self) -> dict[str, list[str]]:
        return cues(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return numbers(self.text, self.language)

    def has(self, name: str) -> bool:
        return name in self.cues

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return bool(_QUESTION.search(self.text))

    def count(self, *kinds: str) -> int:
        """How many quantities are of these kinds."""
        return sum(1 for item in self.quantities if item.kind in kinds)


def length(sentence: Sentence) -> float:
    """Words, as a logarithm."""
    return math.log1p(len(sentence.words))


def letters(sentence: Sentence) -> float:
    """Code points, as a logarithm: for scripts without spaces."""
    return math.log1p(len(sentence.text))


def short(sentence: Sentence) -> float:
    """Whether it has fewer than five words."""
    return float(len(sentence.words) < 5)


def figures(sentence: Sentence) -> float:
    """Plain numbers in it, three at most."""
    return min(3.0, sentence.count("number"))


def shares(sentence: Sentence) -> float:
    """Whether it has a percentage."""
    return float(sentence.count("percent") > 0)


def sums(sentence: Sentence) -> float:
    """Whether it has an amount of money."""
    return float(sentence.count("money") > 0)


def times(sentence: Sentence) -> float:
    """Whether it has a date or a year."""
    return float(sentence.count("date", "year") > 0)


def places(sentence: Sentence) -> float:
    """Whether it has an ordinal."""
    return float(sentence.count("ordinal") > 0)


def names(sentence: Sentence) -> float:
    """Words that begin with a capital past the first, by the words in all."""
    rest = sentence.words[1:]
    return sum(1 for word in rest if word[0].isupper() and word not in ("I", "I'm")) / max(1, len(rest))


def shouting(sentence: Sentence) -> float:
    """Words in capitals throughout, by the words in all."""
    return sum(1 for word in sentence.words if len(word) > 3 and word.isupper()) / max(1, len(sentence.words))


def question(sentence: Sentence) -> float:
    """Whether it ends in a question mark."""
    return float(sentence.asks)


def exclaims(sentence: Sentence) -> float:
    """Whether it has an exclamation mark."""
    return float("!" in sentence.text or "！" in sentence.text)


def denies(sentence: Sentence) -> float:
    """Negations, two at most."""
    return min(2.0, negations(sentence.text, sentence.language))


def quotes(sentence: Sentence) -> float:
    """Whether it quotes."""
    return float(any(mark in sentence.text for mark in '"“”«»'))


def breaks_off(sentence: Sentence) -> float:
    """Whether it ends without a full stop: a headline, a heading, or a sentence broken off."""
    return float(not sentence.text.rstrip().endswith((".", "!", "?", "。", "।", "؟", '"', "”")))


Feature = Callable[[Sentence], float]


def _cue(name: str) -> Feature:
    def feature(sentence: Sentence) -> float:
        return min(2.0, len(sentence.cues.get(name, ())))

    feature.__doc__ = f"Cues of the list `{name}`, two at most."
    return feature


def _starts(name: str) -> Feature:
    def feature(sentence: Sentence) -> float:
        hits = sentence.cues.get(name, [])
        return float(bool(hits) and " ".join(sentence.words).lower().startswith(hits[0]))

    feature.__doc__ = f"Whether it begins with a cue of the list `{name}`."
    return feature


_COUNTED: tuple[Feature, ...] = (
    length, letters, short, figures, shares, sums, times, places, names, shouting, question, exclaims, denies, quotes,
    breaks_off,
)  # fmt: skip
_FIRST = ("view", "ought", "self", "we", "they", "you", "asks", "calls")

FEATURES: Mapping[str, Feature] = {
    **{item.__name__: item for item in _COUNTED},
    **{f"cue_{name}": _cue(name) for name in NAMES},
    **{f"starts_{name}": _starts(name) for name in _FIRST},
}


BUCKETS = 4096


def folded_words(sentences: Sequence[Sentence]) -> NDArray[np.float32]:
    """The words and pairs of words of sentences without their marks, hashed, float32[n, BUCKETS], rows of length 1."""
    found = np.zeros((len(sentences), BUCKETS), np.float32)
    for place, sentence in enumerate(sentences):
        words = [word.strip(".,;:!?…\"'()") for word in fold(sentence.text).split()]
        for word in (*words, *(f"{left} {right}" for left, right in pairwise(words))):
            found[place, crc32(word.encode()) % BUCKETS] = 1
        found[place] /= np.sqrt(max(1.0, float(found[place].sum())))
    return found


def table(sentences: Sequence[Sentence]) -> NDArray[np.float32]:
    """The features of sentences, float32[n, features], in the order of `FEATURES`."""
    found = np.zeros((len(sentences), len(FEATURES)), np.float32)
    for row, sentence in zip(found, sentences, strict=True):
        row[:] = [feature(sentence) for feature in FEATURES.values()]
    return found
