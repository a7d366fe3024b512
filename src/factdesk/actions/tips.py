"""Taking in tips, and putting them to claims. Who sent one is never kept (DESIGN §1.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from factdesk.actions.permit import permitted
from factdesk.domain.tips import ORIGINS, Origin, Tip
from factdesk.errors import InputError
from factdesk.queries.desk import Desk
from factdesk.queries.inbox_claims import known_claims
from factdesk.queries.items import claim_named, tip_named
from factdesk.queries.prepare import prepare_asked
from factdesk.queries.tip_vectors import kept_as, tip_vectors
from factdesk.store.claims import StoredTip, tips_by_id
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record, Writer
from factdesk.store.text import storable
from factdesk.store.vectors import put_vectors
from factdesk.text.language import language

MOST = 20_000
"""Characters of a tip: a message, not a document."""


def add_tip(desk: Desk, text: str, *, origin: str = "reader", day: str = "", claim: str = "", actor: str) -> StoredTip:
    """Take in a message as it came. The same words again are another tip: one more who asks.

    `day` is when it came, today if not given; `claim` the id of the claim it is about, if that is known already.
    Raises `RefusedError`, `InputError`, `NotFoundError`.
    """
    words = _text(storable(text).strip())
    tip = Tip(words, _origin(origin), _day(desk, day), language(words))
    # Encoded first: the transaction is short. Claims that came since the last tip are encoded along with it.
    _, made = tip_vectors(desk, [tip.text])
    made |= known_claims(desk).made
    name = kept_as(desk)
    with desk.record.write() as writer:
        person = permitted(writer.session, actor, "tip.add")
        if claim:
            tip = replace(tip, claim=claim_named(writer.session, claim).id)
        put_vectors(writer, name, made)
        return _written(writer, [StoredTip(writer.clock.new_id(), 1, tip)], "tip.add", person.name)[0]


def link_tips(record: Record, tips: Sequence[str], claim: str, *, actor: str) -> tuple[StoredTip, ...]:
    """Put tips to a claim; those that are put to it already stay as they are. Raises `RefusedError`,
    `NotFoundError`."""
    with record.write() as writer:
        person = permitted(writer.session, actor, "tip.link")
        own = claim_named(writer.session, claim).id
        return _changed(writer, tips, own, "tip.link", person.name)


def unlink_tips(record: Record, tips: Sequence[str], *, actor: str) -> tuple[StoredTip, ...]:
    """Take tips from their claim. Raises `RefusedError`, `NotFoundError`."""
    with record.write() as writer:
        person = permitted(writer.session, actor, "tip.link")
        return _changed(writer, tips, "", "tip.unlink", person.name)


def _changed(writer: Writer, tips: Sequence[str], claim: str, action: str, actor: str) -> tuple[StoredTip, ...]:
    """The tips as they stand now; one event for all that changed, or none where nothing did."""
    ids = list(dict.fromkeys(tip_named(writer.session, given).id for given in tips))
    known = tips_by_id(writer.session, ids)
    after = {own: replace(known[own], tip=replace(known[own].tip, claim=claim)) for own in ids}
    moved = [own for own in ids if after[own] != known[own]]
    if moved:
        news = [replace(after[own], version=after[own].version + 1) for own in moved]
        after |= {stored.id: stored for stored in _written(writer, news, action, actor)}
    return tuple(after.values())


def _written(writer: Writer, tips: Sequence[StoredTip], action: str, actor: str) -> Sequence[StoredTip]:
    facts = [NewFact("tip", stored.id, stored.tip.content()) for stored in tips]
    put_facts(writer, facts, actor=actor, action=action, subject=f"tip:{tips[0].id}")
    return tips


def _text(words: str) -> str:
    if len(words) > MOST:
        raise InputError(
            "A tip has at most {most} characters.", remedy="Give the part that is asked about.", most=f"{MOST:,}"
        )
    # Nor what says nothing.
    prepare_asked(words)
    return words


def _origin(given: str) -> Origin:
    found = next((origin for origin in ORIGINS if origin == given), None)
    if found is None:
        raise InputError(
            "There is no origin {given}.", remedy="Choose one of: {known}.", given=given, known=", ".join(ORIGINS)
        )
    return found


def _day(desk: Desk, given: str) -> str:
    today = desk.record.clock.now().date()
    if not given:
        return today.isoformat()
    try:
        day = date.fromisoformat(given)
    except ValueError as error:
        raise InputError("{date} is no day.", remedy="Write it as 2026-01-31.", date=given) from error
    # East of Greenwich it is tomorrow already.
    if day > today + timedelta(days=1):
        raise InputError("{date} is still to come: a tip has the day on which it came.", date=given)
    return day.isoformat()
