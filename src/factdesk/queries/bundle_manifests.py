"""The manifests of bundles, many at once: what they hold is read with the same few questions, however many they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from factdesk import __version__
from factdesk.capture.wacz_manifest import Fact, Manifest
from factdesk.config import DeskConfig
from factdesk.errors import InputError, IntegrityError
from factdesk.store.bundled import (
    attachments_of,
    captures_numbered,
    citations_named,
    citations_of,
    numbers_of,
)
from factdesk.store.sealed import SealedRow, get_sealed

Place = tuple[int, int, int]
"""Where a fact stands among its kind: its capture's number, its event's seq, its place in that event."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bundle is to hold: captures with everything that cites them and citations with their captures, by id; and
    publications, by their checks' ids, with all that they rely on. `head` is the log's that it names."""

    captures: tuple[str, ...] = ()
    citations: frozenset[str] = frozenset()
    publications: Mapping[str, SealedRow] = field(default_factory=dict)
    head: str = ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The same with what publications rely on: `seen` are captures without what else cites them."""

    contents: Contents
    cited: frozenset[str]
    seen: tuple[str, ...]
    signed: tuple[str, ...]

    @property
    def named(self) -> set[str]:
        """The ids of everything that has a capture."""
        return {*self.contents.captures, *self.cited, *self.seen}


@dataclass(slots=True)
class _Held:
    """What the record has of all that is wanted. `numbers` are those of captures by the id of a fact about them;
    citations and attachments by their capture's number."""

    numbers: Mapping[str, int] = field(default_factory=dict)
    captures: Mapping[int, str] = field(default_factory=dict)
    citations: Mapping[int, list[str]] = field(default_factory=dict)
    attachments: Mapping[int, list[str]] = field(default_factory=dict)
    sealed: dict[str, SealedRow] = field(default_factory=dict)


def manifests_of(config: DeskConfig, session: Session, wanted: Sequence[Contents]) -> list[Manifest | InputError]:
    """The manifest of each bundle, in their order; for one of which something was redacted, the error that says so.

    Raises `IntegrityError` for a publication that cannot be read.
    """
    whole = [_wanted(each) for each in wanted]
    held = _held(session, whole)
    return [_tried(config, held, each) for each in whole]


def _wanted(contents: Contents) -> _Wanted:
    cited, seen, signed = set(contents.citations), list[str](), list[str]()
    for check, row in contents.publications.items():
        try:
            publication = json.loads(row.content or "")
            stated = json.loads(publication["statement"])
            cited.update(str(each["id"]) for each in stated["citations"])
            seen += [str(each["id"]) for each in stated["captures"]]
            signed.append(str(publication["signoff"]))
        except (ValueError, TypeError, KeyError) as error:
            raise IntegrityError(
                "What was published of the check {id} cannot be read.", remedy="Run: factdesk audit", id=check
            ) from error
    return _Wanted(contents, frozenset(cited), tuple(seen), tuple(signed))


def _held(session: Session, wanted: Sequence[_Wanted]) -> _Held:
    numbers = numbers_of(session, {own for each in wanted for own in each.named})
    found = set(numbers.values())
    whole = {numbers[own] for each in wanted for own in each.contents.captures if own in numbers}
    cited = {own for each in wanted for own in each.cited}
    captures = captures_numbered(session, found)
    citations = {*citations_of(session, whole), *citations_named(session, cited)}
    attachments = attachments_of(session, found)
    ids = {*captures.values(), *(own for _, own in [*citations, *attachments])}
    ids |= {own for each in wanted for own in each.signed}
    sealed = get_sealed(session, sorted(ids))
    sealed |= {row.id: row for each in wanted for row in each.contents.publications.values()}
    return _Held(numbers, captures, _placed(citations, sealed), _placed(attachments, sealed), sealed)


def _placed(found: Iterable[tuple[int, str]], sealed: Mapping[str, SealedRow]) -> dict[int, list[str]]:
    """Facts by the number of their capture, in the order in which they were sealed."""

    def place(own: str) -> tuple[int, int]:
        row = sealed.get(own)
        return (row.seq, row.place) if row is not None else (0, 0)

    placed: dict[int, list[str]] = {}
    for number, own in found:
        placed.setdefault(number, []).append(own)
    return {number: sorted(ids, key=place) for number, ids in placed.items()}


def _tried(config: DeskConfig, held: _Held, wanted: _Wanted) -> Manifest | InputError:
    try:
        return _manifest(config, held, wanted)
    except InputError as error:
        return error


def _manifest(config: DeskConfig, held: _Held, wanted: _Wanted) -> Manifest:
    whole = {held.numbers[own] for own in wanted.contents.captures if own in held.numbers}
    numbers = sorted({held.numbers[own] for own in wanted.named if own in held.numbers})
    cited = [
        own for number in numbers for own in held.citations.get(number, ()) if number in whole or own in wanted.cited
    ]
    captures = _facts(held, [held.captures[number] for number in numbers if number in held.captures])
    return Manifest(
        captures,
        _facts(held, cited),
        _facts(held, [own for number in numbers for own in held.attachments.get(number, ())]),
        desk=config.name,
        url=config.url,
        head=wanted.contents.head,
        software=f"factdesk {__version__}",
        extractors=_versions(captures),
        publications=_facts(held, [row.id for row in wanted.contents.publications.values()]),
        signoffs=_facts(held, wanted.signed),
    )


def _facts(held: _Held, ids: Sequence[str]) -> tuple[Fact, ...]:
    found = []
    for own in dict.fromkeys(ids):
        row = held.sealed.get(own)
        if row is None or row.content is None:
            raise InputError("{id} was redacted: there is nothing of it to put into a bundle.", id=own)
        found.append(Fact(row.id, row.seq, row.content, bytes(row.salt).hex(), row.digest))
    return tuple(found)


def _versions(captures: Sequence[Fact]) -> dict[str, str]:
    """The versions of what took the texts out, by its name. Raises `IntegrityError` for what is no capture's."""
    found: dict[str, set[str]] = {}
    for fact in captures:
        try:
            extractor = json.loads(fact.content)["extractor"]
            found.setdefault(str(extractor["name"]), set()).add(str(extractor["version"]))
        except (ValueError, TypeError, KeyError) as error:
            raise IntegrityError(
                "The capture {id} cannot be read.", remedy="Run: factdesk audit", id=fact.id
            ) from error
    return {name: ", ".join(sorted(versions)) for name, versions in sorted(found.items())}
