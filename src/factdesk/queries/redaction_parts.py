"""What a redaction finds to take out, and how it is looked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.domain.reviews import from_content
from factdesk.search.documents import texts_of
from factdesk.store.checks import all_heads
from factdesk.store.items import ITEM_FACTS, facts_of_item
from factdesk.store.redact import Fact, OldReview
from factdesk.store.reviews import ReviewRow, versions_of
from factdesk.store.sealed import SEALED

_MARK = re.compile(r"\[\^cite:([0-9A-Za-z-]{4,})\]")


@dataclass(frozen=True, slots=True)
class Found:
    """What goes: sealed facts, reviews, judgements by id, the texts whose vectors go, and bytes that nothing else
    names. `kept` are subjects that hold the same or a part of it and stay. `published`: readers have had it."""

    facts: tuple[Fact, ...] = ()
    reviews: tuple[OldReview, ...] = ()
    judgements: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    published: bool = False


def facts_left(session: Session, item: str) -> tuple[Fact, ...]:
    """The facts of an item whose content is there."""
    return tuple(Fact(row.kind, row.id) for row in facts_of_item(session, item) if row.content is not None)


def old_review(
    session: Session, row: ReviewRow, runs: Collection[str] = (), *, own: bool = False
) -> tuple[OldReview | None, set[str]]:
    """A review whose versions go, those of some runs or all, and the texts of these; None where nothing is left."""
    versions = [each for each in versions_of(session, row.number) if not runs or each.run in runs]
    contents = [each.content for each in versions if each.content]
    stands = row.deleted_at is None and (not runs or row.run in runs)
    texts = {text for content in contents for text in texts_of(from_content(content))}
    made = OldReview(row.number, row.id, row.key, tuple(runs), stands, own)
    return (made if contents else None), texts


def checks_citing(session: Session, citations: Collection[str]) -> Iterator[str]:
    """The checks whose newest text quotes one of these citations."""
    for head in all_heads(session) if citations else ():
        marks = {mark.lower() for mark in _MARK.findall(head.source)}
        if any(own.startswith(mark) or own.endswith(mark) for own in citations for mark in marks):
            yield f"check:{head.check}"


def checks_saying(session: Session, words: str) -> Iterator[str]:
    """The checks with a revision or publication that holds these words."""
    chosen = (
        select(ITEM_FACTS.c.item)
        .join(SEALED, SEALED.c.id == ITEM_FACTS.c.fact)
        .where(ITEM_FACTS.c.kind.in_(("revision", "publication")), SEALED.c.content.contains(words, autoescape=True))
    )
    for own in session.execute(chosen.distinct().order_by(ITEM_FACTS.c.item)).scalars():
        yield f"check:{own}"
