"""The audit: a record that nobody touched verifies, and whatever was changed behind its back is named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from factdesk.actions.judge import judge, unjudge
from factdesk.actions.publishers import set_publisher
from factdesk.config import DeskConfig
from factdesk.domain.events import GENESIS, Break
from factdesk.domain.reviews import Publisher
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.chain import CHANGED, CONTENT, CUT, HEAD, STATE, STATUS, UNKNOWN, AuditResult, verify
from factdesk.store.judgements import JUDGEMENTS
from factdesk.store.record import Record
from factdesk.store.reviews import REVIEWS
from factdesk.store.sealed import REDACT, subject_of

Put = Callable[..., Batch]
Tamper = Callable[..., None]

EVENTS = 9
CHAIN = "was changed after it was written"


@pytest.fixture
def filled(desk_config: DeskConfig, record: Record, put_reviews: Put) -> DeskConfig:
    """1 and 2: imports; 3: a change; 4: one taken out; 5: a publisher blocked; 6 to 8: judgements; 9: a word."""
    put_reviews(record, "a", "b", publisher=Publisher("P", "p.org"))
    put_reviews(record, "c", first=3)
    put_reviews(record, "A")
    with record.write() as writer:
        put_batch(writer, "run-2", [Entry("k2", None)], actor="an")
    set_publisher(record, "P", "blocked", "an")
    judge(record, "one", 1, "confirmed", "an")
    judge(record, "one", 1, "rejected", "an")
    unjudge(record, "one", 1, "an")
    with record.write() as writer:
        writer.append("an", "test.word", "thing", {"count": 3})
    record.close()
    return desk_config


def verified(config: DeskConfig, *against: tuple[int, str]) -> AuditResult:
    with Record.open(config, writable=False) as record, record.read() as session:
        return verify(session, against)


def test_a_record_that_nobody_touched(filled: DeskConfig) -> None:
    with Record.open(filled) as record:
        newest = record.head()
    assert verified(filled) == AuditResult(EVENTS, newest, None)
    assert newest[0] == EVENTS


def test_an_empty_record(desk_config: DeskConfig) -> None:
    assert verified(desk_config) == AuditResult(0, (0, GENESIS), None)


@pytest.mark.parametrize("seq", [1, 5, EVENTS])
@pytest.mark.parametrize(
    "change",
    [
        "time = '2020-01-01T00:00:00.000000Z'",
        "actor = 'someone else'",
        "action = 'test.other'",
        "subject = 'another'",
        "payload = '{\"count\":77}'",
        "payload = payload || ' '",
        "payload = 'not JSON'",
        "previous_hash = replace(previous_hash, '0', '1')",
        "hash = '" + "ab" * 32 + "'",
    ],
)
def test_any_column_of_any_event(filled: DeskConfig, tamper: Tamper, change: str, seq: int) -> None:
    tamper(filled, f"UPDATE events SET {change} WHERE seq = {seq}")
    broken = verified(filled).broken
    assert broken is not None
    assert broken.seq == seq


def test_renumbering(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, f"UPDATE events SET seq = 20 WHERE seq = {EVENTS}")
    assert verified(filled).broken == Break(EVENTS, "is missing")


def test_an_event_that_was_deleted(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, "DELETE FROM events WHERE seq = 3")
    assert verified(filled).broken == Break(3, "is missing")


def test_the_first_event_deleted(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, "DELETE FROM events WHERE seq = 1")
    assert verified(filled).broken == Break(1, "is missing")


def test_two_events_swapped(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(
        filled,
        "UPDATE events SET seq = 100 WHERE seq = 1",
        "UPDATE events SET seq = 1 WHERE seq = 2",
        "UPDATE events SET seq = 2 WHERE seq = 100",
    )
    assert verified(filled).broken == Break(1, "does not follow the event before it")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE review_versions SET content = content || ' ' WHERE review = 2 AND version = 1", Break(1, CONTENT)),
        ("UPDATE review_versions SET digest = replace(digest, '1', '2') WHERE review = 3", Break(2, CONTENT)),
        ("UPDATE review_versions SET seq = 2 WHERE review = 2 AND version = 1", Break(1, CHANGED)),
        ("DELETE FROM review_versions WHERE review = 1 AND version = 1", Break(1, CHANGED)),
        ("DELETE FROM review_versions WHERE review = 2 AND version = 2", Break(4, CHANGED)),
        ("UPDATE reviews SET id = 'another' WHERE number = 3", Break(2, CHANGED)),
        ("UPDATE reviews SET version = 1 WHERE number = 1", Break(3, STATE)),
        ("UPDATE reviews SET deleted_at = NULL WHERE number = 2", Break(4, STATE)),
        ("UPDATE reviews SET deleted_at = '2026-01-01T00:00:00.000000Z' WHERE number = 3", Break(2, STATE)),
        ("UPDATE reviews SET digest = 'x' WHERE number = 3", Break(2, STATE)),
        ("UPDATE reviews SET seq = 3 WHERE number = 3", Break(3, STATE)),
        ("UPDATE reviews SET language = 'xx' WHERE number = 3", Break(2, STATE)),
        ("UPDATE reviews SET day = 7 WHERE number = 3", Break(2, STATE)),
        ("UPDATE reviews SET own_id = 'x', source = 'y' WHERE number = 3", Break(2, STATE)),
        ("UPDATE reviews SET publisher = 1 WHERE number = 3", Break(2, STATE)),
        ("UPDATE publishers SET name = 'Q' WHERE number = 2", Break(2, STATE)),
        ("UPDATE publishers SET status = ''", Break(5, STATUS)),
        ("UPDATE publishers SET status = 'allowed' WHERE number = 2", Break(EVENTS + 1, UNKNOWN)),
        ("UPDATE judgements SET verdict = 'confirmed'", Break(7, CHANGED)),
        ("UPDATE judgements SET actor = 'x' WHERE seq = 6", Break(6, CHANGED)),
        ("UPDATE judgements SET message = 'two' WHERE seq = 6", Break(6, CONTENT)),
        ("UPDATE judgements SET review = 3 WHERE seq = 6", Break(6, CHANGED)),
        ("DELETE FROM judgements WHERE seq = 7", Break(7, CHANGED)),
        ("UPDATE judgements SET deleted_at = NULL WHERE seq = 7", Break(7, STATE)),
        ("UPDATE judgements SET deleted_at = NULL, closed_seq = NULL WHERE seq = 7", Break(8, CHANGED)),
    ],
)
def test_what_events_sealed(filled: DeskConfig, tamper: Tamper, statement: str, expected: Break) -> None:
    tamper(filled, statement)
    assert verified(filled).broken == expected


def test_a_row_smuggled_in(filled: DeskConfig, tamper: Tamper) -> None:
    digest = hashlib.sha256(b"\x01{}").hexdigest()
    salt = "x'01'" if filled.is_sqlite else "'\\x01'"
    columns = "review, version, run, seq, content, salt, digest"
    values = f"3, 2, 'r', {EVENTS}, '{{}}', {salt}, '{digest}'"
    tamper(filled, f"INSERT INTO review_versions ({columns}) VALUES ({values})")
    assert verified(filled).broken == Break(2, STATE)
    tamper(filled, "UPDATE review_versions SET seq = 30 WHERE review = 3 AND version = 2")
    plain = hashlib.sha256(b"{}").hexdigest()
    tamper(filled, f"UPDATE reviews SET version = 2, seq = 30, run = 'r', digest = '{plain}' WHERE number = 3")
    assert verified(filled).broken == Break(30, UNKNOWN)


GONE = ("UPDATE review_versions SET content = NULL", "UPDATE judgements SET message = NULL")


def test_content_that_was_redacted_still_verifies(filled: DeskConfig, tamper: Tamper) -> None:
    with Record.open(filled) as record, record.write() as writer:
        subjects = [("review", own) for own in writer.session.execute(select(REVIEWS.c.id)).scalars()]
        subjects += [("judgement", own) for own in writer.session.execute(select(JUDGEMENTS.c.id)).scalars()]
        for kind, own in subjects:
            writer.append("an", REDACT, subject_of(kind, own), {})
    tamper(filled, *GONE)
    assert verified(filled).broken is None


@pytest.mark.parametrize(("statement", "seq"), [(GONE[0], 1), (GONE[1], 6)])
def test_content_taken_out_that_no_event_redacted(filled: DeskConfig, tamper: Tamper, statement: str, seq: int) -> None:
    tamper(filled, statement)
    assert verified(filled).broken == Break(seq, CONTENT)


def test_a_tail_that_was_cut_off_is_seen_against_a_head(filled: DeskConfig, tamper: Tamper) -> None:
    kept = verified(filled).head
    assert verified(filled, kept).broken is None
    tamper(filled, f"DELETE FROM events WHERE seq = {EVENTS}")
    assert verified(filled).broken is None
    assert verified(filled, kept).broken == Break(EVENTS, CUT)


def test_a_tail_cut_off_under_rows_that_speak_of_it(filled: DeskConfig, tamper: Tamper) -> None:
    tamper(filled, "DELETE FROM events WHERE seq >= 4")
    assert verified(filled).broken == Break(4, UNKNOWN)


def test_a_history_written_anew_is_seen_against_a_head(filled: DeskConfig) -> None:
    with Record.open(filled) as record, record.read() as session:
        middle = session.execute(text("SELECT hash FROM events WHERE seq = 4")).scalar_one()
    assert verified(filled, (4, middle)).broken is None
    assert verified(filled, (4, "ff" * 32)).broken == Break(4, HEAD)
    assert verified(filled, (0, GENESIS)).broken is None


def test_more_events_than_are_fetched_at_a_time(record: Record) -> None:
    with record.write() as writer:
        for _ in range(4100):
            writer.append("an", "test.word", "", {})
    with record.read() as session:
        result = verify(session)
    assert (result.events, result.broken) == (4100, None)
