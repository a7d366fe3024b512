"""Captures for benchmarks: pages and PDF files made from numbers, their texts by the real extractors, and citations."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from factdesk.capture.exchange import Exchange, Hop, exchange_bytes
from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.run import Job, extract_many
from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.documents import Extracted, layout_of, text_digest

START = datetime(2026, 1, 2, tzinfo=UTC)
ENGLISH = (
    "the ministry reported that vaccine cases of measles in province rose by per cent during last year and hospital "
    "doctors found no evidence for claim about garlic water salt which study of patients had shown before trial ended"
)
VIETNAMESE = (
    "bộ y tế cho biết số ca mắc sởi tại tỉnh tăng trong năm qua và bác sĩ không thấy bằng chứng nào về lời đồn rằng "
    "tỏi nước muối chữa được bệnh mà nghiên cứu trên người bệnh đã chỉ ra trước khi thử nghiệm kết thúc"
)


@dataclass(frozen=True)
class Made:
    """A capture with everything that it names by digest, and citations in it (their `capture` is its id)."""

    id: str
    capture: Capture
    blobs: dict[str, bytes]
    citations: tuple[Citation, ...]


def sentences(chosen: random.Random, language: str, count: int) -> list[str]:
    """Sentences of these words with numbers in them, none like another."""
    words = language.split()
    return [
        " ".join([*chosen.choices(words, k=chosen.randint(9, 22)), str(chosen.randrange(10**7))]).capitalize() + "."
        for _ in range(count)
    ]


def page(chosen: random.Random) -> bytes:
    """A page of some 12 kB, in Vietnamese."""
    parts = [f"<p>{' '.join(sentences(chosen, VIETNAMESE, 4))}</p>" for _ in range(16)]
    body = "".join([f"<h1>{chosen.choice(VIETNAMESE.split())}</h1>", *parts[:8], "<h2>Chi tiết</h2>", *parts[8:]])
    menu = "".join(f'<li><a href="/{number}">{chosen.choice(VIETNAMESE.split())}</a></li>' for number in range(30))
    head = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tin</title></head>'
    return f"{head}<body><ul>{menu}</ul><article>{body}</article></body></html>".encode()


def pdf(chosen: random.Random, pages: int = 3) -> bytes:
    """A PDF of a few pages of 40 lines, as a printer would make it."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for _ in range(pages):
        lines = sentences(chosen, ENGLISH, 40)
        stream = "BT /F1 9 Tf 12 TL 50 790 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        kids.append(len(objects) + 1)
        own = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {kids[-1] + 1} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 842] {own} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {pages} >>"
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>"
    return f"{out}{end}\nstartxref\n{len(out)}\n%%EOF\n".encode("ascii")


def captures(count: int, cited: int, seed: int = 7) -> Iterator[Made]:
    """So many captures, every other one a PDF, each with so many citations."""
    chosen = random.Random(seed)
    bodies = [pdf(chosen) if number % 2 else page(chosen) for number in range(count)]
    kinds = ["application/pdf" if number % 2 else "text/html; charset=utf-8" for number in range(count)]
    jobs = (Job(body, Hint(kinds[number], url=address(number))) for number, body in enumerate(bodies))
    for number, (body, found) in enumerate(zip(bodies, extract_many(jobs), strict=True)):
        if not isinstance(found, Extracted):
            raise found
        yield _made(number, body, kinds[number], found, chosen, cited)


def address(number: int) -> str:
    """Where a capture is from."""
    return f"https://source{number % 50}.example/{number}"


def _made(number: int, body: bytes, kind: str, found: Extracted, chosen: random.Random, cited: int) -> Made:
    own_id, time = f"00000000-0000-7000-8000-{number:012}", START + timedelta(seconds=number)
    url, text = address(number), found.document.text
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    asked = f"GET /{number} HTTP/1.1\r\nHost: source{number % 50}.example\r\n\r\n".encode()
    exchange = exchange_bytes(Exchange((Hop(url, "93.184.215.14", time, asked, head, 200),)))
    kept = [body, exchange, text.encode(), layout_of(found.document).encode()]
    digests = [hashlib.sha256(data).hexdigest() for data in kept]
    capture = Capture(
        "web",
        digests[0],
        len(body),
        found.media_type,
        digests[2],
        found.extractor,
        time,
        url=url,
        final_url=url,
        charset=found.charset,
        exchange=digests[1],
        layout_digest=digests[3],
        about=found.about,
    )
    citations = tuple(_cited(own_id, text, chosen, time) for _ in range(cited))
    return Made(own_id, capture, dict(zip(digests, kept, strict=True)), citations)


def _cited(own_id: str, text: str, chosen: random.Random, time: datetime) -> Citation:
    start = chosen.randrange(max(1, len(text) - 200))
    end = min(len(text), start + chosen.randint(40, 160))
    piece = Piece(text[start:end], text[max(0, start - 32) : start], text[end : end + 32], start, end)
    return Citation(own_id, text_digest(text), text[start:end], (piece,), "context", time)
