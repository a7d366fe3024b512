"""Signed heads of the log, verified: the signature, whose it is, and where the log stood."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from factdesk.domain.heads import SignedHead, head_from, shown_head
from factdesk.domain.keys import PublicKey
from factdesk.domain.verification import Step
from factdesk.queries.verify_held import How, step
from factdesk.signing.sign import is_head_signed
from factdesk.store.heads import UNREADABLE, SealedHead, sealed_heads
from factdesk.store.people import keys_of

_BROKEN = "This is no signed head."
_FORGED = "The signature is not that key's over this."
_ELSEWHERE = "It is signed that the log stood at {said}, and it stood at {head}."
_NOT_KNOWN = "The desk does not know the key as the signer's."
_GIVEN_UP = "The key was given up before this was signed."
_COMPROMISED = "The key {fingerprint} was given up as compromised."
_NOT_PINNED = "The key {fingerprint} of {person} is not pinned: factdesk key pin says whose signatures count for you."
_PINNED = "By {whose}, whose key you pinned."


def head_step(subject: str, signed: SignedHead, pins: Mapping[str, str]) -> Step:
    """Whether a head was signed, and by a key that the reader pinned. `signed.person` is how to call who signed."""
    if not is_head_signed(signed.public, signed.text, signed.signature):
        return step("head", subject, "fail", _FORGED)
    own = signed.fingerprint
    if own not in pins:
        return step("head", subject, "not checked", _NOT_PINNED, fingerprint=own[:16], person=signed.person or "–")
    return step("head", subject, "pass", _PINNED, whose=pins[own])


def desk_head_steps(session: Session, how: How) -> Iterator[Step]:
    """The steps of the signed heads that a desk holds. Whoever rewrites a log has to take them out or sign anew."""
    try:
        keys = {each.key.public: each.key for each in keys_of(session)}
    except UNREADABLE:
        keys = {}
    for each in sealed_heads(session):
        yield _held(each, keys, how.pins)


def _held(sealed: SealedHead, keys: Mapping[str, PublicKey], pins: Mapping[str, str]) -> Step:
    try:
        signed = head_from(json.loads(sealed.content))
    except UNREADABLE:
        return step("head", sealed.id, "fail", _BROKEN)
    if signed.head != sealed.follows:
        said, head = shown_head(signed.head), shown_head(sealed.follows)
        return step("head", sealed.id, "fail", _ELSEWHERE, said=said, head=head)
    judged, key = head_step(sealed.id, signed, pins), keys.get(signed.public)
    if judged.outcome == "fail":
        return judged
    wrong = _wrong_key(signed, key)
    if wrong:
        return step("head", sealed.id, "fail", wrong)
    if key is not None and key.why == "compromised":
        return step("head", sealed.id, "not checked", _COMPROMISED, fingerprint=signed.fingerprint[:16])
    return judged


def _wrong_key(signed: SignedHead, key: PublicKey | None) -> str:
    """What speaks against a key when it signed, as a template; empty for nothing."""
    if key is None or key.person != signed.person or key.time > signed.time:
        return _NOT_KNOWN
    return _GIVEN_UP if key.revoked is not None and key.revoked < signed.time else ""
