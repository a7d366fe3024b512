"""`trust.txt`: what the desk says of itself to programs, above all which accounts it runs.

The same file stands at the site's root and under `.well-known`. There is none where the desk says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from factdesk.interchange.trust_file import Trust

PLACES = ("trust.txt", ".well-known/trust.txt")


def trust_files(name: str, trust: Trust | None) -> Mapping[str, bytes]:
    """The files by their paths; none where nothing is said."""
    if trust is None or not trust.entries:
        return {}
    data = trust_txt(name, trust).encode("utf-8", "replace")
    return dict.fromkeys(PLACES, data)


def trust_txt(name: str, trust: Trust) -> str:
    """The file: a comment that names the publisher, and a line a value, in the order of the names."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())
    return "".join([f"# {shown}\n", *(f"{own}={value}\n" for own, value in trust.entries)])
