"""`python -m factdesk.sample FILE` writes the sample feed into a file; without FILE, to standard output.

`--messages` prints the messages of the demonstration, one a line.
`--serve [PORT]` serves the sample's pages on this machine, to be captured; prints their address.
`--check en|vi CLAIM CITATION FILE` writes the sample check about a claim, with a citation, into a file. Several claims
are parted by commas.
`--site DESK` puts the sample's own pages of the site into a desk's folder.
"""

from __future__ import annotations

import sys
from pathlib import Path

from factdesk.sample.desk import check_text, put_pages, serve
from factdesk.sample.feed import demo_messages, feed_json


def main(words: list[str]) -> None:
    """Write as UTF-8 what is wanted; a shell's `>` would change the encoding on some systems."""
    match words:
        case ["--messages"]:
            sys.stdout.buffer.write("".join(f"{message.text}\n" for message in demo_messages()).encode())
        case ["--serve", *port]:
            serve(int(port[0]) if port else 0)
        case ["--check", language, claim, citation, file]:
            Path(file).write_text(check_text(language, claim, citation), encoding="utf-8", newline="\n")
        case ["--site", desk]:
            put_pages(Path(desk))
        case [file] if not file.startswith("-"):
            Path(file).write_text(feed_json(), encoding="utf-8")
        case []:
            sys.stdout.buffer.write(feed_json().encode())
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
