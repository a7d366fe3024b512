"""How well evidence is found: `python benchmarks/evidence.py [--work FOLDER]`; exit 1 below what is promised.

Everything goes through the commands a user has: `init`, `capture --texts`, `evidence --input`. Measured: nDCG@10 on
scifact-en dev (nothing was learned on it) and on xquad-vi (nothing was learned on any of it). The first run encodes
some 9,000 passages, which takes ten minutes on two cores; with `--work`, later runs find the desks made.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Sequence
from pathlib import Path

from bench_data import RESULTS, answers, bench

TARGETS = {("scifact-en", "dev"): 0.74, ("xquad-vi", "all"): 0.972}
CUT = 10


def main() -> None:
    """Measure, print, write, and fail below a target."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="where the desks are kept; they are used again")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="factdesk-evidence-"))
    results = {f"{name} {part}": measured(work, name, part) for name, part in TARGETS}
    print(json.dumps(results, indent=2))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "evidence.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    low = [f"{name} {part}" for (name, part), aim in TARGETS.items() if results[f"{name} {part}"]["nDCG@10"] < aim]
    if low:
        raise SystemExit(f"Below what is promised: {', '.join(low)}")


def factdesk(*words: str) -> None:
    """Run a command as a user would; its words go to standard error."""
    subprocess.run([sys.executable, "-m", "factdesk.cli.main", *words], check=True, stdout=sys.stderr)


def library(work: Path, name: str) -> Path:
    """A desk with one corpus in its library; made once."""
    folder = work / name
    if not (folder / "desk.toml").exists():
        factdesk("init", str(folder))
    factdesk("capture", "--texts", str(bench() / "evidence" / name / "corpus.jsonl.gz"), "--desk", str(folder))
    return folder


def measured(work: Path, name: str, part: str) -> dict[str, float]:
    """nDCG@10 over the queries that have an answer, and how long an answer took in bulk."""
    folder, output = library(work, name), work / f"{name}.{part}.jsonl"
    queries = bench() / "evidence" / name / f"queries.{part}.jsonl.gz"
    started = time.perf_counter()
    factdesk("evidence", "--input", str(queries), "--output", str(output), "--desk", str(folder))
    seconds = time.perf_counter() - started
    right = answers("evidence", name, f"qrels.{part}.jsonl.gz")
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    values = [ndcg([hit["id"] for hit in row["matches"]], right[row["id"]]) for row in rows if row["id"] in right]
    found = sum(values) / len(right)
    return {"nDCG@10": round(found, 4), "queries": len(right), "ms a query": round(1000 * seconds / len(rows), 1)}


def ndcg(ranked: Sequence[str], right: Collection[str], cut: int = CUT) -> float:
    """Normalised discounted cumulative gain of a ranking with answers that are all as good (Järvelin 2002)."""
    gain = sum(1 / math.log2(place + 2) for place, own in enumerate(ranked[:cut]) if own in right)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(cut, len(right))))


if __name__ == "__main__":
    main()
