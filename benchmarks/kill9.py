"""How many acknowledged writes `kill -9` loses. It must be none.

    python benchmarks/kill9.py [--kills 200] [--database postgresql://…] [--imports]

A child process writes batches of reviews with their vectors and names each event once its transaction is through;
it is killed at a random moment, 1 to 5 batches and up to 100 ms on. Then every event ever acknowledged must be there
with its hash, the whole record must verify, and no batch may be half there. The desk is the same from kill to kill,
so each child also starts from what the last one left. With --imports the child imports files of reviews, index and all,
and acknowledges what `import` counts as read: see `kill9_import.py`. Exits with 1 at the first loss. Prints one line of
JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import runpy
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TextIO, cast

from sqlalchemy import func, select

from factdesk.config import DeskConfig, normal_url
from factdesk.store.chain import verify
from factdesk.store.events import get_event
from factdesk.store.record import Record
from factdesk.store.reviews import VERSIONS
from factdesk.store.setup import prepare
from factdesk.store.vectors import VECTORS
from kill9_import import check_imports, import_for_ever, prepare_imports
from killing import kill_once

ROOT = Path(__file__).parents[1]
WRITER = ROOT / "tests" / "store" / "killed_writer.py"
ROWS = 40


def writer_of() -> Callable[[DeskConfig, TextIO], None]:
    """The function that writes for ever, shared with the test suite's own few kills."""
    return cast(Callable[[DeskConfig, TextIO], None], runpy.run_path(str(WRITER))["write_for_ever"])


def acknowledged(told: list[str]) -> dict[int, str]:
    """What a writer told, as digests by seq."""
    pairs = (line.split() for line in told)
    return {int(seq): digest for seq, digest in pairs}


def check(config: DeskConfig, kept: dict[int, str], last: dict[int, str]) -> tuple[str, int]:
    """What is wrong, empty when nothing is, and how many events there are."""
    with Record.open(config, patience=60) as record:
        # Waits until the database has let go of what the dead writer had begun.
        with record.write():
            pass
        with record.read() as session:
            result = verify(session)
            if result.broken is not None:
                return f"broken at {result.broken.seq}: it {result.broken.reason}", result.events
            for seq, digest in last.items():
                event = get_event(session, seq)
                if event is None or event.hash != digest:
                    return f"event {seq} was acknowledged and is not there", result.events
            if kept and result.head[0] < max(kept):
                return "the log is shorter than what was acknowledged", result.events
            batches = session.execute(select(func.count(VERSIONS.c.seq.distinct()))).scalar_one()
            vectors = session.execute(select(func.count()).select_from(VECTORS)).scalar_one()
    return ("" if vectors == ROWS * batches else "a batch is half there"), result.events


def main() -> int:
    """Kill, check, repeat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="", help="an empty database; SQLite in a temporary folder if not given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--imports", action="store_true", help="kill whole imports, and the index that follows them")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kept: dict[int, str] = {}
    unacknowledged, wrong, done, events = 0, "", 0, 0
    with tempfile.TemporaryDirectory(prefix="kill9-") as name:
        url = normal_url(options.database) or f"sqlite:///{name}/record.sqlite"
        config = DeskConfig(folder=Path(name), database_url=url, name="kill9")
        prepare(config)
        if options.imports:
            prepare_imports(config)
        write, look = (import_for_ever, check_imports) if options.imports else (writer_of(), check)
        while done < options.kills and not wrong:
            last = acknowledged(kill_once(partial(write, config), chance.randint(1, 5), chance.uniform(0, 0.1)))
            kept |= last
            wrong, events = look(config, kept, last)
            done += 1
            if sys.stderr.isatty():
                print(f"\r{done}/{options.kills} kills, {len(kept)} acknowledged", end="", file=sys.stderr)
        unacknowledged = events - (max(kept, default=0) if options.imports else len(kept))
    found = {
        "kills": done,
        "acknowledged": max(kept, default=0) if options.imports else len(kept),
        "lost": wrong or 0,
        "whole_but_unacknowledged": unacknowledged,
        "database": "postgresql" if options.database else "sqlite",
        "what": "imports" if options.imports else "batches",
    }
    print(json.dumps(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
