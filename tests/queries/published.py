"""Published checks written straight into a record, for what only reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from factdesk.domain.checks import CheckNow, Publication
from factdesk.domain.statements import Act, StatedClaim, StatedRating, Statement
from factdesk.domain.workflow import Standing
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record

NEVER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class About:
    """A claim of a published check."""

    id: str = "c1"
    kind: str = "organisation"
    claimant: str = "Pond Talk"
    topics: tuple[str, ...] = ()


def statement(
    rating: str, claims: Sequence[About], *, act: Act = "publish", topics: Sequence[str] = (), language: str = "en"
) -> str:
    """What a reader got, as it is sealed."""
    stated = tuple(
        StatedClaim(each.id, "A claim", "checkable", "en", "", each.claimant, each.kind, (), (), each.topics)
        for each in claims
    )
    return Statement(
        act=act, check="k", revision="r", desk="Test desk", url="", source="", title="A title", language=language,
        summary="", authors=("Ann Author",), topics=tuple(topics),
        rating=StatedRating(rating, 1, 1, 5, f"{rating.capitalize()}!", ""),
        claims=stated, citations=(), captures=(), writers=("an",),
    ).content()  # fmt: skip


def publish(record: Record, check: str, *statements: str, first: datetime = NEVER) -> None:
    """Publications of a check, oldest first, each a year after the one before."""
    with record.write() as writer:
        facts = [
            NewFact("publication", check, Publication(check, number, each, "s", "an", time).content())
            for number, each in enumerate(statements, 1)
            for time in [first.replace(year=first.year + number - 1)]
        ]
        now = CheckNow(Standing("published", was_public=True), "r", "publish", "an", first)
        facts.append(NewFact("check", check, now.content()))
        put_facts(writer, facts, actor="an", action="check.publish", subject=f"check:{check}")
