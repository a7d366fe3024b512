"""Blocks as the body of a Word document (WordprocessingML)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from factdesk.drafts.word_model import BOLD, ITALIC, STRIKE, Block, Run, Runs
from factdesk.drafts.word_styles import STEP

_CONTROL = re.compile(r"[\t\n]|[^\t\n]+")
_MARKS = {BOLD: "<w:b/><w:bCs/>", ITALIC: "<w:i/><w:iCs/>", STRIKE: "<w:strike/>"}
_STYLES = {"code": "InlineCode", "raw": "MarkdownText", "cite": "CitationMark", "picture": "Picture"}
_NO_LINK = ("", "", -1)
_EMPTY = "<w:p/>"
_URI = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]*\Z")
WIDTH = 9070
"""Between the margins, in twentieths of a point."""


@dataclass
class Written:
    """What the body refers to: the addresses of links, and the level and start of each numbered list."""

    links: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    _lists: dict[int, int] = field(default_factory=dict)

    def link(self, address: str) -> str:
        """The key of a link's address."""
        if address not in self.links:
            self.links.append(address)
        return f"link{self.links.index(address) + 1}"

    def list(self, block: Block) -> int:
        """The number of the list that an item belongs to."""
        if not block.ordered:
            return 1
        if block.list not in self._lists:
            self.starts.append((block.depth - 1, block.number))
            self._lists[block.list] = len(self.starts) + 1
        return self._lists[block.list]


def body_xml(blocks: Sequence[Block], written: Written) -> Iterator[str]:
    """The paragraphs and tables of some blocks. An empty paragraph keeps apart what Word would take for one."""
    before: Block | None = None
    for block in blocks:
        if before is not None and _runs_together(before, block):
            yield _EMPTY
        yield from _block(block, written)
        before = block
    if before is not None and before.kind == "table":
        yield _EMPTY


def _runs_together(before: Block, block: Block) -> bool:
    if before.quote and block.quote:
        return before.quote != block.quote
    return before.kind == block.kind and block.kind in ("table", "code")


def _block(block: Block, written: Written) -> Iterator[str]:
    match block.kind:
        case "heading":
            yield paragraph(runs_xml(block.runs, written), f"Heading{block.level}")
        case "rule":
            yield paragraph("", "HorizontalLine")
        case "code":
            yield paragraph(letters(_fenced(block)), "SourceCode")
        case "raw":
            yield paragraph(letters(block.text), "Markdown")
        case "table":
            yield _table(block, written)
        case _:
            yield paragraph(runs_xml(block.runs, written), *_place(block, written))


def _place(block: Block, written: Written) -> tuple[str, str]:
    """The style and further properties of a paragraph."""
    if not block.depth:
        return ("Quote" if block.quote else ""), ""
    if not block.opens:
        return f"ListContinue{block.depth if block.depth > 1 else ''}", ""
    number = f'<w:numPr><w:ilvl w:val="{block.depth - 1}"/><w:numId w:val="{written.list(block)}"/></w:numPr>'
    if not block.quote:
        return "ListParagraph", number
    return "Quote", f'{number}<w:ind w:left="{STEP * (block.depth + 1)}" w:hanging="{STEP - 85}"/>'


def _fenced(block: Block) -> str:
    """Code, with what it is in a line above where it is said."""
    return f"```{block.info}\n{block.text}" if block.info or block.text.startswith("```") else block.text


def paragraph(inside: str, style: str = "", more: str = "") -> str:
    """A paragraph in a style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{more}</w:pPr>" if named or more else ""
    return f"<w:p>{properties}{inside}</w:p>"


def letters(text: str, properties: str = "") -> str:
    """A text as one run: tabs and line ends are elements of their own."""
    inside = []
    for found in _CONTROL.finditer(text):
        if found[0] == "\t":
            inside.append("<w:tab/>")
        elif found[0] == "\n":
            inside.append("<w:br/>")
        else:
            inside.append(f'<w:t xml:space="preserve">{escape(found[0])}</w:t>')
    named = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{named}{''.join(inside)}</w:r>" if inside else ""


def runs_xml(runs: Runs, written: Written) -> str:
    """The runs of a paragraph, those of a link within one element."""
    pieces: list[str] = []
    opened = _NO_LINK
    for at, run in enumerate(runs):
        # Each picture is a link of its own.
        link = (run.link, run.title, at if run.kind == "picture" else -1) if run.link else _NO_LINK
        if link != opened:
            pieces.append("</w:hyperlink>" if opened[0] else "")
            pieces.append(_opening(run.link, run.title, written) if link[0] else "")
            opened = link
        pieces.append(_run(run))
    pieces.append("</w:hyperlink>" if opened[0] else "")
    return "".join(pieces)


def _opening(address: str, title: str, written: Written) -> str:
    # What is shown beside the pointer is the address as it was written: programs change the one that they follow.
    said = quoteattr(f"{address} {title}".rstrip())
    return f'<w:hyperlink r:id="{written.link(address)}" w:tooltip={said} w:history="1">'


def _run(run: Run) -> str:
    style = _STYLES.get(run.kind, "Hyperlink" if run.link else "")
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = named + "".join(_MARKS[name] for name in sorted(run.marks))
    match run.kind:
        case "break":
            return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}<w:br/></w:r>"
        case "cite":
            return letters(f"[^cite:{run.text}]", properties)
        case "picture":
            return letters(f"![{run.text}]", properties)
        case _:
            return letters(run.text, properties)


def _table(block: Block, written: Written) -> str:
    columns = max(len(row) for row in block.rows)
    rows = []
    for at, row in enumerate(block.rows):
        cells = []
        for column in range(columns):
            align = block.aligns[column] if column < len(block.aligns) else ""
            more = f'<w:jc w:val="{align}"/>' if align else ""
            inside = runs_xml(row[column], written) if column < len(row) else ""
            cells.append(cell([paragraph(inside, "TableText", more)], WIDTH // columns, shaded=at == 0))
        rows.append(row_xml(cells, heading=at == 0))
    return table(rows, [WIDTH // columns] * columns)


def cell(paragraphs: Iterable[str], width: int, *, shaded: bool = False) -> str:
    """A cell of a table."""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="EEF1F4"/>' if shaded else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{"".join(paragraphs)}</w:tc>'


def row_xml(cells: Iterable[str], *, heading: bool = False) -> str:
    """A row of a table; a heading is repeated on each page."""
    repeated = "<w:tblHeader/>" if heading else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(rows: Iterable[str], widths: Sequence[int]) -> str:
    """A table with thin lines."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>' for side in sides)
    margins = '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/>{margins}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def uri(address: str) -> str:
    """An address as the package's relations may hold it: everything else in percent."""
    from urllib.parse import quote

    return address if _URI.match(address) else quote(address, safe="%-._~:/?#[]@!$&'()*+,;=")
