"""The cards of a site, drawn again: each pixel as a reader's own machine draws it out of what was signed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE, Scale
from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError, InputError, NotFoundError
from factdesk.publish.card import card_png
from factdesk.publish.card_layout import SHAPES
from factdesk.publish.drawn_with import drawn_with
from factdesk.publish.model import SiteCheck
from factdesk.publish.remade import Maker, card_path
from factdesk.publish.site_source import Source, read
from factdesk.publish.verify_page import missed
from factdesk.publish.words import said_in
from factdesk.queries.verify_held import step

CARD_MOST = 4 << 20
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PIECES = frozenset([b"IHDR", b"PLTE", b"IDAT", b"IEND"])
"""What a card of ours is made of: anything else could show something else in another program."""

_OTHER = "Its card is not the picture that this machine draws of what was signed."
_NO_PICTURE = "Its card is no picture as factdesk draws it."
_DRAWN = "Its card is not the one that this machine draws; it was drawn with other programs: {theirs}, not {ours}."
_SCALE = "Its card differs from the one that this machine draws, which knows neither this desk's scale nor its past."
_QUICK = "Cards were not drawn again: leave out --quick."


def quick_steps() -> Iterator[Step]:
    """What is said where cards are not drawn."""
    yield step("page", "cards/", "not checked", _QUICK)


def card_steps(source: Source, check: SiteCheck, maker: Maker, theirs: str) -> Iterator[Step]:
    """The steps of a check's card: none where it is right, or there is none. `theirs` says with what the site's cards
    were drawn."""
    path = f"/{card_path(check)}"
    try:
        data = read(source, path, CARD_MOST)
        ours = card_png(maker.desk, check)
    except (NotFoundError, InputError):
        # A title that the typeface cannot write has no card. That a page names none that is missing, its links say.
        return
    except FactdeskError as error:
        yield missed(path, error)
        return
    if data == ours:
        return
    shown = _pixels(data)
    if shown is None:
        yield step("page", path, "fail", _NO_PICTURE)
    elif shown != _pixels(ours) and shown != _pixels(card_png(replace(maker.desk, scale=Scale(())), check)):
        yield _differs(path, check, theirs, maker)


def _differs(path: str, check: SiteCheck, theirs: str, maker: Maker) -> Step:
    ours = drawn_with()
    if theirs != ours or not maker.same:
        return step("page", path, "not checked", _DRAWN, theirs=theirs or "–", ours=ours)
    return step("page", path, "not checked", _SCALE) if _may_differ(check) else step("page", path, "fail", _OTHER)


def _may_differ(check: SiteCheck) -> bool:
    """Whether a card has what no bundle holds: the names of another scale's ends, or the day of a correction after
    which the check was published again."""
    said = check.statement
    step_of = DEFAULT.step(said.rating.key)
    named = step_of is not None and said_in(step_of.names, check.language) == said.rating.name
    again = bool(check.corrections) and said.act == "publish"
    return not check.withdrawn and (again or not (named or said.rating.key == NOT_CHECKABLE))


def _pixels(data: bytes) -> bytes | None:
    """A card's pixels, colour by colour; None for what is no card's picture."""
    from PIL import Image

    shape = SHAPES["og"]
    if not _is_plain(data, (shape.width, shape.height)):
        return None
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            return image.convert("RGB").tobytes()
    except (OSError, ValueError, SyntaxError, EOFError):
        return None


def _is_plain(data: bytes, size: tuple[int, int]) -> bool:
    """Whether a PNG has this size and only the pieces of ours, and nothing behind them."""
    if data[:8] != _SIGNATURE or data[12:16] != b"IHDR" or data[16:24] != struct.pack(">II", *size):
        return False
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if data[at + 4 : at + 8] not in _PIECES:
            return False
        at += 12 + length
    return at == len(data)
