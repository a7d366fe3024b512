"""What becomes of a text: that a picture was behind it is said, and cannot be kept quiet."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from factdesk.domain.captures import Capture
from factdesk.domain.documents import About, Block, Document, Extracted, Extractor, text_digest
from factdesk.queries.verify_text import Stored, text_step

OCR = Extractor("ocr", "1")
TEXT = "Read off a picture"


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        (True, "pass", "Its text was read off a picture and can have mistakes."),
        (False, "fail", "Its text was read off a picture, which the capture does not say."),
    ],
)
def test_a_text_read_off_a_picture(said: bool, outcome: str, reason: str) -> None:
    digest = text_digest(TEXT)
    capture = Capture("file", digest, 9, "image/png", digest, OCR, datetime(2026, 1, 2, tzinfo=UTC), ocr=said)
    document = Document(TEXT, (Block(0, len(TEXT), ocr=True, confidence=0.9),))
    answer = Extracted(document, About(), OCR, "image/png")
    judged = text_step("id-1", capture, Stored.of(capture, TEXT.encode(), None), answer, quick=False)
    assert (judged.step.outcome, str(judged.step.reason)) == (outcome, reason)
