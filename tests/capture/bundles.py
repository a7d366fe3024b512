"""Small bundles for tests: captures as a desk seals them, with their bytes by digest."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from factdesk.capture.exchange import Exchange, Hop, exchange_bytes
from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.run import extract
from factdesk.capture.wacz import package_digest, write_wacz
from factdesk.capture.wacz_manifest import Fact, Manifest, attachment_of, canonical, citation_of
from factdesk.capture.wacz_zip import ZipWriter
from factdesk.domain.captures import Attachment, Capture
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.documents import Document, Extracted, blocks_from, layout_of, text_digest
from factdesk.domain.reviews import content_digest
from factdesk.store.blobs import put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.citations import capture_number, put_attachments, put_citations
from factdesk.store.record import Record
from factdesk.text.passages import passages

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

PAGE = (
    "<!doctype html><html><head><title>Cúm gia cầm</title></head><body><h1>Thông báo</h1>"
    "<p>Bộ Y tế cho biết năm 2025 cả nước ghi nhận 27 ca cúm gia cầm ở người.</p>"
    "<p>Không có ca nào tử vong.</p></body></html>"
).encode()
NOTE = b"Garlic does not cure the flu. No trial has shown that it does.\n"


@dataclass
class World:
    """What goes into a bundle. `add` returns a capture's id."""

    blobs: dict[str, bytes] = field(default_factory=dict)
    captures: list[Fact] = field(default_factory=list)
    citations: list[Fact] = field(default_factory=list)
    attachments: list[Fact] = field(default_factory=list)
    by_id: dict[str, Capture] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def keep(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        return digest

    def seal(self, facts: list[Fact], content: str) -> str:
        number = len(self.captures) + len(self.citations) + len(self.attachments) + 1
        salt = number.to_bytes(16, "big")
        fact = Fact(f"id-{number:04d}", number, content, salt.hex(), content_digest(content, salt))
        facts.append(fact)
        return fact.id

    def web(self, url: str, body: bytes, media_type: str = "text/html; charset=utf-8") -> str:
        """A page that the desk fetched, through a redirect."""
        target = url.split("/", 3)[3]
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        host = url.split("/")[2]
        asked = f"GET /{target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: factdesk\r\n\r\n".encode()
        first = f"GET /old HTTP/1.1\r\nHost: {host}\r\nUser-Agent: factdesk\r\n\r\n".encode()
        moved = f"HTTP/1.1 301 Moved\r\nLocation: /{target}\r\nContent-Length: 5\r\n\r\n".encode()
        old = url.removesuffix(target) + "old"
        exchange = Exchange(
            (
                Hop(old, "93.184.215.14", self.now(), first, moved, 301, b"moved"),
                Hop(url, "93.184.215.14", self.now(1), asked, head, 200),
            )
        )
        return self.add(body, "web", exchange=exchange, url=old, final_url=url, media_type=media_type)

    def file(self, name: str, body: bytes, media_type: str = "text/plain", **fields: Any) -> str:
        """A file that somebody supplied. `text` and `extractor` are recorded in place of what is found."""
        return self.add(body, "file", name=name, media_type=media_type, supplied_by="an", **fields)

    def add(self, body: bytes, origin: str, exchange: Exchange | None = None, **fields: Any) -> str:
        media_type = fields.pop("media_type")
        hint = Hint(media_type=media_type, url=fields.get("final_url", ""), name=fields.get("name", ""))
        found: Extracted = extract(body, hint)
        text = fields.pop("text", found.document.text)
        capture = Capture(
            origin,  # type: ignore[arg-type]
            self.keep(body),
            len(body),
            found.media_type,
            self.keep(text.encode()),
            fields.pop("extractor", found.extractor),
            self.now(2),
            charset=found.charset,
            exchange=self.keep(exchange_bytes(exchange)) if exchange else "",
            layout_digest=self.keep(layout_of(found.document).encode()),
            about=found.about,
            ocr=found.document.has_ocr,
            private=False,
            **fields,
        )
        own_id = self.seal(self.captures, capture.content())
        self.by_id[own_id], self.texts[own_id] = capture, text
        return own_id

    def cite(self, capture: str, quotation: str) -> str:
        text = self.texts[capture]
        start = text.index(quotation)
        end = start + len(quotation)
        piece = Piece(quotation, text[max(0, start - 32) : start], text[end : end + 32], start, end)
        cited = Citation(capture, text_digest(text), quotation, (piece,), "refutes", self.now(3), claim="c")
        return self.seal(self.citations, cited.content())

    def attach(self, capture: str, kind: str, data: bytes) -> str:
        attached = Attachment(capture, kind, self.keep(data), self.now(4))  # type: ignore[arg-type]
        return self.seal(self.attachments, attached.content())

    def now(self, seconds: int = 0) -> datetime:
        return START + timedelta(seconds=60 * len(self.captures) + seconds)

    def fill(self, record: Record) -> None:
        """Put everything into a desk's record. Captures keep their ids, the others get new ones."""
        staged = [stage(record.config, data) for data in self.blobs.values()]
        with record.write() as writer:
            put_blobs(writer, staged)
            news = [NewCapture(each, self._slices(each)) for each in self.by_id.values()]
            put_captures(writer, news, actor="an", ids=list(self.by_id))
            cited = [citation_of(fact.content) for fact in self.citations]
            numbers = {own: capture_number(writer.session, own) for own in self.by_id}
            if cited:
                put_citations(writer, [(numbers[each.capture], each) for each in cited], actor="an")
            attached = [attachment_of(fact.content) for fact in self.attachments]
            if attached:
                put_attachments(writer, [(numbers[each.capture], each) for each in attached], actor="an")

    def _slices(self, capture: Capture) -> list[Slice]:
        if not {capture.text_digest, capture.layout_digest} <= set(self.blobs):
            return []
        text, layout = (self.blobs[digest].decode() for digest in (capture.text_digest, capture.layout_digest))
        cut = passages(Document(text, blocks_from(layout)))
        return [Slice(each.start, each.end, each.page, each.heading) for each in cut]

    def manifest(self) -> Manifest:
        versions = {capture.extractor.name: capture.extractor.version for capture in self.by_id.values()}
        facts = (tuple(self.captures), tuple(self.citations), tuple(self.attachments))
        return Manifest(*facts, "Test desk", "https://desk.example/", f"42:{'a' * 64}", "factdesk test", versions)

    def bundle(self) -> bytes:
        out = io.BytesIO()
        write_wacz(out, self.manifest(), lambda digest: io.BytesIO(self.blobs[digest]))
        return out.getvalue()


def small_world() -> World:
    """A page and a supplied note, a citation in each, and a picture of the page."""
    world = World()
    page = world.web("https://moh.example/thong-bao", PAGE)
    note = world.file("note.txt", NOTE)
    world.cite(page, "năm 2025 cả nước ghi nhận 27 ca cúm gia cầm")
    world.cite(note, "No trial has shown that it does.")
    world.attach(page, "screenshot-desk", b"\x89PNG\r\n\x1a\n not really")
    return world


def flipped(data: bytes, place: int, change: int = 1) -> bytes:
    """The data with one byte changed."""
    return data[:place] + bytes([data[place] ^ change]) + data[place + 1 :]


def members_of(data: bytes) -> dict[str, bytes]:
    """The contents of a bundle's members by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(members: Mapping[str, bytes]) -> bytes:
    """Members packed as our writer packs them, whatever they are."""
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, content in members.items():
        archive.add(name, [content])
    archive.finish()
    return out.getvalue()


def forged(data: bytes, **changes: bytes | None) -> bytes:
    """A bundle with other members, and its digests made anew as a forger would. Names have `__` for `/`, `_` for `.`;
    None takes a member out."""
    members = members_of(data)
    for name, content in changes.items():
        (path,) = [each for each in members if each.replace("/", "__").replace(".", "_") == name] or [name]
        if content is None:
            del members[path]
        else:
            members[path] = content
    package = json.loads(members["datapackage.json"])
    own = [name for name in members if not name.startswith("datapackage")]
    package["resources"] = [
        {
            "bytes": len(members[name]),
            "hash": f"sha256:{hashlib.sha256(members[name]).hexdigest()}",
            "name": name.replace("/", "-"),
            "path": name,
        }
        for name in own
    ]
    whole = canonical(package)
    return packed(
        {name: members[name] for name in own}
        | {"datapackage.json": whole, "datapackage-digest.json": package_digest(whole)}
    )
