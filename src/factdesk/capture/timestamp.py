"""RFC 3161 timestamps: an authority's word that a digest existed at a time. Made over the network, checked without.

What is kept is the authority's whole answer in DER, as `openssl ts` and others take it. The chain of certificates is
judged at the stamped time: that one of them has expired since does not unmake what was signed.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from factdesk.capture.addresses import Resolve, resolve
from factdesk.capture.der import sorted_certificates
from factdesk.clock import utc_now
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome
from factdesk.errors import InputError, NetworkError

if TYPE_CHECKING:
    import httpcore
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

MAX_ANSWER = 64 << 10
_SHA256 = "2.16.840.1.101.3.4.2.1"
_GRANTED = 0
# A reader's clock may be behind the authority's by this much.
_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a timestamp says: when (aware UTC), by whom (its certificate's name), under which serial number."""

    time: datetime
    authority: str
    serial: int


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a timestamp holds. `stamped` is what it says, vouched for only when it passed."""

    outcome: Outcome
    reason: Reason
    stamped: Stamped | None = None


def timestamp(
    digest: bytes,
    authority: str,
    *,
    allow_private: bool = False,
    seconds: float = 30.0,
    resolver: Resolve = resolve,
    network: httpcore.NetworkBackend | None = None,
) -> bytes:
    """Ask an authority, by its address, to stamp a SHA-256; its answer in DER.

    That it is about this digest and this question (nonce) is checked at once; who signed it is `check_timestamp`'s to
    say. Raises `RefusedAddressError`, or `NetworkError` for an authority that refuses or answers anything else.
    """
    from factdesk.capture.client import Ask, Limits, Way, answered

    request = _request(digest)
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    ask = Ask(headers, method="POST", content=request.as_bytes())
    limits = Limits(bytes=MAX_ANSWER, total_seconds=seconds)
    with answered(authority, ask, limits, Way(allow_private, resolver, network)) as answer:
        answer.must_be_whole()
        media = answer.hop.header("content-type").partition(";")[0].strip().lower()
        if media != "application/timestamp-reply":
            raise NetworkError("{url} does not answer as a timestamp authority does.", url=authority)
        token = b"".join(answer.chunks(limits))
    _check_answer(token, request, authority)
    return token


def check_timestamp(token: bytes, digest: bytes, roots: Sequence[bytes], *, now: datetime | None = None) -> Checked:
    """Whether a timestamp is about a SHA-256 and was signed by an authority that one of these certificates vouches for.

    `roots` are certificates that the reader trusts, PEM or DER; without any, a timestamp that is about the digest is
    not checked. Raises `InputError` for a root that is no certificate.
    """
    trusted = [certificate for root in roots for certificate in certificates_in(root)]
    try:
        with warnings.catch_warnings():
            # What the parser only warns of (a serial number below zero) no authority sends.
            warnings.simplefilter("error")
            return _checked(_parsed(token), digest, trusted, now or utc_now())
    except Exception:  # noqa: BLE001 - hostile DER passes through three parsers, each with errors of its own
        return Checked("fail", Reason("timestamp", "This is not a timestamp."))


def _checked(response: TimeStampResponse, digest: bytes, trusted: list[Certificate], now: datetime) -> Checked:
    if not _about(response, digest):
        return Checked("fail", Reason("timestamp", "The timestamp is about something else."))
    stamped = _stamped(response)
    if stamped.time > now + _SLACK:
        values = {"time": stamped.time.isoformat()}
        return Checked("fail", Reason("timestamp", "The stamped time, {time}, has not come yet.", values))
    values = {"time": stamped.time.isoformat(), "authority": stamped.authority}
    if not trusted:
        unchecked = Reason("timestamp", "It says {time}, by {authority}: no certificate of theirs was given.", values)
        return Checked("not checked", unchecked, stamped)
    if not _verified(response, digest, trusted):
        forged = Reason("timestamp", "It says {time}, by {authority}, and is not signed so.", values)
        return Checked("fail", forged, stamped)
    return Checked("pass", Reason("timestamp", "Stamped at {time} by {authority}.", values), stamped)


def certificates_in(data: bytes) -> list[Certificate]:
    """The certificates in a PEM or DER file. Raises `InputError` when there is none."""
    from cryptography import x509

    try:
        if b"-----BEGIN" in data:
            return x509.load_pem_x509_certificates(data)
        return [x509.load_der_x509_certificate(data)]
    except ValueError as error:
        raise InputError("This is not a certificate.", remedy="Give the authority's root, as PEM or DER.") from error


def _request(digest: bytes) -> TimeStampRequest:
    """A request for a digest, with a nonce and the wish for certificates."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder
    from rfc3161_client._rust import parse_timestamp_request

    if len(digest) != hashlib.sha256().digest_size:
        raise ValueError("a SHA-256 has 32 bytes")
    # The library takes the data itself and hashes it; ours is a digest already, which goes in the place of another.
    made = TimestampRequestBuilder().data(b"-").hash_algorithm(HashAlgorithm.SHA256).build()
    return parse_timestamp_request(made.as_bytes().replace(hashlib.sha256(b"-").digest(), digest))


def _check_answer(token: bytes, request: TimeStampRequest, url: str) -> None:
    try:
        response = _parsed(token)
        if response.status != _GRANTED:
            why = ("".join(filter(str.isprintable, " ".join(response.status_string))) or f"{response.status}")[:200]
            raise NetworkError("{url} refuses to stamp it: {why}.", url=url, why=why)
        fits = _about(response, request.message_imprint.message) and response.tst_info.nonce == request.nonce
    except NetworkError:
        raise
    except Exception as error:
        # Hostile DER: the parsers' errors have no class in common.
        raise NetworkError("{url} does not answer as a timestamp authority does.", url=url) from error
    if not fits:
        raise NetworkError("{url} stamps something else than was asked.", url=url)


def _parsed(token: bytes) -> TimeStampResponse:
    from rfc3161_client import decode_timestamp_response

    if len(token) > MAX_ANSWER:
        raise ValueError("too long")
    return decode_timestamp_response(sorted_certificates(token))


def _about(response: TimeStampResponse, digest: bytes) -> bool:
    """Whether a timestamp is about a SHA-256. The library compares the bytes and not what they are a digest of."""
    imprint: Any = response.tst_info.message_imprint
    return bool(imprint.hash_algorithm.dotted_string == _SHA256 and imprint.message == digest)


def _stamped(response: TimeStampResponse) -> Stamped:
    info = response.tst_info
    return Stamped(info.gen_time.astimezone(UTC), _signer(response), info.serial_number)


def _signer(response: TimeStampResponse) -> str:
    """The name in the signer's certificate; empty when it is not among those in the answer."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    signers = [(signer.issuer, signer.serial_number) for signer in response.signed_data.signer_infos]
    for der in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(der)
        if (certificate.issuer, certificate.serial_number) in signers:
            names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
            name = str(names[0].value) if names else certificate.subject.rfc4514_string()
            return "".join(filter(str.isprintable, name))[:200]
    return ""


def _verified(response: TimeStampResponse, digest: bytes, roots: list[Certificate]) -> bool:
    """Whether the signature leads to a root: to all of them together, which can be a chain, or to one alone, since
    the library looks no further than the first of several with the same name."""
    return any(
        _verified_by(response, digest, chosen) for chosen in (list(dict.fromkeys(roots)), *([one] for one in roots))
    )


def _verified_by(response: TimeStampResponse, digest: bytes, roots: list[Certificate]) -> bool:
    from rfc3161_client import VerificationError, VerifierBuilder

    try:
        return VerifierBuilder(roots=roots).build().verify(response, digest)
    except (VerificationError, ValueError):
        return False
