"""A desk's own calibration, learned from the matches that its people confirmed and rejected."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from factdesk.errors import InputError
from factdesk.match.features import features
from factdesk.match.model import OWN, load_matcher, shipped_data
from factdesk.match.recalibrate import Floats, fit, held_out_losses
from factdesk.queries.candidates import Shelf, candidates
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.queries.prepare import prepare
from factdesk.queries.ranking import query_of
from factdesk.search.base import OPEN
from factdesk.store.judgements import Labelled, labelled

LEAST = 20
"""Confirmed and rejected matches, of each, below which nothing is learned."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned from, the loss on judgements left out (nats: shipped, own), and whether it was kept."""

    confirmed: int
    rejected: int
    shipped_loss: float
    own_loss: float
    kept: bool


def learn(desk: Desk, *, actor: str = "desk", progress: Progress = no_progress) -> Learned:
    """Fit the desk's own calibration and keep it where it does better than the shipped one on what was left out.

    Raises `InputError` with fewer than 20 confirmed or 20 rejected matches.
    """
    with desk.record.read() as session:
        judged = list(labelled(session))
    confirmed = sum(row.verdict == "confirmed" for row in judged)
    if min(confirmed, len(judged) - confirmed) < LEAST:
        raise InputError(
            "There are {confirmed} confirmed and {rejected} rejected matches; {least} of each are needed.",
            remedy="Confirm and reject more with: factdesk match confirm, factdesk match reject",
            confirmed=confirmed,
            rejected=len(judged) - confirmed,
            least=LEAST,
        )
    chances, right = _shipped_chances(desk, judged, progress)
    before, after = held_out_losses(chances, right)
    kept = after < before
    if kept:
        _keep(desk, chances, right, actor)
    return Learned(confirmed, len(judged) - confirmed, before, after, kept)


def forget(desk: Desk, *, actor: str = "desk") -> bool:
    """Go back to the shipped calibration; whether there was one of the desk's own."""
    path = desk.config.folder / OWN
    if not path.exists():
        return False
    with desk.record.write() as writer:
        writer.append(actor, "matcher.forget", "matcher", {})
        path.unlink()
    return True


def _shipped_chances(desk: Desk, judged: list[Labelled], progress: Progress) -> tuple[Floats, NDArray[np.bool_]]:
    """What the shipped table says of each judged match that it would have shown at all."""
    index, shelf, matcher = desk.index(), Shelf(), load_matcher(desk.encoder.name)
    chances, right = [], []
    for done, row in enumerate(judged, 1):
        prepared = prepare(row.message)
        vectors = matcher.project(desk.encoder.encode(prepared.texts))
        found = candidates(desk, index, shelf.at(index), prepared, vectors, OPEN)
        place = next((at for at, known in enumerate(found) if known.id == row.review_id), None)
        if place is not None:
            rows = features(query_of(prepared, vectors), [known.parts for known in found], shelf.rarity)
            chances.append(float(matcher.probability(rows)[place]))
            right.append(row.verdict == "confirmed")
        progress(done, len(judged))
    return np.array(chances), np.array(right, bool)


def _keep(desk: Desk, chances: Floats, right: NDArray[np.bool_], actor: str) -> None:
    calibration = fit(chances, right)
    data = dict(shipped_data())
    points = np.array(data["calibration"], np.float64)
    turned = calibration(points[:, 1])
    data["calibration"] = [
        [round(x, 4), round(float(y), 6)] for x, y in zip(points[:, 0].tolist(), turned, strict=True)
    ]
    text = json.dumps(data, separators=(",", ":")) + "\n"
    path = desk.config.folder / OWN
    beside = path.with_name(f".{OWN}.{os.getpid()}")
    with desk.record.write() as writer:
        digest = hashlib.sha256(text.encode()).hexdigest()
        writer.append(actor, "matcher.learn", "matcher", {"digest": digest, "judgements": len(right)})
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
