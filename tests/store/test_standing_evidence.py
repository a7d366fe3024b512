"""The audit of evidence: whatever was changed behind the record's back is found, and at which event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.store.evidence import fill

from factdesk.config import DeskConfig
from factdesk.domain.events import Break
from factdesk.store.chain import CHANGED, CONTENT, STATE, UNKNOWN, verify
from factdesk.store.record import Record
from factdesk.store.sealed import REDACT, all_sealed, subject_of
from factdesk.store.standing_evidence import wrong_about, wrong_evidence

Tamper = Callable[..., None]

ABSENT = "00000000-0000-7000-8000-000000000000"
STRAY_SEALED = (
    f"INSERT INTO sealed (id, kind, seq, place, content, salt, digest) SELECT '{ABSENT}', kind, seq, 1, content, salt,"
    " digest FROM sealed WHERE kind = '{kind}' AND seq = (SELECT max(seq) FROM sealed WHERE kind = '{kind}')"
)


@pytest.fixture
def filled(desk_config: DeskConfig, record: Record) -> DeskConfig:
    fill(record, desk_config)
    record.close()
    return desk_config


def broken(config: DeskConfig) -> Break | None:
    with Record.open(config, writable=False) as record, record.read() as session:
        return verify(session).broken


def test_evidence_that_nobody_touched(filled: DeskConfig) -> None:
    assert broken(filled) is None


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        *(
            (f"UPDATE sealed SET {change} WHERE seq = {seq}", Break(seq, reason))
            for seq in (1, 3, 4, 5)
            for change, reason in (
                ("content = replace(content, '2026', '2025')", CONTENT),
                ("content = '{}'", CONTENT),
                ("digest = replace(digest, substr(digest, 1, 1), 'g')", CONTENT),
                ("place = 3", CONTENT),
                ("kind = 'other'", CHANGED),
            )
        ),
        *((f"DELETE FROM sealed WHERE seq = {seq}", Break(seq, CHANGED)) for seq in (1, 3, 4, 5)),
        *(
            (STRAY_SEALED.replace("{kind}", kind), Break(seq, CHANGED))
            for kind, seq in (("capture", 2), ("citation", 3), ("attachment", 4), ("look", 5))
        ),
        *(
            (f"UPDATE captures SET {change} WHERE number = 2", Break(2, STATE))
            for change in (
                "origin = 'file'",
                "url = 'https://other.example/'",
                "own_id = 'x'",
                "name = 'x'",
                "digest = 'x'",
                "text_digest = 'x'",
                "language = 'en'",
                "day = 7",
                "label = label || ' hoax'",
                "seq = 1",
                "number = 7",
            )
        ),
        ("DELETE FROM captures WHERE number = 2", Break(2, STATE)),
        ("UPDATE citations SET capture = 2", Break(3, STATE)),
        ("UPDATE citations SET claim = 'x'", Break(3, STATE)),
        ("UPDATE citations SET stance = 'refutes'", Break(3, STATE)),
        ("DELETE FROM citations", Break(3, STATE)),
        ("UPDATE attachments SET capture = 2", Break(4, STATE)),
        ("UPDATE attachments SET kind = 'timestamp'", Break(4, STATE)),
        ("UPDATE attachments SET blob = 'x'", Break(4, STATE)),
        ("DELETE FROM attachments", Break(4, STATE)),
        ("UPDATE looks SET capture = 2", Break(5, STATE)),
        ("UPDATE looks SET outcome = 'same'", Break(5, STATE)),
        ("UPDATE looks SET time = '2020-01-01T00:00:00.000000Z'", Break(5, STATE)),
        ("UPDATE looks SET after = NULL", Break(5, STATE)),
        ("DELETE FROM looks", Break(5, STATE)),
        (f"INSERT INTO citations VALUES ('{ABSENT}', 1, '', 'supports')", Break(6, UNKNOWN)),
        (f"INSERT INTO attachments VALUES ('{ABSENT}', 1, 'timestamp', 'x')", Break(6, UNKNOWN)),
        (f"INSERT INTO looks VALUES ('{ABSENT}', 1, '2026-01-01T00:00:00.000000Z', 'same', NULL)", Break(6, UNKNOWN)),
        (
            f"INSERT INTO captures VALUES (3, '{ABSENT}', 2, 'web', '', '', '', '', '', '', 0, '')",
            Break(6, UNKNOWN),
        ),
        (
            "UPDATE events SET payload = replace(payload, '\"count\":1', '\"count\":2') WHERE seq = 1",
            Break(1, "was changed after it was written"),
        ),
    ],
)
def test_what_was_changed_behind_its_back(filled: DeskConfig, tamper: Tamper, statement: str, expected: Break) -> None:
    tamper(filled, statement)
    assert broken(filled) == expected


def test_two_facts_of_one_kind_swapped(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(
        filled,
        "UPDATE sealed SET seq = 2, place = 9 WHERE seq = 1",
        "UPDATE sealed SET seq = 1 WHERE seq = 2 AND place = 0",
        "UPDATE sealed SET place = 0 WHERE place = 9",
    )
    found = broken(filled)
    assert found is not None
    assert found.seq == 1


def test_an_event_that_sealed_evidence_cut_off(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, "DELETE FROM events WHERE seq = 5")
    assert broken(filled) == Break(5, UNKNOWN)


BLANK = (
    "UPDATE captures SET url = '', own_id = '', name = '', digest = '', text_digest = '', language = '', day = 0,"
    " label = ''"
)
EVERY = (
    "UPDATE sealed SET content = NULL",
    BLANK,
    "UPDATE citations SET claim = '', stance = ''",
    "UPDATE attachments SET blob = ''",
    "UPDATE looks SET outcome = '', after = NULL",
)
"""What a redaction leaves of all evidence, and what it leaves to look it up by."""


def redact(config: DeskConfig, subject: str, action: str = REDACT) -> None:
    with Record.open(config) as record, record.write() as writer:
        writer.append("an", action, subject, {})


@pytest.mark.parametrize("seq", [1, 3, 4, 5])
def test_a_content_taken_out_without_a_word(filled: DeskConfig, tamper: Tamper, seq: int) -> None:
    tamper(filled, f"UPDATE sealed SET content = NULL WHERE seq = {seq}")
    assert broken(filled) == Break(seq, CONTENT)


def test_a_redacted_fact_still_verifies(filled: DeskConfig, tamper: Tamper) -> None:
    with Record.open(filled, writable=False) as record, record.read() as session:
        facts = [(row.kind, row.id) for row in all_sealed(session)]
    for kind, own in facts:
        redact(filled, subject_of(kind, own))
    tamper(filled, *EVERY)
    assert broken(filled) is None


@pytest.mark.parametrize("left", range(1, len(EVERY)))
def test_what_repeats_a_redacted_fact_is_no_secret_kept(filled: DeskConfig, tamper: Tamper, left: int) -> None:
    with Record.open(filled, writable=False) as record, record.read() as session:
        facts = [(row.kind, row.id) for row in all_sealed(session)]
    for kind, own in facts:
        redact(filled, subject_of(kind, own))
    tamper(filled, *EVERY[:left], *EVERY[left + 1 :])
    found = broken(filled)
    assert found is not None
    assert found.reason == STATE


@pytest.mark.parametrize(
    ("kind", "action"),
    [("citation", "redacted"), ("capture", REDACT)],
    ids=["another action", "another kind"],
)
def test_an_event_that_does_not_redact_it(filled: DeskConfig, tamper: Tamper, kind: str, action: str) -> None:
    with Record.open(filled, writable=False) as record, record.read() as session:
        (own,) = [row.id for row in all_sealed(session) if row.kind == "citation"]
    redact(filled, subject_of(kind, own), action)
    tamper(filled, "UPDATE sealed SET content = NULL WHERE seq = 3")
    assert broken(filled) == Break(3, CONTENT)


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE captures SET language = 'en' WHERE number = 2", {"second": 2, "look": 0}),
        ("UPDATE captures SET number = 7 WHERE number = 2", {"second": 2, "first": 5}),
        ("DELETE FROM captures WHERE number = 2", {"second": 2, "first": 5}),
        ("UPDATE citations SET capture = 2", {"first": 3, "citation": 3, "second": 3}),
        ("UPDATE citations SET stance = 'refutes'", {"first": 3, "citation": 3, "second": 0}),
        ("DELETE FROM citations", {"first": 3, "citation": 3}),
        ("UPDATE attachments SET blob = 'x'", {"first": 4, "attachment": 4}),
        ("DELETE FROM looks", {"first": 5, "second": 5}),
        ("UPDATE sealed SET content = '[' WHERE seq = 3", {"first": 3, "citation": 3}),
    ],
)
def test_what_is_wrong_about_one_alone(
    desk_config: DeskConfig, record: Record, tamper: Tamper, statement: str, wrong: dict[str, int]
) -> None:
    ids = fill(record, desk_config)
    tamper(desk_config, statement)
    with record.read() as session:
        whole = set(wrong_evidence(session))
        for name, seq in wrong.items():
            found = set(wrong_about(session, ids[name]))
            assert (seq in found) if seq else not found, name
            assert found <= whole


def test_nothing_is_wrong_about_any(desk_config: DeskConfig, record: Record) -> None:
    ids = fill(record, desk_config)
    with record.read() as session:
        assert [list(wrong_about(session, own)) for own in (*ids.values(), ABSENT)] == [[]] * (len(ids) + 1)
