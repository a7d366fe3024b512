"""A check in the record: its revisions, where it stands, who signed what, and what was published.

Each is sealed once and never changes; where a check stands is its newest `CheckNow`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from factdesk.domain.events import canonical_payload, canonical_time
from factdesk.domain.workflow import STATES, Action, Standing

Severity = Literal["minor", "substantial", "serious"]
"""How wrong it was: a slip that changes nothing; something a reader relied on; the answer itself."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)

Made = Literal["new", "edit", "undo", "merge", "import", "keep"]
"""How a revision came about."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a check's text. `parent` is the revision it was written on, empty for the first; `restores` the one
    whose text it brings back (an undo). `person` is a name of the desk."""

    check: str
    number: int
    source: str
    person: str
    time: datetime
    made: Made = "edit"
    parent: str = ""
    restores: str = ""

    def content(self) -> str:
        """The revision as canonical JSON."""
        return _written(asdict(self))


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong with a published check, and how much."""

    what: str
    severity: Severity
    time: datetime


@dataclass(frozen=True, slots=True)
class CheckNow:
    """Where a check stands after an action. `head` is the id of its newest revision, `signed` that of the sign-off
    that stands, `public` that of its newest publication; each is empty for none.

    `correction` is the one under way, `withdrawal` why a withdrawal was asked for, `why` the reason that was given for
    this action.
    """

    standing: Standing
    head: str
    action: Action | Literal["new"]
    person: str
    time: datetime
    signed: str = ""
    public: str = ""
    correction: Correction | None = None
    withdrawal: str = ""
    why: str = ""
    claims: tuple[str, ...] = ()
    title: str = ""
    language: str = ""

    def content(self) -> str:
        """Where it stands as canonical JSON."""
        data = asdict(self)
        data["standing"] = {key: value for key, value in asdict(self.standing).items() if value}
        if self.correction is not None:
            data["correction"] = asdict(self.correction) | {"time": canonical_time(self.correction.time)}
        return _written(data)


@dataclass(frozen=True, slots=True)
class SignOff:
    """A person's approval: an Ed25519 signature over the digest of a statement (`domain.statements`), which is about
    one revision. `public` is the key in hexadecimal."""

    check: str
    revision: str
    person: str
    public: str
    digest: str
    signature: str
    time: datetime

    def content(self) -> str:
        """The sign-off as canonical JSON."""
        return _written(asdict(self))


@dataclass(frozen=True, slots=True)
class Publication:
    """What readers got: the statement that was signed, whole, and the sign-off with it. `time` is when."""

    check: str
    number: int
    statement: str
    signoff: str
    person: str
    time: datetime

    def content(self) -> str:
        """The publication as canonical JSON."""
        return _written(asdict(self))


def revision_from(data: Mapping[str, Any]) -> Revision:
    """The revision that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    # An empty text is left out as every empty field is.
    return Revision(**{"source": "", **_timed(data)})


def check_from(data: Mapping[str, Any]) -> CheckNow:
    """Where a check stands, of what `content` wrote. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    known = _timed(data)
    known["standing"] = Standing(**known["standing"])
    known["claims"] = tuple(known.get("claims", ()))
    if known.get("correction"):
        known["correction"] = Correction(**_timed(known["correction"]))
    now = CheckNow(**known)
    if now.standing.state not in STATES:
        raise ValueError("no state")
    return now


def signoff_from(data: Mapping[str, Any]) -> SignOff:
    """The sign-off that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    return SignOff(**_timed(data))


def publication_from(data: Mapping[str, Any]) -> Publication:
    """The publication that `content` wrote. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    return Publication(**_timed(data))


def _written(data: Mapping[str, Any]) -> str:
    kept = {key: value for key, value in data.items() if value not in ("", None, (), {}, [])}
    return canonical_payload(kept | {"time": canonical_time(data["time"])})


def _timed(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "time": datetime.fromisoformat(data["time"])}
