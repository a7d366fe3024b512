"""What was asked and what was answered, hop by hop: the part of a capture that says how its bytes were obtained."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from factdesk.capture.addresses import is_public
from factdesk.domain.events import canonical_time

MAX_HOP_BODY = 64 << 10
"""Bytes of a redirect's own body that are kept."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""Statuses whose `Location` is followed."""

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hop:
    """One request and its answer. `address` is the network address it went to, `time` when it was sent, aware UTC.

    Heads are whole, with the empty line that ends them: the request's bytes as sent; the response's status line and
    fields in their order and case. `body` is a redirect's own, at most `MAX_HOP_BODY` bytes, `truncated` when there
    was more or it broke off; the last hop's body is the capture's and not in here.
    """

    url: str
    address: str
    time: datetime
    request_head: bytes
    response_head: bytes
    status: int
    body: bytes = b""
    truncated: bool = False

    def header(self, name: str) -> str:
        """A field of the answer, its values joined by commas; empty when there is none."""
        return ", ".join(self.headers(name))

    def headers(self, name: str) -> list[str]:
        """The values of a field of the answer, in order."""
        return fields_of(self.response_head).get(name.lower(), [])

    @property
    def private(self) -> bool:
        """Whether it went to an address that is not on the public internet."""
        try:
            return not is_public(ip_address(self.address))
        except ValueError:
            return True


@dataclass(frozen=True, slots=True)
class Exchange:
    """The hops of one capture in order, at least one; the last one's answer is what was captured."""

    hops: tuple[Hop, ...]

    @property
    def last(self) -> Hop:
        """The hop whose answer was captured."""
        return self.hops[-1]

    @property
    def url(self) -> str:
        """The address that was asked for first."""
        return self.hops[0].url

    @property
    def final_url(self) -> str:
        """Where redirects led."""
        return self.last.url

    @property
    def status(self) -> int:
        """The last answer's status."""
        return self.last.status

    @property
    def redirects(self) -> tuple[str, ...]:
        """Every address that was asked, when there was more than one."""
        return tuple(hop.url for hop in self.hops) if len(self.hops) > 1 else ()

    @property
    def media_type(self) -> str:
        """The media type that the server declares, in lower case; empty when it declares none."""
        return self.last.header("content-type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset that the server declares, in lower case; empty when it declares none."""
        found = _CHARSET.search(self.last.header("content-type"))
        return found[1].lower() if found else ""

    @property
    def content_encoding(self) -> str:
        """How the body is packed: `gzip` or `deflate`; empty when it is not."""
        return encoding_of(self.last.header("content-encoding"))

    @property
    def last_modified(self) -> str:
        """When the server says that the page was changed, in its words."""
        return self.last.header("last-modified")

    @property
    def date(self) -> str:
        """The server's own clock, in its words."""
        return self.last.header("date")

    @property
    def address(self) -> str:
        """The network address that the last answer came from."""
        return self.last.address

    @property
    def private(self) -> bool:
        """Whether any hop went to an address that is not on the public internet."""
        return any(hop.private for hop in self.hops)


def encoding_of(value: str) -> str:
    """A `Content-Encoding` in one form: empty for none, `gzip` for its old name `x-gzip`."""
    name = value.strip().lower()
    return {"identity": "", "x-gzip": "gzip"}.get(name, name)


def fields_of(head: bytes) -> dict[str, list[str]]:
    """The fields of a head, names in lower case, values in order; lines that are none are passed over."""
    found: dict[str, list[str]] = {}
    for line in head.split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            found.setdefault(name.decode("latin-1").strip().lower(), []).append(words_of(value).strip())
    return found


def words_of(value: bytes) -> str:
    """A field's value as text: UTF-8 where it is that, as servers send addresses, else Latin-1."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def exchange_bytes(exchange: Exchange) -> bytes:
    """The exchange as canonical JSON in UTF-8: sorted keys, no spaces, nothing empty.

    Heads stand in it as Latin-1, which keeps every byte, bodies in base64.
    """
    data = {"hops": [_row(hop) for hop in exchange.hops]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def exchange_from(data: bytes) -> Exchange:
    """The exchange that `exchange_bytes` wrote. Raises `ValueError` for anything that is not exactly that."""
    try:
        read = json.loads(data.decode("utf-8"))
        exchange = Exchange(tuple(_hop(row) for row in read["hops"]))
        same = all(map(_typed, exchange.hops)) and bool(exchange.hops) and exchange_bytes(exchange) == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("this is not an exchange") from error
    if not same:
        raise ValueError("this is not an exchange in its canonical form")
    return exchange


def _row(hop: Hop) -> dict[str, Any]:
    row: dict[str, Any] = {
        "url": hop.url,
        "address": hop.address,
        "time": canonical_time(hop.time),
        "request": hop.request_head.decode("latin-1"),
        "response": hop.response_head.decode("latin-1"),
        "status": hop.status,
        "body": base64.b64encode(hop.body).decode("ascii"),
        "truncated": hop.truncated,
    }
    return {name: value for name, value in row.items() if value not in ("", False)}


def _hop(row: Mapping[str, Any]) -> Hop:
    return Hop(
        url=row["url"],
        address=row.get("address", ""),
        time=datetime.fromisoformat(row["time"]),
        request_head=row["request"].encode("latin-1"),
        response_head=row["response"].encode("latin-1"),
        status=row["status"],
        body=base64.b64decode(row.get("body", ""), validate=True),
        truncated=row.get("truncated", False),
    )


def _typed(hop: Hop) -> bool:
    """Whether what JSON gave is of the kinds it should be: it would take 1 for true."""
    texts = isinstance(hop.url, str) and isinstance(hop.address, str)
    return texts and type(hop.status) is int and type(hop.truncated) is bool and len(hop.body) <= MAX_HOP_BODY
