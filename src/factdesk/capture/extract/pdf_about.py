"""What a PDF says of itself: title, author, language.

Not when it was published: a PDF only says when its file was made, which for a page that was printed is today.
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

from factdesk.capture.extract.base import clean
from factdesk.domain.documents import About

_LONGEST = 500
_TEX = re.compile(r"pdftex|dvips|dvipdfm|\btex\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"untitled|microsoft word - .*|.*\.(?:docx?|odt|tex|pdf|indd|qxd)|(?:slide|document) ?\d*", re.IGNORECASE
)


def about(document: Any) -> About:
    """The metadata of an open document (pdfium's handle). A title that a program made of a file's name is left out."""
    title = one_line(_meta(document, b"Title"))
    return About(
        title="" if _NO_TITLE.fullmatch(title) else title,
        author=one_line(_meta(document, b"Author")),
        language=language_tag(_language(document)),
    )


def is_by_tex(document: Any) -> bool:
    """Whether TeX made an open document, by what it says of its makers."""
    return any(_TEX.search(_meta(document, name)) for name in (b"Producer", b"Creator"))


def one_line(text: str) -> str:
    """A text on one line, at most 500 characters long."""
    return " ".join(clean(text).split())[:_LONGEST]


def language_tag(text: str) -> str:
    """A language tag as `vi` or `en-US`, empty when it is none."""
    tag = text.strip()
    return tag.replace("_", "-") if _LANGUAGE.fullmatch(tag) else ""


def _meta(document: Any, name: bytes) -> str:
    size = pdfium.FPDF_GetMetaText(document, name, None, 0)
    if size <= 2 or size > 1 << 20:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, name, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _language(document: Any) -> str:
    size = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if size <= 2 or size > 1 << 10:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")
