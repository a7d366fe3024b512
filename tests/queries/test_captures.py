"""The evidence library as people ask for it; redacted captures passed over, lost files named by the doctor."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from tests.store.evidence import TEXT, add_capture, fill

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.captures import citation_named, list_captures, show_capture
from factdesk.queries.desk import Desk
from factdesk.queries.doctor import Finding, examine
from factdesk.store.blobs import ABANDONED, blob_path, digest_of, stage

LARGE = "Một câu dài. " * 8_000


@pytest.fixture
def desk(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Desk]:
    with Desk.open(sqlite_desk, clock) as opened:
        yield opened


def test_a_list_says_what_is_cited_and_what_became_of_it(desk: Desk) -> None:
    ids = fill(desk.record, desk.config)
    assert [(each.id, each.citations, each.look) for each in list_captures(desk)] == [
        (ids["second"], 0, None),
        (ids["first"], 1, "gone"),
    ]
    assert [each.number for each in list_captures(desk, "cau long bien", 1)] == [2]
    shown = show_capture(desk, ids["first"])
    assert (shown.text, shown.citations[0].standing, len(shown.attachments)) == (TEXT, "gone", 1)


def test_the_newest_of_one_source_is_meant(desk: Desk) -> None:
    fill(desk.record, desk.config)
    assert show_capture(desk, "https://source.example/bridge").text == "The bridge is 130 m long."
    assert show_capture(desk, "HTTPS://Source.Example/bridge").text == "The bridge is 130 m long."


def test_a_library_that_names_the_same_address_is_not_meant(desk: Desk) -> None:
    own = add_capture(desk.record, desk.config)
    for row in ("1", "2"):
        add_capture(desk.record, desk.config, f"text {row}", origin="text", own_id=row, name="rows.jsonl")
    assert show_capture(desk, "https://source.example/bridge").id == own
    assert show_capture(desk, "2").text == "text 2"


def test_one_row_id_in_two_libraries_is_ambiguous(desk: Desk) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        add_capture(desk.record, desk.config, origin="text", own_id="1", name=name)
    with pytest.raises(InputError, match="several"):
        show_capture(desk, "1")


def test_what_was_redacted_is_passed_over(desk: Desk, tamper: Callable[..., None]) -> None:
    ids = fill(desk.record, desk.config)
    tamper(desk.config, "UPDATE sealed SET content = NULL")
    assert list_captures(desk) == []
    with pytest.raises(NotFoundError, match="redacted"):
        show_capture(desk, ids["first"])
    with desk.record.read() as session, pytest.raises(NotFoundError, match="redacted"):
        citation_named(session, ids["citation"])


def found(config: DeskConfig, severity: str) -> list[Finding]:
    return [each for each in examine(config) if each.code in ("evidence", "leftovers") and each.severity == severity]


def test_the_doctor_names_what_is_missing_and_what_is_left_over(desk: Desk) -> None:
    config = desk.config
    add_capture(desk.record, config, LARGE)
    desk.close()
    folder = config.folder / "blobs"
    assert (found(config, "problem"), found(config, "warning")) == ([], [])
    stray = stage(config, LARGE.encode() + b"x")
    path = blob_path(folder, stray.digest)
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 2 * ABANDONED))
    (folder / ".half.part").write_bytes(b"half")
    names = [str(each.values["name"]) for each in found(config, "warning")]
    assert names == [f"{stray.digest[:2]}/{stray.digest}", ".half.part"]
    kept = blob_path(folder, digest_of(LARGE.encode()))
    kept.write_bytes(b"short")
    (problem,) = found(config, "problem")
    assert problem.values == {"count": "1", "digest": digest_of(LARGE.encode())}
    kept.unlink()
    assert len(found(config, "problem")) == 1
