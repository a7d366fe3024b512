"""One page of a PDF as lines: their text, and where each stands. Reads pdfium; decides nothing.

pdfium gives a page's characters in the order in which the file draws them, with its own line breaks. Asking it for
every character's place would take most of the time there is, so each line is asked for at its two ends only.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pypdfium2.raw as pdfium

from factdesk.capture.extract.pdf_dots import with_left_out
from factdesk.capture.extract.pdf_fonts import charset_of, legacy_encoding, to_unicode
from factdesk.capture.extract.pdf_order import Glyph, in_order
from factdesk.capture.extract.pdf_signs import ACCENT, composed, has_accents, shown

_BREAK = re.compile("\r\n|[\r\n\ufffe\x02]")
_HYPHEN, _HYPHENS = "\ufffe", "\ufffe\x02"
"""What pdfium puts for a hyphen at a line's end, the next line following at once: U+FFFE, in older builds U+0002."""

_SAME_BASELINE, _SEEN = 0.3, 0.05
_LONGEST_GAP, _SPACE_GAP = 1.5, 0.18
_INVISIBLE = 3
"""Text render mode 3: neither filled nor stroked. What lies under a scan that was read before."""

_RECTS = 6
"""How many pieces a line is drawn in, at most, where it is worth asking for their places."""

_NAME_BYTES = 256
_FARTHEST, _SMALLEST = 1e6, 0.01


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from the page's top left as it is shown. `base` is its baseline, `size` the size
    of the larger of its two ends; `charset` says which old encoding it was converted from."""

    text: str
    left: float
    right: float
    base: float
    size: float
    charset: str = ""
    hidden: bool = False

    @property
    def top(self) -> float:
        """Where its letters begin."""
        return self.base - 0.9 * self.size

    @property
    def bottom(self) -> float:
        """Where its letters end."""
        return self.base + 0.25 * self.size


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its number from 1, its size in points as shown, its lines as drawn."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]

    @property
    def letters(self) -> int:
        """How many characters it has that are no white space."""
        return sum(len(line.text) - line.text.count(" ") for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    text: str
    charset: str = ""


class Reader:
    """An open text page of pdfium's, asked for the places of single characters."""

    def __init__(self, page: Any, text_page: Any) -> None:
        self._page = page
        self._text = text_page
        # One place for every answer: making a new one, or a reference to it, takes longer than asking.
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._rect, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._to_xy = ctypes.byref(self._x), ctypes.byref(self._y)
        self._to_rect, self._to_matrix = ctypes.byref(self._rect), ctypes.byref(self._matrix)
        self._to_flags = ctypes.byref(ctypes.c_int())
        self._direct, self._indexes = False, list[int]()
        pdfium.FPDF_GetPageBoundingBox(page, self._rect)
        self._bounds = (self._rect.left, self._rect.bottom, self._rect.right, self._rect.top)
        self._rotation = pdfium.FPDFPage_GetRotation(page)

    @property
    def size(self) -> tuple[float, float]:
        """The page's width and height in points, as it is shown."""
        left, bottom, right, top = self._bounds
        wide, high = max(1.0, _sane(right - left)), max(1.0, _sane(top - bottom))
        return (high, wide) if self._rotation % 2 else (wide, high)

    def text(self, *, tex: bool) -> str:
        """The page's characters, surrogates in pairs as they come. `tex` says that TeX made the document."""
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self._text, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(written - 1, 0)].decode("utf-16-le", "replace")
        # Every character is one unit of the text, unless some have none or two.
        self._direct = len(text) == count == written - 1
        if tex and len(text) == written - 1 < count:
            text, self._indexes = with_left_out(self._text, text, count)
        return text

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, as seen from the top left of the page as shown."""
        left, bottom, right, top = self._bounds
        if not self._rotation:
            return _sane(x - left), _sane(top - y)
        match self._rotation:
            case 1:
                seen = y - bottom, x - left
            case 2:
                seen = right - x, y - bottom
            case _:
                seen = top - y, right - x
        return _sane(seen[0]), _sane(seen[1])

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on its baseline."""
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._to_xy)
        return self.place(self._x.value, self._y.value)

    def right(self, index: int) -> float:
        """Where a character ends."""
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._to_rect)
        box = self._rect
        if not self._rotation:
            return _sane(box.right - self._bounds[0])
        return max(self.place(box.right, box.top)[0], self.place(box.left, box.bottom)[0])

    def letter_size(self, index: int) -> float:
        """A character's size in points, as shown."""
        pdfium.FPDFText_GetMatrix(self._text, index, self._to_matrix)
        m = self._matrix
        size = pdfium.FPDFText_GetFontSize(self._text, index) * abs(m.a * m.d - m.b * m.c) ** 0.5
        return max(_SMALLEST, _sane(size))

    def font(self, index: int) -> str:
        """The name of a character's font, without the tag of a subset."""
        size = pdfium.FPDFText_GetFontInfo(self._text, index, self._name, _NAME_BYTES, self._to_flags)
        name = self._name.value.decode("utf-8", "replace") if 0 < size <= _NAME_BYTES else ""
        return name.partition("+")[2] or name

    def hidden(self, index: int) -> bool:
        """Whether a character is drawn invisibly."""
        drawn = pdfium.FPDFText_GetTextObject(self._text, index)
        return bool(drawn) and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE

    def index(self, position: int) -> int:
        """The index of the character at a position of the text, in UTF-16 units."""
        if self._direct:
            return position
        if self._indexes:
            return self._indexes[position]
        found = int(pdfium.FPDFText_GetCharIndexFromTextIndex(self._text, position))
        return found if found >= 0 else position

    def late(self, lines: int) -> list[float]:
        """The heights, rising, of what begins left of where what was drawn before it ends.

        Empty where each of a page's signs is drawn on its own: browsers do so, in order.
        """
        count = pdfium.FPDFText_CountRects(self._text, 0, -1)
        if count > _RECTS * lines:
            return []
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        ends, under, found = -_FARTHEST, _FARTHEST, []
        for index in range(count):
            pdfium.FPDFText_GetRect(self._text, index, left, top, right, bottom)
            if left.value < ends - 1 and top.value > under:
                found.append(self.place(left.value, (top.value + bottom.value) / 2)[1])
            ends, under = right.value, (top.value + bottom.value) / 2
        return sorted(found)

    def glyphs(self, span: _Span) -> list[Glyph]:
        """What is drawn of a line, without the white space that pdfium put in."""
        found = []
        at = span.start
        for sign in span.text:
            index = self.index(at)
            if not pdfium.FPDFText_IsGenerated(self._text, index):
                left, base = self.origin(index)
                found.append(Glyph(sign, left, self.right(index), base))
            at += _units(sign)
        return found

    @cached_property
    def any_hidden(self) -> bool:
        """Whether the page's first character is drawn invisibly: then each line is asked."""
        return self.hidden(0)


def _sane(number: float) -> float:
    """A length in points, no further than any page goes: a file may say anything, infinity included."""
    if -_FARTHEST < number < _FARTHEST:
        return number
    return min(_FARTHEST, max(-_FARTHEST, number)) if math.isfinite(number) else 0.0


def read_page(page: Any, text_page: Any, number: int, *, tex: bool = False) -> Page:
    """The lines of a loaded page. `page` and `text_page` are pdfium's handles, and stay open meanwhile; `tex` says
    that TeX made the document."""
    reader = Reader(page, text_page)
    text = shown(reader.text(tex=tex), lambda at: reader.font(reader.index(at)), tex)
    spans, accents = list(_spans(text)), has_accents(text)
    old = any(legacy_encoding(reader.font(reader.index(at))) for span in spans for at in {span.start, span.end})
    if "\xad" in text and not old:
        spans = [_with_hyphens(reader, span) for span in spans]
    late = reader.late(len(spans))
    lines: list[Line] = []
    for span in spans:
        line = _line(reader, _converted(reader, span) if old else span, accents)
        if late and bisect(late, line.top) < bisect(late, line.bottom):
            line = _in_order(reader, span, line)
        if lines and _goes_on(lines[-1], line):
            lines[-1] = _joined(lines[-1], line)
        else:
            lines.append(line)
    width, height = reader.size
    return Page(number, width, height, tuple(lines))


def _spans(text: str) -> Iterator[_Span]:
    """The lines of a page's text that are not blank, with their first and last characters' positions in UTF-16."""
    units = 0
    start = 0
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        raw = text[start:end]
        hyphen = _HYPHEN if found and found.group() in _HYPHENS else ""
        if raw.strip():
            first = units + len(raw) - len(raw.lstrip())
            last = units + _units(raw.rstrip()) - 1 + len(hyphen)
            yield _Span(first, last, raw.strip() + hyphen)
        units += _units(raw) + (len(found.group()) if found else 0)
        start = found.end() if found else end


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _with_hyphens(reader: Reader, span: _Span) -> _Span:
    """A line with hyphens for what is named a soft hyphen and takes room: it is seen, and may be a minus sign."""
    signs = list(span.text)
    for found in re.finditer("\xad", span.text):
        at = found.start()
        index = reader.index(span.start + _units(span.text[:at]))
        room = (
            reader.origin(index + 1)[0] - reader.origin(index)[0] if span.text[at + 1 : at + 2].strip() else _FARTHEST
        )
        if abs(room) > _SEEN * reader.letter_size(index):
            signs[at] = "-"
    return replace(span, text="".join(signs))


def _converted(reader: Reader, span: _Span) -> _Span:
    """A line with what is set in old fonts as Unicode. White space that pdfium put in itself has no font."""
    pieces: list[tuple[str, str]] = []
    encoding = ""
    for place, letter in enumerate(span.text):
        font = reader.font(reader.index(span.start + place))
        encoding = legacy_encoding(font) if font else encoding
        # In TCVN3 the soft hyphen's place is the letter ư, which pdfium takes for a hyphen at a line's end.
        pieces.append(("\xad" if letter == _HYPHEN and encoding.startswith("tcvn3") else letter, encoding))
    return _Span(span.start, span.end, to_unicode(pieces), charset_of(pieces))


def _line(reader: Reader, span: _Span, accents: bool) -> Line:
    first, last = reader.index(span.start), reader.index(span.end)
    left, base = reader.origin(first)
    size = max(reader.letter_size(first), reader.letter_size(last))
    hidden = reader.any_hidden and reader.hidden(first)
    text = (_with_accents(reader, span) if accents else span.text).replace(_HYPHEN, "-")
    return Line(text, left, max(left, reader.right(last)), base, size, span.charset, hidden)


def _in_order(reader: Reader, span: _Span, line: Line) -> Line:
    """A line with what was drawn late in its place."""
    glyphs = reader.glyphs(span)
    text = None if line.charset or not glyphs else in_order(glyphs, line.size)
    if text is None:
        return line
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    return replace(line, text=text.replace(_HYPHEN, "-"), left=left, right=right)


def _with_accents(reader: Reader, span: _Span) -> str:
    """A line's text, with accents that are set over letters joined to them: TeX's first encoding has no letters with
    accents."""
    if span.charset or not ACCENT.search(span.text):
        return span.text
    signs = list(span.text)
    for found in ACCENT.finditer(span.text):
        at = found.start()
        for letter in (at + 1, at - 1):
            if (
                0 <= letter < len(signs)
                and span.text[letter].isalpha()
                and signs[letter]
                and _over(reader, span, at, letter)
            ):
                signs[min(at, letter)], signs[max(at, letter)] = composed(span.text, at, letter)
                break
    return "".join(signs)


def _over(reader: Reader, span: _Span, at: int, letter: int) -> bool:
    """Whether the middle of the sign at a position is within the letter at another."""
    mark, other = (reader.index(span.start + _units(span.text[:place])) for place in (at, letter))
    middle = (reader.origin(mark)[0] + reader.right(mark)) / 2
    return reader.origin(other)[0] <= middle <= reader.right(other)


def _goes_on(line: Line, other: Line) -> bool:
    """Whether the second is the first's own line going on: pdfium breaks after a raised mark of a footnote."""
    size = max(line.size, other.size)
    gap = other.left - line.right
    return abs(line.base - other.base) < _SAME_BASELINE * size and -0.5 * size < gap < _LONGEST_GAP * size


def _joined(line: Line, other: Line) -> Line:
    size = max(line.size, other.size)
    space = " " if other.left - line.right > _SPACE_GAP * size else ""
    text = line.text + space + other.text
    return Line(text, line.left, other.right, line.base, size, line.charset or other.charset, line.hidden)
