"""The audit of people, keys, claims, tips and checks: whatever was changed behind the record's back is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from factdesk.config import DeskConfig
from factdesk.domain.claims import Claim
from factdesk.domain.events import Break
from factdesk.domain.people import Person
from factdesk.store.chain import CHANGED, CONTENT, STATE, UNKNOWN, verify
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record

Tamper = Callable[..., None]


@pytest.fixture
def filled(desk_config: DeskConfig, record: Record) -> DeskConfig:
    """Events 1: a person; 2 and 3: a claim and its edit; 4: a check with a revision; 5: the same edited."""
    contents = [
        [NewFact("person", "p1", Person("an", "An", "admin").content(), "f1")],
        [NewFact("claim", "c1", Claim("The bridge is long", "en").content(), "f2")],
        [NewFact("claim", "c1", Claim("The bridge is fair", "en", "opinion").content(), "f3")],
        [
            NewFact("check", "k1", '{"standing":{"state":"draft"},"claims":["c1"]}', "f4"),
            NewFact("revision", "k1", '{"source":"One"}', "r1"),
        ],
        [
            NewFact("check", "k1", '{"standing":{"state":"signed"},"claims":["c1"]}', "f5"),
            NewFact("revision", "k1", '{"source":"Two"}', "r2"),
        ],
    ]
    for facts in contents:
        with record.write() as writer:
            put_facts(writer, facts, actor="an", action="x", subject="x")
    record.close()
    return desk_config


def broken(config: DeskConfig) -> Break | None:
    with Record.open(config, writable=False) as record, record.read() as session:
        return verify(session).broken


def test_what_nobody_touched(filled: DeskConfig) -> None:
    assert broken(filled) is None


@pytest.mark.attack
@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        # A check made to look signed or published, a claim that can be rated, a person with another role.
        ("UPDATE items SET state = 'published' WHERE id = 'k1'", Break(5, STATE)),
        ("UPDATE items SET state = 'checkable' WHERE id = 'c1'", Break(3, STATE)),
        ("UPDATE items SET name = 'binh' WHERE id = 'p1'", Break(1, STATE)),
        ("UPDATE items SET parent = 'c2' WHERE id = 'k1'", Break(5, STATE)),
        ("UPDATE items SET seq = 4 WHERE id = 'k1'", Break(5, STATE)),
        # Back to an older version, or on to one that there is not.
        ("UPDATE items SET fact = 'f2', version = 1, seq = 2, state = 'checkable' WHERE id = 'c1'", Break(2, STATE)),
        ("UPDATE items SET fact = 'f4' WHERE id = 'k1'", Break(4, STATE)),
        ("UPDATE items SET version = 3 WHERE id = 'k1'", Break(5, STATE)),
        ("UPDATE items SET fact = 'r2' WHERE id = 'k1'", Break(5, STATE)),
        ("UPDATE items SET fact = 'none' WHERE id = 'k1'", Break(6, UNKNOWN)),
        ("UPDATE items SET kind = 'other' WHERE id = 'k1'", Break(6, UNKNOWN)),
        # Revisions that are gone, stand elsewhere, or come in another order.
        ("DELETE FROM item_facts WHERE fact = 'r1'", Break(4, STATE)),
        ("DELETE FROM item_facts WHERE fact = 'r2'", Break(5, STATE)),
        ("UPDATE item_facts SET item = 'c1' WHERE fact = 'r1'", Break(5, STATE)),
        ("UPDATE item_facts SET number = 5 WHERE fact = 'r2'", Break(5, STATE)),
        ("UPDATE item_facts SET kind = 'signoff' WHERE fact = 'r2'", Break(5, STATE)),
        ("DELETE FROM items WHERE id = 'k1'", Break(4, STATE)),
        # Contents.
        ("UPDATE sealed SET content = replace(content, 'One', 'Won') WHERE id = 'r1'", Break(4, CONTENT)),
        ("UPDATE sealed SET content = NULL WHERE id = 'r1'", Break(4, CONTENT)),
        ("DELETE FROM sealed WHERE id = 'r1'", Break(4, CHANGED)),
        ("UPDATE sealed SET kind = 'signoff' WHERE id = 'r1'", Break(4, CHANGED)),
    ],
)
def test_what_somebody_touched(filled: DeskConfig, tamper: Tamper, statement: str, expected: Break) -> None:
    tamper(filled, statement)
    assert broken(filled) == expected


@pytest.mark.attack
def test_a_fact_that_no_event_sealed(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, "INSERT INTO item_facts (fact, item, kind, number) VALUES ('s9', 'k1', 'signoff', 1)")
    assert broken(filled) == Break(6, UNKNOWN)
