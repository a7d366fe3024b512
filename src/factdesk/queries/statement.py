"""The statement of a check as it stands: what a reviewer signs, and what publishing must find unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.captures import seal_of
from factdesk.domain.checks import Revision
from factdesk.domain.events import canonical_time
from factdesk.domain.scales import NOT_CHECKABLE, Scale
from factdesk.domain.statements import (
    StatedAppearance,
    StatedCitation,
    StatedClaim,
    StatedCorrection,
    StatedRating,
    StatedWaiver,
    Statement,
    stated_capture,
    stated_citation,
    statement_of,
)
from factdesk.drafts.fields import Header, header
from factdesk.errors import IntegrityError
from factdesk.lint.read import read_draft
from factdesk.queries.lint_facts import ids_of_marks
from factdesk.queries.writers import writers_of
from factdesk.store.captures import StoredCapture, get_captures
from factdesk.store.checks import Stored, StoredCheck, get_publication, get_revision, signoffs_of
from factdesk.store.citations import StoredCitation, capture_number, citations_by_id
from factdesk.store.claims import StoredClaim, claims_by_id
from factdesk.store.items import item_facts
from factdesk.store.scales import scale_of
from factdesk.store.sealed import get_sealed


def subject_of_signing(session: Session, check: StoredCheck) -> Stored[Revision]:
    """The revision that a sign-off is about: the newest; for a withdrawal the one that is public."""
    own = check.now.head
    if check.now.standing.withdrawing:
        published = last_statement(session, check)
        own = published.revision if published is not None else own
    found = get_revision(session, own)
    if found is None:
        raise IntegrityError(
            "The text of the check {id} was redacted, or is missing.",
            remedy="Which of the two: factdesk log {id}, factdesk audit",
            id=check.id,
        )
    return found


def last_statement(session: Session, check: StoredCheck) -> Statement | None:
    """What was published last; None before anything was."""
    stored = get_publication(session, check.now.public) if check.now.public else None
    return statement_of(stored.fact.statement) if stored is not None else None


def statement_for(session: Session, config: DeskConfig, check: StoredCheck) -> Statement:
    """What a check says now, whole. What the record does not have (a citation, a claim) is not in it; `publishable`
    tells of that."""
    revision = subject_of_signing(session, check)
    head = header(revision.fact.source)
    draft = read_draft(revision.fact.source)
    claims = claims_by_id(session, head.claims)
    ids = ids_of_marks(session, dict.fromkeys(mark.id for mark in draft.marks))
    citations = citations_by_id(session, list(ids.values()))
    captures = _captures(session, citations.values(), claims.values())
    seals = _seals(session, captures)
    before = last_statement(session, check)
    now = check.now
    return Statement(
        act=now.standing.act,
        check=check.id,
        revision=revision.id,
        desk=config.name,
        url=config.url,
        source=revision.fact.source,
        title=head.title,
        language=head.language,
        summary=head.summary,
        authors=head.authors,
        topics=head.topics,
        rating=stated_rating(head, scale_of(session)),
        claims=tuple(_claim(claims[own], seals) for own in head.claims if own in claims),
        citations=tuple(_citation(mark, citations[own], seals) for mark, own in ids.items() if own in citations),
        captures=tuple(stated_capture(own, seal, captures[own].capture) for own, seal in sorted(seals.items())),
        waivers=tuple(StatedWaiver(waiver.code, waiver.reason) for waiver in draft.waivers),
        corrections=_corrections(check, before),
        writers=writers_of(session, check),
        previous=before.digest if before else _signed_before(session, check),
        why=now.withdrawal,
    )


def _signed_before(session: Session, check: StoredCheck) -> str:
    """The digest of what was published last, where its text was redacted: that of the sign-off it was published under.
    Empty before anything was published."""
    row = item_facts(session, [check.now.public]).get(check.now.public)
    signed = [each for each in signoffs_of(session, check.id) if row is not None and each.seq < row.seq]
    return signed[-1].fact.digest if signed else ""


def stated_rating(head: Header, scale: Scale) -> StatedRating:
    """The rating of a check's front matter, with its name and definition in the check's language."""
    step = scale.step(head.rating)
    best, worst = scale.steps[-1].value, scale.steps[0].value
    if step is None:
        reason = head.reason if head.rating == NOT_CHECKABLE else ""
        return StatedRating(head.rating, 0, worst, best, "", "", reason)
    return StatedRating(
        step.key, step.value, worst, best, _in(step.names, head.language), _in(step.definitions, head.language)
    )


def _in(words: Mapping[str, str], language: str) -> str:
    return words.get(language.partition("-")[0].lower()) or words.get("en") or next(iter(words.values()))


def _corrections(check: StoredCheck, before: Statement | None) -> tuple[StatedCorrection, ...]:
    """Those published before, and the one under way."""
    known = before.corrections if before else ()
    made = check.now.correction
    if made is None or check.now.standing.act != "correct":
        return known
    return (*known, StatedCorrection(made.what, made.severity, canonical_time(made.time)))


def _captures(
    session: Session, citations: Iterable[StoredCitation], claims: Iterable[StoredClaim]
) -> dict[str, StoredCapture]:
    """The captures that are cited, and those where claims appeared, by id."""
    numbers = {each.number for each in citations}
    named = {place.capture for each in claims for place in each.claim.appearances if place.capture}
    numbers |= {capture_number(session, own) for own in named}
    return {each.id: each for each in get_captures(session, sorted(numbers - {0})).values()}


def _seals(session: Session, captures: Iterable[str]) -> dict[str, str]:
    """The seals of captures by id."""
    rows = get_sealed(session, list(captures))
    return {own: seal_of(row.content) for own, row in rows.items() if row.content is not None}


def _claim(stored: StoredClaim, seals: Mapping[str, str]) -> StatedClaim:
    claim = stored.claim
    return StatedClaim(
        id=stored.id,
        text=claim.text,
        kind=claim.kind,
        language=claim.language,
        date=claim.date,
        claimant=claim.claimant.name,
        claimant_kind=claim.claimant.kind,
        claimant_same_as=claim.claimant.same_as,
        appearances=tuple(StatedAppearance(each.url, seals.get(each.capture, "")) for each in claim.appearances),
        topics=claim.topics,
    )


def _citation(mark: str, stored: StoredCitation, seals: Mapping[str, str]) -> StatedCitation:
    citation = stored.citation
    return stated_citation(mark, stored.id, seal_of(stored.content), seals.get(citation.capture, ""), citation)
