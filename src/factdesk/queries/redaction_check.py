"""What goes with a check, or with one revision of it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from factdesk.domain.statements import statement_of
from factdesk.queries.redaction_parts import Found, facts_left, old_review
from factdesk.store.checks import publications_of
from factdesk.store.items import FactRow, facts_of_item
from factdesk.store.redact import Fact
from factdesk.store.reviews import REVIEWS, VERSIONS, find_by_numbers


def of_check(session: Session, check: str) -> Found:
    """Everything of a check, with the reviews that the desk made of it."""
    published = [row.id for row in facts_of_item(session, check, "publication")]
    reviews, texts = [], set[str]()
    for row in find_by_numbers(session, _numbers(session, published)).values():
        review, said = old_review(session, row, own=True)
        reviews += [review] if review else []
        texts |= said
    facts = facts_left(session, check)
    return Found(facts, tuple(reviews), texts=tuple(sorted(texts)), published=bool(published))


def of_revision(session: Session, check: str, number: int) -> Found:
    """One revision with what repeats its text: its publication, the reviews made of that, and the steps that took its
    title. The step that stands is among them: another takes its place first."""
    rows = facts_of_item(session, check)
    own = next(row for row in rows if row.kind == "revision" and row.number == number)
    published = [
        each.id for each in publications_of(session, check) if statement_of(each.fact.statement).revision == own.id
    ]
    steps = [
        row for row in rows if row.kind == "check" and row.content and _tells(json.loads(row.content), own, published)
    ]
    reviews, texts = [], set[str]()
    for review_row in find_by_numbers(session, _numbers(session, published)).values():
        review, said = old_review(session, review_row, published, own=True)
        reviews += [review] if review else []
        texts |= said
    if own.content is None:
        return Found()
    facts = [Fact("revision", own.id), *(Fact("publication", each) for each in published)]
    facts += [Fact("check", row.id) for row in steps]
    kept = tuple(f"check:{check}@{row.number}" for row in rows if _same(row, own))
    return Found(tuple(facts), tuple(reviews), texts=tuple(sorted(texts)), kept=kept, published=bool(published))


def _tells(step: dict[str, Any], own: FactRow, publications: list[str]) -> bool:
    """Whether a step took its title from a revision, or published it."""
    return step["head"] == own.id or (step["action"] == "publish" and step.get("public") in publications)


def _numbers(session: Session, publications: list[str]) -> list[int]:
    """The reviews that publications made."""
    chosen = select(VERSIONS.c.review).where(VERSIONS.c.run.in_(publications)).distinct()
    return [int(row[0]) for row in session.execute(chosen.join(REVIEWS, REVIEWS.c.number == VERSIONS.c.review))]


def _same(row: FactRow, own: FactRow) -> bool:
    """Whether another revision has the very text of this one, as an undo makes it."""
    if row.kind != "revision" or row.id == own.id or row.content is None or own.content is None:
        return False
    return bool(json.loads(row.content)["source"] == json.loads(own.content)["source"])
