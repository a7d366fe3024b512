"""Vietnamese and English read off pictures that are drawn here, in every format, and off scanned pages of a PDF."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein
from tests.capture.extract.made import words
from tests.conftest import absent

from factdesk.capture.extract import ocr, pdf
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.picture import extract
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, LimitError, ResourceError

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
LINES = (
    "Tổng cục Thống kê cho biết chỉ số giá tiêu dùng",
    "tăng 0,27% so với tháng trước, tăng 2,00% so với",
    "cùng kỳ; giá lương thực, thực phẩm nhích lên.",
)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")


@cache
def drawn(size: int = 56) -> Image.Image:
    """The lines, black on white."""
    if not FONT.exists():
        absent("the font DejaVu Sans (fonts-dejavu-core) is not installed")
    if ocr.engine() is None:
        absent("tesseract (tesseract-ocr, tesseract-ocr-vie) is not installed")
    picture = Image.new("RGB", (size * 27, size * 7), "white")
    font = ImageFont.truetype(str(FONT), size)
    ImageDraw.Draw(picture).multiline_text((size, size), "\n".join(LINES), fill="black", font=font, spacing=size // 2)
    return picture


def saved(picture: Image.Image, kind: str = "PNG", **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def read(data: bytes, **limits: int) -> Extracted:
    return extract(data, Hint(name="a.png"), Limits(**limits))


def error_rate(text: str) -> float:
    expected = words("\n".join(LINES))
    return Levenshtein.distance(words(text), expected) / len(expected)


@pytest.mark.parametrize("kind", FORMATS)
def test_vietnamese_is_read(kind: str) -> None:
    found = read(saved(drawn(), kind))
    assert error_rate(found.document.text) <= 0.02
    assert found.media_type == {"JPEG": "image/jpeg"}.get(kind, f"image/{kind.lower()}")


def test_blocks_say_that_they_were_read_and_where() -> None:
    found = read(saved(drawn()))
    (block,) = found.document.blocks
    assert block.ocr
    assert block.page == 1
    assert 0.8 < block.confidence <= 1
    left, top, right, bottom = block.box or (0, 0, 0, 0)
    assert 0 < left < 0.1 < 0.8 < right <= 1
    assert 0 < top < 0.3 < 0.5 < bottom <= 1
    assert found.document.text.count("\n") == len(LINES) - 1
    assert [remark.feature for remark in found.remarks] == ["ocr"]


def test_the_version_names_what_decides_on_the_text() -> None:
    data = saved(drawn())
    made_by = read(data).extractor
    assert made_by.name == "ocr"
    assert all(part in made_by.version for part in ("tesseract-", "vie-", "eng-", "pillow-"))
    assert read(data) == read(data)


@pytest.mark.parametrize("how", ["small letters", "on its head", "turned by its camera", "transparent", "dark"])
def test_pictures_as_they_come(how: str) -> None:
    data = {
        "small letters": lambda: saved(drawn(18)),
        "on its head": lambda: saved(drawn().rotate(180)),
        "turned by its camera": lambda: _with_orientation(drawn().rotate(90, expand=True)),
        "transparent": lambda: saved(_clear(drawn())),
        "dark": lambda: saved(Image.eval(drawn(), lambda value: 255 - value)),
    }[how]()
    assert error_rate(read(data).document.text) <= 0.02


def _with_orientation(picture: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(picture, "JPEG", exif=exif)


def _clear(picture: Image.Image) -> Image.Image:
    """The letters alone, on nothing, which is black where transparency is dropped."""
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.putalpha(Image.eval(picture.convert("L"), lambda value: 255 - value))
    return clear


def test_every_page_of_a_tiff() -> None:
    blank = Image.new("RGB", (800, 200), "white")
    found = read(saved(drawn(), "TIFF", save_all=True, append_images=[blank, drawn(40)]))
    assert [block.page for block in found.document.blocks] == [1, 3]


def test_a_picture_of_nothing_has_no_text() -> None:
    drawn()
    assert read(saved(Image.new("RGB", (400, 300), "white"))).document.text == ""


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF"])
def test_cut_off_pictures_are_damaged(kind: str) -> None:
    data = saved(drawn(), kind)
    with pytest.raises(DamagedError):
        read(data[: len(data) // 2])


def test_pixels_are_counted_before_they_are_decoded() -> None:
    with pytest.raises(LimitError):
        read(saved(drawn()), pixels=10_000)


def test_scanned_pages_of_a_pdf() -> None:
    found = pdf.extract(saved(drawn(), "PDF", resolution=150), Hint(), Limits())
    assert error_rate(found.document.text) <= 0.02
    (block,) = found.document.blocks
    assert (block.page, block.ocr) == (1, True)
    assert found.extractor.name == "pdf-ocr"
    assert "tesseract-" in found.extractor.version
    assert [str(remark) for remark in found.remarks] == [
        "Read off pictures, and can have mistakes: the text of pages 1."
    ]


def test_without_tesseract_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(drawn())
    ocr.engine.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    try:
        with pytest.raises(ResourceError, match="tesseract-ocr-vie"):
            read(data)
    finally:
        ocr.engine.cache_clear()
