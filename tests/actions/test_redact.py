"""Redaction on both databases: the content is gone from everywhere, and the log holds and says so."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.actions.redact_world import ORDER, SECRETS, WHY, World, done, everything, made

from factdesk.actions.backups import backup
from factdesk.config import DeskConfig
from factdesk.queries.desk import Desk
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.store.chain import verify
from factdesk.store.record import Record
from factdesk.store.sealed import REDACT, all_sealed, redactions


@pytest.fixture
def world(record: Record, desk_config: DeskConfig) -> World:
    return made(record, desk_config)


@pytest.fixture
def desk(record: Record, desk_config: DeskConfig) -> Desk:
    return Desk(desk_config, record, writable=True)


def sound(record: Record) -> list[str]:
    """The audit finds nothing, and verify neither, but for the signature that nobody made; what it did not check."""
    with record.read() as session:
        assert verify(session).broken is None
    steps = list(verify_desk(record, How(quick=True)))
    assert [step for step in steps if step.outcome == "fail" and step.name in ("events", "record", "bytes")] == []
    return [step.subject for step in steps if step.outcome == "not checked" and step.name == "record"]


def test_what_was_redacted_is_nowhere(desk: Desk, record: Record, desk_config: DeskConfig, world: World) -> None:
    left = everything(desk_config)
    assert [word for word in SECRETS.values() if word not in left] == []
    for place, kind in enumerate(ORDER, 1):
        (desk_config.cache_dir / "messages").mkdir(parents=True)
        (desk_config.cache_dir / "messages" / "m").write_text(f"cached {SECRETS[kind]}")
        outcome = done(desk, world.subjects[kind])
        assert (outcome.clean, outcome.index) == (True, True)
        left = everything(desk_config)
        assert {other for other, word in SECRETS.items() if word not in left} == set(ORDER[:place])
        sound(record)


def test_a_redaction_says_why_and_of_what(desk: Desk, record: Record, world: World) -> None:
    unchecked = len(sound(record))
    for kind in ORDER:
        before = record.head()[0]
        done(desk, world.subjects[kind])
        with record.read() as session:
            said = [json.loads(row.content or "") for row in all_sealed(session) if row.kind == "redaction"][-1]
            assert (said["why"], said["person"]) == (WHY, "an")
            assert said["subject"].startswith(f"{kind}:")
            facts = [subject for subject, seq in redactions(session).items() if seq > before]
            assert facts
        # Of reviews and judgements the audit alone speaks.
        more, unchecked = len(sound(record)) - unchecked, len(sound(record))
        assert more == len([each for each in facts if each.partition(":")[0] not in ("review", "judgement")])


def test_an_empty_content_without_its_event_is_a_break(
    desk: Desk, record: Record, desk_config: DeskConfig, world: World, tamper: Callable[..., None]
) -> None:
    for kind in ORDER:
        done(desk, world.subjects[kind])
        with record.read() as session:
            facts = [subject for subject, seq in redactions(session).items()]
    for subject in facts:
        # Its links hold no more either; what is looked at is the first row that is missed.
        other = f"UPDATE events SET subject = 'other' WHERE action = '{REDACT}' AND subject = '{subject}'"
        tamper(desk_config, other)
        with record.read() as session:
            found = verify(session).broken
            changed = min(seq for each, seq in redactions(session).items() if each == "other")
        assert found is not None
        assert found.seq < changed, subject
        tamper(desk_config, f"UPDATE events SET subject = '{subject}' WHERE subject = 'other'")


def test_what_repeats_a_redacted_content_is_a_break(
    desk: Desk, record: Record, desk_config: DeskConfig, world: World, tamper: Callable[..., None]
) -> None:
    for kind in ("capture", "tip", "person"):
        done(desk, world.subjects[kind])
    for column, put, blank in (
        ("captures SET url = {}", "'https://source.example/quokkacapture'", "''"),
        ("captures SET label = {}", "'quokkacapture'", "''"),
        ("captures SET day = {}", "7", "0"),
        ("citations SET claim = {}", "'quokkaclaim'", "''"),
        ("attachments SET blob = {}", "'x'", "''"),
        ("looks SET outcome = {}", "'gone'", "''"),
        ("items SET name = {} WHERE kind = 'tip'", "'quokkatip'", "''"),
        ("items SET state = {} WHERE name = 'binh'", "'active'", "'disabled'"),
    ):
        tamper(desk_config, f"UPDATE {column.format(put)}")
        with record.read() as session:
            assert verify(session).broken is not None, column
        tamper(desk_config, f"UPDATE {column.format(blank)}")
        with record.read() as session:
            assert verify(session).broken is None, column


def test_a_backup_made_afterwards_holds_none_of_it(
    desk: Desk, desk_config: DeskConfig, world: World, tmp_path: Path
) -> None:
    for kind in SECRETS:
        done(desk, world.subjects[kind])
    target = tmp_path / "backup.zip"
    backup(desk_config, target)
    with zipfile.ZipFile(target) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert [word for word in SECRETS.values() if word.encode() in whole] == []
