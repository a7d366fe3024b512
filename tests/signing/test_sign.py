from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.signing.quick import UNHURRIED

from factdesk.signing.keys import PrivateKey, new_key, public_of
from factdesk.signing.sign import (
    CONTEXT,
    LOW_ORDER,
    PRIME,
    is_head_signed,
    is_public,
    is_signed,
    message,
    sign,
    sign_head,
)

DIGEST = "5a" * 32
KEY = PrivateKey(bytes(range(32)))
SIGNATURE = sign(KEY, DIGEST)
IDENTITY = "01" + "00" * 31

RFC_8032 = [
    # Section 7.1: secret key, public key, message, signature.
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("seed", "public", "text", "signature"), RFC_8032, ids=["1", "2", "3"])
def test_keys_and_signatures_are_those_of_rfc_8032(seed: str, public: str, text: str, signature: str) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = PrivateKey(bytes.fromhex(seed))
    assert key.public == public_of(key.seed) == public
    assert is_public(public)
    assert Ed25519PrivateKey.from_private_bytes(key.seed).sign(bytes.fromhex(text)).hex() == signature


def test_a_signature_is_over_the_digest_in_its_context() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    bare = Ed25519PrivateKey.from_private_bytes(KEY.seed)
    assert message(DIGEST) == b"factdesk sign-off v1\n" + DIGEST.encode()
    assert bare.sign(b"factdesk sign-off v1\n" + DIGEST.encode()).hex() == SIGNATURE
    for other in (DIGEST.encode(), bytes.fromhex(DIGEST), CONTEXT + bytes.fromhex(DIGEST)):
        assert not is_signed(KEY.public, DIGEST, bare.sign(other).hex())


@UNHURRIED
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_what_is_signed_verifies_and_under_no_other_key(seed: bytes, digest: bytes) -> None:
    key = PrivateKey(seed)
    signature = sign(key, digest.hex())
    assert is_signed(key.public, digest.hex(), signature)
    assert not is_signed(new_key().public, digest.hex(), signature)


@pytest.mark.attack
@pytest.mark.parametrize("at", range(64))
def test_a_signature_changed_in_one_byte_is_none(at: int) -> None:
    raw = bytes.fromhex(SIGNATURE)
    for change in (0x01, 0x80, 0xFF):
        assert not is_signed(KEY.public, DIGEST, (raw[:at] + bytes([raw[at] ^ change]) + raw[at + 1 :]).hex())


@UNHURRIED
@given(st.sampled_from(["public", "digest"]), st.integers(0, 31), st.integers(1, 255))
def test_another_key_or_digest_is_not_what_was_signed(which: str, at: int, change: int) -> None:
    parts = {"public": KEY.public, "digest": DIGEST}
    raw = bytearray.fromhex(parts[which])
    raw[at] ^= change
    parts[which] = raw.hex()
    assert not is_signed(parts["public"], parts["digest"], SIGNATURE)


@UNHURRIED
@given(st.text(max_size=140), st.text(max_size=70), st.text(max_size=140))
def test_what_is_malformed_is_no_signature_and_no_error(public: str, digest: str, signature: str) -> None:
    assert not is_signed(public, digest, signature)
    assert not is_signed(public, DIGEST, SIGNATURE)
    assert not is_signed(KEY.public, digest, SIGNATURE)
    assert not is_signed(KEY.public, DIGEST, signature)


@pytest.mark.attack
@pytest.mark.parametrize(
    ("public", "digest", "signature"),
    [
        pytest.param(KEY.public.upper(), DIGEST, SIGNATURE, id="upper-case-key"),
        pytest.param(KEY.public, DIGEST.upper(), SIGNATURE, id="upper-case-digest"),
        pytest.param(KEY.public, DIGEST, SIGNATURE.upper(), id="upper-case-signature"),
        pytest.param(KEY.public, DIGEST, SIGNATURE + "\n", id="line-end"),
        pytest.param(KEY.public, DIGEST, " ".join((SIGNATURE[:64], SIGNATURE[64:])), id="space"),
        pytest.param(KEY.public, DIGEST, SIGNATURE + "00", id="longer"),
        pytest.param(KEY.public, DIGEST, SIGNATURE[:-2], id="cut-off"),
        pytest.param(KEY.public, DIGEST, "", id="empty"),
        pytest.param(KEY.public, DIGEST, "٠" * 128, id="other-digits"),
        pytest.param("", DIGEST, SIGNATURE, id="no-key"),
        pytest.param("ff" * 32, DIGEST, SIGNATURE, id="off-the-curve"),
    ],
)
def test_a_signature_has_one_spelling(public: str, digest: str, signature: str) -> None:
    assert is_signed(KEY.public, DIGEST, SIGNATURE)
    assert not is_signed(public, digest, signature)


@pytest.mark.attack
def test_adding_the_order_of_the_group_makes_no_second_signature() -> None:
    order = 2**252 + 27742317777372353535851937790883648493
    s = int.from_bytes(bytes.fromhex(SIGNATURE[64:]), "little")
    twin = SIGNATURE[:64] + (s + order).to_bytes(32, "little").hex()
    assert not is_signed(KEY.public, DIGEST, twin)


@pytest.mark.attack
@pytest.mark.parametrize("y", [*sorted(LOW_ORDER), PRIME, PRIME + 1], ids=lambda y: f"y-{y % 1000}")
@pytest.mark.parametrize("sign_of_x", [0, 1])
def test_a_key_under_which_anyone_could_sign_is_refused(y: int, sign_of_x: int) -> None:
    public = (y | sign_of_x << 255).to_bytes(32, "little").hex()
    assert not is_public(public)
    # The signature with R the neutral element and S = 0 fits the neutral element as a key, whatever is signed.
    assert not any(is_signed(public, f"{at:064x}", IDENTITY + "00" * 32) for at in range(16))


def test_the_points_of_low_order_are_those_of_the_curve() -> None:
    """Eight times each is the neutral element, in our own arithmetic after RFC 8032, 5.1.4; there are five such y."""
    d = -121665 * pow(121666, -1, PRIME) % PRIME

    def x_of(y: int) -> int:
        square = (y * y - 1) * pow(d * y * y + 1, -1, PRIME) % PRIME
        x = pow(square, (PRIME + 3) // 8, PRIME)
        x = x if (x * x - square) % PRIME == 0 else x * pow(2, (PRIME - 1) // 4, PRIME) % PRIME
        assert (x * x - square) % PRIME == 0
        return x

    def doubled(x: int, y: int) -> tuple[int, int]:
        product = d * x * x * y * y % PRIME
        return (
            2 * x * y * pow(1 + product, -1, PRIME) % PRIME,
            (y * y + x * x) * pow(1 - product, -1, PRIME) % PRIME,
        )

    for y in LOW_ORDER:
        assert doubled(*doubled(*doubled(x_of(y), y))) == (0, 1)
    assert len(LOW_ORDER) == 5


@pytest.mark.parametrize("digest", ["", "ab", DIGEST.upper(), DIGEST + "\n", "sha256:" + DIGEST])
def test_nothing_but_a_digest_is_signed(digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        sign(KEY, digest)


HEAD = '{"desk":"Desk","head":"42:00","key":"00","time":"2026-01-02T03:04:05.000006Z"}'


def test_a_head_is_signed_in_a_context_of_its_own() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = sign_head(KEY, HEAD)
    bare = Ed25519PrivateKey.from_private_bytes(KEY.seed)
    assert bare.sign(b"factdesk signed head v1\n" + HEAD.encode()).hex() == signature
    assert is_head_signed(KEY.public, HEAD, signature)
    for other in (HEAD.encode(), CONTEXT + HEAD.encode()):
        assert not is_head_signed(KEY.public, HEAD, bare.sign(other).hex())


@pytest.mark.attack
def test_neither_a_sign_off_nor_a_head_is_taken_for_the_other() -> None:
    assert not is_head_signed(KEY.public, DIGEST, SIGNATURE)
    assert not is_signed(KEY.public, DIGEST, sign_head(KEY, DIGEST))


@UNHURRIED
@given(st.text(), st.text())
def test_a_signed_head_verifies_and_no_other_text_does(text: str, other: str) -> None:
    signature = sign_head(KEY, text)
    assert is_head_signed(KEY.public, other, signature) == (text == other)
    assert not is_head_signed(new_key().public, text, signature)


@pytest.mark.attack
@pytest.mark.parametrize("signature", ["", "0" * 128, "0" * 127, "G" * 128, "0" * 128 + "\n"])
@pytest.mark.parametrize("public", [KEY.public, IDENTITY, "", "x" * 64, KEY.public.upper()])
def test_what_signs_no_head(public: str, signature: str) -> None:
    assert not is_head_signed(public, HEAD, signature)
    assert not is_head_signed(public, "\ud800", signature)
