"""What two sequences have in common: always true, and as much as there is where that can be afforded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factdesk.drafts.align import Run, lines, runs

sequences = st.lists(st.sampled_from("abcde"), max_size=12)


def longest(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, the slow way."""
    row = [0] * (len(new) + 1)
    for one in old:
        before = row
        row = [0]
        for at, other in enumerate(new):
            row.append(before[at] + 1 if one == other else max(before[at + 1], row[at]))
    return row[-1]


def check(found: tuple[Run, ...], old: list[str], new: list[str]) -> int:
    """How much is said to be alike, after a look whether it is, and in order."""
    at_old = at_new = 0
    for run in found:
        assert run.size > 0
        assert run.old >= at_old
        assert run.new >= at_new
        at_old, at_new = run.old + run.size, run.new + run.size
        assert old[run.old : at_old] == new[run.new : at_new]
    return sum(run.size for run in found)


@given(sequences, sequences)
def test_the_longest_common_sequence_is_found(old: list[str], new: list[str]) -> None:
    assert check(runs(old, new), old, new) == longest(old, new)


@given(sequences, sequences, st.integers(0, 30))
def test_with_less_room_what_is_said_stays_true(old: list[str], new: list[str], most: int) -> None:
    assert check(runs(old, new, most), old, new) <= longest(old, new)


def test_what_stands_once_is_found_even_without_room() -> None:
    old = [f"{number}" for number in range(1000)]
    new = [*old[:300], "x", *old[301:600], *old[700:], "y"]
    assert runs(old, new, 0) == (Run(0, 0, 300), Run(301, 301, 299), Run(700, 600, 300))


def test_two_long_texts_without_anything_of_their_own_are_told_apart_at_once() -> None:
    old, new = ["a", "b"] * 400_000, ["b", "b", "a"] * 300_000
    assert check(runs(old, new), old, new) < 10


@given(st.text(st.sampled_from("a\n\r\u2028"), max_size=9))
def test_lines_are_the_text(text: str) -> None:
    found = lines(text)
    assert "".join(found) == text
    assert all(line.index("\n") == len(line) - 1 for line in found[:-1])
