"""What is in a desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np

from factdesk.actions.judge import judge
from factdesk.actions.publishers import set_publisher
from factdesk.domain.reviews import Publisher
from factdesk.queries.status import IndexStatus, folder_bytes, status
from factdesk.search.manifest import Manifest
from factdesk.store.batches import Batch
from factdesk.store.feeds import FeedRow, put_feed
from factdesk.store.record import Record
from factdesk.store.runs import start_run
from factdesk.store.vectors import put_vectors, vector_digest


def test_an_empty_desk(record: Record) -> None:
    found = status(record.config, record, None)
    assert (found.reviews, found.publishers, found.seq, found.index, found.runs) == (0, 0, 0, None, ())
    assert found.sizes["record"] > 0
    assert found.sizes["index"] == 0


def test_a_desk_with_something_in_it(record: Record, put_reviews: Callable[..., Batch]) -> None:
    put_reviews(record, "a", "b", language="vi", publisher=Publisher("P", "p.org"))
    put_reviews(record, "c", first=3)
    set_publisher(record, "P", "blocked", "an")
    judge(record, "m", 1, "confirmed", "an")
    with record.write() as writer:
        start_run(writer, "import", "x.jsonl", actor="an")
        put_feed(
            writer, FeedRow("https://p.org/feed", "", "", "https://p.org/feed", "run", datetime(2026, 1, 1, tzinfo=UTC))
        )
        put_vectors(writer, "e5", {vector_digest("e5", "a"): np.ones(3, np.float32)})
    index = record.config.index_dir
    index.mkdir()
    (index / "words.bin").write_bytes(b"x" * 100)
    found = status(record.config, record, Manifest("e5", 3, seq=3, documents=5, dead=2))
    assert (found.reviews, found.languages, found.publishers, found.blocked) == (3, {"vi": 2, "": 1}, 2, 1)
    assert (found.judgements, found.vectors, found.sizes["index"]) == (1, {"e5": 1}, 100)
    assert found.index == IndexStatus(
        seq=3, lag=2, version=found.index.version if found.index else 0, model="e5", documents=3
    )
    assert [run.source for run in found.runs] == ["x.jsonl"]
    assert [feed.url for feed in found.feeds] == ["https://p.org/feed"]
    assert (found.seq, found.head) == record.head()


def test_bytes_of_a_folder(record: Record) -> None:
    folder = record.config.folder / "f" / "g"
    folder.mkdir(parents=True)
    (folder / "a").write_bytes(b"12345")
    (folder.parent / "b").write_bytes(b"123")
    assert folder_bytes(folder.parent) == 8
    assert folder_bytes(folder / "none") == 0
