"""Exchanges: what they tell of themselves, and their one form as bytes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.capture.exchange import MAX_HOP_BODY, Exchange, Hop, exchange_bytes, exchange_from, words_of

START = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
HOP = Hop("http://x.example/", "1.1.1.1", START, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n", 200)


def with_fields(*fields: bytes) -> Exchange:
    return Exchange((replace(HOP, response_head=b"\r\n".join((b"HTTP/1.1 200 OK", *fields, b"", b""))),))


@pytest.mark.parametrize(
    ("field", "media", "charset"),
    [
        (b"Content-Type: text/html; charset=UTF-8", "text/html", "utf-8"),
        (b'content-type: Text/HTML;charset="windows-1258"; x=y', "text/html", "windows-1258"),
        (b"CONTENT-TYPE: text/html ; x=y; Charset='viscii'", "text/html", "viscii"),
        (b"Content-Type: application/pdf", "application/pdf", ""),
        (b"Content-Type:", "", ""),
        (b"X: y", "", ""),
        (b"Content-Type: charset=utf-8", "charset=utf-8", ""),
    ],
)
def test_the_type_that_is_declared(field: bytes, media: str, charset: str) -> None:
    exchange = with_fields(field)
    assert (exchange.media_type, exchange.charset) == (media, charset)


@pytest.mark.parametrize(("value", "encoding"), [(b"GZip", "gzip"), (b"x-gzip", "gzip"), (b"identity", ""), (b"", "")])
def test_how_a_body_is_packed(value: bytes, encoding: str) -> None:
    assert with_fields(b"Content-Encoding: " + value).content_encoding == encoding


def test_fields_are_read_whatever_their_case_and_joined() -> None:
    exchange = with_fields(b"Last-Modified: Fri", b"DATE: now", b"via: a", b"Via: b", b"no field")
    assert (exchange.last_modified, exchange.date, exchange.last.header("VIA")) == ("Fri", "now", "a, b")
    assert exchange.last.headers("Via") == ["a", "b"]


def test_text_is_utf8_where_it_can_be() -> None:
    assert (words_of("ệ".encode()), words_of(b"\xe9")) == ("ệ", "é")


@pytest.mark.parametrize(
    ("address", "private"), [("8.8.8.8", False), ("10.0.0.1", True), ("fe80::1%lo", True), ("", True)]
)
def test_private_is_any_hop_inside(address: str, private: bool) -> None:
    assert Exchange((HOP, replace(HOP, address=address))).private is private


HOPS = st.builds(
    Hop,
    url=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20),
    address=st.text(max_size=20),
    time=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),
    request_head=st.binary(min_size=1, max_size=50),
    response_head=st.binary(min_size=1, max_size=50),
    status=st.integers(100, 599),
    body=st.binary(max_size=50),
    truncated=st.booleans(),
)


@given(st.lists(HOPS, min_size=1, max_size=3))
def test_what_is_written_is_read_and_has_one_form(hops: list[Hop]) -> None:
    exchange = Exchange(tuple(hops))
    data = exchange_bytes(exchange)
    assert exchange_from(data) == exchange
    assert exchange_bytes(exchange_from(data)) == data


def changed(**fields: object) -> bytes:
    row = json.loads(exchange_bytes(Exchange((HOP,))))["hops"][0] | fields
    return json.dumps({"hops": [row]}, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.attack
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"hops":[]}',
        b'{"hops":[{}]}',
        b'{"hops": 1}',
        b"[" * 100_000,
        exchange_bytes(Exchange((HOP,))) + b"\n",
        exchange_bytes(Exchange((HOP,))).replace(b'"hops":', b'"hops": '),
        changed(status="200"),
        changed(status=True),
        changed(status=200.0),
        changed(truncated=1),
        changed(truncated=False),
        changed(url=["x"]),
        changed(request="\u0416"),
        changed(body="!!!!"),
        changed(body="QQ="),
        changed(time="2026-01-02T03:04:05.000006+00:00"),
        changed(time="2026-01-02T03:04:05.000006"),
        changed(more="x"),
        exchange_bytes(Exchange((replace(HOP, body=b"x" * (MAX_HOP_BODY + 1)),))),
    ],
    ids=str,
)
def test_anything_else_is_no_exchange(data: bytes) -> None:
    with pytest.raises(ValueError, match="not an exchange"):
        exchange_from(data)
