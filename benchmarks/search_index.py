"""The index on its own: build, open, words, meaning, both under filters, and memory, over made-up bilingual texts.

    python benchmarks/search_index.py --docs 14000
    python benchmarks/search_index.py --docs 1000000 --rows 1

Texts of 20 to 60 words from a Zipf vocabulary, half of them Vietnamese syllables with marks; 384-dimension vectors in
2,000 clusters. A query is some words of a text, and its vector, shaken. Opening is measured in a process of its own, as
`factdesk match` does it.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.search.base import OPEN, Document, Filter
from factdesk.search.embedded import EmbeddedIndex

DIMENSION = 384
MODEL = "synthetic"
CLUSTERS = 2_000
SEED = 7
BATCH = 10_000
FILTERS = {
    "open": OPEN,
    "one language, half the days (25%)": Filter(languages=frozenset({"vi"}), since=10_000),
    "three publishers of 200 (1.5%)": Filter(publishers=frozenset({3, 50, 77})),
    "all but two publishers (99%)": Filter(exclude_publishers=frozenset({3, 50})),
}

CHILD = """
import sys, time
import numpy as np
from pathlib import Path
from factdesk.search.embedded import EmbeddedIndex
start = time.perf_counter()
index = EmbeddedIndex.open(Path(sys.argv[1]), 384, "synthetic")
opened = time.perf_counter()
index.words(sys.argv[2], 50)
words = time.perf_counter()
index.meaning(np.full((1, 384), 384**-0.5, np.float32), 50)
meaning = time.perf_counter()
print(1e3 * (opened - start), 1e3 * (words - opened), 1e3 * (meaning - words))
"""


def vocabulary(random: np.random.Generator, size: int) -> list[np.ndarray]:
    """An English-like and a Vietnamese-like vocabulary, commonest word first."""
    consonants, vowels = list("bcdfghklmnprstv"), list("aeiou")
    marked = list("àáảãạăắằâấầêếềôốồơớờưứừ")
    english = [
        "".join(random.choice(part) for part in [consonants, vowels] * random.integers(1, 4)) for _ in range(size)
    ]
    starts = ["", "ng", "th", "tr", "ph", "đ", "nh", "kh", *consonants]
    ends = ["", "n", "ng", "m", "t", "c", "i", "o"]
    viet = [random.choice(starts) + random.choice(marked + vowels) + random.choice(ends) for _ in range(4_000)]
    return [np.array(english, object), np.array(viet, object)]


class World:
    """Texts and vectors, made a batch at a time so that a million of them fit."""

    def __init__(self, seed: int, rows: int) -> None:
        self.random = np.random.default_rng(seed)
        self.rows = rows
        self.words = vocabulary(self.random, 60_000)
        self.centres = self.random.normal(size=(CLUSTERS, DIMENSION)).astype(np.float32)

    def texts(self, count: int) -> list[tuple[str, str]]:
        """(language, text) pairs."""
        lengths = self.random.integers(20, 61, count)
        languages = self.random.integers(0, 2, count)
        places = (self.random.pareto(0.9, int(lengths.sum())) * 5).astype(np.int64)
        made, start = [], 0
        for length, language in zip(lengths.tolist(), languages.tolist(), strict=True):
            words = self.words[language]
            made.append((("en", "vi")[language], " ".join(words[places[start : start + length] % len(words)])))
            start += length
        return made

    def vectors(self, count: int) -> Vectors:
        """Unit vectors around the clusters' centres."""
        found = self.centres[self.random.integers(0, CLUSTERS, count)]
        found = found + 0.8 * self.random.normal(size=(count, DIMENSION)).astype(np.float32)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)

    def batches(self, count: int) -> Iterator[list[Document]]:
        """The corpus."""
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            vectors = self.vectors(size * self.rows).reshape(size, self.rows, DIMENSION)
            publishers = (self.random.pareto(1.0, size) * 3).astype(int) % 200
            days = self.random.integers(0, 20_000, size)
            yield [
                Document(start + n, text, "", language, int(publishers[n]), int(days[n]), vectors[n])
                for n, (language, text) in enumerate(self.texts(size))
            ]


def quantiles(run: Callable[[int], object], rounds: int) -> str:
    """Median and 99th percentile of a call, and the median of the processors' time in it, in ms."""
    for number in range(5):
        run(number)
    taken, worked = [], []
    for number in range(rounds):
        start, begun = time.perf_counter(), time.process_time()
        run(number)
        worked.append((time.process_time() - begun) * 1e3)
        taken.append((time.perf_counter() - start) * 1e3)
    return f"{np.median(taken):7.2f} / {np.quantile(taken, 0.99):7.2f} ({np.median(worked):6.2f})"


def memory() -> str:
    """Resident memory now, of it mapped files, and the peak, in MB."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    now, mapped = (int(status[name].split()[0]) // 1024 for name in ("VmRSS", "RssFile"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{now} MB, of which mapped files {mapped} MB; peak {peak} MB"


def build(folder: Path, world: World, count: int) -> None:
    """Build the index, saying how long."""
    index = EmbeddedIndex.anew(folder, DIMENSION, MODEL)
    spent = 0.0
    for documents in world.batches(count):
        start = time.perf_counter()
        index.add(documents)
        spent += time.perf_counter() - start
    start = time.perf_counter()
    index.commit(1)
    spent += time.perf_counter() - start
    index.close()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"build                       {spent:7.1f} s ({count / spent:,.0f} documents/s), {size / 1e9:.2f} GB on disk")


def questions(world: World, documents: list[Document], terms: int) -> tuple[list[str], list[Vectors]]:
    """A shortened text and a shaken vector for each document."""
    texts, vectors = [], []
    for document in documents:
        words = document.claim.split()
        texts.append(" ".join(world.random.permutation(words)[:terms]))
        shaken = document.vectors[:1] + 0.02 * world.random.normal(size=(1, DIMENSION)).astype(np.float32)
        vectors.append(np.asarray(shaken / np.linalg.norm(shaken), np.float32))
    return texts, vectors


def exact(documents_rows: Vectors, query: Vectors, rows: int) -> set[int]:
    """Keys of the ten nearest documents, compared one by one."""
    scores = (documents_rows @ query[0]).reshape(-1, rows).max(axis=1)
    return set(np.argsort(-scores, kind="stable")[:10].tolist())


def report(folder: Path, world: World, documents: list[Document], rounds: int) -> None:
    """Ask, and print what it took."""
    index = EmbeddedIndex.open(folder, DIMENSION, MODEL)
    for terms in (15, 35):
        texts, vectors = questions(world, documents, terms)
        took = quantiles(lambda n, asked=texts: index.words(asked[n % len(asked)], 50), rounds)  # type: ignore[misc]
        print(f"words, {terms} terms, 50 hits    {took} ms")
    took = quantiles(lambda n: index.meaning(vectors[n % len(vectors)], 50), rounds)
    print(f"meaning, 50 hits            {took} ms")
    many = [np.concatenate([vectors[(n + k) % len(vectors)] for k in range(4)]) for n in range(len(vectors))]
    took = quantiles(lambda n: index.meaning(many[n % len(many)], 50), rounds)
    print(f"meaning, 4 query rows       {took} ms")
    for name, where in FILTERS.items():
        one = quantiles(lambda n, w=where: index.words(texts[n % len(texts)], 50, w), rounds // 2)  # type: ignore[misc]
        two = quantiles(lambda n, w=where: index.meaning(vectors[n % len(vectors)], 50, w), rounds // 2)  # type: ignore[misc]
        print(f"filter: {name:36} words {one} ms   meaning {two} ms")
    print(f"memory                      {memory()}")
    everything = np.concatenate(index.vectors(range(len(index)))) if len(index) <= 200_000 else None
    if everything is None:
        path = next(folder.glob("vectors-*.f32"))
        everything = np.memmap(path, "<f4", "r").reshape(-1, DIMENSION)[: len(index) * world.rows]
    sample = range(0, len(vectors), max(1, len(vectors) // 50))
    found = [
        len(exact(everything, vectors[n], world.rows) & set(index.meaning(vectors[n], 10).keys.tolist()))
        for n in sample
    ]
    own = np.mean([documents[n].key in index.words(texts[n], 50).keys for n in range(len(texts))])
    print(f"recall@10 of meaning        {np.mean(found) / 10:.4f}     own document in 50 by words {own:.3f}")
    start = time.perf_counter()
    for number in range(20):
        index.add([documents[number]])
        index.commit(2 + number)
    print(f"follow one document         {(time.perf_counter() - start) / 20 * 1e3:7.1f} ms")
    index.close()


def in_a_new_process(folder: Path, text: str) -> None:
    """What opening and the first questions take in a process of their own."""
    runs = []
    for _ in range(5):
        said = subprocess.run(
            [sys.executable, "-c", CHILD, str(folder), text], capture_output=True, text=True, check=True
        )
        runs.append([float(value) for value in said.stdout.split()])
    opened, words, meaning = np.median(runs, axis=0)
    print(
        f"new process                 open {opened:.1f} ms, first words {words:.1f} ms, first meaning {meaning:.1f} ms"
    )


def main() -> None:
    """One run over a corpus of `--docs` documents."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--docs", type=int, default=14_000)
    parser.add_argument("--rows", type=int, default=1, help="vectors of a document")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--folder", type=Path, default=None, help="where the index is built; it is kept then")
    parser.add_argument("--ask", action="store_true", help="ask an index that such a run built in --folder")
    given = parser.parse_args()
    if given.ask:
        # In a process of its own, so that its memory is that of asking.
        world = World(SEED, given.rows)
        documents = next(world.batches(given.docs))[:500]
        in_a_new_process(given.folder, documents[0].claim)
        report(given.folder, world, documents, given.rounds)
        return
    print(
        f"{given.docs:,} documents, {given.rows} vector(s) each; median / 99th percentile (processors' time), ms",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch) / "index"
        build(folder, World(SEED, given.rows), given.docs)
        sys.stdout.flush()
        options = ["--docs", str(given.docs), "--rows", str(given.rows), "--rounds", str(given.rounds)]
        subprocess.run([sys.executable, __file__, "--ask", "--folder", str(folder), *options], check=True)


if __name__ == "__main__":
    main()
