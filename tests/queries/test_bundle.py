"""Putting a desk's evidence into a bundle."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.capture.bundles import NOTE, World, members_of, small_world
from tests.queries.published import statement

from factdesk.capture.wacz import MANIFEST
from factdesk.capture.wacz_manifest import manifest_from
from factdesk.domain.checks import CheckNow, Publication, SignOff
from factdesk.domain.statements import statement_of
from factdesk.domain.workflow import Standing
from factdesk.errors import InputError, NotFoundError, UsageError
from factdesk.queries.bundle import write_bundle
from factdesk.queries.verify import How, verify_bundle
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record
from factdesk.store.sealed import ids_beginning


@pytest.fixture
def world(sqlite_record: Record) -> World:
    made = small_world()
    made.cite("id-0002", "Garlic does not cure the flu.")
    made.fill(sqlite_record)
    return made


def test_a_capture_comes_with_everything_that_cites_it(sqlite_record: Record, world: World, tmp_path: Path) -> None:
    target = tmp_path / "a.wacz"
    made = write_bundle(sqlite_record, ["id-0002"], target)
    assert (made.captures, made.citations, made.supplied, made.private) == (1, 2, ("id-0002",), ())
    assert made.size == target.stat().st_size
    steps = list(verify_bundle(target, How()))
    assert {step.outcome for step in steps} == {"pass", "not checked"}
    manifest = manifest_from(members_of(target.read_bytes())[MANIFEST])
    assert manifest.desk == "Test desk"
    assert manifest.head == "{}:{}".format(*sqlite_record.head())
    assert [fact.id for fact in manifest.captures] == ["id-0002"]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.wacz"]


def test_a_citation_comes_with_its_capture_and_its_pictures_and_no_other_citation(
    sqlite_record: Record, world: World, tmp_path: Path
) -> None:
    with sqlite_record.read() as session:
        first, second, _ = ids_beginning(session, "citation", "")
    made = write_bundle(sqlite_record, [first, f"citation:{second}"], tmp_path / "a.wacz")
    assert (made.captures, made.citations) == (2, 2)
    manifest = manifest_from(members_of((tmp_path / "a.wacz").read_bytes())[MANIFEST])
    assert [fact.id for fact in manifest.citations] == [first, second]
    assert len(manifest.attachments) == 1


def test_the_same_evidence_gives_the_same_bundle(sqlite_record: Record, world: World, tmp_path: Path) -> None:
    one = write_bundle(sqlite_record, ["id-0001", "id-0002"], tmp_path / "a.wacz")
    other = write_bundle(sqlite_record, ["id-0002", "id-0001"], tmp_path / "b.wacz")
    assert one.digest == other.digest


def test_what_is_there_is_not_written_over(sqlite_record: Record, world: World, tmp_path: Path) -> None:
    target = tmp_path / "a.wacz"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError):
        write_bundle(sqlite_record, ["id-0001"], target)
    assert target.read_bytes() == b"mine"
    write_bundle(sqlite_record, ["id-0001"], target, force=True)
    assert target.read_bytes() != b"mine"


def test_unknown_ids_and_missing_bytes_leave_nothing(sqlite_record: Record, tmp_path: Path) -> None:
    world = small_world()
    body = world.by_id["id-0002"].digest
    del world.blobs[body]
    world.fill(sqlite_record)
    target = tmp_path / "a.wacz"
    for wrong in ("nothing", "id-0002"):
        with pytest.raises(Exception, match=r"No capture|are missing"):
            write_bundle(sqlite_record, [wrong], target)
    with pytest.raises(InputError, match="several"):
        write_bundle(sqlite_record, ["id-00"], target)
    with pytest.raises(NotFoundError):
        write_bundle(sqlite_record, ["citation:id-0001"], target)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_private_source_is_named(sqlite_record: Record, tmp_path: Path) -> None:
    world = World()
    world.add(NOTE, "file", name="a.txt", media_type="text/plain", supplied_by="an", note="from the intranet")
    world.fill(sqlite_record)
    assert write_bundle(sqlite_record, ["id-0001"], tmp_path / "a.wacz").private == ()


def test_a_check_that_cites_nothing_brings_no_capture_of_others(
    sqlite_record: Record, world: World, tmp_path: Path
) -> None:
    said = statement("false", [])
    with sqlite_record.write() as writer:
        now, signed = writer.now(), writer.clock.new_id()
        sign = SignOff("bare", "r", "an", "00" * 32, statement_of(said).digest, "00" * 64, now)
        facts = [NewFact("signoff", "bare", sign.content(), signed)]
        facts.append(NewFact("publication", "bare", Publication("bare", 1, said, signed, "an", now).content()))
        facts.append(NewFact("check", "bare", CheckNow(Standing("published"), "r", "publish", "an", now).content()))
        put_facts(writer, facts, actor="an", action="check.publish", subject="check:bare")
    made = write_bundle(sqlite_record, ["check:bare"], tmp_path / "a.wacz")
    assert (made.checks, made.captures, made.citations) == (1, 0, 0)
    assert not any("id-000" in name for name in members_of((tmp_path / "a.wacz").read_bytes()))
    assert b"id-0002" not in members_of((tmp_path / "a.wacz").read_bytes())[MANIFEST]
