"""What is to be redacted, by the words of a person: `claim:ID`, `person:NAME`, `check:ID@3`, …"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy.orm import Session

from factdesk.domain.ids import short
from factdesk.domain.own_reviews import SOURCE
from factdesk.domain.people import name_of
from factdesk.errors import InputError, NotFoundError, RefusedError, UsageError
from factdesk.queries.evidence_ids import fact_named
from factdesk.queries.items import id_named
from factdesk.store.items import facts_of_item
from factdesk.store.judgements import judgements_beginning
from factdesk.store.people import find_person
from factdesk.store.reviews import find_by_any_id
from factdesk.store.text import storable

SubjectKind = Literal["tip", "claim", "person", "check", "capture", "citation", "review", "judgement"]
KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)

LEAST = 4
"""Characters of the beginning of an id that name it."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is redacted: its kind and id, and of one revision of a check its number."""

    kind: SubjectKind
    id: str
    number: int = 0

    def __str__(self) -> str:
        """As commands take it, and as the redaction keeps it."""
        return f"{self.kind}:{self.id}@{self.number}" if self.number else f"{self.kind}:{self.id}"


def subject_named(session: Session, given: str) -> Subject:
    """What is meant, also where it was redacted already. Raises `UsageError`, `NotFoundError`, and `InputError` when
    several things could be meant."""
    word, _, rest = storable(given).strip().partition(":")
    kind = next((each for each in KINDS if each == word), None)
    if kind is None or not rest:
        raise UsageError(
            "What is redacted is named with its kind: {kinds}.",
            remedy="For example: factdesk redact tip:ID, person:NAME, check:ID, check:ID@3.",
            kinds=", ".join(KINDS),
        )
    if kind == "tip" or kind == "claim":
        return Subject(kind, id_named(session, kind, rest))
    if kind == "check":
        return _check(session, rest)
    if kind == "person":
        return _person(session, rest)
    if kind == "review":
        return _review(session, rest)
    if kind == "judgement":
        found = judgements_beginning(session, rest) if len(rest) >= LEAST else []
        return Subject(kind, _one(given, [each.id for each in found]))
    return Subject(kind, fact_named(session, f"{kind}:{rest}")[1])


def _check(session: Session, rest: str) -> Subject:
    name, at, number = rest.partition("@")
    own = id_named(session, "check", name)
    if not at:
        return Subject("check", own)
    numbers = [row.number for row in facts_of_item(session, own, "revision")]
    if not (number.isascii() and number.isdigit() and int(number) in numbers):
        raise NotFoundError(
            "The check has no revision {number}.",
            remedy="See them with: factdesk log {id}",
            number=number,
            id=short(own),
        )
    return Subject("check", own, int(number))


def _person(session: Session, rest: str) -> Subject:
    found = find_person(session, name_of(rest) or rest)
    if found is None:
        raise NotFoundError(
            "Nobody at this desk is called {name}.", remedy="See who is: factdesk people list", name=rest
        )
    return Subject("person", found.id)


def _review(session: Session, rest: str) -> Subject:
    rows = [row for row in find_by_any_id(session, rest) if len(rest) >= LEAST or rest in (row.id, row.own_id)]
    own = _one(rest, [row.id for row in rows])
    if rows[0].source == SOURCE:
        raise RefusedError(
            "This review is of the desk's own check.",
            remedy="Redact the check, and its reviews go with it: factdesk redact check:{id}",
            id=rows[0].key.split("\n")[-1].partition(":")[0],
        )
    return Subject("review", own)


def _one(given: str, found: list[str]) -> str:
    if not found:
        raise NotFoundError("Nothing has the id {id}.", id=given)
    if len(found) > 1:
        raise InputError("{id} can mean several things: {choices}.", id=given, choices=", ".join(found))
    return found[0]
