"""A little evidence of every kind, for tests of the record: no network, no extractor."""

from __future__ import annotations

import json
from typing import Any

from factdesk.config import DeskConfig
from factdesk.domain.captures import Attachment, Capture
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.documents import About, Extractor, text_digest
from factdesk.domain.looks import Look
from factdesk.store.blobs import digest_of, put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.citations import put_attachments, put_citations, put_look
from factdesk.store.record import Record

TEXT = "The bridge is 120 m long."


def add_capture(record: Record, config: DeskConfig, text: str = TEXT, **fields: Any) -> str:
    """Write a capture of a text with its bytes; returns its id."""
    body = text.encode()
    given: dict[str, Any] = {
        "origin": "web",
        "media_type": "text/plain",
        "extractor": Extractor("text", "1"),
        "time": record.clock.now(),
        "url": "https://source.example/bridge",
        "final_url": "https://source.example/bridge",
        "about": About(title="Cầu Long Biên", language="vi", published="2024-05-06"),
    }
    layout = json.dumps([[0, len(text)]])
    capture = Capture(
        digest=digest_of(body),
        size=len(body),
        text_digest=text_digest(text),
        layout_digest=text_digest(layout),
        **(given | fields),
    )
    staged = [stage(config, body), stage(config, layout.encode())]
    with record.write() as writer:
        put_blobs(writer, staged)
        slices = [Slice(0, len(text), heading="Bridges")]
        return put_captures(writer, [NewCapture(capture, slices)], actor="an")[1][0]


def add_citation(record: Record, capture: str, number: int, claim: str = "", text: str = TEXT) -> str:
    """Cite the first ten characters of a capture's text; returns the citation's id."""
    piece = Piece(text[:10], "", text[10:42], 0, 10)
    made = Citation(capture, text_digest(text), text[:10], (piece,), "supports", record.clock.now(), claim)
    with record.write() as writer:
        return put_citations(writer, [(number, made)], actor="an")[1][0]


def fill(record: Record, config: DeskConfig) -> dict[str, str]:
    """Events 1 and 2: captures; 3: citation; 4: attachment; 5: look. Returns the facts' ids by their names."""
    first = add_capture(record, config)
    second = add_capture(record, config, "The bridge is 130 m long.")
    cited = add_citation(record, first, 1, "carrots")
    blob = stage(config, b"a picture")
    attachment = Attachment(first, "screenshot-desk", blob.digest, record.clock.now())
    look = Look(first, record.clock.now(), "gone", second, {cited: "gone"})
    with record.write() as writer:
        put_blobs(writer, [blob])
        attached = put_attachments(writer, [(1, attachment)], actor="an")[1][0]
        looked = put_look(writer, 1, look, 2, actor="an")[1]
    return {"first": first, "second": second, "citation": cited, "attachment": attached, "look": looked}
