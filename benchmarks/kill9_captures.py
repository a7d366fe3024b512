"""How much evidence `kill -9` loses or leaves half kept. It must be none.

    python benchmarks/kill9_captures.py [--kills 200] [--database postgresql://…] [--seed 1]

A child process captures files (small ones and some beyond what the record keeps itself), takes in texts and cites, as
`factdesk capture`, `capture --texts` and `cite` do, and names each capture and citation once it is kept; it is killed
at a random moment. Then the record must open and verify, every capture and citation ever acknowledged must be there
with the right bytes and text, and no capture may name bytes that are missing or are not what their digest says. Exits
with 1 at the first loss. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import runpy
import sys
import tempfile
from functools import partial
from pathlib import Path

from factdesk.config import DeskConfig, normal_url
from factdesk.store.record import Record
from factdesk.store.setup import prepare
from killing import kill_once

ROOT = Path(__file__).parents[1]
KILLED = runpy.run_path(str(ROOT / "tests" / "actions" / "killed_capturer.py"))


def main() -> int:
    """Kill, check, repeat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="", help="an empty database; SQLite in a temporary folder if not given")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    kept: list[str] = []
    wrong, done, seen = "", 0, 0
    with tempfile.TemporaryDirectory(prefix="kill9-") as name:
        url = normal_url(options.database) or f"sqlite:///{name}/record.sqlite"
        config = DeskConfig(folder=Path(name), database_url=url, name="kill9")
        prepare(config)
        at_work = partial(KILLED["capture_for_ever"], config)
        while done < options.kills and not wrong:
            kept += kill_once(at_work, chance.randint(0, 4), chance.uniform(0, 0.15))
            # Every byte at the last look, and else those that are new.
            wrong = KILLED["what_is_wrong"](config, kept, seen if done + 1 < options.kills else 0)
            with Record.open(config, patience=60) as record:
                seen = record.head()[0]
            done += 1
            if sys.stderr.isatty():
                print(f"\r{done}/{options.kills} kills, {len(kept)} acknowledged", end="", file=sys.stderr)
        drafts = len(list(Path(name).glob("blobs/.*.part")))
    found = {
        "kills": done,
        "acknowledged": len(kept),
        "lost": wrong or 0,
        "half_files_left": drafts,
        "database": "postgresql" if options.database else "sqlite",
    }
    print(json.dumps(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
