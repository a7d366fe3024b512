"""The default encoder: multilingual-e5-small in four bits, on onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.encode.prepare import prepared_folder
from factdesk.encode.tokens import Tokens
from factdesk.encode.weights import BLOCK, BLOCK_BYTES, find_weights, rows
from factdesk.errors import ResourceError

NAME = "e5-small-q4-1"
PREFIX = "query: "
"""Put before every text: claims are held against claims, so both sides are queries."""
MAX_ROWS = 16
MAX_BATCH_TOKENS = 2048


class E5Encoder:
    """Sentence vectors of 384 numbers, about 100 languages."""

    name = NAME

    def __init__(self, models: Path, threads: int = 0) -> None:
        folder = prepared_folder(models)
        layout = json.loads((folder / "layout.json").read_text(encoding="utf-8"))
        self.dimension: int = layout["hidden"]
        self._words = _word_table(find_weights(models), layout)
        self._positions: Vectors = np.load(folder / "positions.npy", mmap_mode="r")
        self._tokens = Tokens(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "graph.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, 384]; only the first 512 tokens of a text count."""
        return self._encode(texts, "vector", self.dimension)

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """The means of four layers side by side, float32[n, 4 * 384], not of unit length: see `graph.LAYERS`."""
        return self._encode(texts, "layers", 4 * self.dimension)

    def _encode(self, texts: Sequence[str], output: str, width: int) -> Vectors:
        tokens = [self._tokens.encode(PREFIX + text) for text in texts]
        vectors = np.zeros((len(texts), width), np.float32)
        for batch in _batches([len(row) for row in tokens]):
            vectors[batch] = self._run([tokens[row] for row in batch], output)
        return vectors

    def _run(self, batch: list[list[int]], output: str) -> Vectors:
        longest = max(map(len, batch))
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for row, numbers in enumerate(batch):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        distinct, places = np.unique(ids, return_inverse=True)
        x = rows(self._words[distinct])[places].reshape(*ids.shape, -1) + self._positions[:longest]
        (vectors,) = self._session.run([output], {"x": x, "mask": mask})
        return np.asarray(vectors, np.float32)


def _word_table(path: Path, layout: dict[str, int]) -> NDArray[np.uint8]:
    if path.stat().st_size != layout["bytes"]:
        raise ResourceError(
            "The weights of the sentence encoder have changed since they were prepared.",
            place=str(path),
            remedy="Run: factdesk models fetch",
        )
    raw: NDArray[np.uint8] = np.memmap(path, np.uint8, "r", layout["offset"], (layout["size"],))
    return raw.reshape(-1, layout["hidden"] // BLOCK, BLOCK_BYTES)


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Row numbers in batches of like length, so that little is padded."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == MAX_ROWS or lengths[row] * (len(batch) + 1) > MAX_BATCH_TOKENS):
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
