"""Signed heads that a desk holds, verified; and a history that was rewritten with every hash made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest
from tests.actions.desks_of_people import World, published
from tests.queries.forged_checks import pinned
from tests.queries.forged_desks import forge, refit

from factdesk.actions.heads import sign_log
from factdesk.actions.keys import revoke_key
from factdesk.domain.events import Break
from factdesk.domain.heads import head_from
from factdesk.domain.keys import fingerprint
from factdesk.domain.verification import Step
from factdesk.queries.audit import audit
from factdesk.queries.desk import Desk
from factdesk.queries.verify import How, verify_desk
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign_head
from factdesk.store.chain import CUT, HEAD, SIGNED
from factdesk.store.engines import sqlite_file


def told(desk: Desk, how: How | None = None) -> list[tuple[str, str]]:
    """Outcomes and reasons of the steps about signed heads."""
    steps: list[Step] = list(verify_desk(desk.record, how or How(quick=True)))
    return [(each.outcome, str(each.reason)) for each in steps if each.name == "head"]


@pytest.fixture
def signed(press_desk: Desk, press: World) -> Desk:
    """A desk with a published check, whose sign-off signed a head, and one head that chi signed alone."""
    published(press_desk, press)
    sign_log(press_desk.record, press.keys["chi"], actor="chi")
    return press_desk


def test_by_a_pinned_key_and_by_another(signed: Desk, press: World) -> None:
    (first, why), (second, other) = told(signed, pinned(press.keys["binh"]))
    assert (first, second) == ("pass", "not checked")
    assert "whose key you pinned" in why
    assert "of chi is not pinned" in other


@pytest.mark.attack
def test_a_history_that_is_rewritten_with_every_hash_anew_leaves_the_signatures_behind(signed: Desk) -> None:
    forge(signed.config, "claim", lambda content: content | {"topics": ["another"]})
    result = audit(signed.record)
    assert result.broken is not None
    assert result.broken.reason == SIGNED
    assert {outcome for outcome, _ in told(signed)} == {"fail"}
    assert "It is signed that the log stood at" in told(signed)[0][1]


@pytest.mark.attack
def test_rewriting_what_was_signed_too_breaks_the_signature(signed: Desk) -> None:
    kept = signed.record.head()
    forge(signed.config, "claim", lambda content: content | {"topics": ["another"]})
    # Whoever did it says that the signed heads were these all along.
    for _ in range(2):
        refit(signed.config)
    assert audit(signed.record).broken is None
    assert audit(signed.record, [kept]).broken == Break(kept[0], HEAD)
    assert told(signed) == [("fail", "The signature is not that key's over this.")] * 2


@pytest.mark.attack
def test_signing_them_anew_takes_a_key_that_the_desk_knows(signed: Desk) -> None:
    stranger = PrivateKey(b"a stranger's own key, unpinned..")
    for _ in range(2):
        refit(signed.config, stranger)
    assert told(signed, pinned(stranger)) == [("fail", "The desk does not know the key as the signer's.")] * 2


@pytest.mark.attack
@pytest.mark.parametrize("content", ["x", "[]", "5", '{"a":1}', "[" * 5000])
def test_what_cannot_be_read_fails_and_stops_nothing(signed: Desk, content: str) -> None:
    with closing(sqlite3.connect(sqlite_file(signed.config))) as record, record:
        record.execute("UPDATE sealed SET content = ? WHERE kind = 'head'", (content,))
    assert told(signed) == [("fail", "This is no signed head.")] * 2
    assert audit(signed.record).broken is not None


def test_a_key_that_was_given_up_signed_well_before(signed: Desk, press: World) -> None:
    how, own = pinned(press.keys["chi"]), fingerprint(press.keys["chi"].public)
    revoke_key(signed.record, own, "lost", actor="chi")
    assert told(signed, how)[1][0] == "pass"
    revoke_key(signed.record, own, "compromised", actor="chi")
    assert told(signed, how)[1] == ("not checked", f"The key {own[:16]} was given up as compromised.")


@pytest.mark.attack
def test_a_head_is_not_moved_to_after_its_key_was_given_up(signed: Desk, press: World) -> None:
    revoke_key(signed.record, fingerprint(press.keys["chi"].public), "lost", actor="chi")
    later = "2030-01-01T00:00:00.000000Z"

    def change(content: dict[str, Any]) -> dict[str, Any] | None:
        if content["person"] != "chi":
            return None
        made = content | {"time": later}
        return made | {"signature": sign_head(press.keys["chi"], head_from(made).text)}

    forge(signed.config, "head", change)
    assert ("fail", "The key was given up before this was signed.") in told(signed)


@pytest.mark.attack
def test_a_kept_head_shows_that_the_end_was_cut_off_or_made_anew(signed: Desk, press: World) -> None:
    kept = sign_log(signed.record, press.keys["binh"], actor="binh").head
    with closing(sqlite3.connect(sqlite_file(signed.config))) as record, record:
        facts = "SELECT id FROM sealed WHERE seq > ?"
        record.execute(f"DELETE FROM item_facts WHERE fact IN ({facts})", (kept[0] - 1,))
        record.execute("DELETE FROM sealed WHERE seq > ?", (kept[0] - 1,))
        record.execute("DELETE FROM events WHERE seq > ?", (kept[0] - 1,))
    assert audit(signed.record).broken is None
    result = audit(signed.record, [kept])
    assert result.broken is not None
    assert result.broken.reason == CUT
    for _ in range(2):
        sign_log(signed.record, press.keys["chi"], actor="chi")
    assert audit(signed.record, [kept]).broken == Break(kept[0], HEAD)
