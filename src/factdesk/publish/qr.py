"""QR codes of addresses: the same bytes for the same address."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from factdesk.errors import InputError

if TYPE_CHECKING:
    from segno import QRCode

QUIET = 4
"""Light modules around a code, as ISO/IEC 18004 asks for."""
MOST = 1_000
"""Letters of an address: what is longer makes modules too small to be read from a screen."""


def modules(address: str) -> tuple[tuple[bool, ...], ...]:
    """The code of an address, row by row, without what is around it: True for dark. Raises `InputError` for one that
    is too long."""
    return tuple(tuple(bool(cell) for cell in row) for row in _code(address).matrix)


def qr_svg(address: str) -> bytes:
    """The code as a drawing that can be printed at any size."""
    out = BytesIO()
    _code(address).save(
        out, kind="svg", scale=8, border=QUIET, dark="#000000", light="#ffffff", title=address, xmldecl=True, nl=True
    )
    return out.getvalue()


def qr_png(address: str) -> bytes:
    """The code as a picture, ten pixels a module."""
    out = BytesIO()
    _code(address).save(out, kind="png", scale=10, border=QUIET, dark="#000000", light="#ffffff")
    return out.getvalue()


def _code(address: str) -> QRCode:
    import segno

    if len(address.encode()) > MOST:
        raise InputError("The address is too long for a QR code: it has at most {most} letters.", most=f"{MOST:,}")
    return segno.make(address, error="m", micro=False, boost_error=False)
