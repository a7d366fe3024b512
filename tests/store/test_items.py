"""What changes, as versions that do not: each act one event, the newest version is what is looked up."""

from __future__ import annotations

import json

import pytest
from sqlalchemy.exc import IntegrityError as Clash

from factdesk.domain.claims import Claim
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.people import Person
from factdesk.domain.tips import Tip
from factdesk.store.chain import verify
from factdesk.store.events import read_events
from factdesk.store.items import (
    ItemKind,
    NewFact,
    all_facts,
    all_items,
    columns_of,
    count_items,
    facts_of_item,
    get_item,
    item_facts,
    item_ids,
    item_named,
    items_by_id,
    put_facts,
)
from factdesk.store.record import Record

CLAIM = Claim("The bridge is long", "en").content()
OPINION = Claim("The bridge is fair", "en", "opinion").content()


def put(record: Record, *facts: NewFact, action: str = "claim.add") -> tuple[int, tuple[str, ...]]:
    with record.write() as writer:
        event, ids = put_facts(writer, facts, actor="an", action=action, subject=f"claim:{facts[0].item}")
        return event.seq, ids


def test_an_item_is_its_newest_version(record: Record) -> None:
    first = put(record, NewFact("claim", "c1", CLAIM))
    second = put(record, NewFact("claim", "c1", OPINION), action="claim.edit")
    with record.read() as session:
        row = get_item(session, "c1")
        assert row is not None
        assert (row.version, row.fact, row.seq, row.state) == (2, second[1][0], second[0], "opinion")
        assert row.content == OPINION
        kept = facts_of_item(session, "c1")
        assert [(fact.number, fact.seq, fact.content) for fact in kept] == [(1, first[0], CLAIM), (2, 2, OPINION)]
        assert item_facts(session, [first[1][0], "none"]) == {first[1][0]: kept[0]}
        assert [event.action for event in read_events(session)] == ["claim.add", "claim.edit"]
        assert verify(session).broken is None


def test_what_belongs_to_an_item_comes_in_the_same_event(record: Record) -> None:
    """Named before what it belongs to, or after: it is numbered by its kind, and refers to the item."""
    check = json.dumps({"standing": {"state": "draft"}, "claims": ["c1", "c2"]})
    seq, ids = put(record, NewFact("revision", "k1", "{}", "r1"), NewFact("check", "k1", check), action="check.new")
    put(record, NewFact("check", "k1", check), NewFact("revision", "k1", "{}"), action="check.edit")
    with record.read() as session:
        row = get_item(session, "k1")
        assert row is not None
        assert (row.state, row.parent, row.version) == ("draft", "c1", 2)
        assert ids[0] == "r1"
        assert [fact.number for fact in facts_of_item(session, "k1", "revision")] == [1, 2]
        assert [fact.seq for fact in facts_of_item(session, "k1")] == [seq, seq, 2, 2]
        assert [fact.item for fact in all_facts(session, "revision")] == ["k1", "k1"]
        assert verify(session).broken is None


def test_what_is_looked_up_of_each_kind(record: Record) -> None:
    public = "ab" * 32
    time = record.clock.now()
    contents: dict[ItemKind, tuple[str, tuple[str, str, str]]] = {
        "person": (Person("an", "An", "admin").content(), ("active", "an", "")),
        "key": (PublicKey("an", public, time).content(), ("active", fingerprint(public), "an")),
        "claim": (CLAIM, ("checkable", "", "")),
        "tip": (Tip("Is it?", "reader", "2026-01-02", claim="c1").content(), ("reader", "", "c1")),
    }
    for kind, (content, expected) in contents.items():
        put(record, NewFact(kind, f"{kind}-1", content))
        assert columns_of(kind, content) == expected
        with record.read() as session:
            (row,) = all_items(session, kind)
            assert (row.state, row.name, row.parent) == expected
            assert count_items(session, kind) == count_items(session, kind, [expected[0]]) == 1
            assert count_items(session, kind, ["another"]) == 0
            assert list(all_items(session, kind, states=["another"])) == []
            assert [each.id for each in all_items(session, kind, parent=expected[2])] == [row.id]
            assert list(all_items(session, kind, parent="nobody")) == []
            if expected[1]:
                assert item_named(session, kind, expected[1]) == row
            assert item_named(session, kind, "nobody") is None
    revoked = PublicKey("an", public, time, time, "lost").content()
    assert columns_of("key", revoked)[0] == "revoked"
    assert columns_of("person", Person("an", "", "admin", disabled=True).content())[0] == "disabled"


@pytest.mark.parametrize("content", ["", "null", "[]", "{}", '{"kind": 1}'])
def test_what_is_no_item_is_not_written(record: Record, content: str) -> None:
    before = record.head()
    with pytest.raises((ValueError, TypeError, KeyError, AttributeError)):
        put(record, NewFact("claim", "c1", content))
    assert record.head() == before
    with record.read() as session:
        assert get_item(session, "c1") is None


def test_all_facts_of_an_act_or_none(record: Record) -> None:
    put(record, NewFact("claim", "c1", CLAIM, "f1"))
    before = record.head()
    with pytest.raises(Exception, match=r".") as raised:
        put(record, NewFact("claim", "c2", CLAIM), NewFact("claim", "c3", CLAIM, "f1"))
    assert not isinstance(raised.value, AssertionError)
    with pytest.raises(Exception, match=r"."):
        # What belongs to no item.
        put(record, NewFact("revision", "k1", "{}"))
    assert record.head() == before
    with record.read() as session:
        assert items_by_id(session, ["c1", "c2", "c3", "k1"]).keys() == {"c1"}
        assert verify(session).broken is None


def test_ids_are_found_by_their_ends(record: Record) -> None:
    for own in ("0190-aaaa-1111", "0190-aaaa-2222", "0190-b%_a-3333"):
        put(record, NewFact("claim", own, CLAIM))
    with record.read() as session:
        assert item_ids(session, "claim", "0190-aaaa") == ["0190-aaaa-1111", "0190-aaaa-2222"]
        assert item_ids(session, "claim", "2222") == ["0190-aaaa-2222"]
        assert item_ids(session, "claim", "0190", 1) == ["0190-aaaa-1111"]
        assert item_ids(session, "tip", "2222") == []
        for wild in ("%", "_", "0190_", "%2222"):
            assert item_ids(session, "claim", wild) == []
        assert item_ids(session, "claim", "0190-b%_") == ["0190-b%_a-3333"]


def test_a_long_name_is_found(record: Record) -> None:
    name = "ạ" * 5_000
    put(record, NewFact("person", "p1", Person(name, "", "admin").content()))
    with record.read() as session:
        row = item_named(session, "person", name)
        assert row is not None
        assert json.loads(row.content or "")["name"] == name
        assert item_named(session, "person", name[:-1]) is None
        assert verify(session).broken is None


def test_two_items_do_not_share_an_id(record: Record) -> None:
    put(record, NewFact("claim", "c1", CLAIM))
    with pytest.raises(Exception, match=r".") as raised:
        put(record, NewFact("tip", "c1", Tip("Is it?", "reader", "2026-01-02").content()))
    assert not isinstance(raised.value, AssertionError | Clash) or isinstance(raised.value, Clash)
    with record.read() as session:
        row = get_item(session, "c1")
        assert row is not None
        assert row.kind == "claim"
        assert verify(session).broken is None
