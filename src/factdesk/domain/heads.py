"""A signed head: where the log stood, under somebody's key.

The newest event's number and hash stand for everything before them (`domain.events`). Whoever keeps a signed head can
tell that history before it was rewritten or cut off, and show others that the desk's own people had said otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from factdesk.domain.events import canonical_payload, canonical_time
from factdesk.domain.keys import fingerprint

LAST = 50
"""How many of the newest heads are always published."""

_HASH = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_HEAD = re.compile(r"([0-9]{1,17}):([0-9a-f]{64})")

MOST_SEQ = 10**17 - 1
"""The largest number of an event that `read_head` takes."""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with the signature of a person's key. `public` is the key and `hash` the event's, both in hexadecimal;
    `person` is a name of the desk, which the signature does not cover: whose key it is, readers know or do not."""

    desk: str
    seq: int
    hash: str
    person: str
    public: str
    signature: str
    time: datetime

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the newest event."""
        return self.seq, self.hash

    @property
    def fingerprint(self) -> str:
        """What readers pin."""
        return fingerprint(self.public)

    @property
    def text(self) -> str:
        """What is signed."""
        return head_text(self.desk, self.head, self.public, self.time)

    def content(self) -> str:
        """The signed head as canonical JSON."""
        return canonical_payload(asdict(self) | {"time": canonical_time(self.time)})


def head_text(desk: str, head: tuple[int, str], public: str, time: datetime) -> str:
    """What is signed of a head, as canonical JSON: no field can run into another."""
    said = {"desk": desk, "head": shown_head(head), "key": public, "time": canonical_time(time)}
    return canonical_payload(said)


def head_from(data: Mapping[str, Any]) -> SignedHead:
    """The signed head that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` for
    anything else; whether the signature is the key's is not looked at."""
    time = datetime.fromisoformat(data["time"])
    if canonical_time(time) != data["time"]:
        raise ValueError("another time than is written")
    made = SignedHead(**{**data, "time": time})
    texts = (made.desk, made.hash, made.person, made.public, made.signature)
    if type(made.seq) is not int or not all(type(each) is str for each in texts):
        raise TypeError("other fields")
    sound = 0 < made.seq <= MOST_SEQ and _HASH.fullmatch(made.hash) and _HASH.fullmatch(made.public)
    if not sound or not _SIGNATURE.fullmatch(made.signature):
        raise ValueError("no signed head")
    return made


def shown_head(head: tuple[int, str]) -> str:
    """A head as people copy it: `42:9f2c…`."""
    return f"{head[0]}:{head[1]}"


def read_head(text: str) -> tuple[int, str] | None:
    """The head that a text is, as people copy it; None for none."""
    found = _HEAD.fullmatch(text.strip().lower())
    return (int(found[1]), found[2]) if found else None


def thinned(times: Sequence[datetime], last: int = LAST) -> tuple[int, ...]:
    """Which of heads, oldest first, are published: the newest of each month (UTC), and the `last` of all. Returns
    places, in their order."""
    months = {(time.year, time.month): place for place, time in enumerate(times)}
    return tuple(sorted({*months.values(), *range(max(0, len(times) - last), len(times))}))
