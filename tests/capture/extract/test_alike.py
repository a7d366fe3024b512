"""Verifying asks for the text alone: it must be the same as when everything was asked for, in every format."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.capture.extract import made, made_reports
from tests.conftest import absent

from factdesk.capture.extract import ocr
from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.kinds import EXTRACTORS
from factdesk.capture.extract.run import extract


def picture() -> bytes:
    """A line of text as a PNG."""
    if ocr.engine() is None:
        absent("tesseract (tesseract-ocr, tesseract-ocr-vie) is not installed")
    out = io.BytesIO()
    drawn = Image.new("L", (900, 120), 255)
    ImageDraw.Draw(drawn).text((30, 30), "The office counted them twice.", fill=0, font=ImageFont.load_default(48))
    drawn.save(out, "PNG")
    return out.getvalue()


SOURCES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "page": ("html", lambda: made.page().encode()),
    "plain text": ("text", lambda: "\n\n".join(made.BODY).encode()),
    "LibreOffice's PDF": ("pdf", partial(made_reports.office, 2)),
    "Chromium's PDF": ("pdf", made.chromium_pdf),
    "pdfTeX's PDF": ("pdf", partial(made.tex_pdf, 2)),
    "DOCX": ("docx", partial(made.office, "docx")),
    "ODT": ("odt", partial(made.office, "odt")),
    "picture": ("picture", picture),
}


def test_there_is_a_source_for_every_extractor() -> None:
    assert {extractor for extractor, _ in SOURCES.values()} == set(EXTRACTORS)


@pytest.mark.parametrize("source", SOURCES)
def test_the_text_is_the_same_whether_more_is_asked_for_or_not(source: str) -> None:
    extractor, make = SOURCES[source]
    data = make()
    whole = extract(data, Hint(name="source"))
    bare = extract(data, Hint(name="source", charset=whole.charset, about=False))
    assert whole.document.text.strip()
    assert bare.document.text == whole.document.text
    assert bare.extractor == whole.extractor
    assert whole.extractor.name.startswith(extractor) or extractor == "picture"
    places = [(block.start, block.end, block.kind, block.page) for block in whole.document.blocks]
    assert [(block.start, block.end, block.kind, block.page) for block in bare.document.blocks] == places
