"""PDFs written by hand, for what the programs at hand do not make: old fonts, turned pages, scans read before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PIL import Image
from tests.capture.extract.packed import lines, one_page, pdf, stream

from factdesk.capture.extract import ocr
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.pdf import extract
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, ProtectedError, ResourceError


def read(objects: dict[int, bytes], **limits: int) -> Extracted:
    return extract(pdf(objects), Hint(name="a.pdf"), Limits(**limits))


@pytest.mark.parametrize(
    ("font", "letters", "expected", "charset"),
    [
        (".VnTime", "ViÖt Nam trong thÕ kû míi", "Việt Nam trong thế kỷ mới", "tcvn3"),
        ("ABCDEF+.VnTime", "ViÖt Nam", "Việt Nam", "tcvn3"),
        (".VnArialH", "ViÖt Nam", "VIỆT NAM", "tcvn3"),
        ("VNI-Times", "Vieät Nam", "Việt Nam", "vni"),
        ("Helvetica", "ViÖt Nam", "ViÖt Nam", ""),
    ],
)
def test_fonts_of_before_unicode(font: str, letters: str, expected: str, charset: str) -> None:
    found = read(one_page(lines(letters.encode("cp1252")), font=font))
    assert (found.document.text, found.charset) == (expected, charset)
    assert [remark.feature for remark in found.remarks] == ["charset"] * bool(charset)


def test_of_signs_that_pdfium_leaves_out_the_shape_tells() -> None:
    flat, tall, small, wide, other = b"1 3 7 4", b"1 0 7 7", b"2 1 6 5", b"0 0 8 8", b"1 0 5 7"
    objects = one_page(b"BT /F 10 Tf 72 700 Td (\\0009 \\0029) Tj ET")
    for shapes, expected in (((flat, small, other), "−9 ×9"), ((tall, wide, other), "\ufffd9 \ufffd9")):
        for code, shape in zip((0, 2, 57), shapes, strict=True):
            objects[20 + code] = stream(b"8 0 %s d1 0 0 8 8 re f" % shape)
        names = b" ".join(b"/a%d %d 0 R" % (code, 20 + code) for code in (0, 2, 57))
        objects[4] = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 8 8]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<<%s>>/FirstChar 0"
            b"/LastChar 57/Widths[%s]/Encoding<</Differences[0/a0 2/a2 57/a57]>>>>" % (names, b"8 " * 58)
        )
        objects[9] = b"<</Producer(pdfTeX-1.40)>>"
        found = extract(pdf(objects, trailer=b"/Info 9 0 R"), Hint(), Limits())
        assert found.document.text == expected


def test_a_letter_that_pdfium_takes_for_a_hyphen() -> None:
    shown = lines("ChuyÖn nh\xad".encode("cp1252"), "sau ®©y".encode("cp1252"))
    assert read(one_page(shown, font=".VnTime")).document.text == "Chuyện như\nsau đây"


@pytest.mark.parametrize(
    ("width", "expected"), [(333, "A well-known rate of -5 degrees"), (0, "A wellknown rate of 5 degrees")]
)
def test_what_is_named_a_soft_hyphen_is_one_only_where_it_is_not_seen(width: int, expected: str) -> None:
    objects = one_page(lines(b"A well~known rate of ~5 degrees"))
    widths = b" ".join(b"%d" % (width if code == ord("~") else 550) for code in range(32, 127))
    objects[4] = objects[4].replace(
        b"/Encoding", b"/FirstChar 32/LastChar 126/Widths[%s]/ToUnicode 6 0 R/Encoding" % widths
    )
    objects[6] = stream(
        b"/CIDInit/ProcSet findresource begin begincmap 1 begincodespacerange<00><ff>endcodespacerange "
        b"1 beginbfchar<7e><00ad>endbfchar endcmap end"
    )
    assert read(objects).document.text.replace("\xad", "") == expected


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_it_is_shown(turn: int) -> None:
    found = read(one_page(lines(b"Here it is"), more=b"/Rotate %d" % turn)).document
    assert found.text == "Here it is"
    left, top, right, bottom = found.blocks[0].box or (0, 0, 0, 0)
    middle = ((left + right) / 2, (top + bottom) / 2)
    expected = {0: (0.16, 0.11), 90: (0.89, 0.16), 180: (0.84, 0.89), 270: (0.11, 0.84)}[turn]
    assert middle == pytest.approx(expected, abs=0.05)


def pages(*contents: bytes) -> dict[int, bytes]:
    """The objects of a PDF with several pages."""
    objects = one_page(b"")
    for number, content in enumerate(contents):
        objects[100 + number] = stream(content)
        objects[10 + number] = objects[3].replace(b"5 0 R", b"%d 0 R" % (100 + number))
    kids = b" ".join(b"%d 0 R" % (10 + number) for number in range(len(contents)))
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents))
    return objects


def test_a_sentence_goes_on_over_pages_heads_and_feet() -> None:
    contents = []
    for number in range(3):
        head = b"BT /F 12 Tf 72 760 Td (Annual report %d) Tj ET " % (2020 + number)
        foot = b" BT /F 12 Tf 300 20 Td (- %d -) Tj ET" % (number + 1)
        body = lines(b"first line of page %d which" % number, b"last line of page %d and" % number)
        contents.append(head + body + foot)
    found = read(pages(*contents)).document
    for number in range(2):
        assert f"last line of page {number} and\nfirst line of page {number + 1} which" in found.text
    assert found.text.endswith("Annual report 2020\n- 1 -\nAnnual report 2021\n- 2 -\nAnnual report 2022\n- 3 -")
    assert [block.page for block in found.blocks if block.kind == "furniture"] == [1, 1, 2, 2, 3, 3]


def test_what_pages_begin_with_alike_is_no_head_when_it_is_a_form_or_counted() -> None:
    form = [
        b"We hereby ask you all",
        b"to come to the town hall",
        b"on the first of May,",
        b"at ten, and to bring",
        b"all",
    ]
    names = (b"Lan", b"Minh", b"Hoa")
    found = read(pages(*(lines(*form, b"your papers, dear %s." % name, top=770) for name in names))).document
    assert [block.kind for block in found.blocks if block.kind == "furniture"] == []
    articles = (b"Article %d says so.", b"It is about %s.")
    found = read(
        pages(
            *(lines(articles[0] % (3 * at), articles[1] % name, b"And more.", top=770) for at, name in enumerate(names))
        )
    ).document
    assert found.text.splitlines()[:4] == ["Article 0 says so.", "It is about Lan.", "And more.", "Article 3 says so."]


def test_a_footnote_goes_on_at_the_foot_of_the_next_column() -> None:
    columns = (
        lines(*[b"left body number %d and" % n for n in range(30)]),
        lines(b"1 The note begins in one column and", size=9, top=100),
        lines(*[b"right body number %d and" % n for n in range(30)]).replace(b" 72 700", b" 320 700"),
        lines(b"goes on in the next.", size=9, top=100).replace(b" 72 100", b" 320 100"),
    )
    found = read(one_page(b"\n".join(columns))).document
    assert "left body number 29 and\nright body number 0 and" in found.text
    assert found.text.endswith("1 The note begins in one column and\ngoes on in the next.")
    assert [block.kind for block in found.blocks][-1] == "note"


def test_invisible_text_is_marked_as_read_by_someone() -> None:
    content = b"BT 3 Tr /F 12 Tf 72 700 Td (read by another program) Tj ET"
    found = read(one_page(content))
    assert [(block.ocr, block.page) for block in found.document.blocks] == [(True, 1)]
    assert [remark.feature for remark in found.remarks] == ["ocr"]


def scan(text: bytes = b"") -> dict[int, bytes]:
    """A page that is one picture without anything to be read on it, and perhaps some text."""
    grey = Image.new("L", (400, 500), 255)
    entries = b"/Type/XObject/Subtype/Image/Width 400/Height 500/ColorSpace/DeviceGray/BitsPerComponent 8"
    objects = one_page(b"q 612 0 0 792 0 0 cm /P Do Q " + text)
    objects[3] = objects[3].replace(b"/Font<<", b"/XObject<</P 6 0 R>>/Font<<")
    objects[6] = stream(grey.tobytes(), entries, packed=True)
    return objects


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on whose path there is no tesseract."""
    ocr.engine.cache_clear()
    monkeypatch.setenv("PATH", "/nonexistent")
    yield
    ocr.engine.cache_clear()


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_a_scan_says_what_to_install() -> None:
    with pytest.raises(ResourceError, match="tesseract-ocr-vie"):
        read(scan())


@pytest.mark.usefixtures("without_tesseract")
def test_without_tesseract_scans_among_pages_are_named() -> None:
    objects = scan()
    objects[7] = objects[3].replace(b"5 0 R", b"8 0 R")
    objects[8] = stream(lines(b"This page has text of its own."))
    objects[2] = b"<</Type/Pages/Kids[7 0 R 3 0 R 3 0 R]/Count 3>>"
    found = read(objects)
    assert found.document.text == "This page has text of its own."
    assert [str(remark) for remark in found.remarks] == [
        "Left out, since they are pictures: pages 2-3. Install tesseract-ocr and tesseract-ocr-vie."
    ]
    assert found.extractor.name == "pdf"


def test_forms_and_comments_are_not_text() -> None:
    objects = one_page(
        lines(b"Written on the page."), more=b"/Annots[6 0 R 7 0 R]", root=b"/AcroForm<</Fields[7 0 R]>>"
    )
    objects[6] = b"<</Type/Annot/Subtype/FreeText/Rect[0 0 300 100]/Contents(A comment)/DA(/F 12 Tf)>>"
    objects[7] = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(f)/V(A value)/Rect[0 0 300 100]>>"
    assert read(objects).document.text == "Written on the page."


def test_cut_off_and_foreign_bytes_are_damaged() -> None:
    for data in (b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 1000, pdf({1: b"<</Type/Catalog>>"})):
        with pytest.raises(DamagedError):
            extract(data, Hint(), Limits())


def test_a_page_of_nothing_has_no_text() -> None:
    found = read(one_page(b""))
    assert (found.document.text, found.document.blocks) == ("", ())


def test_a_password_is_asked_for() -> None:
    objects = one_page(lines(b"secret"))
    objects[9] = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (b"41" * 32, b"42" * 32)
    data = pdf(objects, trailer=b"/Encrypt 9 0 R/ID[<00><00>]")
    with pytest.raises(ProtectedError):
        extract(data, Hint(), Limits())
