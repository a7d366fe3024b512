"""How a check looks in Word: A4, headings, quotes and lists with Word's own styles, and a few of ours.

The fonts come with Word and draw every Vietnamese letter; LibreOffice has others of the same widths for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.drafts.word_model import DEEPEST

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SOURCE = "urn:factdesk:source"
"""The namespace of the part that keeps the source."""
BULLETS, NUMBERS = 1, 2
"""The lists whose levels are bullets and numbers (`w:abstractNum`)."""

_TEXT, _TITLES, _CODE = "Cambria", "Calibri", "Consolas"
_GREY, _LINE, _LINK = "6B6B6B", "BFBFBF", "0B5394"
_BUILT_IN = re.compile(r"heading \d|List Paragraph|List Continue(?: [2-5])?|Quote|Hyperlink")
STEP = 425
"""How far a level of a list is indented, in twentieths of a point: 7.5 mm."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A style: its id, its name as Word knows it, and its properties of paragraphs and of letters."""

    key: str
    name: str
    paragraph: str = ""
    letters: str = ""
    based_on: str = "Normal"
    kind: str = "paragraph"
    next: str = ""


def _font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _spacing(before: int, after: int, line: int = 0) -> str:
    more = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{more}/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _edge(side: str, color: str, size: int = 12, space: int = 8) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


def _heading(level: int) -> _Style:
    size = (36, 30, 26, 24, 22, 22)[level - 1]
    before = _spacing(360 if level < 3 else 240, 120)
    paragraph = f'<w:keepNext/><w:keepLines/>{before}<w:outlineLvl w:val="{level - 1}"/>'
    letters = f"{_font(_TITLES)}<w:b/><w:bCs/>{'<w:i/><w:iCs/>' if level == 6 else ''}{_color('1F2933')}{_size(size)}"
    return _Style(f"Heading{level}", f"heading {level}", paragraph, letters, next="Normal")


_SHADED = '<w:shd w:val="clear" w:color="auto" w:fill="F3F4F6"/>'
_PLAIN = "<w:noProof/>"
_RULE = f"<w:pBdr>{_edge('bottom', _LINE, 8, 1)}</w:pBdr>"
_QUOTE = f'<w:pBdr>{_edge("left", _LINE, 18, 10)}</w:pBdr>{_spacing(0, 120)}<w:ind w:left="{STEP}" w:right="{STEP}"/>'


def _styles() -> Iterator[_Style]:
    yield from (_heading(level) for level in range(1, 7))
    yield _Style("ListParagraph", "List Paragraph", f"{_spacing(0, 60)}")
    for depth in range(1, DEEPEST + 1):
        number = "" if depth == 1 else f" {depth}"
        indent = f'{_spacing(0, 60)}<w:ind w:left="{STEP * depth}"/>'
        yield _Style(f"ListContinue{number.strip()}", f"List Continue{number}", indent)
    # Not slanted: emphasis within would not be seen.
    yield _Style("Quote", "Quote", _QUOTE, _color("374151"))
    code = f"{_font(_CODE)}{_PLAIN}{_size(19)}"
    yield _Style("SourceCode", "Source Code", f"<w:keepLines/>{_SHADED}{_spacing(60, 160, 240)}", code)
    yield _Style("Markdown", "Markdown", _spacing(80, 120, 240), f"{_font(_CODE)}{_PLAIN}{_color(_GREY)}{_size(17)}")
    yield _Style("HorizontalLine", "Horizontal Line", f"{_RULE}{_spacing(0, 240)}", _size(12), next="Normal")
    yield _Style("FieldName", "Field Name", _spacing(40, 40), f"{_font(_TITLES)}<w:b/><w:bCs/>{_PLAIN}{_size(20)}")
    yield _Style("FieldValue", "Field Value", _spacing(40, 40), f"{_font(_TITLES)}{_size(20)}")
    yield _Style("FieldItem", "Field Item", "", "", based_on="FieldValue")
    yield _Style("TableText", "Table Text", _spacing(40, 40), _size(20))
    letters = {"based_on": "", "kind": "character"}
    grey = f"{_PLAIN}{_color(_GREY)}{_size(15)}"
    yield _Style("FieldKey", "Field Key", letters=f"<w:b/><w:bCs/>{_PLAIN}{_color(_GREY)}", **letters)
    yield _Style("CitationMark", "Citation Mark", letters=grey, **letters)
    yield _Style("MarkdownText", "Markdown Text", letters=f"{_font(_CODE)}{grey}", **letters)
    yield _Style("InlineCode", "Inline Code", letters=f"{_font(_CODE)}{_PLAIN}{_SHADED}", **letters)
    yield _Style("Picture", "Picture Text", letters=f"{_color(_LINK)}", **letters)
    yield _Style("Hyperlink", "Hyperlink", letters=f'{_color(_LINK)}<w:u w:val="single"/>', **letters)


def _style(style: _Style) -> str:
    based = f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else ""
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    own = (
        ' w:customStyle="1"' if style.key[:5] in ("Sourc", "Markd", "Field", "Table", "Citat", "Inlin", "Pictu") else ""
    )
    return (
        f'<w:style w:type="{style.kind}"{own} w:styleId="{style.key}"><w:name w:val="{style.name}"/>{based}{following}'
        f"<w:qFormat/>{paragraph}{letters}</w:style>"
    )


def styles(language: str) -> str:
    """The part that holds the styles. `language` is the one that Word checks the spelling of (`vi-VN`)."""
    usual = f'{_font(_TEXT)}{_size(22)}<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{usual}</w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 140, 288)}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f'<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        f'<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f"{''.join(map(_style, _styles()))}</w:styles>"
    )


def numbering(starts: list[tuple[int, int]]) -> str:
    """The part that holds the lists: number 1 has bullets; each further one is numbered, `starts` its level and start.

    Levels count from 0.
    """
    nums = [f'<w:num w:numId="1"><w:abstractNumId w:val="{BULLETS}"/></w:num>']
    for key, (level, start) in enumerate(starts, 2):
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        nums.append(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{NUMBERS}"/>{override}</w:num>')
    return (
        f'{HEAD}<w:numbering xmlns:w="{W}">{_levels(BULLETS, bullets=True)}{_levels(NUMBERS, bullets=False)}'
        f"{''.join(nums)}</w:numbering>"
    )


def _levels(key: int, *, bullets: bool) -> str:
    levels = []
    for level in range(DEEPEST):
        indent = f'<w:pPr><w:ind w:left="{STEP * (level + 1)}" w:hanging="{STEP - 85}"/></w:pPr>'
        shape = ("bullet", "•◦▪"[level % 3]) if bullets else ("decimal", f"%{level + 1}.")
        levels.append(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{shape[0]}"/><w:lvlText w:val="{shape[1]}"/>'
            f'<w:lvlJc w:val="left"/>{indent}</w:lvl>'
        )
    inside = "".join(levels)
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="hybridMultilevel"/>{inside}</w:abstractNum>'
    )
