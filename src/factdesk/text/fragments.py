"""Links that open a page at a sentence, by the text fragments of the WICG: `URL#:~:text=prefix-,start,end,-suffix`.

A browser matches whole words, within one block for each of the four terms, in any case; a long quotation is named by
its first and last words, so that it may run over several blocks.
Source: https://wicg.github.io/scroll-to-text-fragment/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from factdesk.domain.citations import Piece

_LONG = 120
"""Characters that a quotation may have to be written out whole."""

_ENDS = 6
"""Words that name either end of a longer one."""

_CONTEXT = 4
_WEB = re.compile(r"https?://", re.IGNORECASE)
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060-\u206f\ufeff\ufffe\ud800-\udfff]"
)
_DIRECTIVE = ":~:"


def fragment_link(url: str, pieces: Sequence[Piece], *, unique: bool = True) -> str:
    """The address that opens a page at a quotation's pieces; empty when the page is not on the web.

    What stands around a piece is named only when the quotation is not `unique` in its text. A fragment that the
    address has is kept, a directive that it has is replaced.
    """
    terms = [term for piece in pieces if (term := _term(piece, unique))]
    if not _WEB.match(url) or not terms:
        return ""
    page, mark, fragment = url.partition("#")
    return page + "#" + (fragment.partition(_DIRECTIVE)[0] if mark else "") + _DIRECTIVE + "&".join(terms)


def _term(piece: Piece, unique: bool) -> str:
    shown = _shown(piece.exact)
    if not shown:
        return ""
    text = _encoded(shown) if "\n" not in piece.exact and len(shown) <= _LONG else _ends(piece.exact, shown)
    if unique:
        return "text=" + text
    before, after = _last_words(piece.prefix), _first_words(piece.suffix)
    return "text=" + (_encoded(before) + "-," if before else "") + text + (",-" + _encoded(after) if after else "")


def _ends(exact: str, shown: str) -> str:
    """A quotation by its first and last words; each from one line, as a browser looks for it in one block."""
    words = shown.split()
    if len(words) < 2:
        return _encoded(shown)
    lines = [line for line in map(_shown, exact.splitlines()) if line]
    half = max(1, min(_ENDS, len(words) // 2))
    first, last = lines[0].split()[:half], lines[-1].split()[-half:]
    return _encoded(" ".join(first)) + "," + _encoded(" ".join(last))


def _shown(text: str) -> str:
    """A text as a page shows it: without what is invisible, white space single."""
    return " ".join(_HIDDEN.sub("", text).split())


def _last_words(prefix: str) -> str:
    """Whole words next to a piece, in its line; the first of a prefix may be cut."""
    line = _HIDDEN.sub("", prefix).rpartition("\n")[2]
    cut = "" if line != prefix or not line[:1].strip() else line.split()[0]
    words = line.split()
    return " ".join(words[1 if cut else 0 :][-_CONTEXT:])


def _first_words(suffix: str) -> str:
    line = _HIDDEN.sub("", suffix).partition("\n")[0]
    words = line.split()
    return " ".join((words if line != suffix or not line[-1:].strip() else words[:-1])[:_CONTEXT])


def _encoded(text: str) -> str:
    """A term percent-encoded; `-`, `,` and `&` too, which mean something between terms."""
    return quote(text, safe="").replace("-", "%2D")
