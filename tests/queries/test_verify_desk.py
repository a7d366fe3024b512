"""A desk that is verified, whole and in part; each test breaks one thing behind factdesk's back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.capture.authority import new_authority
from tests.capture.bundles import NOTE, World, small_world
from tests.capture.test_timestamp import stamped_by

from factdesk.capture.wacz_manifest import attachment_of
from factdesk.config import DeskConfig
from factdesk.domain.captures import seal_of
from factdesk.domain.documents import Extractor
from factdesk.domain.verification import Step
from factdesk.errors import NotFoundError
from factdesk.queries.verify import How, verify_desk, verify_subject
from factdesk.store.blobs import blob_path, blobs_folder
from factdesk.store.record import Record
from factdesk.store.sealed import REDACT

Tamper = Callable[..., None]


def steps(record: Record, how: How | None = None) -> list[Step]:
    return list(verify_desk(record, how or How(at_once=2)))


def told(found: list[Step], outcome: str) -> set[tuple[str, str]]:
    """Names and reasons of the steps that came out so."""
    return {(step.name, str(step.reason)) for step in found if step.outcome == outcome}


@pytest.fixture
def world(record: Record) -> World:
    made = small_world()
    made.fill(record)
    return made


def test_a_sound_desk(record: Record, world: World) -> None:
    found = steps(record)
    assert told(found, "fail") == set()
    assert told(found, "not checked") == {("exchange", "Supplied by an: nothing shows how it was obtained.")}
    passed = Counter(step.name for step in found if step.outcome == "pass")
    assert passed == {"events": 1, "record": 6, "bytes": 3, "exchange": 1, "text": 2, "about": 2, "quotation": 2}


def test_quick_runs_no_extractor_and_still_looks_at_digests_and_places(record: Record, world: World) -> None:
    found = steps(record, How(quick=True))
    assert ("text", "No extractor was run (--quick).") in told(found, "not checked")
    assert Counter(step.outcome for step in found if step.name == "quotation") == {"pass": 2}
    assert all("was not made again" in str(step.reason) for step in found if step.name == "quotation")


def test_changed_bytes(sqlite_record: Record, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    page = world.by_id["id-0001"]
    tamper(sqlite_record.config, f"UPDATE blobs SET data = CAST('x' AS BLOB) WHERE digest = '{page.digest}'")
    found = steps(sqlite_record)
    own = [step for step in found if step.subject == "id-0001" and step.outcome != "pass"]
    assert [(step.name, step.outcome) for step in own] == [
        ("bytes", "fail"),
        ("text", "not checked"),
        ("about", "not checked"),
    ]
    assert str(own[0].reason) == f"The bytes do not have their digest {page.digest}."
    # The text was not made again: that its digest holds does not show that it is the source's.
    assert Counter(step.outcome for step in found if step.name == "quotation") == {"pass": 1, "not checked": 1}


def test_missing_bytes(sqlite_record: Record, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    tamper(sqlite_record.config, "DELETE FROM blobs")
    found = steps(sqlite_record)
    assert {step.name for step in found if step.outcome == "fail"} == {"bytes", "exchange", "text"}
    assert ("quotation", "There is no text of it that can be trusted.") in told(found, "not checked")


def test_a_changed_text_fails_and_its_quotation_stands_in_the_text_made_again(
    sqlite_record: Record, tamper: Tamper
) -> None:
    world = small_world()
    world.fill(sqlite_record)
    page = world.by_id["id-0001"]
    tamper(sqlite_record.config, f"UPDATE blobs SET data = CAST('x' AS BLOB) WHERE digest = '{page.text_digest}'")
    found = steps(sqlite_record)
    assert told(found, "fail") == {("text", f"The stored text does not have its digest {page.text_digest}.")}
    assert Counter(step.outcome for step in found if step.name == "quotation") == {"pass": 2}
    quick = steps(sqlite_record, How(quick=True))
    assert Counter(step.outcome for step in quick if step.name == "quotation") == {"pass": 1, "not checked": 1}


def test_a_changed_fact_fails_where_it_is_and_in_the_log(sqlite_record: Record, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    tamper(
        sqlite_record.config,
        "UPDATE sealed SET content = replace(content, 'refutes', 'supports') WHERE kind = 'citation'",
    )
    failed = [step for step in steps(sqlite_record) if step.outcome == "fail"]
    assert Counter(step.name for step in failed) == {"events": 1, "record": 2}
    (event,) = [step.subject for step in failed if step.name == "events"]
    assert event == "event:2"


def test_a_fact_that_cannot_be_read_fails_and_stops_nothing(sqlite_record: Record, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    tamper(sqlite_record.config, "UPDATE sealed SET content = '[' WHERE id = 'id-0001'")
    found = steps(sqlite_record)
    assert ("record", "id-0001") in {(step.name, step.subject) for step in found if step.outcome == "fail"}
    assert Counter(step.outcome for step in found if step.name == "quotation") == {"pass": 1}


def test_texts_of_other_versions(sqlite_record: Record) -> None:
    world = World()
    world.file("same.txt", NOTE, extractor=Extractor("text", "0"))
    world.file("other.txt", NOTE, extractor=Extractor("text", "0"), text="Another text.")
    world.file("forged.txt", NOTE, text="A text that nothing gives.")
    world.file("unknown.txt", NOTE, extractor=Extractor("papyrus", "3"), text="Another text.")
    world.fill(sqlite_record)
    found = {step.subject: (step.outcome, str(step.reason)) for step in steps(sqlite_record) if step.name == "text"}
    assert found == {
        "id-0001": ("pass", "Recorded by text 0; text 1, which is here, makes the same text."),
        "id-0002": ("not checked", "Recorded by text 0; text 1, which is here, makes another text."),
        "id-0003": ("fail", "text 1 makes another text of these bytes."),
        "id-0004": ("not checked", "Recorded by papyrus 3; text 1, which is here, makes another text."),
    }


@pytest.mark.attack
@pytest.mark.parametrize("name", ["text", "papyrus"])
def test_a_forged_text_under_a_version_that_nobody_has(sqlite_record: Record, name: str) -> None:
    world = World()
    own_id = world.file("forged.txt", NOTE, extractor=Extractor(name, "0"), text=f"Garlic cures. {NOTE.decode()}")
    world.cite(own_id, "Garlic cures")
    world.cite(own_id, "Garlic does not cure the flu.")
    world.fill(sqlite_record)
    found = [step for step in steps(sqlite_record) if step.name == "quotation"]
    assert [(step.outcome, str(step.reason)) for step in found] == [
        ("not checked", "“Garlic cures” stands in the stored text; whether that is the source's was not shown."),
        ("pass", "“Garlic does not cure the flu.”, in the text that is made here, which is not the stored one."),
    ]


def test_bytes_that_the_recorded_extractor_refuses(sqlite_record: Record) -> None:
    world = World()
    world.file("a.txt", NOTE)
    own, capture = next(iter(world.by_id.items()))
    empty = world.keep(b" \n")
    from dataclasses import replace

    world.by_id[own] = replace(capture, digest=empty, size=2, extractor=Extractor("pdf", "0"))
    world.fill(sqlite_record)
    (text,) = [step for step in steps(sqlite_record) if step.name == "text"]
    assert text.outcome == "not checked"
    assert "It takes pdf 0, which is not here" in str(text.reason)


def test_quotations_that_are_not_there(sqlite_record: Record) -> None:
    from dataclasses import replace

    from factdesk.capture.wacz_manifest import citation_of

    world = small_world()
    good = citation_of(world.citations[1].content)
    piece = good.pieces[0]
    wrong = [
        replace(good, pieces=(replace(piece, start=piece.start + 1, end=piece.end + 1),)),
        replace(good, pieces=(replace(piece, prefix="before"),)),
        replace(good, quotation="A trial has shown that it does."),
        replace(good, text_digest="0" * 64),
        replace(good, pieces=(piece, piece), quotation=f"{good.quotation} […] {good.quotation}"),
    ]
    for citation in wrong:
        world.seal(world.citations, citation.content())
    world.fill(sqlite_record)
    found = [str(step.reason) for step in steps(sqlite_record) if step.name == "quotation" and step.outcome == "fail"]
    assert [reason.split(" does not stand")[0] for reason in found] == [
        "“No trial has shown that it does.”",
        "“No trial has shown that it does.”",
        "The quotation is not what stands at its places.",
        f"It was cited in another text ({'0' * 64}).",
        "The parts of the quotation do not follow one another as they must.",
    ]


def test_timestamps(sqlite_record: Record, tmp_path: Path) -> None:
    world = small_world()
    authority, other = new_authority(tmp_path / "a"), new_authority(tmp_path / "b")
    seal = bytes.fromhex(seal_of(world.captures[0].content))
    world.attach("id-0001", "timestamp", stamped_by(authority, seal))
    world.attach("id-0002", "timestamp", stamped_by(authority, seal))
    world.fill(sqlite_record)

    def outcomes(*roots: bytes) -> list[str]:
        return [step.outcome for step in steps(sqlite_record, How(True, roots)) if step.name == "timestamp"]

    assert outcomes() == ["not checked", "fail"]
    assert outcomes(authority.root) == ["pass", "fail"]
    assert outcomes(other.root) == ["fail", "fail"]


def test_one_citation_or_capture_alone(record: Record, world: World) -> None:
    found = list(verify_subject(record, "id-0002", How()))
    assert Counter(step.name for step in found) == {
        "events": 1,
        "record": 2,
        "bytes": 1,
        "exchange": 1,
        "text": 1,
        "about": 1,
        "quotation": 1,
    }
    (cited,) = [step.subject for step in found if step.name == "quotation"]
    again = list(verify_subject(record, cited, How()))
    assert again == found
    assert {step.outcome for step in found} == {"pass", "not checked"}
    with pytest.raises(NotFoundError):
        list(verify_subject(record, "nothing", How()))


def test_a_fact_that_its_event_did_not_seal(sqlite_record: Record, sqlite_desk: DeskConfig, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    tamper(sqlite_desk, "UPDATE sealed SET digest = replace(digest, 'a', 'b') WHERE id = 'id-0002'")
    failed = [step for step in verify_subject(sqlite_record, "id-0002", How()) if step.outcome == "fail"]
    assert [str(step.reason) for step in failed] == ["Event 1 did not seal it."]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("DELETE FROM citations WHERE id = '{cited}'", id="a citation that nothing finds"),
        pytest.param("UPDATE citations SET stance = 'context' WHERE id = '{cited}'", id="another stance"),
        pytest.param("UPDATE captures SET url = 'https://example.net/' WHERE id = 'id-0002'", id="another address"),
    ],
)
def test_a_subject_that_is_looked_up_wrongly(sqlite_record: Record, tamper: Tamper, change: str) -> None:
    world = small_world()
    world.fill(sqlite_record)
    sound = verify_subject(sqlite_record, "id-0002", How(quick=True))
    (cited,) = [step.subject for step in sound if step.name == "quotation"]
    tamper(sqlite_record.config, change.format(cited=cited))
    for subject in ("id-0002", cited):
        failed = {
            step.name for step in verify_subject(sqlite_record, subject, How(quick=True)) if step.outcome == "fail"
        }
        assert failed == {"events"}


@pytest.mark.attack
@pytest.mark.parametrize(
    ("change", "failed"),
    [
        pytest.param("UPDATE sealed SET salt = 'text'", "record", id="a salt that is text"),
        pytest.param("UPDATE sealed SET content = x'ff00'", "record", id="a content that is bytes"),
        pytest.param("UPDATE sealed SET content = '" + "[" * 100_000 + "'", "record", id="a content nested too deeply"),
        pytest.param("UPDATE blobs SET data = 'text'", "bytes", id="bytes that are text"),
    ],
)
def test_rows_of_types_that_no_desk_writes(sqlite_record: Record, tamper: Tamper, change: str, failed: str) -> None:
    world = small_world()
    world.fill(sqlite_record)
    tamper(sqlite_record.config, change)
    assert failed in {step.name for step in steps(sqlite_record, How(quick=True)) if step.outcome == "fail"}
    assert "fail" in {step.outcome for step in verify_subject(sqlite_record, "id-0002", How(quick=True))}


def failing(record: Record, how: How) -> set[tuple[str, str]]:
    return {(step.name, step.subject) for step in verify_desk(record, how) if step.outcome == "fail"}


@pytest.mark.attack
@pytest.mark.parametrize("quick", [True, False])
def test_the_bytes_of_two_captures_swapped(sqlite_record: Record, tamper: Tamper, quick: bool) -> None:
    world = small_world()
    world.fill(sqlite_record)
    page, note = (world.by_id[own].digest for own in ("id-0001", "id-0002"))
    swaps = ((page, "-"), (note, page), ("-", note))
    tamper(sqlite_record.config, *(f"UPDATE blobs SET digest = '{new}' WHERE digest = '{old}'" for old, new in swaps))
    failed = failing(sqlite_record, How(quick=quick, at_once=1))
    # The note's text is its bytes.
    assert failed == {("bytes", "id-0001"), ("bytes", "id-0002"), ("text", "id-0002")}


@pytest.mark.attack
def test_another_screenshot(sqlite_record: Record, tamper: Tamper) -> None:
    world = small_world()
    world.fill(sqlite_record)
    digest = attachment_of(world.attachments[0].content).blob
    tamper(sqlite_record.config, f"UPDATE blobs SET data = CAST('forged' AS BLOB) WHERE digest = '{digest}'")
    (failed,) = [step for step in steps(sqlite_record, How(quick=True)) if step.outcome == "fail"]
    assert (failed.name, str(failed.reason)) == ("bytes", f"The bytes do not have their digest {digest}.")
    alone = [step for step in verify_subject(sqlite_record, "id-0001", How(quick=True)) if step.outcome == "fail"]
    assert alone == [failed]


def large(record: Record) -> list[Path]:
    """Two captures whose bytes and texts lie in files; their own bytes' files."""
    world = World()
    for name in ("a.txt", "b.txt"):
        world.file(name, NOTE * 2000 + name.encode())
    world.fill(record)
    folder = blobs_folder(record.config)
    assert folder is not None
    return [blob_path(folder, capture.digest) for capture in world.by_id.values()]


@pytest.mark.attack
@pytest.mark.parametrize("change", ["changed", "cut", "gone", "swapped", "a folder", "a link"])
def test_files_of_bytes_that_were_tampered_with(sqlite_record: Record, tmp_path: Path, change: str) -> None:
    first, second = large(sqlite_record)
    data = first.read_bytes()
    if change in ("changed", "cut"):
        first.chmod(0o600)
        first.write_bytes(b"garlic" + data[6:] if change == "changed" else data[:-1])
    elif change == "swapped":
        (tmp_path / "kept").write_bytes(data)
        second.replace(first)
        (tmp_path / "kept").replace(second)
    else:
        first.unlink()
    if change == "a folder":
        first.mkdir()
    if change == "a link":
        (tmp_path / "other").write_bytes(b"garlic" + data[6:])
        first.symlink_to(tmp_path / "other")
    wrong = {("bytes", "id-0001")} | ({("bytes", "id-0002")} if change == "swapped" else set())
    texts = {("text", subject) for _, subject in wrong}
    # A text of one byte a letter is stored in the same file as the bytes it was read from.
    assert failing(sqlite_record, How(quick=True)) == wrong | texts


BLANK = (
    "UPDATE captures SET url = '', own_id = '', name = '', digest = '', text_digest = '', language = '', day = 0,"
    " label = ''"
)
"""What a redaction leaves to look a capture up by."""


@pytest.mark.attack
def test_a_content_taken_out_that_no_event_redacted(sqlite_record: Record, tamper: Tamper) -> None:
    small_world().fill(sqlite_record)
    gone_row = "UPDATE sealed SET content = NULL WHERE id = 'id-0002'"
    tamper(sqlite_record.config, gone_row, f"{BLANK} WHERE id = 'id-0002'")
    gone = ("record", "Its content is missing, and no event says that it was redacted.")
    assert told(steps(sqlite_record, How(quick=True)), "fail") == {
        ("events", "sealed a row whose content was changed"),
        gone,
    }
    assert told(list(verify_subject(sqlite_record, "id-0002", How(quick=True))), "fail") == {gone}


def test_a_redacted_content_is_no_break(sqlite_record: Record, tamper: Tamper) -> None:
    small_world().fill(sqlite_record)
    with sqlite_record.write() as writer:
        writer.append("an", REDACT, "capture:id-0002", {})
    gone_row = "UPDATE sealed SET content = NULL WHERE id = 'id-0002'"
    tamper(sqlite_record.config, gone_row, f"{BLANK} WHERE id = 'id-0002'")
    found = steps(sqlite_record, How(quick=True))
    assert told(found, "fail") == set()
    assert ("record", "Its content was redacted.") in told(found, "not checked")


def test_another_subject_is_not_this_ones_business(sqlite_record: Record, tamper: Tamper) -> None:
    small_world().fill(sqlite_record)
    tamper(sqlite_record.config, "UPDATE captures SET url = 'https://example.net/' WHERE id = 'id-0001'")
    one, other = (list(verify_subject(sqlite_record, own, How(quick=True))) for own in ("id-0001", "id-0002"))
    assert told(one, "fail") == {("events", "sealed a row whose present state was changed")}
    assert told(other, "fail") == set()


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE passages SET start = start + 5, heading = 'evil'",
        "UPDATE passages SET heading = 'evil'",
        'UPDATE passages SET "end" = "end" - 1',
        "UPDATE passages SET page = 7",
        "DELETE FROM passages",
        'INSERT INTO passages SELECT capture, 9, start, "end", page, heading FROM passages',
    ],
)
def test_passages_that_are_not_those_of_the_text(record: Record, tamper: Tamper, change: str) -> None:
    small_world().fill(record)
    tamper(record.config, change)
    failed = [step for step in steps(record) if step.outcome == "fail"]
    assert [(step.name, step.subject) for step in failed] == [("record", "id-0001"), ("record", "id-0002")]
    assert "passages" in str(failed[0].reason)
    assert ("record", "Passages were not cut again (--quick).") in told(steps(record, How(quick=True)), "not checked")
