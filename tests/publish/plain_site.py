"""A site as plain data, for what is made of it without a record: `site(check(1), check(2, act="withdraw"))`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from factdesk.clock import uuid7
from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE
from factdesk.domain.statements import StatedAppearance, StatedClaim, StatedRating, Statement
from factdesk.publish.datafeed import datafeed, entry
from factdesk.publish.machine import listed
from factdesk.publish.model import (
    SiteAppearance,
    SiteBundle,
    SiteCheck,
    SiteClaim,
    SiteCorrection,
    SiteData,
    SiteDesk,
    SiteRevision,
    SiteSigner,
)
from factdesk.queries.site_evidence import shown_url

START = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
BASE = "https://checks.example"
UNRATED = StatedRating(NOT_CHECKABLE, 0, 1, 5, "", "", "It is a question of taste.")


def claim(number: int = 1, **other: Any) -> StatedClaim:
    """A claim that an organisation made."""
    made = StatedClaim(
        id=f"claim-{number}",
        text="Eating carrots lets you see in the dark",
        kind="checkable",
        language="en",
        date="2025-12-24",
        claimant="Pond Talk",
        claimant_kind="organisation",
        claimant_same_as=("https://pond.example/about",),
        appearances=(StatedAppearance("https://pond.example/posts/1"), StatedAppearance("https://talk.example/2")),
        topics=("food",),
    )
    return replace(made, **other)


def statement(**other: Any) -> Statement:
    """What was signed."""
    step = DEFAULT.steps[0]
    rating = StatedRating(step.key, step.value, 1, 5, step.names["en"], step.definitions["en"])
    made = Statement(
        act="publish", check="check", revision="revision", desk="Riverside Desk", url=BASE, source="---\n---\nText.\n",
        title="Carrots do not let you see in the dark", language="en", summary="They help only against a lack.",
        authors=("Ann Author",), topics=("food", "health"), rating=rating, claims=(claim(),), citations=(),
        captures=(), writers=("private-name",),
    )  # fmt: skip
    return replace(made, **other)


def check(number: int = 1, *, said: Statement | None = None, **other: Any) -> SiteCheck:
    """A published check, the newest with the highest number."""
    said = said or statement()
    time = START + timedelta(days=number)
    own = str(uuid7(1_767_322_800_000 + number, bytes(10)))
    language = "vi" if said.language.startswith("vi") else "en"
    signer = SiteSigner("Binh", "ab" * 32, time)
    made = SiteCheck(
        id=own,
        slug=f"carrots-{number}",
        language=language,
        path=f"/{language}/checks/carrots-{number}/",
        number=1,
        publication=f"publication-{number}",
        seq=number,
        statement=said,
        published=time,
        changed=time,
        signer=signer,
        claims=tuple(_shown(each) for each in said.claims),
        quotations=(),
        revisions=(SiteRevision(1, time, said.act, said.digest, signer),),
        corrections=tuple(
            SiteCorrection(each.what, "substantial", datetime.fromisoformat(each.time)) for each in said.corrections
        ),
        bundle=SiteBundle(f"/bundles/carrots-{number}-1.wacz", "cd" * 32, 1234),
    )
    return replace(made, **other)


def desk(**other: Any) -> SiteDesk:
    """The publisher."""
    made = SiteDesk("Riverside Desk", BASE, ("en", "vi"), DEFAULT, (42, "ef" * 32))
    return replace(made, **other)


def site(*checks: SiteCheck, **other: Any) -> SiteData:
    """A site of these checks."""
    return SiteData(desk(**other), {each.id: each for each in checks}, {})


def whole(made: SiteData) -> list[SiteCheck]:
    """The checks of such a site."""
    return [each for each in made.checks.values() if isinstance(each, SiteCheck)]


def told(made: SiteData) -> dict[str, tuple[str, str]]:
    """What programs are told of each check."""
    return {each.id: (entry(made.desk, each), listed(each)) for each in whole(made)}


def feed(made: SiteData) -> bytes:
    """Its DataFeed."""
    changed = max((each.changed for each in made.checks.values()), default=None)
    return datafeed(made.desk, {own: one for own, (one, _) in told(made).items()}, changed)


def _shown(stated: StatedClaim) -> SiteClaim:
    named = stated.claimant_kind in ("organisation", "public figure")
    places = tuple(SiteAppearance(shown_url(each.url)) for each in stated.appearances)
    return SiteClaim(
        stated.id, stated.text, stated.kind, stated.language, stated.date, stated.claimant if named else "",
        stated.claimant_same_as if named else (), places,
    )  # fmt: skip
