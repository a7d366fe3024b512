"""Small documents written by hand: PDFs object by object, packages part by part. For what no program would write."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = (
    f'<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml">'
    "<w:body>{body}</w:body></w:document>"
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODT_TYPE = "application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def pdf(objects: Mapping[int, bytes], *, trailer: bytes = b"", version: bytes = b"1.7") -> bytes:
    """A PDF of numbered objects, the first of which is its root."""
    out = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    out += b"".join(
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        for number in range(1, size)
    )
    return bytes(out + b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def stream(data: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object's body."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def one_page(
    content: bytes, *, box: str = "0 0 612 792", font: str = "Helvetica", root: bytes = b"", more: bytes = b""
) -> dict[int, bytes]:
    """The objects of a PDF with one page: 1 root, 2 pages, 3 page, 4 font, 5 content."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources<</Font<</F 4 0 R>>>>/Contents 5 0 R%s>>"
    name = b"<</Type/Font/Subtype/TrueType/BaseFont/%s/Encoding/WinAnsiEncoding>>"
    return {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: page % (box.encode(), more),
        4: name % font.encode(),
        5: stream(content),
    }


def lines(*texts: bytes, size: int = 12, top: int = 700) -> bytes:
    """A page's content: lines of text one below another, in the font F."""
    shown = b" T* ".join(b"(%s) Tj" % text for text in texts)
    return b"BT /F %d Tf %d TL 72 %d Td %s ET" % (size, size + 3, top, shown)


def package(parts: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def docx(body: str, **parts: bytes | str) -> bytes:
    """A DOCX file with this in its body. Other parts by name: `styles="…"` is `word/styles.xml`."""
    return docx_of(_DOCUMENT.format(body=body), **parts)


def docx_of(document: bytes | str, **parts: bytes | str) -> bytes:
    """A DOCX file of a whole document part."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(f'<Relationship Id="r{n}" Type="{base}/{n}" Target="{n}.xml"/>' for n in parts)
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "word/document.xml": document,
            "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
            **{f"word/{name}.xml": part for name, part in parts.items()},
        }
    )


def odt(body: str) -> bytes:
    """An ODT file with this in its text."""
    return package({"mimetype": ODT_TYPE, "content.xml": odt_content(body)})


def odt_content(body: str) -> str:
    """The content part of an ODT file with this in its text."""
    return (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:text="{TEXT}" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xi="http://www.w3.org/2001/XInclude">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of WordprocessingML with one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{escape(text)}</w:t></w:r></w:p>"
