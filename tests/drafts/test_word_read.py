"""What editors and their programs do to a Word file, and the Markdown that comes of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from tests.capture.extract.packed import W
from tests.capture.extract.packed import docx as packed
from tests.drafts.word_samples import ENGLISH

from factdesk.drafts.word_normal import normal
from factdesk.drafts.word_read import from_docx
from factdesk.drafts.word_remarks import remarks
from factdesk.drafts.word_settle import as_before
from factdesk.drafts.word_write import to_docx

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{PIC}"'

CHECK = """---
# Our own comment.
title:   'Goldfish remember'   # in quotation marks
claims: [ab12]
rating: "false"
authors: [ada]
---
They remember for
months, _as tests show_.

* one
* two

> “A quote”[^cite:ab12].
"""


def edited(source: str, edit: Callable[[Any], object]) -> str:
    """What comes back of a source after its Word file was edited."""
    document = docx.Document(io.BytesIO(to_docx(source)))
    edit(document)
    out = io.BytesIO()
    document.save(out)
    return from_docx(out.getvalue(), "a.docx")


def read(*paragraphs: str, **parts: str) -> str:
    """The Markdown of a Word file with these paragraphs."""
    return from_docx(packed("".join(paragraphs).replace("<w:p>", f"<w:p {NAMESPACES}>"), **parts), "a.docx")


def p(inside: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def styles(**names: str) -> str:
    found = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    return f'<w:styles xmlns:w="{W}">{found}</w:styles>'


def styled(text: str, style: str) -> str:
    return p(r(text), f'<w:pStyle w:val="{style}"/>')


# Edits


def paragraph(document: Any, start: str) -> Any:
    return next(each for each in document.paragraphs if each.text.startswith(start))


def test_what_was_not_edited_keeps_its_bytes() -> None:
    def edit(document: Any) -> None:
        paragraph(document, "“A quote”").runs[0].text = "“Another quote”"

    assert edited(CHECK, edit) == CHECK.replace("“A quote”", "“Another quote”")


def test_an_edited_field_changes_alone() -> None:
    def edit(document: Any) -> None:
        document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].text = "Goldfish remember: for months"

    line = "title:   'Goldfish remember'   # in quotation marks"
    assert edited(CHECK, edit) == CHECK.replace(line, 'title: "Goldfish remember: for months"')


def test_rows_can_be_added_and_taken_out() -> None:
    def edit(document: Any) -> None:
        table = document.tables[0]
        added = table.add_row().cells
        added[0].text, added[1].text = "Topics:", "animals, memory"
        table._tbl.remove(table.rows[2]._tr)

    found = edited(CHECK, edit)
    assert found == CHECK.replace('rating: "false"\n', "").replace("[ada]\n", "[ada]\ntopics: [animals, memory]\n")


def test_paragraphs_headings_and_emphasis_that_were_added() -> None:
    def edit(document: Any) -> None:
        document.add_paragraph("Why this is so", style="heading 2")
        added = document.add_paragraph("It is ")
        added.add_run("not").bold = True
        added.add_run(" so ").italic = True
        added.add_run("[^cite:cd34]; see <!– lint: FD305 a reason –>")

    expected = "\n## Why this is so\n\nIt is **not** *so* [^cite:cd34]; see <!-- lint: FD305 a reason -->\n"
    assert edited(CHECK, edit) == CHECK + expected


def test_a_row_of_a_table_and_an_item_that_were_added() -> None:
    def edit(document: Any) -> None:
        cells = document.tables[1].add_row().cells
        cells[0].text, cells[2].text = "2024", "z|z"
        paragraph(document, "four")._p.addnext(parse_xml(paragraph(document, "four")._p.xml))

    found = edited(ENGLISH, edit)
    assert "| 2023 | [l](https://e.example/) | [^cite:abc] |\n| 2024 |  | z\\|z |\n" in found
    assert "3. three\n4. four\n5. four\n\n1) other\n" in found


def test_a_claim_that_was_edited_in_its_cell() -> None:
    def edit(document: Any) -> None:
        cell = document.tables[0].rows[1].cells[1]
        cell.paragraphs[0].runs[-1].text = " https://pondtalk.example/post/72"
        cell.add_paragraph("text: Frogs fly\nclaimant: Pond Talk")

    found = edited(ENGLISH, edit)
    assert 'appearance: "https://pondtalk.example/post/72"\n  - "0197a3c2"\n  - text: Frogs fly\n' in found


def test_as_before_is_for_a_file_that_kept_no_source() -> None:
    changed = normal(CHECK).replace("Goldfish remember", "Frogs").replace("- two", "- three")
    found = as_before(changed, CHECK)
    assert found == (
        CHECK.replace("title:   'Goldfish remember'   # in quotation marks", "title: Frogs")
        .replace("* one", "- one")
        .replace("* two", "- three")
    )


# What Word and others write


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("heading 2", "## x\n"),
        ("Heading 2", "## x\n"),
        ("Tiêu đề 3", "### x\n"),
        ("Đầu đề 1", "# x\n"),
        ("Überschrift 2", "## x\n"),
        ("Title", "# x\n"),
        ("heading 9", "###### x\n"),
        ("Intense Quote", "> x\n"),
        ("Trích dẫn", "> x\n"),
        ("Quotations", "> x\n"),
        ("List Bullet", "- x\n"),
        ("List Number", "1. x\n"),
        ("HTML Preformatted", "```\nx\n```\n"),
        ("Body Text", "x\n"),
    ],
)
def test_styles_by_their_name(name: str, expected: str) -> None:
    assert read(styled("x", "S"), styles=styles(S=name)) == expected


def test_headings_by_outline_level_and_styles_by_what_they_are_based_on() -> None:
    sheet = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
        '<w:style w:styleId="Mine"><w:name w:val="Của tôi"/><w:basedOn w:val="Q"/></w:style>'
        '<w:style w:styleId="Loop"><w:name w:val="l"/><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    assert read(p(r("a"), '<w:outlineLvl w:val="2"/>')) == "### a\n"
    assert read(styled("a", "Mine"), styled("b", "Loop"), styles=sheet) == "> a\n\nb\n"


def test_tracked_changes_are_read_as_accepted() -> None:
    inside = (
        f'{r("The price ")}<w:ins w:id="1">{r("rose")}</w:ins>'
        '<w:del w:id="2"><w:r><w:delText>fell</w:delText></w:r></w:del>'
        f'<w:moveFrom w:id="3">{r(" there")}</w:moveFrom><w:moveTo w:id="4">{r(" here")}</w:moveTo>'
    )
    gone = '<w:rPr><w:del w:id="5"/></w:rPr>'
    assert read(p(inside)) == "The price rose here\n"
    assert read(p(r("One "), gone), p(r("sentence."))) == "One sentence.\n"
    assert read(p(r("Last"), gone)) == "Last\n"
    row = f"<w:tr>{{}}<w:tc>{p(r('a'))}</w:tc></w:tr>"
    deleted = row.format('<w:trPr><w:del w:id="6"/></w:trPr>')
    assert read(f"<w:tbl>{row.format('')}{deleted}</w:tbl>") == "| a |\n| --- |\n"


def test_comments_and_hidden_text_are_left_out() -> None:
    mark = '<w:r><w:commentReference w:id="1"/></w:r>'
    inside = f'<w:commentRangeStart w:id="1"/>{r("seen")}<w:commentRangeEnd w:id="1"/>{mark}'
    comments = f'<w:comments xmlns:w="{W}"><w:comment w:id="1">{p(r("a comment"))}</w:comment></w:comments>'
    assert read(p(inside + r("gone", "<w:vanish/>")), comments=comments) == "seen\n"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("bold ", "<w:b/>") + r("x"), "**bold** x\n"),
        (r("a") + r("b", '<w:b w:val="0"/>'), "ab\n"),
        (r("w") + r("or", "<w:i/>") + r("d"), "w*or*d\n"),
        (r("a") + r("“b”", "<w:b/>") + r("c"), "a“**b**”c\n"),
        (r("a", "<w:b/>") + r(" ", "<w:i/>") + r("b", "<w:b/><w:i/>"), "**a** ***b***\n"),
        (r("one"), "one\n"),
        (r("*not* _emphasis_ `nor` code"), "\\*not\\* \\_emphasis\\_ \\`nor\\` code\n"),
        (r("# no heading"), "\\# no heading\n"),
        (r("- no item"), "\\- no item\n"),
        (r("1. no number"), "1\\. no number\n"),
        (r("&lt;script&gt;alert(1)&lt;/script&gt;"), "\\<script>alert(1)\\</script>\n"),
        (r("It’s “so” – and – so—on…"), "It’s “so” – and – so—on…\n"),
        (r("[^cite:") + r("ab12]", "<w:b/>"), "[^cite:ab12]\n"),
        (r("“q”") + r("[^cite:", "<w:color/>") + r("ab12]", "<w:sz/>"), "“q”[^cite:ab12]\n"),
        (r("&lt;!— lint: FD305 why —&gt;"), "<!-- lint: FD305 why -->\n"),
        (r("&lt;!-- lint: FD305 why --&gt; Then text."), "<!-- lint: FD305 why -->\n\nThen text.\n"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>", "a\\\nb\tc\n"),
        ('<w:r><w:br w:type="page"/><w:t>a</w:t></w:r>', "a\n"),
        ("<w:r><w:t>2</w:t><w:noBreakHyphen/><w:t>3</w:t><w:softHyphen/></w:r>", "2\u20113\u00ad\n"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α\n"),
        (f"<w:smartTag>{r('a')}</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>{r('b')}</w:sdtContent></w:sdt>", "ab\n"),
        ('<w:r><w:drawing><wp:docPr id="1" descr="A carp"/></w:drawing></w:r>', "![A carp]()\n"),
        (r("![A carp]", '<w:rStyle w:val="P"/>'), "![A carp]()\n"),
    ],
)
def test_letters(inside: str, expected: str) -> None:
    sheet = f'<w:styles xmlns:w="{W}"><w:style w:styleId="P"><w:name w:val="Picture Text"/></w:style></w:styles>'
    assert read(p(inside), styles=sheet) == expected


def field(instruction: str, inside: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    said = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + said + mark("separate") + inside + mark("end")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            field("HYPERLINK &quot;https://e.example/a&quot;", r("x") + r("y", "<w:b/>")),
            "[x**y**](https://e.example/a)\n",
        ),
        (
            field(" HYPERLINK &quot;https://e.example/a&quot; \\l &quot;b&quot; ", r("x")),
            "[x](https://e.example/a#b)\n",
        ),
        (
            field("HYPERLINK &quot;https://e.example&quot; \\o &quot;Tip&quot;", r("x")),
            '[x](https://e.example "Tip")\n',
        ),
        (field("PAGE", r("3")) + r(" pages"), "3 pages\n"),
        (f'<w:fldSimple w:instr="HYPERLINK https://e.example">{r("x")}</w:fldSimple>', "[x](https://e.example)\n"),
        (f'<w:hyperlink w:anchor="top">{r("x")}</w:hyperlink>', "[x](#top)\n"),
        (
            field("HYPERLINK &quot;https://e.example/p.png&quot;", r("![A carp]")),
            "![A carp](https://e.example/p.png)\n",
        ),
        (field("HYPERLINK &quot;https://e.example/&quot;", r("https://e.example/")), "<https://e.example/>\n"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("lost"), ""),
    ],
)
def test_fields_and_links(inside: str, expected: str) -> None:
    assert read(p(inside)) == expected


def test_a_field_that_never_ends_does_not_swallow_the_document() -> None:
    begun = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')
    assert read(begun, p(r("b"))) == "b\n"


def test_notes_stand_where_they_were_referred_to() -> None:
    notes = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p(r(" A *note*."))}</w:footnote></w:footnotes>'
    found = read(p(r("Text") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r(" on.")), footnotes=notes)
    assert found == "Text (A \\*note\\*.) on.\n"


def numbering(*levels: str) -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/></w:lvl>' for at, kind in enumerate(levels)
    )
    nums = "".join(f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/></w:num>' for key in (1, 2))
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    anew = f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{override}</w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
    return f'<w:numbering xmlns:w="{W}">{abstract}{nums}{anew}</w:numbering>'


def item(text: str, level: int = 0, key: int = 1) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


def test_lists_are_counted_as_word_counts_them() -> None:
    found = read(
        item("a"),
        item("b", 1),
        item("c", key=2),
        p(r("Between.")),
        item("d"),
        item("e", key=3),
        item("f", key=3),
        item("plain", key=0),
        numbering=numbering("decimal", "bullet"),
    )
    assert found == "1. a\n   - b\n2. c\n\nBetween.\n\n3. d\n\n7) e\n8) f\n\nplain\n"


def test_levels_that_skip_one_are_one_deeper() -> None:
    found = read(item("a"), item("b", 3), item("c", 1), numbering=numbering(*["bullet"] * 4))
    assert found == "- a\n  - b\n  - c\n"


def test_tables_of_others() -> None:
    wide = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{p(r('ab'))}</w:tc>"
    cell = f"<w:tc>{p(r('1'))}{p(r('2', '<w:b/>'))}</w:tc>"
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{p(r('hidden'))}</w:tc>"
    inner = f"<w:tc><w:tbl><w:tr><w:tc>{p(r('in'))}</w:tc><w:tc>{p(r('ner'))}</w:tc></w:tr></w:tbl>{p('')}</w:tc>"
    rows = f"<w:tr>{wide}</w:tr><w:tr>{cell}{inner}</w:tr><w:tr>{below}{cell}</w:tr>"
    assert read(f"<w:tbl>{rows}</w:tbl>") == (
        "| ab |  |\n| --- | --- |\n| 1<br>**2** | in<br>ner |\n|  | 1<br>**2** |\n"
    )


def test_fields_in_a_table_that_somebody_made_anew() -> None:
    rows = [("Title", "Cá vàng"), ("Rating:", "false"), ("Authors", "ada; lan"), ("claims", "ab12"), ("Note", "x: y")]
    inside = "".join(f"<w:tr><w:tc>{p(r(a))}</w:tc><w:tc>{p(r(b))}</w:tc></w:tr>" for a, b in rows)
    found = read(f"<w:tbl>{inside}</w:tbl>", p(r("Body.")))
    assert found == (
        '---\ntitle: Cá vàng\nrating: "false"\nauthors: [ada, lan]\nclaims: [ab12]\nNote: "x: y"\n---\nBody.\n'
    )


def test_a_text_box_and_a_line_are_kept() -> None:
    box = f"<w:txbxContent>{p(r('boxed'))}</w:txbxContent>"
    branches = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    both = f"<mc:AlternateContent>{branches}</mc:AlternateContent>"
    line = p("", '<w:pBdr><w:bottom w:val="single"/></w:pBdr>')
    assert read(p(r("host") + f"<w:r>{both}</w:r>"), line, p(r("after"))) == "host\n\nboxed\n\n---\n\nafter\n"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r("plain"), []),
        (f"<w:ins>{r('a')}</w:ins>", ["changes"]),
        ("<w:r><w:commentReference/></w:r>", ["comments"]),
        (r("a", "<w:vanish/>"), ["hidden"]),
        ("<w:r><w:drawing><blip/></w:drawing></w:r>", ["pictures"]),
    ],
)
def test_a_person_is_told_what_does_not_come_along(inside: str, expected: list[str]) -> None:
    assert [remark.feature for remark in remarks(packed(p(inside)))] == expected
