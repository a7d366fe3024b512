"""Markup in what should be plain text: entities decoded, tags removed, what scripts hold dropped.

`plain` reaches a fixed point: cleaning a cleaned text changes nothing, and so an export imports as the same record.
"""

from __future__ import annotations

import re
from html import unescape

# What can stand in the way of plain text; most texts hold none of it and are done after one search.
_SUSPECT = re.compile("[<&\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e\ufeff\ufffd\ufffe\uffff]")
# Control characters, half surrogates (PostgreSQL and UTF-8 take neither), and overrides that reverse a terminal's text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202d\u202e\ufeff\ufffe\uffff]")
# No letter has so long a number, and Python refuses to read 5,000 digits.
_NO_LETTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9A-Fa-f]{8,});?")
_AMPERSANDS = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)+")
# `[^<>]` stops at the next bracket, so the scan is linear whatever the text.
_TAG = re.compile(r"<!--|<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "math"})
_INLINE_NAMES = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr"
)
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK_NAMES = (
    "address article aside audio base blockquote body br button canvas caption center col colgroup dd "
    "details dialog dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 "
    "h5 h6 head header hr html img input legend li link main map menu meta nav ol optgroup option p param "
    "picture pre progress section select source summary table tbody td textarea tfoot th thead title tr "
    "track ul video"
)
_BLOCK = frozenset(_BLOCK_NAMES.split())
_PASSES = 10


def plain(text: str) -> tuple[str, frozenset[str]]:
    """The text without markup and control characters, and the codes of what was done to it."""
    if not _SUSPECT.search(text):
        return text, frozenset()
    codes: set[str] = set()
    for _ in range(_PASSES):
        cleaned = _once(text, codes)
        if cleaned == text:
            break
        text = cleaned
    else:
        # Nested deeper than any honest text: without these two characters nothing is left to decode.
        text = text.replace("<", " ").replace("&", " ")
    if "\ufffd" in text:
        codes.add("characters-lost")
    return text, frozenset(codes)


def one_line(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return " ".join(text.split())


def paragraphs(text: str) -> str:
    """Lines kept, spaces within them single, at most one empty line in a row."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _once(text: str, codes: set[str]) -> str:
    if "&" in text:
        decoded = unescape(_NO_LETTER.sub("\ufffd", _AMPERSANDS.sub("&", text)))
        if decoded != text:
            codes.add("html-entities")
        text = decoded
    if "<" in text:
        text = _without_tags(text, codes)
    controlled = _CONTROL.sub(" ", text)
    if controlled != text:
        codes.add("control-characters")
    return controlled


def _without_tags(text: str, codes: set[str]) -> str:
    lowered = text.lower() if len(text.lower()) == len(text) else text
    parts: list[str] = []
    done = 0
    at = 0
    while found := _TAG.search(text, at):
        end, between = _removed(found, lowered, codes)
        if end is None:
            at = found.end()
            continue
        parts += [text[done : found.start()], between]
        done = at = end
    return "".join(parts) + text[done:] if parts else text


def _removed(found: re.Match[str], lowered: str, codes: set[str]) -> tuple[int | None, str]:
    """Where what starts at a tag ends (None: it is no tag of HTML and stays), and what to put in its place."""
    if found[2] is None:
        codes.add("html-in-text")
        end = lowered.find("-->", found.end())
        # A comment that nobody closes hides all that follows, as in a browser; asking once keeps this linear.
        return (end + 3 if end >= 0 else len(lowered)), ""
    name = found[2].lower()
    if name in _SILENT:
        codes.add("script-dropped")
        if found[1] or found[0].endswith("/>"):
            return found.end(), ""
        close = lowered.find(f"</{name}", found.end())
        end = lowered.find(">", close) if close >= 0 else -1
        return (end + 1 if end >= 0 else len(lowered)), " "
    if name in _INLINE or name in _BLOCK:
        codes.add("html-in-text")
        return found.end(), "" if name in _INLINE else " "
    return None, ""
