"""`python -m factdesk.sample FILE` writes the sample feed into a file; without FILE, to standard output."""

from __future__ import annotations

import sys
from pathlib import Path

from factdesk.sample.feed import feed_json


def main(words: list[str]) -> None:
    """Write the feed as UTF-8 where it is wanted; a shell's `>` would change the encoding on some systems."""
    if words:
        Path(words[0]).write_text(feed_json(), encoding="utf-8")
    else:
        sys.stdout.buffer.write(feed_json().encode())


if __name__ == "__main__":
    main(sys.argv[1:])
