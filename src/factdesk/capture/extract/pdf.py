"""Text of a PDF, by pdfium: page by page in the order in which the file draws it.

What is written on the pages is taken; what lies over them is not: the text of form fields, comments and stamps that
are annotations. Nothing in the file is run: scripts, actions and attachments are not looked at.

What pdfium itself takes (a form that draws itself takes all there is) is bounded by the process that this runs in.
The module is imported where a document is about to be read, and so loads at once what that takes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import NoReturn

import pypdfium2
import pypdfium2.raw as pdfium
from pypdfium2.version import PDFIUM_INFO

from factdesk.capture.extract import ocr
from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.capture.extract.kinds import protected
from factdesk.capture.extract.pdf_about import about, is_by_tex
from factdesk.capture.extract.pdf_layout import Part, arrange
from factdesk.capture.extract.pdf_page import Page, read_page
from factdesk.capture.extract.pdf_scan import Scan, is_scan, read_scans
from factdesk.domain.documents import About, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import DamagedError, FactdeskError, LimitError
from factdesk.text.charsets import converted

REVISION = "1"
_MEDIA_TYPE = "application/pdf"
_END, _TAIL = b"%%EOF", 2048
"""How a PDF ends. One that does not and whose table of objects pdfium had to guess is cut off: pages are missing."""


def extractor(with_ocr: bool = False) -> Extractor:
    """Ourselves, with what decides on the text. Raises `ResourceError` when pictures are read without tesseract."""
    version = f"{REVISION} pdfium-{PDFIUM_INFO.build}"
    return Extractor("pdf-ocr", f"{version} {ocr.needed().version}") if with_ocr else Extractor("pdf", version)


OTHERS = (partial(extractor, with_ocr=True),)
"""What else reads a PDF: its pages as pictures."""


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The text of a PDF, with pages and boxes. Scanned pages are read by tesseract, where it is installed.

    Raises `DamagedError`, `ProtectedError`, `LimitError` for more pages, characters or seconds than allowed, and
    `ResourceError` when every page is a picture and tesseract is missing.
    """
    end = time.monotonic() + limits.seconds
    document = _opened(data, hint, limits)
    try:
        return _extracted(document, hint, limits, end)
    finally:
        document.close()


def _opened(data: bytes, hint: Hint, limits: Limits) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise protected(hint) from error
        raise _damaged(hint) from error
    rebuilt = not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document)
    if rebuilt and _END not in data[-_TAIL:]:
        document.close()
        raise _damaged(hint)
    count = len(document)
    if not 0 < count <= limits.pages:
        document.close()
        if count <= 0:
            raise _damaged(hint)
        raise LimitError("The document has more than {limit} pages.", place=hint.place, limit=limits.pages)
    return document


def _damaged(hint: Hint) -> DamagedError:
    return DamagedError("The document is damaged or cut off.", place=hint.place)


def _extracted(document: pypdfium2.PdfDocument, hint: Hint, limits: Limits, end: float) -> Extracted:
    pages: list[Page] = []
    pictures: list[Page] = []
    for page, scanned in _pages(document, hint, limits, end):
        pages.append(page)
        pictures += [page] if scanned else []
    if pictures and not any(page.letters for page in pages):
        ocr.needed()
    # Looking for tesseract takes longer than reading most documents.
    readable = pictures if pictures and ocr.engine() else []
    scans = read_scans(document, readable, hint, limits, end) if readable else []
    charset = next((line.charset for page in pages for line in page.lines if line.charset), "")
    builder = Builder(limits, hint.place)
    _build(builder, arrange(pages), scans)
    return Extracted(
        builder.document(),
        about(document.raw) if hint.about else About(),
        extractor(with_ocr=bool(scans)),
        _MEDIA_TYPE,
        charset,
        (*_repaired(document), *_remarks(pictures, scans, pages, charset)),
    )


def _pages(document: pypdfium2.PdfDocument, hint: Hint, limits: Limits, end: float) -> Iterator[tuple[Page, bool]]:
    """Each page's lines, and whether it is a scan."""
    letters, tex = 0, is_by_tex(document.raw)
    for index in range(len(document)):
        if time.monotonic() > end:
            _too_slow(hint, limits)
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise _damaged(hint) from error
        lines = read_page(page.raw, text_page.raw, index + 1, tex=tex)
        letters += lines.letters
        if letters > limits.characters:
            raise LimitError(
                "The document has more than {limit} characters of text.",
                place=hint.place,
                remedy="Capture a part of it.",
                limit=limits.characters,
            )
        yield lines, is_scan(page.raw, lines, hint, limits)
        text_page.close()
        page.close()


def _too_slow(hint: Hint, limits: Limits) -> NoReturn:
    raise LimitError("Reading the document takes more than {limit} s.", place=hint.place, limit=round(limits.seconds))


def _build(builder: Builder, parts: Iterable[Part], scans: Sequence[Scan]) -> None:
    """Add the parts, what was read on scans after its page's own, and notes and furniture last."""
    waiting = {scan.index + 1: scan for scan in scans}
    for part in parts:
        last = part.kind in ("note", "furniture")
        _build_scans(builder, waiting, None if last else part.page.number)
        hidden = any(line.hidden for line in part.lines)
        builder.add(part.text, part.kind, page=part.page.number, level=part.level, ocr=hidden, box=part.box)
    _build_scans(builder, waiting, None)


def _build_scans(builder: Builder, waiting: dict[int, Scan], before: int | None) -> None:
    """Add the scans of pages before a page, or all that wait."""
    for number in [number for number in waiting if before is None or number < before]:
        for read in waiting.pop(number).read:
            builder.add(read.text, page=number, ocr=True, confidence=read.confidence, box=read.box)


def _repaired(document: pypdfium2.PdfDocument) -> Iterator[Reason]:
    if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document):
        yield Reason("damage", "The document is damaged and was repaired; parts of it may be missing.")


def _remarks(pictures: Sequence[Page], scans: Sequence[Scan], pages: Sequence[Page], charset: str) -> Iterator[Reason]:
    if scans:
        yield Reason(
            "ocr",
            "Read off pictures, and can have mistakes: the text of pages {pages}.",
            {"pages": ranges(scan.index + 1 for scan in scans)},
        )
    elif pictures:
        yield Reason(
            "left out",
            "Left out, since they are pictures: pages {pages}. Install tesseract-ocr and tesseract-ocr-vie.",
            {"pages": ranges(page.number for page in pictures)},
        )
    hidden = [page.number for page in pages if any(line.hidden for line in page.lines)]
    if hidden:
        yield Reason(
            "ocr",
            "Read off pictures by another program, and can have mistakes: the text of pages {pages}.",
            {"pages": ranges(hidden)},
        )
    if charset:
        yield converted(charset)


def ranges(numbers: Iterable[int]) -> str:
    """Rising numbers as people write them: `1, 3-7, 9`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(str(end) for end in run) for run in runs)


_OWN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R>>endobj\n"
    b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    b"5 0 obj<</Length 34>>stream\nBT /F 9 Tf 9 9 Td (Own page.) Tj ET\nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A page to read once, so that what pdfium sets up on first use (a list of the fonts here, above all) is there when the
processes begin that read one document each."""

# Whether it can be read is not asked here: the documents to come will tell.
with suppress(FactdeskError):
    extract(_OWN, Hint(about=False), Limits())
