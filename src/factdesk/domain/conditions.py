"""What publishing a check needs, one condition at a time: met, or what is wanting and how to meet it."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.domain.matches import Reason


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that publishing needs. `code` is stable; `wanting` says what is missing, None where it is met, and
    `remedy` what to do."""

    code: str
    wanting: Reason | None = None
    remedy: Reason | None = None

    @property
    def met(self) -> bool:
        """Whether it is met."""
        return self.wanting is None
