"""The programs with which cards are drawn here: by the same ones the same words become the same pixels."""

from __future__ import annotations

from functools import cache


@cache
def drawn_with() -> str:
    """Pillow and what it sets letters with, each with its version."""
    from PIL import __version__, features

    parts = [f"Pillow {__version__}"]
    for name in ("freetype2", "raqm", "harfbuzz", "fribidi"):
        parts.append(f"{name} {features.version(name) or '–'}")
    return ", ".join(parts)
