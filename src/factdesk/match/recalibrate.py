"""Fitting the calibration to a desk's own confirmed and rejected matches (Platt 1999, held to the shipped one).

The order of candidates stays that of the shipped trees; only how probable a margin is changes. A few dozen judgements
are enough for two numbers, and far too few for more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HOLD = 5.0
"""How strongly slope and shift are held to those of the shipped calibration."""
FOLDS = 5
STEPS = 50


@dataclass(frozen=True, slots=True)
class Calibration:
    """`slope` and `shift` of the log odds."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, chances: Floats) -> Floats:
        """Probabilities turned by slope and shift."""
        return _sigmoid(self.slope * log_odds(chances) + self.shift)


def fit(chances: Floats, right: NDArray[np.bool_]) -> Calibration:
    """Slope and shift that make the shipped probabilities fit what people said, by Newton's method."""
    x = np.stack([log_odds(chances), np.ones_like(chances)], axis=1)
    target = np.array([1.0, 0.0])
    weights = target.copy()
    for _ in range(STEPS):
        p = _sigmoid(x @ weights)
        gradient = x.T @ (p - right) + HOLD * (weights - target)
        curvature = (x * (p * (1 - p))[:, None]).T @ x + HOLD * np.eye(2)
        step = np.linalg.solve(curvature, gradient)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    # A slope below zero would turn the order round, which no number of judgements is reason enough for.
    return Calibration(max(float(weights[0]), 0.05), float(weights[1]))


def held_out_losses(chances: Floats, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Mean logarithmic loss of the shipped and of the fitted calibration, each judgement left out of its own fit."""
    fold = np.arange(len(right)) % FOLDS
    fitted = np.zeros_like(chances)
    for number in range(FOLDS):
        fitted[fold == number] = fit(chances[fold != number], right[fold != number])(chances[fold == number])
    return loss(chances, right), loss(fitted, right)


def loss(chances: Floats, right: NDArray[np.bool_]) -> float:
    """Mean logarithmic loss, in nats."""
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    return float(-np.mean(np.where(right, np.log(safe), np.log1p(-safe))))


def log_odds(chances: Floats) -> Floats:
    """Log odds of probabilities, kept finite."""
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(safe) - np.log1p(-safe))


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))
