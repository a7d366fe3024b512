"""Timestamps by a real authority on the loopback address, and what is not one."""

from __future__ import annotations

import hashlib
import random
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

from factdesk.capture.der import Part, parts
from factdesk.capture.timestamp import Checked, check_timestamp, timestamp
from factdesk.errors import InputError, NetworkError, RefusedAddressError

from .authority import Authority, body_of, new_authority, reply
from .servers import Respond, answer, serving

DATA = b'{"digest":"..."}'
DIGEST = hashlib.sha256(DATA).digest()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return new_authority(tmp_path_factory.mktemp("other"))


def stamped_by(authority: Authority, digest: bytes = DIGEST) -> bytes:
    with serving(authority.respond) as server:
        return timestamp(digest, server.url(), allow_private=True)


@pytest.fixture(scope="module")
def token(authority: Authority) -> bytes:
    return stamped_by(authority)


def refused(respond: Respond) -> NetworkError:
    with serving(respond) as server, pytest.raises(NetworkError) as caught:
        timestamp(DIGEST, server.url(), allow_private=True, seconds=5)
    return caught.value


def test_a_stamp_is_made_and_holds(authority: Authority, token: bytes) -> None:
    checked = check_timestamp(token, DIGEST, [authority.root])
    assert checked.outcome == "pass", checked
    assert checked.stamped is not None
    assert (checked.stamped.authority, checked.stamped.serial) == ("Đồng hồ thử", 2)
    assert abs(datetime.now(UTC) - checked.stamped.time) < timedelta(minutes=5)
    assert checked.stamped.time.utcoffset() == timedelta(0)


def test_others_read_it(authority: Authority, token: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.tsr").write_bytes(token)
    (tmp_path / "data").write_bytes(DATA)
    root = str(authority.folder / "root.pem")
    command = ["openssl", "ts", "-verify", "-in", "a.tsr", "-data", "data", "-CAfile", root]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert "Verification: OK" in done.stdout + done.stderr


def test_what_is_asked(authority: Authority) -> None:
    with serving(authority.respond) as server:
        timestamp(DIGEST, server.url("/tsa?x=1"), allow_private=True)
        timestamp(DIGEST, server.url("/tsa?x=1"), allow_private=True)
    first, _ = server.requests
    assert first.startswith(b"POST /tsa?x=1 HTTP/1.1\r\n")
    assert b"\r\nContent-Type: application/timestamp-query\r\n" in first


def test_a_root_is_pem_or_der_among_others(authority: Authority, other: Authority, token: bytes) -> None:
    der = x509.load_pem_x509_certificate(authority.root).public_bytes(Encoding.DER)
    for roots in ([der], [other.root, authority.root], [other.root + authority.root], [authority.root, der]):
        assert check_timestamp(token, DIGEST, roots).outcome == "pass"


def test_without_a_root_it_is_not_checked(token: bytes) -> None:
    checked = check_timestamp(token, DIGEST, [])
    assert checked.outcome == "not checked"
    assert checked.stamped is not None
    assert check_timestamp(token, hashlib.sha256(b"other").digest(), []).outcome == "fail"


def test_what_was_signed_while_the_certificate_held_holds(authority: Authority, token: bytes) -> None:
    later = datetime.now(UTC) + timedelta(days=365 * 50)
    assert check_timestamp(token, DIGEST, [authority.root], now=later).outcome == "pass"


def test_a_time_to_come_is_none(authority: Authority, token: bytes) -> None:
    checked = check_timestamp(token, DIGEST, [authority.root], now=datetime(2020, 1, 1, tzinfo=UTC))
    assert checked.outcome == "fail"
    assert "not come yet" in str(checked.reason)


@pytest.mark.attack
@pytest.mark.parametrize("what", ["other digest", "other root", "signer expired before", "other hash"])
def test_stamps_that_do_not_hold(
    what: str, authority: Authority, other: Authority, token: bytes, tmp_path: Path
) -> None:
    roots, digest = [authority.root], DIGEST
    if what == "other digest":
        digest = hashlib.sha256(b"other").digest()
    elif what == "other root":
        roots = [other.root]
    elif what == "other hash":
        # A SHA-512 whose beginning is the digest is not about it.
        query = TimestampRequestBuilder().data(b"-").hash_algorithm(HashAlgorithm.SHA512).build().as_bytes()
        token = authority.stamp(query.replace(hashlib.sha512(b"-").digest(), DIGEST + DIGEST))
    else:
        expired = new_authority(tmp_path / "a", years=0)
        roots, token = [expired.root], stamped_by(expired)
    assert check_timestamp(token, digest, roots).outcome == "fail"


@pytest.mark.attack
@pytest.mark.parametrize(
    "token",
    [b"", b"\x30\x00", b"0" * 1000, b"\x30\x84\xff\xff\xff\xff", b"\x30\x80" * 5000, b"\x00" * (1 << 20)],
    ids=["nothing", "empty", "garbage", "a length of 4 GB", "5,000 levels deep", "a million zeros"],
)
def test_what_is_no_stamp(token: bytes, authority: Authority) -> None:
    assert check_timestamp(token, DIGEST, [authority.root]).outcome == "fail"


@pytest.mark.attack
@pytest.mark.parametrize(
    "root",
    [b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"x" * 100],
    ids=["nothing", "empty PEM", "garbage"],
)
def test_what_is_no_certificate(root: bytes, token: bytes) -> None:
    with pytest.raises(InputError):
        check_timestamp(token, DIGEST, [root])


def signed_parts(token: bytes) -> dict[str, Part]:
    """What is signed, or signs: the content, the signer's certificate, the signed attributes, the signature."""

    def inside(part: Part) -> list[Part]:
        return list(parts(token, part.inside, part.end))

    (whole,) = parts(token, 0, len(token))
    (signed_data,) = inside(inside(inside(whole)[1])[1])
    _, _, content, certificates, signers = inside(signed_data)
    _, _, _, attributes, _, signature = inside(inside(signers)[0])
    return {
        "content": inside(content)[1],
        "certificate": inside(certificates)[0],
        "attributes": attributes,
        "signature": signature,
    }


@pytest.mark.attack
@pytest.mark.parametrize("where", ["content", "certificate", "attributes", "signature"])
def test_no_bit_of_what_is_signed_can_be_flipped(where: str, authority: Authority, token: bytes) -> None:
    part, chance = signed_parts(token)[where], random.Random(3)
    for at in chance.sample(range(part.start, part.end), 100):
        flipped = token[:at] + bytes([token[at] ^ 1 << chance.randrange(8)]) + token[at + 1 :]
        assert check_timestamp(flipped, DIGEST, [authority.root]).outcome == "fail", at


@pytest.mark.attack
def test_what_is_not_signed_says_nothing(authority: Authority, token: bytes) -> None:
    """A flip in a copy of the root, in a version number, in the status: it fails, or it says just the same."""
    whole, chance, passed = check_timestamp(token, DIGEST, [authority.root]), random.Random(3), 0
    signed = {at for part in signed_parts(token).values() for at in range(part.start, part.end)}
    for at in chance.sample(sorted(set(range(len(token))) - signed), 200):
        flipped = token[:at] + bytes([token[at] ^ 1 << chance.randrange(8)]) + token[at + 1 :]
        checked = check_timestamp(flipped, DIGEST, [authority.root])
        passed += checked.outcome == "pass"
        assert checked.outcome == "fail" or checked == whole, at
    assert 0 < passed < 200


@pytest.mark.attack
@pytest.mark.parametrize(
    ("media_type", "said"), [("text/html", "does not answer as"), ("", "does not answer as")], ids=["page", "none"]
)
def test_an_answer_of_another_type(media_type: str, said: str, token: bytes) -> None:
    assert said in str(refused(reply(token, media_type)))


@pytest.mark.attack
def test_the_answer_to_another_question(authority: Authority, token: bytes) -> None:
    assert "something else" in str(refused(reply(token)))


@pytest.mark.attack
def test_an_answer_about_another_digest(authority: Authority) -> None:
    elsewhere = hashlib.sha256(b"other").digest()
    with_other = lambda client, head: reply(  # noqa: E731
        authority.stamp(body_of(client, head).replace(DIGEST, elsewhere))
    )(client, head)
    assert "something else" in str(refused(with_other))


@pytest.mark.attack
@pytest.mark.parametrize(
    ("respond", "said"),
    [
        (reply(b"\x30\x05\x30\x03\x02\x01\x02"), "refuses to stamp it: 2"),
        (reply(b"\x30\x0b\x30\x09\x02\x01\x02\x30\x04\x0c\x02no"), "refuses to stamp it: no"),
        (reply(b"\x30\x05\x30\x03\x02\x01\x00"), "does not answer as"),
        (reply(b"garbage"), "does not answer as"),
        (reply(b"0" * (65 << 10)), "more than 64 kB"),
        (answer(b"", "302 Found", Location="/elsewhere"), "302"),
        (answer(b"", "500 Oops"), "500"),
    ],
    ids=["refused", "refused with words", "granted without a stamp", "garbage", "too large", "redirect", "error"],
)
def test_answers_that_are_none(respond: Respond, said: str) -> None:
    assert said in str(refused(respond))


@pytest.mark.attack
def test_an_authority_in_a_private_network_is_refused(authority: Authority) -> None:
    with serving(authority.respond) as server:
        with pytest.raises(RefusedAddressError):
            timestamp(DIGEST, server.url())
        assert server.requests == []


def test_what_is_stamped_is_a_digest() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        timestamp(b"short", "http://x.example/")
    assert Checked("pass", check_timestamp(b"", DIGEST, []).reason).stamped is None
