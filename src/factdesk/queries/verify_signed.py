"""The checks of a desk, verified: each one's way, and what was published under which signature."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from factdesk.domain.captures import seal_of
from factdesk.domain.checks import Publication, SignOff
from factdesk.domain.keys import PublicKey
from factdesk.domain.statements import StatedCitation, Statement, statement_of
from factdesk.domain.verification import Step
from factdesk.queries.verify_checks import HeldSeals, publication_steps, way_step
from factdesk.queries.verify_held import How
from factdesk.store.checks import Stored, publications_of, signoffs_of, steps_of
from factdesk.store.citations import citations_by_id
from factdesk.store.items import all_items
from factdesk.store.people import keys_of
from factdesk.store.sealed import get_sealed


def check_steps(session: Session, how: How, ids: Collection[str] = ()) -> Iterator[Step]:
    """The steps of checks: of these, or of all. What is said of a redacted one is its record step."""
    own = list(ids) or [row.id for row in all_items(session, "check")]
    keys = {each.key.public: each.key for each in keys_of(session)}
    for check in own:
        published, signed = publications_of(session, check), {each.id: each for each in signoffs_of(session, check)}
        steps = steps_of(session, check)
        if steps:
            yield way_step(check, steps, {each.id: each.fact.signoff for each in published})
        for each in published:
            yield from _published(session, check, each, signed, keys, how)


def _published(
    session: Session,
    check: str,
    stored: Stored[Publication],
    signed: Mapping[str, Stored[SignOff]],
    keys: Mapping[str, PublicKey],
    how: How,
) -> Iterator[Step]:
    signoff = signed.get(stored.fact.signoff)
    key = keys.get(signoff.fact.public) if signoff else None
    held = held_seals(session, stored.fact)
    name = f"{check}@{stored.fact.number}"
    yield from publication_steps(name, stored.fact, signoff.fact if signoff else None, held, how.pins, key)


def held_seals(session: Session, publication: Publication) -> HeldSeals:
    """What the record holds of the citations and captures that a publication names."""
    statement = _statement(publication)
    if statement is None:
        return HeldSeals()
    cited = citations_by_id(session, [each.id for each in statement.citations])
    captures = get_sealed(session, [each.id for each in statement.captures])
    return HeldSeals(
        {own: seal_of(each.content) for own, each in cited.items()},
        {own: seal_of(row.content) for own, row in captures.items() if row.content is not None},
        {own: each.citation for own, each in cited.items()},
    )


def stated_citations(publication: Publication) -> Iterable[StatedCitation]:
    """The citations that a publication names; none of one that cannot be read."""
    statement = _statement(publication)
    return statement.citations if statement is not None else ()


def _statement(publication: Publication) -> Statement | None:
    try:
        return statement_of(publication.statement)
    except ValueError:
        return None
