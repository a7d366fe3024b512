"""Checks of a desk, verified: sound, damaged, and rewritten by somebody who makes every digest and hash anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.actions.desks_of_people import World, again, begun, now, published, written
from tests.queries.forged_checks import pinned
from tests.queries.forged_desks import forge

from factdesk.actions.checks import save
from factdesk.actions.keys import revoke_key
from factdesk.actions.redact import plan_redaction, redact
from factdesk.actions.workflow import correct
from factdesk.domain.keys import fingerprint
from factdesk.domain.statements import digest_of
from factdesk.domain.verification import Step
from factdesk.queries.bundle import write_bundle
from factdesk.queries.desk import Desk
from factdesk.queries.verify import How, verify_bundle, verify_desk, verify_subject
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign

Tamper = Callable[..., None]
WROTE = "It was signed by somebody who wrote a part of it."


def found(desk: Desk, how: How | None = None, check: str = "") -> list[Step]:
    asked = how or How(quick=True)
    return list(verify_subject(desk.record, check, asked) if check else verify_desk(desk.record, asked))


def told(steps: list[Step], *outcomes: str) -> set[tuple[str, str]]:
    """Names and reasons of the steps about checks that came out so."""
    return {
        (each.name, str(each.reason))
        for each in steps
        if each.outcome in outcomes
        and each.name in ("revision", "signature", "events", "record")
        and "--quick" not in str(each.reason)
    }


@pytest.fixture
def check(press_desk: Desk, press: World) -> str:
    """A check that was published and corrected."""
    own = published(press_desk, press).check.id
    correct(press_desk.record, own, "We left something out.", "minor", actor="an")
    again(press_desk, press, own)
    return own


def test_a_sound_check(press_desk: Desk, press: World, check: str) -> None:
    how = pinned(press.keys["binh"])
    for steps in (found(press_desk, how), found(press_desk, how, check)):
        assert told(steps, "fail", "not checked") == set()
        assert [each.subject for each in steps if each.name == "signature"] == [f"{check}@1", f"{check}@2"]
    assert "not pinned" in str(told(found(press_desk), "not checked"))


@pytest.mark.attack
@pytest.mark.parametrize("kind", ["person", "key", "claim", "check", "revision", "signoff", "publication"])
def test_what_cannot_be_read_fails_and_stops_nothing(press_desk: Desk, check: str, tamper: Tamper, kind: str) -> None:
    for content in ("x", "[]", '{"a":1}'):
        tamper(press_desk.config, f"UPDATE sealed SET content = '{content}' WHERE kind = '{kind}'")
        assert told(found(press_desk), "fail"), content
        found(press_desk, check=check)


def resigned(statement: dict[str, Any], key: PrivateKey) -> tuple[str, dict[str, str]]:
    """A statement with a signature of one's own over it."""
    content = json.dumps(statement, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = digest_of(content)
    return content, {"digest": digest, "public": key.public, "signature": sign(key, digest)}


def resign(desk: Desk, key: PrivateKey, person: str, change: Callable[[dict[str, Any]], Any] | None = None) -> None:
    """Change the statements of all publications, and sign them with a key under a name."""
    signed: dict[str, dict[str, str]] = {}

    def publication(content: dict[str, Any]) -> dict[str, Any]:
        statement = json.loads(content["statement"])
        if change is not None:
            change(statement)
        text, signed[content["signoff"]] = resigned(statement, key)
        return content | {"statement": text}

    forge(desk.config, "publication", publication)
    by_revision = iter(signed.values())
    forge(desk.config, "signoff", lambda content: content | {"person": person} | next(by_revision))


@pytest.mark.attack
def test_a_record_that_is_hashed_anew_holds_together(press_desk: Desk, check: str) -> None:
    # What the other tests break is what they mean to break.
    forge(press_desk.config, "check", lambda content: content)
    assert told(found(press_desk), "fail") == set()


@pytest.mark.attack
def test_the_author_signed_with_a_key_of_their_own(press_desk: Desk, press: World, check: str) -> None:
    resign(press_desk, press.keys["an"], "an", lambda statement: statement.update(writers=["x"], previous=""))
    assert ("revision", WROTE) in told(found(press_desk), "fail")


@pytest.mark.attack
def test_the_author_signed_with_a_key_of_their_own_under_another_name(
    press_desk: Desk, press: World, check: str
) -> None:
    resign(press_desk, press.keys["an"], "binh")
    assert ("signature", "The desk does not know the key as the signer's.") in told(found(press_desk), "fail")


@pytest.mark.attack
def test_a_key_that_the_desk_never_knew(press_desk: Desk, check: str) -> None:
    stranger = PrivateKey(b"a stranger's own key, unpinned..")
    resign(press_desk, stranger, "binh")
    assert ("signature", "The desk does not know the key as the signer's.") in told(
        found(press_desk, pinned(stranger)), "fail"
    )


@pytest.mark.attack
def test_a_key_that_was_given_up_before(press_desk: Desk, press: World, check: str) -> None:
    revoke_key(press_desk.record, fingerprint(press.keys["giang"].public), "lost", actor="giang")
    again_later = "2027-01-01T00:00:00.000000Z"
    resign(press_desk, press.keys["giang"], "giang")
    forge(press_desk.config, "signoff", lambda content: content | {"time": again_later})
    assert ("signature", "The key was given up before this was signed.") in told(found(press_desk), "fail")


def test_a_key_that_was_given_up_later_signed_well(press_desk: Desk, press: World, check: str) -> None:
    how = pinned(press.keys["binh"])
    revoke_key(press_desk.record, fingerprint(press.keys["binh"].public), "lost", actor="binh")
    assert told(found(press_desk, how), "fail", "not checked") == set()
    revoke_key(press_desk.record, fingerprint(press.keys["binh"].public), "compromised", actor="binh")
    assert "given up as compromised" in str(told(found(press_desk, how), "not checked"))


@pytest.mark.attack
@pytest.mark.parametrize(
    "change",
    [
        lambda statement: statement.update(previous="0" * 64) if statement["act"] == "correct" else None,
        lambda statement: statement["corrections"][:] and statement["corrections"][0].update(what="Nothing much."),
    ],
    ids=["another one before it", "another correction"],
)
def test_publications_that_do_not_follow_each_other(
    press_desk: Desk, press: World, check: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    # A third one repeats what the second said was wrong.
    correct(press_desk.record, check, "And something more.", "minor", actor="an")
    again(press_desk, press, check)

    def only_in_second(statement: dict[str, Any]) -> None:
        if len(statement["corrections"]) < 2:
            change(statement)

    resign(press_desk, press.keys["binh"], "binh", only_in_second)
    assert ("revision", "It does not follow the publication before it.") in told(found(press_desk), "fail")


@pytest.mark.attack
@pytest.mark.parametrize("left", ["submit", "sign", "correct"])
def test_a_step_that_was_left_out(press_desk: Desk, check: str, left: str) -> None:
    def skip(content: dict[str, Any]) -> dict[str, Any] | None:
        return content | {"action": "edit"} if content["action"] == left else None

    forge(press_desk.config, "check", skip)
    assert "It was not done as the workflow allows" in str(told(found(press_desk), "fail"))


@pytest.mark.attack
def test_a_publication_under_an_older_signoff(press_desk: Desk, check: str) -> None:
    first: list[str] = []

    def older(content: dict[str, Any]) -> dict[str, Any]:
        first.append(content["signoff"])
        return content | {"signoff": first[0]}

    forge(press_desk.config, "publication", older)
    assert {name for name, _ in told(found(press_desk), "fail")} == {"revision", "signature"}


@pytest.mark.attack
def test_a_revision_that_says_something_else_than_was_published(press_desk: Desk, check: str) -> None:
    forge(press_desk.config, "revision", lambda content: content | {"source": f"{content['source']}And more.\n"})
    said = ("revision", "What was published says something else than its own text: source.")
    assert said in told(found(press_desk), "fail")


@pytest.mark.attack
@pytest.mark.parametrize("letters", ["\0", "\ud800", "\u202e", "\u2028", "\r"], ids=ascii)
def test_odd_letters_are_signed_as_they_are_kept(press_desk: Desk, press: World, letters: str, tmp_path: Path) -> None:
    done = published(press_desk, press, written(press, ending=f"So it is{letters}."))
    assert told(found(press_desk, pinned(press.keys["binh"])), "fail", "not checked") == set()
    write_bundle(press_desk.record, [done.check.id], tmp_path / "k.wacz")
    steps = list(verify_bundle(tmp_path / "k.wacz", pinned(press.keys["binh"])))
    assert {each.outcome for each in steps if each.name in ("revision", "signature")} == {"pass"}


@pytest.mark.attack
@pytest.mark.parametrize("kind", ["capture", "citation"])
def test_evidence_that_is_another_than_was_signed(press_desk: Desk, check: str, kind: str) -> None:
    forge(press_desk.config, kind, lambda content: content | {"note": "mended"})
    assert "is not here as it was when this was signed" in str(told(found(press_desk), "fail"))


def test_what_was_redacted_since_is_not_checked(press_desk: Desk, press: World, check: str) -> None:
    how = pinned(press.keys["binh"])
    for subject in (f"citation:{press.cited}", f"capture:{press.fetched}"):
        redact(press_desk, plan_redaction(press_desk, subject, actor="dung"), why="A private name.", actor="dung")
        steps = found(press_desk, how)
        assert told(steps, "fail") == set()
        assert "was redacted since" in str(told(steps, "not checked"))


def test_a_revision_that_was_redacted_breaks_no_way(press_desk: Desk, press: World) -> None:
    draft = begun(press_desk, "---\ntitle: A secret\nlanguage: en\n---\nText.\n").check.id
    save(press_desk.record, draft, "---\ntitle: None\nlanguage: en\n---\nText.\n", actor="an")
    plan = plan_redaction(press_desk, f"check:{draft}@1", actor="dung")
    redact(press_desk, plan, why="A private name.", actor="dung")
    assert now(press_desk.record, draft).now.title == "None"
    assert told(found(press_desk), "fail") == set()
