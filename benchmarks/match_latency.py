"""How long `match` takes: in a warm process, as a new process, and over a million reviews.

    python benchmarks/match_latency.py --work /tmp/latency                    # 14,000 reviews: warm, and as a process
    python benchmarks/match_latency.py --work /tmp/latency --docs 1000000     # made-up reviews and vectors

The 14,000 are the corpus of clef2020-en and the beginning of that of clef2025-multi, taken in by `import`; messages are
the queries of clef2020-en that are one sentence. Desks are kept in the work folder. On a machine that others use, look
at the processor time beside the wall time: it leaves out waiting, but counts only the thread that answers.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench_data import read_rows
from factdesk.actions.desks import create_desk
from factdesk.actions.imports import import_reviews
from factdesk.config import DESK_FILE, load_desk
from factdesk.domain.reviews import Publisher, Review
from factdesk.encode.base import Vectors
from factdesk.queries.desk import Desk
from factdesk.queries.find_matches import Finder
from factdesk.queries.prepare import prepare
from factdesk.search.base import Document
from factdesk.search.embedded import EmbeddedIndex
from factdesk.store.batches import Entry, put_batch
from search_index import World, memory

REAL = 14_000
BATCH = 10_000
WARM_UP = 20


@dataclass(slots=True)
class Timed:
    """An encoder that adds up how long it takes: `wall` and `own` (this thread's processor time), in seconds."""

    encode: Callable[[Sequence[str]], Vectors]
    wall: float = 0.0
    own: float = 0.0

    def __call__(self, texts: Sequence[str]) -> Vectors:
        wall, own = time.perf_counter(), time.thread_time()
        try:
            return self.encode(texts)
        finally:
            self.wall += time.perf_counter() - wall
            self.own += time.thread_time() - own


@dataclass(slots=True)
class Figures:
    """Milliseconds of each call, by what they were spent on."""

    rows: dict[str, list[float]] = field(default_factory=dict)

    def add(self, **seconds: float) -> None:
        """One call."""
        for name, value in seconds.items():
            self.rows.setdefault(name, []).append(value * 1e3)

    def show(self) -> None:
        """Median and 99th percentile of each."""
        for name, values in self.rows.items():
            middle, most = np.median(values), np.quantile(values, 0.99)
            print(f"  {name.replace('_', ' '):34} median {middle:7.2f} ms   p99 {most:7.2f} ms")


def messages() -> list[str]:
    """Queries of one sentence."""
    rows = [
        row["text"]
        for part in ("train", "dev")
        for row in read_rows("match", "clef2020-en", f"queries.{part}.jsonl.gz")
    ]
    return [text for text in rows if not prepare(text).parts]


def real_desk(folder: Path) -> Path:
    """The desk of 14,000 published claims, imported if it is not there yet."""
    if (folder / DESK_FILE).exists():
        return folder
    rows = [{**row, "id": f"en-{row['id']}"} for row in read_rows("match", "clef2020-en", "corpus.jsonl.gz")]
    rows += read_rows("match", "clef2025-multi", "corpus.jsonl.gz")
    source = folder.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[:REAL]), encoding="utf-8")
    with Desk.open(create_desk(folder)) as desk:
        start = time.perf_counter()
        import_reviews(desk, str(source))
        print(f"imported in {time.perf_counter() - start:.0f} s")
    return folder


def made_up_desk(folder: Path, count: int) -> Path:
    """A desk of made-up reviews: the record through the store, the index with made-up vectors."""
    if (folder / DESK_FILE).exists():
        return folder
    beside = folder.with_name(folder.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)
    create_desk(beside)
    start = time.perf_counter()
    with Desk.open(load_desk(str(beside), {})) as desk:
        index = EmbeddedIndex.anew(desk.config.index_dir, desk.encoder.dimension, desk.matcher.vectors_name)
        for documents in World(7, 1).batches(count):
            # The numbers of the record count from 1.
            index.add([_numbered(document) for document in documents])
            with desk.record.write() as writer:
                put_batch(writer, "made-up", [_entry(document) for document in documents], actor="benchmark")
        index.commit(desk.record.head()[0])
        index.close()
    beside.rename(folder)
    print(f"made in {time.perf_counter() - start:.0f} s")
    return folder


def _numbered(document: Document) -> Document:
    values = {name: getattr(document, name) for name in Document.__slots__}
    return Document(**{**values, "key": document.key + 1})


def _entry(document: Document) -> Entry:
    publisher = Publisher(f"Publisher {document.publisher}", f"p{document.publisher}.example")
    review = Review(document.claim, own_id=str(document.key), publisher=publisher, language=document.language)
    return Entry(f"made-up:{document.key}", review)


def warm(folder: Path, asked: Sequence[str]) -> None:
    """One answer after another in one process."""
    with Desk.open(load_desk(str(folder), {}), writable=False, tell=print) as desk:
        finder, encoder, figures = Finder(desk), desk.encoder, Figures()
        timed = Timed(encoder.encode)
        encoder.encode = timed  # type: ignore[method-assign]
        for message in asked[:WARM_UP]:
            finder.answer(message)
        for message in asked[WARM_UP:]:
            timed.wall = timed.own = 0.0
            wall, own = time.perf_counter(), time.thread_time()
            finder.answer(message)
            wall, own = time.perf_counter() - wall, time.thread_time() - own
            figures.add(
                answer=wall, encoder=timed.wall, all_but_the_encoder=wall - timed.wall,
                all_but_the_encoder_processor=own - timed.own,
            )  # fmt: skip
        print(f"warm process, {len(desk.index()):,} reviews, {len(asked) - WARM_UP} messages of one sentence")
        figures.show()
        print(f"  memory {memory()}")


def as_a_process(folder: Path, asked: Sequence[str], runs: int) -> None:
    """From start to answer."""
    command = [sys.executable, "-m", "factdesk.cli.main", "--desk", str(folder), "match"]
    figures = Figures()
    for number in range(runs + 1):
        before, start = os.times(), time.perf_counter()
        subprocess.run([*command, asked[number]], check=True, stdout=subprocess.DEVNULL)
        took, after = time.perf_counter() - start, os.times()
        if number:
            figures.add(start_to_answer=took, processor=after[2] + after[3] - before[2] - before[3])
        else:
            print(f"first run                            {took * 1e3:14.0f} ms")
    print(f"new process, {runs} runs")
    figures.show()


def main() -> None:
    """One size."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    work = Path(tempfile.gettempdir()) / "factdesk-latency"
    parser.add_argument("--work", type=Path, default=work, help="where desks are made; they are kept")
    parser.add_argument("--docs", type=int, default=REAL, help="14,000 are real, any other number made up")
    parser.add_argument("--messages", type=int, default=300)
    parser.add_argument("--runs", type=int, default=10)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    place = given.work / f"desk-{given.docs}"
    folder = real_desk(place) if given.docs == REAL else made_up_desk(place, given.docs)
    asked = messages()[: given.messages + WARM_UP]
    warm(folder, asked)
    as_a_process(folder, asked, given.runs)


if __name__ == "__main__":
    main()
