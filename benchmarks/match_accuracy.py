"""How well `match` finds the check that answers: `python benchmarks/match_accuracy.py [--work FOLDER]`.

Everything goes through the commands a user has: `init`, `import`, `match --input`. Measured: MAP@5 on the test split of
clef2020-en, and our own Vietnamese and English messages against the sample, on which nothing was learned. The messages
of clef2025-multi the shipped table has learned on: the honest figure there is the five-fold one of `train_match.py`, in
`results/match.json`; `--learned-on` measures them all the same, and the dev split of clef2020-en.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench_data import RESULTS, ROOT, answers, average_precision, bench, read_rows

OWN = ROOT / "benchmarks" / "data"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="where the desks are kept; they are used again")
    parser.add_argument("--learned-on", action="store_true", help="also messages that the table has learned on")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="factdesk-accuracy-"))
    work.mkdir(parents=True, exist_ok=True)
    results = {
        "clef2020-en test": clef(work, "clef2020-en", "test"),
        "own Vietnamese": own(work, "match-vi.jsonl"),
        "own English": own(work, "match-en.jsonl"),
    }
    if options.learned_on:
        results["clef2020-en dev (learned on)"] = clef(work, "clef2020-en", "dev")
        results["clef2025-multi (learned on)"] = clef(work, "clef2025-multi", "train")
    print(json.dumps(results, indent=2, ensure_ascii=False))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "match_accuracy.json").write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


def factdesk(*words: str) -> None:
    """Run a command as a user would; its words go to standard error."""
    subprocess.run([sys.executable, "-m", "factdesk.cli.main", *words], check=True, stdout=sys.stderr)


def desk(work: Path, name: str, source: str) -> Path:
    """A desk with one source imported; made once."""
    folder = work / name
    if not (folder / "desk.toml").exists():
        factdesk("init", str(folder))
    started = time.perf_counter()
    factdesk("import", source, "--desk", str(folder))
    print(f"{name}: imported in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return folder


def matched(folder: Path, queries: str, output: Path) -> list[dict[str, Any]]:
    """The rows that `match --input` writes."""
    factdesk("match", "--input", queries, "--output", str(output), "--top", "20", "--desk", str(folder))
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def clef(work: Path, name: str, part: str) -> dict[str, Any]:
    """MAP@5 and how often what is called the same is right."""
    folder = desk(work, name, str(bench() / "match" / name / "corpus.jsonl.gz"))
    queries = bench() / "match" / name / f"queries.{part}.jsonl.gz"
    rows = matched(folder, str(queries), work / f"{name}.{part}.jsonl")
    right = answers("match", name, f"qrels.{part}.jsonl.gz")
    language = {row["id"]: row.get("language", "") for row in read_rows("match", name, f"queries.{part}.jsonl.gz")}
    found: dict[str, list[float]] = {}
    called: list[bool] = []
    decisions: dict[str, int] = {}
    for row in rows:
        if row["id"] not in right:
            continue
        value = average_precision([match["id"] for match in row["matches"]], right[row["id"]])
        found.setdefault("all", []).append(value)
        if language[row["id"]]:
            found.setdefault(language[row["id"]], []).append(value)
        called += [match["id"] in right[row["id"]] for match in row["matches"] if match["decision"] == "same"]
        for match in row["matches"]:
            if match["id"] in right[row["id"]]:
                decisions[match["decision"]] = decisions.get(match["decision"], 0) + 1
    return {
        "MAP@5": {key: round(float(np.mean(values)), 4) for key, values in sorted(found.items())},
        "messages": len(found["all"]),
        "called the same": len(called),
        "of these right": round(float(np.mean(called)), 4) if called else None,
        "right ones were called": decisions,
    }


def own(work: Path, name: str) -> dict[str, Any]:
    """Our messages against the sample: is the right topic first, and is the decision the expected one."""
    sample = work / "sample.json"
    subprocess.run([sys.executable, "-m", "factdesk.sample", str(sample)], check=True)
    folder = desk(work, "sample", str(sample))
    wanted = [json.loads(line) for line in (OWN / name).read_text(encoding="utf-8").splitlines()]
    asked = work / f"asked.{name}"
    asked.write_text(
        "".join(json.dumps({"id": row["id"], "text": row["text"]}) + "\n" for row in wanted), encoding="utf-8"
    )
    rows = matched(folder, str(asked), work / f"found.{name}")
    found: dict[str, list[bool]] = {}
    for row, want in zip(rows, wanted, strict=True):
        best = row["matches"][0]
        first = best["id"].rsplit(".", 1)[0] in want["answers"]
        marks = " without marks" if want.get("unmarked") else ""
        if want["decision"] == "none":
            found.setdefault("none: nothing called the same", []).append(best["decision"] != "same")
            found.setdefault("none: nothing shown at all", []).append(best["decision"] == "none")
            continue
        found.setdefault(f"{want['decision']}{marks}: right topic first", []).append(first)
        found.setdefault(f"{want['decision']}{marks}: first and decided so", []).append(
            first and best["decision"] == want["decision"]
        )
        if best["decision"] == "same":
            called_right = first and want["decision"] == "same"
            found.setdefault("called the same: right", []).append(called_right)
    return {key: f"{np.mean(values):.3f} of {len(values)}" for key, values in sorted(found.items())}


if __name__ == "__main__":
    main()
