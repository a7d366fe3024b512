"""Captures in the record: found by every name they have, read as they were sealed, redacted ones passed over."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from sqlalchemy import text
from tests.store.evidence import TEXT, add_capture, add_citation, fill

from factdesk.config import DeskConfig
from factdesk.domain.documents import About
from factdesk.store.captures import (
    Slice,
    all_captures,
    capture_rows,
    capture_rows_of_text,
    captures_by_id,
    captures_by_own_ids,
    count_captures,
    find_asked,
    find_captures,
    get_captures,
    slices_of,
)
from factdesk.store.citations import (
    all_citations,
    attachments_of,
    capture_number,
    citations_by_id,
    citations_of,
    cited_numbers,
    count_citations,
    latest_looks,
)
from factdesk.store.events import read_events
from factdesk.store.record import Record
from factdesk.store.sealed import facts_of_event, get_sealed, ids_beginning

SECRET = "Xerxes"


def found(record: Record, given: str, limit: int = 10) -> list[int]:
    with record.read() as session:
        return [row.number for row in find_captures(session, given, limit)]


def test_what_was_written_is_read(record: Record, desk_config: DeskConfig) -> None:
    ids = fill(record, desk_config)
    with record.read() as session:
        stored = get_captures(session, [1, 2, 3])
        assert {number: each.id for number, each in stored.items()} == {1: ids["first"], 2: ids["second"]}
        assert stored[1].content == stored[1].capture.content()
        assert captures_by_id(session, [ids["second"], "x"])[ids["second"]] == stored[2]
        assert [each.number for each in all_captures(session)] == [1, 2]
        assert [each.number for each in all_captures(session, after=1)] == [2]
        assert [each.number for each in all_captures(session, upto=1)] == [1]
        assert slices_of(session, [1])[1] == (Slice(0, len(TEXT), 0, "Bridges"),)
        assert (count_captures(session), count_citations(session), cited_numbers(session)) == (2, 1, [1])
        cited = citations_of(session, [1, 2])
        assert [each.id for each in cited[1]] == [ids["citation"]]
        assert 2 not in cited
        assert list(all_citations(session)) == list(cited[1])
        assert cited[1][0].citation.claim == "carrots"
        assert attachments_of(session, [1])[1][0].attachment.kind == "screenshot-desk"
        assert latest_looks(session, [1, 2])[1].look.citations == {ids["citation"]: "gone"}
        assert (capture_number(session, ids["second"]), capture_number(session, "x")) == (2, 0)


def test_an_event_seals_what_it_wrote(record: Record, desk_config: DeskConfig) -> None:
    ids = fill(record, desk_config)
    with record.read() as session:
        (row,) = facts_of_event(session, 3)
        assert (row.id, row.kind, row.holds) == (ids["citation"], "citation", True)
        assert get_sealed(session, [row.id]) == {row.id: row}
        assert ids_beginning(session, "citation", row.id[:8]) == [row.id]
        assert ids_beginning(session, "look", row.id) == []
        assert ids_beginning(session, "citation", "%") == []


def test_a_capture_is_found_by_all_its_names(record: Record, desk_config: DeskConfig) -> None:
    first = add_capture(record, desk_config, own_id="row-7", name="library.jsonl", origin="text")
    add_capture(record, desk_config, "another", origin="file", name="report.pdf", url="", final_url="")
    with record.read() as session:
        digest = get_captures(session, [1])[1].capture.digest
    for given in (first, "row-7", digest, digest[:8], "https://source.example/bridge"):
        assert found(record, given) == [1], given
    assert found(record, "report.pdf") == [2]
    assert found(record, first[:6]) == [2, 1]
    for given in ("", "library.jsonl", digest[:7], "%", "row", "https://source.example/"):
        assert found(record, given) == [], given


def test_of_many_the_newest_come_first(record: Record, desk_config: DeskConfig) -> None:
    for number in range(12):
        add_capture(record, desk_config, f"version {number}")
    assert found(record, "https://source.example/bridge", 3) == [12, 11, 10]


def test_an_address_that_led_elsewhere(record: Record, desk_config: DeskConfig) -> None:
    add_capture(record, desk_config, url="https://short.example/a%b", final_url="https://source.example/bridge")
    add_capture(record, desk_config, url="https://short.example/a%bc", final_url="https://source.example/bridge")
    with record.read() as session:
        assert [row.number for row in find_asked(session, "https://short.example/a%b")] == [1]
        assert find_asked(session, "https://short.example/a") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cau long bien", [1]),
        ("CẦU", [1]),
        ("bien cau", [1]),
        ("source.example", [1]),
        ("cầu paris", []),
        ("%", []),
        ("", [2, 1]),
    ],
)
def test_the_list_is_searched_with_and_without_marks(
    record: Record, desk_config: DeskConfig, query: str, expected: list[int]
) -> None:
    add_capture(record, desk_config)
    add_capture(
        record,
        desk_config,
        "x",
        url="https://b.example/",
        final_url="",
        about=About(),
    )
    with record.read() as session:
        assert [row.number for row in capture_rows(session, query)] == expected


def test_rows_and_texts_that_were_captured_before(record: Record, desk_config: DeskConfig) -> None:
    long_id = "i" * 2000
    for own_id in ("a", "a", long_id):
        add_capture(record, desk_config, own_id=own_id)
    with record.read() as session:
        rows = captures_by_own_ids(session, ["a", "b", "", long_id])
        assert {own: [row.number for row in same] for own, same in rows.items()} == {"a": [1, 2], long_id: [3]}
        assert [row.number for row in capture_rows_of_text(session, rows["a"][0].text_digest)] == [1, 2, 3]


def test_what_no_database_can_keep_is_kept_out(record: Record, desk_config: DeskConfig) -> None:
    own = add_capture(record, desk_config, name="a\x00b\ud800", note="n\x00", origin="file")
    with record.read() as session:
        kept = captures_by_id(session, [own])[own].capture
    assert kept.name.startswith("a")
    assert found(record, "a\x00b\ud800") == [1]


def test_nothing_of_it_enters_the_event_log(record: Record, desk_config: DeskConfig) -> None:
    words = f"{SECRET} said so at length."
    own = add_capture(record, desk_config, words, url=f"https://{SECRET}.example/", name=SECRET, note=SECRET)
    add_citation(record, own, 1, f"{SECRET} claim", words)
    with record.read() as session:
        log = json.dumps([[event.subject, dict(event.payload)] for event in read_events(session)])
    assert SECRET.lower() not in log.lower()


def test_redacted_facts_are_passed_over(record: Record, desk_config: DeskConfig, tamper: Callable[..., None]) -> None:
    ids = fill(record, desk_config)
    record.close()
    tamper(desk_config, "UPDATE sealed SET content = NULL")
    with Record.open(desk_config) as again, again.read() as session:
        assert get_captures(session, [1, 2]) == {}
        assert captures_by_id(session, [ids["first"]]) == {}
        assert not list(all_captures(session))
        assert not list(all_citations(session))
        assert citations_by_id(session, [ids["citation"]]) == {}
        assert not citations_of(session, [1])
        assert not attachments_of(session, [1])
        assert not latest_looks(session, [1])
        assert find_asked(session, "https://source.example/bridge") == []
        assert all(row.holds for row in get_sealed(session, ids.values()).values())
        assert session.execute(text("SELECT count(*) FROM sealed")).scalar_one() == 5
