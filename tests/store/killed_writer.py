"""A writer to be killed: it writes batches for ever, and names each event once its transaction is through.

Run as `python killed_writer.py DATABASE_URL FOLDER`; prints `seq hash` a line. Not a test.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TextIO

import numpy as np

from factdesk.config import DeskConfig
from factdesk.domain.reviews import Publisher, Review
from factdesk.store.batches import Entry, put_batch
from factdesk.store.record import Record
from factdesk.store.vectors import put_vectors, vector_digest

ROWS = 40


def write_for_ever(config: DeskConfig, out: TextIO) -> None:
    """Batches of new, changed and withdrawn reviews, with their vectors, as fast as they go."""
    with Record.open(config, patience=60) as record:
        while True:
            at = record.head()[0]
            with record.write() as writer:
                batch = put_batch(writer, f"run-{at}", _entries(at), actor="killed")
                rows = {vector_digest("m", f"{at} {row}"): np.full(384, row, np.float32) for row in range(ROWS)}
                put_vectors(writer, "m", rows)
            if batch.event is not None:
                out.write(f"{batch.event.seq} {batch.event.hash}\n")
                out.flush()


def _entries(at: int) -> list[Entry]:
    publisher = Publisher(f"Publisher {at % 7}", "example.org")
    new = [Entry(f"{at}/{row}", Review(claim=f"claim {at} {row} " * 20, publisher=publisher)) for row in range(ROWS)]
    changed = [Entry(f"{at - 1}/{row}", Review(claim=f"changed {at} {row}")) for row in range(0, ROWS, 4)]
    withdrawn = [Entry(f"{at - 2}/{row}", None) for row in range(0, ROWS, 8)]
    return new + changed + withdrawn


if __name__ == "__main__":
    write_for_ever(DeskConfig(folder=Path(sys.argv[2]), database_url=sys.argv[1], name="killed"), sys.stdout)
