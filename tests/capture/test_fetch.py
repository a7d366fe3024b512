"""Fetching from real servers that mean harm. All of them stand on the loopback address."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
import zlib

import pytest

from factdesk.capture.client import Limits
from factdesk.capture.fetch import Fetched, NotModified, fetch
from factdesk.capture.targets import checked_url
from factdesk.errors import NetworkError, RefusedAddressError

from .servers import Internet, Respond, answer, serving

QUICK = Limits(bytes=1 << 20, total_seconds=5, connect_seconds=2, read_seconds=0.3)


def got(url: str, limits: Limits = QUICK, **options: str) -> Fetched:
    fetched = fetch(url, allow_private=True, limits=limits, **options)  # type: ignore[arg-type]
    assert isinstance(fetched, Fetched)
    return fetched


def refused(respond: Respond, limits: Limits = QUICK) -> NetworkError:
    with serving(respond) as server, pytest.raises(NetworkError) as caught:
        fetch(server.url(), allow_private=True, limits=limits)
    return caught.value


def test_a_body_with_its_headers() -> None:
    with (
        serving(
            answer(b'{"a": 1}', Content_Type="application/json; charset=x", ETag='"v1"', Last_Modified="yesterday")
        ) as server,
        got(server.url("/feed?utm_source=kept&q=ă")) as fetched,
    ):
        assert fetched.body.read() == b'{"a": 1}'
        assert (fetched.size, fetched.media_type, fetched.etag, fetched.last_modified) == (
            8,
            "application/json",
            '"v1"',
            "yesterday",
        )
    assert server.requests[0].startswith(b"GET /feed?utm_source=kept&q=%C4%83 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}".encode() in server.requests[0]
    assert fetched.body.closed


@pytest.mark.attack
def test_conditions_are_sent_and_not_modified_is_no_body() -> None:
    with serving(answer(status="304 Not Modified")) as server:
        found = fetch(
            server.url(), etag='"v1"', last_modified="then\r\nX-Injected: yes", allow_private=True, limits=QUICK
        )
    assert isinstance(found, NotModified)
    assert b'If-None-Match: "v1"\r\n' in server.requests[0]
    assert b"\r\nX-Injected" not in server.requests[0]


@pytest.mark.attack
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_refused_by_number_and_by_name(host: str) -> None:
    with serving(answer(b"secret")) as server:
        with pytest.raises(RefusedAddressError):
            fetch(server.url(host=host), limits=QUICK)
        assert server.requests == []


@pytest.mark.attack
def test_a_public_name_that_points_inside_is_refused() -> None:
    with serving(answer(b"secret")) as server:
        with pytest.raises(RefusedAddressError):
            fetch(f"http://feed.example:{server.port}/", limits=QUICK, resolver=lambda host, port: ["127.0.0.1"])
        assert server.requests == []


@pytest.mark.attack
def test_the_name_is_resolved_once_so_that_a_second_answer_has_no_say() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.255.255.1"]

    with serving(answer(b"body")) as server:
        found = fetch(f"http://feed.example:{server.port}/", allow_private=True, limits=QUICK, resolver=rebinding)
    assert isinstance(found, Fetched)
    found.body.close()
    assert asked == ["feed.example"]
    assert f"Host: feed.example:{server.port}".encode() in server.requests[0]


@pytest.mark.attack
@pytest.mark.parametrize("inside", ["127.0.0.1", "inside.example", "[::ffff:7f00:1]"])
def test_a_redirect_from_outside_to_inside_is_refused(inside: str) -> None:
    names = {"outside.example": "1.1.1.1", "inside.example": "127.0.0.1"}
    with serving(answer(b"secret")) as inner:
        with serving(answer(status="302 Found", Location=inner.url(host=inside))) as outer:
            internet = Internet({"1.1.1.1": outer.port})
            with pytest.raises(RefusedAddressError):
                fetch(
                    "http://outside.example/",
                    limits=QUICK,
                    resolver=lambda host, port: [names.get(host, host.strip("[]"))],
                    network=internet,
                )
        assert outer.requests[0].startswith(b"GET / HTTP/1.1\r\nHost: outside.example\r\n")
        assert inner.requests == []
    assert internet.connected == ["1.1.1.1"]


def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    with serving(answer()) as gone:
        pass
    with serving(answer(b"here")) as server:
        internet = Internet({"1.1.1.1": gone.port, "8.8.8.8": server.port})
        two = ["1.1.1.1", "8.8.8.8"]
        found = fetch("http://x.example/", limits=QUICK, resolver=lambda host, port: two, network=internet)
        assert isinstance(found, Fetched)
        with found:
            assert found.body.read() == b"here"
    assert internet.connected == two


@pytest.mark.attack
@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x.example/", "gopher://x/", "http://u:p@x.example/", "data:,x"]
)
def test_redirects_to_other_schemes_and_credentials_are_refused(location: str) -> None:
    error = refused(answer(status="302 Found", Location=location))
    assert isinstance(error, RefusedAddressError)
    assert "u:p" not in str(error)


@pytest.mark.attack
def test_relative_redirects_are_followed_and_endless_ones_are_not() -> None:
    def respond(client: socket.socket, head: bytes) -> None:
        if head.startswith(b"GET /end"):
            answer(b"here")(client, head)
        elif head.startswith(b"GET /loop"):
            answer(status="301 Moved", Location="/loop")(client, head)
        else:
            answer(status="307 Moved", Location="end")(client, head)

    with serving(respond) as server:
        with got(server.url("/start")) as fetched:
            assert (fetched.url, fetched.body.read()) == (server.url("/end"), b"here")
        with pytest.raises(NetworkError):
            got(server.url("/loop"))
        assert sum(head.startswith(b"GET /loop") for head in server.requests) == 1


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_packed_bodies_are_unpacked(encoding: str) -> None:
    packed = gzip.compress(b"x" * 1000) if encoding == "gzip" else zlib.compress(b"x" * 1000)
    with serving(answer(packed, Content_Encoding=encoding)) as server, got(server.url()) as fetched:
        assert fetched.body.read() == b"x" * 1000


@pytest.mark.attack
def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * (64 << 20))
    assert len(bomb) < QUICK.bytes
    assert "MB" in str(refused(answer(bomb, Content_Encoding="gzip")))


@pytest.mark.attack
@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x" * 500])
def test_encodings_that_were_not_asked_for(encoding: str) -> None:
    refused(answer(b"abc", Content_Encoding=encoding))


@pytest.mark.attack
@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(os.urandom(5000))[:-100]])
def test_packed_bodies_that_are_damaged_or_cut(body: bytes) -> None:
    refused(answer(body, Content_Encoding="gzip"))


@pytest.mark.attack
def test_a_declared_length_beyond_the_limit_is_not_begun() -> None:
    assert "MB" in str(refused(answer(b"x", length=QUICK.bytes + 1)))


@pytest.mark.attack
@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"])
def test_a_body_without_end_is_stopped(head: bytes) -> None:
    def respond(client: socket.socket, _: bytes) -> None:
        client.sendall(head)
        while True:
            client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n" if b"chunked" in head else b"x" * 65536)

    assert "MB" in str(refused(respond))


def test_a_body_shorter_than_declared_is_no_body() -> None:
    refused(answer(b"abc", length=100))


def test_a_body_longer_than_declared_ends_where_it_should() -> None:
    with serving(answer(b"abcdef", length=3)) as server, got(server.url()) as fetched:
        assert fetched.body.read() == b"abc"


@pytest.mark.attack
def test_silence_ends_with_the_read_limit() -> None:
    gate = threading.Event()

    def respond(client: socket.socket, _: bytes) -> None:
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        gate.wait(10)

    with serving(respond) as server:
        with pytest.raises(NetworkError):
            fetch(server.url(), allow_private=True, limits=QUICK)
        gate.set()


@pytest.mark.attack
@pytest.mark.parametrize("drip", [b"X: y\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"])
def test_dripping_headers_end_with_the_total_limit(drip: bytes) -> None:
    stop = threading.Event()

    def respond(client: socket.socket, _: bytes) -> None:
        client.sendall(b"" if drip.startswith(b"HTTP") else b"HTTP/1.1 200 OK\r\n")
        while not stop.wait(0.02):
            client.sendall(drip)

    with serving(respond) as server:
        with pytest.raises(NetworkError) as caught:
            fetch(server.url(), allow_private=True, limits=Limits(total_seconds=0.5, read_seconds=5))
        stop.set()
    assert "too long" in str(caught.value)


@pytest.mark.attack
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: " + b"b" * 300_000,
    ],
)
def test_what_is_no_http(raw: bytes) -> None:
    refused(lambda client, head: client.sendall(raw))


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "206 Partial Content"])
def test_other_answers_are_errors_with_their_number(status: str) -> None:
    assert status[:3] in str(refused(answer(status=status)))


def test_a_file_that_cannot_grow_is_an_error_in_words() -> None:
    program = (
        "import resource, signal, sys\n"
        "from factdesk.capture.fetch import fetch\n"
        "from factdesk.errors import NetworkError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    fetch(sys.argv[1], allow_private=True)\n"
        "except NetworkError as error:\n    print(error)\n"
    )
    with serving(answer(b"x" * 100_000)) as server:
        done = subprocess.run([sys.executable, "-c", program, server.url()], capture_output=True, text=True, timeout=60)
    assert "could not be fetched" in done.stdout, done.stderr


def test_nobody_listens() -> None:
    with serving(answer()) as server:
        pass
    with pytest.raises(NetworkError):
        fetch(server.url(), allow_private=True, limits=QUICK)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer(b"proxy")) as proxy, serving(answer(b"direct")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url())
        with got(server.url()) as fetched:
            assert fetched.body.read() == b"direct"
        assert proxy.requests == []


@pytest.mark.attack
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://x.example/",
        "//x.example/",
        "x.example",
        "http://",
        "http:x.example",
        "http://x.example:0/",
        "http://x.example:99999/",
        "http://[::1",
        "http://x.example\r\nHost: y/",
        "http://user@x.example/",
        "http://user:secret@x.example/",
        "http://x.example\\@127.0.0.1/",
        "",
        "javascript:alert(1)",
    ],
)
def test_addresses_that_are_never_asked_for(url: str) -> None:
    with pytest.raises(RefusedAddressError) as caught:
        checked_url(url)
    assert "secret" not in str(caught.value)


def test_hosts_are_sent_as_ascii() -> None:
    written = "HTTPS://BÜCHER.example:443/a b?x=1&utm_id=2#f"
    assert checked_url(written) == "https://xn--bcher-kva.example/a%20b?x=1&utm_id=2"
