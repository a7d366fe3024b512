from __future__ import annotations

from dataclasses import fields
from math import comb, isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.balance import (
    CLAIMANTS,
    NONE,
    SMALL,
    Balance,
    Cell,
    Counted,
    Cross,
    Part,
    Row,
    Z,
    balance,
    names_of,
    wilson,
)

SCALE = ("false", "mostly-false", "misleading", "mostly-true", "true", "not-checkable")
PAIRS = st.integers(0, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def check(rating: str = "false", **fields: object) -> Counted:
    known: dict[str, object] = {
        "claimants": frozenset({"organisation"}),
        "topics": frozenset({"health"}),
        "origins": frozenset({"reader"}),
        "language": "en",
        "day": "2026-03-04",
    }
    return Counted(rating=rating, **(known | fields))  # type: ignore[arg-type]


def part(report: Balance, by: str) -> Part:
    return next(each for each in report.parts if each.by == by)


def cross(report: Balance, by: str) -> Cross:
    return next(each for each in report.crosses if each.by == by)


def cell(of: Part | Row, name: str) -> Cell:
    return next(each for each in of.cells if each.name == name)


@given(PAIRS)
def test_an_interval_stays_within_bounds_and_holds_its_share(pair: tuple[int, int]) -> None:
    count, of = pair
    found = wilson(count, of)
    assert 0 <= found.low <= found.high <= 1
    if of:
        assert found.low <= count / of <= found.high
        assert found.high - found.low > 0


@given(PAIRS.filter(lambda pair: 0 < pair[0] < pair[1]))
def test_the_bounds_are_where_the_score_is_z(pair: tuple[int, int]) -> None:
    count, of = pair
    for bound in (wilson(count, of).low, wilson(count, of).high):
        score = (count / of - bound) ** 2 / (bound * (1 - bound) / of)
        assert isclose(score, Z * Z, rel_tol=1e-6)


@given(PAIRS.filter(lambda pair: pair[0] < pair[1]))
def test_more_of_a_kind_never_lowers_the_interval(pair: tuple[int, int]) -> None:
    count, of = pair
    one, more = wilson(count, of), wilson(count + 1, of)
    assert (one.low, one.high) < (more.low, more.high)
    assert one.low <= more.low
    assert one.high <= more.high


@given(PAIRS, st.integers(2, 20))
def test_more_checks_narrow_it(pair: tuple[int, int], times: int) -> None:
    count, of = pair
    one, more = wilson(count, of), wilson(count * times, of * times)
    assert more.high - more.low <= one.high - one.low + 1e-12


@given(PAIRS)
def test_it_is_the_mirror_of_the_rest(pair: tuple[int, int]) -> None:
    count, of = pair
    one, rest = wilson(count, of), wilson(of - count, of)
    assert isclose(one.low, 1 - rest.high, abs_tol=1e-12)
    assert isclose(one.high, 1 - rest.low, abs_tol=1e-12)


@pytest.mark.parametrize("of", [5, 10, 20, 40, 80])
def test_it_holds_the_true_share_about_95_times_in_100(of: int) -> None:
    """Held against every outcome there can be, for a hundred true shares."""
    covered = []
    for per_cent in range(1, 100):
        true = per_cent / 100
        chance = (comb(of, n) * true**n * (1 - true) ** (of - n) for n in range(of + 1))
        inside = (wilson(n, of).low <= true <= wilson(n, of).high for n in range(of + 1))
        covered.append(sum(each for each, holds in zip(chance, inside, strict=True) if holds))
    assert 0.94 <= sum(covered) / len(covered) <= 0.965
    # Close to 0 and 1 it holds less often than it says, as every interval of this length does.
    assert min(covered) >= 0.83


def test_of_nothing_it_is_everything() -> None:
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)


@pytest.mark.parametrize(("count", "of"), [(-1, 3), (4, 3), (0, -1)])
def test_what_is_no_count_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match=f"{count} of {of}"):
        wilson(count, of)


def test_ratings_keep_the_order_of_the_scale_with_not_checkable_last() -> None:
    report = balance([check("true"), check("not-checkable"), check("false")], SCALE)
    assert [each.name for each in part(report, "rating").cells] == list(SCALE)
    report = balance([check("true")], ("not-checkable", "no", "yes"))
    assert [each.name for each in part(report, "rating").cells] == ["no", "yes", "not-checkable", "true"]


def test_every_kind_of_claimant_is_shown_though_nothing_of_it_was_checked() -> None:
    cells = part(balance([check()], SCALE), "claimant").cells
    assert [(each.name, each.count) for each in cells] == [("organisation", 1), ("public figure", 0), ("none named", 0)]
    assert {each.name for each in cells} == set(CLAIMANTS)


def test_what_has_no_topic_or_tip_is_counted_as_having_none() -> None:
    report = balance([check(topics=frozenset(), origins=frozenset(), claimants=frozenset()), check()], SCALE)
    assert [each.name for each in part(report, "topic").cells] == ["health", NONE]
    assert cell(part(report, "origin"), NONE).count == 1
    assert cell(part(report, "claimant"), "none named").count == 1


def test_a_check_of_two_topics_counts_under_both_once() -> None:
    report = balance([check(topics=frozenset({"health", "food"})), check()], SCALE)
    assert {(each.name, each.count, each.share) for each in part(report, "topic").cells} == {
        ("food", 1, 0.5),
        ("health", 2, 1.0),
    }


def test_the_withdrawn_are_counted_apart() -> None:
    checks = [check(), check("true", standing="withdrawn"), check(standing="corrected")]
    report = balance(checks, SCALE)
    assert report.standings == (("published", 1), ("corrected", 1), ("withdrawn", 1))
    assert report.checks == 2
    assert cell(part(report, "rating"), "true").count == 0


def test_only_what_was_published_since_counts() -> None:
    report = balance([check(day="2026-01-31"), check(day="2026-02-01"), check(day="2026-05-01")], SCALE, "2026-02-01")
    assert (report.checks, report.first, report.last) == (2, "2026-02-01", "2026-05-01")


def test_a_lean_is_seen_where_there_is_one_and_not_where_there_are_few() -> None:
    checks = [check("false")] * 45 + [check("true")] * 5
    checks += [check("false", claimants=frozenset({"public figure"}))] * 5
    checks += [check("true", claimants=frozenset({"public figure"}))] * 45
    checks += [check("false", claimants=frozenset())] * (SMALL - 1)
    rows = {row.name: row for row in cross(balance(checks, SCALE), "claimant").rows}
    assert cell(rows["organisation"], "false").lean == "above"
    assert cell(rows["public figure"], "false").lean == "below"
    assert rows["none named"].small
    assert cell(rows["none named"], "false").lean == ""


def test_the_same_treatment_shows_no_lean() -> None:
    kinds = [frozenset({"organisation"}), frozenset({"public figure"})]
    checks = [check(rating, claimants=kind) for kind in kinds for rating in SCALE for _ in range(20)]
    report = balance(checks, SCALE)
    assert {each.lean for row in cross(report, "claimant").rows for each in row.cells} == {""}
    assert report.compared == 3 * len(SCALE)
    assert report.by_chance == pytest.approx(0.9)


COUNTED = st.builds(
    Counted,
    claimants=st.frozensets(st.sampled_from(["organisation", "public figure"])),
    topics=st.frozensets(st.text(max_size=3), max_size=3),
    rating=st.sampled_from([*SCALE, "four bananas"]),
    origins=st.frozensets(st.sampled_from(["reader", "desk"])),
    language=st.sampled_from(["en", "vi", ""]),
    day=st.sampled_from(["2026-01-01", "2026-06-01"]),
    standing=st.sampled_from(["published", "corrected", "withdrawn"]),
)


@given(st.lists(COUNTED, max_size=40), st.sampled_from(["", "2026-03-01"]))
def test_no_check_is_lost(checks: list[Counted], since: str) -> None:
    report = balance(checks, SCALE, since)
    chosen = [each for each in checks if each.day >= since]
    assert sum(count for _, count in report.standings) == len(chosen)
    standing = [each for each in chosen if each.standing != "withdrawn"]
    assert sum(each.count for each in part(report, "rating").cells) == report.checks == len(standing)
    for one in report.parts:
        for each in one.cells:
            assert each.count == sum(each.name in names_of(check, one.by) for check in standing)
    for table in report.crosses:
        for row in table.rows:
            assert sum(each.count for each in row.cells) == row.of == cell(part(report, table.by), row.name).count


@given(st.lists(COUNTED, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_checks_does_not_matter(checks: list[Counted], random: object) -> None:
    mixed = list(checks)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert balance(mixed, SCALE) == balance(checks, SCALE)


def test_nothing_that_is_counted_could_hold_a_name() -> None:
    """DESIGN §1.7: no view by person."""
    assert {each.name for each in fields(Counted)} == {
        "claimants", "topics", "rating", "origins", "language", "day", "standing",
    }  # fmt: skip
