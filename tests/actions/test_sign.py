"""Another person's approval: of exactly what it says, with the person's own key, and gone with the next change."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.actions.desks_of_people import (
    FOUND,
    SUPPLIED,
    World,
    begun,
    cited,
    now,
    published,
    signed,
    submitted,
    written,
)
from tests.actions.test_people import refused

from factdesk.actions.checks import save, undo
from factdesk.actions.claims import edit_claim
from factdesk.actions.keys import proof_digest, register_key, revoke_key
from factdesk.actions.people import disable_person, set_role
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, send_back, submit, withdraw
from factdesk.domain.checks import SignOff
from factdesk.domain.keys import fingerprint
from factdesk.domain.statements import digest_of
from factdesk.queries.desk import Desk
from factdesk.queries.publishable import readiness
from factdesk.signing.keys import PrivateKey, new_key
from factdesk.signing.sign import is_signed
from factdesk.signing.sign import sign as signature_of
from factdesk.store.captures import captures_by_id
from factdesk.store.checks import StoredCheck, get_signoff

Tamper = Callable[..., None]


def refused_sign(desk: Desk, check: StoredCheck, key: PrivateKey, actor: str) -> str:
    return refused(desk.record, lambda: sign(desk, check, key, actor=actor))


def test_a_sign_off_is_on_the_whole_statement(newsroom: Desk, world: World) -> None:
    done = sign(newsroom, submitted(newsroom, written(world)), world.keys["binh"], actor="BINH")
    with newsroom.record.read() as session:
        kept = get_signoff(session, done.signoff)
    assert kept is not None
    assert kept.fact == done.fact
    assert isinstance(kept.fact, SignOff)
    stands = now(newsroom.record, done.check.id)
    ready = readiness(newsroom, stands)
    assert done.fact.digest == digest_of(ready.statement.content())
    assert is_signed(world.keys["binh"].public, done.fact.digest, done.fact.signature)
    assert (stands.now.standing.state, stands.now.signed, done.fact.person) == ("signed", done.signoff, "binh")
    said = json.loads(ready.statement.content())
    assert FOUND in said["citations"][0]["quotation"]
    assert (said["writers"], said["revision"]) == (["an"], stands.now.head)


CONDITIONS: dict[str, tuple[str, Callable[[World], str]]] = {
    "names no claim": ("It names no claim", lambda w: written(w, claims=[])),
    "no rating": ("no rating of the desk's scale", lambda w: written(w, rating='""')),
    "a rating of another scale": ("no rating of the desk's scale", lambda w: written(w, rating="pants-on-fire")),
    "an opinion, rated": ("of the kind opinion is not rated", lambda w: written(w, claims=[w.opinion])),
    "not checkable, and no reason": ("not said why", lambda w: written(w, rating="not-checkable")),
    "not checkable, not citing its appearance": (
        "does not cite the appearance",
        lambda w: written(w, rating="not-checkable", fields="reason: Nobody measured it.\n"),
    ),
    "cites nothing": ("It cites nothing", lambda w: written(w, evidence="Everybody knows that.")),
    "an unknown citation": ("It cites nothing", lambda w: written(w, evidence=f"It says: “{FOUND}”[^cite:{w.claim}].")),
    "supplied sources alone": (
        "All its sources were supplied",
        lambda w: written(w, evidence=f"It says: “{SUPPLIED}”[^cite:{w.supplied}]."),
    ),
    "a quotation that its citation does not say": (
        "lint shows it",
        lambda w: written(w, evidence=f"It says: “Carrots let nobody see anything”[^cite:{w.cited}]."),
    ),
    "a quotation that nothing is cited for": (
        "lint shows it",
        lambda w: written(w, ending="A doctor said: “No amount of carrots will ever do that for anybody”."),
    ),
    "an error of lint": ("Lint finds", lambda w: written(w, ending="{{What stays true}}")),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_what_is_not_fit_to_be_published_is_not_signed(newsroom: Desk, world: World, name: str) -> None:
    said, source = CONDITIONS[name]
    waits = submitted(newsroom, source(world))
    assert said in refused_sign(newsroom, waits, world.keys["binh"], "binh")
    assert said in refused(newsroom.record, lambda: publish(newsroom, waits, actor="chi"))
    assert now(newsroom.record, waits.id) == waits


def test_a_waiver_sets_no_condition_aside(newsroom: Desk, world: World) -> None:
    codes = "FD204 FD205 FD212"
    waived = "".join(f"<!-- lint: {code} – because we say so -->\n\n" for code in codes.split())
    waits = submitted(
        newsroom, written(world, evidence=f"{waived}It says: “Carrots let nobody see anything”[^cite:{world.cited}].")
    )
    refused_sign(newsroom, waits, world.keys["binh"], "binh")


def test_a_reasoned_not_checkable_that_cites_where_it_was_said(newsroom: Desk, world: World) -> None:
    source = written(
        world,
        title="Taste is a matter of opinion",
        claims=[world.opinion],
        rating="not-checkable",
        fields="reason: Taste is a matter of opinion.\n",
        evidence=f"The post says: “Eating carrots lets you see in the dark”[^cite:{world.seen}].",
    )
    done = published(newsroom, world, source)
    assert (done.statement.rating.key, done.statement.rating.value) == ("not-checkable", 0)
    assert done.statement.rating.reason == "Taste is a matter of opinion."


AUTHORS = ["binh", "Binh", "Bình Trần", "BÌNH TRẦN", "Bi\u0300nh Tra\u0302\u0300n", "Bình  Trần", " Bình\u00a0Trần "]


@pytest.mark.attack
@pytest.mark.parametrize("name", AUTHORS)
def test_an_author_by_any_spelling_does_not_sign(newsroom: Desk, world: World, name: str) -> None:
    waits = submitted(newsroom, written(world, authors=("An Nguyễn", f'"{name}"')))
    assert "wrote a part" in refused_sign(newsroom, waits, world.keys["binh"], "binh")
    assert sign(newsroom, waits, world.keys["giang"], actor="giang").fact.person == "giang"


@pytest.mark.attack
@pytest.mark.parametrize("alias", ["binh", "BINH", " Binh "])
def test_whoever_wrote_a_part_does_not_sign(newsroom: Desk, world: World, alias: str) -> None:
    """An edit, one that was taken back, a change of the claim, a citation: each is a part."""
    record, key = newsroom.record, world.keys["binh"]
    edited = begun(newsroom, written(world)).check.id
    save(record, edited, written(world) + "More.\n", actor=alias)
    undone = begun(newsroom, written(world)).check.id
    save(record, undone, written(world) + "More.\n", actor=alias)
    undo(record, undone, actor=alias)
    mark = cited(newsroom, world.fetched, "Eating more carrots", world.claim, alias)
    quoting = begun(newsroom, written(world, ending=f"It says: “Eating more carrots”[^cite:{mark}].")).check.id
    for own in (edited, undone, quoting):
        assert "wrote a part" in refused_sign(newsroom, submit(record, own, actor="an"), key, "binh")
    clean = submitted(newsroom, written(world))
    edit_claim(record, world.claim, topics=["eyes"], actor=alias)
    assert "wrote a part" in refused_sign(newsroom, clean, key, "binh")


def test_roles_and_people_that_may_not(newsroom: Desk, world: World) -> None:
    waits = submitted(newsroom, written(world))
    for actor in ("an", "em", "nobody"):
        refused_sign(newsroom, waits, world.keys.get(actor, world.keys["binh"]), actor)


@pytest.mark.attack
def test_the_key_must_be_ones_own_and_in_use(newsroom: Desk, world: World) -> None:
    record, waits = newsroom.record, submitted(newsroom, written(world))
    assert "does not know this key" in refused_sign(newsroom, waits, new_key(), "binh")
    assert "does not know this key" in refused_sign(newsroom, waits, world.keys["giang"], "binh")
    assert "does not know this key" in refused_sign(newsroom, waits, world.keys["binh"], "hoa")
    revoke_key(record, fingerprint(world.keys["binh"].public), "lost", actor="binh")
    assert "given up" in refused_sign(newsroom, waits, world.keys["binh"], "binh")
    other = new_key()
    register_key(record, other.public, signature_of(other, proof_digest("binh", other.public)), actor="binh")
    assert sign(newsroom, waits, other, actor="binh").fact.public == other.public


def test_a_check_that_somebody_changed_meanwhile_is_not_signed(newsroom: Desk, world: World) -> None:
    record, waits = newsroom.record, submitted(newsroom, written(world))
    save(record, waits.id, written(world) + "More.\n", actor="an")
    submit(record, waits.id, actor="an")
    assert "meantime" in refused_sign(newsroom, waits, world.keys["binh"], "binh")


def test_an_edit_voids_it(newsroom: Desk, world: World) -> None:
    record, approved = newsroom.record, signed(newsroom, world, written(world))
    save(record, approved.id, written(world) + "More.\n", actor="an")
    assert "somebody else signed" in refused(record, lambda: publish(newsroom, now(record, approved.id), actor="chi"))
    # Nor does the same text bring it back.
    undo(record, approved.id, actor="an")
    waits = submit(record, approved.id, actor="an")
    assert now(record, approved.id).now.signed == ""
    refused(record, lambda: publish(newsroom, waits, actor="chi"))


def test_returning_voids_it(newsroom: Desk, world: World) -> None:
    record, approved = newsroom.record, signed(newsroom, world, written(world))
    send_back(record, approved.id, "Once more.", actor="giang")
    waits = submit(record, approved.id, actor="an")
    assert waits.now.signed == ""
    refused(record, lambda: publish(newsroom, waits, actor="chi"))


@pytest.mark.parametrize("what", ["claim", "key", "person", "role"])
def test_a_sign_off_on_what_has_changed_since_publishes_nothing(newsroom: Desk, world: World, what: str) -> None:
    record, approved = newsroom.record, signed(newsroom, world, written(world))
    said = {
        "claim": "What was signed has changed since",
        "key": "given up since",
        "person": "does not work at this desk",
        "role": "role does not suffice",
    }[what]
    if what == "claim":
        edit_claim(record, world.claim, topics=["eyes"], actor="giang")
    elif what == "key":
        revoke_key(record, fingerprint(world.keys["binh"].public), "compromised", actor="dung")
    elif what == "person":
        disable_person(record, "binh", actor="dung")
    else:
        set_role(record, "binh", "contributor", actor="dung")
    assert said in refused(record, lambda: publish(newsroom, approved, actor="chi"))


@pytest.mark.parametrize("lost", ["bytes", "text", "citation"])
def test_evidence_lost_since_publishes_nothing(newsroom: Desk, world: World, tamper: Tamper, lost: str) -> None:
    approved = signed(newsroom, world, written(world))
    with newsroom.record.read() as session:
        capture = captures_by_id(session, [world.fetched])[world.fetched].capture
    tamper(
        newsroom.config,
        {
            "bytes": f"UPDATE blobs SET data = X'00' WHERE digest = '{capture.digest}'",
            "text": f"UPDATE blobs SET data = X'00' WHERE digest = '{capture.text_digest}'",
            "citation": f"UPDATE sealed SET content = replace(content, 'more', 'less') WHERE id = '{world.cited}'",
        }[lost],
    )
    refused(newsroom.record, lambda: publish(newsroom, approved, actor="chi"))
    assert now(newsroom.record, approved.id) == approved


@pytest.mark.attack
def test_a_sign_off_slipped_into_the_record_publishes_nothing(newsroom: Desk, world: World, tamper: Tamper) -> None:
    """Somebody with the database at hand, and no reviewer's key, makes a sign-off theirs."""
    approved = signed(newsroom, world, written(world))
    with newsroom.record.read() as session:
        kept = get_signoff(session, approved.now.signed)
    assert kept is not None
    mine = world.keys["an"]
    forged = kept.content.replace(kept.fact.public, mine.public).replace(
        kept.fact.signature, signature_of(mine, kept.fact.digest)
    )
    tamper(newsroom.config, f"UPDATE sealed SET content = '{forged}' WHERE id = '{kept.id}'")
    assert "does not know the key" in refused(newsroom.record, lambda: publish(newsroom, approved, actor="chi"))


def test_a_withdrawal_and_a_correction_are_signed_too(newsroom: Desk, world: World) -> None:
    record, done = newsroom.record, published(newsroom, world).check
    asked = withdraw(record, done.id, "Its source was forged.", actor="chi")
    assert "wrote a part" in refused_sign(newsroom, asked, world.keys["chi"], "chi")
    refused(record, lambda: publish(newsroom, asked, actor="chi"))
    send_back(record, done.id, "No.", actor="binh")
    correct(record, done.id, "A slip.", "minor", actor="giang")
    waits = submit(record, done.id, actor="an")
    assert "wrote a part" in refused_sign(newsroom, waits, world.keys["giang"], "giang")
    assert sign(newsroom, waits, world.keys["binh"], actor="binh").check.now.standing.act == "correct"
