"""The pictures on the pages of sources: a screenshot of the source, or the source itself where it is a picture.

What a stranger made is decoded in a process of its own and drawn anew, small; its answer is looked at before anybody
gets it: plain WebP of the size that it says, with nothing beside the pixels. Each is made once and kept in the cache.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.run import extract
from factdesk.capture.extract.shown import PAGE, PICTURE, version
from factdesk.config import DeskConfig
from factdesk.errors import DamagedError, ExtractError
from factdesk.publish.put_file import keep_whole
from factdesk.queries.site_pictures import Original
from factdesk.store.blobs import get_blob
from factdesk.store.faults import translated_files

FOLDER = "pictures"
MOST = 1 << 20
"""Bytes of a picture that is shown."""
LIMITS = Limits(pixels=60_000_000, seconds=30.0)
"""A screenshot has at most 12,000 pixels in height, and a good camera's picture less than this."""
_MODULE = "factdesk.capture.extract.shown"


@dataclass(frozen=True, slots=True)
class SourcePicture:
    """A picture on the site: its address from there, its size in pixels, whether it is a screenshot (`page`) or the
    source itself (`picture`), and whether only the top of it is shown."""

    path: str
    width: int
    height: int
    kind: str
    cut: bool = False


def put_picture(
    session: Session, config: DeskConfig, original: Original, folder: Path, cache: Path
) -> SourcePicture | None:
    """Put the picture of a source into the folder of a site; None for what is no picture that can be shown.

    Raises `IntegrityError` where its bytes are missing, `ResourceError` for files that cannot be written.
    """
    kept = cache / FOLDER / f"{_key(original)}.webp"
    with translated_files(str(cache)):
        if not kept.is_file():
            keep_whole(kept, _drawn(get_blob(session, config, original.digest), original))
        said, _, data = kept.read_bytes().partition(b"\n")
    if not data:
        return None
    width, height, cut = map(int, said.split())
    path = f"{FOLDER}/{hashlib.sha256(data).hexdigest()[:16]}.webp"
    with translated_files(str(folder)):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return SourcePicture(f"/{path}", width, height, original.kind, bool(cut))


def _key(original: Original) -> str:
    said = f"{version()} {original.kind} {original.content_encoding} {original.digest}"
    return hashlib.sha256(said.encode()).hexdigest()


def _drawn(data: bytes, original: Original) -> bytes:
    """A line `width height cut` and the picture; an empty line for what cannot be shown."""
    try:
        found = extract(
            data,
            Hint(name=original.digest[:16]),
            content_encoding=original.content_encoding,
            limits=LIMITS,
            extractor=f"{_MODULE}:{original.kind}",
        )
        return checked(found.document.text, original)
    except ExtractError:
        return b"\n"


def checked(answer: str, original: Original) -> bytes:
    """What the process that decoded a picture says, if it is what one of ours would say. Raises `DamagedError`.

    That process may have been taken over by what it read.
    """
    said, _, packed = answer.partition("\n")
    most = PAGE if original.kind == "page" else PICTURE
    try:
        width, height, cut = map(int, said.split())
        data = base64.b64decode(packed, validate=True)
    except (ValueError, binascii.Error) as error:
        raise _nonsense() from error
    if not 0 < width <= most[0] or not 0 < height <= most[1] or cut not in (0, 1) or len(data) > MOST:
        raise _nonsense()
    if plain_webp(data) != (width, height):
        raise _nonsense()
    return f"{width} {height} {cut}\n".encode() + data


def plain_webp(data: bytes) -> tuple[int, int] | None:
    """The size of a WebP that holds one lossy picture and nothing else; None for anything else.

    Source: RFC 9649, section 2.5, and RFC 6386, section 9.1.
    """
    if data[:4] != b"RIFF" or data[8:16] != b"WEBPVP8 " or int.from_bytes(data[4:8], "little") != len(data) - 8:
        return None
    size = int.from_bytes(data[16:20], "little")
    if len(data) != 20 + size + size % 2 or size < 10 or data[20] & 1 or data[23:26] != b"\x9d\x01\x2a":
        return None
    width, height = (int.from_bytes(data[at : at + 2], "little") for at in (26, 28))
    return width & 0x3FFF, height & 0x3FFF


def _nonsense() -> DamagedError:
    return DamagedError("The picture is damaged or cut off.")
