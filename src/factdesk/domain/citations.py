"""A citation: a quotation bound to a capture by W3C text selectors, with a stance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from factdesk.domain.events import canonical_payload, canonical_time

Stance = Literal["supports", "refutes", "context"]
"""What the quotation does to the claim it is cited for."""

STANCES: tuple[Stance, ...] = ("supports", "refutes", "context")


@dataclass(frozen=True, slots=True)
class Piece:
    """One unbroken part of a quotation, as it stands in the capture's text: `text[start:end] == exact`.

    `start` and `end` count code points (TextPositionSelector); `prefix` and `suffix` are what stands around it
    (TextQuoteSelector), at most 32 code points each, shorter at the ends of the text.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation as it is sealed. `quotation` is what the person gave, `pieces` where it stands in the source:
    one, or one more than there are gaps. `capture` is a capture's id; `claim` an id or a text, empty for none."""

    capture: str
    text_digest: str
    quotation: str
    pieces: tuple[Piece, ...]
    stance: Stance
    time: datetime
    claim: str = ""
    note: str = ""

    def content(self) -> str:
        """The citation as canonical JSON: sorted keys, no spaces, nothing empty."""
        data = asdict(self) | {"time": canonical_time(self.time)}
        kept = {key: value for key, value in data.items() if value or key not in ("claim", "note")}
        return canonical_payload(kept)


def citation_from(data: Mapping[str, Any]) -> Citation:
    """The citation that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    known = dict(data)
    known["pieces"] = tuple(Piece(**piece) for piece in known["pieces"])
    known["time"] = datetime.fromisoformat(known["time"])
    return Citation(**known)


def selectors(piece: Piece) -> list[dict[str, Any]]:
    """A piece as the selectors of the W3C Web Annotation data model."""
    quote = {"type": "TextQuoteSelector", "exact": piece.exact, "prefix": piece.prefix, "suffix": piece.suffix}
    return [quote, {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}]
