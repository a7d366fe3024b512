"""The stance hint: what a piece of evidence seems to do to a claim, from a learned table and rules that bound it.

The table is a softmax over the features of `stance_features`, as readable JSON. It abstains below a probability that
was chosen on rows it had not learned from. *Refutes* is only ever sure where the two texts say a named thing
differently (that a text is another one contradicts nothing), and *supports* never where a number, a denial or an
opposite stands against it, or a number of the claim is not in the evidence. Where a text denies a statement, doubts
or only reports it, what it would say without such words is judged, and turned round or held back (`stance_framing`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

import numpy as np

from factdesk.domain.matches import Reason
from factdesk.domain.stance import STANCE_LABELS, StanceHint, StanceLabel
from factdesk.encode.base import Encoder, WordEncoder, WordStates
from factdesk.errors import ResourceError
from factdesk.match.stance_conflicts import Conflicts
from factdesk.match.stance_features import NAMES, features
from factdesk.match.stance_framing import STRAIGHT, Turn, turn_of, turned
from factdesk.match.stance_reasons import differences, reasons_for
from factdesk.match.stance_words import Floats, Pairing, Side, paired, side
from factdesk.text.framing import Frame, framed
from factdesk.text.language import unmarked_vietnamese

LONGEST = 6_000
"""Characters of a piece of evidence that are read; the encoder reads hardly more."""
UNMARKED = 0.5
"""Probability of Vietnamese without marks from which a text cannot be read, and the hint abstains."""
AT_ONCE = 32
"""Pairs that are encoded together."""
SURE_NOTHING = 1.0
Frames = tuple[Frame, ...]
CONTRADICTS = frozenset({"number_other", "denied", "opposite"})
"""Differences beside which the hint is never sure of *supports*."""


@dataclass(frozen=True, slots=True)
class StanceTable:
    """What `benchmarks/train_stance.py` learned.

    `centre` float32[384] is what all words have in common. A feature is shifted, scaled and clipped, then weighed:
    `weights` float32[features, 3], `bias` float32[3], in the order of `STANCE_LABELS`. `sure` is the probability from
    which the hint does not abstain.
    """

    encoder: str
    centre: Floats
    shift: Floats
    scale: Floats
    clip: float
    weights: Floats
    bias: Floats
    sure: float

    def chances(self, rows: Floats) -> Floats:
        """Calibrated probabilities float32[n, 3] of rows float32[n, features]."""
        scaled = np.clip((rows - self.shift) * self.scale, -self.clip, self.clip)
        odds = scaled @ self.weights + self.bias
        powers = np.exp(odds - odds.max(axis=1, keepdims=True, initial=-np.inf))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def table_from(data: Mapping[str, Any]) -> StanceTable:
    """The table that `data` describes. Raises `ValueError` when it was learned on other features."""
    if tuple(data["features"]) != NAMES:
        raise ValueError("the stance table was learned on other features")
    arrays = {name: np.array(data[name], np.float32) for name in ("centre", "shift", "scale", "weights", "bias")}
    return StanceTable(encoder=data["encoder"], clip=data["clip"], sure=data["sure"], **arrays)


@cache
def shipped_stance() -> StanceTable:
    """The table that comes with factdesk."""
    return table_from(json.loads(files("factdesk.match").joinpath("data", "stance.json").read_text(encoding="utf-8")))


def hint(claim: WordStates, evidence: WordStates, table: StanceTable | None = None) -> StanceHint:
    """What the evidence seems to do to the claim, both as the encoder saw them, neither framed."""
    table = table or shipped_stance()
    return _hint(side(claim, table.centre), side(evidence, table.centre), table)


def _hint(claim: Side, evidence: Side, table: StanceTable, frames: tuple[Frames, Frames] = ((), ())) -> StanceHint:
    pairing = paired(claim, evidence)
    if pairing is None:
        return StanceHint("neither", SURE_NOTHING, False, ())
    row, found = features(pairing)
    straight = table.chances(row[None])[0]
    differ = differences(pairing, found)
    turn = turn_of(pairing, *frames)
    chances = turned(straight, row, turn, differ)
    place = int(chances.argmax())
    label, probability = STANCE_LABELS[place], float(chances[place])
    sure = probability >= table.sure and permitted(label, differ, found, turn) and _readable(pairing)
    first = STANCE_LABELS[int(straight.argmax())]
    reasons = (*turn.reasons, *reasons_for(first, pairing, found, differ))
    return StanceHint(label, round(probability, 4), sure, reasons)


def permitted(label: StanceLabel, differ: Sequence[Reason], found: Conflicts, turn: Turn = STRAIGHT) -> bool:
    """Whether a hint may be sure of a label, by what the two texts were found to say differently; where one of them
    denies, by what was found of the other label in what they say without the denial."""
    if label == "neither":
        return True
    if not (turn.firm and turn.settles) or (turn.turns and label == "supports" and not turn.whole):
        return False
    if (label == "refutes") is not turn.turns:
        return bool(differ)
    return not (found.missing_numbers or any(reason.feature in CONTRADICTS for reason in differ))


def _readable(pairing: Pairing) -> bool:
    """Whether there are words to compare, and the encoder could make sense of both texts."""
    if not (pairing.claim.content.any() and pairing.evidence.content.any()):
        return False
    return all(unmarked_vietnamese(text) < UNMARKED for text in (pairing.claim.text, pairing.evidence.text))


def hints(pairs: Iterable[tuple[str, str]], encoder: Encoder) -> Iterator[StanceHint]:
    """A hint for each (claim, evidence), in their order; encodes each text once among the pairs held at once.

    Raises `ResourceError` when the table was not learned on this encoder.
    """
    table = shipped_stance()
    words = _checked(encoder, table)
    waiting = iter(pairs)
    while chunk := [(framed(claim), framed(evidence[:LONGEST])) for claim, evidence in islice(waiting, AT_ONCE)]:
        sides = _sides(list(dict.fromkeys(one.text for pair in chunk for one in pair)), words, table)
        for claim, evidence in chunk:
            yield _hint(sides[claim.text], sides[evidence.text], table, (claim.frames, evidence.frames))


def _sides(texts: Sequence[str], encoder: WordEncoder, table: StanceTable) -> dict[str, Side]:
    encoded = encoder.encode_words(texts)
    return {text: side(words, table.centre) for text, words in zip(texts, encoded, strict=True)}


def _checked(encoder: Encoder, table: StanceTable) -> WordEncoder:
    if encoder.name != table.encoder or not isinstance(encoder, WordEncoder):
        raise ResourceError(
            "A stance can only be hinted at with the encoder {needed}; this desk uses {name}.",
            remedy="Set the encoder of the desk to the default one.",
            needed=table.encoder,
            name=encoder.name,
        )
    return encoder
