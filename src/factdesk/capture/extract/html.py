"""HTML: all visible text, the main content marked, and what the page says of itself.

The tree is that of the HTML standard (lexbor), so that what counts as the text is what a browser shows. The text and
its blocks do not depend on the libraries that find the main content and the author.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.metadata import version

from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.capture.extract.html_blocks import Raw, blocks_of
from factdesk.capture.extract.html_guard import check_page
from factdesk.domain.documents import About, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import ExtractError
from factdesk.text.charsets import (
    SAMPLE,
    converted,
    declared_charset,
    decode_base,
    detect,
    font_encoding_of,
    known_name,
    parts,
    undo_font,
)
from factdesk.text.legacy import font_encoding, from_font
from factdesk.text.syllables import marked_words, syllable_share

DEEPEST = 200
"""Levels of a tree that is handed to libraries that recurse."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_TRIM = re.compile("\u00ad")


@cache
def extractor() -> Extractor:
    """Its name and version here."""
    return Extractor("html", f"1 selectolax-{version('selectolax')}")


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """All visible text of a page as blocks."""
    from selectolax.lexbor import LexborHTMLParser

    charset, remarks = _charset(data, hint)
    page = _SURROGATE.sub("\ufffd", decode_base(data, charset))
    check_page(page, hint.place)
    tree = LexborHTMLParser(page)
    found = blocks_of(tree)
    old, more = _old_encoding(found.blocks, charset, bool(hint.charset))
    charset = _named(charset, old)
    fonts = _fonts(found.blocks)
    texts = [_text(raw, old, fonts) for raw in found.blocks]
    remarks += more or [converted(kind) for kind in sorted({font_encoding(font) for font in fonts})]
    main, about = [raw.state.main for raw in found.blocks], About()
    if hint.about:
        from factdesk.capture.extract.about import about_page
        from factdesk.capture.extract.main_content import main_flags

        source = undo_font(page, old)
        about = about_page(LexborHTMLParser(source) if old else tree, hint, found.blocks, texts)
        if hint.main:
            main = main_flags(source if found.depth <= DEEPEST else "", hint.url, found.blocks, texts)
    builder = Builder(limits, hint.place)
    for raw, text, flag in zip(found.blocks, texts, main, strict=True):
        builder.add(text, raw.state.kind, level=raw.state.level, main=flag)
    return Extracted(builder.document(), about, extractor(), "text/html", charset, tuple(remarks))


def _charset(data: bytes, hint: Hint) -> tuple[str, list[Reason]]:
    """How it is encoded: as a recorded capture says, else as declared and found. Raises `ExtractError`."""
    if hint.charset:
        name = known_name(hint.charset)
        if not name:
            raise ExtractError("There is no charset {name}.", place=hint.place, name=hint.charset)
        return name, []
    found = detect(data, declared_charset(hint.media_type, data))
    return found.charset, list(found.remarks)


def _named(charset: str, old: str) -> str:
    """The charset with the font encoding that was undone, for the record."""
    return charset if not old or parts(charset)[1] else f"{charset}+{old}"


def _old_encoding(blocks: list[Raw], charset: str, recorded: bool) -> tuple[str, list[Reason]]:
    """The font encoding of a whole page: by its charset, else where letters outside such fonts read as Vietnamese."""
    old = parts(charset)[1]
    if old or recorded:
        return old, []
    sample, length = [], 0
    for raw in blocks:
        for text, font in raw.runs:
            if not font:
                sample.append(text)
                length += len(text)
        if length > SAMPLE:
            break
    found, sure = font_encoding_of("\n".join(sample))
    return (found, [converted(found)]) if sure else ("", [])


def _fonts(blocks: list[Raw]) -> set[str]:
    """The old fonts whose letters become Vietnamese when they are converted: pages name such fonts for Unicode too."""
    sample: dict[str, list[str]] = {}
    for raw in blocks:
        for text, font in raw.runs:
            if font:
                sample.setdefault(font, []).append(text)
    return {font for font, texts in sample.items() if _better("\n".join(texts)[:SAMPLE], font)}


def _better(text: str, font: str) -> bool:
    made = from_font(text, font)
    return syllable_share(marked_words(made)) > syllable_share(marked_words(text))


def _text(raw: Raw, old: str, fonts: set[str]) -> str:
    made = (from_font(text, font) if font in fonts else undo_font(text, old) for text, font in raw.runs)
    return _TRIM.sub("", "".join(made)).strip("\n" if raw.state.plain else " \t\n")
