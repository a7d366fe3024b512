"""Text of an ODT file: the body in document order, then notes, then headers and footers.

Left out, as on paper: what was deleted under tracked changes, hidden text, comments, and the labels that are counted
(list numbers, footnote marks). There are no pages.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.capture.extract.docx import remarks
from factdesk.capture.extract.docx_text import Paragraph, Seen
from factdesk.capture.extract.kinds import protected
from factdesk.capture.extract.odt_text import Styles, Walker
from factdesk.capture.extract.pdf_about import language_tag, one_line
from factdesk.domain.documents import About, BlockKind, Extracted, Extractor
from factdesk.errors import DamagedError, LimitError
from factdesk.interchange.docx_styles import local
from factdesk.interchange.office_zip import Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REVISION = "1"
_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_EDGES = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


def extractor() -> Extractor:
    """Ourselves. What libraries do here (ZIP, XML) is fixed by standards, so that their versions decide on nothing."""
    return Extractor("odt", REVISION)


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The text of an ODT file. Raises `DamagedError`, `ProtectedError`, `LimitError`."""
    end = time.monotonic() + limits.seconds
    package = Package(data, hint.place, limits.unpacked_bytes)
    _check_open(package, hint)
    content = package.xml("content.xml")
    body = None if content is None else _first(content, "text")
    if content is None or body is None:
        raise DamagedError("The document is damaged or cut off.", place=hint.place)
    kept = package.xml("styles.xml")
    styles = Styles([root for root in (kept, content) if root is not None])
    seen = Seen()
    builder = Builder(limits, hint.place)
    charset = ""
    for paragraph in _timely(_paragraphs(body, kept, styles, seen), end, hint, limits):
        charset = charset or paragraph.charset
        builder.add(paragraph.text, paragraph.kind, level=paragraph.level)
    about = _about(package) if hint.about else About()
    return Extracted(builder.document(), about, extractor(), _MEDIA_TYPE, charset, tuple(remarks(seen, charset)))


def _check_open(package: Package, hint: Hint) -> None:
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and any(local(element) == "encryption-data" for element in manifest.iter()):
        raise protected(hint)


def _first(root: Element, name: str) -> Element | None:
    """`office:text` in `office:body`."""
    return next((part for body in root if local(body) == "body" for part in body if local(part) == name), None)


def _paragraphs(body: Element, kept: Element | None, styles: Styles, seen: Seen) -> Iterator[Paragraph]:
    """Body, notes, headers and footers; what several of those say alike comes once."""
    walker = Walker(styles, seen)
    yield from walker.read(body)
    yield from walker.notes
    said: set[str] = set()
    for element in () if kept is None else kept.iter():
        if local(element) in _EDGES:
            for paragraph in Walker(styles, seen).read(element):
                if paragraph.text not in said:
                    said.add(paragraph.text)
                    yield _as(paragraph, "furniture")


def _as(paragraph: Paragraph, kind: BlockKind) -> Paragraph:
    return Paragraph(paragraph.text, kind, 0, paragraph.charset)


def _timely(paragraphs: Iterable[Paragraph], end: float, hint: Hint, limits: Limits) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        if time.monotonic() > end:
            raise LimitError(
                "Reading the document takes more than {limit} s.", place=hint.place, limit=round(limits.seconds)
            )
        yield paragraph


def _about(package: Package) -> About:
    root = package.xml("meta.xml")
    said = {local(element): element.text or "" for element in (() if root is None else root.iter())}
    return About(
        title=one_line(said.get("title", "")),
        author=one_line(said.get("initial-creator", "") or said.get("creator", "")),
        language=language_tag(said.get("language", "")),
    )
