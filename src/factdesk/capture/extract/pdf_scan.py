"""Pages of a PDF that are pictures: which ones they are, and what tesseract reads on them."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.ocr import Read, read_picture
from factdesk.capture.extract.pdf_page import Page
from factdesk.errors import DamagedError, LimitError

if TYPE_CHECKING:
    import pypdfium2

_FEW_LETTERS = 300
"""A page that has more of its own is not a scan. A scan may have a stamp: the date and name of who signed it."""

_COVERS = 0.5
_OBJECTS = 500
_SCALE = 200 / 72
_PAGE_PIXELS = 20_000_000
_MOST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Scan:
    """A page that is a picture, by its index from 0, and what was read on it."""

    index: int
    read: tuple[Read, ...]


def is_scan(page: Any, lines: Page, hint: Hint, limits: Limits) -> bool:
    """Whether a loaded page is a picture with hardly any text. Raises `LimitError` for one of too many pixels."""
    if lines.letters > _FEW_LETTERS or any(line.hidden for line in lines.lines):
        return False
    covered = sum(_picture_areas(page, hint, limits))
    return covered >= _COVERS * lines.width * lines.height or (covered > 0 and lines.letters == 0)


def _picture_areas(page: Any, hint: Hint, limits: Limits) -> Iterator[float]:
    """The areas of a page's pictures in square points, those in forms one level deep among them."""
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE or (kind == pdfium.FPDF_PAGEOBJ_FORM and _holds_picture(item)):
            _check_pixels(item, hint, limits)
            yield _area(item)


def _holds_picture(form: Any) -> bool:
    count = min(pdfium.FPDFFormObj_CountObjects(form), _OBJECTS)
    kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFFormObj_GetObject(form, index)) for index in range(count))
    return any(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in kinds)


def _area(item: Any) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    return abs(right.value - left.value) * abs(top.value - bottom.value)


def _check_pixels(item: Any, hint: Hint, limits: Limits) -> None:
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    found = pdfium.FPDFImageObj_GetImagePixelSize(item, wide, high)
    if found and wide.value * high.value > limits.pixels:
        raise LimitError("The picture has more than {limit} pixels.", place=hint.place, limit=limits.pixels)


def read_scans(
    document: pypdfium2.PdfDocument, pages: Sequence[Page], hint: Hint, limits: Limits, end: float
) -> list[Scan]:
    """What is read on pages. `end` is when to stop, on the monotonic clock.

    Pages are drawn one after another (pdfium has no threads) and read side by side, a few at a time, so that only a
    few pictures are in memory.
    """
    workers = min(_MOST_WORKERS, os.cpu_count() or 1)
    found: list[Scan] = []
    with ThreadPoolExecutor(workers) as pool:
        for start in range(0, len(pages), workers):
            several = [(page, _drawn(document, page, hint)) for page in pages[start : start + workers]]
            jobs = [pool.submit(_read, page, picture, hint, limits, end) for page, picture in several]
            found += [job.result() for job in jobs]
    return found


def _read(page: Page, picture: tuple[bytes, int, int], hint: Hint, limits: Limits, end: float) -> Scan:
    left = end - time.monotonic()
    if left <= 0:
        raise LimitError(
            "Reading the text in its pictures takes more than {limit} s.",
            place=hint.place,
            limit=round(limits.seconds),
        )
    png, width, height = picture
    return Scan(page.number - 1, read_picture(png, width, height, seconds=left, place=hint.place))


def _drawn(document: pypdfium2.PdfDocument, page: Page, hint: Hint) -> tuple[bytes, int, int]:
    """A page as a grey PNG of about 200 dots an inch, fewer where the page is huge, with its width and height."""
    from pypdfium2 import PdfiumError

    from factdesk.capture.extract.picture import encoded

    scale = min(_SCALE, (_PAGE_PIXELS / max(page.width * page.height, 1.0)) ** 0.5)
    try:
        opened = document[page.number - 1]
        bitmap = opened.render(scale=scale, grayscale=True, may_draw_forms=False)
        grey = bitmap.to_pil().convert("L")
        opened.close()
    except (PdfiumError, ValueError, MemoryError) as error:
        raise DamagedError("Page {page} cannot be drawn.", place=hint.place, page=page.number) from error
    return encoded(grey), grey.width, grey.height
