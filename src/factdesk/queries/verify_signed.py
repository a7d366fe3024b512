"""The checks of a desk, verified: each one's way, and what was published under which signature."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy.orm import Session

from factdesk.domain.captures import seal_of
from factdesk.domain.checks import CheckNow, Publication, check_from
from factdesk.domain.keys import PublicKey
from factdesk.domain.statements import Statement, statement_of
from factdesk.domain.verification import Step
from factdesk.queries.verify_checks import publication_steps, way_step
from factdesk.queries.verify_held import How, step
from factdesk.queries.verify_stated import BROKEN, OTHER, HeldSeals
from factdesk.store.captures import captures_by_id
from factdesk.store.checks import Stored, publications_of, revisions_of, signoffs_of
from factdesk.store.citations import citations_by_id
from factdesk.store.items import all_items, facts_of_item
from factdesk.store.people import keys_of
from factdesk.store.sealed import get_sealed

_CHAIN = "It does not follow the publication before it."

_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading back something raises that no desk sealed. That it is not what was sealed, its record step says."""


def check_steps(session: Session, how: How, ids: Collection[str] = ()) -> Iterator[Step]:
    """The steps of checks: of these, or of all. What is said of a redacted one is its record step."""
    own = list(ids) or [row.id for row in all_items(session, "check")]
    try:
        keys = {each.key.public: each.key for each in keys_of(session)}
    except _UNREADABLE:
        keys = {}
    for check in own:
        try:
            yield from list(_check(session, check, keys, how))
        except _UNREADABLE:
            yield step("revision", check, "fail", BROKEN)


def _check(session: Session, check: str, keys: dict[str, PublicKey], how: How) -> Iterator[Step]:
    published, signed = publications_of(session, check), {each.id: each.fact for each in signoffs_of(session, check)}
    steps = _way(session, check)
    if any(steps):
        signers = {each.id: signed[each.fact.signoff].person for each in published if each.fact.signoff in signed}
        yield way_step(check, steps, {each.id: (each.fact.signoff, signers.get(each.id, "")) for each in published})
    yield from _chain(check, published)
    yield from _texts(session, check, published)
    for each in published:
        held = held_seals(session, each.fact)
        name = f"{check}@{each.fact.number}"
        yield from publication_steps(name, each.fact, signed.get(each.fact.signoff), held, how.pins, keys)


def _way(session: Session, check: str) -> list[CheckNow | None]:
    rows = facts_of_item(session, check, "check")
    return [check_from(json.loads(row.content)) if row.content is not None else None for row in rows]


def _chain(check: str, published: Sequence[Stored[Publication]]) -> Iterator[Step]:
    """Publications that do not follow the one before: another was put in between, or what was corrected is left out.
    Behind one that was redacted nothing can be said."""
    before: Statement | None = None
    number = 0
    for each in published:
        statement = _statement(each.fact)
        if statement is None:
            return
        if each.fact.number == number + 1 and not _follows(statement, before):
            yield step("revision", f"{check}@{each.fact.number}", "fail", _CHAIN)
        before, number = statement, each.fact.number


def _texts(session: Session, check: str, published: Sequence[Stored[Publication]]) -> Iterator[Step]:
    """Publications whose text is not that of the revision that they name, as the desk has it."""
    kept = {each.id: each.fact.source for each in revisions_of(session, check)}
    for each in published:
        statement = _statement(each.fact)
        if statement is not None and kept.get(statement.revision, statement.source) != statement.source:
            yield step("revision", f"{check}@{each.fact.number}", "fail", OTHER, field="source")


def _follows(statement: Statement, before: Statement | None) -> bool:
    if before is None:
        return not statement.previous
    known = len(before.corrections)
    return statement.previous == before.digest and statement.corrections[:known] == before.corrections


def held_seals(session: Session, publication: Publication) -> HeldSeals:
    """What the record holds of the citations and captures that a publication names."""
    statement = _statement(publication)
    if statement is None:
        return HeldSeals()
    cited_ids, captured_ids = [each.id for each in statement.citations], [each.id for each in statement.captures]
    cited, captures = citations_by_id(session, cited_ids), captures_by_id(session, captured_ids)
    facts = get_sealed(session, [*cited_ids, *captured_ids])
    return HeldSeals(
        {own: seal_of(each.content) for own, each in cited.items()},
        {own: seal_of(row.content) for own in captures if (row := facts.get(own)) and row.content is not None},
        {own: each.citation for own, each in cited.items()},
        {own: each.capture for own, each in captures.items()},
        frozenset(own for own, row in facts.items() if row.content is None),
    )


def published_citations(session: Session, check: str) -> set[str]:
    """The ids of the citations that the publications of a check name; none of what cannot be read."""
    try:
        stated = [_statement(each.fact) for each in publications_of(session, check)]
    except _UNREADABLE:
        return set()
    return {each.id for statement in stated if statement is not None for each in statement.citations}


def _statement(publication: Publication) -> Statement | None:
    try:
        return statement_of(publication.statement)
    except ValueError:
        return None
