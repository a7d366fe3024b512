"""What re-running a chain says: a step passes, fails, or was not checked. “Not checked” is not a pass."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from factdesk.domain.matches import Reason

Outcome = Literal["pass", "fail", "not checked"]

StepName = Literal[
    "container",  # the bundle is what its manifest says, byte for byte
    "record",  # the record's row is what its event sealed
    "events",  # the chain of events holds
    "bytes",  # the body is there and has its digest
    "exchange",  # requests, responses and redirects agree with what the capture says
    "text",  # the extractor, run again, gives the same text
    "about",  # the document says of itself what the capture says it does
    "quotation",  # the quotation stands at its selector
    "timestamp",  # an authority saw it at that time
    "revision",  # the check's text is what was signed
    "signature",  # by a key that the reader pinned
    "head",  # the log went through where a signed head says it stood
    "page",  # a page of a site says what was signed
]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the chain. `subject` is what it is about: an id, a file and place, an event; `reason` says why it
    failed or was not checked, or what exactly passed."""

    name: StepName
    subject: str
    outcome: Outcome
    reason: Reason | None = None


def outcome_of(steps: Iterable[Step]) -> Outcome:
    """`fail` when any step failed; else `pass` when any passed; else `not checked`."""
    outcomes = {step.outcome for step in steps}
    if "fail" in outcomes:
        return "fail"
    return "pass" if "pass" in outcomes else "not checked"
