"""Plain text: as it stands. Blank lines part its blocks, form feeds its pages."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.capture.extract.base import Hint, Limits, check_text, clean
from factdesk.domain.documents import About, Block, Document, Extracted, Extractor
from factdesk.domain.matches import Reason
from factdesk.errors import ExtractError
from factdesk.text.charsets import converted, declared_charset, decode, detect, font_encoding_of, known_name, parts


def extractor() -> Extractor:
    """Its name and version here."""
    return Extractor("text", "1")


def charset_of(data: bytes, hint: Hint) -> tuple[str, list[Reason]]:
    """How it is encoded: as a recorded capture says, else as declared and found. Raises `ExtractError`."""
    if not hint.charset:
        found = detect(data, declared_charset(hint.media_type))
        if parts(found.charset)[0] == "utf-8":
            old, sure = font_encoding_of(decode(data, found.charset))
            if sure:
                return f"{found.charset}+{old}", [converted(old)]
        return found.charset, list(found.remarks)
    name = known_name(hint.charset)
    if not name:
        raise ExtractError("There is no charset {name}.", place=hint.place, name=hint.charset)
    return name, []


def extract(data: bytes, hint: Hint, limits: Limits) -> Extracted:
    """The text as it stands, with LF line ends; runs of lines that are not blank are its blocks."""
    charset, remarks = charset_of(data, hint)
    raw = decode(data, charset)
    remarks += [Reason("line-ends", "Line ends were CR LF and are LF in the text.")] if "\r\n" in raw else []
    text = raw.replace("\r\n", "\n")
    check_text(len(text), 0, limits, hint.place)
    blocks = tuple(_blocks(text, limits, hint.place))
    return Extracted(Document(clean(text), blocks), About(), extractor(), "text/plain", charset, tuple(remarks))


def _blocks(text: str, limits: Limits, place: str) -> Iterator[Block]:
    """A block for each run of lines that have something in them, with its page where there are form feeds."""
    paged = "\f" in text
    at = count = 0
    for number, page in enumerate(text.split("\f"), start=1):
        for start, end in _runs(clean(page)):
            count += 1
            check_text(0, count, limits, place)
            yield Block(at + start, at + end, page=number if paged else 0)
        at += len(page) + 1


def _runs(page: str) -> Iterator[tuple[int, int]]:
    start = end = -1
    at = 0
    for line in page.split("\n"):
        if line.strip():
            start, end = at if start < 0 else start, at + len(line)
        elif start >= 0:
            yield start, end
            start = -1
        at += len(line) + 1
    if start >= 0:
        yield start, end
