"""How long `factdesk verify SITE` takes for each check, and how much memory, over a site of many checks and sources.

    python benchmarks/site_verify.py [--checks 2000] [--site FOLDER]

The site is made as in `site_speed.py`: signed checks of about 450 words without captures, whose pages, bundles, lists,
feeds and entries are compared. `--site` verifies one that is there already, which may cite sources. It is verified
without and with the cards drawn again; the load of the machine stands beside the times. Exit code 1 when a step about a
page fails.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from factdesk.config import DeskConfig
from factdesk.publish.site_source import Folder
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How
from factdesk.signing.keys import PrivateKey
from factdesk.store.record import Record
from factdesk.store.setup import prepare
from site_speed import built, fill


def made(folder: Path, count: int) -> Path:
    """A site of so many checks."""
    config = DeskConfig(folder=folder / "desk", database_url=f"sqlite:///{folder / 'desk' / 'record.sqlite'}", name="B")
    config.folder.mkdir(parents=True)
    prepare(config)
    with Record.open(config) as record:
        fill(record, PrivateKey(b"a key of the benchmark's own ..."), count)
    built(config, folder / "site")
    return folder / "site"


def measure(site: Path) -> int:
    """Verify a site both ways, and print what it took; how many steps about its pages failed."""
    failed = 0
    for name, quick in (("without cards", True), ("with texts and cards", False)):
        start, used = time.perf_counter(), time.process_time()
        sums = Counter((each.name, each.outcome) for each in verify_site(Folder(site), How(quick=quick)))
        seconds, used = time.perf_counter() - start, time.process_time() - used
        count = sum(1 for _ in (site / "bundles").glob("*.wacz"))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        load = os.getloadavg()[0]
        each = f"{seconds / count * 1000:>7.2f} ms a check ({used / count * 1000:.2f} ms of a processor)"
        print(f"{name:<22}{count:>7,} checks{seconds:>8.2f} s{each}, {memory:,.0f} MB, load {load:.1f}", flush=True)
        pages = {outcome: sums["page", outcome] for outcome in ("pass", "fail", "not checked")}
        print(f"{'':<22}pages: {pages}", flush=True)
        failed += pages["fail"]
    return failed


def main() -> int:
    """Measure; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--checks", type=int, default=2_000)
    parser.add_argument("--site", type=Path, help="a folder with a site")
    asked = parser.parse_args()
    if asked.site is not None:
        return int(measure(asked.site) > 0)
    with tempfile.TemporaryDirectory() as folder:
        return int(measure(made(Path(folder), asked.checks)) > 0)


if __name__ == "__main__":
    sys.exit(main())
