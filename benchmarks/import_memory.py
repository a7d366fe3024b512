"""How much memory and time `import` takes for a large file.

    python benchmarks/import_memory.py [--reviews 300000] [--texts 2000]

Writes a DataFeed of synthetic reviews, each on a page of its own, and imports it with the program itself, into an empty
desk. To encode 300,000 texts would take an hour and no more memory: the claims are drawn from a pool, and each is
encoded once. Prints one line of JSON; the peak is that of the whole process, with encoder and index.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[1] / "src"
SUBJECTS = "the mayor,this vaccine,a new law,the river,every school,our bank,the old bridge,that film,the harvest"
DEEDS = "costs,has doubled,will close,was hidden from,kills,cures,feeds,moved,lost"
OBJECTS = "three million people,the whole valley,42 patients,nobody,a third of all voters,the coast,two ministers"
TIMES = "since 2019,last week,for ten years,in one night,before the vote,every spring,again,according to a letter"


def pool(size: int) -> list[str]:
    """Distinct claims, made of parts."""
    chance, made = random.Random(1), dict[str, None]()
    while len(made) < size:
        parts = (chance.choice(words.split(",")) for words in (SUBJECTS, DEEDS, OBJECTS, TIMES))
        made[f"{' '.join(parts)}, says note {chance.randrange(1000)}".capitalize()] = None
    return list(made)


def entry(number: int, claim: str) -> dict[str, Any]:
    """One item of the feed, of the size that real ones have."""
    page = f"https://site{number % 200}.example/check/{number}"
    review = {
        "@type": "ClaimReview",
        "url": page,
        "claimReviewed": claim,
        "author": {"@type": "Organization", "name": f"Publisher {number % 200}"},
        "datePublished": f"20{10 + number % 15}-{1 + number % 12:02}-{1 + number % 28:02}",
        "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5},
        "itemReviewed": {"@type": "Claim", "appearance": [{"url": f"https://posts.example/{number}"}]},
        "reviewBody": "We looked at the records and asked those who keep them. " * 8,
    }
    return {"@type": "DataFeedItem", "url": page, "item": [review]}


def lines(reviews: int, texts: int) -> Iterator[str]:
    """The feed, piece by piece."""
    claims, joint = pool(texts), ""
    yield '{"@type":"DataFeed","dataFeedElement":['
    for number in range(reviews):
        yield joint + json.dumps(entry(number, claims[number % texts]))
        joint = ",\n"
    yield "]}"


def timed(*args: str) -> tuple[float, float, str]:
    """Run the program: seconds, peak memory in MB, and what it printed."""
    environment = os.environ | {"PYTHONPATH": str(SOURCE)}
    began = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "factdesk.cli.main", *args], stdout=subprocess.PIPE, env=environment
    )
    out = child.stdout.read().decode() if child.stdout else ""
    _, status, used = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{args} failed")
    return time.perf_counter() - began, used.ru_maxrss / 1024, out


def main() -> int:
    """Write, import, import again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reviews", type=int, default=300_000)
    parser.add_argument("--texts", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="import-memory-") as name:
        feed, desk = Path(name) / "feed.json", str(Path(name) / "desk")
        with feed.open("w", encoding="utf-8") as out:
            out.writelines(lines(options.reviews, options.texts))
        timed("init", desk, "--quiet")
        first = timed("import", str(feed), "--desk", desk, "--json", "--quiet")
        again = timed("import", str(feed), "--desk", desk, "--json", "--quiet")
        found = {
            "reviews": options.reviews,
            "feed_mb": round(feed.stat().st_size / 1e6),
            "import": summary(first, options.reviews),
            "the_same_again": summary(again, options.reviews),
        }
    print(json.dumps(found))
    return 0


def summary(run: tuple[float, float, str], reviews: int) -> dict[str, Any]:
    """Figures of one run."""
    seconds, peak, out = run
    counts = {name: count for name, count in json.loads(out)["counts"].items() if count}
    return {
        "seconds": round(seconds, 1),
        "rows_per_second": round(reviews / seconds),
        "peak_mb": round(peak),
        "counts": counts,
    }


if __name__ == "__main__":
    sys.exit(main())
