"""Fetching evidence: what is kept is what was sent, and half of it is nothing."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from factdesk.capture.agree import check
from factdesk.capture.client import AGENT, Limits
from factdesk.capture.exchange import MAX_HOP_BODY, exchange_bytes, exchange_from
from factdesk.capture.fetch import Raw, fetch_raw
from factdesk.domain.captures import Capture
from factdesk.domain.documents import Extractor
from factdesk.errors import NetworkError, RefusedAddressError

from .servers import Internet, Respond, answer, serving

QUICK = Limits(bytes=1 << 20, total_seconds=5, connect_seconds=2, read_seconds=0.3, redirects=4)
START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def counting() -> Callable[[], datetime]:
    steps = itertools.count()
    return lambda: START + timedelta(seconds=next(steps))


def got(url: str, limits: Limits = QUICK) -> Raw:
    return fetch_raw(url, allow_private=True, limits=limits, now=counting())


def raw_answer(data: bytes) -> Respond:
    """Those bytes and nothing else."""
    return lambda client, head: client.sendall(data)


def by_path(**answers: Respond) -> Respond:
    """An answer for each first part of a path."""

    def respond(client: socket.socket, head: bytes) -> None:
        answers[head.split(b" ")[1].decode().strip("/").partition("?")[0] or "root"](client, head)

    return respond


def refused(respond: Respond, path: str = "/", limits: Limits = QUICK) -> NetworkError:
    with serving(respond) as server, pytest.raises(NetworkError) as caught:
        got(server.url(path), limits)
    return caught.value


def test_the_body_is_kept_as_it_was_received() -> None:
    packed = gzip.compress("<p>Xin chào".encode("windows-1258", "replace"), mtime=0)
    respond = answer(packed, Content_Encoding="GZIP", CONTENT_type="Text/HTML; Charset='Windows-1258'", Date="now")
    with serving(respond) as server, got(server.url("/a?b=c")) as raw:
        assert raw.body.read() == packed
        assert (raw.size, raw.digest) == (len(packed), hashlib.sha256(packed).hexdigest())
        exchange = raw.exchange
    assert raw.body.closed
    assert (exchange.media_type, exchange.charset, exchange.content_encoding) == ("text/html", "windows-1258", "gzip")
    assert (exchange.url, exchange.final_url, exchange.redirects) == (server.url("/a?b=c"), server.url("/a?b=c"), ())
    assert (exchange.date, exchange.last_modified, exchange.address, exchange.status) == ("now", "", "127.0.0.1", 200)
    assert exchange.last.time == START
    assert exchange.last.body == b""
    assert server.requests == [exchange.last.request_head]
    assert exchange.last.request_head.startswith(b"GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:")
    assert f"\r\nUser-Agent: {AGENT}\r\n".encode() in exchange.last.request_head
    assert b"\r\nAccept-Encoding: gzip, deflate\r\n" in exchange.last.request_head
    assert (
        exchange.last.response_head
        == (
            f"HTTP/1.1 200 OK\r\nContent-Length: {len(packed)}\r\nContent-Encoding: GZIP\r\n"
            "CONTENT-type: Text/HTML; Charset='Windows-1258'\r\nDate: now\r\n\r\n"
        ).encode()
    )


def test_every_hop_is_kept_with_its_body() -> None:
    respond = by_path(
        a=answer(b"gone to b", "301 Moved Permanently", Location="/b?x=1", Set_Cookie="a=b"),
        b=answer(b"y" * (MAX_HOP_BODY + 1), "302 Found", Location="c#there"),
        c=answer(b"x", "307 Temporary Redirect", length=100, Location="/d"),
        d=answer(b"here", Content_Type="text/plain", Refresh="0; url=/e"),
    )
    with serving(respond) as server, got(server.url("/a")) as raw:
        assert raw.body.read() == b"here"
    hops = raw.exchange.hops
    assert [hop.url for hop in hops] == [server.url(path) for path in ("/a", "/b?x=1", "/c", "/d")]
    assert raw.exchange.redirects == tuple(hop.url for hop in hops)
    assert [hop.status for hop in hops] == [301, 302, 307, 200]
    assert [(hop.body, hop.truncated) for hop in hops] == [
        (b"gone to b", False),
        (b"y" * MAX_HOP_BODY, True),
        (b"x", True),
        (b"", False),
    ]
    assert [hop.time for hop in hops] == [START + timedelta(seconds=each) for each in range(4)]
    assert not any(b"cookie" in head.lower() for head in server.requests)


def test_an_exchange_is_written_and_read_and_agrees_with_its_capture() -> None:
    respond = by_path(a=answer(b"", "302 Found", Location="/b"), b=answer(b"here", X="\xe9"))
    with serving(respond) as server, got(server.url("/a")) as raw:
        pass
    data = exchange_bytes(raw.exchange)
    assert exchange_from(data) == raw.exchange
    capture = Capture(
        *("web", raw.digest, raw.size, "text/plain", "", Extractor("text", "1"), START),
        url=server.url("/a").replace("http", "HTTP") + "#fragment",
        final_url=raw.exchange.final_url,
        private=True,
    )
    assert check(raw.exchange, capture) is None


@pytest.mark.parametrize(
    ("host", "private"), [("127.0.0.1", True), ("public.example", False), ("inside.example", True)]
)
def test_private_is_what_really_was(host: str, private: bool) -> None:
    addresses = {"public.example": ["1.1.1.1"], "inside.example": ["10.1.2.3"], "127.0.0.1": ["127.0.0.1"]}
    with serving(answer(b"x")) as server:
        internet = Internet(dict.fromkeys(("1.1.1.1", "10.1.2.3", "127.0.0.1"), server.port))
        raw = fetch_raw(
            f"http://{host}/",
            allow_private=True,
            limits=QUICK,
            resolver=lambda host, port: addresses[host],
            network=internet,
        )
    with raw:
        assert raw.private is private
        assert raw.exchange.address == addresses[host][0]


def test_a_private_address_names_the_option_of_captures() -> None:
    with serving(answer(b"secret")) as server, pytest.raises(RefusedAddressError) as caught:
        fetch_raw(server.url())
    assert "--allow-private" in str(caught.value)
    assert server.requests == []


def test_missing_types_and_encodings_are_missing() -> None:
    with serving(raw_answer(b"HTTP/1.0 200\r\n\r\nall of it")) as server, got(server.url()) as raw:
        assert raw.body.read() == b"all of it"
    assert (raw.exchange.media_type, raw.exchange.charset, raw.exchange.content_encoding) == ("", "", "")
    assert raw.exchange.last.response_head == b"HTTP/1.0 200 \r\n\r\n"


def test_interim_answers_are_passed_over() -> None:
    data = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
    respond = raw_answer(data + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody")
    with serving(respond) as server, got(server.url()) as raw:
        assert raw.body.read() == b"body"
    assert raw.exchange.last.response_head == b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"


def test_pieces_are_joined_and_what_follows_is_not_part_of_it() -> None:
    data = CHUNKED + b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nX-Late: 1\r\n\r\nHTTP/1.1 "
    with serving(raw_answer(data)) as server, got(server.url()) as raw:
        assert raw.body.read() == b"abcde"
    assert b"X-Late" not in raw.exchange.last.response_head


@pytest.mark.parametrize("status", ["201 Created", "203 Other", "204 No Content", "206 Partial Content", "300 Many"])
def test_anything_but_the_thing_itself_is_an_error_with_its_number(status: str) -> None:
    assert status[:3] in str(refused(answer(b"x" if status[:3] != "204" else b"", status, Location="/b")))


@pytest.mark.parametrize("status", ["301 Moved", "304 Not Modified", "404 Not Found", "410 Gone", "451 No", "503 Busy"])
def test_errors_are_errors_with_their_number(status: str) -> None:
    assert status[:3] in str(refused(answer(b"", status, Content_Encoding="br")))


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
HARM: dict[str, bytes] = {
    "chunked body cut between chunks": CHUNKED + b"3\r\nabc\r\n",
    "chunked body cut in a chunk": CHUNKED + b"10\r\nabc",
    "chunked body cut before its last line": CHUNKED + b"3\r\nabc\r\n0\r\n",
    "chunk size that is none": CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n",
    "chunk size that is negative": CHUNKED + b"-3\r\nabc\r\n0\r\n\r\n",
    "chunk size without end": CHUNKED + b"1" * 40 + b"\r\nabc\r\n0\r\n\r\n",
    "chunk without its line end": CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n",
    "length longer than the body": b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\nabc",
    "length that is negative": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nabc",
    "length that is no number": b"HTTP/1.1 200 OK\r\nContent-Length: 0x10\r\n\r\nabc",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 3\r\n\r\nabc",
    "length beyond the limit": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\nabc",
    "length of thirty digits": b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n\r\nabc",
    "other transfer encoding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "NUL in a head": b"HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 1\r\n\r\na",
    "NUL in a name": b"HTTP/1.1 200 OK\r\nX\0: b\r\nContent-Length: 1\r\n\r\na",
    "space before a colon": b"HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\na",
    "lone line feed in the status": b"HTTP/1.1 200\nOK\r\nContent-Length: 1\r\n\r\na",
    "carriage return in a head": b"HTTP/1.1 200 OK\r\nX: a\rLocation: /b\r\nContent-Length: 1\r\n\r\na",
    "HTTP/0.9": b"<html>no head</html>",
    "HTTP/2 in the clear": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "another protocol": b"220 mail.example ESMTP\r\n\r\n",
    "TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
    "status of two digits": b"HTTP/1.1 20 OK\r\n\r\n",
    "status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "switching protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc",
    "flood of headers": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000 + b"\r\nabc",
    "header without end": b"HTTP/1.1 200 OK\r\nA: " + b"b" * 300_000,
    "nothing at all": b"",
    "interim answers only": b"HTTP/1.1 100 Continue\r\n\r\n" * 1000,
    "encoding that was not asked for": b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\na",
    "encoding twice": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 1\r\n\r\na",
    "redirect to two addresses": b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.attack
@pytest.mark.parametrize("data", HARM.values(), ids=HARM.keys())
def test_answers_that_mean_harm(data: bytes) -> None:
    error = refused(raw_answer(data))
    assert not isinstance(error, RefusedAddressError)
    assert len(str(error)) < 500


@pytest.mark.attack
def test_a_split_answer_is_one_answer() -> None:
    """What stands behind the body that was declared is nothing."""
    evil = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"
    with serving(raw_answer(evil)) as server, got(server.url()) as raw:
        assert raw.body.read() == b"abc"


@pytest.mark.attack
@pytest.mark.parametrize("chunked", [False, True], ids=["until closed", "chunked"])
def test_a_body_without_end(chunked: bool) -> None:
    def respond(client: socket.socket, _: bytes) -> None:
        client.sendall(CHUNKED if chunked else b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n" if chunked else b"x" * 65536)

    assert "MB" in str(refused(respond))


@pytest.mark.attack
@pytest.mark.parametrize("drip", [b"x", b"1\r\nx\r\n", b"X: y\r\n"], ids=["body", "chunks", "trailers"])
def test_a_slow_drip_ends_with_the_total_limit(drip: bytes) -> None:
    stop = threading.Event()

    def respond(client: socket.socket, _: bytes) -> None:
        head = CHUNKED if drip != b"x" else b"HTTP/1.1 200 OK\r\n\r\n"
        client.sendall(head + (b"0\r\n" if drip == b"X: y\r\n" else b""))
        while not stop.wait(0.02):
            client.sendall(drip)

    with serving(respond) as server:
        with pytest.raises(NetworkError) as caught:
            got(server.url(), Limits(total_seconds=0.5, read_seconds=5))
        stop.set()
    assert "too long" in str(caught.value)


@pytest.mark.attack
def test_a_redirect_whose_body_never_ends_is_followed_all_the_same() -> None:
    stop = threading.Event()

    def endless(client: socket.socket, _: bytes) -> None:
        client.sendall(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\nabc")
        stop.wait(5)

    with serving(by_path(root=endless, b=answer(b"here"))) as server:
        with got(server.url()) as raw:
            assert raw.body.read() == b"here"
        stop.set()
    assert (raw.exchange.hops[0].body, raw.exchange.hops[0].truncated) == (b"abc", True)


@pytest.mark.attack
def test_a_circle_of_redirects_is_told() -> None:
    respond = by_path(
        a=answer(b"", "302 Found", Location="/b"),
        b=answer(b"", "302 Found", Location="/c"),
        c=answer(b"", "302 Found", Location="/b#x"),
    )
    with serving(respond) as server:
        with pytest.raises(NetworkError) as caught:
            got(server.url("/a"))
        assert len(server.requests) == 3
    assert "circle" in str(caught.value)


@pytest.mark.attack
def test_redirects_without_end_are_told() -> None:
    def respond(client: socket.socket, head: bytes) -> None:
        answer(b"", "302 Found", Location=head.split(b" ")[1].decode() + "x")(client, head)

    with serving(respond) as server:
        with pytest.raises(NetworkError) as caught:
            got(server.url("/a"))
        assert len(server.requests) == QUICK.redirects + 1
    assert "more than 4 times" in str(caught.value)


def test_redirects_are_addresses_in_utf8() -> None:
    def respond(client: socket.socket, head: bytes) -> None:
        if head.startswith(b"GET /a"):
            client.sendall("HTTP/1.1 302 Found\r\nLocation: /bản tin\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            answer(b"here")(client, head)

    with serving(respond) as server, got(server.url("/a")) as raw:
        assert raw.exchange.final_url == server.url("/b%E1%BA%A3n%20tin")
