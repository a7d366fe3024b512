"""What a picture is made of: bars with whiskers, lines and texts as SVG, escaped, in colours for light and dark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from factdesk.domain.balance import Cell

Piece = str
"""One element."""

WIDTH, MARGIN, LINE, GAP = 936, 32, 26, 14

_STYLE = """
:root{--ground:#ffffff;--ink:#1b1f24;--soft:#57606a;--grid:#d8dee4;--track:#eef1f4;--bar:#4a7fb5;--pale:#a9c3dd;\
--whisker:#1b1f24;--lean:#a8440a}
@media (prefers-color-scheme:dark){:root{--ground:#15191e;--ink:#e6e9ed;--soft:#a3adb8;--grid:#333b44;--track:#232a31;\
--bar:#5b93cc;--pale:#36536f;--whisker:#e6e9ed;--lean:#f0a35e}}
text{font:14px system-ui,-apple-system,"Segoe UI","Noto Sans",Arial,sans-serif;fill:var(--ink)}
.ground{fill:var(--ground)}.title{font-size:22px;font-weight:600}.head{font-size:16px;font-weight:600}
.tick{font-size:11px;text-anchor:middle;fill:var(--soft)}.soft,.column{fill:var(--soft)}.column,.soft{font-size:13px}.small{font-size:12px}.name{text-anchor:end}
.few,.name.small{fill:var(--soft)}.count{font-variant-numeric:tabular-nums}.value{fill:var(--soft)}
.lean{fill:var(--lean);font-weight:600}.grid{stroke:var(--grid)}.all{stroke:var(--ink);stroke-dasharray:2 2}
.track{fill:var(--track)}.bar{fill:var(--bar)}.pale{fill:var(--pale)}.leaning{fill:var(--lean)}
.whisker{stroke:var(--whisker);stroke-width:1.5;fill:none}
"""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def document(pieces: Sequence[Piece], height: int, title: str, description: str, language: str) -> str:
    """A whole document. `title` and `description` are what a screen reader says."""
    wide, high = WIDTH + 2 * MARGIN, height + 2 * MARGIN
    body = "\n".join(pieces)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="title desc" xml:lang={quoteattr(language)} lang={quoteattr(language)}>\n'
        f'<title id="title">{_safe(title)}</title>\n<desc id="desc">{_safe(description)}</desc>\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{wide}" height="{high}"/>\n'
        f'<g transform="translate({MARGIN} {MARGIN})" aria-hidden="true">\n{body}\n</g>\n</svg>\n'
    )


def text(x: float, y: float, words: str, kind: str) -> Piece:
    """Words whose line stands at `y`."""
    return f'<text x="{_number(x)}" y="{_number(y)}" class="{kind}">{_safe(words)}</text>'


def line(x: float, y: float, to_x: float, to_y: float, kind: str) -> Piece:
    """A line."""
    ends = f'x1="{_number(x)}" y1="{_number(y)}" x2="{_number(to_x)}" y2="{_number(to_y)}"'
    return f'<line {ends} class="{kind}"/>'


def rect(x: float, y: float, width: float, height: float, kind: str) -> Piece:
    """A box."""
    size = f'width="{_number(width)}" height="{_number(height)}"'
    return f'<rect x="{_number(x)}" y="{_number(y)}" {size} class="{kind}"/>'


def bar(x: float, middle: float, width: float, cell: Cell, height: float) -> list[Piece]:
    """A share as a bar of at most `width`, with its interval as a whisker; nothing of no checks."""
    if not cell.of:
        return []
    kind = "leaning" if cell.lean else "pale" if cell.small else "bar"
    low, high, cap = x + cell.interval.low * width, x + cell.interval.high * width, height / 3
    way = (
        f"M{_number(low)} {_number(middle)}H{_number(high)}"
        f"M{_number(low)} {_number(middle - cap)}v{_number(2 * cap)}"
        f"M{_number(high)} {_number(middle - cap)}v{_number(2 * cap)}"
    )
    return [
        rect(x, middle - height / 2, cell.share * width, height, kind),
        f'<path d="{way}" class="whisker"/>',
    ]


def cut(words: str, most: int) -> str:
    """Words on one line, at most so many letters wide (a wide letter is two), with a … where they are cut."""
    flat = " ".join(plain(words).split())
    taken = 0
    for at, letter in enumerate(flat):
        taken += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if taken > most:
            return flat[: max(0, at - 1)].rstrip() + "…"
    return flat


def measure(words: str, most: int) -> list[str]:
    """Words in lines of at most so many letters."""
    lines = [""]
    for word in words.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def plain(words: str) -> str:
    """Words without what XML cannot hold, and without marks that turn the line around."""
    return _TURNING.sub("", _FORBIDDEN.sub("\ufffd", words))


def _safe(words: str) -> str:
    return escape(plain(words))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
