"""Verifying: a desk, a bundle, a capture or a citation; and what the steps come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step, StepName
from factdesk.queries.verify_bundle import bundle_digest, verify_bundle, verify_open_bundle
from factdesk.queries.verify_desk import verify_desk, verify_subject
from factdesk.queries.verify_held import How

__all__ = [
    "How",
    "Sums",
    "bundle_digest",
    "verify_bundle",
    "verify_desk",
    "verify_open_bundle",
    "verify_subject",
    "with_checks",
]

NONE = "There is no published check in it."

OUTCOMES: tuple[Outcome, ...] = ("pass", "fail", "not checked")


def with_checks(steps: Iterable[Step], subject: str) -> Iterator[Step]:
    """The steps, and where none was about a signature, that there was none to verify."""
    signed = False
    for each in steps:
        signed = signed or each.name == "signature"
        yield each
    if not signed:
        yield Step("signature", subject, "not checked", Reason("signature", NONE, {}))


@dataclass(slots=True)
class Sums:
    """How many steps of each name came out how."""

    steps: Counter[tuple[StepName, Outcome]] = field(default_factory=Counter)

    def counted(self, steps: Iterable[Step]) -> Iterator[Step]:
        """The steps, counted as they pass."""
        for each in steps:
            self.steps[each.name, each.outcome] += 1
            yield each

    def total(self, outcome: Outcome) -> int:
        """How many came out so."""
        return sum(count for (_, found), count in self.steps.items() if found == outcome)

    def names(self) -> list[StepName]:
        """The names of the steps, in the order in which they first came."""
        return list(dict.fromkeys(name for name, _ in self.steps))
