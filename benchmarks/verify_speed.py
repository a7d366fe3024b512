"""How long `verify` takes for a desk of 2,000 captures and 10,000 citations, and whether that grows in a line.

    python benchmarks/verify_speed.py [--captures 2000] [--cited 5]

Exit code 1 when a step failed, or when the whole takes longer than 120 s (10 s with --quick).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evidence_world import Made, captures
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.domain.documents import Document, blocks_from
from factdesk.domain.verification import Outcome
from factdesk.queries.verify import How, verify_desk
from factdesk.queries.verify_passages import SUBJECT
from factdesk.store.blobs import put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.citations import capture_number, put_citations
from factdesk.store.record import Record
from factdesk.store.setup import prepare
from factdesk.text.passages import passages

WHOLE, QUICK = 120.0, 10.0
BATCH = 50


def fill(record: Record, made: Sequence[Made]) -> None:
    """Put captures and their citations into a record, some at a time."""
    for at in range(0, len(made), BATCH):
        part = made[at : at + BATCH]
        staged = [stage(record.config, data) for each in part for data in each.blobs.values()]
        with record.write() as writer:
            put_blobs(writer, staged)
            put_captures(
                writer,
                [NewCapture(each.capture, slices(each)) for each in part],
                actor="b",
                ids=[each.id for each in part],
            )
            cited = [(capture_number(writer.session, each.id), cite) for each in part for cite in each.citations]
            put_citations(writer, cited, actor="b")


def slices(made: Made) -> list[Slice]:
    """The passages of a capture."""
    text, layout = (made.blobs[digest].decode() for digest in (made.capture.text_digest, made.capture.layout_digest))
    cut = passages(Document(text, blocks_from(layout)))
    return [Slice(each.start, each.end, each.page, each.heading) for each in cut]


def timed(record: Record, how: How) -> tuple[float, Counter[Outcome]]:
    """Seconds, and how many steps came out how."""
    start = time.perf_counter()
    outcomes = Counter(step.outcome for step in verify_desk(record, how) if step.subject != SUBJECT or not how.quick)
    return time.perf_counter() - start, outcomes


def main() -> int:
    """Build desks of a quarter, a half and all; verify each; say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--captures", type=int, default=2000)
    parser.add_argument("--cited", type=int, default=5)
    options = parser.parse_args()
    made = list(captures(options.captures, options.cited))
    print(f"{'captures':>9} {'citations':>10} {'seconds':>9} {'ms each':>8} {'--quick':>9}  outcomes")
    good = True
    for count in (options.captures // 4, options.captures // 2, options.captures):
        with tempfile.TemporaryDirectory() as name:
            config = DeskConfig(folder=Path(name), database_url=f"sqlite:///{name}/record.sqlite", name="Benchmark")
            prepare(config)
            with Record.open(config, Clock()) as record:
                fill(record, made[:count])
                whole, outcomes = timed(record, How())
                quick, quick_outcomes = timed(record, How(quick=True))
        each = 1000 * whole / count
        print(f"{count:>9,} {count * options.cited:>10,} {whole:>9.1f} {each:>8.1f} {quick:>9.1f}  {dict(outcomes)}")
        good = good and not outcomes["fail"] and not quick_outcomes["fail"]
        good = good and set(outcomes) == {"pass"} and whole <= WHOLE and quick <= QUICK
    print("met" if good else "NOT met", f"(at most {WHOLE:.0f} s, {QUICK:.0f} s with --quick)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
