"""The default encoder: multilingual-e5-small in four bits, on onnxruntime."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from factdesk.encode.base import Vectors, WordStates
from factdesk.encode.prepare import prepared_folder
from factdesk.encode.tokens import Tokens
from factdesk.encode.weights import BLOCK, BLOCK_BYTES, find_weights, rows
from factdesk.errors import ResourceError

NAME = "e5-small-q4-1"
PREFIX = "query: "
"""Put before every text: claims are held against claims, so both sides are queries."""
MAX_ROWS = 16
MAX_BATCH_TOKENS = 2048
OUTPUTS = ("vector", "layers")
FEW, REMEMBERED = 32, 256
"""Calls of up to so many texts look among the last texts encoded, some 8 kB each."""
_WORD = re.compile(r"\S+")
UNIQUE_FROM = 128
"""Tokens from which it pays to unpack each different one once."""


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
        self._recent: dict[str, dict[str, Vectors]] = {}
        self._guard = threading.Lock()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 3
        # Threads that wait for work by spinning take twice the processor time, and on a busy machine twice the wait.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "graph.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, float32[n, 384]; only the first 512 tokens of a text count."""
        return self._encode(texts, "vector", self.dimension)

    def encode_layers(self, texts: Sequence[str]) -> Vectors:
        """The means of four layers side by side, float32[n, 4 * 384], not of unit length: see `graph.LAYERS`."""
        return self._encode(texts, "layers", 4 * self.dimension)

    def encode_words(self, texts: Sequence[str]) -> list[WordStates]:
        """The words of each text as they stand in their context, each the mean of its tokens (`graph.WORDS_LAYER`)."""
        normal = [self._tokens.normal(text) for text in texts]
        rows = [self._tokens.encode_words(text, PREFIX) for text in normal]
        found: list[WordStates | None] = [None] * len(texts)
        for batch in _batches([len(numbers) for numbers, _ in rows]):
            outputs = self._run([rows[row][0] for row in batch], ("vector", "states"))
            for spot, row in enumerate(batch):
                states, vector = outputs["states"][spot], outputs["vector"][spot]
                found[row] = _words(normal[row], rows[row][1], states, vector)
        return [words for words in found if words is not None]

    def encode_pieces(self, texts: Sequence[Sequence[str]]) -> list[Vectors]:
        """For each text, given in its pieces: a row for the whole, then one for each piece as it stands in the whole.

        Unit rows, float32[1 + pieces, 384], from one pass over the text ("late chunking", Günther et al. 2024). A
        piece past what the encoder reads is taken for the whole.
        """
        rows = [self._tokens.encode_pieces(pieces, PREFIX) for pieces in texts]
        found: list[Vectors] = [np.zeros((0, self.dimension), np.float32)] * len(texts)
        for batch in _batches([len(numbers) for numbers, _ in rows]):
            outputs = self._run([rows[row][0] for row in batch], ("vector", "final"))
            for spot, row in enumerate(batch):
                found[row] = _pieces(rows[row][1], outputs["final"][spot], outputs["vector"][spot])
        return found

    def _encode(self, texts: Sequence[str], output: str, width: int) -> Vectors:
        """Few texts are remembered with both outputs: a message's sentences are looked up and then judged."""
        few = len(texts) <= FEW
        vectors = np.zeros((len(texts), width), np.float32)
        waiting: dict[str, list[int]] = {}
        for row, text in enumerate(texts):
            known = self._recent.get(text) if few else None
            if known is None:
                waiting.setdefault(text, []).append(row)
            else:
                vectors[row] = known[output]
        distinct = list(waiting)
        tokens = [self._tokens.encode(PREFIX + text) for text in distinct]
        for batch in _batches([len(row) for row in tokens]):
            found = self._run([tokens[place] for place in batch], OUTPUTS if few else (output,))
            for spot, place in enumerate(batch):
                vectors[waiting[distinct[place]]] = found[output][spot]
                if few:
                    self._remember(distinct[place], {name: row[spot] for name, row in found.items()})
        return vectors

    def _remember(self, text: str, outputs: dict[str, Vectors]) -> None:
        with self._guard:
            self._recent[text] = outputs
            while len(self._recent) > REMEMBERED:
                del self._recent[next(iter(self._recent))]

    def _run(self, batch: list[list[int]], outputs: Sequence[str]) -> dict[str, Vectors]:
        longest = max(map(len, batch))
        ids = np.zeros((len(batch), longest), np.int64)
        mask = np.zeros((len(batch), longest), np.float32)
        for row, numbers in enumerate(batch):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        x = self._looked_up(ids) + self._positions[:longest]
        return dict(zip(outputs, self._session.run(list(outputs), {"x": x, "mask": mask}), strict=True))

    def _looked_up(self, ids: NDArray[np.int64]) -> Vectors:
        """The word vectors of token numbers: shape of `ids`, then 384."""
        if ids.size < UNIQUE_FROM:
            return rows(self._words[ids.reshape(-1)]).reshape(*ids.shape, -1)
        distinct, places = np.unique(ids, return_inverse=True)
        return rows(self._words[distinct])[places].reshape(*ids.shape, -1)


def _words(text: str, places: Sequence[tuple[int, int]], states: Vectors, vector: Vectors) -> WordStates:
    """Words from the states of their tokens, float32[tokens, 384]."""
    spans = tuple(found.span() for found, _ in zip(_WORD.finditer(text), places, strict=False))
    means = [states[start:end].mean(axis=0) for start, end in places]
    return WordStates(text, spans, np.stack(means) if means else states[:0], vector)


def _pieces(places: Sequence[tuple[int, int]], states: Vectors, whole: Vectors) -> Vectors:
    """The whole's vector above those of pieces, each the mean of its tokens' states; float32[1 + pieces, dimension]."""
    rows = [whole]
    for start, end in places:
        mean = states[start:end].mean(axis=0) if end > start else whole
        rows.append(mean / max(float(np.linalg.norm(mean)), 1e-9))
    return np.asarray(np.stack(rows), np.float32)


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
