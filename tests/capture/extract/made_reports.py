"""Reports that LibreOffice and pdfTeX make of one text, with what stands in the way of reading it: running heads over
two lines, page numbers, bullets, signs that the font lacks, fonts without names."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.capture.extract import made

TITLE = "The harvest of the northern provinces in the year of the floods, and what the second enumeration found of it"
"""Also the running head, over two lines, and a heading in the text."""

PARAGRAPHS = tuple(
    f"Paragraph {number} says that the office counted every household twice, that the difference between both counts "
    f"was below {number} per cent, and that no district but one had to be visited again before the year was over."
    for number in range(1, 61)
)
SIGNS = "Fatty acids such as C18∶0 were found where the share was ⩽ 25% of the whole."
ITEMS = ("The first of the items is short.", "The second of them follows at once.")

_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="29.7cm" fo:margin="2cm"><style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>
</style:page-layout-properties><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p>{title}</text:p></style:header>
<style:footer><text:p>Page <text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text><text:h text:outline-level="1">{title}</text:h><text:p>{signs}</text:p>{body}
<text:list>{items}</text:list></office:text></office:body></office:document>"""


@cache
def office(columns: int) -> bytes:
    """The report as LibreOffice prints it. Its own bullets are places for private use in a font of symbols."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in (1, 2):
            body = "".join(f"<text:p>{text}</text:p>" for text in PARAGRAPHS)
            items = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
            text = _FLAT.format(columns=count, title=TITLE, signs=SIGNS, body=body, items=items)
            (folder / f"{count}.fodt").write_text(text, encoding="utf-8")
        made.convert(folder, "pdf", "1.fodt", "2.fodt")
        _PRINTED.update({count: (folder / "out" / f"{count}.pdf").read_bytes() for count in (1, 2)})
    return _PRINTED[columns]


_PRINTED: dict[int, bytes] = {}

TEX = {
    "outlines": r"\documentclass{article}",
    "dots, as of 1982": r"\pdfmapfile{}\documentclass{article}",
    "dots, European": r"\documentclass{article}\usepackage[T1]{fontenc}",
}
"""How a document begins whose letters are outlines, or dots in fonts without names, in either of TeX's encodings."""

TEX_TEXT = (
    "The office finds difficult flows of affluent offers — “quoted” – naïve café façade Gödel Erdős straße œuvre. "
    "It rose from −5 to 2 × 4 degrees."
)
_TEX_SIGNS = {"“": "``", "”": "''", "–": "--", "—": "---", "−": "$-$", "×": r"$\times$"}


@cache
def tex(beginning: str) -> bytes:
    """A short text as pdfTeX sets it after a beginning, with a list."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        body = "".join(_TEX_SIGNS.get(sign, sign) for sign in TEX_TEXT)
        items = "".join(rf"\item {item} " for item in ITEMS)
        source = rf"\usepackage[utf8]{{inputenc}}\begin{{document}}{body}\begin{{itemize}}{items}\end{{itemize}}"
        (folder / "text.tex").write_text(TEX[beginning] + source + r"\end{document}", encoding="utf-8")
        command = ["pdflatex", "-interaction=batchmode", "text.tex"]
        made.run(command, folder, "pdfTeX (texlive-lang-other) is not installed", HOME=str(made.profile()))
        return (folder / "text.pdf").read_bytes()
