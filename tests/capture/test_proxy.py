"""The proxy of the browser, asked over real sockets: it goes where a fetch may go, and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from factdesk.capture.client import Way
from factdesk.capture.proxy import Proxy, ProxyLimits, proxying

from .servers import Internet, Server, answer, serving

OUTSIDE = "1.1.1.1"


def resolved(host: str, port: int) -> list[str]:
    """Names of the tests: `NAME.example` is outside, `inside.example` is this machine; numbers are themselves."""
    names = {"inside.example": ["127.0.0.1"], "both.example": [OUTSIDE, "127.0.0.1"], "six.example": ["::1"]}
    return names.get(host) or ([OUTSIDE] if host.endswith(".example") else [host])


@contextmanager
def running(server: Server, limits: ProxyLimits | None = None) -> Iterator[tuple[Proxy, Internet]]:
    """A proxy to whose internet the server is all that is outside, on port 80 and its own."""
    internet = Internet({OUTSIDE: server.port})
    way = Way(resolver=resolved, network=internet)
    with proxying(frozenset({80, 443, server.port}), way, limits) as proxy:
        yield proxy, internet


def told(proxy: Proxy, *sent: bytes) -> bytes:
    """Everything that the proxy says to what is sent."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=10) as client:
        for each in sent:
            client.sendall(each)
        found = b""
        try:
            while data := client.recv(65536):
                found += data
        except ConnectionResetError:
            pass
        return found


def test_a_page_comes_through_with_the_fields_between_browser_and_proxy_taken_off() -> None:
    ask = (
        b"GET http://page.example/a?b=c HTTP/1.1\r\nHost: other.example\r\nProxy-Connection: keep-alive\r\n"
        b"Proxy-Authorization: Basic eA==\r\nConnection: keep-alive\r\nX-Own: kept\r\n\r\n"
    )
    with serving(answer(b"page")) as server, running(server) as (proxy, internet):
        found = told(proxy, ask)
    assert found.endswith(b"\r\n\r\npage")
    assert server.requests == [b"GET /a?b=c HTTP/1.1\r\nHost: page.example\r\nX-Own: kept\r\nConnection: close\r\n\r\n"]
    assert (internet.connected, proxy.refused, proxy.private) == ([OUTSIDE], [], False)
    assert proxy.used == len(found)


def test_a_tunnel_passes_bytes_both_ways() -> None:
    with serving(answer(b"page")) as server, running(server) as (proxy, _):
        found = told(proxy, b"CONNECT page.example:443 HTTP/1.1\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n")
    assert found.startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 OK")
    assert server.requests == [b"GET / HTTP/1.1\r\n\r\n"]


def test_a_body_goes_along_and_nothing_after_it() -> None:
    ask = b"POST http://page.example/ HTTP/1.1\r\nContent-Length: 4\r\n\r\n"
    got: list[bytes] = []

    def respond(client: socket.socket, head: bytes) -> None:
        body = head.partition(b"\r\n\r\n")[2]
        while len(body) < 4 and (more := client.recv(100)):
            body += more
        got.append(body)
        answer(b"thanks")(client, head)

    with serving(respond) as server, running(server) as (proxy, _):
        assert told(proxy, ask + b"body").endswith(b"thanks")
        told(proxy, ask + b"bodyGET http://other.example/ HTTP/1.1\r\n\r\n")
    assert got == [b"body", b""]


REFUSED: dict[str, bytes] = {
    "loopback": b"GET http://127.0.0.1:%d/ HTTP/1.1\r\n\r\n",
    "loopback in a tunnel": b"CONNECT 127.0.0.1:%d HTTP/1.1\r\n\r\n",
    "loopback in IPv6": b"CONNECT [::1]:%d HTTP/1.1\r\n\r\n",
    "mapped loopback": b"GET http://[::ffff:127.0.0.1]:%d/ HTTP/1.1\r\n\r\n",
    "name of this machine": b"GET http://inside.example:%d/ HTTP/1.1\r\n\r\n",
    "name of this machine in IPv6": b"CONNECT six.example:%d HTTP/1.1\r\n\r\n",
    "name with a private address among others": b"CONNECT both.example:%d HTTP/1.1\r\n\r\n",
    "metadata of a cloud": b"GET http://169.254.169.254/latest/ HTTP/1.1\r\nX: %d\r\n\r\n",
    "unspecified address": b"CONNECT 0.0.0.0:%d HTTP/1.1\r\n\r\n",
    "other port": b"CONNECT page.example:22 HTTP/1.1\r\nX: %d\r\n\r\n",
    "mail": b"CONNECT page.example:25 HTTP/1.1\r\nX: %d\r\n\r\n",
    "file": b"GET file:///etc/passwd HTTP/1.1\r\nX: %d\r\n\r\n",
    "ftp": b"GET ftp://page.example/ HTTP/1.1\r\nX: %d\r\n\r\n",
    "path only": b"GET /etc/passwd HTTP/1.1\r\nX: %d\r\n\r\n",
    "no target": b"GET\r\nX: %d\r\n\r\n",
    "credentials": b"GET http://page.example@127.0.0.1:%d/ HTTP/1.1\r\n\r\n",
    "credentials in a tunnel": b"CONNECT page.example@127.0.0.1:%d HTTP/1.1\r\n\r\n",
    "port that is none": b"CONNECT page.example:x%d HTTP/1.1\r\n\r\n",
    "path in a tunnel": b"CONNECT page.example:22/:%d HTTP/1.1\r\n\r\n",
    "zone": b"CONNECT [fe80::1%%25lo]:%d HTTP/1.1\r\n\r\n",
}


@pytest.mark.attack
@pytest.mark.parametrize("ask", REFUSED.values(), ids=REFUSED.keys())
def test_what_the_proxy_refuses(ask: bytes) -> None:
    with serving(answer(b"secret")) as server, running(server) as (proxy, internet):
        found = told(proxy, ask % server.port)
        assert server.connections == 0
    assert found.startswith(b"HTTP/1.1 403 ")
    assert (internet.connected, len(proxy.refused)) == ([], 1)


@pytest.mark.attack
def test_a_name_is_resolved_for_each_connection_and_connected_to_as_checked() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return [OUTSIDE] if len(asked) == 1 else ["127.0.0.1"]

    with serving(answer(b"outside")) as outside, serving(answer(b"secret")) as secret:
        internet = Internet({OUTSIDE: outside.port})
        with proxying(frozenset({secret.port}), Way(resolver=rebinding, network=internet)) as proxy:
            ask = f"GET http://rebind.example:{secret.port}/ HTTP/1.1\r\n\r\n".encode()
            assert told(proxy, ask).endswith(b"outside")
            assert told(proxy, ask).startswith(b"HTTP/1.1 403 ")
        assert secret.connections == 0
    assert internet.connected == [OUTSIDE]


def test_a_desk_s_own_network_may_be_allowed_and_is_noted() -> None:
    with serving(answer(b"own")) as server, proxying(frozenset({server.port}), Way(True)) as proxy:
        assert told(proxy, f"GET {server.url()} HTTP/1.1\r\n\r\n".encode()).endswith(b"own")
    assert proxy.private


def test_who_is_not_there_is_told() -> None:
    with serving(answer()) as server:
        pass
    with running(server) as (proxy, _):
        assert told(proxy, b"GET http://page.example/ HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 502 ")


def endless(client: socket.socket, head: bytes) -> None:
    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        client.sendall(b"x" * 65536)


def silent(client: socket.socket, head: bytes) -> None:
    client.recv(1)


@pytest.mark.attack
@pytest.mark.parametrize(
    ("respond", "limits"),
    [
        (endless, ProxyLimits(bytes=1 << 20)),
        (endless, ProxyLimits(seconds=0.3)),
        (silent, ProxyLimits(idle_seconds=0.2)),
    ],
    ids=["bytes", "seconds", "silence"],
)
def test_limits_end_a_connection(respond: Callable[[socket.socket, bytes], None], limits: ProxyLimits) -> None:
    with serving(respond) as server, running(server, limits) as (proxy, _):
        found = told(proxy, b"GET http://page.example/ HTTP/1.1\r\n\r\n")
        assert told(proxy, b"x" * (1 << 18)) == b""
    if limits.bytes == 1 << 20:
        assert len(found) <= 1 << 20


@pytest.mark.attack
def test_more_connections_than_allowed_are_closed() -> None:
    with serving(silent) as server, running(server, ProxyLimits(connections=2)) as (proxy, _):
        held = [socket.create_connection(("127.0.0.1", proxy.port)) for _ in range(2)]
        assert told(proxy) == b""
        for each in held:
            each.close()
