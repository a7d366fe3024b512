"""What a document is, by its bytes, and which extractor reads it. What is declared decides only where bytes cannot.

After the sniffing standard of browsers (WHATWG MIME Sniffing), narrowed to what is read here.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from factdesk.capture.extract.base import Hint
from factdesk.errors import DamagedError, ProtectedError, UnknownKindError
from factdesk.interchange import office_zip

_HERE = "factdesk.capture.extract"


@dataclass(frozen=True, slots=True)
class Reader:
    """An extractor: `module:function`, and the libraries that it needs; those for `about` and `main` of a hint."""

    function: str
    needs: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    main: tuple[str, ...] = ()


EXTRACTORS: dict[str, Reader] = {
    "html": Reader(
        f"{_HERE}.html:extract",
        ("selectolax.lexbor",),
        (f"{_HERE}.about", f"{_HERE}.main_content"),
        ("trafilatura", "lxml.html"),
    ),
    "text": Reader(f"{_HERE}.plain:extract"),
    "pdf": Reader(f"{_HERE}.pdf:extract", ("pypdfium2",)),
    "docx": Reader(f"{_HERE}.docx:extract", ("lxml.etree",)),
    "odt": Reader(f"{_HERE}.odt:extract", ("lxml.etree",)),
    "picture": Reader(f"{_HERE}.picture:extract", ("PIL.Image",)),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """Which extractor reads it, and its media type as the bytes say."""

    extractor: str
    media_type: str


HTML = Kind("html", "text/html")
TEXT = Kind("text", "text/plain")
PDF = Kind("pdf", "application/pdf")
DOCX = Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
ODT = Kind("odt", "application/vnd.oasis.opendocument.text")

_PICTURES = (
    (rb"\x89PNG\r\n\x1a\n", "image/png"),
    (rb"\xff\xd8\xff", "image/jpeg"),
    (rb"GIF8[79]a", "image/gif"),
    (rb"RIFF.{4}WEBP", "image/webp"),
    (rb"II[*+]\0|MM\0[*+]", "image/tiff"),
    (rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0", "image/bmp"),
)
_OLD_OFFICE = "It is a document of an old office program; save it as DOCX or PDF."
_SHEET = "It is a spreadsheet; save it as PDF or CSV."
_SLIDES = "It is a presentation; save it as PDF."
_ARCHIVE = "It is an archive; unpack it and give the files in it."
_PROGRAM = "It is a program, not a document."
_SOUND = "It is sound or video; give its transcript as a text."
_PICTURE = "It is a picture of another kind; save it as PNG or JPEG."
_REFUSED = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (rb"\{\\rtf", _OLD_OFFICE),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "It is PostScript; save it as PDF."),
    (rb"MZ.{4}|\x7fELF|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|dex\n", _PROGRAM),
    (rb"\x1f\x8b|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|\xfd7zXZ|BZh[1-9]1AY|\x28\xb5\x2f\xfd", _ARCHIVE),
    (rb"RIFF.{4}(?:WAVE|AVI )|ID3|OggS|fLaC|\x1aE\xdf\xa3|\xff[\xfb\xf3\xf2]|\0\0\x01[\xba\xb3]|FLV\x01", _SOUND),
    (rb".{4}ftyp(?:avif|heic|heix|mif1)|\0\0\x01\0.\0|8BPS|\xff\x0a|\0\0\0\x0cJXL ", _PICTURE),
    (rb".{4}ftyp", _SOUND),
)
_UNKNOWN = "HTML, PDF, DOCX, ODT, plain text and pictures are read."
# A tag that nothing but a page begins with, and tags that a text may begin with as well.
_PAGE = re.compile(
    r"(?:\s|<!--.*?-->|<\?xml.{0,200}?\?>)*<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"(?:\s|<!--.*?-->)*<(?:title|meta|script|style|link|iframe|h[1-6]|div|font|table|a|b|br|p|span|center|img|ul|ol)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_MAIL_PAGE = re.compile(r"MIME-Version:.{0,2000}?multipart/related", re.IGNORECASE | re.DOTALL)
_DECLARED = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    DOCX.media_type: "docx",
    ODT.media_type: "odt",
}
_ENDINGS = {".html": "html", ".htm": "html", ".xhtml": "html"}
HEAD = 4096
"""How many of a document's first bytes tell what it is."""

_ZIP = b"PK\x03\x04"
_SAMPLE = 1 << 16


def declared(hint: Hint) -> str:
    """The extractor that the declared media type asks for, else the name's ending; empty when neither says."""
    media_type = hint.media_type.split(";", 1)[0].strip().lower()
    if found := _DECLARED.get(media_type):
        return found
    if media_type in ("", "application/octet-stream"):
        return _ENDINGS.get(PurePosixPath(hint.name).suffix.lower(), "")
    if media_type.startswith("image/"):
        return "" if "svg" in media_type else "picture"
    return "text" if media_type.startswith("text/") else ""


def likely(head: bytes, hint: Hint) -> str:
    """The extractor that a document's first bytes will be given to, as far as they tell, else the declared one."""
    if _is_pdf(head, hint):
        return PDF.extractor
    if any(re.match(pattern, head, re.DOTALL) for pattern, _ in _PICTURES):
        return "picture"
    if head.startswith(_ZIP):
        return ODT.extractor if head[30:].startswith(b"mimetype") else DOCX.extractor
    is_page = _PAGE.match(head.decode("latin-1")) is not None
    return HTML.extractor if is_page else declared(hint) or HTML.extractor


def sniff(data: bytes, hint: Hint) -> Kind:
    """What the bytes are. Raises `UnknownKindError`, `ProtectedError` or `DamagedError` with what to do."""
    if not data.strip(b"\0 \t\r\n"):
        raise DamagedError("The document is empty.", place=hint.place)
    head = data[:HEAD]
    if _is_pdf(head, hint):
        return PDF
    for pattern, media_type in _PICTURES:
        if re.match(pattern, head, re.DOTALL):
            return Kind("picture", media_type)
    if head.startswith(_ZIP):
        return _zipped(data, hint)
    _refuse(data, head, hint)
    return _text_or_page(data, hint)


def _is_pdf(head: bytes, hint: Hint) -> bool:
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-")
    return begins or (b"%PDF-" in head[:1024] and declared(hint) == "pdf")


def _refuse(data: bytes, head: bytes, hint: Hint) -> None:
    if head.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in data:
        raise protected(hint)
    for pattern, remedy in _REFUSED:
        if re.match(pattern, head, re.DOTALL):
            raise _unknown(hint, remedy)


def _zipped(data: bytes, hint: Hint) -> Kind:
    """DOCX and ODT by what is in the package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            mimetype = package.read("mimetype")[:200] if "mimetype" in names and _small(package) else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise DamagedError("The document is damaged or cut off.", place=hint.place) from error
    if mimetype.startswith(ODT.media_type.encode()):
        return ODT
    if "word/document.xml" in names or ("[Content_Types].xml" in names and any(n.startswith("word/") for n in names)):
        return DOCX
    if any(name.startswith("xl/") for name in names) or b"spreadsheet" in mimetype:
        raise _unknown(hint, _SHEET)
    if any(name.startswith("ppt/") for name in names) or b"presentation" in mimetype:
        raise _unknown(hint, _SLIDES)
    raise _unknown(hint, _ARCHIVE)


def _small(package: zipfile.ZipFile) -> bool:
    return package.getinfo("mimetype").file_size <= 200


def _text_or_page(data: bytes, hint: Hint) -> Kind:
    says, sample = declared(hint), _readable(data[:_SAMPLE])
    if _MAIL_PAGE.match(sample):
        raise _unknown(hint, "It is a page saved with its pictures in one file; save it as HTML only.")
    if not _is_text(sample):
        raise _unknown(hint, _UNKNOWN)
    if _PAGE.match(sample) or says == "html" or (says != "text" and _TAG.match(sample)):
        return HTML
    return TEXT


def _readable(sample: bytes) -> str:
    """The sample's ASCII as text, whether it is encoded in one, two or four bytes."""
    if sample.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return sample[: len(sample) // 4 * 4].decode("utf-32", "replace")
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sample.decode("utf-16", "replace")
    zeros = sample.count(0)
    if zeros * 4 > len(sample):
        even = sample[::2].count(0)
        return sample.decode("utf-16-be" if even * 2 > zeros else "utf-16-le", "replace")
    return sample.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


# VISCII, VPS and TCVN put capital letters on some control characters, so that a few of them say nothing.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def _is_text(sample: str) -> bool:
    return len(_CONTROL.findall(sample)) * 10 <= len(sample)


def protected(hint: Hint) -> ProtectedError:
    """The error for a document that asks for a password."""
    return office_zip.protected(hint.place)


def _unknown(hint: Hint, remedy: str) -> UnknownKindError:
    return UnknownKindError("This kind of document is not read.", place=hint.place, remedy=remedy)
