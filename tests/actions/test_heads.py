"""Signing where the log stands: with a sign-off, and alone."""

from __future__ import annotations

import json

import pytest
from tests.actions.desks_of_people import World, published, signed, written
from tests.actions.test_people import refused

from factdesk.actions.heads import sign_log
from factdesk.actions.keys import revoke_key
from factdesk.domain.heads import SignedHead, head_from
from factdesk.domain.keys import fingerprint
from factdesk.queries.desk import Desk
from factdesk.signing.keys import new_key
from factdesk.signing.sign import is_head_signed
from factdesk.store.chain import verify
from factdesk.store.events import get_event
from factdesk.store.heads import sealed_heads
from factdesk.store.people import find_key
from factdesk.store.record import Record
from factdesk.store.sealed import facts_of_event


def heads_in(record: Record) -> list[tuple[int, SignedHead]]:
    """Every signed head behind the number of the event that sealed it."""
    with record.read() as session:
        return [(each.seq, head_from(json.loads(each.content))) for each in sealed_heads(session)]


def test_a_sign_off_signs_where_the_log_stood_in_the_same_event(newsroom: Desk, world: World) -> None:
    done = signed(newsroom, world, written(world))
    ((seq, head),) = heads_in(newsroom.record)
    with newsroom.record.read() as session:
        before, event = get_event(session, seq - 1), get_event(session, seq)
        kinds = [row.kind for row in facts_of_event(session, seq)]
        assert verify(session).broken is None
    assert before is not None
    assert event is not None
    assert (event.action, event.subject) == ("check.sign", f"check:{done.id}")
    assert kinds == ["check", "signoff", "head"]
    assert head.head == (before.seq, before.hash)
    assert (head.desk, head.person, head.public) == ("Test desk", "binh", world.keys["binh"].public)
    assert is_head_signed(head.public, head.text, head.signature)


def test_a_desk_signs_whenever_it_wants(newsroom: Desk, world: World) -> None:
    record = newsroom.record
    stood = record.head()
    head = sign_log(record, world.keys["chi"], actor="CHI")
    assert head.head == stood
    assert is_head_signed(world.keys["chi"].public, head.text, head.signature)
    again = sign_log(record, world.keys["chi"], actor="chi")
    assert again.head == record_before(record)
    assert [each for _, each in heads_in(record)] == [head, again]
    with record.read() as session:
        event, key = get_event(session, record.head()[0]), find_key(session, head.fingerprint)
        assert verify(session, [head.head, again.head]).broken is None
    assert event is not None
    assert key is not None
    assert (event.actor, event.action, event.subject) == ("chi", "log.sign", f"key:{key.id}")


def record_before(record: Record) -> tuple[int, str]:
    """The head before the newest event."""
    with record.read() as session:
        event = get_event(session, record.head()[0] - 1)
    assert event is not None
    return event.seq, event.hash


@pytest.mark.attack
def test_only_with_ones_own_key_in_use(newsroom: Desk, world: World) -> None:
    record = newsroom.record
    for key, actor, said in (
        (new_key(), "binh", "does not know this key"),
        (world.keys["giang"], "binh", "does not know this key"),
        (world.keys["binh"], "hoa", "does not know this key"),
        (world.keys["an"], "an", "takes the role reviewer"),
        (world.keys["em"], "em", "does not work at this desk"),
        (world.keys["binh"], "nobody", "Nobody at this desk"),
    ):
        assert said in refused(record, lambda key=key, actor=actor: sign_log(record, key, actor=actor))  # type: ignore[misc]
    revoke_key(record, fingerprint(world.keys["binh"].public), "lost", actor="binh")
    assert "given up" in refused(record, lambda: sign_log(record, world.keys["binh"], actor="binh"))
    assert heads_in(record) == []


def test_those_of_several_keys_are_in_the_order_of_the_log(newsroom: Desk, world: World) -> None:
    for name in ("chi", "binh", "giang", "chi", "binh"):
        sign_log(newsroom.record, world.keys[name], actor=name)
    published(newsroom, world)
    heads = heads_in(newsroom.record)
    assert [each.person for _, each in heads] == ["chi", "binh", "giang", "chi", "binh", "binh"]
    assert [seq for seq, _ in heads] == sorted(seq for seq, _ in heads)
    assert [each.seq for _, each in heads] == [seq - 1 for seq, _ in heads]
