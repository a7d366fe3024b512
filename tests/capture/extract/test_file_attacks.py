"""Hostile files, each read as the desk reads them, in a process of its own: refused in words, or harmless.

Nothing here may take the machine down, read another file, or come back as a text that is only part of what is there.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial

import pytest
from tests.capture.extract import attack_files
from tests.capture.extract.attack_files import SECRET, XML, inflating
from tests.capture.extract.packed import ODT_TYPE, W, docx_of, lines, odt_content, one_page, package, paragraph, pdf
from tests.capture.extract.packed import docx as docx_file
from tests.capture.extract.packed import odt as odt_file
from tests.conftest import absent

from factdesk.capture.extract import docx, ocr, odt, picture
from factdesk.capture.extract.base import MEGABYTE, Hint, Limits
from factdesk.capture.extract.run import extract
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, ExtractError, LimitError, ProtectedError, UnknownKindError

LIMITS = Limits(seconds=15, memory_bytes=512 * MEGABYTE, characters=2_000_000)
Attack = Callable[[], bytes]


def read(data: bytes) -> Extracted:
    return extract(data, Hint(name="hostile"), limits=LIMITS)


REFUSED = "refused"


def text_or_refusal(data: bytes) -> str:
    """A document's text, or that it was refused: for attacks that a later library may well see through."""
    try:
        return read(data).document.text
    except ExtractError:
        return REFUSED


PDF_REFUSED: dict[str, tuple[Attack, type[ExtractError]]] = {
    "a million pages declared": (partial(attack_files.pdf_many_pages, 1_000_000), LimitError),
    "2,001 pages": (partial(attack_files.pdf_real_pages, 2001, lines(b"a")), LimitError),
    "content of four gigabytes": (partial(attack_files.pdf_content_bomb, b"q ", 4096), ExtractError),
    "text of a gigabyte": (
        partial(attack_files.pdf_content_bomb, b"BT /F 9 Tf (lorem ipsum dolor) Tj ET\n", 1024),
        ExtractError,
    ),
    "objects in a stream of gigabytes": (attack_files.pdf_object_stream_bomb, ExtractError),
    "a page tree that is its own child": (
        lambda: attack_files.pdf_changed(2, b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
        ExtractError,
    ),
    "two pages in one": (lambda: attack_files.pdf_changed(2, b"<</Type/Pages/Kids[3 0 R]/Count 2>>"), ExtractError),
    "a picture of 60,000 by 60,000": (
        partial(attack_files.pdf_with_picture, 60_000, 60_000, b"FlateDecode"),
        LimitError,
    ),
    "no pages": (lambda: attack_files.pdf_changed(2, b"<</Type/Pages/Kids[]/Count 0>>"), DamagedError),
    "an owner's encryption that is nonsense": (
        lambda: pdf(one_page(lines(b"a")) | {9: b"<</Filter/Nobody/V 99>>"}, trailer=b"/Encrypt 9 0 R"),
        ProtectedError,
    ),
    "no table of objects and no end": (lambda: pdf(one_page(lines(b"a" * 200)))[:600], DamagedError),
    "a header and noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, DamagedError),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", PDF_REFUSED)
def test_hostile_pdfs_are_refused(name: str) -> None:
    attack, error = PDF_REFUSED[name]
    with pytest.raises(error):
        read(attack())


def scripted() -> bytes:
    actions = b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\); this.exportDataObject\\({cName:'x'}\\))>>"
    actions += b"/AA<</WC<</S/Launch/F(/bin/sh)/Win<</F(cmd.exe)>>>>>>"
    actions += b"/Names<</EmbeddedFiles<</Names[(x)6 0 R]>>/JavaScript<</Names[(x)<</S/JavaScript/JS(1)>>]>>>>"
    objects = one_page(lines(b"harmless"), root=actions, more=b"/AA<</O<</S/URI/URI(http://127.0.0.1:1/)>>>>")
    objects[6] = b"<</Type/Filespec/F(/etc/passwd)/FS/URL/EF<</F 5 0 R>>>>"
    return pdf(objects)


PDF_HARMLESS: dict[str, Attack] = {
    "scripts and programs to start": scripted,
    "a stream whose length is itself": lambda: attack_files.pdf_changed(9, b"<</Length 9 0 R>>stream\n\nendstream"),
    "a page whose parent is itself": lambda: attack_files.pdf_changed(
        3, one_page(b"")[3].replace(b"/Parent 2 0 R", b"/Parent 3 0 R")
    ),
    "content from another file": lambda: pdf(
        one_page(lines(b"harmless")) | {6: b"<</Length 0/F(/etc/passwd)/FFilter/FlateDecode>>stream\n\nendstream"}
    ),
    "letters at infinity": lambda: pdf(
        one_page(b"1e38 0 0 1e38 1e38 1e38 cm 1e38 0 0 1e38 0 0 cm " + lines(b"harmless") + lines(b"12", size=10**9))
    ),
    "no space on the page": lambda: pdf(one_page(lines(b"harmless"), box="0 0 0 0")),
    "a page as large as a country": lambda: pdf(one_page(lines(b"harmless"), box="-1e9 -1e9 1e9 1e9")),
    "brackets without end": lambda: pdf(one_page(lines(b"harmless")) | {6: b"[" * 200_000}),
    "a letter that turns itself": lambda: pdf(one_page(b"0 0 0 0 0 0 cm " + lines(b"harmless"))),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", PDF_HARMLESS)
def test_hostile_pdfs_do_no_harm(name: str) -> None:
    found = read(PDF_HARMLESS[name]())
    assert SECRET not in found.document.text
    assert "harmless" in found.document.text or not found.document.text


PDF_EITHER: dict[str, Attack] = {
    "2,147,483,647 pages declared": partial(attack_files.pdf_many_pages, 2**31 - 1),
    "a form that draws itself": attack_files.pdf_form_loop,
    "a page ten thousand levels down": partial(attack_files.pdf_deep_tree, 10_000),
    "content that is itself": lambda: attack_files.pdf_changed(5, b"[5 0 R 5 0 R]"),
    "ten million forms in each other": partial(attack_files.pdf_form_fan, 8),
    "lines of two billion columns": lambda: attack_files.pdf_changed(
        5, b"<</Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2147483647>>/Length 4>>stream\nxxxx\nendstream"
    ),
    "a JBIG2 picture of nonsense": partial(
        attack_files.pdf_with_picture, 9000, 9000, b"JBIG2Decode", b"\0\0\0\0\x30" * 99
    ),
    "a JPEG 2000 picture of nonsense": partial(attack_files.pdf_with_picture, 9000, 9000, b"JPXDecode"),
    "a scan of two thousand kilometres": partial(
        attack_files.pdf_with_picture, 10, 10, b"FlateDecode", zlib.compress(b"\0" * 100), "0 0 1e9 1e9"
    ),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", PDF_EITHER)
def test_hostile_pdfs_come_to_an_end(name: str) -> None:
    if "picture" in name or "scan" in name:
        tesseract()
    assert text_or_refusal(PDF_EITHER[name]()) in ("", "harmless", REFUSED)


def tesseract() -> None:
    if ocr.engine() is None:
        absent("tesseract (tesseract-ocr, tesseract-ocr-vie) is not installed")


PICTURES_REFUSED: dict[str, tuple[Attack, type[ExtractError]]] = {
    "a PNG of 60,000 by 60,000": (partial(attack_files.png, 60_000, 60_000), LimitError),
    "a PNG with a profile of gigabytes": (
        lambda: attack_files.png(9, 9, (b"iCCP", b"x\0\0" + inflating(b"\0", 2048))),
        ExtractError,
    ),
    "a PNG with a text of gigabytes": (
        lambda: attack_files.png(9, 9, (b"zTXt", b"x\0\0" + inflating(b"a", 2048))),
        ExtractError,
    ),
    "a PNG of no size": (partial(attack_files.png, 0, 0), ExtractError),
    "a PNG long as a street": (partial(attack_files.png, 1_000_000, 10), LimitError),
    "a GIF on a screen of 65,535 by 65,535": (partial(attack_files.gif, 65_535, 65_535, 1), LimitError),
    "a TIFF of 2,001 pages": (partial(attack_files.tiff, 1, 1, pages=2_001), LimitError),
    "a TIFF of 60,000 by 60,000": (partial(attack_files.tiff, 60_000, 60_000), LimitError),
    "a TIFF with a strip of four gigabytes": (partial(attack_files.tiff, 5_000, 5_000, strip=2**32 - 1), ExtractError),
    "a BMP upside down and endless": (partial(attack_files.bmp, 2**31 - 1, -(2**31)), ExtractError),
    "a JPEG of 65,500 by 65,500": (partial(attack_files.jpeg, 65_500, 65_500), LimitError),
    "a WebP of 16,384 by 16,384": (partial(attack_files.webp, 16_384, 16_384), ExtractError),
    "a picture that is a program's": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", ExtractError),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", PICTURES_REFUSED)
def test_hostile_pictures_are_refused(name: str) -> None:
    tesseract()
    attack, error = PICTURES_REFUSED[name]
    with pytest.raises(error):
        extract(attack(), Hint(name="a.png"), limits=LIMITS, extractor=f"{picture.__name__}:extract")


PICTURES_HARMLESS: dict[str, Attack] = {
    "a hundred thousand frames": partial(attack_files.gif, 60, 60, 100_000),
    "a chain of pages that bites its tail": partial(attack_files.tiff, 60, 60, pages=3, loop=True, strip=3600),
    "a PNG with gigabytes after its last line": lambda: attack_files.png(99, 99, data=inflating(b"\0", 4096)),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", PICTURES_HARMLESS)
def test_hostile_pictures_do_no_harm(name: str) -> None:
    tesseract()
    assert text_or_refusal(PICTURES_HARMLESS[name]()) in ("", REFUSED)


@pytest.mark.attack
@pytest.mark.parametrize("text", [b"<svg onload='x()'/>", b"%!PS\n(/etc/passwd) run", b"\0" * 2000, pdf(one_page(b""))])
def test_what_is_no_picture_is_not_opened_as_one(text: bytes) -> None:
    tesseract()
    with pytest.raises(DamagedError):
        picture.extract(text, Hint(), Limits())


ZIPS: dict[str, tuple[Attack, type[ExtractError]]] = {
    "one member of ten gigabytes": (
        lambda: attack_files.zip_of([("word/document.xml", inflating(b"\0", 10_240, raw=True), 2**32 - 1)]),
        ExtractError,
    ),
    "ten gigabytes declared as ten bytes": (
        lambda: attack_files.zip_of([("word/document.xml", inflating(b"\0", 10_240, raw=True), 10)]),
        ExtractError,
    ),
    "ten bytes declared as four gigabytes": (
        lambda: attack_files.zip_of([("word/document.xml", attack_files.deflated(b"<a>b</a>"), 2**32 - 2)]),
        ExtractError,
    ),
    "members that share their bytes": (partial(attack_files.zip_overlapping, 50), DamagedError),
    "a hundred thousand members": (partial(attack_files.zip_many, 100_000), LimitError),
    "two members of one name": (attack_files.zip_twice, DamagedError),
    "an encrypted member": (
        lambda: attack_files.zip_of([("word/document.xml", attack_files.deflated(b"<a/>"), 4)], flags=1),
        ProtectedError,
    ),
    "no document inside": (lambda: package({"word/other.xml": "<a/>"}), DamagedError),
    "a member cut off": (lambda: docx_file(paragraph("a" * 9999))[:-60], DamagedError),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", ZIPS)
def test_hostile_packages_are_refused(name: str) -> None:
    attack, error = ZIPS[name]
    with pytest.raises(error):
        extract(attack(), Hint(name="a.docx"), limits=LIMITS, extractor=f"{docx.__name__}:extract")


@pytest.mark.attack
@pytest.mark.parametrize("name", ["zips in zips", "names that climb", "parts elsewhere"])
def test_hostile_packages_do_no_harm(name: str) -> None:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    link = f'<Relationship Id="a" Type="{base}/header" Target="{{}}" TargetMode="{{}}"/>'
    climbing = link.format("../../../../etc/passwd", "Internal") + link.format("file:///etc/passwd", "External")
    document = f'<w:document xmlns:w="{W}">{paragraph("harmless")}</w:document>'
    parts: dict[str, bytes | str] = {"[Content_Types].xml": "<a/>", "word/document.xml": document}
    more: dict[str, dict[str, bytes | str]] = {
        "zips in zips": {"word/embeddings/42.zip": attack_files.nested(1)},
        "names that climb": {"../../../../tmp/factdesk-was-here": b"x", "/etc/passwd": b"x", "C:\\x": b"x"},
        "parts elsewhere": {"word/_rels/document.xml.rels": f"<Relationships>{climbing}</Relationships>"},
    }
    parts |= more[name]
    assert read(package(parts)).document.text == "harmless"


@pytest.mark.attack
@pytest.mark.parametrize("kind", ["docx", "odt"])
@pytest.mark.parametrize("name", XML)
def test_hostile_xml_is_refused(name: str, kind: str) -> None:
    beside = package(
        {"mimetype": ODT_TYPE, "content.xml": odt_content("<text:p>a</text:p>"), "styles.xml": XML[name]()}
    )
    data, module = (docx_of(XML[name]()), docx) if kind == "docx" else (beside, odt)
    with pytest.raises(ExtractError):
        extract(data, Hint(name="a"), limits=LIMITS, extractor=f"{module.__name__}:extract")


@pytest.mark.attack
@pytest.mark.parametrize("data", [attack_files.utf16_docx(), attack_files.utf7_docx()], ids=["utf-16", "utf-7"])
def test_a_document_type_in_other_letters_is_refused(data: bytes) -> None:
    with pytest.raises(ExtractError):
        extract(data, Hint(name="a"), limits=LIMITS, extractor=f"{docx.__name__}:extract")


@pytest.mark.attack
def test_included_files_are_not_read() -> None:
    include = '<xi:include href="file:///etc/passwd" parse="text"/>'
    linked = '<text:section><text:section-source xlink:href="file:///etc/passwd"/></text:section>'
    assert read(odt_file(f"<text:p>harmless{include}</text:p>{linked}")).document.text == "harmless"


@pytest.mark.attack
def test_a_billion_spaces_are_a_thousand() -> None:
    found = read(odt_file('<text:p>a<text:s text:c="1000000000"/>b</text:p>'))
    assert found.document.text == "a" + " " * 1000 + "b"


@pytest.mark.attack
@pytest.mark.parametrize("inside", ["<w:tbl><w:tr><w:tc>", "<w:p><w:r><w:txbxContent>"])
def test_tables_in_tables_come_to_an_end(inside: str) -> None:
    ends = "".join(f"</{tag[1:]}" for tag in reversed(inside.replace(">", ">\n").split()))
    body = inside * 60 + paragraph("harmless") + ends * 60
    assert text_or_refusal(docx_file(body)) in ("harmless", REFUSED)


@pytest.mark.attack
@pytest.mark.parametrize("said", ["image/png", "application/pdf", "text/html"])
def test_a_lie_about_its_kind_is_found_out(said: str) -> None:
    found = extract(docx_file(paragraph("harmless")), Hint(media_type=said, name="a.png"), limits=LIMITS)
    assert found.document.text == "harmless"
    assert found.media_type.endswith("wordprocessingml.document")


@pytest.mark.attack
def test_a_drawing_is_not_a_picture() -> None:
    with pytest.raises(UnknownKindError):
        extract(b"\0\0\1\0\1\0" + b"\0" * 100, Hint(media_type="image/x-icon", name="a.png"), limits=LIMITS)
