"""Checks, verified: what was published against what was signed and what is held, and the way each check went.

It works on publications as a desk or a bundle holds them. A signature counts for a reader who pinned its key; of any
other it is said that it was not checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factdesk.domain.checks import CheckNow, Publication, SignOff
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.people import folded, names
from factdesk.domain.statements import Statement, statement_of
from factdesk.domain.verification import Step
from factdesk.domain.workflow import Standing, after
from factdesk.queries.signatures import wrong_signature
from factdesk.queries.verify_held import step
from factdesk.queries.verify_stated import BROKEN, OTHER, HeldSeals, wrong_statement
from factdesk.queries.writers import WRITES

_UNSIGNED = "Nobody signed it."
_WAY = "It was not done as the workflow allows: {action}."
_NOT_PINNED = "The key {fingerprint} of {person} is not pinned: factdesk key pin says whose signatures count for you."
_PINNED = "By {whose}, whose key you pinned. That proves two keys, not two people."
_WROTE = "It was signed by somebody who wrote a part of it."
_NOT_KNOWN = "The desk does not know the key as the signer's."
_GIVEN_UP = "The key was given up before this was signed."
_COMPROMISED = "The key {fingerprint} was given up as compromised."


def publication_steps(
    own: str,
    publication: Publication,
    signoff: SignOff | None,
    held: HeldSeals,
    pins: Mapping[str, str],
    keys: Mapping[str, PublicKey] | None = None,
) -> Iterator[Step]:
    """The steps of one publication: its text and all that was signed with it, then the signature. `keys` are those
    that the desk knows, None where there is no desk to ask."""
    try:
        statement = statement_of(publication.statement)
    except ValueError:
        yield step("revision", own, "fail", BROKEN)
        return
    wrong = _worst(wrong_statement(statement, held))
    if statement.check != publication.check:
        wrong = step("revision", own, "fail", OTHER, field="check")
    yield Step("revision", own, wrong.outcome, wrong.reason) if wrong else step("revision", own, "pass")
    yield _signature(own, statement, signoff, pins, keys)


def _worst(steps: Iterator[Step]) -> Step | None:
    """The first that fails, else the first of all."""
    first: Step | None = None
    for each in steps:
        if each.outcome == "fail":
            return each
        first = first or each
    return first


def way_step(own: str, steps: Sequence[CheckNow | None], signed: Mapping[str, tuple[str, str]]) -> Step:
    """Whether a check went only where the workflow lets it, and was published only under the sign-off that stood, by
    somebody who wrote none of it. `signed` says of each publication which sign-off it names, and whose that is; a step
    that was redacted is None, and nothing is said of it."""
    before: CheckNow | None = None
    known, wrote = True, set[str]()
    for number, now in enumerate(steps):
        if now is None:
            known = False
            continue
        if (known or number == 0) and not _followed(before, now):
            return step("revision", own, "fail", _WAY, action=now.action)
        if now.action == "publish":
            signoff, signer = signed.get(now.public, ("", ""))
            if known and (before is None or not before.signed or signoff != before.signed):
                return step("revision", own, "fail", _WAY, action=now.action)
            if signer in wrote:
                return step("revision", own, "fail", _WROTE)
            wrote = set()
        elif now.action in WRITES:
            wrote.add(now.person)
        before, known = now, True
    return step("revision", own, "pass")


def _followed(before: CheckNow | None, now: CheckNow) -> bool:
    if before is None or now.action == "new":
        return before is None and now.action == "new" and now.standing == Standing()
    try:
        return after(before.standing, now.action) == now.standing
    except (ValueError, KeyError):
        return False


def _signature(
    own: str,
    statement: Statement,
    signoff: SignOff | None,
    pins: Mapping[str, str],
    keys: Mapping[str, PublicKey] | None,
) -> Step:
    if signoff is None:
        return step("signature", own, "fail", _UNSIGNED)
    key = keys.get(signoff.public) if keys is not None else None
    wrong = wrong_signature(signoff, statement)
    if not wrong and keys is not None:
        wrong = _wrong_key(signoff, key)
    if wrong:
        return step("signature", own, "fail", wrong)
    print_ = fingerprint(signoff.public)
    if key is not None and key.why == "compromised":
        return step("signature", own, "not checked", _COMPROMISED, fingerprint=print_[:16])
    if print_ not in pins:
        return step("signature", own, "not checked", _NOT_PINNED, fingerprint=print_[:16], person=signoff.person)
    if names(statement.authors, pins[print_]) or folded(pins[print_]) in map(folded, statement.writers):
        # Whom the sign-off says it is by is not signed; whose key it is the reader knows.
        return step("signature", own, "fail", _WROTE)
    return step("signature", own, "pass", _PINNED, whose=pins[print_])


def _wrong_key(signoff: SignOff, key: PublicKey | None) -> str:
    """What speaks against a key at the time of the sign-off, as a template; empty for nothing."""
    if key is None or key.person != signoff.person or key.time > signoff.time:
        return _NOT_KNOWN
    return _GIVEN_UP if key.revoked is not None and key.revoked < signoff.time else ""
