"""What `kill -9` during `factdesk site build` leaves of a site: the old one or the new one, whole, always.

    python benchmarks/site_kill.py [--kills 50] [--checks 12] [--seed 1]

A desk with published checks is built again and again: under another address, which changes every page, and after one
check was corrected and published again, in turn. The process that builds is killed, and it alone, at a random moment of
the time that such a build takes. Then every file of the site is compared with those of the site as it stood before and
of the one that a copy of the desk, without anything kept, makes of the same record: it must be one of them. No process
of the killed build may live on. At every other kill the build is done again: it must give the new site, and leave no
more beside it than one hidden folder. Exits with 1 at the first that is wrong. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> int:
    """Kill, check, repeat; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--checks", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.publish.killed_newsroom import kill, newsroom

    with tempfile.TemporaryDirectory(prefix="site-kill-") as name:
        made = newsroom(Path(name), asked.checks, asked.seed)
        wrong = kill(made, asked.kills)
    took = {kind: round(seconds, 2) for kind, seconds in made.took.items()}
    print(json.dumps({"wrong": wrong or 0, "seen": made.seen, "seconds of a build": took}))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
