"""Imports to be killed, for `kill9.py --imports`: rows by number, so that what is there can be told by counting.

The child imports files of rows, each file again from its beginning when it was not finished, and acknowledges what
`import` says it has read; between the files the index follows. After each kill the record must verify, hold every row
acknowledged and none twice, and the index must follow it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TextIO

from sqlalchemy import func, select

from factdesk.actions import run as running
from factdesk.actions.imports import import_reviews
from factdesk.clock import Clock
from factdesk.config import DeskConfig, models_dir
from factdesk.encode.base import Encoder
from factdesk.encode.load import load_encoder
from factdesk.queries.audit import audit
from factdesk.queries.desk import Desk
from factdesk.store.reviews import REVIEWS

BATCH = 64
FILE = 200
"""Rows of a batch and of a file: smaller than a desk's, so that the blow often falls while the index is written."""


@cache
def encoder() -> Encoder:
    """The encoder, loaded once by the parent. Its children never run it: every text is encoded before."""
    return load_encoder("e5-small", models_dir(), 1)


def opened(config: DeskConfig) -> Desk:
    """The desk, with the encoder that the parent has loaded."""
    desk = Desk.open(config, Clock())
    desk._encoder = encoder()
    return desk


def prepare_imports(config: DeskConfig) -> None:
    """Encode all there is to encode."""
    running.BATCH = BATCH
    with opened(config) as desk:
        import_reviews(desk, _file(config, 0, 5))


def import_for_ever(config: DeskConfig, out: TextIO) -> None:
    """Import file after file; acknowledge how many rows there are by now."""
    with opened(config) as desk:
        while True:
            first = _rows(desk)[0] // FILE * FILE

            def acknowledge(done: int, _total: int | None, first: int = first) -> None:
                out.write(f"{first + done} rows\n")
                out.flush()

            import_reviews(desk, _file(config, first, first + FILE), progress=acknowledge)


def check_imports(config: DeskConfig, kept: dict[int, str], _last: dict[int, str]) -> tuple[str, int]:
    """What is wrong, empty when nothing is, and how many rows there are."""
    with opened(config) as desk:
        count, distinct = _rows(desk)
        broken = audit(desk.record).broken
        if broken is not None:
            return f"broken at {broken.seq}: it {broken.reason}", count
        if count < max(kept, default=0):
            return f"{max(kept)} rows were acknowledged, and {count} are there", count
        if distinct != count:
            return f"of {count} rows {count - distinct} are there twice", count
        found = len(desk.index())
        return ("" if found == count else f"the index holds {found} of {count} rows"), count


def _rows(desk: Desk) -> tuple[int, int]:
    chosen = select(func.count(), func.count(REVIEWS.c.url.distinct())).select_from(REVIEWS)
    with desk.record.read() as session:
        count, distinct = session.execute(chosen).one()
    return count, distinct


def _file(config: DeskConfig, first: int, last: int) -> str:
    file = Path(config.folder) / "rows.jsonl"
    rows = ({"text": f"Claim {n % 5} is told.", "url": f"https://example.org/{n}"} for n in range(first, last))
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(file)
