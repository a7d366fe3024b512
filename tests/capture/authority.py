"""A timestamp authority of the tests' own: certificates made with `cryptography`, answers by `openssl ts`."""

from __future__ import annotations

import shutil
import socket
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from tests.conftest import absent

from .servers import Respond, answer

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
certs = {folder}/chain.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
"""


@dataclass(frozen=True)
class Authority:
    """A folder with keys and settings."""

    folder: Path

    @property
    def root(self) -> bytes:
        """The root's certificate, PEM."""
        return (self.folder / "root.pem").read_bytes()

    def stamp(self, query: bytes) -> bytes:
        """The answer to a request."""
        (self.folder / "query.tsq").write_bytes(query)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True, timeout=30)
        return (self.folder / "reply.tsr").read_bytes()

    def respond(self, client: socket.socket, head: bytes) -> None:
        """Answer a request over HTTP."""
        reply(self.stamp(body_of(client, head)))(client, head)


def body_of(client: socket.socket, head: bytes) -> bytes:
    """The body of a request whose head, and perhaps more, was read."""
    head, _, body = head.partition(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-len"))
    while len(body) < length:
        body += client.recv(65536)
    return body


def reply(token: bytes, media_type: str = "application/timestamp-reply") -> Respond:
    """An answer that holds a token."""
    return answer(token, Content_Type=media_type)


def new_authority(folder: Path, *, years: int = 10, name: str = "Đồng hồ thử") -> Authority:
    """Make one; its signer's certificate ended yesterday when `years` is 0."""
    if shutil.which("openssl") is None:
        absent("openssl is missing: apt install openssl")
    folder.mkdir(parents=True, exist_ok=True)
    root_key, signer_key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"{name} gốc")])
    signer_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    root = _base(root_name, root_name, root_key, 10).add_extension(x509.BasicConstraints(True, 0), True)
    signer = _base(signer_name, root_name, signer_key, years)
    signer = signer.add_extension(x509.BasicConstraints(False, None), True)
    signer = signer.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    for file, builder in (("root.pem", root), ("signer.pem", signer)):
        (folder / file).write_bytes(builder.sign(root_key, hashes.SHA256()).public_bytes(Encoding.PEM))
    (folder / "chain.pem").write_bytes((folder / "root.pem").read_bytes())
    key = signer_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "signer.key").write_bytes(key)
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    return Authority(folder)


def _base(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, years: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    end = now + timedelta(days=365 * years) if years else now - timedelta(days=1)
    return x509.CertificateBuilder(
        issuer, subject, key.public_key(), x509.random_serial_number(), now - timedelta(days=400), end
    )
