from __future__ import annotations

import json
import pickle
import subprocess
import sys
import unicodedata
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signing.quick import PASSPHRASE, QUICK, UNHURRIED

from factdesk.cli.plain import plain
from factdesk.errors import InputError, RefusedError
from factdesk.signing.envelope import DEFAULT, MOST_BYTES, Cost
from factdesk.signing.keys import PrivateKey, locked, new_key, public_in, unlocked

KEY = PrivateKey(bytes(range(32)))
LOCKED = locked(KEY, PASSPHRASE, cost=QUICK)


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(LOCKED) | fields).encode()


def kdf(**fields: Any) -> bytes:
    return changed(kdf=json.loads(LOCKED)["kdf"] | fields)


@UNHURRIED
@given(st.binary(min_size=32, max_size=32))
def test_a_locked_key_is_unlocked(seed: bytes) -> None:
    data = locked(PrivateKey(seed), PASSPHRASE, cost=QUICK)
    assert unlocked(data, PASSPHRASE) == PrivateKey(seed)
    assert public_in(data) == PrivateKey(seed).public
    assert seed.hex().encode() not in data


def test_the_cost_that_is_taken_where_none_is_said_is_owasps() -> None:
    data = locked(KEY, PASSPHRASE)
    assert Cost(2**17, 8, 1) == DEFAULT
    assert json.loads(data)["kdf"] == {"name": "scrypt", "n": 131072, "r": 8, "p": 1}
    assert unlocked(data, PASSPHRASE) == KEY


def test_the_file_is_opened_by_what_its_fields_say() -> None:
    """Written out by hand with the primitives, so that others can open a key without factdesk."""
    from hashlib import scrypt

    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    fields = json.loads(LOCKED)
    sealed = bytes.fromhex(fields.pop("sealed"))
    secret = scrypt(PASSPHRASE.encode(), salt=bytes.fromhex(fields["salt"]), n=16, r=1, p=1, dklen=32)
    header = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    assert ChaCha20Poly1305(secret).decrypt(bytes.fromhex(fields["nonce"]), sealed, header) == KEY.seed


def test_no_two_keys_and_no_two_files_are_alike() -> None:
    assert new_key() != new_key()
    again = locked(KEY, PASSPHRASE, cost=QUICK)
    for field in ("salt", "nonce", "sealed"):
        assert json.loads(again)[field] != json.loads(LOCKED)[field]


def test_a_passphrase_may_be_typed_with_any_input_method() -> None:
    for form in ("NFC", "NFD"):
        data = locked(KEY, unicodedata.normalize(form, PASSPHRASE), cost=QUICK)
        for typed in ("NFC", "NFD"):
            assert unlocked(data, unicodedata.normalize(typed, PASSPHRASE)) == KEY


@pytest.mark.parametrize("passphrase", ["", "bon tu khong lien quan", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_a_wrong_passphrase_opens_nothing(passphrase: str) -> None:
    with pytest.raises(InputError, match="does not open this key"):
        unlocked(LOCKED, passphrase)


@pytest.mark.parametrize(
    "passphrase",
    ["", "elevenchars", "aaaaaaaaaaaaaaaa", "abcdabcdabcdabcd", unicodedata.normalize("NFD", "ếếếếế rằng")],
    ids=["empty", "eleven", "one-letter", "four-letters", "marks-do-not-count"],
)
def test_an_easy_passphrase_locks_nothing(passphrase: str) -> None:
    with pytest.raises(RefusedError, match=r"at least 12 characters, 5 of them different.*four or more words"):
        locked(KEY, passphrase, cost=QUICK)


def test_twelve_characters_lock() -> None:
    assert unlocked(locked(KEY, "twelve chars", cost=QUICK), "twelve chars") == KEY


def test_what_is_no_text_is_no_passphrase() -> None:
    for work in (lambda: unlocked(LOCKED, "\udcff" * 12), lambda: locked(KEY, "\udcff" * 12, cost=QUICK)):
        with pytest.raises(InputError, match="not text"):
            work()


@pytest.mark.attack
def test_a_key_shows_its_seed_nowhere() -> None:
    for shown in (repr(KEY), str(KEY), f"{KEY}", repr([KEY]), str(plain({"key": KEY})), repr(ValueError(KEY))):
        assert KEY.seed.hex() not in shown
        assert repr(KEY.seed) not in shown
    assert KEY.public in repr(KEY)
    with pytest.raises(TypeError):
        pickle.dumps(KEY)
    with pytest.raises(AttributeError):
        KEY.seed = bytes(32)  # type: ignore[misc]
    assert not hasattr(KEY, "__dict__")
    with pytest.raises(ValueError, match="seed"):
        PrivateKey(bytes(31))


@pytest.mark.attack
@pytest.mark.parametrize("change", [0x01, 0x02, 0x20, 0x80])
def test_a_file_changed_in_one_byte_opens_the_same_key_or_none(change: int) -> None:
    opened = 0
    for at in range(len(LOCKED)):
        data = LOCKED[:at] + bytes([LOCKED[at] ^ change]) + LOCKED[at + 1 :]
        with suppress(InputError):
            assert unlocked(data, PASSPHRASE) == KEY
            opened += 1
    # A space or line end between two fields may be another white space.
    assert opened <= LOCKED.count(b"\n") + LOCKED.count(b" ")


@pytest.mark.attack
@UNHURRIED
@given(st.binary(max_size=600) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_other_bytes_are_no_key(data: bytes) -> None:
    with pytest.raises(InputError, match="not a key of factdesk"):
        unlocked(data, PASSPHRASE)


@pytest.mark.attack
@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(kdf(n=2**30), "damaged", id="128-gigabytes"),
        pytest.param(kdf(n=2**20, r=32), "damaged", id="memory-by-the-block-size"),
        pytest.param(kdf(r=2**30), "damaged", id="block-size"),
        pytest.param(kdf(p=2**20), "damaged", id="parallel-forever"),
        pytest.param(kdf(n=2**20), "damaged", id="more-than-the-function-takes-at-this-block-size"),
        pytest.param(kdf(n=17), "damaged", id="no-power-of-two"),
        pytest.param(kdf(n=1), "damaged", id="no-work"),
        pytest.param(kdf(n=0), "damaged", id="zero"),
        pytest.param(kdf(n=-16), "damaged", id="negative"),
        pytest.param(kdf(n=16.0), "damaged", id="fraction"),
        pytest.param(kdf(n="16"), "damaged", id="words"),
        pytest.param(kdf(n=True), "damaged", id="truth"),
        pytest.param(kdf(name="none"), "damaged", id="no-derivation"),
        pytest.param(kdf(extra=1), "damaged", id="more-cost-fields"),
        pytest.param(changed(kdf=None), "damaged", id="no-cost"),
        pytest.param(kdf(n=8), "does not open", id="cost-lowered"),
        pytest.param(changed(cipher="none"), "damaged", id="no-cipher"),
        pytest.param(changed(public=new_key().public), "does not open", id="public-key-exchanged"),
        pytest.param(changed(public="01" + "00" * 31), "damaged", id="neutral-element"),
        pytest.param(changed(public="../../etc/passwd"), "damaged", id="public-key-as-a-path"),
        pytest.param(changed(salt=""), "damaged", id="no-salt"),
        pytest.param(changed(nonce="00" * 12), "does not open", id="another-nonce"),
        pytest.param(changed(sealed="00" * 48), "does not open", id="another-seed"),
        pytest.param(changed(sealed="00" * 49), "damaged", id="longer-seed"),
        pytest.param(changed(sealed=None), "damaged", id="no-seed"),
        pytest.param(changed(comment="x"), "damaged", id="more-fields"),
        pytest.param(changed(version=2), "newer factdesk", id="newer"),
        pytest.param(changed(version=None), "newer factdesk", id="no-version"),
        pytest.param(changed(format="other"), "not a key", id="another-format"),
        pytest.param(LOCKED + b" " * MOST_BYTES, "not a key", id="too-large"),
        pytest.param(b"[" * MOST_BYTES, "not a key", id="nested"),
        pytest.param(b"9" * MOST_BYTES, "not a key", id="long-number"),
        pytest.param(b'"factdesk-key"', "not a key", id="no-object"),
        pytest.param(LOCKED[:-20], "not a key", id="cut-off"),
        pytest.param(b"", "not a key", id="empty"),
    ],
)
def test_a_hostile_key_is_refused_in_one_sentence(data: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        unlocked(data, PASSPHRASE)
    assert caught.value.remedy
    assert "\n" not in str(caught.value)


@pytest.mark.attack
def test_a_file_that_names_another_public_key_is_damaged() -> None:
    """Whoever knows the passphrase can seal one key under the name of another."""

    class Named(PrivateKey):
        @property
        def public(self) -> str:
            return new_key().public

    with pytest.raises(InputError, match="damaged"):
        unlocked(locked(Named(KEY.seed), PASSPHRASE, cost=QUICK), PASSPHRASE)


def test_the_library_is_loaded_only_where_it_is_needed() -> None:
    """What lists keys or reads pins starts as fast as what does not sign."""
    code = (
        "import sys, factdesk.signing.keyring, factdesk.signing.pins, factdesk.signing.keys, factdesk.cli.passphrase;"
        "sys.exit('cryptography' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
