"""Signed heads in the record: facts of their keys, in the order of the log, on both databases."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from factdesk.domain.events import Break
from factdesk.domain.heads import SignedHead
from factdesk.domain.keys import PublicKey
from factdesk.store.chain import SIGNED, verify
from factdesk.store.heads import heads_by_id, placed_heads, sealed_heads, wrong_heads
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record

TIME = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
KEYS = {"k1": "1" * 64, "k2": "2" * 64}


def key(record: Record, own: str) -> None:
    """A key of the desk."""
    with record.write() as writer:
        fact = NewFact("key", own, PublicKey("an", KEYS[own], TIME).content())
        put_facts(writer, [fact], actor="an", action="key.register", subject=f"key:{own}")


def head(record: Record, own: str, **other: object) -> SignedHead:
    """A head that a key signed, as far as the store looks at it."""
    with record.write() as writer:
        made = SignedHead("Desk", *writer.head, "an", KEYS[own], "0" * 128, writer.now())
        content = json.dumps(json.loads(made.content()) | other, sort_keys=True, separators=(",", ":"))
        put_facts(writer, [NewFact("head", own, content)], actor="an", action="log.sign", subject=f"key:{own}")
        return made


def test_the_newest_event_is_what_the_next_one_follows(record: Record) -> None:
    with record.write() as writer:
        stood = writer.head
        assert stood == (0, "0" * 64)
        event = writer.append("an", "test", "thing", {})
        assert writer.head == (event.seq, event.hash)


def test_heads_of_several_keys_come_in_the_order_of_the_log(record: Record) -> None:
    for own in KEYS:
        key(record, own)
    made = [head(record, own) for own in ("k2", "k1", "k2", "k1")]
    with record.read() as session:
        placed = placed_heads(session)
        assert [each.seq for each in placed] == [each.seq + 1 for each in made]
        assert heads_by_id(session, [each.id for each in placed]) == made
        assert [each.follows for each in sealed_heads(session)] == [each.head for each in made]
        assert list(wrong_heads(session)) == []
        assert verify(session).broken is None


@pytest.mark.attack
@pytest.mark.parametrize("change", [{"seq": 1}, {"hash": "f" * 64}, {"seq": "x"}, {"more": 1}])
def test_a_head_that_is_not_the_one_it_follows_is_named(record: Record, change: dict[str, object]) -> None:
    key(record, "k1")
    head(record, "k1")
    wrong = head(record, "k1", **change)
    with record.read() as session:
        assert list(wrong_heads(session)) == [wrong.seq + 1]
        assert verify(session).broken == Break(wrong.seq + 1, SIGNED)
