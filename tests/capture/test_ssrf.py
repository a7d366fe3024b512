"""Every way of asking for what is inside by an address that looks like another. None may reach the server."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

import pytest

from factdesk.capture.addresses import Resolve, resolve
from factdesk.capture.client import Limits
from factdesk.capture.fetch import Raw, fetch_raw
from factdesk.capture.targets import checked_url, leads_to
from factdesk.errors import RefusedAddressError

from .servers import Internet, answer, serving

QUICK = Limits(bytes=1 << 20, total_seconds=5, connect_seconds=2, read_seconds=1, redirects=4)
OUTSIDE = "1.1.1.1"

HOSTS: dict[str, str] = {
    "number": "127.0.0.1",
    "another number of loopback": "127.8.9.10",
    "name": "localhost",
    "name in capitals": "LOCALHOST",
    "name with a dot at its end": "localhost.",
    "number with a dot at its end": "127.0.0.1.",
    "two parts": "127.1",
    "three parts": "127.0.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "hexadecimal parts": "0x7f.0x0.0x0.0x1",
    "octal": "017700000001",
    "octal parts": "0177.0.0.01",
    "mixed parts": "0x7f.0.1",
    "zero": "0",
    "unspecified": "0.0.0.0",
    "IPv6 loopback": "[::1]",
    "IPv6 loopback in full": "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "IPv6 unspecified": "[::]",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped in hexadecimal": "[::ffff:7f00:1]",
    "compatible": "[::127.0.0.1]",
    "translated": "[::ffff:0:127.0.0.1]",
    "NAT64": "[64:ff9b::127.0.0.1]",
    "NAT64 for local use": "[64:ff9b:1::127.0.0.1]",
    "6to4": "[2002:7f00:1::]",
    "Teredo": "[2001:0:808:808::80ff:fffe]",
    "link-local": "[fe80::1]",
    "zone": "[fe80::1%25lo]",
    "unique local": "[fd00::1]",
    "wide digits": "１２７.０.０.１",
    "circled digits": "①②⑦.⓪.⓪.①",
    "ideographic full stops": "127。0。0。1",
    "wide letters": "ｌｏｃａｌｈｏｓｔ",
    "metadata of a cloud": "169.254.169.254",
    "metadata in decimal": "2852039166",
    "metadata in IPv6": "[fd00:ec2::254]",
    "private 10": "10.0.0.1",
    "private 172.16": "172.16.0.1",
    "private 192.168": "192.168.0.1",
    "shared by carriers": "100.64.0.1",
    "broadcast": "255.255.255.255",
    "multicast": "239.255.255.250",
    "escaped": "%31%32%37.0.0.1",
    "escaped dot": "127%2e0.0.1",
}


@pytest.mark.attack
@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS.keys())
def test_hosts_that_are_inside(host: str) -> None:
    with serving(answer(b"secret")) as server:
        with pytest.raises(RefusedAddressError):
            fetch_raw(server.url(host=host), limits=QUICK)
        assert server.connections == 0


URLS: dict[str, str] = {
    "user name": "http://page.example@127.0.0.1:PORT/",
    "password": "http://page.example:80@127.0.0.1:PORT/",
    "user name of nothing": "http://@127.0.0.1:PORT/",
    "two at signs": "http://a@page.example@127.0.0.1:PORT/",
    "backslash before an at sign": "http://page.example\\@127.0.0.1:PORT/",
    "escaped slash before an at sign": "http://page.example%2f@127.0.0.1:PORT/",
    "fragment before an at sign": "http://127.0.0.1:PORT#@page.example/",
    "question mark before an at sign": "http://127.0.0.1:PORT?@page.example/",
    "white space in a host": "http://page.example 127.0.0.1:PORT/",
    "NUL in a host": "http://127.0.0.1\0.page.example:PORT/",
    "line break in a host": "http://127.0.0.1\r\n.page.example:PORT/",
    "line break in a path": "http://127.0.0.1:PORT/\r\nX: y",
    "tab in a scheme": "ht\ttp://127.0.0.1:PORT/",
    "no slashes": "http:127.0.0.1:PORT/",
    "three slashes": "http:///127.0.0.1:PORT/",
    "backslashes": "http:\\\\127.0.0.1:PORT\\",
    "no scheme": "//127.0.0.1:PORT/",
    "port 0": "http://page.example:0/",
    "port beyond the last": "http://page.example:65616/",
    "negative port": "http://page.example:-1/",
    "port in wide digits": "http://page.example:８０/",
    "two ports": "http://page.example:80:PORT/",
    "host of brackets": "http://[page.example]/",
    "open bracket": "http://[::1/",
    "no host": "http://:PORT/",
    "dots for a host": "http://../",
    "file": "file:///etc/passwd",
    "file with a host": "file://127.0.0.1/etc/passwd",
    "gopher": "gopher://127.0.0.1:PORT/_GET",
    "dict": "dict://127.0.0.1:PORT/stat",
    "ftp": "ftp://127.0.0.1:PORT/",
    "ldap": "ldap://127.0.0.1:PORT/",
    "data": "data:text/html,x",
    "javascript": "javascript:alert(1)",
    "scheme in a scheme": "jar:http://127.0.0.1:PORT/!/",
    "view-source": "view-source:http://127.0.0.1:PORT/",
    "WebSocket": "ws://127.0.0.1:PORT/",
    "socket file": "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "too long": "http://page.example/" + "x" * 5000,
}


def outside(names: dict[str, list[str]] | None = None) -> Resolve:
    """`page.example` is outside; other names as given, and else as they really are."""
    table = {"page.example": [OUTSIDE], **(names or {})}
    return lambda host, port: table[host] if host in table else resolve(host.strip("[]"), port)


@pytest.mark.attack
@pytest.mark.parametrize("url", URLS.values(), ids=URLS.keys())
def test_addresses_that_are_something_else(url: str) -> None:
    with serving(answer(b"secret")) as server, serving(answer(b"page")) as page:
        with pytest.raises(RefusedAddressError):
            fetch_raw(
                url.replace("PORT", str(server.port)),
                limits=QUICK,
                resolver=outside(),
                network=Internet({OUTSIDE: page.port}),
            )
        assert (server.connections, page.connections) == (0, 0)


REDIRECTS: dict[str, str] = {
    "to loopback": "http://127.0.0.1:PORT/",
    "to loopback in IPv6": "http://[::ffff:127.0.0.1]:PORT/",
    "to loopback in decimal": "http://2130706433:PORT/",
    "to a name that is inside": "http://inside.example:PORT/",
    "to a name with one address inside": "http://both.example:PORT/",
    "to metadata": "http://169.254.169.254/latest/meta-data/",
    "with the scheme left out": "//127.0.0.1:PORT/",
    "with credentials": "http://user:secret@page.example/",
    "to TLS inside": "https://127.0.0.1:PORT/",
    "to a file": "file:///etc/passwd",
    "to gopher": "gopher://127.0.0.1:PORT/_x",
    "to ftp": "ftp://127.0.0.1:PORT/",
    "to data": "data:text/html,<p>secret",
    "to a script": "javascript:x",
    "to an open bracket": "http://[::1/",
    "to port 0": "http://page.example:0/",
}


@pytest.mark.attack
@pytest.mark.parametrize("status", ["301 Moved", "307 Moved"])
@pytest.mark.parametrize("location", REDIRECTS.values(), ids=REDIRECTS.keys())
def test_redirects_inside(location: str, status: str) -> None:
    names = {"inside.example": ["127.0.0.1"], "both.example": [OUTSIDE, "127.0.0.1"]}
    with serving(answer(b"secret")) as server:
        with serving(answer(b"", status, Location=location.replace("PORT", str(server.port)))) as page:
            with pytest.raises(RefusedAddressError) as caught:
                fetch_raw(
                    "http://page.example/",
                    limits=QUICK,
                    resolver=outside(names),
                    network=Internet({OUTSIDE: page.port}),
                )
            assert page.connections == 1
        assert server.connections == 0
    assert "user:secret" not in str(caught.value)


@pytest.mark.attack
@pytest.mark.parametrize(
    "answers",
    [[[OUTSIDE], ["127.0.0.1"]], [["127.0.0.1"], [OUTSIDE]], [[OUTSIDE, "127.0.0.1"]], [["127.0.0.1", OUTSIDE]]],
    ids=["inside at the second answer", "inside at the first answer", "inside last", "inside first"],
)
def test_a_name_server_that_changes_its_mind(answers: list[list[str]]) -> None:
    left = list(answers)
    with serving(answer(b"secret")) as secret, serving(answer(b"page")) as page:
        url = f"http://page.example:{secret.port}/"
        internet = Internet({OUTSIDE: page.port})
        asked: list[bytes] = []
        for _ in answers:
            try:
                with fetch_raw(url, limits=QUICK, resolver=lambda host, port: left.pop(0), network=internet) as raw:
                    asked.append(raw.body.read())
            except RefusedAddressError:
                asked.append(b"refused")
        assert secret.connections == 0
    # One question of the resolver for each fetch, and what it answered is what was connected to.
    assert asked == [b"page" if found == [OUTSIDE] else b"refused" for found in answers]
    assert set(internet.connected) <= {OUTSIDE}


@pytest.mark.attack
@pytest.mark.parametrize(
    "location",
    ["/a%0d%0aX-Own: y", "/a%0D%0AHost: inside.example", "/a\u560a\u560dX: y"],
    ids=["escaped", "escaped Host", "letters that end in line breaks"],
)
def test_a_redirect_makes_no_field(location: str) -> None:
    def respond(client: object, head: bytes) -> None:
        first = head.startswith(b"GET / ")
        reply = answer(b"", "302 Found", Location=location) if first else answer(b"page")
        reply(client, head)  # type: ignore[arg-type]

    with serving(respond) as server, fetch_raw(server.url(), allow_private=True, limits=QUICK) as raw:
        assert raw.body.read() == b"page"
    fields = [line.partition(b":")[0] for line in server.requests[1].split(b"\r\n")[1:] if line]
    assert fields == [b"Host", b"User-Agent", b"Accept", b"Accept-Encoding"]


@pytest.mark.attack
def test_a_bomb_is_kept_packed() -> None:
    bomb = gzip.compress(b"\0" * (64 << 20), compresslevel=9)
    with serving(answer(bomb, Content_Encoding="gzip")) as server:
        raw: Raw = fetch_raw(server.url(), allow_private=True, limits=QUICK)
    with raw:
        assert (raw.size, raw.digest) == (len(bomb), hashlib.sha256(bomb).hexdigest())


@pytest.mark.attack
@pytest.mark.parametrize(
    "make", [checked_url, lambda url: leads_to("http://page.example/", url)], ids=["asked", "led to"]
)
def test_garbage_is_refused_or_an_address(make: Callable[[str], str]) -> None:
    for text in (
        "",
        " ",
        "\0",
        "http://",
        "http:// /",
        "[",
        "]",
        "http://]",
        "::",
        "http://a..b/",
        "?",
        "http://\ud800/",
    ):
        try:
            assert make(text).startswith("http://page.example/")
        except RefusedAddressError:
            continue
