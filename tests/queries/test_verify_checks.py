"""Published checks in a bundle that somebody forged, having its file and every digest, but no key of a reviewer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.actions.desks_of_people import (
    FOUND,
    World,
    again,
    clock_from,
    copied,
    opened,
    published,
)
from tests.actions.desks_of_people import (
    written as source_of,
)
from tests.queries.forged_checks import (
    changed,
    failed,
    leaves,
    manifest_for,
    packed,
    pinned,
    resealed,
    statement_in,
    steps,
    with_statement,
    written,
)

from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.capture.wacz_manifest import Manifest, citation_of
from factdesk.domain.checks import publication_from, signoff_from
from factdesk.domain.statements import digest_of, statement_of
from factdesk.queries.desk import Desk
from factdesk.queries.verify import How
from factdesk.queries.verify_checks import publication_steps
from factdesk.queries.verify_stated import HeldSeals, wrong_statement
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import LOW_ORDER

STRANGER = PrivateKey(b"a stranger's own key, unpinned..")


@pytest.fixture(scope="module")
def forger(press: World, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A desk with one published check, and the manifest of its bundle."""
    with opened(copied(press, tmp_path_factory.mktemp("forger") / "desk"), clock_from(2)) as desk:
        done = published(desk, press)
        yield desk, manifest_for(desk, done.check.id)


@pytest.fixture
def desk(forger: tuple[Desk, Manifest]) -> Desk:
    return forger[0]


@pytest.fixture
def sound(forger: tuple[Desk, Manifest]) -> Manifest:
    return forger[1]


@pytest.fixture
def reader(press: World) -> How:
    return pinned(press.keys["binh"])


def outcome(data: bytes, how: How, name: str) -> tuple[str, str]:
    (found,) = (each for each in steps(data, how) if each.name == name)
    return found.outcome, str(found.reason)


def test_a_sound_check(desk: Desk, sound: Manifest, reader: How) -> None:
    data = packed(desk, sound)
    assert failed(data, reader) == {}
    assert outcome(data, reader, "revision")[0] == "pass"
    assert outcome(data, reader, "signature") == (
        "pass",
        "By Reviewer 0, whose key you pinned. That proves two keys, not two people.",
    )


def test_a_key_that_nobody_pinned_is_not_checked_and_never_passes(desk: Desk, sound: Manifest, press: World) -> None:
    for how in (How(quick=True), pinned(press.keys["giang"]), pinned(STRANGER)):
        said, why = outcome(packed(desk, sound), how, "signature")
        assert said == "not checked"
        assert "binh is not pinned" in why


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value}x"
    return value[1:] or ["x"] if isinstance(value, list) else value + 1


@pytest.mark.attack
def test_any_changed_field_is_found_with_the_check(desk: Desk, sound: Manifest, reader: How) -> None:
    statement = statement_in(sound)
    places = leaves(statement)
    assert len(places) > 50
    for place in places:
        forged = changed(statement, place, other)
        for manifest in (
            with_statement(sound, forged),
            # The digest made anew, which the signature is not over.
            with_statement(sound, forged, digest=digest_of(written(forged))),
        ):
            found = [each for each in steps(packed(desk, manifest), reader) if each.outcome == "fail"]
            assert {each.name for each in found} & {"revision", "signature"}, place
            assert all(each.subject.startswith(statement["check"]) or "x@1" in each.subject for each in found), place


def _put(value: Any) -> Callable[[Any], Any]:
    return lambda _: value


VALUES: tuple[Any, ...] = (
    1,
    None,
    [],
    {},
    [1],
    [[]],
    [{}],
    {"a": 1},
    True,
    1.5,
    float("nan"),
    "\ud800",
    ["\ud800"],
    10**30,
    "\0",
)


@pytest.mark.attack
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_statement_of_anything_at_all_ends_no_verification(sound: Manifest, value: Any, press: World) -> None:
    statement = statement_in(sound)
    for place in leaves(statement):
        forged = changed(statement, place, _put(value))
        if repr(forged) == repr(statement):
            continue
        manifest = with_statement(sound, forged, press.keys["binh"])
        publication = publication_from(json.loads(manifest.publications[0].content))
        signoff = signoff_from(json.loads(manifest.signoffs[0].content))
        found = list(publication_steps("k", publication, signoff, HeldSeals(), {}))
        assert [each.outcome for each in found if each.name == "revision"] == ["fail"], place
        assert "pass" not in {each.outcome for each in found}, place


@pytest.mark.attack
def test_half_a_letter_in_a_bundle_is_no_reason_to_stop(desk: Desk, sound: Manifest, reader: How, press: World) -> None:
    forged = changed(statement_in(sound), ("desk",), _put("\ud800"))
    found = steps(packed(desk, with_statement(sound, forged, press.keys["binh"])), reader)
    assert "fail" in {each.outcome for each in found}
    assert "signature" not in {each.name for each in found}


RAW: dict[str, Callable[[str], str]] = {
    "a field twice": lambda text: text.replace('"title":', '"title":"Another","title":', 1),
    "a field more": lambda text: text.replace('{"act":', '{"a":1,"act":', 1),
    "spaces": lambda text: text.replace('"act":', '"act": ', 1),
    "another order": lambda text: written(dict(reversed(json.loads(text).items()))).replace("{", "{ ", 1),
    "escapes": lambda text: text.replace("Carrots", "\\u0043arrots", 1),
    "another format": lambda text: text.replace("factdesk-statement", "factdesk-statemeńt", 1),
    "true for 1": lambda text: text.replace('"version":1', '"version":true', 1),
    "a float for 1": lambda text: text.replace('"version":1', '"version":1.0', 1),
    "nothing": lambda text: "{}",
    "a list": lambda text: f"[{text}]",
    "nested": lambda text: "[" * 100_000,
    "a long number": lambda text: text.replace('"best":5', f'"best":{"9" * 5000}', 1),
}


@pytest.mark.attack
@pytest.mark.parametrize("change", RAW.values(), ids=RAW)
def test_a_statement_is_read_as_it_is_written_or_not_at_all(
    desk: Desk, sound: Manifest, reader: How, change: Callable[[str], str], press: World
) -> None:
    before = json.loads(sound.publications[0].content)["statement"]
    after = change(before)
    assert after != before
    data = packed(desk, with_statement(sound, after, press.keys["binh"]))
    assert failed(data, reader).get("revision") == "What was published cannot be read."


LIES: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "where a source stands": (("captures", 0, "url"), "https://who.example/"),
    "when it was captured": (("captures", 0, "time"), "2020-01-01T00:00:00.000000Z"),
    "its title": (("captures", 0, "title"), "World Health Report"),
    "its bytes": (("captures", 0, "digest"), "0" * 64),
    "its text": (("captures", 0, "text_digest"), "0" * 64),
    "who got it": (("captures", 0, "supplied"), True),
    "the stance": (("citations", 0, "stance"), "supports"),
    "the quotation": (("citations", 0, "quotation"), "Carrots do let people see in the dark"),
    "what is quoted": (("citations", 0, "capture"), "0" * 64),
    "an appearance that is not there": (("claims", 0, "appearances", 0, "capture"), "0" * 64),
    "an opinion, rated": (("claims", 0, "kind"), "opinion"),
    "a private claimant": (("claims", 0, "claimant"), "A Neighbour"),
    "off the scale": (("rating", "value"), 9),
    "a rating without words": (("rating", "name"), ""),
    "a reason for what is rated": (("rating", "reason"), "because"),
    "a first publication that follows another": (("previous",), "0" * 64),
    "a first publication that withdraws": (("why",), "It was wrong."),
    "a correction that corrects nothing": (("act",), "correct"),
    "a withdrawal without a reason": (("act",), "withdraw"),
    "the title": (("title",), "Carrots give night vision"),
    "no captures": (("captures",), []),
    "no citations": (("citations",), []),
}


@pytest.mark.attack
@pytest.mark.parametrize(("place", "value"), LIES.values(), ids=LIES)
def test_a_good_signature_makes_nothing_true(
    desk: Desk, sound: Manifest, reader: How, press: World, place: tuple[str | int, ...], value: Any
) -> None:
    # The reviewer signed it: what they signed is not so.
    forged = changed(statement_in(sound), place, _put(value))
    found = failed(packed(desk, with_statement(sound, forged, press.keys["binh"])), reader)
    assert set(found) == {"revision"}


@pytest.mark.attack
def test_the_appearance_of_a_claim_is_no_evidence_for_a_rating(
    desk: Desk, sound: Manifest, reader: How, press: World
) -> None:
    statement = statement_in(sound)
    fact = next(each for each in statement["captures"] if each["seal"] == statement["citations"][0]["capture"])
    place = {"url": fact["url"], "capture": ""}
    forged = changed(statement, ("claims", 0, "appearances"), lambda before: [*before, place])
    found = failed(packed(desk, with_statement(sound, forged, press.keys["binh"])), reader)
    assert found == {"revision": "It is rated, and cites nothing that the desk captured itself."}


SIGNOFFS: dict[str, tuple[dict[str, str], str]] = {
    "another person's name": ({"person": "an"}, "It was signed by somebody who wrote a part of it."),
    "the author's name, shouted": ({"person": "AN NGUYỄN"}, "It was signed by somebody who wrote a part of it."),
    "another check": ({"check": "another"}, "The sign-off is on another revision."),
    "another revision": ({"revision": "another"}, "The sign-off is on another revision."),
    "another digest": ({"digest": "0" * 64}, "What was signed has changed since"),
    "another signature": ({"signature": "0" * 128}, "The signature is not that key's over this."),
    "no signature": ({"signature": "x"}, "The signature is not that key's over this."),
    "another key": ({"public": STRANGER.public}, "The signature is not that key's over this."),
}


@pytest.mark.attack
@pytest.mark.parametrize(("fields", "why"), SIGNOFFS.values(), ids=SIGNOFFS)
def test_a_changed_signoff(desk: Desk, sound: Manifest, reader: How, fields: dict[str, str], why: str) -> None:
    found = failed(packed(desk, with_statement(sound, statement_in(sound), None, **fields)), reader)
    assert found["signature"].startswith(why)


@pytest.mark.attack
@pytest.mark.parametrize("point", sorted(LOW_ORDER))
def test_a_key_under_which_every_signature_fits(desk: Desk, sound: Manifest, reader: How, point: int) -> None:
    for sign_of_x in (0, 1 << 255):
        public = (point | sign_of_x).to_bytes(32, "little").hex()
        signature = public + "0" * 64
        data = packed(desk, with_statement(sound, statement_in(sound), public=public, signature=signature))
        assert failed(data, reader)["signature"] == "The signature is not that key's over this."


@pytest.mark.attack
def test_a_dropped_signoff(desk: Desk, sound: Manifest, reader: How) -> None:
    assert failed(packed(desk, replace(sound, signoffs=())), reader)["signature"] == "Nobody signed it."


@pytest.mark.attack
def test_whoever_wrote_it_signs_under_anothers_name(desk: Desk, sound: Manifest, press: World) -> None:
    # The name in a sign-off is not signed. A reader who knows whose key it is sees it all the same.
    own = with_statement(sound, statement_in(sound), press.keys["an"], person="binh")
    how = replace(pinned(press.keys["an"]), pins=dict.fromkeys(pinned(press.keys["an"]).pins, "an nguyễn"))
    assert failed(packed(desk, own), how)["signature"] == "It was signed by somebody who wrote a part of it."


@pytest.mark.attack
def test_publications_change_places(press: World, tmp_path: Any, reader: How) -> None:
    with opened(copied(press, tmp_path / "desk"), clock_from(3)) as desk:
        one = published(desk, press)
        two = published(desk, press, source_of(press, title="Vitamin A keeps eyes healthy, no more"))
        both = manifest_for(desk, one.check.id, two.check.id)
        first, second = (json.loads(each.content) for each in both.publications)
        for name in ("check", "signoff", "statement"):
            swapped = (
                resealed(both.publications[0], written(first | {name: second[name]})),
                resealed(both.publications[1], written(second | {name: first[name]})),
            )
            assert failed(packed(desk, replace(both, publications=swapped)), reader), name
        assert failed(packed(desk, both), reader) == {}


@pytest.mark.attack
def test_a_source_that_takes_long_to_read_is_given_up(desk: Desk, sound: Manifest, reader: How, press: World) -> None:
    statement = statement_in(sound)
    citation = statement["citations"][0]
    many = f"“{FOUND}”[^cite:{citation['mark']}] " * 12_000
    for source in ("x" * 2_000_001, "---\n" + "[" * 5000 + "\n---\n", statement["source"] + many):
        data = packed(desk, with_statement(sound, statement | {"source": source}, press.keys["binh"]))
        assert set(failed(data, reader)) <= {"revision"}


def test_a_correction_and_a_withdrawal_verify_too(press: World, tmp_path: Any, reader: How) -> None:
    with opened(copied(press, tmp_path / "desk"), clock_from(4)) as desk:
        own = published(desk, press).check.id
        correct(desk.record, own, "We left something out.", "minor", actor="an")
        again(desk, press, own)
        assert failed(packed(desk, manifest_for(desk, own)), reader) == {}
        waits = withdraw(desk.record, own, "It does not hold.", actor="chi")
        publish(desk, sign(desk, waits, press.keys["binh"], actor="binh").check, actor="chi")
        assert statement_in(manifest_for(desk, own))["act"] == "withdraw"
        assert failed(packed(desk, manifest_for(desk, own)), reader) == {}


@pytest.mark.attack
def test_more_quotations_than_can_be_compared_are_given_up(sound: Manifest) -> None:
    statement = statement_of(written(statement_in(sound)))
    (stated,) = statement.citations
    many = replace(statement, source=statement.source + f"\n\n“{FOUND}”[^cite:{stated.mark}]\n" * 2_000)
    kept = citation_of(next(each.content for each in sound.citations if each.id == stated.id))
    piece = replace(kept.pieces[0], exact=f"{FOUND} " * 1_000)
    held = HeldSeals(cited={stated.id: replace(kept, pieces=(piece,))})
    assert "It has more quotations than can be checked." in {str(each.reason) for each in wrong_statement(many, held)}
