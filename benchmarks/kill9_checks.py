"""How much of an editorial desk's work `kill -9` loses or leaves half done. It must be none.

    python benchmarks/kill9_checks.py [--kills 200] [--database postgresql://…] [--seed 1]

A child process does every act there is, as people of all roles: adds people and changes their roles, registers,
exchanges and revokes keys, adds and edits claims, takes in tips and links them, begins checks, edits, undoes, submits,
returns, signs, publishes, reopens, keeps, corrects and withdraws them; it names each act once it is done, and is killed
at a random moment. Then the record must open and verify, every act ever acknowledged must be there, and none may be
half done: no step without its revision, sign-off or publication, and `match` must know what is public and nothing else.
Exits with 1 at the first loss. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

from factdesk.clock import Clock
from factdesk.config import DeskConfig, normal_url
from factdesk.store.setup import prepare
from killing import kill_once

ROOT = Path(__file__).parents[1]
CHECKED = 20
"""Kills between two looks at the whole record: it grows, and each look reads all of it."""


def main() -> int:
    """Kill, check, repeat."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", default="", help="an empty database; SQLite in a temporary folder if not given")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.actions.busy_newsroom import what_is_wrong, work
    from tests.actions.desks_of_people import built, opened

    chance = random.Random(options.seed)
    told: list[str] = []
    wrong, done = "", 0
    with tempfile.TemporaryDirectory(prefix="kill9-") as name:
        url = normal_url(options.database) or f"sqlite:///{name}/record.sqlite"
        config = DeskConfig(Path(name), url, "kill9", allow_private=True)
        prepare(config)
        world = built(config, Clock())

        def at_work(out: Any) -> None:
            with opened(config) as desk:
                work(desk, out, world.claim, world.cited, f"{options.seed}-{done}")

        while done < options.kills and not wrong:
            told += kill_once(at_work, chance.randint(0, 60), chance.uniform(0, 0.15))
            done += 1
            if done % CHECKED == 0 or done == options.kills:
                wrong = what_is_wrong(config, told)
            if sys.stderr.isatty():
                print(f"\r{done}/{options.kills} kills, {len(told)} acknowledged", end="", file=sys.stderr)
    found = {
        "kills": done,
        "acknowledged": len(told),
        "lost": wrong or 0,
        "database": "postgresql" if options.database else "sqlite",
    }
    print(json.dumps(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
