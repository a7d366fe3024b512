"""From Markdown to Word and back: nothing that a reader or lint would see is lost."""

from __future__ import annotations

import pytest
from tests.drafts.word_samples import ENGLISH, VIETNAMESE

from factdesk.drafts.word_normal import normal
from factdesk.drafts.word_read import from_docx
from factdesk.drafts.word_write import to_docx

SAMPLES = pytest.mark.parametrize("source", [ENGLISH, VIETNAMESE], ids=["en", "vi"])


@SAMPLES
def test_a_check_comes_back_to_the_byte(source: str) -> None:
    assert normal(source) == source
    assert from_docx(to_docx(source)) == source


def test_the_same_source_makes_the_same_bytes() -> None:
    assert to_docx(ENGLISH) == to_docx(ENGLISH)
