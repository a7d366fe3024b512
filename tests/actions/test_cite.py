"""Binding a quotation to a capture: word for word, once, and never half a number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factdesk.actions.capture import capture_file
from factdesk.actions.cite import CitedNow, NotCited, cite
from factdesk.actions.fetching import Wishes
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.captures import citation_named, show_capture
from factdesk.queries.desk import Desk
from factdesk.store.events import read_events

TEXT = "Cầu dài 1.682 m và mở năm 1902. The deadline is unforgiving. A day. A day. A day.\nZanzibar was first.\n"


@pytest.fixture
def source(desk: Desk, tmp_path: Path) -> str:
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    return capture_file(desk, path, Wishes(), actor="an").id


def events(desk: Desk) -> int:
    return desk.record.head()[0]


def test_a_quotation_is_bound_where_it_stands(desk: Desk, source: str) -> None:
    done = cite(desk, source, " “Cầu dài 1.682  m và mở” ", "supports", claim=" carrots ", actor="an")
    assert isinstance(done, CitedNow)
    (piece,) = done.citation.pieces
    assert TEXT[piece.start : piece.end] == piece.exact == "Cầu dài 1.682 m và mở"
    assert (done.is_new, done.citation.claim, done.citation.capture) == (True, "carrots", source)
    assert [remark.feature for remark in done.remarks] == ["supplied"]
    (shown,) = show_capture(desk, source).citations
    assert (shown.id, shown.stance, shown.standing) == (done.id, "supports", None)
    with desk.record.read() as session:
        assert citation_named(session, done.id).citation == done.citation


def test_saying_the_same_again_changes_nothing(desk: Desk, source: str) -> None:
    first = cite(desk, source, "The deadline is unforgiving", "supports", actor="an")
    before = events(desk)
    again = cite(desk, source, "“The  deadline is unforgiving”", "supports", actor="bình")
    assert isinstance(first, CitedNow)
    assert isinstance(again, CitedNow)
    assert (again.id, again.is_new, events(desk)) == (first.id, False, before)
    other = cite(desk, source, "The deadline is unforgiving", "refutes", actor="an")
    assert isinstance(other, CitedNow)
    assert (other.id != first.id, other.is_new) == (True, True)


@pytest.mark.parametrize("quotation", ["dài 1.6", "682 m và mở", "mở năm 190", "năm 19"])
def test_half_a_number_is_not_cited(desk: Desk, source: str, quotation: str) -> None:
    before = events(desk)
    done = cite(desk, source, quotation, "supports", nth=1, actor="an")
    assert isinstance(done, NotCited)
    assert "inside the number" in done.missing.reason.template
    assert events(desk) == before


def test_half_a_word_is_cited_with_a_warning(desk: Desk, source: str) -> None:
    done = cite(desk, source, "forgiving. A day.", "supports", actor="an")
    assert isinstance(done, CitedNow)
    assert [remark.values["whole"] for remark in done.remarks if remark.feature == "cut"] == ["unforgiving"]


@pytest.mark.parametrize(
    ("quotation", "nth"),
    [("A day", None), ("A day", 4), ("not there at all", None), ("deadline […] Cầu", None), ("…", None)],
)
def test_what_is_not_there_is_not_cited(desk: Desk, source: str, quotation: str, nth: int | None) -> None:
    before = events(desk)
    assert isinstance(cite(desk, source, quotation, "context", nth=nth, actor="an"), NotCited)
    assert events(desk) == before


def test_one_of_several_places(desk: Desk, source: str) -> None:
    done = cite(desk, source, "A day", "context", nth=2, actor="an")
    assert isinstance(done, CitedNow)
    assert done.citation.pieces[0].start == TEXT.index("A day", TEXT.index("A day") + 1)
    assert (done.occurrences, done.remarks[0].values) == (3, {"count": "3"})


@pytest.mark.parametrize("quotation", ["", "  \n", "a" * 20_001])
def test_no_quotation_and_a_whole_book(desk: Desk, source: str, quotation: str) -> None:
    with pytest.raises(InputError, match="from 1 to"):
        cite(desk, source, quotation, "supports", actor="an")


def test_a_capture_that_is_not_there(desk: Desk, source: str) -> None:
    for unknown in ("", "nothing", "%", "\ud800"):
        with pytest.raises(NotFoundError):
            cite(desk, unknown, "Zanzibar was first", "supports", actor="an")
    assert source


def test_no_word_of_it_is_in_the_event_log(desk: Desk, source: str) -> None:
    cite(desk, source, "Zanzibar was first", "supports", claim="Zanzibar", note="Zanzibar", actor="an")
    with desk.record.read() as session:
        log = json.dumps([[event.subject, event.actor, dict(event.payload)] for event in read_events(session)])
    assert "capture:" in log
    assert "zanzibar" not in log.lower()
