"""A statement held against itself and against the evidence that is held: what a signature on it cannot make true.

Somebody may well have signed something that is not so. Whatever of it can be computed again is, and not believed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.domain.statements import StatedCitation, Statement, evidence, stated_capture, stated_citation
from factdesk.domain.verification import Step
from factdesk.drafts.fields import header
from factdesk.errors import InputError
from factdesk.lint.base import Draft, Quotation
from factdesk.lint.quoted import begun, in_pieces
from factdesk.lint.read import read_draft
from factdesk.queries.verify_held import step

BROKEN = "What was published cannot be read."
OTHER = "What was published says something else than its own text: {field}."
_CITED = "The citation {id} is not here as it was when this was signed."
_CAPTURED = "The capture {id} is not here as it was when this was signed."
_REDACTED = "What it relies on was redacted since: {id}."
_SAYS = "What was published says something else of {id} than that says itself."
_QUOTED = "The text quotes “{words}”, which its citation does not say."
_RATED = "It is rated, and cites nothing that the desk captured itself."
_KIND = "A claim of the kind {kind} is not rated."
_WHY_NOT = "It is not said why the claim cannot be checked."
_NOWHERE = "It does not cite the appearance that it is about."
_CLAIMANT = "A claimant is neither an organisation nor a public figure."
_ACT = "A correction or withdrawal says what it follows and why, and a first publication does neither."
_TOO_MUCH = "It has more quotations than can be checked."

MOST_COMPARED = 20_000_000
"""Characters of quotations and of the sources' words behind them that are compared: a bundle is anybody's."""


@dataclass(frozen=True, slots=True)
class HeldSeals:
    """The seals of citations and captures that are held, by id, and what they say, as far as that can be read;
    `redacted` are those whose content was taken out."""

    citations: Mapping[str, str] = field(default_factory=dict)
    captures: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Citation] = field(default_factory=dict)
    captured: Mapping[str, Capture] = field(default_factory=dict)
    redacted: Collection[str] = ()


def wrong_statement(statement: Statement, held: HeldSeals) -> Iterator[Step]:
    """What is wrong with a statement: with itself, or with what is held of its evidence."""
    try:
        draft = read_draft(statement.source)
        yield from _wrong_words(statement, draft)
    except InputError:
        yield step("revision", statement.check, "fail", BROKEN)
        return
    yield from _wrong_act(statement)
    yield from _wrong_claims(statement)
    yield from _wrong_evidence(statement, held)
    yield from _wrong_quotations(statement, draft, held)


def _wrong_words(statement: Statement, draft: Draft) -> Iterator[Step]:
    """Where a statement says something else than its own text."""
    own, head, rating = statement.check, header(statement.source), statement.rating
    said = {
        "title": head.title == statement.title,
        "language": head.language == statement.language,
        "summary": head.summary == statement.summary,
        "authors": head.authors == statement.authors,
        "topics": head.topics == statement.topics,
        "rating": head.rating == rating.key and _in_scale(statement),
        "reason": rating.reason == (head.reason if rating.key == NOT_CHECKABLE else ""),
        "claims": _all_of(statement, list(head.claims), [claim.id for claim in statement.claims]),
        "waivers": [(each.code, each.reason) for each in draft.waivers]
        == [(each.code, each.reason) for each in statement.waivers],
        "citations": _all_of(
            statement,
            list(dict.fromkeys(mark.id for mark in draft.marks)),
            [each.mark for each in statement.citations],
        ),
    }
    for name, agrees in said.items():
        if not agrees:
            yield step("revision", own, "fail", OTHER, field=name)


def _in_scale(statement: Statement) -> bool:
    """Whether a rating has a place and words, and none where nothing is rated."""
    rating = statement.rating
    if rating.key == NOT_CHECKABLE:
        return (rating.value, rating.name, rating.definition) == (0, "", "")
    return rating.worst <= rating.value <= rating.best and bool(rating.name) and bool(rating.definition)


def _all_of(statement: Statement, named: list[str], stated: list[str]) -> bool:
    """Whether the text names what is stated. What was redacted since may be missing from a withdrawal."""
    if statement.act != "withdraw":
        return named == stated
    left = set(stated)
    return [each for each in named if each in left] == stated


def _wrong_act(statement: Statement) -> Iterator[Step]:
    first, withdrawn = statement.act == "publish", statement.act == "withdraw"
    sound = (
        bool(statement.previous) != first
        and bool(statement.why.strip()) == withdrawn
        and (bool(statement.corrections) or statement.act != "correct")
        and not (first and statement.corrections)
    )
    if not sound:
        yield step("revision", statement.check, "fail", _ACT)


def _wrong_claims(statement: Statement) -> Iterator[Step]:
    """Claims of a kind that is not rated, or of people who are not named (DESIGN §1.3, §1.7); and appearances that are
    said to be captured and are not."""
    own, seals = statement.check, {capture.seal for capture in statement.captures}
    unratable = next((claim.kind for claim in statement.claims if claim.kind != "checkable"), "")
    if unratable and statement.act != "withdraw" and statement.rating.key != NOT_CHECKABLE:
        yield step("revision", own, "fail", _KIND, kind=unratable)
    for claim in statement.claims:
        if claim.claimant and claim.claimant_kind not in ("organisation", "public figure"):
            yield step("revision", own, "fail", _CLAIMANT)
        if any(place.capture and place.capture not in seals for place in claim.appearances):
            yield step("revision", own, "fail", _SAYS, id=claim.id)


def _wrong_evidence(statement: Statement, held: HeldSeals) -> Iterator[Step]:
    """Captures and citations that are not held as they were, and a rating without evidence."""
    own = statement.check
    for capture in statement.captures:
        kept = held.captured.get(capture.id)
        if capture.id in held.redacted:
            yield step("revision", own, "not checked", _REDACTED, id=capture.id)
        elif held.captures.get(capture.id) != capture.seal:
            yield step("revision", own, "fail", _CAPTURED, id=capture.id)
        elif kept is not None and stated_capture(capture.id, capture.seal, kept) != capture:
            yield step("revision", own, "fail", _SAYS, id=capture.id)
    for cited in statement.citations:
        if cited.id in held.redacted:
            yield step("revision", own, "not checked", _REDACTED, id=cited.id)
        elif held.citations.get(cited.id) != cited.seal:
            yield step("revision", own, "fail", _CITED, id=cited.id)
        elif not _says_so(cited, statement, held):
            yield step("revision", own, "fail", _SAYS, id=cited.id)
    if statement.act != "withdraw":
        yield from _without_evidence(statement)


def _says_so(cited: StatedCitation, statement: Statement, held: HeldSeals) -> bool:
    """Whether a citation is stated as it is held, with the capture that it is of."""
    kept = held.cited.get(cited.id)
    if kept is None:
        return True
    seal = next((each.seal for each in statement.captures if each.id == kept.capture), "")
    return stated_citation(cited.mark, cited.id, cited.seal, seal, kept) == cited


def _without_evidence(statement: Statement) -> Iterator[Step]:
    own = statement.check
    if statement.rating.key != NOT_CHECKABLE:
        if not evidence(statement):
            yield step("revision", own, "fail", _RATED)
        return
    if not statement.rating.reason.strip():
        yield step("revision", own, "fail", _WHY_NOT)
    places = {place.capture for claim in statement.claims for place in claim.appearances if place.capture}
    if not places & {each.capture for each in statement.citations}:
        yield step("revision", own, "fail", _NOWHERE)


def _wrong_quotations(statement: Statement, draft: Draft, held: HeldSeals) -> Iterator[Step]:
    """Quotations in the text that none of the citations behind them says."""
    own, left = statement.check, MOST_COMPARED
    known = {each.mark: held.cited[each.id] for each in statement.citations if each.id in held.cited}
    for quotation in draft.quotations:
        pieces = [tuple(piece.exact for piece in known[mark].pieces) for mark in quotation.cites if mark in known]
        left -= _length(quotation, pieces)
        if left < 0:
            yield step("revision", own, "fail", _TOO_MUCH)
            return
        if pieces and not any(in_pieces(quotation.text, each) for each in pieces):
            yield step("revision", own, "fail", _QUOTED, words=begun(quotation.text))


def _length(quotation: Quotation, pieces: list[tuple[str, ...]]) -> int:
    return sum(len(quotation.text) + sum(map(len, each)) for each in pieces)
