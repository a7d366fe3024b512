"""The rate of `import` against that of the encoder alone, on the same texts.

    python benchmarks/import_speed.py [--texts 2000] [--rounds 4]

Takes rows of the clef2020-en corpus of the benchmark data (`FACTDESK_BENCH`), a share of them each round: the encoder
alone and a whole import (reading, planning, writing, indexing) take turns at going first, since a machine that others
use too is not equally fast for long. Prints one line of JSON; `ratio` is the encoder's seconds over the import's.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

from bench_data import read_rows
from factdesk.actions.desks import create_desk
from factdesk.actions.imports import import_reviews
from factdesk.clock import Clock
from factdesk.interchange.read import Found, read_reviews
from factdesk.queries.desk import Desk
from factdesk.search.documents import texts_of


def main() -> int:
    """Encode and import by turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    rows = read_rows("match", "clef2020-en", "corpus.jsonl.gz")
    with tempfile.TemporaryDirectory(prefix="import-speed-") as name:
        shares = written(rows, options.texts, options.rounds, Path(name))
        with Desk.open(create_desk(Path(name) / "desk", clock=Clock())) as desk:
            desk.encoder.encode(["The first call makes ready what the others use."])
            encoding, importing, texts = 0.0, 0.0, 0
            for number, (file, share) in enumerate(shares):
                work: dict[str, Callable[[], object]] = {
                    "encode": partial(desk.encoder.encode, share),
                    "import": partial(import_reviews, desk, str(file), source_name="clef"),
                }
                took = {what: seconds(work[what]) for what in (sorted(work) if number % 2 else sorted(work)[::-1])}
                encoding, importing, texts = encoding + took["encode"], importing + took["import"], texts + len(share)
    found = {"texts": texts, "encoder_per_second": texts / encoding, "import_per_second": texts / importing}
    rounded = {what: round(value, 1) for what, value in found.items()}
    print(json.dumps(rounded | {"ratio": round(encoding / importing, 3)}))
    return 0


def written(rows: list[dict[str, str]], most: int, rounds: int, folder: Path) -> list[tuple[Path, list[str]]]:
    """Files of rows, and the texts of each that import encodes: at most about `most` in all."""
    shares, at = [], 0
    for number in range(rounds):
        file, texts, chosen = folder / f"{number}.jsonl", dict[str, None](), []
        while len(texts) < most // rounds and at < len(rows):
            chosen.append({key: rows[at][key] for key in ("id", "title", "text") if rows[at].get(key)})
            line = json.dumps(chosen[-1]).encode()
            texts.update(dict.fromkeys(_texts(line)))
            at += 1
        file.write_text("\n".join(map(json.dumps, chosen)), encoding="utf-8")
        shares.append((file, list(texts)))
    return shares


def _texts(line: bytes) -> list[str]:
    items = read_reviews(BytesIO(line), "row", "jsonl")
    return [text for item in items if isinstance(item, Found) for text in texts_of(item.review)]


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
