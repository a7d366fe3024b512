"""What the stance hint is learned from and measured on: claims with evidence, each pair with its label and topic.

ViFactCheck (MIT) gives pairs with the evidence quoted, and its articles the same claims with the paragraph around it,
and with sentences that say nothing of them. benchmarks/data has pairs of our own in Vietnamese, English and across.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bench_data import ROOT, read_rows
from factdesk.domain.matches import Reason
from factdesk.domain.stance import STANCE_LABELS
from factdesk.encode.base import WordEncoder, WordStates
from factdesk.match.stance import LONGEST, StanceTable, permitted
from factdesk.match.stance_features import features
from factdesk.match.stance_framing import STRAIGHT, Turn, turn_of, turned
from factdesk.match.stance_reasons import differences
from factdesk.match.stance_words import Floats, Side, paired, side
from factdesk.text.fold import terms
from factdesk.text.framing import Framed, framed
from factdesk.text.sentences import sentences

LABELS = {"SUPPORTED": 0, "REFUTED": 1, "NEI": 2}
"""The data's labels in the order of `domain.stance.STANCE_LABELS`."""
FOLDER = ("verify", "vifactcheck-vi")
WEIGHTS = {"quoted": 1.0, "around": 0.5, "beside": 0.2, "apart": 0.2, "changed": 0.3, "seed": 1.0, "held": 0.0}
"""How much a pair of each kind counts in learning."""
AROUND = 2
"""Sentences before and behind the best one that make the paragraph around the evidence."""
SEED = 7
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Pair:
    """One claim and one piece of evidence. Pairs of one topic are never on both sides of a split."""

    claim: str
    evidence: str
    label: int
    topic: str
    kind: str
    across: bool = False
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Rows:
    """Pairs with their features float32[n, features], and bool[n, 3]: of which label a hint may be sure.

    Texts are compared without the words that deny, doubt or report what they say (`text.framing`). `turns` has what
    those words do to a pair, and what its texts say differently. Such pairs are judged and not learned from: their
    labels are those of the whole texts.
    """

    pairs: tuple[Pair, ...]
    features: Floats
    permitted: NDArray[np.bool_]
    turns: tuple[tuple[Turn, tuple[Reason, ...]], ...]

    @property
    def straight(self) -> NDArray[np.bool_]:
        """Which pairs make their statements as they stand."""
        return np.array([turn == STRAIGHT for turn, _ in self.turns])

    def judged(self, table: StanceTable, chosen: NDArray[np.int64]) -> Floats:
        """Probabilities float32[chosen, 3] of some of the pairs by a table."""
        plain = table.chances(self.features[chosen])
        rows = zip(plain, chosen.tolist(), strict=True)
        return np.array([turned(one, self.features[row], *self.turns[row]) for one, row in rows], np.float32)

    @property
    def labels(self) -> NDArray[np.int64]:
        """Each pair's label as its place in `STANCE_LABELS`."""
        return np.array([pair.label for pair in self.pairs])

    @property
    def kinds(self) -> NDArray[np.str_]:
        """Each pair's kind."""
        return np.array([pair.kind for pair in self.pairs])


def quoted() -> list[Pair]:
    """ViFactCheck as it is: claims with the evidence quoted."""
    rows = read_rows(*FOLDER, "claims.jsonl.gz")
    return [Pair(row["claim"], row["evidence"], LABELS[row["label"]], row["article_id"], "quoted") for row in rows]


def own(name: str, kind: str) -> list[Pair]:
    """Pairs of our own from a file of benchmarks/data."""
    lines = (ROOT / "benchmarks" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for row in map(json.loads, lines):
        language, topic = row["claim_language"], f"{kind} {row['topic']}"
        across = language != row["evidence_language"]
        found.append(Pair(row["claim"], row["evidence"], LABELS[row["label"]], topic, kind, across, language))
    return found


def made(pairs: Sequence[Pair]) -> list[Pair]:
    """More pairs from ViFactCheck's articles: the paragraph around the evidence (with its label), and evidence that
    does not settle the claim: another sentence of the article (every second claim), another claim's (every fourth)."""
    articles = {row["id"]: _cut(row["text"]) for row in read_rows(*FOLDER, "articles.jsonl.gz")}
    chance = random.Random(SEED)
    found = []
    for number, pair in enumerate(pairs):
        cut = articles[pair.topic]
        shared = [_shared(sentence, pair.evidence) for sentence in cut]
        if not cut:
            continue
        top = int(np.argmax(shared))
        around = " ".join(cut[max(0, top - AROUND) : top + AROUND + 1])
        found.append(Pair(pair.claim, around, pair.label, pair.topic, "around"))
        others = [text for text, share in zip(cut, shared, strict=True) if share < 0.5 and 8 < len(text.split()) < 70]
        if number % 2 == 0 and others:
            found.append(Pair(pair.claim, chance.choice(others), 2, pair.topic, "beside"))
        other = chance.choice(pairs)
        if number % 4 == 0 and other.topic != pair.topic:
            found.append(Pair(pair.claim, other.evidence, 2, pair.topic, "apart"))
    return found


def learned() -> tuple[list[Pair], list[Pair]]:
    """ViFactCheck's pairs, and every pair that is learned from (these too)."""
    base = quoted()
    plain = [*base, *own("stance-seed", "seed")]
    return base, [*plain, *made(base), *changed(plain)]


def changed(pairs: Sequence[Pair]) -> list[Pair]:
    """Claims that are supported, with one number changed that the evidence has: refuted."""
    chance = random.Random(SEED)
    found = []
    for pair in pairs:
        shared = [one for one in _NUMBER.finditer(pair.claim) if one[0] in _NUMBER.findall(pair.evidence)]
        if pair.label == 0 and shared:
            one = chance.choice(shared)
            other = _other_number(one[0], chance)
            claim = pair.claim[: one.start()] + other + pair.claim[one.end() :]
            if other not in pair.evidence:
                found.append(replace(pair, claim=claim, label=1, kind="changed"))
    return found


def _other_number(number: str, chance: random.Random) -> str:
    """The number with one digit changed, the first one kept from being 0."""
    place = chance.choice([at for at, letter in enumerate(number) if letter.isdigit()])
    digit = chance.choice([digit for digit in "123456789" if digit != number[place]])
    return number[:place] + digit + number[place + 1 :]


def _cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def _shared(sentence: str, evidence: str) -> float:
    """Share of a sentence's terms that the evidence has."""
    mine = set(terms(sentence))
    return len(mine & set(terms(evidence))) / len(mine) if len(mine) > 5 else 0.0


def encoded(pairs: Sequence[Pair], encoder: WordEncoder) -> dict[str, WordStates]:
    """Every text of the pairs as the encoder sees it."""
    texts = list(dict.fromkeys(read(text).text for pair in pairs for text in (pair.claim, pair.evidence)))
    return dict(zip(texts, encoder.encode_words(texts), strict=True))


@cache
def read(text: str) -> Framed:
    """A text as the hint reads it."""
    return framed(text[:LONGEST])


def rows_of(pairs: Sequence[Pair], words: dict[str, WordStates], centre: Floats) -> Rows:
    """The features of every pair."""
    sides: dict[str, Side] = {text: side(one, centre) for text, one in words.items()}
    columns, allowed, turns = [], [], []
    for pair in pairs:
        claim, evidence = read(pair.claim), read(pair.evidence)
        pairing = paired(sides[claim.text], sides[evidence.text])
        if pairing is None:
            raise SystemExit(f"A pair has no words: {pair.claim!r}")
        values, found = features(pairing)
        columns.append(values)
        differ, turn = differences(pairing, found), turn_of(pairing, claim.frames, evidence.frames)
        allowed.append([permitted(label, differ, found, turn) for label in STANCE_LABELS])
        turns.append((turn, differ))
    return Rows(tuple(pairs), np.stack(columns), np.array(allowed, bool), tuple(turns))
