"""Exchanges that do not agree with themselves or with their captures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from factdesk.capture.agree import check
from factdesk.capture.exchange import Exchange, Hop
from factdesk.domain.captures import Capture
from factdesk.domain.documents import Extractor

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST = Hop(
    "http://x.example/a?b=c",
    "1.1.1.1",
    START,
    b"GET /a?b=c HTTP/1.1\r\nHost: x.example\r\nUser-Agent: factdesk\r\n\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: //y.example:8080/d\r\n\r\n",
    301,
    b"moved",
)
LAST = Hop(
    "http://y.example:8080/d",
    "8.8.8.8",
    START,
    b"GET /d HTTP/1.1\r\nHost: y.example:8080\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Encoding: x-gzip\r\nX: \xe9\r\n\r\n",
    200,
)
EXCHANGE = Exchange((FIRST, LAST))
CAPTURE = Capture(
    *("web", "00", 4, "text/html", "", Extractor("html", "1"), START),
    url="HTTP://x.example/a?b=c&utm_source=x#there",
    final_url="http://y.example:8080/d",
    content_encoding="gzip",
)


def test_what_agrees() -> None:
    sent = replace(FIRST, url=FIRST.url + "&utm_source=x")
    sent = replace(sent, request_head=sent.request_head.replace(b"b=c", b"b=c&utm_source=x"))
    assert check(EXCHANGE, CAPTURE) is None
    assert check(Exchange((sent, LAST)), CAPTURE) is None
    assert check(EXCHANGE, replace(CAPTURE, private=True)) is None


def last(**fields: object) -> Exchange:
    return Exchange((FIRST, replace(LAST, **fields)))  # type: ignore[arg-type]


def first(**fields: object) -> Exchange:
    return Exchange((replace(FIRST, **fields), LAST))  # type: ignore[arg-type]


def swapped(hop: Hop, old: bytes, new: bytes) -> Exchange:
    """The exchange with something changed in the heads of one hop."""
    changed = replace(
        hop, request_head=hop.request_head.replace(old, new), response_head=hop.response_head.replace(old, new)
    )
    assert changed != hop
    return Exchange((changed, LAST) if hop is FIRST else (FIRST, changed))


@pytest.mark.attack
@pytest.mark.parametrize(
    ("exchange", "said"),
    [
        (swapped(FIRST, b"GET /a", b"GET /z"), "Request 1 does not ask for"),
        (swapped(FIRST, b"GET", b"POST"), "Request 1 does not ask for"),
        (swapped(FIRST, b"Host: x", b"Host: z"), "Request 1 does not ask for"),
        (swapped(FIRST, b"User-Agent: factdesk", b"host: z.example"), "Request 1 does not ask for"),
        (swapped(LAST, b":8080", b":80"), "Request 2 does not ask for"),
        (swapped(LAST, b"200 OK", b"404 No"), "Answer 2 has another status"),
        (swapped(LAST, b"HTTP/1.1 200", b"HTTP/2 200"), "head of answer 2 is not one"),
        (swapped(LAST, b"X: \xe9\r\n\r\n", b"X: \xe9\r\n"), "head of answer 2 is not one"),
        (swapped(LAST, b"X: \xe9", b"X \xe9"), "head of answer 2 is not one"),
        (swapped(LAST, b"X: \xe9", b"X: a\rb"), "head of answer 2 is not one"),
        (last(response_head=b""), "head of answer 2 is not one"),
        (swapped(FIRST, b"y.example", b"z.example"), "Answer 1 does not redirect to"),
        (swapped(FIRST, b"Location", b"X-Location"), "Answer 1 does not redirect to"),
        (swapped(FIRST, b"//y.example:8080/d", b"file:///d"), "Answer 1 does not redirect to"),
        (swapped(FIRST, b"\r\nLocation", b"\r\nLocation: /else\r\nLocation"), "Answer 1 does not redirect to"),
        (
            first(status=200, response_head=FIRST.response_head.replace(b"301", b"200")),
            "Answer 1 does not redirect to",
        ),
        (last(status=206, response_head=LAST.response_head.replace(b"200", b"206")), "The last answer has status 206"),
        (Exchange((FIRST,)), "The last answer has status 301"),
        (Exchange((LAST,)), "was asked for"),
        (Exchange((LAST, FIRST)), "does not redirect to"),
        (swapped(LAST, b"x-gzip", b"deflate"), "packed as gzip, its exchange as deflate"),
        (swapped(LAST, b"Length: 4", b"Length: 5"), "declares 5 bytes, and 4 were kept"),
        (first(address="10.0.0.1"), "private network (10.0.0.1)"),
        (last(address="::1"), "private network (::1)"),
        (last(address="nowhere"), "private network (nowhere)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_agree(exchange: Exchange, said: str) -> None:
    reason = check(exchange, CAPTURE)
    assert said in str(reason)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda capture: replace(capture, url="http://z.example/"), "says that http://z.example/ was asked for"),
        (lambda capture: replace(capture, url=""), "says that – was asked for"),
        (lambda capture: replace(capture, final_url="http://y.example/"), "says that it came from http://y.example/"),
        (lambda capture: replace(capture, content_encoding=""), "packed as –, its exchange as gzip"),
        (lambda capture: replace(capture, size=5), "declares 4 bytes, and 5 were kept"),
    ],
)
def test_what_the_capture_says_otherwise(change: Callable[[Capture], Capture], said: str) -> None:
    assert said in str(check(EXCHANGE, change(CAPTURE)))


def test_a_body_in_pieces_has_no_declared_length() -> None:
    exchange = swapped(LAST, b"Content-Length: 4", b"Transfer-Encoding: chunked\r\nContent-Length: 9")
    assert check(exchange, CAPTURE) is None
