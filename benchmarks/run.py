"""Every benchmark, one after the other: `make bench`, or `python benchmarks/run.py [NAME …]`.

Needs the benchmark data (`FACTDESK_BENCH`, or `../shared/bench` beside the checkout); takes about an hour on two cores.
What each prints stands in `benchmarks/results/NAME.txt` afterwards. Quiet machines only: a busy one measures itself.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
BENCHMARKS: dict[str, tuple[str, ...]] = {
    "match_accuracy": (),
    "checkworthy": ("--baseline",),
    "match_latency": (),
    "import_speed": (),
    "import_memory": (),
    "search_index": ("--docs", "14000"),
    "record": ("--reviews", "100000"),
    "kill9": ("--imports", "--kills", "200"),
}
"""Each script with the words it is given."""


def main(asked: list[str]) -> int:
    """Run the benchmarks that were asked for, or all; how many failed."""
    unknown = [name for name in asked if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    RESULTS.mkdir(exist_ok=True)
    failed = 0
    for name in asked or BENCHMARKS:
        print(f"== {name}", flush=True)
        command = [sys.executable, f"{name}.py", *BENCHMARKS[name]]
        done = subprocess.run(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
        print(done.stdout, flush=True)
        (RESULTS / f"{name}.txt").write_text(done.stdout, encoding="utf-8")
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
