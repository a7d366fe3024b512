"""Adding a claim and changing what is known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as day
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from factdesk.actions.permit import permitted
from factdesk.domain.claims import KINDS, Claim, ClaimAppearance, Kind
from factdesk.domain.reviews import Claimant, ClaimantKind
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.queries.captures import capture_named, captured_at
from factdesk.queries.items import LEAST
from factdesk.store.claims import StoredClaim, claims_by_id
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record, Writer
from factdesk.store.text import storable
from factdesk.text.language import language as language_of

MOST = 2_000
"""Characters of a claim: it is one statement."""
MOST_NAME = 200

CLAIMANT_KINDS: dict[str, ClaimantKind] = {"organisation": "organisation", "public-figure": "public figure"}
"""Who may be recorded as the one who made a claim (DESIGN §1.7), as commands write it."""


def add_claim(
    record: Record,
    text: str,
    *,
    kind: str = "checkable",
    language: str = "",
    claimant: str = "",
    claimant_kind: str = "",
    same_as: Sequence[str] = (),
    appearances: Sequence[str] = (),
    topics: Sequence[str] = (),
    date: str = "",
    actor: str,
) -> StoredClaim:
    """Add a claim in its own words. `appearances` are addresses, or captures by id. A claimant who is neither an
    organisation nor a public figure is not recorded. Raises `RefusedError`, `InputError`."""
    words = " ".join(storable(text).split())
    claim = Claim(_text(words), language or language_of(words), _kind(kind), date=_date(date))
    with record.write() as writer:
        person = permitted(writer.session, actor, "claim.add")
        claim = replace(
            claim,
            claimant=_claimant(claimant, claimant_kind, same_as),
            appearances=_appearances(writer.session, appearances),
            topics=_topics(topics),
        )
        return _written(writer, writer.clock.new_id(), 1, claim, "claim.add", person.name)


def edit_claim(
    record: Record,
    own_id: str,
    *,
    text: str | None = None,
    kind: str | None = None,
    language: str | None = None,
    claimant: str | None = None,
    claimant_kind: str | None = None,
    same_as: Sequence[str] | None = None,
    appearances: Sequence[str] | None = None,
    without: Sequence[str] = (),
    topics: Sequence[str] | None = None,
    date: str | None = None,
    actor: str,
) -> StoredClaim:
    """Change what is given and keep the rest; `appearances` are added to those there are, those at the addresses (or
    of the captures) of `without` are left out. A check that was signed with
    the claim as it was is not published any more: it is signed anew."""
    with record.write() as writer:
        person = permitted(writer.session, actor, "claim.edit")
        known = claims_by_id(writer.session, [own_id])
        if own_id not in known:
            raise NotFoundError("There is no claim {id}.", remedy="See them with: factdesk claim list", id=own_id)
        before = known[own_id].claim
        claim = replace(
            before,
            text=_text(" ".join(storable(text).split())) if text is not None else before.text,
            kind=_kind(kind) if kind is not None else before.kind,
            language=language or before.language,
            claimant=_changed(before.claimant, claimant, claimant_kind, same_as),
            appearances=_joined(_kept(before.appearances, without), _appearances(writer.session, appearances or ())),
            topics=_topics(topics) if topics is not None else before.topics,
            date=_date(date) if date is not None else before.date,
        )
        if claim == before:
            return known[own_id]
        return _written(writer, own_id, known[own_id].version + 1, claim, "claim.edit", person.name)


def _text(words: str) -> str:
    if not words or len(words) > MOST:
        raise InputError("A claim has from 1 to {most} characters: it is one statement.", most=f"{MOST:,}")
    return words


def _kind(given: str) -> Kind:
    if given not in KINDS:
        raise InputError(
            "There is no kind {given}.", remedy="Choose one of: {known}.", given=given, known=", ".join(KINDS)
        )
    return given


def _claimant(name: str, kind: str, same_as: Sequence[str]) -> Claimant:
    words = " ".join(name.split())[:MOST_NAME]
    if not words:
        return Claimant()
    if kind not in CLAIMANT_KINDS:
        raise RefusedError(
            "A claimant is recorded only if it is an organisation or a public figure.",
            remedy="Say which with --claimant-kind organisation|public-figure, or leave the name out.",
        )
    for url in same_as:
        _require_address(url)
    return Claimant(words, CLAIMANT_KINDS[kind], tuple(dict.fromkeys(same_as)))


def _changed(before: Claimant, name: str | None, kind: str | None, same_as: Sequence[str] | None) -> Claimant:
    if name is None and kind is None and same_as is None:
        return before
    known = next((said for said, meant in CLAIMANT_KINDS.items() if meant == before.kind), "")
    return _claimant(
        before.name if name is None else name,
        known if kind is None else kind,
        before.same_as if same_as is None else same_as,
    )


def _appearances(session: Session, given: Sequence[str]) -> tuple[ClaimAppearance, ...]:
    return tuple(dict.fromkeys(_appearance(session, each.strip()) for each in given if each.strip()))


def _appearance(session: Session, given: str) -> ClaimAppearance:
    """An address with its newest capture, if there is one; or a capture with its address."""
    if "://" in given:
        _require_address(given)
        stored = captured_at(session, given)
        return ClaimAppearance(given, stored.id if stored else "")
    stored = capture_named(session, given)
    return ClaimAppearance(stored.capture.final_url or stored.capture.url or stored.capture.source, stored.id)


def _require_address(given: str) -> None:
    try:
        parts = urlsplit(given)
        if parts.scheme in ("http", "https") and parts.hostname:
            return
    except ValueError:
        # Brackets that are no host.
        pass
    raise InputError("{url} is no address of a page.", url=given[:200])


def _kept(before: tuple[ClaimAppearance, ...], without: Sequence[str]) -> tuple[ClaimAppearance, ...]:
    """Appearances without some. Raises `NotFoundError` for one that is not there."""
    for given in without:
        found = [each for each in before if given in (each.url, each.capture) or _ends(each.capture, given)]
        if not found:
            raise NotFoundError("The claim has no appearance {given}.", given=given[:200])
        before = tuple(each for each in before if each not in found)
    return before


def _ends(capture: str, given: str) -> bool:
    return len(given) >= LEAST and capture.endswith(given)


def _joined(before: tuple[ClaimAppearance, ...], added: tuple[ClaimAppearance, ...]) -> tuple[ClaimAppearance, ...]:
    """Appearances with more of them; one that is captured by now takes the place of the bare address."""
    news = {each.url for each in added if each.capture}
    kept = tuple(each for each in before if each.capture or each.url not in news)
    return tuple(dict.fromkeys((*kept, *added)))


def _topics(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for each in given if (words := " ".join(each.split())[:MOST_NAME])))


def _date(given: str) -> str:
    if given:
        try:
            return day.fromisoformat(given).isoformat()
        except ValueError as error:
            raise InputError("{date} is no day.", remedy="Write it as 2026-01-31.", date=given) from error
    return given


def _written(writer: Writer, own_id: str, version: int, claim: Claim, action: str, actor: str) -> StoredClaim:
    fact = NewFact("claim", own_id, claim.content())
    _, own = put_facts(writer, [fact], actor=actor, action=action, subject=f"claim:{own_id}")
    return StoredClaim(own_id, version, own[0], claim)
