"""Measure how tips are put together: what `queries.inbox_groups` was set by.

    python benchmarks/inbox.py [--posts 4722] [--vectors FILE.npy]

Within a language on posts of CLEF-2025 CheckThat! task 2 (training part): first those whose claim another post makes
too, then others. Two posts belong together when they answer to one claim, or are twins (cosine above 0.85: the data has
one claim in several copies, so that precision is a lower bound even so). Across languages on the claims of the sample,
in English and Vietnamese. Encoding takes minutes; `--vectors` keeps them for the next time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np

# Scripts stand side by side: the folder of the one that is run is on the path.
from bench_data import read_rows
from factdesk.config import models_dir
from factdesk.encode.base import Encoder, Vectors
from factdesk.encode.load import DEFAULT, load_encoder
from factdesk.match.model import Matcher, load_matcher
from factdesk.queries.inbox_groups import MEASURED, SUGGESTED, Message, grouped
from factdesk.queries.prepare import LONGEST, LONGEST_WHOLE
from factdesk.sample.feed import misconceptions
from factdesk.text.clean import clean

DATA = ("match", "clef2025-multi")
TWINS = 0.85
BARS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=4722)
    parser.add_argument("--vectors", type=Path)
    asked = parser.parse_args()
    encoder = load_encoder(DEFAULT, models_dir(), 2)
    matcher = load_matcher(encoder.name)
    messages, claims = posts(asked.posts)
    kept = asked.vectors is not None and asked.vectors.is_file()
    vectors = np.load(asked.vectors) if kept else encoded(encoder, messages)
    if asked.vectors is not None and not kept:
        np.save(asked.vectors, vectors)
    compared = matcher.project(vectors)
    within(messages, compared, truth(claims, compared))
    across(encoder, matcher)


def posts(most: int) -> tuple[list[Message], list[str]]:
    """Posts with the claim each answers to."""
    claim_of = {row["query"]: row["doc"] for row in read_rows(*DATA, "qrels.train.jsonl.gz")}
    rows = read_rows(*DATA, "queries.train.jsonl.gz")
    shared = Counter(claim_of.values())
    several = [row for row in rows if shared[claim_of[row["id"]]] > 1]
    single = [row for row in rows if shared[claim_of[row["id"]]] == 1]
    for part in (single, several):
        random.Random(1).shuffle(part)
    chosen = (several + single)[:most]
    return [Message(row["text"], row["language"]) for row in chosen], [claim_of[row["id"]] for row in chosen]


def encoded(encoder: Encoder, messages: list[Message]) -> Vectors:
    """Vectors of posts as those of tips are made."""
    texts = [clean(message.text[:LONGEST]).text[:LONGEST_WHOLE] for message in messages]
    return np.concatenate([encoder.encode(texts[at : at + 64]) for at in range(0, len(texts), 64)])


def truth(claims: list[str], vectors: Vectors) -> np.ndarray:
    """For each post the number of what it says: its claim, or that of its twin."""
    numbers = {claim: number for number, claim in enumerate(dict.fromkeys(claims))}
    own = np.array([numbers[claim] for claim in claims])
    for one, other in zip(*np.nonzero(np.triu(vectors @ vectors.T, 1) >= TWINS), strict=True):
        own[own == own[other]] = own[one]
    return own


def within(messages: list[Message], vectors: Vectors, said: np.ndarray) -> None:
    """Pairs of one language by cosine, and the groups that come of it."""
    languages = np.array([message.language for message in messages])
    pairs = np.triu_indices(len(messages), 1)
    one = (languages[:, None] == languages[None])[pairs]
    same, cosines = (said[:, None] == said[None])[pairs][one], (vectors @ vectors.T)[pairs][one]
    for bar in BARS:
        hit = cosines >= bar
        print(f"within {bar:.2f}  precision {same[hit].mean():.3f}  recall {same[hit].sum() / same.sum():.3f}")
    began = time.process_time()
    owners = np.array(grouped(messages, vectors))
    took = time.process_time() - began
    hit, same = (owners[:, None] == owners[None])[pairs], (said[:, None] == said[None])[pairs]
    print(f"groups {len(set(owners))} of {len(messages)} in {took:.2f} s of processor", end="  ")
    print(f"precision {same[hit].mean():.3f}  recall {same[hit].sum() / same.sum():.3f}")


def across(encoder: Encoder, matcher: Matcher) -> None:
    """The sample's claims in English against those in Vietnamese."""
    wordings = [topic.wordings for topic in misconceptions() if len(topic.wordings) == 2]
    english = matcher.project(encoder.encode([each["en"].claim for each in wordings]))
    vietnamese = matcher.project(encoder.encode([each["vi"].claim for each in wordings]))
    cosines = english @ vietnamese.T
    right, others = np.diag(cosines), cosines[~np.eye(len(cosines), dtype=bool)]
    for bar in sorted({SUGGESTED.across, 0.4, 0.45, MEASURED.across}):
        found, false = (right >= bar).mean(), int((others >= bar).sum())
        print(f"across {bar:.2f}  found {found:.2f} of {len(right)}  false {false} of {len(others):,}")


if __name__ == "__main__":
    main()
