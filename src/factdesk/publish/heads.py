"""`data/heads.json`: where the log stood, under whose key. What readers keep, so that history cannot be rewritten.

JSON, one signed head a line, oldest first:

    {"format":"factdesk-heads","version":1,"desk":"…","log":{"seq":57,"hash":"…"},"heads":[
    {"desk":"…","hash":"…","key":"…","person":"…","seq":42,"signature":"…","time":"2026-01-02T03:04:05.000006Z"}
    ]}

`log` is where the log stood when the site was made, which nobody signed. Of `heads` there are the newest of each month
and the last fifty. A signature is Ed25519 over `factdesk signed head v1`, a line feed, and the canonical JSON (keys
sorted, no spaces, UTF-8) of `{"desk","head":"SEQ:HASH","key","time"}`. `person` is not signed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from factdesk.domain.events import canonical_time
from factdesk.domain.heads import MOST_SEQ, SignedHead, head_from
from factdesk.errors import InputError
from factdesk.publish.claimreview import safe_json
from factdesk.queries.heads import SignedHeadRow

PATH = "data/heads.json"
FORMAT, VERSION = "factdesk-heads", 1

MOST_BYTES = 4 << 20
MOST_HEADS = 5_000
"""Of a hundred years there are 1,250, in under one megabyte."""
MOST_NAME = 1_000

SHOWN = 12
"""How many heads the page of the log shows; the file has them all."""

_FIELDS = frozenset({"desk", "seq", "hash", "time", "person", "key", "signature"})
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class HeadsFile:
    """What such a file says: the desk, where its log stood when the file was made, and the signed heads as they stand
    in it."""

    desk: str
    log: tuple[int, str]
    heads: tuple[SignedHead, ...]


def heads_file(desk: str, head: tuple[int, str], rows: Sequence[SignedHeadRow]) -> bytes:
    """The file of a desk's name, the head of its log and the signed ones, oldest first."""
    said = {"format": FORMAT, "version": VERSION, "desk": desk, "log": {"seq": head[0], "hash": head[1]}}
    lines = ",\n".join(safe_json(_row(each)) for each in rows)
    return f'{safe_json(said)[:-1]},"heads":[\n{lines}\n]}}\n'.encode()


def heads_context(rows: Sequence[SignedHeadRow]) -> Mapping[str, Any]:
    """What the page of the log is told: the newest signed heads, newest first, how many more the file has, and its
    path."""
    return {"heads": tuple(rows[::-1][:SHOWN]), "more_heads": max(0, len(rows) - SHOWN), "heads_path": f"/{PATH}"}


def read_heads(data: bytes, place: str = PATH) -> HeadsFile:
    """What a file says that is anybody's; `place` is where it is from. Signatures are not looked at. Raises
    `InputError` for what is none."""
    if len(data) > MOST_BYTES:
        raise InputError("It has more than {limit} MB.", place=place, limit=MOST_BYTES >> 20)
    try:
        return _read(json.loads(data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            "These are no signed heads of a log.", place=place, remedy="The file is data/heads.json of a desk's site."
        ) from error


def _read(found: Any) -> HeadsFile:
    if not isinstance(found["heads"], list):
        raise TypeError("no list")
    if (found["format"], found["version"]) != (FORMAT, VERSION) or len(found["heads"]) > MOST_HEADS:
        raise ValueError("another format")
    log, desk = found["log"], _name(found["desk"])
    sound = type(log["seq"]) is int and 0 <= log["seq"] <= MOST_SEQ and type(log["hash"]) is str
    if not sound or not _HASH.fullmatch(log["hash"]):
        raise ValueError("no head")
    return HeadsFile(desk, (log["seq"], log["hash"]), tuple(map(_signed, found["heads"])))


def _signed(row: Any) -> SignedHead:
    if row.keys() != _FIELDS:
        raise ValueError("other fields")
    known = dict(row)
    known["public"] = known.pop("key")
    made = head_from(known)
    _name(made.desk)
    _name(made.person)
    return made


def _name(name: Any) -> str:
    # What is half a surrogate pair, `encode` refuses.
    if not isinstance(name, str) or len(name.encode()) > MOST_NAME:
        raise ValueError("no name")
    return name


def _row(row: SignedHeadRow) -> Mapping[str, Any]:
    return {
        "desk": row.desk,
        "hash": row.hash,
        "key": row.public,
        "person": row.person,
        "seq": row.seq,
        "signature": row.signature,
        "time": canonical_time(row.time),
    }
