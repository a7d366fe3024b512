"""What a check needs before readers may see it: one list, which signing and publishing both hold it against.

None of it can be waived (DESIGN §1). Each condition says what is wanting and how to meet it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.conditions import Condition
from factdesk.domain.matches import Reason
from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.domain.statements import Statement, evidence
from factdesk.domain.verification import Step
from factdesk.lint.base import Facts
from factdesk.lint.read import read_draft
from factdesk.lint.run import Found, counts, lint
from factdesk.queries.desk import Desk
from factdesk.queries.lint_facts import facts_for
from factdesk.queries.statement import statement_for, subject_of_signing
from factdesk.queries.verify_desk import citation_steps
from factdesk.queries.verify_held import How
from factdesk.store.checks import StoredCheck


@dataclass(frozen=True, slots=True)
class Readiness:
    """A check held against every condition but the sign-off: what it would say, what lint found, what is wanting."""

    statement: Statement
    found: tuple[Found, ...]
    steps: tuple[Step, ...]
    conditions: tuple[Condition, ...]

    @property
    def wanting(self) -> tuple[Condition, ...]:
        """The conditions that are not met."""
        return tuple(each for each in self.conditions if not each.met)


def readiness(desk: Desk, check: StoredCheck, *, quick: bool = False) -> Readiness:
    """Hold a check against the conditions. `quick`: quotations against the kept texts, no extractor is run again."""
    with desk.record.read() as session:
        statement = statement_for(session, desk.config, check)
        source = subject_of_signing(session, check).fact.source
        steps = tuple(_steps(desk, session, statement, quick=quick))
    facts = facts_for(desk, [(check.id, source)])
    found = lint(read_draft(source, check.id, facts))
    stated = _correction(check, statement)
    if statement.act == "withdraw":
        # What it said is given up: a check whose source turned out forged, or is gone, must not be held back for that.
        return Readiness(statement, found, steps, (stated,))
    conditions = (
        _claims(statement, source),
        _rating(statement, facts),
        *_evidence(statement, steps),
        _quotations(found),
        _lint(found),
        *((stated,) if statement.act == "correct" else ()),
    )
    return Readiness(statement, found, steps, conditions)


def _steps(desk: Desk, session: Session, statement: Statement, *, quick: bool) -> Iterator[Step]:
    ids = [each.id for each in statement.citations]
    if ids:
        yield from citation_steps(desk.record, session, ids, How(quick=quick))


def _claims(statement: Statement, source: str) -> Condition:
    field = read_draft(source).field("claims")
    named = field.values
    known = {claim.id for claim in statement.claims}
    missing = [own for own in named if own not in known]
    if not named:
        return _wants(
            "claims", "It names no claim.", "Put the id of a claim into the field claims: factdesk claim list"
        )
    if missing:
        return _wants(
            "claims",
            "The desk does not have the claim {claim}.",
            "Add it with: factdesk claim add, and put its id into the field claims.",
            claim=missing[0][:80],
        )
    if field.records:
        # Its own words would go for those of the claim that the desk has.
        return _wants(
            "claims",
            "A claim is written out in the front matter.",
            "Name it by its id alone: factdesk claim list. Its words are changed with factdesk claim edit.",
        )
    if any(each.claimant and each.claimant_kind == "unclassified" for each in statement.claims):
        return _wants(
            "claims",
            "A claimant is neither an organisation nor a public figure.",
            "Leave the name out, or say which it is: factdesk claim edit CLAIM --claimant-kind",
        )
    return Condition("claims")


def _rating(statement: Statement, facts: Facts) -> Condition:
    rating = statement.rating
    if rating.key == NOT_CHECKABLE:
        return _not_checkable(statement)
    if facts.scale.step(rating.key) is None:
        return _wants(
            "rating",
            "It has no rating of the desk's scale.",
            "Put one of these into the field rating: {ratings}.",
            ratings=", ".join([*(step.key for step in facts.scale.steps), NOT_CHECKABLE]),
        )
    unratable = [claim for claim in statement.claims if claim.kind != "checkable"]
    if unratable:
        return _wants(
            "rating",
            "A claim of the kind {kind} is not rated.",
            "Say “not-checkable”, and why. If the kind is wrong: factdesk claim edit CLAIM --kind KIND",
            kind=unratable[0].kind,
        )
    return Condition("rating")


def _not_checkable(statement: Statement) -> Condition:
    if not statement.rating.reason.strip():
        return _wants(
            "rating",
            "It is not said why the claim cannot be checked.",
            "Say it in the field reason of the front matter.",
        )
    places = {place.capture for claim in statement.claims for place in claim.appearances if place.capture}
    if not places & {each.capture for each in statement.citations}:
        return _wants(
            "rating",
            "It does not cite the appearance that it is about.",
            "Capture where the claim was made, add it with factdesk claim edit CLAIM --appearance, and cite it.",
        )
    return Condition("rating")


def _evidence(statement: Statement, steps: Sequence[Step]) -> Iterator[Condition]:
    """A citation that verifies now, and not of supplied sources alone; and none that fails."""
    failed = {step.subject for step in steps if step.outcome == "fail"}
    own = {each.seal: each for each in statement.captures}
    broken = [
        each for each in statement.citations if failed & {each.id, own[each.capture].id if each.capture in own else ""}
    ]
    passed = {step.subject for step in steps if step.name == "quotation" and step.outcome == "pass"}
    sound = [each for each in statement.citations if each.id in passed and each not in broken]
    if not statement.citations:
        yield _wants(
            "evidence", "It cites nothing.", "Bind a quotation with factdesk cite, and put its mark behind it."
        )
    elif not sound:
        yield _wants(
            "evidence", "None of its citations verifies now.", "See why: factdesk verify {id}", id=statement.check
        )
    elif statement.rating.key != NOT_CHECKABLE and all(own[each.capture].supplied for each in sound):
        yield _wants(
            "evidence",
            "All its sources were supplied: none was captured by the desk itself.",
            "Capture a source where it stands, with factdesk capture ADDRESS, and cite that.",
        )
    elif statement.rating.key != NOT_CHECKABLE and not set(sound) & set(evidence(statement)):
        yield _wants(
            "evidence",
            "Of what the desk captured itself it cites only where the claim was made.",
            "Capture a source that says whether the claim is so, with factdesk capture ADDRESS, and cite that.",
        )
    else:
        yield Condition("evidence")
    if broken:
        yield _wants(
            "citations",
            "The citation {citation} does not verify.",
            "See why: factdesk verify {citation}",
            citation=broken[0].id,
        )
    else:
        yield Condition("citations")


def _quotations(found: Iterable[Found]) -> Condition:
    """Every quotation is cited and stands: what rules say of it counts here, waived or not."""
    wrong = [each for each in found if each.finding.code in ("FD204", "FD205", "FD212")]
    if not wrong:
        return Condition("quotations")
    return Condition(
        "quotations", wrong[0].finding.reason, Reason("quotations", "Mend it where factdesk lint shows it.")
    )


def _lint(found: Sequence[Found]) -> Condition:
    errors = [each for each in counts(found) if each.severity == "error"]
    if not errors:
        return Condition("lint")
    return _wants(
        "lint",
        "Lint finds 1 error: {codes}." if len(errors) == 1 else "Lint finds {count} errors: {codes}.",
        "Mend it where factdesk lint shows it." if len(errors) == 1 else "Mend them where factdesk lint shows them.",
        count=len(errors),
        codes=", ".join(dict.fromkeys(each.finding.code for each in errors)),
    )


def _correction(check: StoredCheck, statement: Statement) -> Condition:
    if statement.act == "correct" and check.now.correction is None:
        return _wants(
            "correction",
            "It is not said what was wrong.",
            "Say it with: factdesk check correct {id} --what TEXT --severity minor|substantial|serious",
            id=check.id,
        )
    if statement.act == "withdraw" and not statement.why.strip():
        return _wants("correction", "It is not said why it is withdrawn.", "Say it with --why.")
    return Condition("correction")


def _wants(code: str, template: str, remedy: str, **values: object) -> Condition:
    plain = {key: str(value) for key, value in values.items()}
    return Condition(code, Reason(code, template, plain), Reason(code, remedy, plain))
