"""Writing a check: nothing is overwritten, nothing half saved, and an edit that is taken back leaves no trace in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.actions.desks_of_people import World, begun, now, published, signed, submitted, written
from tests.actions.test_people import refused

from factdesk.actions.checks import Conflict, Saved, new_check, save, undo
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, reopen, send_back, submit
from factdesk.domain.checks import Revision
from factdesk.drafts.view import taken, view
from factdesk.errors import InputError
from factdesk.lint.read import read_draft
from factdesk.queries.desk import Desk
from factdesk.store.chain import verify
from factdesk.store.checks import Stored, get_revision, revisions_of
from factdesk.store.record import Record

FIRST = "Healthy eyes need vitamin A"
LAST = "more than enough does nothing"


def texts(record: Record, check: str) -> list[str]:
    with record.read() as session:
        return [each.fact.source for each in revisions_of(session, check)]


def text(record: Record, revision: str) -> str:
    with record.read() as session:
        found = get_revision(session, revision)
    assert found is not None
    return found.fact.source


def saved(result: Saved | Conflict) -> Saved:
    assert isinstance(result, Saved)
    return result


def test_a_check_begins_as_a_draft(newsroom: Desk, world: World) -> None:
    source = written(world)
    made = begun(newsroom, source, "AN")
    stands = now(newsroom.record, made.check.id)
    assert stands == made.check
    assert (stands.now.standing.state, stands.now.person, stands.version) == ("draft", "an", 1)
    assert (stands.now.claims, stands.now.title, stands.now.language) == (
        (world.claim,),
        "Carrots keep eyes healthy but give no night vision",
        "en",
    )
    assert texts(newsroom.record, made.check.id) == [source]
    with newsroom.record.read() as session:
        assert verify(session).broken is None


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: [unclosed\n---\nText.\n",
        "---\nclaims: [0190-no-claim]\n---\nText.\n",
        "x" * 2_000_001,
    ],
)
def test_what_is_no_check(newsroom: Desk, world: World, source: str) -> None:
    own = begun(newsroom, written(world)).check.id
    head = newsroom.record.head()
    with pytest.raises(InputError):
        new_check(newsroom.record, source, actor="an")
    with pytest.raises(InputError):
        save(newsroom.record, own, source, actor="an")
    assert newsroom.record.head() == head


def test_saving_what_is_there_changes_nothing(newsroom: Desk, world: World) -> None:
    made = begun(newsroom, written(world))
    head = newsroom.record.head()
    again = saved(save(newsroom.record, made.check.id, written(world), base=made.revision, actor="binh"))
    assert (again.changed, again.revision, newsroom.record.head()) == (False, made.revision, head)


def test_edits_of_different_places_are_joined(newsroom: Desk, world: World) -> None:
    source = written(world)
    made = begun(newsroom, source)
    mine, theirs = source.replace(FIRST, "Good eyes need vitamin A"), source.replace(LAST, "more of it does nothing")
    save(newsroom.record, made.check.id, theirs, base=made.revision, actor="giang")
    joined = saved(save(newsroom.record, made.check.id, mine, base=made.revision, actor="an"))
    assert (joined.merged, joined.changed) == (True, True)
    result = text(newsroom.record, joined.revision)
    assert "Good eyes" in result
    assert "more of it does nothing" in result
    assert texts(newsroom.record, made.check.id) == [source, theirs, result]
    # Whoever takes the joined text back leaves the other's.
    back = undo(newsroom.record, made.check.id, actor="an")
    assert text(newsroom.record, back.revision) == theirs


def test_edits_of_the_same_line_wait_for_a_person(newsroom: Desk, world: World) -> None:
    source = written(world)
    made = begun(newsroom, source)
    theirs = saved(
        save(newsroom.record, made.check.id, source.replace(FIRST, "Eyes need it"), base=made.revision, actor="giang")
    )
    head = newsroom.record.head()
    mine = source.replace(FIRST, "Sharp eyes need vitamin A")
    found = save(newsroom.record, made.check.id, mine, base=made.revision, actor="an")
    assert isinstance(found, Conflict)
    assert (found.base, found.count, found.other) == (theirs.revision, 1, "giang")
    assert "Eyes need it" in found.text
    assert "Sharp eyes need vitamin A" in found.text
    assert newsroom.record.head() == head
    decided = saved(save(newsroom.record, made.check.id, mine, base=found.base, actor="an"))
    assert not decided.merged
    assert text(newsroom.record, decided.revision) == mine


def test_who_wrote_nothing_takes_nothing_back(newsroom: Desk, world: World) -> None:
    source = written(world)
    made = begun(newsroom, source)
    theirs = saved(save(newsroom.record, made.check.id, source + "More.\n", base=made.revision, actor="giang"))
    same = saved(save(newsroom.record, made.check.id, source, base=made.revision, actor="an"))
    assert (same.changed, same.revision) == (False, theirs.revision)


@pytest.mark.attack
def test_a_forged_base_saves_nothing(newsroom: Desk, world: World) -> None:
    made, other = begun(newsroom, written(world)), begun(newsroom, written(world, title="Another"))
    file = view(written(world) + "More.\n", made.check.id, other.revision)
    for base in (other.revision, other.check.id, "0" * 36, world.claim, "%", taken(file).revision):
        refused(
            newsroom.record,
            lambda base=base: save(newsroom.record, made.check.id, "Text.\n", base=base, actor="an"),  # type: ignore[misc]
            InputError,
        )


@pytest.mark.parametrize("actor", ["em", "nobody", ""])
def test_who_does_not_work_here_writes_nothing(newsroom: Desk, world: World, actor: str) -> None:
    made = begun(newsroom, written(world))
    refused(newsroom.record, lambda: new_check(newsroom.record, written(world), actor=actor))
    refused(newsroom.record, lambda: save(newsroom.record, made.check.id, "Text.\n", actor=actor))
    refused(newsroom.record, lambda: undo(newsroom.record, made.check.id, actor=actor))
    refused(newsroom.record, lambda: undo(newsroom.record, actor=actor))


def test_an_edit_takes_a_submitted_check_back_and_voids_a_signature(newsroom: Desk, world: World) -> None:
    waits = submitted(newsroom, written(world))
    edited = saved(save(newsroom.record, waits.id, written(world) + "More.\n", actor="an"))
    assert edited.check.now.standing.state == "draft"
    approved = signed(newsroom, world, written(world))
    assert approved.now.signed
    edited = saved(save(newsroom.record, approved.id, written(world) + "More.\n", actor="an"))
    assert (edited.check.now.standing.state, edited.check.now.signed) == ("draft", "")


def test_what_is_published_is_not_edited(newsroom: Desk, world: World) -> None:
    done = published(newsroom, world).check
    refused(newsroom.record, lambda: save(newsroom.record, done.id, "Text.\n", actor="an"))
    refused(newsroom.record, lambda: undo(newsroom.record, done.id, actor="an"))
    refused(newsroom.record, lambda: undo(newsroom.record, actor="an"))


def test_nobody_goes_back_behind_what_was_signed_or_published(newsroom: Desk, world: World) -> None:
    record, first, source = newsroom.record, written(world, title="A first try"), written(world)
    own = begun(newsroom, first).check.id
    save(record, own, source, actor="an")
    approved = sign(newsroom, submit(record, own, actor="an"), world.keys["binh"], actor="binh").check
    send_back(record, own, "Once more.", actor="binh")
    refused_as_fixed(record, own)
    more = saved(save(record, own, source + "More.\n", actor="an"))
    assert more.check.now.standing.state == "returned"
    assert text(record, undo(record, own, actor="an").revision) == source
    refused_as_fixed(record, own)
    again = sign(newsroom, submit(record, own, actor="an"), world.keys["binh"], actor="binh").check
    done = publish(newsroom, again, actor="chi").check
    reopen(record, done.id, "A doubt.", actor="an")
    refused_as_fixed(record, own)
    correct(record, own, "A slip.", "minor", actor="an")
    save(record, own, source + "More.\n", actor="an")
    assert text(record, undo(record, own, actor="an").revision) == source
    refused_as_fixed(record, own)
    assert approved.now.head in {each.id for each in revisions(record, own)}


def revisions(record: Record, check: str) -> list[Stored[Revision]]:
    with record.read() as session:
        return revisions_of(session, check)


def refused_as_fixed(record: Record, check: str) -> None:
    head = record.head()
    with pytest.raises(Exception, match="signed or published stays"):
        undo(record, check, actor="an")
    assert record.head() == head


def test_an_edit_is_its_authors_to_take_back(newsroom: Desk, world: World) -> None:
    record, made = newsroom.record, begun(newsroom, written(world))
    save(record, made.check.id, written(world) + "More.\n", actor="giang")
    assert "giang's" in refused(record, lambda: undo(record, made.check.id, actor="an"))
    back = undo(record, actor="giang")
    assert text(record, back.revision) == written(world)
    # What is left is an's beginning.
    assert "an's" in refused(record, lambda: undo(record, made.check.id, actor="giang"))


def test_undo_finds_the_check_that_was_edited_last(newsroom: Desk, world: World) -> None:
    record = newsroom.record
    first, second = begun(newsroom, written(world)), begun(newsroom, written(world, title="Another"))
    save(record, second.check.id, written(world, title="Other"), actor="an")
    save(record, first.check.id, written(world) + "More.\n", actor="an")
    assert undo(record, actor="an").check.id == first.check.id
    assert texts(record, second.check.id)[-1] == written(world, title="Other")


SOURCES = st.text(
    st.sampled_from("ab \nế“”[^cite:x]-\t\u00a0\u0301#>") | st.characters(exclude_categories=["Cs"]), max_size=40
).map(lambda body: f"---\ntitle: T\n---\n{body}\n")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SOURCES | st.just("undo"), min_size=1, max_size=12))
def test_undo_restores_exactly_whatever_was_edited(newsroom: Desk, steps: list[str]) -> None:
    """A stack of texts: an edit puts one on it, taking back takes one off, and the head is always its top."""
    record = newsroom.record
    own = begun(newsroom, "---\ntitle: T\n---\n").check.id
    stack = ["---\ntitle: T\n---\n"]
    for step in steps:
        if step != "undo":
            if saved(save(record, own, step, actor="an")).changed:
                stack.append(step)
        elif len(stack) > 1:
            undo(record, own, actor="an")
            stack.pop()
        else:
            head = record.head()
            with pytest.raises(Exception, match="no edit here"):
                undo(record, own, actor="an")
            assert record.head() == head
        stands = now(record, own)
        assert text(record, stands.now.head) == stack[-1]
        read_draft(stack[-1])


def test_submitted_work_is_not_taken_back_unseen(newsroom: Desk, world: World) -> None:
    record, made = newsroom.record, begun(newsroom, written(world))
    save(record, made.check.id, written(world) + "More.\n", actor="an")
    submit(record, made.check.id, actor="an")
    refused(record, lambda: undo(record, made.check.id, actor="an"))
    refused(record, lambda: undo(record, actor="an"))
