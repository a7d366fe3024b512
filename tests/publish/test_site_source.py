"""A site may be anybody's: where it leads, what it sends, and for how long."""

from __future__ import annotations

import socket
import zlib
from pathlib import Path

import pytest
from tests.capture.servers import serving
from tests.publish.browsing import served

from factdesk.errors import InputError, NetworkError, NotFoundError, RefusedAddressError, UsageError
from factdesk.publish.site_source import Folder, is_site, web
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How


@pytest.mark.attack
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (
            "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
            "redirects more",
        ),
        ("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n", "redirects more"),
        ("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "status 403"),
        (f"HTTP/1.1 200 OK\r\nContent-Length: {1 << 40}\r\n\r\n", "sends more than"),
    ],
)
def test_a_server_that_leads_away_or_sends_too_much(answer: str, error: str) -> None:
    def respond(client: socket.socket, _head: bytes) -> None:
        client.sendall(answer.encode())

    with serving(respond) as server, pytest.raises(NetworkError, match=error):
        list(verify_site(web(server.url("/"), allow_private=True), How(quick=True)))


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_a_server_does_not_have_is_not_there(status: str) -> None:
    def respond(client: socket.socket, _head: bytes) -> None:
        client.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())

    with serving(respond) as server, pytest.raises(NotFoundError, match="no such file"):
        list(verify_site(web(server.url("/"), allow_private=True), How(quick=True)))


@pytest.mark.attack
def test_a_list_that_never_ends_is_cut_off() -> None:
    packed = zlib.compressobj(1, zlib.DEFLATED, 31)
    bomb = packed.compress(bytes(80 << 20)) + packed.flush()

    def respond(client: socket.socket, _head: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n"
        client.sendall(head.encode() + bomb)

    with serving(respond) as server, pytest.raises(NetworkError, match="sends more than 64 MB"):
        list(verify_site(web(server.url("/"), allow_private=True), How(quick=True)))


@pytest.mark.attack
def test_a_private_network_is_refused(verified_site: Path) -> None:
    with served(verified_site) as url, pytest.raises(RefusedAddressError):
        list(verify_site(web(url), How(quick=True)))


@pytest.mark.attack
@pytest.mark.parametrize("path", ["/a/../b", "//a", "/a/..", "/./a", "a"])
def test_a_path_leads_nowhere_else(tmp_path: Path, path: str) -> None:
    for source in (Folder(tmp_path), web("https://desk.example")):
        with pytest.raises(InputError, match="no path of a site"):
            source.open(path, 1)


@pytest.mark.attack
@pytest.mark.parametrize("path", ["/.hidden", "/a/%2e%2e/", "/A?b", "/a b", "/a\\b", "/a\r\nHost: b"])
def test_an_address_has_no_other_letters(path: str) -> None:
    with pytest.raises(InputError, match="no path of a site"):
        web("https://desk.example").open(path, 1)


@pytest.mark.parametrize(
    "address",
    ["https://desk.example", "https://desk.example/", "https://desk.example/index.html", " https://desk.example "],
)
def test_an_address_is_that_of_a_folder(address: str) -> None:
    assert web(address).url == "https://desk.example"
    assert is_site(address.strip())


@pytest.mark.parametrize("address", ["https://", "https://[", "https://a/?q", "https://a/#f", "ftp://a/"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError):
        web(address)
