"""The benchmark data, read from where it lies (`FACTDESK_BENCH`, or `../shared/bench` beside the checkout).

None of it is ever copied into the project: most of it may be used for research only.
"""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"


def bench() -> Path:
    """The folder of the benchmark data. Ends the program when there is none."""
    folder = Path(os.environ.get("FACTDESK_BENCH") or ROOT.parent / "shared" / "bench")
    if not folder.is_dir():
        raise SystemExit(f"There is no benchmark data in {folder}. Name its folder with FACTDESK_BENCH.")
    return folder


def read_rows(*parts: str) -> list[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file of the benchmark."""
    with gzip.open(bench().joinpath(*parts), "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def answers(*parts: str) -> dict[str, set[str]]:
    """Ids of the documents that answer each query, by the query's id."""
    found: dict[str, set[str]] = {}
    for row in read_rows(*parts):
        found.setdefault(row["query"], set()).add(row["doc"])
    return found


def average_precision(ranked: list[str], right: set[str], cut: int = 5) -> float:
    """Average precision of a ranking, cut; a query with n answers divides by min(n, cut)."""
    hits, total = 0, 0.0
    for place, own_id in enumerate(ranked[:cut], 1):
        if own_id in right:
            hits += 1
            total += hits / place
    return total / min(len(right), cut)
