"""What a check needs before readers may see it, and ways around that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.actions.desks_of_people import FOUND, SAID, SUPPLIED, World, begun, cited, published, written

from factdesk.actions.claims import edit_claim
from factdesk.actions.workflow import withdraw
from factdesk.queries.desk import Desk
from factdesk.queries.publishable import readiness
from factdesk.store.captures import NewCapture, get_captures, put_captures
from factdesk.store.citations import capture_number

LONG = "experts have proved that carrots are poison for everybody"


def wanting(desk: Desk, source: str) -> list[str]:
    """The codes of the conditions that a draft does not meet."""
    return [each.code for each in readiness(desk, begun(desk, source).check, quick=True).wanting]


def test_what_is_fit(press_desk: Desk, press: World) -> None:
    ready = readiness(press_desk, begun(press_desk, written(press)).check)
    assert ready.wanting == ()
    assert {each.code for each in ready.conditions} == {
        "claims",
        "rating",
        "evidence",
        "citations",
        "quotations",
        "lint",
    }
    assert "pass" in {step.outcome for step in ready.steps if step.name == "quotation"}


WAYS: dict[str, tuple[Callable[[World], str], str]] = {
    "supplied sources alone": (
        lambda world: written(world, evidence=f"It says “{SUPPLIED}”[^cite:{world.supplied}]."),
        "evidence",
    ),
    "where the claim was made alone": (
        lambda world: written(world, evidence=f"It says “{SAID}”[^cite:{world.seen}]."),
        "evidence",
    ),
    "both": (
        lambda world: written(
            world,
            evidence=f"It says “{SUPPLIED}”[^cite:{world.supplied}], and “{SAID}”[^cite:{world.seen}].",
        ),
        "evidence",
    ),
    "nothing": (lambda world: written(world, evidence="It is so."), "evidence"),
    "a captured address, and no citation": (
        lambda world: written(world, evidence=f"It says “{SUPPLIED}”[^cite:{world.supplied}] (http://127.0.0.1/fact)."),
        "evidence",
    ),
    "a mark that two citations have": (
        lambda world: written(world, evidence=f"It says “{FOUND}”[^cite:{world.cited[:8]}]."),
        "quotations",
    ),
    "an opinion beside a claim": (
        lambda world: written(world, claims=[world.claim, world.opinion]),
        "rating",
    ),
    "an opinion": (lambda world: written(world, claims=[world.opinion]), "rating"),
    "a claim written out": (
        lambda world: written(world).replace(f"[{world.claim}]", f"[{{text: {LONG}}}]"),
        "claims",
    ),
    "a claim in other words": (
        lambda world: written(world, ending=f"They say “{LONG}”.").replace(
            f"[{world.claim}]", f"[{{id: {world.claim}, text: {LONG}, kind: checkable}}]"
        ),
        "claims",
    ),
    "no claim": (lambda world: written(world, claims=[]), "claims"),
    "a rating of its own": (lambda world: written(world, rating="outrageous"), "rating"),
    "not checkable without a reason": (
        lambda world: written(
            world, claims=[world.opinion], rating="not-checkable", evidence=f"It says “{SAID}”[^cite:{world.seen}]."
        ),
        "rating",
    ),
    "not checkable without the appearance": (
        lambda world: written(
            world, claims=[world.opinion], rating="not-checkable", fields="reason: It is a matter of taste.\n"
        ),
        "rating",
    ),
    "a quotation in the title": (lambda world: written(world, title=f"They say “{LONG}”"), "quotations"),
    "a quotation with its mark further on": (
        lambda world: written(world, ending=f"They say “{LONG}”, as the source shows[^cite:{world.cited}]."),
        "quotations",
    ),
    "a quotation over a line end": (
        lambda world: written(world, ending=f"They say “{LONG.replace(' that ', chr(10))}”."),
        "quotations",
    ),
    "everything waived": (
        lambda world: written(
            world,
            evidence=f"<!-- lint: FD204, FD205, FD208, FD211, FD212 we know it -->\nThey say “{LONG}”[^cite:zzzzzz].",
        ),
        "quotations",
    ),
}


@pytest.mark.attack
@pytest.mark.parametrize(("source", "code"), WAYS.values(), ids=WAYS)
def test_no_way_around(press_desk: Desk, press: World, source: Callable[[World], str], code: str) -> None:
    assert code in wanting(press_desk, source(press))


@pytest.mark.attack
def test_where_the_claim_was_made_is_no_evidence_when_it_is_captured_again(press_desk: Desk, press: World) -> None:
    with press_desk.record.read() as session:
        number = capture_number(session, _capture_of(press_desk, press.seen))
        before = get_captures(session, [number])[number].capture
    with press_desk.record.write() as writer:
        after = replace(before, time=writer.now(), note="once more")
        own = put_captures(writer, [NewCapture(after, [])], actor="an")[1][0]
    again = cited(press_desk, own, SAID, press.claim)
    source = written(press, evidence=f"It says “{SAID}”[^cite:{again}].")
    assert wanting(press_desk, source) == ["evidence"]


def _capture_of(desk: Desk, citation: str) -> str:
    from factdesk.store.citations import citations_by_id

    with desk.record.read() as session:
        return citations_by_id(session, [citation])[citation].citation.capture


def test_a_withdrawal_needs_its_reason_alone(press_desk: Desk, press: World) -> None:
    own = published(press_desk, press).check.id
    edit_claim(press_desk.record, press.claim, kind="opinion", actor="an")
    waits = withdraw(press_desk.record, own, "It is a matter of opinion.", actor="chi")
    assert readiness(press_desk, waits, quick=True).wanting == ()
