"""What a PDF's lines are to one another: running heads and page numbers, footnotes, headings, paragraphs.

Pure: pages of lines in, parts out. A PDF says nothing of this itself, so these are guesses by place and size. A wrong
one costs a block's kind or place, never a word of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from factdesk.capture.extract.pdf_furniture import furniture, leading
from factdesk.capture.extract.pdf_page import Line, Page
from factdesk.capture.extract.pdf_signs import without_bullet
from factdesk.domain.documents import BlockKind

_NOTE_MARK = re.compile(
    r"(?:\d{1,3}|[*†‡§¶]{1,3}|[¹²³⁰⁴-⁹]+|\[\d{1,3}\]|\(\d{1,3}\))(?=[\s.)]|[^\W\d_]|[“\"]|$)|[a-z][.)]\s"
)
_DASHED = re.compile(r"[·□✓]|[-–—+*]\s")
"""Other than by a bullet, how an item begins. These may be part of what it says."""
_ENDS, _CLOSING = tuple(".!?:;…"), "\"'”’)]»"

_SMALLER, _LARGER = 0.93, 1.12
_OTHER_SIZE = 0.08
_WIDER_GAP = 1.3
_INDENT = 0.8
_SAME_LINE = 0.5
_LETTER_WIDTH = 0.55
_COLUMN, _FAR = 30, 0.3
_HEADING_CHARACTERS, _HEADING_LINES, _LEVELS = 200, 8, 6


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one page that belong together, and what they are."""

    page: Page
    lines: tuple[Line, ...]
    kind: BlockKind = "paragraph"
    level: int = 0

    @property
    def text(self) -> str:
        """The lines' text, as they stand, without a bullet before the first."""
        texts = [line.text for line in self.lines]
        if self.kind == "item" and (bare := without_bullet(texts[0])) is not None:
            texts[:1] = [bare] if bare else []
        return "\n".join(texts)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as shares of the page."""
        wide, high = self.page.width or 1.0, self.page.height or 1.0
        left = min(line.left for line in self.lines) / wide
        right = max(line.right for line in self.lines) / wide
        top = min(line.top for line in self.lines) / high
        bottom = max(line.bottom for line in self.lines) / high
        return _share(left), _share(top), _share(right), _share(bottom)


def arrange(pages: Sequence[Page]) -> list[Part]:
    """The document's parts: the body page by page, then the notes, then the furniture, so that a sentence that
    crosses a page is not cut by either."""
    body_size = _body_size(pages)
    body: list[Part] = []
    notes: list[Part] = []
    edges: list[Part] = []
    unfinished = False
    for page, edge in zip(pages, furniture(pages), strict=True):
        flow = [line for index, line in enumerate(page.lines) if index not in edge]
        below, unfinished = _notes(page, flow, body_size, unfinished)
        edges += [Part(page, (line,), "furniture") for index, line in enumerate(page.lines) if index in edge]
        notes += _note_parts(page, [line for index, line in enumerate(flow) if index in below])
        body += paragraphs(page, [line for index, line in enumerate(flow) if index not in below])
    return [*_with_headings(body, body_size), *notes, *edges]


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _body_size(pages: Iterable[Page]) -> float:
    """The size most letters have, in points, to the half point; 0 where there are none."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[_rounded(line.size)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


# Footnotes


def _notes(page: Page, flow: Sequence[Line], body_size: float, unfinished: bool) -> tuple[set[int], bool]:
    """Which lines are footnotes, and whether the last goes on in the next column or on the next page.

    They are smaller ones in the page's lower part, below larger ones, after which the page ends or the next column
    begins. A mark begins them, unless the column before ended amid one.
    """
    found: set[int] = set()
    for end in _column_ends(flow):
        start = _small_before(flow, end, body_size)
        while start < end and not (unfinished or _NOTE_MARK.match(flow[start].text)):
            start += 1
        unfinished = start < end and _at_foot(page, flow, start)
        if unfinished:
            found.update(range(start, end))
            unfinished = not _ends_sentence(flow[end - 1])
    return found, unfinished


def _column_ends(flow: Sequence[Line]) -> list[int]:
    """After which lines the next stands higher on the page, or none follows; as the index of the next."""
    ends = [index for index in range(1, len(flow)) if flow[index].base < flow[index - 1].base]
    return [*ends, len(flow)] if flow else []


def _small_before(flow: Sequence[Line], end: int, body_size: float) -> int:
    """Where the run of smaller lines begins that ends a column."""
    start = end
    while start > 0 and flow[start - 1].size < _SMALLER * body_size:
        if start < end and flow[start - 1].base > flow[start].base:
            break
        start -= 1
    return start


def _at_foot(page: Page, flow: Sequence[Line], start: int) -> bool:
    first = flow[start]
    return start > 0 and first.base > page.height / 2 and flow[start - 1].base < first.base


def _note_parts(page: Page, lines: Sequence[Line]) -> list[Part]:
    """Footnotes, one each: a mark begins a new one."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _NOTE_MARK.match(line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Part(page, tuple(group), "note") for group in groups]


# Paragraphs


def paragraphs(page: Page, lines: Sequence[Line]) -> list[Part]:
    """A page's lines, grouped into paragraphs and list items."""
    gap, edges = leading(lines), _edges(lines)
    groups: list[list[Line]] = []
    for line in lines:
        begins = not groups or _begins(groups[-1], line, gap) or _listed(groups[-1][-1], line, edges)
        if groups and (not begins or _lone_bullet(groups[-1], line)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [Part(page, tuple(group), "item" if _is_item(group[0]) else "paragraph") for group in groups]


def _lone_bullet(group: Sequence[Line], line: Line) -> bool:
    """Whether there is but a bullet so far, with the line beside it."""
    return len(group) == 1 and without_bullet(group[0].text) == "" and abs(line.base - group[0].base) < 1


def _is_item(line: Line) -> bool:
    return without_bullet(line.text) is not None or _DASHED.match(line.text) is not None


def _edges(lines: Sequence[Line]) -> dict[int, float]:
    """How far to the right lines go that begin about as far to the left."""
    found: dict[int, float] = {}
    for line in lines:
        place = int(line.left // _COLUMN)
        for near in (place - 1, place, place + 1):
            found[near] = max(found.get(near, line.right), line.right)
    return found


def _listed(last: Line, line: Line, edges: Mapping[int, float]) -> bool:
    """Whether the line before ended far from the column's edge and this one begins as a sentence or number does: lists
    without bullets, addresses, rows."""
    edge = edges.get(int(last.left // _COLUMN), last.right)
    early = edge - last.right > _FAR * (edge - last.left)
    return early and (line.text[0].isupper() or line.text[0].isdigit())


def _begins(group: Sequence[Line], line: Line, gap: float) -> bool:
    """Whether a line begins a paragraph after those of `group`."""
    last = group[-1]
    size = max(last.size, line.size)
    down = line.base - last.base
    if abs(last.size - line.size) > _OTHER_SIZE * size or _is_item(line):
        return True
    if down < _SAME_LINE * size or down > _WIDER_GAP * gap * size:
        return True
    return _indented(group, line, size) or _ended_early(group, line, size)


def _indented(group: Sequence[Line], line: Line, size: float) -> bool:
    """Whether a line is set in against the one before, or out against a list's item, whose second line is set in."""
    if _is_item(group[0]):
        outside = group[0].left - line.left > _INDENT * size
        return outside or (len(group) > 1 and line.left - group[-1].left > _INDENT * size)
    return line.left - group[-1].left > _INDENT * size


def _ended_early(group: Sequence[Line], line: Line, size: float) -> bool:
    """Whether the line before ended with a sentence although the next word would still have fitted."""
    last = group[-1]
    if not _ends_sentence(last):
        return False
    edge = max(line.right, *(each.right for each in group))
    return edge - last.right > (len(line.text.split(maxsplit=1)[0]) + 2) * _LETTER_WIDTH * size


def _ends_sentence(line: Line) -> bool:
    return line.text.rstrip(_CLOSING).endswith(_ENDS)


# Headings


def _with_headings(parts: Sequence[Part], body_size: float) -> list[Part]:
    """The parts, those that are short and larger than the body as headings; the largest size is the first level."""
    sizes = sorted({_rounded(part.lines[0].size) for part in parts if _stands_out(part, body_size)}, reverse=True)
    levels = {size: min(rank, _LEVELS) for rank, size in enumerate(sizes, 1)}
    return [
        Part(part.page, part.lines, "heading", levels[_rounded(part.lines[0].size)])
        if _stands_out(part, body_size)
        else part
        for part in parts
    ]


def _stands_out(part: Part, body_size: float) -> bool:
    large = body_size > 0 and all(line.size > _LARGER * body_size for line in part.lines)
    return large and len(part.lines) <= _HEADING_LINES and len(part.text) <= _HEADING_CHARACTERS
