"""A capturer to be killed: it captures files and texts and cites them for ever, and names what it kept once it is kept.

Run as `python killed_capturer.py DATABASE_URL FOLDER`; prints `capture ID NUMBER SIZE`, `text ID` or `cite ID` a line.
`what_is_wrong` looks at what it left. Not a test.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from factdesk.actions.capture import capture_file
from factdesk.actions.cite import CitedNow, cite
from factdesk.actions.fetching import Wishes
from factdesk.actions.texts import capture_texts
from factdesk.config import DeskConfig
from factdesk.domain.documents import text_digest
from factdesk.queries.desk import Desk
from factdesk.store.blobs import get_blob, missing_blobs
from factdesk.store.captures import all_captures
from factdesk.store.chain import verify
from factdesk.store.citations import all_citations
from factdesk.store.record import Record
from factdesk.store.vectors import Vector

SMALL, LARGE = 2_000, 200_000
ROWS = 5


class Encoder:
    """Vectors that take no time: what is killed here are writes."""

    name = "killed"
    dimensions = 384

    def encode(self, texts: list[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        """One row of zeros for each text."""
        return np.zeros((len(texts), self.dimensions), np.float32)

    def vector(self) -> Vector:
        """One of them."""
        return np.zeros(self.dimensions, np.float32)


def words(number: int, size: int) -> str:
    """The text of a file, by its number: another one for each, the same in each process."""
    line = f"File {number} says that the river rose by {number * 7919} cm. "
    return (line * (size // len(line) + 1))[:size].rstrip() + "\n"


def capture_for_ever(config: DeskConfig, out: TextIO) -> None:
    """Files, texts and citations, as fast as they go."""
    with Desk(config, Record.open(config, patience=60), writable=True) as desk:
        desk._encoder = Encoder()  # type: ignore[assignment]
        number = desk.record.head()[0]
        while True:
            number += 1
            for line in _one_round(desk, config.folder, number):
                out.write(line + "\n")
                out.flush()


def _one_round(desk: Desk, folder: Path, number: int) -> Iterator[str]:
    source = folder / "source.txt"
    for size in (SMALL, LARGE):
        source.write_text(words(number, size))
        done = capture_file(desk, source, Wishes(), actor="killed")
        yield f"capture {done.id} {number} {size}"
        cited = cite(desk, done.id, f"that the river rose by {number * 7919} cm", "supports", nth=1, actor="killed")
        if not isinstance(cited, CitedNow):
            raise TypeError(cited)
        yield f"cite {cited.id}"
    rows = folder / "rows.jsonl"
    made = ({"id": f"{number}-{row}", "text": words(number + row, SMALL * (row + 1))} for row in range(ROWS))
    rows.write_text("".join(json.dumps(row) + "\n" for row in made))
    capture_texts(desk, str(rows), actor="killed")
    yield from (f"text {number}-{row}" for row in range(ROWS))


def what_is_wrong(config: DeskConfig, kept: list[str], after: int = 0) -> str:
    """What is wrong with a record that capturers left; `kept` are all their lines. Empty when nothing is.

    Bytes are read of the captures of events above `after`.
    """
    told = {line.split()[1]: line.split() for line in kept}
    with Record.open(config, patience=60) as record:
        # Waits until the database has let go of what the dead capturer had begun.
        with record.write():
            pass
        with record.read() as session:
            broken = verify(session).broken
            if broken is not None:
                return f"broken at {broken.seq}: it {broken.reason}"
            if next(missing_blobs(session, config), None) is not None:
                return "bytes are missing"
            seen = set()
            for stored in all_captures(session):
                capture = stored.capture
                seen |= {stored.id, capture.own_id}
                if stored.seq <= after:
                    continue
                body = get_blob(session, config, capture.digest)
                text = get_blob(session, config, capture.text_digest).decode()
                get_blob(session, config, capture.layout_digest)
                if hashlib.sha256(body).hexdigest() != capture.digest or text_digest(text) != capture.text_digest:
                    return f"{stored.id} is not what its digests say"
                line = told.get(stored.id, ())
                if line and body.decode() != words(int(line[2]), int(line[3])):
                    return f"{stored.id} has other bytes"
            seen |= {stored.id for stored in all_citations(session)}
    lost = told.keys() - seen
    return f"{min(lost)} was acknowledged and is not there" if lost else ""


if __name__ == "__main__":
    capture_for_ever(DeskConfig(folder=Path(sys.argv[2]), database_url=sys.argv[1], name="killed"), sys.stdout)
