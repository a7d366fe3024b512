"""The signed heads that are published: few, in order, with names as readers see them."""

from __future__ import annotations

from tests.actions.desks_of_people import World, published

from factdesk.actions.heads import sign_log
from factdesk.actions.redact import plan_redaction, redact
from factdesk.domain.heads import head_text
from factdesk.queries.desk import Desk
from factdesk.queries.heads import heads_of
from factdesk.signing.sign import is_head_signed
from factdesk.store.chain import verify


def test_none_where_nobody_signed(press_desk: Desk) -> None:
    with press_desk.record.read() as session:
        assert heads_of(session) == ()


def test_each_with_who_signed_and_what_verifies_it(press_desk: Desk, press: World) -> None:
    published(press_desk, press)
    by_chi = sign_log(press_desk.record, press.keys["chi"], actor="chi")
    with press_desk.record.read() as session:
        first, second = heads_of(session)
    assert (first.person, second.person) == ("Bình Trần", "chi")
    assert (second.seq, second.hash, second.time) == (by_chi.seq, by_chi.hash, by_chi.time)
    for row in (first, second):
        assert is_head_signed(row.public, head_text(row.desk, (row.seq, row.hash), row.public, row.time), row.signature)


def test_old_ones_are_thinned(press_desk: Desk, press: World) -> None:
    made = [sign_log(press_desk.record, press.keys["chi"], actor="chi") for _ in range(6)]
    with press_desk.record.read() as session:
        assert [row.seq for row in heads_of(session)] == [each.seq for each in made]
        # All of one month.
        assert [row.seq for row in heads_of(session, last=2)] == [each.seq for each in made[-2:]]
        assert [row.seq for row in heads_of(session, last=0)] == [made[-1].seq]


def test_a_name_that_was_redacted_is_gone_and_the_signature_stays(press_desk: Desk, press: World) -> None:
    sign_log(press_desk.record, press.keys["binh"], actor="binh")
    redact(press_desk, plan_redaction(press_desk, "person:binh", actor="dung"), why="They asked us to.", actor="dung")
    with press_desk.record.read() as session:
        (row,) = heads_of(session)
        assert verify(session).broken is None
    assert row.person == ""
    assert is_head_signed(row.public, head_text(row.desk, (row.seq, row.hash), row.public, row.time), row.signature)
