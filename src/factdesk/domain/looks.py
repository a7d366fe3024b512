"""A look at a cited source again: whether it is still what it was, and whether the quotations still stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from factdesk.domain.events import canonical_payload, canonical_time

LookOutcome = Literal["same", "changed", "gone", "unreachable"]
"""`same`: equal bytes or equal text. `changed`: another text, in which every quotation still stands. `gone`: a
quotation does not. `unreachable`: the source could not be fetched."""

Standing = Literal["stands", "gone"]
"""What became of one citation's quotation."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look as it is sealed. `after` is the id of the capture made of the changed source, empty for none;
    `citations` says of each citation by its id what became of it; `why` why a source could not be fetched."""

    capture: str
    time: datetime
    outcome: LookOutcome
    after: str = ""
    citations: Mapping[str, Standing] = field(default_factory=dict)
    why: str = ""

    def content(self) -> str:
        """The look as canonical JSON: sorted keys, no spaces, nothing empty."""
        data = asdict(self) | {"time": canonical_time(self.time)}
        kept = {key: value for key, value in data.items() if value or key not in ("after", "citations", "why")}
        return canonical_payload(kept)


def look_from(data: Mapping[str, Any]) -> Look:
    """The look that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    return Look(**{**data, "time": datetime.fromisoformat(data["time"])})
