"""TLS: the certificate is verified against the name in the address, though the connection goes to a number."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from factdesk.capture.client import Limits
from factdesk.capture.fetch import fetch_raw
from factdesk.errors import NetworkError

from .servers import Internet

QUICK = Limits(bytes=1 << 20, total_seconds=10)
OUTSIDE = "1.1.1.1"


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certificate(name: str, issuer: str, key: ec.EllipticCurvePrivateKey, days: int = 10) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    start, end = now - timedelta(days=20), now + timedelta(days=days)
    return x509.CertificateBuilder(
        named(issuer), named(name), key.public_key(), x509.random_serial_number(), start, end
    )


class Names:
    """A root of the test's own, and certificates by it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        root = certificate("Root", "Root", self.key).add_extension(x509.BasicConstraints(True, 0), True)
        self.root = folder / "root.pem"
        self.root.write_bytes(root.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM))

    def chain(self, name: str, days: int = 10) -> Path:
        """A file with a certificate for a name, and its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = certificate(name, "Root", key, days)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), False)
        path = self.folder / f"{name}-{days}.pem"
        path.write_bytes(
            made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM)
            + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        )
        return path


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    return Names(tmp_path_factory.mktemp("names"))


@contextmanager
def serving_tls(chain: Path) -> Iterator[int]:
    """One connection over TLS, answered; the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    with create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            client, _ = listener.accept()
            try:
                with client, context.wrap_socket(client, server_side=True) as stream:
                    stream.recv(65536)
                    stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage")
            except (ssl.SSLError, OSError):
                # The other side did not like the certificate.
                return

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        thread.join(5)


def fetched(chain: Path) -> bytes:
    with serving_tls(chain) as port:
        internet = Internet({OUTSIDE: port})
        url = "https://page.example/"
        with fetch_raw(url, limits=QUICK, resolver=lambda host, port: [OUTSIDE], network=internet) as raw:
            assert raw.exchange.address == OUTSIDE
            assert raw.exchange.last.request_head.startswith(b"GET / HTTP/1.1\r\nHost: page.example\r\n")
            return raw.body.read()


def test_a_server_that_is_who_it_says(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(names.root))
    assert fetched(names.chain("page.example")) == b"page"


@pytest.mark.attack
@pytest.mark.parametrize("what", ["unknown root", "other name", "number for a name", "expired"])
def test_a_server_that_is_not(what: str, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = names.chain(
        {"other name": "other.example", "number for a name": OUTSIDE}.get(what, "page.example"),
        days=-1 if what == "expired" else 10,
    )
    if what != "unknown root":
        monkeypatch.setattr("certifi.where", lambda: str(names.root))
    with pytest.raises(NetworkError, match="certificate verify failed"):
        fetched(chain)
