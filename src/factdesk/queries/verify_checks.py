"""Checks, verified: what was published against what was signed and what is held, and the way each check went.

It works on publications as a desk or a bundle holds them. A signature counts for a reader who pinned its key; of any
other it is said that it was not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from factdesk.domain.checks import CheckNow, Publication, SignOff
from factdesk.domain.citations import Citation
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.domain.statements import Statement, statement_of
from factdesk.domain.verification import Step
from factdesk.domain.workflow import Standing, after
from factdesk.drafts.fields import header
from factdesk.errors import InputError
from factdesk.lint.base import Draft
from factdesk.lint.quoted import begun, in_pieces
from factdesk.lint.read import read_draft
from factdesk.queries.signatures import wrong_signature
from factdesk.queries.verify_held import step

_BROKEN = "What was published cannot be read."
_OTHER = "What was published says something else than its own text: {field}."
_CITED = "The citation {id} is not here as it was when this was signed."
_CAPTURED = "The capture {id} is not here as it was when this was signed."
_QUOTED = "The text quotes “{words}”, which its citation does not say."
_RATED = "It is rated, and cites nothing that the desk captured itself."
_UNSIGNED = "Nobody signed it."
_WAY = "It was not done as the workflow allows: {action}."
_NOT_PINNED = "The key {fingerprint} of {person} is not pinned: factdesk key pin says whose signatures count for you."
_PINNED = "By {whose}, whose key you pinned. That proves two keys, not two people."
_COMPROMISED = "The key {fingerprint} was given up as compromised."


@dataclass(frozen=True, slots=True)
class HeldSeals:
    """The seals of citations and captures that are held, by id, and the citations themselves."""

    citations: Mapping[str, str] = field(default_factory=dict)
    captures: Mapping[str, str] = field(default_factory=dict)
    cited: Mapping[str, Citation] = field(default_factory=dict)


def publication_steps(
    own: str,
    publication: Publication,
    signoff: SignOff | None,
    held: HeldSeals,
    pins: Mapping[str, str],
    key: PublicKey | None = None,
) -> Iterator[Step]:
    """The steps of one publication: its text and all that was signed with it, then the signature. `key` is what the
    desk knows of the signer's key, None where nothing can be asked."""
    try:
        statement = statement_of(publication.statement)
    except ValueError:
        yield step("revision", own, "fail", _BROKEN)
        return
    wrong = next(wrong_statement(statement, held), None)
    if statement.check != publication.check:
        wrong = step("revision", own, "fail", _OTHER, field="check")
    yield Step("revision", own, wrong.outcome, wrong.reason) if wrong else step("revision", own, "pass")
    yield _signature(own, statement, signoff, pins, key)


def wrong_statement(statement: Statement, held: HeldSeals) -> Iterator[Step]:
    """What is wrong with a statement: with itself, or with what is held of its evidence."""
    try:
        draft = read_draft(statement.source)
        yield from _wrong_words(statement, draft)
    except InputError:
        yield step("revision", statement.check, "fail", _BROKEN)
        return
    yield from _wrong_evidence(statement, held)
    yield from _wrong_quotations(statement, draft, held)


def _wrong_words(statement: Statement, draft: Draft) -> Iterator[Step]:
    """Where a statement says something else than its own text."""
    own, head = statement.check, header(statement.source)
    said = {
        "title": head.title == statement.title,
        "language": head.language == statement.language,
        "summary": head.summary == statement.summary,
        "authors": head.authors == statement.authors,
        "topics": head.topics == statement.topics,
        "rating": head.rating == statement.rating.key,
        "claims": head.claims == tuple(claim.id for claim in statement.claims),
        "waivers": [(each.code, each.reason) for each in draft.waivers]
        == [(each.code, each.reason) for each in statement.waivers],
        "citations": {mark.id for mark in draft.marks} == {each.mark for each in statement.citations},
    }
    for name, agrees in said.items():
        if not agrees:
            yield step("revision", own, "fail", _OTHER, field=name)


def _wrong_evidence(statement: Statement, held: HeldSeals) -> Iterator[Step]:
    """Captures and citations that are not held as they were, and a rating without evidence."""
    own = statement.check
    for capture in statement.captures:
        if held.captures.get(capture.id) != capture.seal:
            yield step("revision", own, "fail", _CAPTURED, id=capture.id)
    for citation in statement.citations:
        if held.citations.get(citation.id) != citation.seal:
            yield step("revision", own, "fail", _CITED, id=citation.id)
    quoted = {each.capture for each in statement.citations}
    fetched = any(not capture.supplied for capture in statement.captures if capture.seal in quoted)
    if statement.act != "withdraw" and statement.rating.key != NOT_CHECKABLE and not fetched:
        yield step("revision", own, "fail", _RATED)


def _wrong_quotations(statement: Statement, draft: Draft, held: HeldSeals) -> Iterator[Step]:
    """Quotations in the text that none of the citations behind them says."""
    own = statement.check
    known = {each.mark: held.cited[each.id] for each in statement.citations if each.id in held.cited}
    for quotation in draft.quotations:
        pieces = [tuple(piece.exact for piece in known[mark].pieces) for mark in quotation.cites if mark in known]
        if pieces and not any(in_pieces(quotation.text, each) for each in pieces):
            yield step("revision", own, "fail", _QUOTED, words=begun(quotation.text))


def way_step(own: str, steps: list[CheckNow], signed: Mapping[str, str]) -> Step:
    """Whether a check went only where the workflow lets it, and was published only under the sign-off that stood.
    `signed` says of each publication which sign-off it names."""
    before: CheckNow | None = None
    for now in steps:
        if not _followed(before, now) or (now.action == "publish" and not _under(before, now, signed)):
            return step("revision", own, "fail", _WAY, action=now.action)
        before = now
    return step("revision", own, "pass")


def _followed(before: CheckNow | None, now: CheckNow) -> bool:
    if before is None or now.action == "new":
        return before is None and now.action == "new" and now.standing == Standing()
    try:
        return after(before.standing, now.action) == now.standing
    except (ValueError, KeyError):
        return False


def _under(before: CheckNow | None, now: CheckNow, signed: Mapping[str, str]) -> bool:
    return before is not None and bool(before.signed) and signed.get(now.public) == before.signed


def _signature(
    own: str, statement: Statement, signoff: SignOff | None, pins: Mapping[str, str], key: PublicKey | None
) -> Step:
    if signoff is None:
        return step("signature", own, "fail", _UNSIGNED)
    wrong = wrong_signature(signoff, statement)
    if wrong:
        return step("signature", own, "fail", wrong)
    print_ = fingerprint(signoff.public)
    if key is not None and key.why == "compromised":
        return step("signature", own, "not checked", _COMPROMISED, fingerprint=print_[:16])
    if print_ not in pins:
        return step("signature", own, "not checked", _NOT_PINNED, fingerprint=print_[:16], person=signoff.person)
    return step("signature", own, "pass", _PINNED, whose=pins[print_])
