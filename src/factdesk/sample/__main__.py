"""`python -m factdesk.sample FILE` writes the sample feed into a file; without FILE, to standard output.

`python -m factdesk.sample --messages` prints the messages of the demonstration, one a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

from factdesk.sample.feed import demo_messages, feed_json


def main(words: list[str]) -> None:
    """Write as UTF-8 what is wanted; a shell's `>` would change the encoding on some systems."""
    if words == ["--messages"]:
        sys.stdout.buffer.write("".join(f"{message.text}\n" for message in demo_messages()).encode())
    elif words:
        Path(words[0]).write_text(feed_json(), encoding="utf-8")
    else:
        sys.stdout.buffer.write(feed_json().encode())


if __name__ == "__main__":
    main(sys.argv[1:])
