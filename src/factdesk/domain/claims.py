"""Claims: a message's sentences as such (what kind each is, whether to spend time on it), and those a desk keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

from factdesk.domain.events import canonical_payload
from factdesk.domain.matches import Reason, Span
from factdesk.domain.reviews import Claimant

Kind = Literal["checkable", "opinion", "prediction", "question", "experience", "other"]
"""Only `checkable` can ever be rated (DESIGN §1.3)."""


@dataclass(frozen=True, slots=True)
class ClaimSentence:
    """One sentence of a message. `probability` is of `checkworthy`, calibrated; the span is into the message."""

    text: str
    span: Span
    kind: Kind
    checkworthy: bool
    probability: float
    reason: Reason


KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class ClaimAppearance:
    """Where a claim was made: an address, and the capture of it (its id, empty where there is none yet)."""

    url: str
    capture: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement in its own words, as the desk keeps it.

    The claimant is an organisation or a public figure, or nobody is named (DESIGN §1.7). `date` is an ISO day.
    """

    text: str
    language: str
    kind: Kind = "checkable"
    claimant: Claimant = field(default_factory=Claimant)
    appearances: tuple[ClaimAppearance, ...] = ()
    topics: tuple[str, ...] = ()
    date: str = ""

    def content(self) -> str:
        """The claim as canonical JSON."""
        return canonical_payload(asdict(self))


def claim_from(data: Mapping[str, Any]) -> Claim:
    """The claim that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    known = dict(data)
    claimant = dict(known["claimant"])
    known["claimant"] = Claimant(**{**claimant, "same_as": tuple(claimant["same_as"])})
    known["appearances"] = tuple(ClaimAppearance(**each) for each in known["appearances"])
    known["topics"] = tuple(known["topics"])
    claim = Claim(**known)
    if claim.kind not in KINDS or not claim.text:
        raise ValueError("no claim")
    return claim
