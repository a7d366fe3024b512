"""The acts between writing and publishing: who may do each from where, what it leaves, what a refusal says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.actions.desks_of_people import (
    ROLES,
    World,
    again,
    begun,
    now,
    published,
    signed,
    submitted,
    written,
)
from tests.actions.test_people import refused

from factdesk.actions.checks import save, undo
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, keep, reopen, reopen_for_source, send_back, submit, withdraw
from factdesk.domain.workflow import STATES, STEPS, Action, Role, State, may
from factdesk.errors import InputError, RefusedError
from factdesk.queries.desk import Desk
from factdesk.queries.statement import last_statement
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.store.chain import verify
from factdesk.store.checks import StoredCheck, get_revision
from factdesk.store.record import Record

WHY = "A reader doubts it."


def acted(desk: Desk, world: World, check: StoredCheck, action: Action, actor: str) -> object:
    """Do an action of the workflow."""
    record = desk.record
    acts: dict[Action, Callable[[], object]] = {
        "edit": lambda: save(record, check.id, written(world) + f"More of {check.version}.\n", actor=actor),
        "undo": lambda: undo(record, check.id, actor=actor),
        "submit": lambda: submit(record, check.id, actor=actor),
        "return": lambda: send_back(record, check.id, WHY, actor=actor),
        "sign": lambda: sign(desk, check, world.keys.get(actor, world.keys["binh"]), actor=actor),
        "publish": lambda: publish(desk, check, actor=actor),
        "reopen": lambda: reopen(record, check.id, WHY, actor=actor),
        "correct": lambda: correct(record, check.id, WHY, "minor", actor=actor),
        "withdraw": lambda: withdraw(record, check.id, WHY, actor=actor),
        "keep": lambda: keep(record, check.id, WHY, actor=actor),
    }
    return acts[action]()


def standing_in(desk: Desk, world: World, state: State) -> StoredCheck:
    """A check in a state."""
    record, source = desk.record, written(world)
    if state == "draft":
        return begun(desk, source).check
    if state == "submitted":
        return submitted(desk, source)
    if state == "signed":
        return signed(desk, world, source)
    if state == "returned":
        return send_back(record, submitted(desk, source).id, WHY, actor="binh")
    done = published(desk, world).check
    if state == "reopened":
        return reopen(record, done.id, WHY, actor="an")
    if state == "corrected":
        correct(record, done.id, WHY, "serious", actor="an")
        return again(desk, world, done.id).check
    if state == "withdrawn":
        asked = withdraw(record, done.id, WHY, actor="chi")
        return publish(desk, sign(desk, asked, world.keys["binh"], actor="binh").check, actor="chi").check
    return done


@pytest.mark.parametrize("state", STATES)
def test_every_action_by_everybody_from_a_state(newsroom: Desk, world: World, state: State) -> None:
    """Whatever the table does not allow is refused with a way on and writes nothing."""
    check = standing_in(newsroom, world, state)
    assert check.now.standing.state == state
    for action, step in STEPS.items():
        for name, role in (*ROLES.items(), ("nobody", "")):
            # Giang wrote nothing, but neither did she begin; an action that is allowed is tried elsewhere.
            able = name not in ("em", "nobody") and may(_role(role), action)
            if able and state in step.sources:
                continue
            before = newsroom.record.head()
            with pytest.raises(RefusedError) as raised:
                acted(newsroom, world, check, action, name)
            assert raised.value.remedy
            str(raised.value)
            assert newsroom.record.head() == before
    with newsroom.record.read() as session:
        assert verify(session).broken is None


def _role(given: str) -> Role:
    return "contributor" if given == "" else given  # type: ignore[return-value]


def test_a_reason_is_asked_for_and_kept_whole(newsroom: Desk, world: World) -> None:
    record = newsroom.record
    waits, done = submitted(newsroom, written(world)), published(newsroom, world).check
    acts: list[Callable[[str], object]] = [
        lambda why: send_back(record, waits.id, why, actor="binh"),
        lambda why: reopen(record, done.id, why, actor="an"),
        lambda why: withdraw(record, done.id, why, actor="chi"),
        lambda why: correct(record, done.id, why, "minor", actor="an"),
    ]
    for act in acts:
        for why in ("", "  \n"):
            refused(record, lambda act=act, why=why: act(why), InputError)  # type: ignore[misc]
        before = record.head()
        with pytest.raises(InputError):
            act("x" * 5001)
        assert record.head() == before
    with pytest.raises(InputError):
        correct(record, done.id, WHY, "grave", actor="an")  # type: ignore[arg-type]
    assert send_back(record, waits.id, f" {WHY}\n", actor="binh").now.why == WHY


def test_a_check_somebody_changed_meanwhile_is_looked_at_again(newsroom: Desk, world: World) -> None:
    record, made = newsroom.record, begun(newsroom, written(world))
    save(record, made.check.id, written(world) + "More.\n", actor="giang")
    assert "meantime" in refused(record, lambda: submit(record, made.check.id, actor="an", seen=made.check.version))
    waits = submit(record, made.check.id, actor="an", seen=2)
    refused(record, lambda: send_back(record, waits.id, WHY, actor="binh", seen=2))


def test_keeping_puts_edits_aside(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    reopen(record, done.id, WHY, actor="an")
    other = written(world, title="Another title", claims=[world.claim, world.unseen]).replace(": en", ": vi")
    save(record, done.id, other, actor="an")
    kept = keep(record, done.id, WHY, actor="chi")
    stands = now(record, done.id)
    assert stands == kept
    assert stands.now.standing == done.now.standing
    # What is looked up of it is what is public again.
    assert (stands.now.title, stands.now.claims, stands.now.language) == (
        done.now.title,
        done.now.claims,
        done.now.language,
    )
    with record.read() as session:
        head = get_revision(session, stands.now.head)
        public = last_statement(session, stands)
        assert head is not None
        assert public is not None
        assert head.fact.source == public.source == written(world)
        assert verify(session).broken is None
    assert not [step for step in verify_desk(record, How()) if step.outcome == "fail"]


def test_keeping_what_nobody_edited_makes_no_revision(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    reopen(record, done.id, WHY, actor="an")
    assert keep(record, done.id, WHY, actor="chi").now.head == done.now.head


def test_a_correction_said_again_counts_as_said_last(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    correct(record, done.id, "A slip.", "minor", actor="an")
    correct(record, done.id, "The answer itself.", "serious", actor="giang")
    (said,) = again(newsroom, world, done.id).statement.corrections
    assert (said.what, said.severity) == ("The answer itself.", "serious")


def test_a_returned_withdrawal_is_asked_for_anew(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    asked = withdraw(record, done.id, WHY, actor="chi")
    back = send_back(record, asked.id, "Not so fast.", actor="binh")
    assert (back.now.standing.state, back.now.standing.withdrawing, back.now.withdrawal) == ("reopened", False, "")
    assert "submitted" in refused(record, lambda: submit(record, done.id, actor="an"))
    assert keep(record, done.id, WHY, actor="chi").now.standing.state == "published"


def test_a_source_that_changed_reopens_only_what_is_public(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    draft = begun(newsroom, written(world)).check
    before = record.head()
    assert reopen_for_source(record, draft.id, WHY, actor="an") is None
    assert reopen_for_source(record, "0" * 36, WHY, actor="an") is None
    assert record.head() == before
    found = reopen_for_source(record, done.id, WHY, actor="an")
    assert found is not None
    assert (found.now.standing.state, found.now.person, found.now.why) == ("reopened", "watch", WHY)
    assert reopen_for_source(record, done.id, WHY, actor="an") is None
    assert not [step for step in verify_desk(record, How(quick=True)) if step.outcome == "fail"]


def test_of_a_check_that_is_not_there(record: Record) -> None:
    from factdesk.actions.people import add_person

    add_person(record, "dung", actor="dung")
    before = record.head()
    with pytest.raises(InputError):
        submit(record, "0" * 36, actor="dung")
    assert record.head() == before
