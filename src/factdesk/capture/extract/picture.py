"""Text of a picture: PNG, JPEG, WebP, GIF (its first frame), TIFF (every page), BMP, read by tesseract.

A picture is opened by its header alone and its pixels are counted before any is decoded; tesseract is given a plain
PNG that we made of them. What a camera wrote into it (place, owner, time) is not read.
"""

from __future__ import annotations

import io
import time
import warnings
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factdesk.capture.extract.base import Builder, Hint, Limits
from factdesk.capture.extract.ocr import needed, read_picture
from factdesk.domain.documents import About, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import DamagedError, LimitError

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = "1"
FORMATS = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
}
_PAGED = "TIFF"
_SMALL = 1500
"""Longest side in pixels under which letters are likely too small for tesseract: those are enlarged twice."""

_SIDE = 30_000
"""Tesseract takes no picture with a side over 32,767 pixels."""

_TOO_MANY_PIXELS = "The picture has more than {limit} pixels."


def extractor() -> Extractor:
    """Ourselves, with what decides on the text. Raises `ResourceError` without tesseract."""
    import PIL

    return Extractor("ocr", f"{REVISION} {needed().version} pillow-{PIL.__version__}")


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The text on a picture. Pages are a TIFF's, else 1.

    Raises `DamagedError`, `LimitError`, and `ResourceError` without tesseract.
    """
    made_by = extractor()
    end = time.monotonic() + limits.seconds
    builder = Builder(limits, hint.place)
    kind = _format(data, hint)
    for number, (png, width, height) in enumerate(_pages(data, hint, limits), 1):
        left = end - time.monotonic()
        for read in read_picture(png, width, height, seconds=left, place=hint.place):
            builder.add(read.text, page=number, ocr=True, confidence=read.confidence, box=read.box)
    remark = Reason("ocr", "Its text was read off a picture and can have mistakes.", {})
    return Extracted(builder.document(), About(), made_by, FORMATS[kind], remarks=(remark,))


def _format(data: bytes, hint: Hint) -> str:
    with opened(data, hint) as picture:
        return picture.format or "PNG"


def _damaged(hint: Hint) -> DamagedError:
    return DamagedError("The picture is damaged or cut off.", place=hint.place)


def opened(data: bytes, hint: Hint) -> Image:
    """A picture whose header was read and nothing else. Raises `DamagedError`, `LimitError`."""
    from PIL import Image as Pictures

    try:
        with warnings.catch_warnings():
            # We count the pixels ourselves; Pillow would only warn of what we refuse.
            warnings.simplefilter("ignore")
            return Pictures.open(io.BytesIO(data), formats=tuple(FORMATS))
    except Pictures.DecompressionBombError as error:
        raise LimitError("The picture is too large to be read.", place=hint.place) from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, zlib.error) as error:
        raise _damaged(hint) from error
    except Exception as error:
        # Pillow's readers of headers raise whatever their arithmetic does (struct.error, ZeroDivisionError, …).
        raise _damaged(hint) from error


def _pages(data: bytes, hint: Hint, limits: Limits) -> Iterator[tuple[bytes, int, int]]:
    """Each page as a grey PNG, with its width and height in pixels."""
    with opened(data, hint) as picture:
        total = 0
        for index in range(_count(picture, hint, limits)):
            try:
                picture.seek(index)
                total += picture.width * picture.height
                _check_pixels(total, picture, hint, limits)
                picture.load()
                plain = plain_picture(picture)
            except (LimitError, MemoryError):
                raise
            except Exception as error:
                # As above: a damaged picture may raise anything while it is decoded.
                raise _damaged(hint) from error
            yield encoded(plain), plain.width, plain.height


def _count(picture: Image, hint: Hint, limits: Limits) -> int:
    if picture.format != _PAGED:
        return 1
    try:
        count = int(getattr(picture, "n_frames", 1))
    except Exception as error:
        # Counting follows the file's own chain of pages, which may lead anywhere.
        raise _damaged(hint) from error
    if count > limits.pages:
        raise LimitError("The document has more than {limit} pages.", place=hint.place, limit=limits.pages)
    return count


def _check_pixels(total: int, picture: Image, hint: Hint, limits: Limits) -> None:
    if total > limits.pixels:
        raise LimitError(_TOO_MANY_PIXELS, place=hint.place, limit=limits.pixels)
    if max(picture.size) > _SIDE:
        raise LimitError("The picture has a side of more than {limit} pixels.", place=hint.place, limit=_SIDE)


def plain_picture(picture: Image) -> Image:
    """A picture upright, grey, on white, large enough for tesseract."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture) or picture
    if "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA"):
        layered = upright.convert("RGBA")
        ground = Pictures.new("RGBA", layered.size, "white")
        upright = Pictures.alpha_composite(ground, layered)
    grey = upright.convert("L")
    if max(grey.size) < _SMALL:
        grey = grey.resize((grey.width * 2, grey.height * 2), Pictures.Resampling.LANCZOS)
    return grey


def encoded(grey: Image) -> bytes:
    """A grey picture as PNG, without anything but its pixels."""
    out = io.BytesIO()
    grey.save(out, "PNG", compress_level=1)
    return out.getvalue()
