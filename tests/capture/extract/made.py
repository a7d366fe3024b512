"""Documents that real programs make of one text: LibreOffice, Chromium and pdfTeX, once a session.

`PARAGRAPHS` is what the text says; every document has all of it, in this order.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from html import escape
from pathlib import Path

from tests.conftest import absent

HEADINGS = ("Chỉ số giá tiêu dùng tháng 6", "The harvest of the year")
VIETNAMESE = (
    "Tổng cục Thống kê cho biết chỉ số giá tiêu dùng (CPI) tháng 6 năm 2023 tăng 0,27% so với tháng trước và tăng "
    "2,00% so với cùng kỳ năm trước; bình quân sáu tháng đầu năm 2023, CPI tăng 3,29%.",
    "“Lạm phát cơ bản” tháng 6 tăng 0,24% so với tháng trước – thấp hơn mức tăng chung, chủ yếu vì giá xăng dầu giảm "
    "mạnh trong khi giá lương thực, thực phẩm nhích lên ở hầu hết các địa phương.",
    "Người dân không nên chia sẻ những thông tin chưa được kiểm chứng trên mạng xã hội, nhất là thông tin về dịch "
    "bệnh, thuốc chữa bệnh và các khoản hỗ trợ được cho là của Nhà nước.",
)
ENGLISH = (
    "The office counted every household of the northern provinces twice, because the first enumeration had been "
    "interrupted by floods; the difference between both counts was below two per cent in all districts but one.",
    "Officials affirmed that the final figures would be offered to the public free of charge, first on paper and "
    "afterwards in a form that machines can read, with an explanation of how they differ from the earlier estimates.",
)
ITEMS = ("Lúa gạo và các mặt hàng xuất khẩu chủ lực", "Xăng, dầu, khí đốt và các loại phân bón")
CELLS = (("Năm", "Mức tăng"), ("2022", "3,15%"), ("2023", "3,25%"))
NOTE = "Số liệu sơ bộ, công bố ngày 29 tháng 6 năm 2023 tại Hà Nội."
HEADER = "Báo cáo kinh tế xã hội"
REPEATED = 16
"""How often the English paragraphs come, so that the documents have several pages."""

BODY = (*VIETNAMESE, *ENGLISH, *(f"Part {n}. {text}" for n in range(REPEATED) for text in ENGLISH))

_CHANGES = """<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>
<dc:creator>X</dc:creator><dc:date>2023-06-29T00:00:00</dc:date></office:change-info>
<text:p>đoạn đã bị xóa đi</text:p></text:deletion>
</text:changed-region></text:tracked-changes>"""

_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">
<office:meta><dc:title>Báo cáo tháng 6</dc:title><meta:initial-creator>Nguyễn Thị Thống Kê</meta:initial-creator>
<meta:creation-date>2023-06-29T08:00:00</meta:creation-date><dc:date>2023-06-30T08:00:00</dc:date>
<dc:language>vi</dc:language></office:meta>
<office:font-face-decls><style:font-face style:name="Body" svg:font-family="'DejaVu Serif'"/></office:font-face-decls>
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="Body"
 fo:font-size="11pt" fo:language="vi" fo:country="VN"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
 style:parent-style-name="Heading" style:default-outline-level="1"/>
<style:style style:name="Footnote" style:family="paragraph" style:parent-style-name="Standard">
<style:text-properties fo:font-size="9pt"/></style:style>
<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2.5cm" fo:margin-right="2.5cm"/>
<style:header-style><style:header-footer-properties fo:min-height="1cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="1cm"/></style:footer-style></style:page-layout>
<style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard">
<style:paragraph-properties fo:margin-bottom="0.2cm"/></style:style>
<style:style style:name="fr" style:family="graphic"/>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
<style:header><text:p>{header}</text:p></style:header>
<style:footer><text:p>Trang <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
{changes}
{body}
</office:text></office:body></office:document>"""


def flat_text(changed: bool) -> str:
    """The text as a flat OpenDocument file, with a note, a list, a table, hidden and, where `changed`, deleted text.

    LibreOffice prints deleted text, struck out.
    """
    paragraphs = [f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{HEADINGS[0]}</text:h>']
    first = VIETNAMESE[0].replace(
        "CPI tăng",
        f'CPI<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f'<text:p text:style-name="Footnote">{NOTE}</text:p></text:note-body></text:note> tăng',
    )
    paragraphs += [_p(first), _p(VIETNAMESE[1] + '<text:span text:style-name="gone"> chữ ẩn đi</text:span>')]
    mark = '<text:change text:change-id="c1"/>' if changed else ""
    paragraphs += [_p(VIETNAMESE[2].replace("Người dân", f"Người{mark} dân"))]
    items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
    paragraphs += [f'<text:list text:style-name="L">{items}</text:list>']
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{_p(cell)}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in CELLS
    )
    paragraphs += [f'<table:table><table:table-column table:number-columns-repeated="2"/>{rows}</table:table>']
    paragraphs += [f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{HEADINGS[1]}</text:h>']
    paragraphs += [_p(escape(text)) for text in BODY[len(VIETNAMESE) :]]
    paragraphs += [_p('Before<text:tab/>a tab,<text:s text:c="3"/>three spaces<text:line-break/>and a line.')]
    return _FILE.format(header=HEADER, changes=_CHANGES if changed else "", body="\n".join(paragraphs))


def _p(text: str) -> str:
    return f'<text:p text:style-name="P">{text}</text:p>'


def page() -> str:
    """The text as a web page."""
    body = "".join(f"<p>{escape(text)}</p>" for text in BODY)
    items = "".join(f"<li>{item}</li>" for item in ITEMS)
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in CELLS)
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Báo cáo tháng 6</title>'
        f"<h1>{HEADINGS[0]}</h1>{body}"
        f"<ul>{items}</ul><table>{rows}</table><h2>{HEADINGS[1]}</h2><p>Một mặt cười 😀 và chữ 𝐀 ở cuối.</p></html>"
    )


def tex(columns: int) -> str:
    """The text as LaTeX, in one column or two, with a footnote and hyphenated lines."""
    option = "twocolumn" if columns == 2 else "onecolumn"
    body = "\n\n".join(
        text.replace("%", r"\%").replace("“", "``").replace("”", "''").replace("–", "--") for text in BODY
    )
    body = body.replace("floods; the", rf"floods\footnote{{{NOTE}}}; the", 1)
    return (
        rf"\documentclass[{option}]{{article}}\usepackage[utf8]{{inputenc}}\usepackage[T5]{{fontenc}}"
        rf"\begin{{document}}\section{{{HEADINGS[0]}}}{body}\end{{document}}"
    )


def run(command: list[str], folder: Path, what: str, **more: str) -> None:
    """Run a program quietly in a folder, with more in its environment; skip the test where it is missing."""
    if shutil.which(command[0]) is None:
        absent(what)
    environment = os.environ | {"HOME": str(folder), "SOURCE_DATE_EPOCH": "1688025600"} | more
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=120, check=True)


@cache
def office(kind: str) -> bytes:
    """The text as LibreOffice writes it: `pdf`, `docx` or `odt`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.fodt").write_text(flat_text(changed=kind != "pdf"), encoding="utf-8")
        convert(folder, kind, "text.fodt")
        return (folder / "out" / f"text.{kind}").read_bytes()


def convert(folder: Path, kind: str, *names: str) -> None:
    """Convert files in a folder by LibreOffice, into its subfolder `out`."""
    install = f"-env:UserInstallation={(profile() / 'office').as_uri()}"
    command = ["soffice", "--headless", install, "--convert-to", kind, "--outdir", "out", *names]
    run(command, folder, "LibreOffice (libreoffice-writer) is not installed")


@cache
def profile() -> Path:
    """A folder for what programs keep during the session: LibreOffice's profile, which takes longer to make than a
    file to convert, and TeX's fonts."""
    _KEPT.append(tempfile.TemporaryDirectory())
    return Path(_KEPT[-1].name)


_KEPT: list[tempfile.TemporaryDirectory[str]] = []


@cache
def chromium_pdf() -> bytes:
    """The text as Chromium prints it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.html").write_text(page(), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        command += ["--disable-background-networking", "--user-data-dir=profile", "--no-pdf-header-footer"]
        run([*command, "--print-to-pdf=page.pdf", "page.html"], folder, "Chromium is not installed")
        return (folder / "page.pdf").read_bytes()


@cache
def tex_pdf(columns: int) -> bytes:
    """The text as pdfTeX sets it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.tex").write_text(tex(columns), encoding="utf-8")
        run(["pdflatex", "-interaction=batchmode", "text.tex"], folder, "pdfTeX (texlive-lang-other) is not installed")
        return (folder / "text.pdf").read_bytes()


def words(text: str) -> str:
    """A text with single spaces, hyphens at line ends joined, ligatures apart: what a reader reads."""
    text = re.sub(r"(?<=\w)-\n(?=\w)", "", text)
    for ligature, letters in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")):
        text = text.replace(ligature, letters)
    return " ".join(text.split())
