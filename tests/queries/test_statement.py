"""What is signed: all that a reader relies on. Whatever of it changes makes another statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.actions.desks_of_people import (
    ALSO_FOUND,
    FOUND,
    World,
    begun,
    cited,
    clock_from,
    copied,
    now,
    opened,
    published,
    written,
)

from factdesk.actions.checks import save
from factdesk.actions.claims import edit_claim
from factdesk.actions.workflow import correct, submit, withdraw
from factdesk.domain.statements import Statement, evidence, statement_of
from factdesk.queries.desk import Desk
from factdesk.queries.statement import statement_for


def stated(desk: Desk, check: str) -> Statement:
    with desk.record.read() as session:
        return statement_for(session, desk.config, now(desk.record, check))


def test_it_says_everything_and_reads_back(press_desk: Desk, press: World) -> None:
    own = begun(press_desk, written(press)).check.id
    said = stated(press_desk, own)
    assert statement_of(said.content()) == said
    assert (said.act, said.check, said.desk, said.previous, said.writers) == ("publish", own, "Test desk", "", ("an",))
    assert (said.rating.key, said.rating.value, said.rating.name) == ("false", 1, "False")
    assert [(each.mark, each.quotation, each.stance) for each in said.citations] == [(press.cited, FOUND, "refutes")]
    assert [each.id for each in said.claims] == [press.claim]
    assert len(said.captures) == 2
    assert evidence(said) == said.citations


Change = Callable[[Desk, World, str], object]

VOIDS: dict[str, Change] = {
    "the text": lambda desk, world, own: save(desk.record, own, written(world, ending="No more."), actor="an"),
    "a claim's words": lambda desk, world, own: edit_claim(desk.record, world.claim, text="Other words", actor="an"),
    "a claim's kind": lambda desk, world, own: edit_claim(desk.record, world.claim, kind="opinion", actor="an"),
    "a claimant": lambda desk, world, own: edit_claim(
        desk.record, world.claim, claimant="Pond Talk", claimant_kind="organisation", actor="an"
    ),
    "an appearance": lambda desk, world, own: edit_claim(
        desk.record, world.claim, appearances=["https://pond.example/"], actor="an"
    ),
    "a topic": lambda desk, world, own: edit_claim(desk.record, world.claim, topics=["eyes"], actor="an"),
    "a day": lambda desk, world, own: edit_claim(desk.record, world.claim, date="2026-01-01", actor="an"),
}


@pytest.mark.attack
@pytest.mark.parametrize("change", VOIDS.values(), ids=VOIDS)
def test_whatever_changes_makes_another(
    press_desk: Desk, press: World, change: Callable[[Desk, World, str], Any]
) -> None:
    own = begun(press_desk, written(press)).check.id
    before = stated(press_desk, own).digest
    assert stated(press_desk, own).digest == before
    change(press_desk, press, own)
    assert stated(press_desk, own).digest != before


@pytest.mark.attack
@pytest.mark.parametrize("change", [{"name": "Another desk"}, {"url": "https://another.example/"}])
def test_it_is_of_one_desk(press: World, tmp_path: Any, change: dict[str, str]) -> None:
    config = copied(press, tmp_path / "desk")
    with opened(config, clock_from(5)) as desk:
        own = begun(desk, written(press)).check.id
        before = stated(desk, own).digest
    with opened(replace(config, **change), clock_from(6)) as desk:  # type: ignore[arg-type]
        assert stated(desk, own).digest != before


@pytest.mark.attack
def test_a_mark_that_becomes_ambiguous_is_never_another_citation(press_desk: Desk, press: World) -> None:
    # Ids begin with the time: a short beginning that one citation has today, two have tomorrow.
    size = next(size for size in range(4, 37) if not press.also.endswith(press.cited[-size:]))
    mark = press.cited[-size:]
    own = begun(press_desk, written(press, evidence=f"It says “{FOUND}”[^cite:{mark}].")).check.id
    before = stated(press_desk, own)
    known = {each.mark: each.id for each in before.citations}
    assert known in ({mark: press.cited}, {})
    for number in range(40):
        cited(press_desk, press.fetched, ALSO_FOUND, f"claim {number}")
        after = {each.mark: each.id for each in stated(press_desk, own).citations}
        assert after in (known, {})


def test_a_correction_and_a_withdrawal_follow_what_was_published(press_desk: Desk, press: World) -> None:
    done = published(press_desk, press)
    own = done.check.id
    correct(press_desk.record, own, "A slip.", "minor", actor="an")
    said = stated(press_desk, own)
    assert (said.act, said.previous, [each.what for each in said.corrections]) == (
        "correct",
        done.statement.digest,
        ["A slip."],
    )
    save(press_desk.record, own, written(press, ending="No more."), actor="an")
    withdraw(press_desk.record, own, "It does not hold.", actor="chi")
    said = stated(press_desk, own)
    # It is about what readers see, not about what was being written.
    assert (said.act, said.why, said.source) == ("withdraw", "It does not hold.", done.statement.source)
    assert said.corrections == ()


def test_submitting_says_nothing_more(press_desk: Desk, press: World) -> None:
    own = begun(press_desk, written(press)).check.id
    before = stated(press_desk, own)
    submit(press_desk.record, own, actor="an")
    assert stated(press_desk, own) == before
