"""Publishing what was signed: a check, its correction, or its withdrawal. What is published never changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from factdesk.actions.acts import begin, changed_meanwhile, finish
from factdesk.actions.identity import key_of
from factdesk.actions.intake import missing_vectors
from factdesk.actions.permit import permitted
from factdesk.actions.sign import refuse_wanting
from factdesk.domain.checks import Publication
from factdesk.domain.own_reviews import SOURCE, own_id, own_reviews
from factdesk.domain.reviews import Review
from factdesk.domain.statements import Statement
from factdesk.errors import ResourceError
from factdesk.queries.desk import Desk
from factdesk.queries.publishable import Readiness, readiness
from factdesk.queries.signatures import signature_condition
from factdesk.queries.statement import last_statement, statement_for
from factdesk.search.documents import texts_of
from factdesk.store.batches import Entry, put_batch
from factdesk.store.checks import StoredCheck
from factdesk.store.items import NewFact, facts_of_item
from factdesk.store.record import Writer
from factdesk.store.vectors import Vector, put_vectors

NOT_ENCODED = "The encoder is missing: the check is published, and found by its words alone until the index is rebuilt."


@dataclass(frozen=True, slots=True)
class Published:
    """A check after publishing: the publication's id, what it says, and what lint had waived or warned of."""

    check: StoredCheck
    publication: str
    fact: Publication
    statement: Statement
    ready: Readiness


def publish(desk: Desk, check: StoredCheck, *, actor: str) -> Published:
    """Publish a signed check. Everything is verified again: a check that stood when it was signed may not stand now.

    From then on `match` finds it. Raises `RefusedError` with the first condition that is not met.
    """
    with desk.record.read() as session:
        # Asked again in the transaction; here so that nobody waits for what they may not do.
        permitted(session, actor, "check.publish")
    ready = readiness(desk, check)
    refuse_wanting(check, ready.wanting)
    date = desk.record.clock.now().date().isoformat()
    reviews = own_reviews(ready.statement, date)
    vectors = _vectors(desk, reviews)
    with desk.record.write() as writer:
        stored, person = begin(writer, check.id, "publish", actor, check.version)
        statement = statement_for(writer.session, desk.config, stored)
        if statement.digest != ready.statement.digest:
            raise changed_meanwhile(stored.id)
        signature = signature_condition(writer.session, stored, statement)
        refuse_wanting(stored, () if signature.met else (signature,))
        before = last_statement(writer.session, stored)
        own = writer.clock.new_id()
        # Redacted ones are counted too: a number is given once.
        number = len(facts_of_item(writer.session, stored.id, "publication")) + 1
        fact = Publication(stored.id, number, statement.content(), stored.now.signed, person.name, writer.now())
        done = finish(
            writer,
            stored,
            "publish",
            person.name,
            facts=[NewFact("publication", stored.id, fact.content(), own)],
            public=own,
            signed="",
            correction=None,
            withdrawal="",
        )
        _make_known(writer, desk, own, _entries(reviews, before), vectors, person.name)
    return Published(done, own, fact, statement, ready)


def _vectors(desk: Desk, reviews: Sequence[Review]) -> Mapping[bytes, Vector]:
    try:
        return missing_vectors(desk, [text for review in reviews for text in texts_of(review)])
    except ResourceError:
        # A check is not held back for want of a model.
        desk.tell(NOT_ENCODED)
        return {}


def _entries(reviews: Sequence[Review], before: Statement | None) -> list[Entry]:
    """What the desk's own reviews of the check are from now on: those of claims that it is not about any more go."""
    entries = [Entry(key_of(review)[0], review) for review in reviews]
    known = {entry.key for entry in entries}
    for claim in before.claims if before is not None else ():
        key = key_of(Review("", own_id=own_id(before.check if before else "", claim.id), source=SOURCE))[0]
        if key not in known:
            entries.append(Entry(key, None))
    return entries


def _make_known(
    writer: Writer, desk: Desk, publication: str, entries: Sequence[Entry], vectors: Mapping[bytes, Vector], actor: str
) -> None:
    if vectors:
        put_vectors(writer, desk.encoder.name, dict(vectors))
    if entries:
        put_batch(writer, publication, entries, actor=actor, action="reviews.publish")
