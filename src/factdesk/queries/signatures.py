"""Whether a sign-off stands: the right statement, a key of that person's, and somebody who wrote none of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factdesk.domain.checks import SignOff
from factdesk.domain.conditions import Condition
from factdesk.domain.ids import short
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.matches import Reason
from factdesk.domain.people import Person, names
from factdesk.domain.statements import Statement
from factdesk.domain.workflow import may
from factdesk.signing.sign import is_signed
from factdesk.store.checks import StoredCheck, get_signoff
from factdesk.store.people import find_key, find_person

_AGAIN = "It is submitted and signed anew: factdesk check return {id} --why TEXT"


def signature_condition(session: Session, check: StoredCheck, statement: Statement) -> Condition:
    """Whether what would be published is exactly what somebody else signed."""
    stored = get_signoff(session, check.now.signed) if check.now.signed else None
    if stored is None:
        return _wants(check, "Nobody signed it.", "A reviewer signs it: factdesk check sign {id}")
    signoff = stored.fact
    wrong = wrong_signature(signoff, statement)
    if wrong:
        return _wants(check, wrong, _AGAIN)
    person, key = find_person(session, signoff.person), find_key(session, fingerprint(signoff.public))
    wrong = wrong_signer(person.person if person else None, key.key if key else None, signoff)
    return _wants(check, wrong, _AGAIN) if wrong else Condition("signature")


def wrong_signature(signoff: SignOff, statement: Statement) -> str:
    """What is wrong with a sign-off on a statement, as a template; empty for nothing. Needs no desk."""
    if signoff.check != statement.check or signoff.revision != statement.revision:
        return "The sign-off is on another revision."
    if signoff.digest != statement.digest:
        return "What was signed has changed since: the text, a claim, a citation or a capture."
    if not is_signed(signoff.public, signoff.digest, signoff.signature):
        return "The signature is not that key's over this."
    if signoff.person in statement.writers or names(statement.authors, signoff.person):
        return "It was signed by somebody who wrote a part of it."
    return ""


def wrong_signer(person: Person | None, key: PublicKey | None, signoff: SignOff) -> str:
    """What speaks against the signer now, as a template; empty for nothing."""
    if key is None or key.person != signoff.person:
        return "The desk does not know the key as the signer's."
    if key.revoked is not None:
        return "The key was given up since."
    if person is None or person.disabled:
        return "The signer does not work at this desk any more."
    if not may(person.role, "sign"):
        return "The signer's role does not suffice any more."
    return ""


def _wants(check: StoredCheck, template: str, remedy: str) -> Condition:
    values = {"id": short(check.id)}
    return Condition("signature", Reason("signature", template, values), Reason("signature", remedy, values))
