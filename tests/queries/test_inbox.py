from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from factdesk.actions.claims import add_claim
from factdesk.actions.people import add_person
from factdesk.actions.tips import add_tip, link_tips
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.domain.checks import CheckNow
from factdesk.domain.workflow import Standing, State
from factdesk.queries.desk import Desk
from factdesk.queries.inbox import Inbox, TipGroup, about_tip, inbox, periods
from factdesk.queries.tip_vectors import kept_as, tip_vectors
from factdesk.store.batches import Batch
from factdesk.store.items import NewFact, put_facts
from factdesk.store.vectors import VECTORS

Add = Callable[..., str]
GENES_VI = "Ăn thực phẩm biến đổi gen làm thay đổi gen của người."


@pytest.fixture
def desk(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Desk]:
    with Desk.open(sqlite_desk, clock) as opened:
        add_person(opened.record, "an", actor="an")
        yield opened


@pytest.fixture
def tip(desk: Desk) -> Add:
    return lambda text, **more: add_tip(desk, text, actor="an", **more).id


def put_check(desk: Desk, claim: str, state: State) -> str:
    """A check of a claim, where it stands."""
    with desk.record.write() as writer:
        own = writer.clock.new_id()
        now = CheckNow(Standing(state), "r1", "new", "an", writer.now(), claims=(claim,))
        put_facts(writer, [NewFact("check", own, now.content())], actor="an", action="check.new", subject=own)
    return own


def together(found: Inbox) -> list[set[str]]:
    return [set(group.tips) for group in found.groups]


def of(found: Inbox, own: str) -> TipGroup:
    return next(group for group in found.groups if own in group.tips)


def test_an_empty_desk_has_an_empty_inbox(desk: Desk) -> None:
    assert inbox(desk) == Inbox(0, "day", (), ())


def test_the_same_words_and_the_same_meaning_stand_together(desk: Desk, tip: Add) -> None:
    same = {
        tip("Lightning never strikes the same place twice"),
        tip("lightning NEVER strikes  the same place twice"),
        tip("Is it true that lightning never strikes the same spot twice?"),
        tip("⚡️⚡️ Lightning never strikes the same place twice https://example.org/a"),
    }
    other = tip("Goldfish forget everything after three seconds")
    found = inbox(desk)
    assert together(found) == [same, {other}]
    assert found.groups[0].count == 4


def test_the_same_in_the_other_language_stands_with_it(desk: Desk, tip: Add) -> None:
    pair = {tip("Eating genetically modified food changes your genes."), tip(GENES_VI)}
    tip("Tỏi chữa được cúm")
    found = inbox(desk)
    assert pair in together(found)
    assert of(found, pair.pop()).languages == {"en": 1, "vi": 1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "From Monday the fine for no helmet is 500 thousand dong",
            "From Monday the fine for no helmet is 5 million dong",
        ),
        ("Phạt 2 triệu đồng nếu vượt đèn đỏ", "Phạt 20 triệu đồng nếu vượt đèn đỏ"),
        ("The vaccine causes a fever in children", "The vaccine does not cause a fever in children"),
    ],
)
def test_another_number_or_a_denial_is_another_message(desk: Desk, tip: Add, one: str, other: str) -> None:
    first, second, third = tip(one), tip(other), tip(one)
    assert together(inbox(desk)) == [{first, third}, {second}]


def test_vietnamese_typed_without_marks_stands_with_its_like(desk: Desk, tip: Add) -> None:
    pair = {tip("Set khong bao gio danh hai lan cung mot cho"), tip("Sét không bao giờ đánh hai lần cùng một chỗ")}
    tip("Cau se dong tu thu hai")
    found = inbox(desk)
    assert pair in together(found)
    # What can be read is shown.
    assert of(found, pair.pop()).text == "Sét không bao giờ đánh hai lần cùng một chỗ"


def test_a_new_tip_moves_no_old_one(desk: Desk, tip: Add) -> None:
    texts = [
        "The bridge closes on Monday",
        "Garlic cures flu",
        "The bridge will be shut from Monday",
        "Garlic heals flu",
    ]
    before: list[set[str]] = []
    for text in texts:
        own = tip(text)
        after = together(inbox(desk))
        assert sorted(map(sorted, [group - {own} for group in after if group != {own}])) == sorted(map(sorted, before))
        before = after


def test_the_tips_of_a_claim_stand_under_its_words_with_its_checks(desk: Desk, tip: Add) -> None:
    claim = add_claim(desk.record, "Lightning never strikes the same place twice", actor="an").id
    own = [tip("Lightning strikes no place twice", claim=claim), tip("Ốc sên ngủ ba năm", claim=claim)]
    free = tip("A wholly different thing is asked")
    check = put_check(desk, claim, "published")
    put_check(desk, "another claim", "draft")
    found = inbox(desk)
    assert together(found) == [set(own), {free}]
    group = found.groups[0]
    assert (group.claim, group.text) == (claim, "Lightning never strikes the same place twice")
    assert [(each.id, each.state) for each in group.checks] == [(check, "published")]
    assert group.suggestion is None


def test_a_claim_is_suggested_and_nothing_is_linked(desk: Desk, tip: Add) -> None:
    claim = add_claim(desk.record, "Lightning never strikes the same place twice.", actor="an").id
    check = put_check(desk, claim, "signed")
    near = tip("Is it true lightning will never hit the same spot twice, my uncle says so?")
    against, far = tip("Lightning strikes the same place twice"), tip("Goldfish forget everything after three seconds")
    found = inbox(desk)
    suggestion = of(found, near).suggestion
    assert suggestion is not None
    assert (suggestion.claim, [each.id for each in suggestion.checks]) == (claim, [check])
    assert suggestion.reason.feature == "meaning"
    assert of(found, against).suggestion is None
    assert of(found, far).suggestion is None
    assert {group.claim for group in found.groups} == {""}


def test_the_same_words_are_the_reason_also_without_marks(desk: Desk, tip: Add) -> None:
    claim = add_claim(desk.record, "Sét không bao giờ đánh hai lần cùng một chỗ.", actor="an").id
    own = tip("set khong bao gio danh hai lan cung mot cho!")
    suggestion = of(inbox(desk), own).suggestion
    assert suggestion is not None
    assert (suggestion.claim, str(suggestion.reason)) == (claim, "the same words")


def test_a_tip_that_was_put_to_a_claim_is_another_way_to_say_it(desk: Desk, tip: Add) -> None:
    claim = add_claim(desk.record, "The Long Bridge is shut for works from 2 March.", actor="an").id
    tip("My neighbour heard the ferry is free all week", claim=claim)
    same = tip("my neighbour heard the ferry is free ALL week")
    near = tip("A neighbour of mine heard that the ferry is free all week")
    against = tip("My neighbour heard the ferry is not free all week")
    found = inbox(desk)
    for own in (same, near):
        suggestion = of(found, own).suggestion
        assert suggestion is not None
        assert (suggestion.claim, suggestion.text) == (claim, "The Long Bridge is shut for works from 2 March.")
        assert "a tip that was put to it" in str(suggestion.reason)
    assert of(found, against).suggestion is None


def test_of_one_tip_it_is_said_who_answered_it_already(desk: Desk, put_reviews: Callable[..., Batch]) -> None:
    put_reviews(desk.record, "Lightning never strikes the same place twice.", language="en")
    one = add_tip(desk, "Lightning never strikes the same place twice", actor="an")
    other = add_tip(desk, "lightning never strikes the same place twice!", actor="an")
    about = about_tip(desk, other)
    assert about.group.tips == (one.id, other.id)
    assert [match.decision for claim in about.answer.claims for match in claim.matches] == ["same"]


def test_what_was_redacted_is_gone_from_it(
    desk: Desk, tip: Add, sqlite_desk: DeskConfig, tamper: Callable[..., None]
) -> None:
    claim = add_claim(desk.record, "Lightning never strikes the same place twice.", actor="an").id
    kept, gone = tip("Sét đánh một chỗ hai lần?", claim=claim), tip("Lightning never strikes the same place twice")
    for own in (claim, gone):
        query = f"UPDATE sealed SET content = NULL WHERE id IN (SELECT fact FROM items WHERE id = '{own}')"
        tamper(sqlite_desk, query)
    (group,) = inbox(desk).groups
    assert (group.tips, group.claim, group.text) == ((kept,), claim, "Sét đánh một chỗ hai lần?")


def test_demand_is_counted_by_the_day_and_then_by_the_week(desk: Desk, tip: Add) -> None:
    for day in ("2026-01-02", "2026-01-01", "2026-01-01"):
        tip("The bridge closes on Monday", day=day)
    found = inbox(desk)
    assert (found.unit, found.periods) == ("day", ("2026-01-01", "2026-01-02"))
    assert found.groups[0].demand == (2, 1)
    tip("The bridge closes on Monday", day="2025-12-10")
    found = inbox(desk)
    assert (found.unit, found.periods) == ("week", ("2025-12-08", "2025-12-15", "2025-12-22", "2025-12-29"))
    assert found.groups[0].demand == (1, 0, 0, 3)
    assert (found.groups[0].first, found.groups[0].last) == ("2025-12-10", "2026-01-02")


@pytest.mark.parametrize("first", ["2025-12-20", "2025-12-21", "2020-02-29", "2026-01-02", "2026-01-03"])
def test_every_day_has_its_period(first: str) -> None:
    today = date(2026, 1, 2)
    unit, starts = periods([first, "2026-01-02"], today)
    assert starts[0] <= date.fromisoformat(min(first, "2026-01-02"))
    assert starts == sorted(set(starts))
    steps = {(after - before).days for before, after in pairwise(starts)}
    assert steps <= {1 if unit == "day" else 7}
    assert (max(today, date.fromisoformat(first)) - starts[-1]).days < (1 if unit == "day" else 7)


def test_only_what_came_since_and_the_most_wanted_of_it(desk: Desk, tip: Add) -> None:
    old = tip("Garlic cures flu", day="2025-12-31")
    news = {tip("The bridge closes on Monday"), tip("The bridge closes on Monday")}
    single = tip("Goldfish forget everything after three seconds")
    assert together(inbox(desk, "2026-01-01")) == [news, {single}]
    found = inbox(desk, top=1)
    assert (together(found), found.more, found.tips) == ([news], 2, 4)
    assert of(inbox(desk), old).origins == {"reader": 1}


def test_what_is_put_to_a_claim_leaves_the_group_of_its_like(desk: Desk, tip: Add) -> None:
    claim = add_claim(desk.record, "The bridge closes on Monday", actor="an").id
    one, other = tip("The bridge closes on Monday"), tip("The bridge closes on Monday")
    link_tips(desk.record, [one], claim, actor="an")
    assert sorted(map(sorted, together(inbox(desk)))) == sorted([[one], [other]])


def test_what_was_not_encoded_when_it_came_is_encoded_to_be_shown(desk: Desk, tip: Add) -> None:
    texts = ["The bridge closes on Monday", "From Monday the bridge is closed"]
    pair = {tip(text) for text in texts}
    _, made = tip_vectors(desk, texts)
    assert made == {}
    with desk.record.write() as writer:
        writer.session.execute(VECTORS.delete())
    _, made = tip_vectors(desk, texts)
    assert len(made) == 2
    assert pair in together(inbox(desk))


def test_an_encoder_that_nothing_was_measured_with_puts_together_the_same_words_alone(desk: Desk, tip: Add) -> None:
    pair = {tip("The bridge closes on Monday"), tip("the bridge closes on monday")}
    tip("Garlic cures flu")
    desk._matcher = replace(desk.matcher, projection=None)
    assert kept_as(desk).startswith(desk.encoder.name)
    assert pair in together(inbox(desk))
    assert len(inbox(desk).groups) == 2
