"""What a desk keeps of a claim, and of whom: every refusal writes nothing, every change names who made it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.actions.desks_of_people import SAID, World
from tests.actions.test_people import refused

from factdesk.actions.claims import add_claim, edit_claim
from factdesk.domain.claims import ClaimAppearance
from factdesk.domain.reviews import Claimant
from factdesk.errors import InputError, NotFoundError, RefusedError
from factdesk.queries.desk import Desk
from factdesk.store.chain import verify
from factdesk.store.claims import StoredClaim, claims_by_id
from factdesk.store.events import read_events
from factdesk.store.record import Record


def kept(record: Record, own: str) -> StoredClaim:
    with record.read() as session:
        return claims_by_id(session, [own])[own]


def test_a_claim_as_it_is_kept(newsroom: Desk) -> None:
    made = add_claim(
        newsroom.record,
        "  The  bridge is\n120 m long ",
        claimant=" Office of  Bridges ",
        claimant_kind="organisation",
        same_as=["https://office.example/", "https://office.example/"],
        appearances=["https://office.example/news", " https://office.example/news ", " "],
        topics=["Bridges", " Bridges ", ""],
        date="20260131",
        actor="AN",
    )
    claim = kept(newsroom.record, made.id).claim
    assert claim == made.claim
    assert (claim.text, claim.language, claim.kind) == ("The bridge is 120 m long", "en", "checkable")
    assert claim.claimant == Claimant("Office of Bridges", "organisation", ("https://office.example/",))
    assert claim.appearances == (ClaimAppearance("https://office.example/news"),)
    assert (claim.topics, claim.date) == (("Bridges",), "2026-01-31")
    with newsroom.record.read() as session:
        assert list(read_events(session))[-1].actor == "an"
        assert verify(session).broken is None


def test_an_appearance_is_bound_to_its_capture(newsroom: Desk, world: World) -> None:
    (place,) = kept(newsroom.record, world.claim).claim.appearances
    assert place.capture
    by_address = add_claim(newsroom.record, SAID, appearances=[place.url], actor="an").claim
    assert by_address.appearances == (place,)


def test_an_edit_keeps_the_rest_and_adds_places(newsroom: Desk, world: World) -> None:
    before = kept(newsroom.record, world.claim)
    edited = edit_claim(
        newsroom.record, world.claim, text="Carrots let you see", appearances=["https://x.example/"], actor="giang"
    )
    assert edited.version == before.version + 1
    assert (edited.claim.text, edited.claim.topics) == ("Carrots let you see", ("health",))
    assert edited.claim.appearances == (*before.claim.appearances, ClaimAppearance("https://x.example/"))
    head = newsroom.record.head()
    assert edit_claim(newsroom.record, world.claim, text="Carrots let you see", actor="an").version == edited.version
    assert newsroom.record.head() == head


def test_a_bare_address_gives_way_to_its_capture(newsroom: Desk, world: World) -> None:
    (place,) = kept(newsroom.record, world.claim).claim.appearances
    edit_claim(newsroom.record, world.unseen, appearances=["https://x.example/"], actor="an")
    edited = edit_claim(newsroom.record, world.unseen, appearances=[place.capture], actor="an").claim
    assert edited.appearances == (ClaimAppearance("https://x.example/"), place)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "rumour"},
        {"date": "yesterday"},
        {"date": "2026-02-30"},
        {"claimant": "A neighbour", "claimant_kind": "private person"},
        {"claimant": "A neighbour"},
        {"claimant": "Office", "claimant_kind": "organisation", "same_as": ["javascript:alert(1)"]},
        {"claimant": "Office", "claimant_kind": "organisation", "same_as": ["http://[::1"]},
        {"appearances": ["http://[::1"]},
        {"appearances": ["http://"]},
        {"appearances": ["file:///etc/passwd"]},
        {"appearances": ["javascript://alert(1)"]},
    ],
)
def test_what_is_not_kept_of_a_claim(newsroom: Desk, world: World, fields: dict[str, object]) -> None:
    head = newsroom.record.head()
    acts: list[Callable[[], object]] = [
        lambda: add_claim(newsroom.record, SAID, actor="an", **fields),  # type: ignore[arg-type]
        lambda: edit_claim(newsroom.record, world.claim, actor="an", **fields),  # type: ignore[arg-type]
    ]
    for act in acts:
        with pytest.raises((InputError, RefusedError)):
            act()
        assert newsroom.record.head() == head


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001])
def test_a_claim_is_one_statement(newsroom: Desk, world: World, text: str) -> None:
    head = newsroom.record.head()
    acts: list[Callable[[], object]] = [
        lambda: add_claim(newsroom.record, text, actor="an"),
        lambda: edit_claim(newsroom.record, world.claim, text=text, actor="an"),
    ]
    for act in acts:
        with pytest.raises(InputError):
            act()
    assert newsroom.record.head() == head


def test_what_a_database_cannot_keep_is_left_out(newsroom: Desk, world: World) -> None:
    for text, words in (("Half a \ud83e here", "Half a ? here"), ("A nothing\x00 here", "A nothing here")):
        made = add_claim(newsroom.record, text, actor="an")
        assert kept(newsroom.record, made.id).claim == made.claim
        assert made.claim.text == words
        edit_claim(newsroom.record, world.claim, text=text, actor="an")
        assert kept(newsroom.record, world.claim).claim.text == words
        with newsroom.record.read() as session:
            assert verify(session).broken is None


@pytest.mark.parametrize("actor", ["em", "nobody", "", "an "])
def test_who_may(newsroom: Desk, world: World, actor: str) -> None:
    if actor == "an ":
        assert edit_claim(newsroom.record, world.claim, text="Carrots", actor=actor).claim.text == "Carrots"
        return
    refused(newsroom.record, lambda: add_claim(newsroom.record, SAID, actor=actor))
    refused(newsroom.record, lambda: edit_claim(newsroom.record, world.claim, text="Carrots", actor=actor))


def test_a_claim_that_is_not_there(newsroom: Desk) -> None:
    refused(newsroom.record, lambda: edit_claim(newsroom.record, "0" * 36, text="Carrots", actor="an"), NotFoundError)
    with pytest.raises(NotFoundError):
        add_claim(newsroom.record, SAID, appearances=["no-capture"], actor="an")
