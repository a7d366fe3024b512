"""Where the links of a Word file lead, as an editor wrote it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from factdesk.drafts.word_inline import reader

_FIELD = re.compile(r"\s*HYPERLINK\b(.*)", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r'\\(?P<switch>\w)|"(?P<quoted>[^"]*)"|(?P<bare>[^\s"\\]\S*)')
_UP = re.compile(r"(?:\.{1,2}/)+")
_FRAMES = ("_blank", "_self", "_top", "_parent")
_LONGEST = 8192

NO_LINK = ("", "")


def link(target: str, tip: str = "") -> tuple[str, str]:
    """The address and title of a link that leads to `target`; both empty for an address that no reader may follow.

    `tip` is what is shown beside the pointer: the address and title in our own files, which programs leave alone
    while they rewrite the address.
    """
    address, said = "".join(target.split("\n")).strip(), "" if tip in _FRAMES else " ".join(tip.split())
    if not address or max(len(address), len(said)) > _LONGEST or not reader().validateLink(address):
        return NO_LINK
    first, _, rest = said.partition(" ")
    if _same(first, address):
        return (first, rest) if reader().validateLink(first) else NO_LINK
    # An address that is not the link's own: it was changed in Word, and the tip is that of the old one.
    return address, "" if "/" in first or "@" in first else said


def _same(first: str, second: str) -> bool:
    return _bare(first) == _bare(second)


def _bare(address: str) -> str:
    """An address without what programs change in it: escapes, a slash at the end, the case of its host."""
    return _UP.sub("", unquote(address), count=1).rstrip("/").casefold()


def field_link(instruction: str) -> tuple[str, str]:
    """The address and title of a field's instruction (`HYPERLINK "…" \\l "…" \\o "…"`), empty for another field."""
    found = _FIELD.match(instruction[:_LONGEST])
    if found is None:
        return NO_LINK
    target = anchor = tip = switch = ""
    for word in _WORD.finditer(found[1]):
        if word["switch"]:
            switch = word["switch"].lower()
            if switch == "n":
                # LibreOffice writes the rest without quotation marks.
                tip = tip or found[1][word.end() :].strip()
            continue
        text = word["quoted"] if word["quoted"] is not None else word["bare"]
        if switch == "l":
            anchor = text
        elif switch == "o":
            tip = text
        elif not switch and not target:
            target = text
        switch = ""
        if tip and anchor:
            break
    return link(f"{target}#{anchor}" if anchor else target, tip)
