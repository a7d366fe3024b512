"""What a redaction would take out, and where the same is kept all the same. Nothing is changed here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.queries.redaction_capture import of_capture, of_citation
from factdesk.queries.redaction_check import of_check, of_revision
from factdesk.queries.redaction_parts import Found, checks_saying, facts_left, old_review
from factdesk.queries.redaction_subject import Subject
from factdesk.store.checks import all_checks
from factdesk.store.citations import CITATIONS
from factdesk.store.items import facts_of_item
from factdesk.store.judgements import JUDGEMENTS, message_digest
from factdesk.store.reviews import find_by_any_id
from factdesk.store.text import indexable


@dataclass(frozen=True, slots=True)
class Going:
    """What goes with a subject. Nothing is left of what was redacted already."""

    subject: Subject
    found: Found

    @property
    def empty(self) -> bool:
        """Whether nothing is left to take out."""
        return not (self.found.facts or self.found.reviews or self.found.judgements)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many facts of each kind go; reviews, judgements and bytes by their digest among them."""
        found = self.found
        counted = Counter(fact.kind for fact in found.facts)
        counted.update(review=len(found.reviews), judgement=len(found.judgements), bytes=len(found.blobs))
        return {kind: count for kind, count in counted.items() if count}


def what_goes(session: Session, config: DeskConfig, subject: Subject) -> Going:
    """What redacting a subject takes out, as the record stands."""
    return Going(subject, _found(session, config, subject))


def _found(session: Session, config: DeskConfig, subject: Subject) -> Found:
    own = subject.id
    if subject.kind == "capture":
        return of_capture(session, config, own)
    if subject.kind == "citation":
        return of_citation(session, own)
    if subject.kind == "check":
        return of_revision(session, own, subject.number) if subject.number else of_check(session, own)
    if subject.kind == "review":
        return _of_review(session, own)
    if subject.kind == "judgement":
        return _of_judgement(session, own)
    contents = [json.loads(row.content) for row in facts_of_item(session, own) if row.content is not None]
    facts = facts_left(session, own)
    if subject.kind == "person":
        names = sorted({str(each["shown"]) for each in contents if each["shown"] != each["name"]})
        return Found(
            facts, kept=tuple(dict.fromkeys(check for name in names for check in checks_saying(session, name)))
        )
    texts = tuple(sorted({str(each["text"]) for each in contents}))
    about = _about_claim(session, own) if subject.kind == "claim" else _about_tip(session, texts)
    return Found(facts, texts=texts, kept=tuple(about))


def _about_claim(session: Session, own: str) -> Iterator[str]:
    """The checks about a claim, which say it, and citations made for it."""
    for check in all_checks(session):
        if own in check.now.claims:
            yield f"check:{check.id}"
    for citation in session.execute(select(CITATIONS.c.id).where(CITATIONS.c.claim == indexable(own))).scalars():
        yield f"citation:{citation}"


def _about_tip(session: Session, texts: tuple[str, ...]) -> Iterator[str]:
    """The judgements of the same message."""
    digests = [message_digest(text) for text in texts]
    chosen = select(JUDGEMENTS.c.id).where(JUDGEMENTS.c.message_digest.in_(digests), JUDGEMENTS.c.message.is_not(None))
    for own in session.execute(chosen.order_by(JUDGEMENTS.c.id)).scalars():
        yield f"judgement:{own}"


def _of_review(session: Session, own: str) -> Found:
    row = find_by_any_id(session, own)[0]
    review, texts = old_review(session, row)
    return Found(reviews=(review,), texts=tuple(sorted(texts))) if review else Found()


def _of_judgement(session: Session, own: str) -> Found:
    row = session.execute(select(JUDGEMENTS).where(JUDGEMENTS.c.id == own)).one()
    if row.message is None:
        return Found()
    others = (each for each in _about_tip(session, (row.message,)) if each != f"judgement:{own}")
    return Found(judgements=(own,), texts=(row.message,), kept=tuple(others))
