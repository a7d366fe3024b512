"""The encoder as the rest of factdesk sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dimension), rows of length 1."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose cosine tells how near their meanings are."""

    @property
    def name(self) -> str:
        """The model's name with its version: vectors of different names are never compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of the texts, in their order. An empty sequence gives shape (0, dimension)."""


@runtime_checkable
class LayeredEncoder(Protocol):
    """An encoder that also shows its inner layers, which tell better than the vector what kind a sentence is."""

    @property
    def name(self) -> str:
        """The model's name with its version."""

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """The means of some layers side by side, float32[n, width], not of unit length."""


@dataclass(frozen=True, slots=True)
class WordStates:
    """A text's words as an encoder sees them where they stand. `text` is the text as the encoder read it.

    `spans` are the words' places in `text`, apart by white space; `states` float32[words, width], not of unit length;
    `vector` float32[dimension], the unit vector of the whole. Words past what the encoder reads have no place here.
    """

    text: str
    spans: tuple[tuple[int, int], ...]
    states: Vectors
    vector: Vectors


@runtime_checkable
class WordEncoder(Protocol):
    """An encoder that also shows the words of a text in their context."""

    @property
    def name(self) -> str:
        """The model's name with its version."""

    def encode_words(self, texts: Sequence[str]) -> list[WordStates]:
        """The words of each text, in the order of the texts."""


@runtime_checkable
class PieceEncoder(Protocol):
    """An encoder that also gives the vectors of a text's pieces as they stand in it, in one go with the whole."""

    def encode_pieces(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """For each text, given in its pieces: a row for the whole, then one for each piece in its context."""


def encode_pieces(encoder: Encoder, texts: Sequence[Sequence[str]]) -> list[Vectors]:
    """As `PieceEncoder.encode_pieces`; an encoder that cannot do that sees each piece by itself."""
    if isinstance(encoder, PieceEncoder):
        return encoder.encode_pieces(texts)
    flat = encoder.encode([part for pieces in texts for part in (" ".join(pieces), *pieces)])
    ends = np.cumsum([1 + len(pieces) for pieces in texts], dtype=np.int64)
    return np.split(flat, ends[:-1]) if len(texts) else []
