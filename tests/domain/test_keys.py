"""Public keys as they are kept and as people compare them."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.keys import REASONS, PublicKey, fingerprint, key_from, shown_fingerprint

TIME = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
publics = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(publics)
def test_a_fingerprint_is_of_the_bytes(public: str) -> None:
    own = fingerprint(public)
    assert own == hashlib.sha256(bytes.fromhex(public)).hexdigest()
    shown = shown_fingerprint(own)
    assert shown.replace(" ", "") == own
    assert {len(group) for group in shown.split(" ")} == {4}


@given(publics, st.sampled_from(("", *REASONS)))
def test_a_key_is_read_back(public: str, why: str) -> None:
    revoked = TIME + timedelta(days=1) if why else None
    key = PublicKey("an", public, TIME, revoked, why)  # type: ignore[arg-type]
    content = key.content()
    assert key_from(json.loads(content)) == key
    assert key.fingerprint == fingerprint(public)
    assert ("revoked" in content) is bool(why)


@pytest.mark.parametrize("public", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, " " + "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_public_key(public: str) -> None:
    with pytest.raises(ValueError, match="no public key"):
        fingerprint(public)
    known = json.loads(PublicKey("an", "0" * 64, TIME).content())
    with pytest.raises(ValueError, match="no key"):
        key_from(known | {"public": public})


@pytest.mark.parametrize("change", [{"why": "bored"}, {"time": "yesterday"}, {"more": 1}, {"person": None, "x": 1}])
def test_what_is_no_key(change: dict[str, object]) -> None:
    known = json.loads(PublicKey("an", "0" * 64, TIME).content())
    with pytest.raises((ValueError, TypeError)):
        key_from(known | change)
