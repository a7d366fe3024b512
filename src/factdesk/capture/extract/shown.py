"""A picture as the site may show it: decoded and drawn anew in a process of its own, small, without what was written
into it beside its pixels.

`page` is for a screenshot, of which the top is shown; `picture` for a source that is a picture, which is shown whole
unless it is very tall. The answer comes as the text of a document: a line `width height cut`, then WebP in base64.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.picture import FORMATS, opened
from factdesk.domain.documents import About, Document, Extracted, Extractor
from factdesk.errors import DamagedError, LimitError

if TYPE_CHECKING:
    from PIL.Image import Image

REVISION = "1"
PAGE = (800, 1000)
"""The most that is shown of a page, in pixels: enough to know it again. It is not ours, and its text stands beside."""
PICTURE = (1200, 1600)
_QUALITY = 72
_SIDE = 30_000


def page(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The top of a screenshot. Raises `DamagedError`, `LimitError`."""
    return _shown(data, hint, limits, _top)


def picture(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """A picture, of several the first. Raises `DamagedError`, `LimitError`."""
    return _shown(data, hint, limits, _whole)


def version() -> str:
    """What decides on the bytes beside the picture's own."""
    import PIL
    from PIL import features

    return f"{REVISION} pillow-{PIL.__version__} webp-{features.version('webp')}"


def _shown(data: bytes, hint: Hint, limits: Limits, fitted: Callable[[Image], tuple[Image, bool]]) -> Extracted:
    with opened(data, hint) as given:
        if given.width * given.height > limits.pixels or max(given.size) > _SIDE:
            raise LimitError("The picture is too large to be read.", place=hint.place)
        kind = FORMATS[given.format or "PNG"]
        try:
            given.load()
            small, cut = fitted(_plain(given))
        except MemoryError:
            raise
        except Exception as error:
            # A damaged picture may raise anything while it is decoded.
            raise DamagedError("The picture is damaged or cut off.", place=hint.place) from error
    out = io.BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    text = f"{small.width} {small.height} {int(cut)}\n{base64.b64encode(out.getvalue()).decode()}"
    return Extracted(Document(text), About(), Extractor("shown", version()), kind)


def _plain(given: Image) -> Image:
    """A picture upright, in plain colours, on white."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(given) or given
    if "transparency" in upright.info or upright.mode in ("RGBA", "LA", "PA"):
        layered = upright.convert("RGBA")
        upright = Pictures.alpha_composite(Pictures.new("RGBA", layered.size, "white"), layered)
    plain = upright.convert("RGB")
    # Place, owner and time that a camera wrote, and colours that nobody needs at this size.
    plain.info = {}
    return plain


def _top(image: Image) -> tuple[Image, bool]:
    width, height = PAGE
    share = min(1.0, width / image.width)
    seen = min(image.height, round(height / share))
    top = image.crop((0, 0, image.width, seen))
    return _scaled(top, share), seen < image.height


def _whole(image: Image) -> tuple[Image, bool]:
    width, height = PICTURE
    seen = min(image.height, image.width * 4)
    share = min(1.0, width / image.width, height / seen)
    return _scaled(image.crop((0, 0, image.width, seen)), share), seen < image.height


def _scaled(image: Image, share: float) -> Image:
    from PIL.Image import Resampling

    size = max(1, round(image.width * share)), max(1, round(image.height * share))
    return image if size == image.size else image.resize(size, Resampling.LANCZOS)
