"""Documents made to harm: small to write, large or endless to read."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.capture.extract.packed import docx_of, lines, one_page, package, pdf, stream

MEGABYTE = 1 << 20
SECRET = "root:"
"""What stands in every /etc/passwd."""


def inflating(unit: bytes, megabytes: int, *, raw: bool = False) -> bytes:
    """Deflated data that unpack to a unit of text over and over. One megabyte is packed once and repeated."""
    block = (unit * (MEGABYTE // len(unit) + 1))[:MEGABYTE]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    body = packed * megabytes + end
    return body if raw else b"\x78\xda" + body + b"\0\0\0\0"


# PDF


def twice_packed(unit: bytes, megabytes: int, entries: bytes = b"") -> bytes:
    """A stream object that is deflated twice: a few kilobytes that become gigabytes."""
    data = zlib.compress(inflating(unit, megabytes), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode]" + entries
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (filters, len(data), data)


def pdf_content_bomb(unit: bytes, megabytes: int) -> bytes:
    objects = one_page(b"")
    objects[5] = twice_packed(unit, megabytes)
    return pdf(objects)


def pdf_object_stream_bomb() -> bytes:
    """Every object in a compressed object stream of gigabytes."""
    packed = twice_packed(b"<<>> ", 2048, b"/Type/ObjStm/N 3/First 20")
    head = b"%PDF-1.5\n"
    out = bytearray(head) + b"9 0 obj\n" + packed + b"\nendobj\n"
    place = len(out)
    rows = b"".join(struct.pack(">BIB", *row) for row in ((2, 9, 0), (2, 9, 1), (2, 9, 2)))
    rows += struct.pack(">BIB", 1, len(head), 0)
    entries = b"/Type/XRef/Size 10/Root 1 0 R/W[1 4 1]/Index[1 3 9 1]"
    out += b"8 0 obj\n" + stream(rows, entries) + b"\nendobj\nstartxref\n%d\n%%%%EOF" % place
    return bytes(out)


def pdf_many_pages(count: int) -> bytes:
    """One page that is declared to be many."""
    objects = one_page(lines(b"harmless"))
    objects[2] = b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count
    return pdf(objects)


def pdf_real_pages(count: int, content: bytes) -> bytes:
    """So many pages that all show one content."""
    objects = one_page(b"")
    objects[5] = stream(content, packed=True)
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * count, count)
    return pdf(objects)


def pdf_deep_tree(depth: int) -> bytes:
    """A page at the bottom of a tree of single branches."""
    objects = one_page(lines(b"harmless"))
    for number in range(depth):
        objects[10 + number] = b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (11 + number)
    objects[10 + depth] = objects[3]
    objects[2] = b"<</Type/Pages/Kids[10 0 R]/Count 1>>"
    return pdf(objects)


def pdf_changed(number: int, body: bytes, text: bytes = b"harmless") -> bytes:
    """A PDF with one page, one of whose objects is another."""
    objects = one_page(lines(text))
    objects[number] = body
    return pdf(objects)


def pdf_with_picture(
    width: int, height: int, filter_name: bytes, data: bytes = b"\0" * 100, box: str = "0 0 612 792"
) -> bytes:
    """A page that is one picture, as declared."""
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/%s"
    objects = one_page(b"q 612 0 0 792 0 0 cm /P Do Q", box=box)
    objects[3] = objects[3].replace(b"/Font<<", b"/XObject<</P 6 0 R>>/Font<<")
    objects[6] = stream(data, entries % (width, height, filter_name))
    return pdf(objects)


def pdf_form_loop() -> bytes:
    """A form that draws itself, twice."""
    objects = one_page(lines(b"harmless") + b" /X Do")
    objects[3] = objects[3].replace(b"/Font<<", b"/XObject<</X 6 0 R>>/Font<<")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    objects[6] = stream(b"/X Do /X Do", form)
    return pdf(objects)


def pdf_form_fan(levels: int) -> bytes:
    """Forms that each draw the next one ten times: ten to the power of their number."""
    objects = one_page(b"/X6 Do")
    objects[3] = objects[3].replace(b"/Font<<", b"/XObject<</X6 6 0 R>>/Font<<")
    for number in range(6, 6 + levels):
        body = b"BT /F 9 Tf (ha) Tj ET" if number == 5 + levels else b"/X%d Do " % (number + 1) * 10
        resources = b"/Font<</F 4 0 R>>/XObject<</X%d %d 0 R>>" % (number + 1, number + 1)
        objects[number] = stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<<%s>>" % resources)
    return pdf(objects)


# Pictures


def png(width: int, height: int, *chunks: tuple[bytes, bytes], data: bytes = b"") -> bytes:
    """A PNG whose header says anything."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = [(b"IHDR", header), *chunks, (b"IDAT", data or zlib.compress(b"\0" * 100)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in body)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def gif(width: int, height: int, frames: int) -> bytes:
    """A GIF of many one-pixel frames on a screen of any size."""
    frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0\0\0\0\xff\xff\xff" + frame * frames + b";"


def tiff(width: int, height: int, *, pages: int = 1, loop: bool = False, strip: int = 4) -> bytes:
    """A TIFF of `pages` pages, which share one strip of bytes; with `loop` the last page's successor is the first."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    size = 2 + 12 * 8 + 4
    for page in range(pages):
        entries = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1)]
        entries += [(273, 4, 8), (278, 4, height), (279, 4, strip)]
        after = 8 + size * (page + 1) if page + 1 < pages else 8 if loop else 0
        rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
        out += struct.pack("<H", 8) + rows
        out += struct.pack("<I", after)
    return bytes(out)


def bmp(width: int, height: int) -> bytes:
    """A BMP's header alone."""
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + header


def jpeg(width: int, height: int) -> bytes:
    """A JPEG's header alone."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def webp(width: int, height: int) -> bytes:
    """A WebP's header and noise."""
    bits = (width - 1) | (height - 1) << 14
    body = b"\x2f" + struct.pack("<I", bits) + b"\0" * 20
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


# ZIP


def zip_of(members: list[tuple[str, bytes, int]], *, declared: int | None = None, flags: int = 0) -> bytes:
    """A ZIP of raw deflated members (name, packed data, size), their headers as asked for."""
    out, directory = bytearray(), bytearray()
    for name, packed, size in members:
        fields = struct.pack("<HHHHIIIHH", flags, 8, 0, 0, 0, len(packed), declared or size, len(name), 0)
        place = len(out)
        out += b"PK\x03\x04\x14\0" + fields + name.encode() + packed
        directory += b"PK\x01\x02\x14\0\x14\0" + fields + struct.pack("<HHHII", 0, 0, 0, 0, place) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def deflated(data: bytes) -> bytes:
    """Raw deflated data."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zip_overlapping(count: int) -> bytes:
    """Many members that share the bytes of one, after D. Fifield's bomb."""
    packed = inflating(b"<p/>", 8, raw=True)
    whole = zip_of([("word/document.xml", packed, 8 * MEGABYTE)])
    start = whole.index(b"PK\x01\x02")
    entry = whole[start : whole.index(b"PK\x05\x06")]
    directory = entry + b"".join(entry.replace(b"document", b"%08d" % number) for number in range(count))
    end = struct.pack("<HHHHIIH", 0, 0, count + 1, count + 1, len(directory), start, 0)
    return whole[:start] + directory + b"PK\x05\x06" + end


def zip_many(count: int) -> bytes:
    """A ZIP of many empty members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as many:
        for name in ("word/document.xml", *(f"word/{number}" for number in range(count))):
            many.writestr(zipfile.ZipInfo(name), b"")
    return out.getvalue()


def zip_twice() -> bytes:
    """Two members of one name: what one program checks is not what another reads."""
    packed = deflated(b"<a/>")
    return zip_of([("word/document.xml", packed, 4), ("word/document.xml", packed, 4)])


def nested(depth: int) -> bytes:
    """A ZIP in a ZIP, sixteen of each, with a bomb at the bottom."""
    inner = package({"bomb": b"\0" * 16 * MEGABYTE})
    for _ in range(depth):
        inner = package({f"{number}.zip": inner for number in range(16)})
    return inner


# XML, for the parts of packages


def _laughs() -> str:
    layers = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY l0 "lol">{layers}]><x>&l9;</x>'


def _attributes() -> str:
    return "<x " + " ".join(f'a{number}="1"' for number in range(1_000_000)) + "/>"


XML: dict[str, Callable[[], str]] = {
    "billion laughs": _laughs,
    "quadratic blow-up": lambda: f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]><x>{"&a;" * 100_000}</x>',
    "a file as an entity": lambda: '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "an address as an entity": lambda: '<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:1/">]><x>&a;</x>',
    "a document type from elsewhere": lambda: '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    "parameter entities": lambda: '<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><x/>',
    "a million levels": lambda: "<x>" * 1_000_000,
    "a thousand levels and more": lambda: "<x>" * 5_000 + "</x>" * 5_000,
    "a million attributes": _attributes,
    "five million elements": lambda: f"<x>{'<y/>' * 5_000_000}</x>",
    "eleven megabytes in one word": lambda: f"<x>{'a' * 11_000_000}</x>",
    "a tag that never ends": lambda: "<x " + "a" * 5_000_000,
    "an entity of its own": lambda: "<x>&a;</x>",
    "a character that is none": lambda: "<x>&#0;</x>",
}


def utf16_docx() -> bytes:
    """A document type hidden from whoever looks for its letters in bytes."""
    return docx_of(('<?xml version="1.0" encoding="UTF-16"?>' + _laughs()).encode("utf-16"))


def utf7_docx() -> bytes:
    """The same in an encoding that nobody should read."""
    return docx_of(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x +AFsAXQA+ADw-x/+AD4-')
