"""Who wrote a part of a check and cannot sign it, however they went about it."""

from __future__ import annotations

import unicodedata

import pytest
from tests.actions.desks_of_people import ALSO_FOUND, FOUND, World, again, begun, cited, now, published, written

from factdesk.actions.checks import Saved, save, undo
from factdesk.actions.claims import edit_claim
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.workflow import correct, keep, reopen, send_back, submit, withdraw
from factdesk.queries.desk import Desk
from factdesk.queries.writers import writers_of

STANCED = "Vitamin A prevents a form of night blindness"


def writers(desk: Desk, check: str) -> tuple[str, ...]:
    with desk.record.read() as session:
        return writers_of(session, now(desk.record, check))


def test_whoever_began_it_and_made_what_it_cites(press_desk: Desk, press: World) -> None:
    assert writers(press_desk, begun(press_desk, written(press), actor="giang").check.id) == ("an", "giang")


@pytest.mark.attack
@pytest.mark.parametrize("name", ["binh", "BINH", " Binh "])
def test_a_citation_or_a_claim_under_another_spelling(press_desk: Desk, press: World, name: str) -> None:
    own = begun(press_desk, written(press)).check.id
    edit_claim(press_desk.record, press.claim, topics=["vision"], actor=name)
    assert writers(press_desk, own) == ("an", "binh")
    mark = cited(press_desk, press.fetched, STANCED, press.claim, actor=unicodedata.normalize("NFD", name))
    other = begun(press_desk, written(press, evidence=f"It says “{STANCED}”[^cite:{mark}].")).check.id
    assert "binh" in writers(press_desk, other)


@pytest.mark.attack
def test_an_edit_that_was_taken_back_is_one(press_desk: Desk, press: World) -> None:
    own = begun(press_desk, written(press)).check.id
    assert isinstance(save(press_desk.record, own, written(press, ending="No more."), actor="binh"), Saved)
    undo(press_desk.record, own, actor="binh")
    assert writers(press_desk, own) == ("an", "binh")


@pytest.mark.attack
def test_an_edit_that_was_redacted_is_one(press_desk: Desk, press: World) -> None:
    own = begun(press_desk, written(press)).check.id
    save(press_desk.record, own, written(press, ending="A private name."), actor="binh")
    save(press_desk.record, own, written(press), actor="an")
    redact(press_desk, plan_redaction(press_desk, f"check:{own}@2", actor="dung"), why="A name.", actor="dung")
    assert writers(press_desk, own) == ("an", "binh")


def test_reviewing_is_no_writing(press_desk: Desk, press: World) -> None:
    own = begun(press_desk, written(press)).check.id
    submit(press_desk.record, own, actor="an")
    send_back(press_desk.record, own, "Say more.", actor="binh")
    assert writers(press_desk, own) == ("an",)


def test_with_a_publication_it_begins_anew(press_desk: Desk, press: World) -> None:
    own = published(press_desk, press).check.id
    assert writers(press_desk, own) == ()
    reopen(press_desk.record, own, "A doubt.", actor="binh")
    keep(press_desk.record, own, "It stands.", actor="chi")
    assert writers(press_desk, own) == ()
    correct(press_desk.record, own, "A slip.", "minor", actor="giang")
    assert writers(press_desk, own) == ("giang",)
    again(press_desk, press, own)
    withdraw(press_desk.record, own, "It does not hold.", actor="chi")
    assert writers(press_desk, own) == ("chi",)


@pytest.mark.attack
def test_what_was_made_before_and_is_used_only_now_counts(press_desk: Desk, press: World) -> None:
    # Made by binh while the check had no use for it, published over, and put in afterwards by somebody else.
    mark = cited(press_desk, press.fetched, STANCED, press.claim, actor="binh")
    own = published(press_desk, press).check.id
    correct(press_desk.record, own, "We left something out.", "minor", actor="an")
    both = f"It says “{FOUND}”[^cite:{press.cited}] and “{STANCED}”[^cite:{mark}]."
    save(press_desk.record, own, written(press, evidence=both), actor="an")
    assert writers(press_desk, own) == ("an", "binh")
    other = f"It says “{FOUND}”[^cite:{press.cited}] and “{ALSO_FOUND}”[^cite:{press.also}]."
    save(press_desk.record, own, written(press, evidence=other), actor="giang")
    assert writers(press_desk, own) == ("an", "giang")
