"""Signing where the log stands: with every sign-off, and whenever a desk wants to.

The signed head is sealed by the very event that follows it, so that nothing comes between the two.
"""

from __future__ import annotations

import json

from factdesk.actions.keys import own_key
from factdesk.actions.permit import permitted
from factdesk.domain.heads import SignedHead, head_from, head_text
from factdesk.domain.people import Person
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign_head as signature_of
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record, Writer


def sign_log(record: Record, key: PrivateKey, *, actor: str) -> SignedHead:
    """Sign the head of the log as it stands. The key must be the person's own and in use. Raises `RefusedError`."""
    with record.write() as writer:
        person = permitted(writer.session, actor, "log.sign")
        fact = head_fact(writer, record.config.name, key, person)
        put_facts(writer, [fact], actor=person.name, action="log.sign", subject=f"key:{fact.item}")
        return head_from(json.loads(fact.content))


def head_fact(writer: Writer, desk: str, key: PrivateKey, person: Person) -> NewFact:
    """The head of the log, signed, to be sealed by the next event. Raises `RefusedError` as `sign_log` does."""
    item = own_key(writer.session, key, person).id
    head, time = writer.head, writer.now()
    signature = signature_of(key, head_text(desk, head, key.public, time))
    return NewFact("head", item, SignedHead(desk, *head, person.name, key.public, signature, time).content())
