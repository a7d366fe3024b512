"""How fast the record is, and how much memory it takes, at a size.

    python benchmarks/record.py [--reviews 1000000] [--database postgresql://…]

Writes synthetic reviews in batches of 500, then times what matching, following and auditing do. Prints a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from factdesk.config import DeskConfig, normal_url
from factdesk.domain.reviews import Claimant, Publisher, Rating, Review
from factdesk.store.batches import Entry, put_batch
from factdesk.store.chain import verify
from factdesk.store.record import Record
from factdesk.store.reviews import changes_since, current_reviews, find_by_keys
from factdesk.store.setup import prepare

BATCH = 500


def synthetic(number: int) -> Review:
    """A review of about the size of a real one."""
    chance = random.Random(number)
    words = [f"word{chance.randrange(5000)}" for _ in range(40)]
    return Review(
        claim=" ".join(words[:20]),
        own_id=str(number),
        source="synthetic.jsonl",
        title=" ".join(words[20:]),
        url=f"https://example.org/{number}",
        publisher=Publisher(f"Publisher {number % 100}", f"p{number % 100}.example"),
        rating=Rating("False", 1.0, 5.0, 1.0),
        date="2024-05-06",
        language=("en", "vi", "es")[number % 3],
        claimant=Claimant("An organisation"),
    )


def timed(work: Callable[[], Any]) -> float:
    """Seconds that a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def fill(record: Record, reviews: int) -> None:
    """Write the reviews, a batch a transaction."""
    for start in range(0, reviews, BATCH):
        numbers = range(start, min(start + BATCH, reviews))
        entries = [Entry(f"k{number}", synthetic(number), f"https://example.org/{number}") for number in numbers]
        with record.write() as writer:
            put_batch(writer, "bench", entries, actor="bench")


def lookups(record: Record, reviews: int, rounds: int = 500) -> list[float]:
    """Milliseconds of fetching 30 random reviews, as each match does."""
    chance = random.Random(1)
    with record.read() as session:
        asked = [[chance.randint(1, reviews) for _ in range(30)] for _ in range(rounds)]
        return sorted(1000 * timed(partial(current_reviews, session, part)) for part in asked)


def measure(config: DeskConfig, reviews: int) -> dict[str, Any]:
    """Every figure."""
    prepare(config)
    with Record.open(config) as record:
        filling = timed(lambda: fill(record, reviews))
        times = lookups(record, reviews)
        with record.read() as session:
            keys = timed(lambda: find_by_keys(session, [f"k{number}" for number in range(0, reviews, reviews // 500)]))
            following = timed(lambda: sum(1 for _ in changes_since(session, 0, record.head()[0])))
            start = time.perf_counter()
            broken = verify(session).broken
            auditing = time.perf_counter() - start
    return {
        "reviews": reviews,
        "database": "sqlite" if config.is_sqlite else "postgresql",
        "write_rows_per_second": round(reviews / filling),
        "current_30_ms_median": round(statistics.median(times), 3),
        "current_30_ms_p99": round(times[len(times) * 99 // 100], 3),
        "find_500_keys_ms": round(1000 * keys, 1),
        "follow_rows_per_second": round(reviews / following),
        "audit_seconds": round(auditing, 1),
        "broken": str(broken or ""),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    """Measure at the size asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reviews", type=int, default=1_000_000)
    parser.add_argument("--database", default="", help="an empty database; SQLite in a temporary folder if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="record-") as name:
        url = normal_url(options.database) or f"sqlite:///{name}/record.sqlite"
        config = DeskConfig(folder=Path(name), database_url=url, name="bench")
        print(json.dumps(measure(config, options.reviews)))


if __name__ == "__main__":
    main()
