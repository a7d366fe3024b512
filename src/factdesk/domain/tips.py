"""A tip: a message that somebody sent in. Who sent it is not kept (DESIGN §1.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from factdesk.domain.events import canonical_payload

Origin = Literal["reader", "hotline", "partner", "desk", "other"]
"""By which way it came: a reader's message, a call, another organisation, the desk's own reading."""

ORIGINS: tuple[Origin, ...] = get_args(Origin)


@dataclass(frozen=True, slots=True)
class Tip:
    """A message as it came. `day` is the ISO day on which it did; `claim` the id of the claim it was put to, if any."""

    text: str
    origin: Origin
    day: str
    language: str = ""
    claim: str = ""

    def content(self) -> str:
        """The tip as canonical JSON."""
        return canonical_payload({key: value for key, value in asdict(self).items() if value})


def tip_from(data: Mapping[str, Any]) -> Tip:
    """The tip that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    tip = Tip(**data)
    if tip.origin not in ORIGINS:
        raise ValueError("no tip")
    return tip
