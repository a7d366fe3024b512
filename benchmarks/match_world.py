"""The two corpora of claims and their queries as the matcher sees them, for learning and for ablation.

Texts are prepared and encoded by the product's own code; vectors are kept in a cache folder, since encoding is most of
the time. Words are searched in the product's own index, meaning by comparing with every claim.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench_data import answers, read_rows
from factdesk.config import models_dir, threads
from factdesk.domain.reviews import Review
from factdesk.encode.base import Vectors
from factdesk.encode.e5 import E5Encoder
from factdesk.match.features import Candidate, Rarity, rarity_of
from factdesk.match.words import words_of
from factdesk.queries.prepare import Prepared, prepare
from factdesk.search.base import Document
from factdesk.search.documents import texts_of
from factdesk.search.embedded import EmbeddedIndex

BY_WORDS, BY_MEANING, BY_SENTENCE = 30, 30, 6
"""Candidates learned on: more than the product asks for, so that there are more wrong ones to learn from."""
FOLDS = 5
SEED = 20261124


@dataclass(slots=True)
class Message:
    """One query: prepared, its raw vectors, what answers it, and the fold that holds it out (-1: test)."""

    prepared: Prepared
    vectors: Vectors
    right: frozenset[int]
    fold: int
    language: str
    part: str
    by_words: tuple[int, ...] = ()


@dataclass(slots=True)
class Corpus:
    """One corpus: claims as reviews, taken apart, with the raw vectors of claim and title, and its messages."""

    name: str
    ids: list[str]
    reviews: list[Review]
    claims: Vectors
    titles: Vectors
    messages: list[Message]
    rarity: Rarity = field(default_factory=dict)

    def candidate(self, number: int, claims: Vectors, titles: Vectors) -> Candidate:
        """A document taken apart, with rows of the vectors handed in (compared ones)."""
        texts = texts_of(self.reviews[number])
        rows = claims[number][None] if len(texts) < 2 else np.stack([claims[number], titles[number]])
        return Candidate(words_of(texts[0]), words_of(texts[1] if len(texts) > 1 else ""), rows)


class Cache:
    """Raw vectors by text, kept between runs."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.encoder = E5Encoder(models_dir(), threads())
        self.path = folder / f"{self.encoder.name}.pickle"
        self.known: dict[bytes, Vectors] = pickle.loads(self.path.read_bytes()) if self.path.exists() else {}

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Raw vectors of the texts, encoding what is not known yet."""
        keys = [hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in texts]
        missing = list({key: text for key, text in zip(keys, texts, strict=True) if key not in self.known}.items())
        missing.sort(key=lambda item: len(item[1]))
        for start in range(0, len(missing), 2048):
            part = missing[start : start + 2048]
            rows = self.encoder.encode([text for _, text in part])
            self.known.update(zip((key for key, _ in part), rows, strict=True))
            print(f"  encoded {start + len(part):,} of {len(missing):,}", flush=True)
        if missing:
            self.path.write_bytes(pickle.dumps(self.known))
        return np.stack([self.known[key] for key in keys]) if keys else np.zeros((0, 384), np.float32)


def load(cache: Cache, work: Path) -> list[Corpus]:
    """Both corpora, with words searched."""
    english = _corpus(cache, "clef2020-en", ("train", "dev", "test"))
    many = _corpus(cache, "clef2025-multi", ("train",))
    for corpus in (english, many):
        _search_words(corpus, work)
    return [english, many]


def _corpus(cache: Cache, name: str, parts: tuple[str, ...]) -> Corpus:
    rows = read_rows("match", name, "corpus.jsonl.gz")
    reviews = [Review(claim=row["text"], title=row["title"], own_id=row["id"]) for row in rows]
    print(f"{name}: {len(reviews):,} claims", flush=True)
    claims = cache.vectors([texts_of(review)[0] for review in reviews])
    titles = cache.vectors([texts_of(review)[-1] for review in reviews])
    numbers = {row["id"]: number for number, row in enumerate(rows)}
    messages: list[Message] = []
    random = np.random.default_rng(SEED)
    for part in parts:
        right = answers("match", name, f"qrels.{part}.jsonl.gz")
        queries = [row for row in read_rows("match", name, f"queries.{part}.jsonl.gz") if row["id"] in right]
        prepared = [prepare(row["text"]) for row in queries]
        vectors = cache.vectors([text for message in prepared for text in message.texts])
        at = 0
        for row, message in zip(queries, prepared, strict=True):
            own = vectors[at : at + len(message.texts)]
            at += len(message.texts)
            fold = -1 if part == "test" else int(random.integers(FOLDS))
            found = frozenset(numbers[own_id] for own_id in right[row["id"]])
            messages.append(Message(message, own, found, fold, row.get("language", "eng"), part))
    return Corpus(name, [row["id"] for row in rows], reviews, claims, titles, messages)


def _search_words(corpus: Corpus, work: Path) -> None:
    """Candidates by words, from the product's index (whose words do not depend on vectors), and rarities."""
    index = EmbeddedIndex.anew(work / corpus.name, 384, "words-only")
    flat = np.zeros((1, 384), np.float32)
    index.add(
        [
            Document(number + 1, review.claim, review.title, "", 1, 0, flat)
            for number, review in enumerate(corpus.reviews)
        ]
    )
    index.commit(1)
    for message in corpus.messages:
        found = [*index.words(message.prepared.text, BY_WORDS).keys]
        for part in message.prepared.parts:
            found += [*index.words(part.text, BY_SENTENCE).keys]
        message.by_words = tuple(dict.fromkeys(int(key) - 1 for key in found))
    terms = sorted(
        {term for review in corpus.reviews for text in texts_of(review) for term in words_of(text).distinct}
        | {term for message in corpus.messages for term in message.prepared.words.distinct}
        | {term for message in corpus.messages for part in message.prepared.parts for term in part.words.distinct}
    )
    counts = index.document_frequency(terms)
    corpus.rarity = {term: rarity_of(count, len(corpus.reviews)) for term, count in zip(terms, counts, strict=True)}
    index.close()


def by_meaning(message: Vectors, claims: Vectors, titles: Vectors) -> list[int]:
    """Candidates by meaning, exactly: those of the whole message, then those of it and its sentences."""
    near = np.maximum(message @ claims.T, message @ titles.T)
    found: list[int] = []
    for scores in (near[0], near.max(axis=0)) if len(message) > 1 else (near[0],):
        top = np.argpartition(-scores, BY_MEANING)[:BY_MEANING]
        found += top[np.argsort(-scores[top])].tolist()
    return list(dict.fromkeys(found))
