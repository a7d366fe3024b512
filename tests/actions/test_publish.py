"""What readers get: exactly what was signed, never changed afterwards, and found by the desk's own match."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.actions.desks_of_people import (
    FOUND,
    SAID,
    World,
    again,
    begun,
    now,
    published,
    signed,
    written,
)
from tests.actions.test_people import refused

from factdesk.actions.checks import save
from factdesk.actions.imports import import_reviews
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, reopen, submit, withdraw
from factdesk.domain.own_reviews import SOURCE, own_id
from factdesk.domain.reviews import Review
from factdesk.domain.statements import Statement, statement_of
from factdesk.errors import ResourceError
from factdesk.queries.desk import Desk
from factdesk.queries.find_matches import find_matches
from factdesk.queries.verify_desk import verify_desk
from factdesk.queries.verify_held import How
from factdesk.store.chain import verify
from factdesk.store.checks import publications_of
from factdesk.store.record import Record
from factdesk.store.reviews import all_reviews

Rows = Callable[..., str]


def own_reviews(record: Record) -> list[Review]:
    """The desk's own reviews that stand."""
    with record.read() as session:
        return [review for _, review in all_reviews(session) if review.source == SOURCE]


def statements(record: Record, check: str) -> list[Statement]:
    with record.read() as session:
        return [statement_of(each.fact.statement) for each in publications_of(session, check)]


def contents(record: Record, check: str) -> list[str]:
    with record.read() as session:
        return [each.content for each in publications_of(session, check)]


def failures(desk: Desk, *, quick: bool = False) -> list[object]:
    with desk.record.read() as session:
        assert verify(session).broken is None
    return [step for step in verify_desk(desk.record, How(quick=quick)) if step.outcome == "fail"]


def test_what_was_signed_is_what_is_published(newsroom: Desk, world: World) -> None:
    approved = signed(newsroom, world, written(world))
    done = publish(newsroom, approved, actor="CHI")
    stands = now(newsroom.record, approved.id)
    assert stands == done.check
    assert (stands.now.standing.state, stands.now.signed, stands.now.public) == ("published", "", done.publication)
    assert done.fact.signoff == approved.now.signed
    (said,) = statements(newsroom.record, approved.id)
    assert said == done.statement
    assert (said.source, said.rating.key, said.act, done.fact.person) == (written(world), "false", "publish", "chi")
    assert failures(newsroom) == []


def test_who_signed_may_publish_and_who_wrote_too(newsroom: Desk, world: World) -> None:
    """Two people are needed, not three; the author may be the one who presses the button."""
    record = newsroom.record
    waits = submit(record, begun(newsroom, written(world, authors=["chi"]), "chi").check.id, actor="chi")
    approved = sign(newsroom, waits, world.keys["dung"], actor="dung").check
    assert publish(newsroom, approved, actor="chi").check.now.standing.state == "published"
    assert failures(newsroom) == []


@pytest.mark.parametrize("actor", ["an", "binh", "hoa", "em", "nobody"])
def test_who_may_not(newsroom: Desk, world: World, actor: str) -> None:
    approved = signed(newsroom, world, written(world))
    refused(newsroom.record, lambda: publish(newsroom, approved, actor=actor))


def test_it_is_not_published_twice(newsroom: Desk, world: World) -> None:
    approved = signed(newsroom, world, written(world))
    done = publish(newsroom, approved, actor="chi")
    # Once as somebody saw it before, once as it is.
    for seen in (approved, done.check):
        refused(newsroom.record, lambda seen=seen: publish(newsroom, seen, actor="chi"))  # type: ignore[misc]


def test_a_correction_says_what_was_wrong_and_keeps_what_was_published(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world)
    before = contents(record, done.check.id)
    correct(record, done.check.id, "It was not said plainly.", "substantial", actor="an")
    better = written(world, title="Carrots keep eyes well and give no night vision")
    save(record, done.check.id, better, actor="an")
    corrected = again(newsroom, world, done.check.id)
    assert corrected.check.now.standing.state == "corrected"
    assert contents(record, done.check.id)[:1] == before
    first, second = statements(record, done.check.id)
    assert (second.act, second.previous, second.source) == ("correct", first.digest, better)
    assert [(each.what, each.severity) for each in second.corrections] == [("It was not said plainly.", "substantial")]
    assert [review.title for review in own_reviews(record)] == ["Carrots keep eyes well and give no night vision"]
    correct(record, done.check.id, "A comma.", "minor", actor="an")
    third = again(newsroom, world, done.check.id).statement
    assert [each.what for each in third.corrections] == ["It was not said plainly.", "A comma."]
    assert failures(newsroom) == []


def test_an_edit_without_a_word_on_what_was_wrong_goes_nowhere(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    reopen(record, done.id, "A doubt.", actor="an")
    save(record, done.id, written(world) + "More.\n", actor="an")
    stands = now(record, done.id)
    assert "error was named" in refused(record, lambda: submit(record, done.id, actor="an"))
    assert "not said what was wrong" in refused(
        record, lambda: sign(newsroom, stands, world.keys["binh"], actor="binh")
    )
    assert "not said what was wrong" in refused(record, lambda: publish(newsroom, stands, actor="chi"))


def test_a_withdrawal_leaves_what_was_published_and_is_final(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    reopen(record, done.id, "A doubt.", actor="an")
    save(record, done.id, "---\ntitle: Unfinished\n---\nNothing yet.\n", actor="an")
    asked = withdraw(record, done.id, "Its main source was forged.", actor="chi")
    approved = sign(newsroom, asked, world.keys["binh"], actor="binh").check
    gone = publish(newsroom, approved, actor="chi")
    assert gone.check.now.standing.state == "withdrawn"
    first, last = statements(record, done.id)
    # It is about the text that readers had, whatever was written since.
    assert (last.act, last.why, last.revision, last.source) == (
        "withdraw",
        "Its main source was forged.",
        first.revision,
        first.source,
    )
    assert own_reviews(record) == []
    refused(record, lambda: reopen(record, done.id, "No.", actor="chi"))
    refused(record, lambda: save(record, done.id, written(world), actor="an"))
    assert failures(newsroom) == []


def test_a_check_whose_source_is_lost_can_be_withdrawn(
    newsroom: Desk, world: World, tamper: Callable[..., None]
) -> None:
    """What is wrong with it is a reason to withdraw it, not to leave it standing."""
    record, done = newsroom.record, published(newsroom, world).check
    tamper(newsroom.config, "UPDATE blobs SET data = X'00'")
    correct(record, done.id, "Its source is lost.", "serious", actor="an")
    waits = submit(record, done.id, actor="an")
    refused(record, lambda: sign(newsroom, waits, world.keys["binh"], actor="binh"))
    save(record, done.id, written(world) + "More.\n", actor="an")
    asked = withdraw(record, done.id, "Its source is lost.", actor="chi")
    approved = sign(newsroom, asked, world.keys["binh"], actor="binh").check
    assert publish(newsroom, approved, actor="chi").check.now.standing.state == "withdrawn"


def test_match_finds_it_at_once_and_loses_it_when_it_is_withdrawn(newsroom: Desk, world: World) -> None:
    newsroom._encoder = None
    assert matched(newsroom) == []
    done = published(newsroom, world)
    (found,) = matched(newsroom)
    assert (found.claim, found.rating.text, found.publisher.name) == (SAID, "False", "Test desk")
    asked = withdraw(newsroom.record, done.check.id, "It was wrong.", actor="chi")
    assert matched(newsroom) == [found]
    publish(newsroom, sign(newsroom, asked, world.keys["binh"], actor="binh").check, actor="chi")
    assert matched(newsroom) == []


def matched(desk: Desk) -> list[Review]:
    """What `match` finds of a question about the claim."""
    answer = find_matches(desk, "Do carrots let you see in the dark?")
    return [match.review for claim in answer.claims for match in claim.matches]


def test_claims_that_a_correction_drops_are_found_no_more(newsroom: Desk, world: World) -> None:
    from factdesk.actions.claims import add_claim

    record = newsroom.record
    place = now_place(newsroom, world)
    second = add_claim(record, "carrots lets you see", appearances=[place], actor="an").id
    done = published(newsroom, world, written(world, claims=[world.claim, second]))
    assert sorted(review.own_id for review in own_reviews(record)) == sorted(
        own_id(done.check.id, each) for each in (world.claim, second)
    )
    correct(record, done.check.id, "The second claim was another.", "minor", actor="an")
    save(record, done.check.id, written(world), actor="an")
    again(newsroom, world, done.check.id)
    assert [review.own_id for review in own_reviews(record)] == [own_id(done.check.id, world.claim)]


def now_place(desk: Desk, world: World) -> str:
    """The capture where the claim was made."""
    from factdesk.store.claims import claims_by_id

    with desk.record.read() as session:
        return claims_by_id(session, [world.claim])[world.claim].claim.appearances[0].capture


def test_without_an_encoder_it_is_published_all_the_same(
    newsroom: Desk, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    approved = signed(newsroom, world, written(world))
    newsroom.tell = told.append

    def missing(_desk: Desk) -> None:
        raise ResourceError("There is no model.")

    monkeypatch.setattr(Desk, "encoder", property(missing))
    assert publish(newsroom, approved, actor="chi").check.now.standing.state == "published"
    assert len(told) == 1
    assert [review.claim for review in own_reviews(newsroom.record)] == [SAID]


@pytest.mark.attack
def test_no_import_speaks_for_the_desk(newsroom: Desk, world: World, write_rows: Rows) -> None:
    """A row that names the desk's own review by its source and id, in every way in which a source can be named."""
    newsroom._encoder = None
    done = published(newsroom, world)
    before = own_reviews(newsroom.record)
    own = own_id(done.check.id, world.claim)
    row = {"id": own, "text": f"{SAID}: true!", "rating": "True"}
    for fields, name in (
        ({}, SOURCE),
        ({"source": SOURCE}, ""),
        ({"source": SOURCE}, SOURCE),
        ({"publisher": SOURCE}, ""),
        ({"publisher": {"name": SOURCE}}, SOURCE),
    ):
        counts = import_reviews(newsroom, write_rows({**row, **fields}), source_name=name).counts
        assert counts.read == 1
        assert own_reviews(newsroom.record) == before
    assert failures(newsroom) == []


def test_a_quotation_is_verified_again_when_it_is_published(newsroom: Desk, world: World) -> None:
    """The statement names what is quoted, and from which capture, by its seal."""
    said = published(newsroom, world).statement
    (cited,) = said.citations
    assert (cited.id, cited.quotation) == (world.cited, FOUND)
    assert cited.capture in {capture.seal for capture in said.captures if not capture.supplied}
