"""WACZ 1.1.1: captures with what cites them in one file that archives' own programs replay.

    archive/data.warc.gz     requests, answers and supplied files
    factdesk/DIGEST.…        texts, layouts, exchanges, screenshots and timestamps by their SHA-256
    factdesk/manifest.json   what the desk sealed (`wacz_manifest`)
    indexes/index.cdxj       where each record stands
    pages/pages.jsonl        what replays
    datapackage.json         every file's digest and size; datapackage-digest.json has its own

The same captures, citations and attachments give the same bytes: the file's date is that of the newest of them.
Source: specs.webrecorder.net/wacz/1.1.1, and the CDXJ that its readers take.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from factdesk.capture.exchange import exchange_from
from factdesk.capture.wacz_manifest import (
    Manifest,
    attachment_of,
    canonical,
    capture_of,
    citation_of,
    publication_of,
    signoff_of,
)
from factdesk.capture.wacz_zip import CHUNK, ZipWriter
from factdesk.capture.warc import Item, Placed, items_of, resource, warcinfo, write_warc
from factdesk.domain.captures import Attachment, Capture

WARC = "archive/data.warc.gz"
MANIFEST = "factdesk/manifest.json"
INDEX = "indexes/index.cdxj"
PAGES = "pages/pages.jsonl"
PACKAGE = "datapackage.json"
PACKAGE_DIGEST = "datapackage-digest.json"
WACZ_VERSION = "1.1.1"

ENDINGS = {"screenshot-desk": ".png", "screenshot-phone": ".png", "timestamp": ".tsr"}

OpenBlob = Callable[[str], BinaryIO]
"""`open_blob(digest) -> stream`: bytes by their SHA-256."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a manifest carries, read: by id, in the manifest's order."""

    captures: Mapping[str, Capture]
    attachments: Sequence[Attachment]
    newest: datetime


def facts_of(manifest: Manifest) -> Facts:
    """The captures and attachments of a manifest; the rest of it is only looked at. Raises `ValueError` for what no
    desk seals."""
    captures = {fact.id: capture_of(fact.content) for fact in manifest.captures}
    attachments = [attachment_of(fact.content) for fact in manifest.attachments]
    times = [capture.time for capture in captures.values()] + [attachment.time for attachment in attachments]
    times += [citation_of(fact.content).time for fact in manifest.citations]
    times += [publication_of(fact.content).time for fact in manifest.publications]
    times += [signoff_of(fact.content).time for fact in manifest.signoffs]
    return Facts(captures, attachments, max(times, default=datetime(1980, 1, 1, tzinfo=UTC)))


def write_wacz(out: BinaryIO, manifest: Manifest, open_blob: OpenBlob) -> None:
    """Write a bundle into an empty file. Raises `ValueError` for a manifest that no desk makes, `ResourceError` when
    it would be larger than 4 GB, and what `open_blob` raises."""
    write_facts(out, manifest, facts_of(manifest), manifest.content(), open_blob)


def write_facts(out: BinaryIO, manifest: Manifest, facts: Facts, said: bytes, open_blob: OpenBlob) -> None:
    """The same, for who has read the manifest's facts and has its content (`said`) already."""
    archive = ZipWriter(out)
    with archive.open(WARC) as stream:
        placed = write_warc(_binary(stream), _items(manifest, facts, open_blob))
    for name, digest in sorted(blob_members(facts).items()):
        archive.add(name, _chunks(open_blob(digest)))
    archive.put(MANIFEST, said)
    archive.put(INDEX, index_of(placed))
    archive.put(PAGES, pages_of(facts))
    listed = [(name, digest, member.size) for name, (member, digest) in archive.written.items()]
    package = package_of(manifest, facts, listed)
    archive.put(PACKAGE, package)
    archive.put(PACKAGE_DIGEST, package_digest(package))
    archive.finish()


def blobs_of(facts: Facts) -> set[str]:
    """The digests of all bytes that a bundle holds."""
    return {*blob_members(facts).values(), *(capture.digest for capture in facts.captures.values())}


def blob_members(facts: Facts) -> dict[str, str]:
    """What stands in a bundle by its digest: name → digest."""
    found: dict[str, str] = {}
    for capture in facts.captures.values():
        found[f"factdesk/{capture.text_digest}.txt"] = capture.text_digest
        if capture.layout_digest:
            found[f"factdesk/{capture.layout_digest}.layout"] = capture.layout_digest
        if capture.exchange:
            found[f"factdesk/{capture.exchange}.exchange"] = capture.exchange
    for attachment in facts.attachments:
        found[f"factdesk/{attachment.blob}{ENDINGS[attachment.kind]}"] = attachment.blob
    return found


def order_of(facts: Facts) -> list[str]:
    """The names of all members in their order."""
    return [WARC, *sorted(blob_members(facts)), MANIFEST, INDEX, PAGES, PACKAGE, PACKAGE_DIGEST]


def warcinfo_of(manifest: Manifest, facts: Facts) -> Item:
    """The archive's first record."""
    fields = {"software": manifest.software, "format": "WARC File Format 1.1", "isPartOf": _line(manifest.desk)}
    return warcinfo(facts.newest, {name: value for name, value in fields.items() if value})


def items_of_capture(capture: Capture, exchange: bytes | None, body: IO[bytes]) -> list[Item]:
    """A capture as records. Raises `ValueError` for an exchange that is none.

    What was supplied is named by its digest: where it is from is its supplier's word.
    """
    if exchange is None:
        return [resource("", capture.time, body, capture.digest, capture.size, capture.media_type)]
    return items_of(exchange_from(exchange), body, capture.digest, capture.size)


def index_of(placed: Sequence[Placed]) -> bytes:
    """The index: a line for each record that can be replayed, sorted."""
    lines = [_index_line(each) for each in placed if each.kind in ("response", "resource")]
    return b"".join(sorted(lines))


def pages_of(facts: Facts) -> bytes:
    """The pages that replay: what the desk fetched itself."""
    rows: list[dict[str, str]] = [{"format": "json-pages-1.0", "id": "pages", "title": "Pages"}]
    for own_id, capture in facts.captures.items():
        if capture.exchange:
            title = capture.about.title or capture.source
            rows.append({"id": own_id, "url": capture.source, "ts": _iso(capture.time), "title": title})
    # The format comes first, as readers expect it.
    return b"".join(json.dumps(row, ensure_ascii=True).encode() + b"\n" for row in rows)


def package_of(manifest: Manifest, facts: Facts, listed: Sequence[tuple[str, str, int]]) -> bytes:
    """`datapackage.json` over members, each its name, digest and size."""
    resources = [
        {"name": name.replace("/", "-"), "path": name, "hash": f"sha256:{digest}", "bytes": size}
        for name, digest, size in listed
    ]
    package = {
        "profile": "data-package",
        "resources": resources,
        "title": f"Evidence kept by {manifest.desk or 'a fact-checking desk'}",
        "created": _iso(facts.newest),
        "wacz_version": WACZ_VERSION,
        "software": manifest.software,
    }
    return canonical(package)


def package_digest(package: bytes) -> bytes:
    """`datapackage-digest.json`."""
    return canonical({"path": PACKAGE, "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"})


def search_key(url: str) -> str:
    """An address as indexes are sorted by: `vn,gov,moh)/path?query`."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return url
    host = (parts.hostname or "").removeprefix("www.")
    turned = host if ":" in host or host.replace(".", "").isdigit() else ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    query = f"?{'&'.join(sorted(parts.query.lower().split('&')))}" if parts.query else ""
    return f"{turned}{port}){parts.path.lower().rstrip('/') or '/'}{query}"


def _index_line(each: Placed) -> bytes:
    row = {
        "url": each.url,
        "mime": each.media_type or "application/octet-stream",
        "status": str(each.status or 200),
        "digest": f"sha256:{each.digest}",
        "length": str(each.length),
        "offset": str(each.offset),
        "filename": WARC.rpartition("/")[2],
    }
    key = search_key(each.url).replace(" ", "%20")
    return f"{key} {each.date:%Y%m%d%H%M%S} {json.dumps(row, ensure_ascii=True)}\n".encode()


def _items(manifest: Manifest, facts: Facts, open_blob: OpenBlob) -> Iterator[Item]:
    yield warcinfo_of(manifest, facts)
    for capture in facts.captures.values():
        exchange = b"".join(_chunks(open_blob(capture.exchange))) if capture.exchange else None
        with open_blob(capture.digest) as body:
            yield from items_of_capture(capture, exchange, body)


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _binary(stream: object) -> IO[bytes]:
    """A member being written has what `write_warc` needs of a file, and no more."""
    return stream  # type: ignore[return-value]


def _line(text: str) -> str:
    return " ".join(text.split())


def _iso(time: datetime) -> str:
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
