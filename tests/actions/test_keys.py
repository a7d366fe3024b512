"""Keys that a desk knows: each shown to be its person's own, one at a time, never used again once given up."""

from __future__ import annotations

import pytest
from tests.actions.desks_of_people import World
from tests.actions.test_people import refused

from factdesk.actions.keys import proof_digest, register_key, revoke_key
from factdesk.domain.keys import fingerprint
from factdesk.errors import InputError, NotFoundError
from factdesk.queries.desk import Desk
from factdesk.signing.keys import PrivateKey, new_key
from factdesk.signing.sign import sign
from factdesk.store.chain import verify
from factdesk.store.events import read_events
from factdesk.store.people import StoredKey, find_key, keys_of
from factdesk.store.record import Record


def proof(key: PrivateKey, name: str) -> str:
    return sign(key, proof_digest(name, key.public))


def keys(record: Record, person: str) -> list[StoredKey]:
    with record.read() as session:
        return keys_of(session, person)


def test_a_key_is_known_by_its_fingerprint(newsroom: Desk) -> None:
    key = new_key()
    made = register_key(newsroom.record, key.public, proof(key, "hoa"), actor="HOA")
    with newsroom.record.read() as session:
        assert find_key(session, fingerprint(key.public)) == made
        assert made.key.person == "hoa"
        assert list(read_events(session))[-1].actor == "hoa"
        assert verify(session).broken is None
        content = "".join(str(event.payload) for event in read_events(session))
    assert key.seed.hex() not in content


@pytest.mark.attack
def test_nobody_registers_what_they_do_not_hold(newsroom: Desk, world: World) -> None:
    record, key = newsroom.record, new_key()
    forged = {
        "another's proof": (key.public, proof(key, "chi")),
        "of another key": (key.public, proof(new_key(), "hoa")),
        "empty": (key.public, ""),
        "no hexadecimal": (key.public, "zz" * 64),
    }
    for public, shown in forged.values():
        refused(record, lambda public=public, shown=shown: register_key(record, public, shown, actor="hoa"))  # type: ignore[misc]
    known = world.keys["chi"]
    # Chi's key, with a proof that chi made for hoa: it is chi's all the same.
    assert "knows this key" in refused(
        record, lambda: register_key(record, known.public, proof(known, "hoa"), actor="hoa")
    )
    refused(record, lambda: register_key(record, key.public, proof(key, "em"), actor="em"))
    refused(record, lambda: register_key(record, key.public, proof(key, "who"), actor="who"))
    for public in ("", "00" * 32, key.public.upper(), key.public[:-1], "ff" * 32):
        refused(
            record,
            lambda public=public: register_key(record, public, proof(key, "hoa"), actor="hoa"),  # type: ignore[misc]
            InputError,
        )
    assert keys(record, "hoa") == []


def test_one_key_at_a_time(newsroom: Desk, world: World) -> None:
    record, key = newsroom.record, new_key()
    refused(record, lambda: register_key(record, key.public, proof(key, "binh"), actor="binh"))
    register_key(record, key.public, proof(key, "binh"), rotate=True, actor="binh")
    old, new = keys(record, "binh")
    assert (old.key.public, old.key.why, old.key.revoked is None) == (world.keys["binh"].public, "rotated", False)
    assert (new.key.public, new.key.revoked) == (key.public, None)
    back = world.keys["binh"]
    refused(record, lambda: register_key(record, back.public, proof(back, "binh"), rotate=True, actor="binh"))


def test_a_key_is_given_up_by_its_owner_or_an_admin(newsroom: Desk, world: World) -> None:
    record, own = newsroom.record, fingerprint(world.keys["binh"].public)
    for actor in ("an", "chi", "em", "nobody"):
        refused(record, lambda actor=actor: revoke_key(record, own, "lost", actor=actor))  # type: ignore[misc]
    lost = revoke_key(record, own[:12].upper(), "lost", actor="binh").key
    assert lost.why == "lost"
    worse = revoke_key(record, f"{own[:4]} {own[4:8]}", "compromised", actor="dung").key
    assert (worse.why, worse.revoked) == ("compromised", lost.revoked)
    before = record.head()
    assert revoke_key(record, own, "rotated", actor="binh").key == worse
    assert record.head() == before


def test_which_key_must_be_clear(newsroom: Desk) -> None:
    for given in ("", "ab", "0" * 64, "%"):
        refused(
            newsroom.record,
            lambda given=given: revoke_key(newsroom.record, given, "lost", actor="dung"),  # type: ignore[misc]
            NotFoundError,
        )
    with pytest.raises(InputError):
        revoke_key(newsroom.record, "0" * 64, "", actor="dung")
