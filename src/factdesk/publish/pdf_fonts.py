"""The site's typeface for PDFs, one file a weight.

The site's own files are for browsers: variable, and parted by letters. What draws PDFs takes two files of one name for
the same one and then draws one's letters with the other's numbers, and it would make every weight anew for every page.
So the parts that the cards are drawn with are put together here, once in a process.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from io import BytesIO

FAMILY = "Faustina"
WEIGHTS = (400, 700)
PARTS = ("latin", "latin-ext", "vietnamese")
REPLACED = frozenset(["fonts/faustina-latin.woff2", "fonts/faustina-vietnamese.woff2"])
"""The files of the site that these stand for."""


@cache
def face(weight: int) -> bytes:
    """A weight with all its letters, as TrueType: the same bytes each time."""
    from fontTools.merge import Merger

    font = Merger().merge(_parts(weight))
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 0
    return _saved(font).getvalue()


def _parts(weight: int) -> list[BytesIO]:
    """The parts of a weight, each without the letters that one before it has."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    found: list[BytesIO] = []
    have: set[int] = set()
    for part in PARTS:
        data = files("factdesk.publish").joinpath("typeface", f"faustina-{part}-{weight}.woff").read_bytes()
        font = TTFont(BytesIO(data), recalcTimestamp=False)
        font.flavor = None
        new = set(font.getBestCmap()) - have
        have |= new
        subsetter = Subsetter(Options(layout_features=["*"]))
        subsetter.populate(unicodes=new)
        subsetter.subset(font)
        found.append(_saved(font))
    return found


def _saved(font: object) -> BytesIO:
    out = BytesIO()
    font.save(out)  # type: ignore[attr-defined]
    out.seek(0)
    return out
