"""A capture: frozen bytes of a source, with their digest, the time, and how they were obtained.

A capture is never changed. Capturing again makes another one; equal bytes are stored once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from factdesk.domain.documents import About, Extractor
from factdesk.domain.events import canonical_payload, canonical_time

Origin = Literal["web", "file", "text"]
"""`web`: the desk fetched it itself. `file` and `text`: somebody supplied it, which the desk cannot vouch for."""

SUPPLIED: frozenset[str] = frozenset({"file", "text"})


@dataclass(frozen=True, slots=True)
class Capture:
    """One capture as it is sealed. Digests are SHA-256 in hexadecimal, empty where there is nothing.

    `url` is the address that was asked for and `final_url` where redirects led; for what was supplied, where the
    supplier says it is from. `digest` is that of the body as received, content encoding kept (what a WARC's payload
    digest says); `exchange` that of the kept requests and responses (`capture.exchange`); `text_digest` that of the
    extracted text and `layout_digest` that of its blocks. `name` is a supplied file's name; `own_id` a row's id.
    `private` is whether it came from a private network. `time` is aware UTC.
    """

    origin: Origin
    digest: str
    size: int
    media_type: str
    text_digest: str
    extractor: Extractor
    time: datetime
    url: str = ""
    final_url: str = ""
    name: str = ""
    own_id: str = ""
    supplied_by: str = ""
    content_encoding: str = ""
    charset: str = ""
    exchange: str = ""
    layout_digest: str = ""
    about: About = field(default_factory=About)
    note: str = ""
    private: bool = False
    ocr: bool = False
    primary: bool = False

    @property
    def supplied(self) -> bool:
        """Whether somebody supplied it, rather than the desk fetching it itself."""
        return self.origin in SUPPLIED

    @property
    def source(self) -> str:
        """Where it is from, for people: an address, else a file's name, else a row's id."""
        return self.final_url or self.url or self.name or self.own_id

    def content(self) -> str:
        """The capture as canonical JSON: sorted keys, no spaces, nothing empty that may be. Equal captures give equal
        text."""
        data = asdict(self) | {"time": canonical_time(self.time)}
        data["about"] = {key: value for key, value in data["about"].items() if value}
        kept = {key: value for key, value in data.items() if key in NEEDED or value not in ("", False, None, {})}
        return canonical_payload(kept)


FIELDS = frozenset(each.name for each in fields(Capture))
NEEDED = frozenset({"origin", "digest", "size", "media_type", "text_digest", "extractor", "time"})
"""What a capture cannot be without, even where it is empty: its size may be 0."""


def capture_from(data: Mapping[str, Any]) -> Capture:
    """The capture that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    known = {name: value for name, value in data.items() if name in FIELDS}
    known["extractor"] = Extractor(**known["extractor"])
    known["about"] = About(**known.get("about", {}))
    known["time"] = datetime.fromisoformat(known["time"])
    return Capture(**known)


def seal_of(content: str) -> str:
    """The SHA-256 of a capture's content: what a timestamp vouches for, and what a bundle names a capture by.

    It covers the digest of everything the capture holds.
    """
    return hashlib.sha256(content.encode()).hexdigest()


AttachmentKind = Literal["screenshot-desk", "screenshot-phone", "timestamp"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """What belongs to a capture and came with it or after it. `capture` is its id, `blob` the attachment's SHA-256.

    A timestamp is the DER token of RFC 3161 over `seal_of` the capture's content; a screenshot is a PNG.
    """

    capture: str
    kind: AttachmentKind
    blob: str
    time: datetime
    source: str = ""

    def content(self) -> str:
        """The attachment as canonical JSON: sorted keys, no spaces, nothing empty."""
        data = asdict(self) | {"time": canonical_time(self.time)}
        kept = {key: value for key, value in data.items() if value or key != "source"}
        return canonical_payload(kept)


def attachment_from(data: Mapping[str, Any]) -> Attachment:
    """The attachment that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    return Attachment(**{**data, "time": datetime.fromisoformat(data["time"])})
