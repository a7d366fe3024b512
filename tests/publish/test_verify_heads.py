"""The signed heads of a site, verified without its desk: signed, pinned, in order, of one history."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.test_heads import KEY, row

from factdesk.domain.keys import fingerprint
from factdesk.domain.verification import Step
from factdesk.publish.heads import MOST_HEADS, PATH, heads_file, read_heads
from factdesk.publish.site_source import Folder
from factdesk.publish.verify_heads import head_steps, kept_heads, site_head_steps
from factdesk.queries.heads import SignedHeadRow
from factdesk.signing.keys import PrivateKey

PINS = {fingerprint(KEY.public): "An, City Library"}
OTHER = PrivateKey(b"another one's key, for a test...")


def stands(*rows: SignedHeadRow, seq: int = 99, own: str = "", pins: dict[str, str] | None = None) -> list[Step]:
    """The steps of a file."""
    data = heads_file("Desk", (seq, own or f"{seq:064x}"), rows)
    return list(head_steps(data, PINS if pins is None else pins))


def told(steps: list[Step]) -> list[tuple[str, str, str]]:
    return [(each.subject.removeprefix(f"{PATH} "), each.outcome, str(each.reason)) for each in steps]


def test_by_a_pinned_key() -> None:
    assert told(stands(row(3), row(5))) == [
        ("3", "pass", "By An, City Library, whose key you pinned."),
        ("5", "pass", "By An, City Library, whose key you pinned."),
    ]


def test_by_a_key_that_nobody_pinned_whatever_name_stands_there() -> None:
    ((_, outcome, why),) = told(stands(row(3, key=OTHER, person="An, City Library")))
    assert outcome == "not checked"
    assert "is not pinned" in why
    assert [outcome for _, outcome, _ in told(stands(row(3), pins={}))] == ["not checked"]


def test_nothing_signed_is_no_pass() -> None:
    assert told(stands()) == [(PATH, "not checked", "Nobody signed where the log stood.")]


CHANGES: dict[str, Callable[[SignedHeadRow], SignedHeadRow]] = {
    "seq": lambda each: replace(each, seq=each.seq + 1),
    "hash": lambda each: replace(each, hash="f" * 64),
    "desk": lambda each: replace(each, desk="Another desk"),
    "time": lambda each: replace(each, time=each.time.replace(year=2025)),
    "key": lambda each: replace(each, public=OTHER.public),
    "signature": lambda each: replace(
        each, signature=each.signature[:-1] + ("0" if each.signature[-1] != "0" else "1")
    ),
    "weak key": lambda each: replace(each, public="01" + "00" * 31, signature="01" + "00" * 63),
}


@pytest.mark.attack
@pytest.mark.parametrize("what", CHANGES)
def test_anything_changed_in_a_head_breaks_its_signature(what: str) -> None:
    (first, changed) = told(stands(row(3), CHANGES[what](row(5))))
    assert first[1] == "pass"
    assert changed[1:] == ("fail", "The signature is not that key's over this.")


def test_the_name_is_not_signed_and_nothing_hangs_on_it() -> None:
    assert told(stands(replace(row(3), person="Somebody else")))[0][1:] == (
        "pass",
        "By An, City Library, whose key you pinned.",
    )


@pytest.mark.attack
def test_two_histories_are_seen_wherever_the_second_stands() -> None:
    both = stands(row(3), row(5), row(5, own="f" * 64))
    assert [outcome for _, outcome, _ in told(both)] == ["pass", "fail", "fail"]
    assert "Two histories: event 5" in told(both)[1][2]
    # The line that nobody signed contradicts what somebody did.
    assert [outcome for _, outcome, _ in told(stands(row(3), seq=3, own="f" * 64))] == ["fail"]
    assert [outcome for _, outcome, _ in told(stands(row(3), seq=3))] == ["pass"]


@pytest.mark.attack
def test_a_made_up_head_does_not_make_a_sound_one_contradict_itself() -> None:
    """Whoever can add a line to the file should not make the signed ones look false."""
    made_up = replace(row(5), hash="f" * 64)
    assert [outcome for _, outcome, _ in told(stands(row(3), row(5), made_up))] == ["pass", "pass", "fail"]


@pytest.mark.attack
def test_out_of_order_or_before_what_was_signed() -> None:
    assert [outcome for _, outcome, _ in told(stands(row(5), row(3)))] == ["pass", "fail"]
    *_, (subject, outcome, why) = told(stands(row(3), row(5), seq=4))
    assert (subject, outcome) == (PATH, "fail")
    assert "before a head that was signed" in why


def test_signed_for_another_desk_is_not_this_ones() -> None:
    ((_, outcome, why),) = told(stands(row(3, desk="Hill Desk")))
    assert outcome == "not checked"
    assert "Hill Desk" in why


@pytest.mark.attack
@pytest.mark.parametrize("data", [b"", b"[" * 100_000, b"{}", b" " * (5 << 20)])
def test_what_is_no_file_of_heads_fails(data: bytes) -> None:
    (step,) = head_steps(data, PINS)
    assert (step.name, step.subject, step.outcome) == ("head", PATH, "fail")


@given(
    st.dictionaries(
        st.sampled_from(["seq", "hash", "time", "key", "person", "desk", "signature"]),
        st.none() | st.integers() | st.text() | st.floats() | st.lists(st.integers(), max_size=2),
    )
)
def test_whatever_stands_in_a_line_gives_steps(change: dict[str, Any]) -> None:
    data = json.loads(heads_file("Desk", (9, "0" * 64), [row(3)]))
    data["heads"][0].update(change)
    steps = list(head_steps(json.dumps(data).encode(), PINS))
    assert steps
    if change.keys() - {"person"}:
        assert steps[0].outcome == "fail"


@pytest.mark.attack
def test_the_most_heads_there_may_be() -> None:
    one = row(3)
    data = heads_file("Desk", (9, "0" * 64), [one] * MOST_HEADS)
    steps = list(head_steps(data, PINS))
    assert len(steps) == MOST_HEADS
    assert {step.outcome for step in steps} == {"pass"}


def test_kept_are_those_that_were_signed_and_where_the_log_stood() -> None:
    made_up = replace(row(5), hash="f" * 64)
    found = read_heads(heads_file("Desk", (9, "0" * 64), [row(3), made_up, row(5), row(3)]))
    assert kept_heads(found) == ((3, f"{3:064x}"), (5, f"{5:064x}"), (9, "0" * 64))


def against(*kept: SignedHeadRow, rows: list[SignedHeadRow], seq: int = 99) -> tuple[str, str]:
    """What is said of the heads that a reader kept."""
    data = heads_file("Desk", (seq, f"{seq:064x}"), rows)
    *_, step = head_steps(data, PINS, [(each.seq, each.hash) for each in kept])
    return step.outcome, str(step.reason)


def test_what_a_reader_kept_is_still_said() -> None:
    assert against(row(2), row(3), rows=[row(3), row(5)]) == (
        "pass",
        "Of the 2 heads that you kept it has 1, and says the same of them.",
    )
    outcome, why = against(row(2), rows=[row(3), row(5)])
    assert (outcome, "none of the heads that you kept" in why) == ("not checked", True)


@pytest.mark.attack
def test_a_reader_sees_a_log_that_was_rewritten_or_cut_off_since() -> None:
    """By the desk itself, with every key that signs."""
    again = [row(3, own="e" * 64), row(5, own="f" * 64)]
    outcome, why = against(row(2), row(3), row(5), rows=again)
    assert (outcome, "Event 3 has another hash" in why) == ("fail", True)
    outcome, why = against(row(5), rows=[row(3)], seq=4)
    assert (outcome, "cut off" in why) == ("fail", True)
    outcome, _ = against(row(99, own="f" * 64), rows=[row(3)])
    assert outcome == "fail"


def test_a_site_with_the_file_without_it_and_with_another(tmp_path: Path) -> None:
    source = Folder(tmp_path)
    assert told(list(site_head_steps(source, PINS))) == [
        (PATH, "not checked", "The site publishes no signed heads of its log.")
    ]
    (tmp_path / "data").mkdir()
    (tmp_path / PATH).write_bytes(heads_file("Desk", (9, "0" * 64), [row(3)]))
    assert [each.outcome for each in site_head_steps(source, PINS)] == ["pass"]
    assert [each.outcome for each in site_head_steps(source, PINS, [(3, "f" * 64)])] == ["pass", "fail"]
    (tmp_path / PATH).write_bytes(b" " * (5 << 20))
    assert [each.outcome for each in site_head_steps(source, PINS)] == ["fail"]
