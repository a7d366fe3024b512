"""What Word writes and LibreOffice does not, part by part."""

from __future__ import annotations

import pytest
from tests.capture.extract.packed import W, docx, docx_of, paragraph

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.docx import extract
from factdesk.domain.documents import Extracted


def read(body: str, **parts: str) -> Extracted:
    return extract(docx(body, **parts), Hint(name="a.docx"), Limits())


def text(body: str, **parts: str) -> str:
    return read(body, **parts).document.text


def styles(*found: str) -> str:
    return f'<w:styles xmlns:w="{W}">{"".join(found)}</w:styles>'


def style(key: str, inside: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}" {more}>{inside}</w:style>'


def run(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", "a\tb"),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t>", "a\nb\nc"),
        ("<w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t>", "2\u20113"),
        ("<w:t>xã</w:t><w:softHyphen/><w:t>hội</w:t>", "xã\u00adhội"),
        ('<w:sym w:font="Symbol" w:char="F061"/><w:t> = 1</w:t>', "α = 1"),
        ('<w:sym w:font="Wingdings" w:char="F0FC"/><w:t> đúng</w:t>', "✓ đúng"),
        ('<w:sym w:font="Unheard" w:char="F0AA"/><w:t>!</w:t>', "\ufffd!"),
        ('<w:sym w:font="Arial" w:char="20AC"/>', "€"),
        ("<w:t>a</w:t><w:footnoteReference w:id='2'/><w:t>b</w:t>", "ab"),
        ("<w:t>a&#10;b</w:t>", "a\nb"),
    ],
)
def test_signs(inside: str, expected: str) -> None:
    assert text(run(inside)) == expected


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = mark("begin") + "<w:r><w:instrText>NAME</w:instrText></w:r>" + mark("separate")
    inner += "<w:r><w:t>inner</w:t></w:r>" + mark("end")
    whole = f"<w:p><w:r><w:t>a </w:t></w:r>{mark('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}"
    whole += f"{mark('separate')}<w:r><w:t>result</w:t></w:r>{mark('end')}<w:r><w:t> b</w:t></w:r></w:p>"
    assert text(whole) == "a result b"
    assert text('<w:p><w:fldSimple w:instr="DATE"><w:r><w:t>nay</w:t></w:r></w:fldSimple></w:p>') == "nay"


def test_a_field_that_never_ends_does_not_swallow_the_document() -> None:
    begun = '<w:p><w:r><w:t>a</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    assert text(begun + paragraph("b")) == "a\nb"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>giá </w:t></w:r><w:ins w:id='1'><w:r><w:t>tăng</w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>giảm</w:delText></w:r></w:del><w:r><w:t> mạnh</w:t></w:r>"
        "<w:moveFrom w:id='3'><w:r><w:t> đi</w:t></w:r></w:moveFrom>"
        "<w:moveTo w:id='4'><w:r><w:t> lại</w:t></w:r></w:moveTo></w:p>"
    )
    found = read(body)
    assert found.document.text == "giá tăng mạnh lại"
    assert [remark.feature for remark in found.remarks] == ["changes"]


def test_a_text_box_is_read_once_and_cuts_no_sentence() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{box.format('trong khung')}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box.format('trong khung')}</v:textbox></mc:Fallback></mc:AlternateContent>"
    )
    assert text(f"<w:p><w:r><w:t>Trước </w:t>{both}<w:t>sau.</w:t></w:r></w:p>") == "trong khung\nTrước sau."
    old = f"<mc:Fallback>{box.format('cũ')}</mc:Fallback>"
    only = f"<mc:AlternateContent><mc:Choice Requires='x'/>{old}</mc:AlternateContent>"
    assert text(f"<w:p><w:r>{only}</w:r></w:p>") == "cũ"


@pytest.mark.parametrize(
    ("properties", "level"),
    [
        ('<w:pStyle w:val="H2"/>', 2),
        ('<w:pStyle w:val="Child"/>', 2),
        ('<w:pStyle w:val="TieuDe"/>', 3),
        ('<w:outlineLvl w:val="0"/>', 1),
        ('<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:pStyle w:val="Loop"/>', 0),
    ],
)
def test_headings_by_style_and_outline(properties: str, level: int) -> None:
    sheet = styles(
        style("H2", '<w:name w:val="heading 2"/>'),
        style("Child", '<w:name w:val="Mục"/><w:basedOn w:val="H2"/>'),
        style("TieuDe", '<w:name w:val="Tiêu đề mục"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
        style("Loop", '<w:name w:val="x"/><w:basedOn w:val="Loop"/>'),
    )
    block = read(paragraph("Chương", properties), styles=sheet).document.blocks[0]
    assert (block.kind == "heading", block.level) == (level > 0, level)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "item"),
        ('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>', "paragraph"),
        ('<w:pStyle w:val="C"/>', "caption"),
    ],
)
def test_items_and_captions(properties: str, kind: str) -> None:
    found = read(paragraph("một", properties), styles=styles(style("C", '<w:name w:val="caption"/>')))
    assert found.document.blocks[0].kind == kind


@pytest.mark.parametrize("mark", ["<w:vanish/>", '<w:rStyle w:val="Gone"/>'])
def test_hidden_text_is_left_out(mark: str) -> None:
    sheet = styles(style("Gone", '<w:name w:val="g"/><w:rPr><w:vanish/></w:rPr>', "character"))
    found = read(paragraph("thấy") + paragraph("ẩn", run=mark), styles=sheet)
    assert found.document.text == "thấy"
    assert [remark.feature for remark in found.remarks] == ["hidden"]


def test_text_that_is_not_hidden_after_all_is_kept() -> None:
    assert text(paragraph("thấy", run='<w:vanish w:val="0"/>')) == "thấy"


@pytest.mark.parametrize(
    ("font", "letters", "expected", "charset"),
    [
        (".VnTime", "ViÖt Nam trong thÕ kû míi", "Việt Nam trong thế kỷ mới", "tcvn3"),
        (".VnTimeH", "ViÖt Nam", "VIỆT NAM", "tcvn3"),
        ("VNI-Times", "Vieät Nam", "Việt Nam", "vni"),
        ("Times New Roman", "ViÖt", "ViÖt", ""),
    ],
)
def test_fonts_of_before_unicode(font: str, letters: str, expected: str, charset: str) -> None:
    found = read(paragraph(letters, run=f'<w:rFonts w:ascii="{font}"/>'))
    assert (found.document.text, found.charset) == (expected, charset)
    assert len(found.remarks) == bool(charset)


def test_an_old_font_may_stand_in_a_style() -> None:
    old = '<w:name w:val="Normal"/><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr>'
    sheet = styles(style("N", old, more='w:default="1"'))
    assert text(paragraph("ViÖt Nam"), styles=sheet) == "Việt Nam"


def test_old_letters_are_converted_over_the_borders_of_runs() -> None:
    runs = "".join(f'<w:r><w:rPr><w:rFonts w:ascii="VNI-Times"/></w:rPr><w:t>{t}</w:t></w:r>' for t in ("Vie", "ät"))
    assert text(f"<w:p>{runs}</w:p>") == "Việt"


def test_links_content_controls_and_cells_are_text() -> None:
    inside = (
        "<w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t> thẻ</w:t></w:r></w:smartTag>"
    )
    control = f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{paragraph('ô')}</w:sdtContent></w:sdt>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('1')}</w:tc><w:tc>{paragraph('2')}</w:tc></w:tr></w:tbl>"
    found = read(f"<w:p>{inside}</w:p>{control}{table}{paragraph('sau')}").document
    assert found.text == "liên kết thẻ\nô\n1\n2\nsau"
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph", "cell", "cell", "paragraph"]


def test_notes_and_edges_stand_at_the_end_once() -> None:
    def part(name: str, inside: str) -> str:
        return f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>'

    notes = part(
        "footnotes",
        f'<w:footnote w:type="separator">{paragraph("-")}</w:footnote><w:footnote>{paragraph("chú")}</w:footnote>',
    )
    found = read(paragraph("thân"), footnotes=notes, header=part("hdr", paragraph("đầu") * 2)).document
    assert found.text == "thân\nchú\nđầu"
    assert [block.kind for block in found.blocks] == ["paragraph", "note", "furniture"]


def test_strict_documents_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = paragraph("nghiêm", '<w:outlineLvl w:val="1"/>')
    data = docx_of(f'<w:document xmlns:w="{strict}"><w:body>{body}</w:body></w:document>')
    found = extract(data, Hint(), Limits()).document
    assert (found.text, found.blocks[0].level) == ("nghiêm", 2)
