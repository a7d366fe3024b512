"""Learning the projection: a linear turn of the vectors under which a message is nearest to the claim it makes.

Softmax over all claims of a corpus (InfoNCE; van den Oord et al. 2018), the turn kept near the identity, claims that
say nearly the same as the right one left out of the sum. Gradients by hand: it is one matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.match.projection import Projection
from match_world import Corpus, Message

SHARPNESS = 20.0
ALIKE = 0.9
BATCH = 1024
EPOCHS = 6
RATE = 1e-3
PULL = 2e-3
"""How strongly the turn is held to the identity."""

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Set:
    """Messages of one corpus with one right claim each, centred and of unit length."""

    messages: Floats
    right: NDArray[np.int64]
    sides: tuple[Floats, ...]
    alike: NDArray[np.bool_]


def centred(vectors: Vectors, mean: Floats) -> Floats:
    """Unit rows with the mean taken off."""
    rows = vectors - mean
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


def mean_of(corpora: list[Corpus]) -> Floats:
    """The mean of all claims and titles."""
    return np.asarray(np.concatenate([part for corpus in corpora for part in (corpus.claims, corpus.titles)]).mean(0))


def learn(corpora: list[Corpus], mean: Floats, held_out: int, epochs: int = EPOCHS) -> Projection:
    """The projection learned on every message of the folds but `held_out` (and never on test)."""
    sets = [_set(corpus, mean, held_out) for corpus in corpora]
    random = np.random.default_rng(held_out + 7)
    size = len(mean)
    turn = np.eye(size, dtype=np.float32)
    first, second = np.zeros_like(turn), np.zeros_like(turn)
    step = 0
    for _ in range(epochs):
        order = random.permutation(len(sets[-1].right))
        for start in range(0, len(order), BATCH):
            gradient = 2 * PULL * (turn - np.eye(size, dtype=np.float32))
            gradient += _gradient(sets[-1], order[start : start + BATCH], turn)
            for other in sets[:-1]:
                some = random.integers(len(other.right), size=min(200, len(other.right)))
                gradient += 0.4 * _gradient(other, some, turn)
            step += 1
            first = 0.9 * first + 0.1 * gradient
            second = 0.999 * second + 0.001 * gradient**2
            scale = np.sqrt(second / (1 - 0.999**step)) + 1e-8
            turn = np.asarray(turn - RATE * (first / (1 - 0.9**step)) / scale, np.float32)
    return Projection("p1", mean, turn)


def _set(corpus: Corpus, mean: Floats, held_out: int) -> Set:
    chosen: list[Message] = [m for m in corpus.messages if m.fold not in (-1, held_out)]
    messages = centred(np.stack([message.vectors[0] for message in chosen]), mean)
    claims = centred(corpus.claims, mean)
    sides = (claims,) if np.array_equal(corpus.claims, corpus.titles) else (claims, centred(corpus.titles, mean))
    right = np.array([min(message.right) for message in chosen])
    return Set(messages, right, sides, claims @ claims.T > ALIKE)


def _gradient(data: Set, rows: NDArray[np.int64], turn: Floats) -> Floats:
    """The gradient of the mean loss of some messages by the turn."""
    x, right = data.messages[rows], data.right[rows]
    q, q_length = _unit(x @ turn)
    turned = [_unit(side @ turn) for side in data.sides]
    scores = np.stack([q @ side.T for side, _ in turned])
    best = scores.argmax(axis=0) if len(turned) > 1 else None
    logits = SHARPNESS * scores.max(axis=0)
    hidden = data.alike[right].copy()
    hidden[np.arange(len(right)), right] = False
    logits[hidden] = -1e4
    logits -= logits.max(axis=1, keepdims=True)
    weights = np.exp(logits)
    weights /= weights.sum(axis=1, keepdims=True)
    weights[np.arange(len(right)), right] -= 1
    weights *= SHARPNESS / len(right)
    gradient = np.zeros_like(turn)
    d_q = np.zeros_like(q)
    for number, ((side, length), raw) in enumerate(zip(turned, data.sides, strict=True)):
        own = weights if best is None else np.where(best == number, weights, 0)
        d_q += own @ side
        gradient += raw.T @ _through_unit(own.T @ q, side, length)
    return np.asarray(gradient + x.T @ _through_unit(d_q, q, q_length), np.float32)


def _unit(rows: Floats) -> tuple[Floats, Floats]:
    length = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return rows / length, length


def _through_unit(gradient: Floats, unit: Floats, length: Floats) -> Floats:
    """A gradient by unit rows as one by the rows before they were made unit."""
    return np.asarray((gradient - (gradient * unit).sum(axis=1, keepdims=True) * unit) / length, np.float32)
