"""A statement: everything of a check that a reader relies on, as one text with one digest, which is what is signed.

It holds the check's text, its claims with their claimants and appearances, the rating with its definition, waivers,
citations, and the captures that they quote, each by digest. Changing any of them makes another statement
(DESIGN §1.2).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation
from factdesk.domain.events import canonical_payload, canonical_time

FORMAT = "factdesk-statement"
VERSION = 1

Act = Literal["publish", "correct", "withdraw"]
ACTS: tuple[Act, ...] = ("publish", "correct", "withdraw")


@dataclass(frozen=True, slots=True)
class StatedAppearance:
    """Where a claim was made. `capture` is the seal of its capture (`domain.captures.seal_of`), empty for none."""

    url: str
    capture: str = ""


@dataclass(frozen=True, slots=True)
class StatedClaim:
    """A claim as the check is about it."""

    id: str
    text: str
    kind: str
    language: str
    date: str
    claimant: str
    claimant_kind: str
    claimant_same_as: tuple[str, ...]
    appearances: tuple[StatedAppearance, ...]
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedRating:
    """The rating: its key, place on the scale, name and definition in the check's language; or, where the claim is
    not checkable, the reason why, and a value of 0."""

    key: str
    value: int
    worst: int
    best: int
    name: str
    definition: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StatedCitation:
    """A citation that the text uses. `mark` is how the text names it; `seal` is the SHA-256 of its sealed content and
    `capture` the seal of the capture it quotes."""

    mark: str
    id: str
    seal: str
    capture: str
    stance: str
    quotation: str


@dataclass(frozen=True, slots=True)
class StatedCapture:
    """A capture that is cited or is an appearance: its seal, and what a reader compares."""

    seal: str
    id: str
    digest: str
    text_digest: str
    url: str
    title: str
    time: str
    supplied: bool


@dataclass(frozen=True, slots=True)
class StatedWaiver:
    """A rule that the author set aside, and why."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatedCorrection:
    """What was wrong with an earlier publication, and how much; `time` is canonical."""

    what: str
    severity: str
    time: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed. `source` is the revision's text, from which title and the like are read; `previous` the digest of
    the statement that was published before, empty for the first; `why` the reason of a withdrawal; `writers` those who
    wrote any part since the last publication, who cannot sign."""

    act: Act
    check: str
    revision: str
    desk: str
    url: str
    source: str
    title: str
    language: str
    summary: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    rating: StatedRating
    claims: tuple[StatedClaim, ...]
    citations: tuple[StatedCitation, ...]
    captures: tuple[StatedCapture, ...]
    waivers: tuple[StatedWaiver, ...] = ()
    corrections: tuple[StatedCorrection, ...] = ()
    writers: tuple[str, ...] = ()
    previous: str = ""
    why: str = ""
    format: str = field(default=FORMAT, init=False)
    version: int = field(default=VERSION, init=False)

    def content(self) -> str:
        """The statement as canonical JSON: what the digest covers."""
        return canonical_payload({name: _plain(getattr(self, name)) for name in Statement.__slots__})

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, in hexadecimal: what is signed."""
        return digest_of(self.content())


def _plain(value: Any) -> Any:
    """A field as JSON has it: what `dataclasses.asdict` does, without copying texts, which takes most of its time."""
    if isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return {name: _plain(getattr(value, name)) for name in value.__slots__}


_PLAIN: Mapping[str, type] = {"int": int, "bool": bool}
"""What a field is that is neither a text nor holds others."""


def stated_capture(own: str, seal: str, capture: Capture) -> StatedCapture:
    """What is said of a capture."""
    return StatedCapture(
        seal=seal,
        id=own,
        digest=capture.digest,
        text_digest=capture.text_digest,
        url=capture.final_url or capture.url,
        title=capture.about.title,
        time=canonical_time(capture.time),
        supplied=capture.supplied,
    )


def stated_citation(mark: str, own: str, seal: str, capture: str, citation: Citation) -> StatedCitation:
    """What is said of a citation; `capture` is the seal of the capture that it quotes."""
    return StatedCitation(mark, own, seal, capture, citation.stance, citation.quotation)


def evidence(statement: Statement) -> tuple[StatedCitation, ...]:
    """The citations that a rating can rest on (DESIGN §1.1): of what the desk captured itself, and not of where the
    claim was made, which shows that it was made and nothing else."""
    places = [place for claim in statement.claims for place in claim.appearances]
    seals, urls = {place.capture for place in places}, {place.url for place in places}
    made = [each for each in statement.captures if each.seal in seals]
    texts = {each.text_digest for each in made}
    urls |= {each.url for each in made}
    sound = {
        each.seal
        for each in statement.captures
        if not each.supplied and each.seal not in seals and each.url not in urls and each.text_digest not in texts
    }
    return tuple(each for each in statement.citations if each.capture in sound)


def digest_of(content: str) -> str:
    """The SHA-256 of a statement's content."""
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def statement_of(content: str) -> Statement:
    """The statement that `content` wrote. Raises `ValueError` for anything that is not exactly one."""
    try:
        data = json.loads(content)
        if not isinstance(data, dict) or (data.pop("format", None), data.pop("version", None)) != (FORMAT, VERSION):
            raise ValueError("another format")
        statement = _made(data)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("other fields") from error
    if statement.act not in ACTS or not _typed(statement) or statement.content() != content:
        raise ValueError("not as it is written")
    return statement


def _typed(value: Any) -> bool:
    """Whether every field is of its type, all the way down: a bundle may hold anything in the place of a text."""
    for each in fields(value):
        own = getattr(value, each.name)
        if is_dataclass(own):
            sound = _typed(own)
        elif isinstance(own, tuple):
            sound = all(_typed(one) if is_dataclass(one) else isinstance(one, str) for one in own)
        else:
            sound = type(own) is _PLAIN.get(str(each.type), str)
        if not sound:
            return False
    return True


def _made(data: Mapping[str, Any]) -> Statement:
    known = dict(data)
    known["rating"] = StatedRating(**known["rating"])
    known["claims"] = tuple(_claim(each) for each in known["claims"])
    for name, make in (
        ("citations", StatedCitation),
        ("captures", StatedCapture),
        ("waivers", StatedWaiver),
        ("corrections", StatedCorrection),
    ):
        known[name] = tuple(make(**each) for each in known[name])
    for name in ("authors", "topics", "writers"):
        known[name] = tuple(known[name])
    return Statement(**known)


def _claim(data: Mapping[str, Any]) -> StatedClaim:
    known = dict(data)
    known["appearances"] = tuple(StatedAppearance(**each) for each in known["appearances"])
    known["claimant_same_as"], known["topics"] = tuple(known["claimant_same_as"]), tuple(known["topics"])
    return StatedClaim(**known)
