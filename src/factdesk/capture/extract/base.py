"""What every extractor is handed, and how it puts a document together.

An extractor is a function `extract(data: bytes, hint: Hint, limits: Limits) -> Extracted` in a module of its own,
named in `kinds.EXTRACTORS`. It runs in a child process (`run`), reads nothing but `data`, and gives the same answer
for the same bytes: no clock, no locale, no network, no order of sets. What goes wrong it raises as an `ExtractError`
or, where a program is missing on this machine, a `ResourceError`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factdesk.domain.documents import Block, BlockKind, Document
from factdesk.errors import LimitError

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known of the bytes beforehand, none of it to be trusted.

    `media_type` is the declared one, with or without parameters. `charset`, when not empty, is how a recorded capture
    was read: text is decoded so, and nothing is guessed. `url` and `name` say where the bytes are from. `about=False`
    asks for the text alone: no metadata and no main content; `main=False` for text and metadata, which is all that our
    own code decides.
    """

    media_type: str = ""
    charset: str = ""
    url: str = ""
    name: str = ""
    about: bool = True
    main: bool = True

    @property
    def place(self) -> str:
        """What to call the document in an error."""
        return self.url or self.name


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may take. Sizes in bytes; `seconds` by the clock on the wall."""

    input_bytes: int = 64 * MEGABYTE
    unpacked_bytes: int = 256 * MEGABYTE
    pages: int = 2_000
    pixels: int = 100_000_000
    characters: int = 20_000_000
    blocks: int = 1_000_000
    seconds: float = 60.0
    memory_bytes: int = 1024 * MEGABYTE


# Line ends of every kind; then what is no text at all: control characters and lone surrogates.
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with LF line ends, and U+FFFD for control characters and lone surrogates. Otherwise as it was."""
    return _NO_TEXT.sub("\ufffd", _LINE_END.sub("\n", text))


def check_text(length: int, blocks: int, limits: Limits, place: str) -> None:
    """Raises `LimitError` for a text of too many characters or blocks."""
    remedy = "Capture a part of it."
    if length > limits.characters:
        raise LimitError(
            "The document has more than {limit} characters of text.",
            place=place,
            remedy=remedy,
            limit=limits.characters,
        )
    if blocks > limits.blocks:
        raise LimitError(
            "The document has more than {limit} paragraphs.", place=place, remedy=remedy, limit=limits.blocks
        )


@dataclass(slots=True)
class Builder:
    """Puts blocks one after another, a line feed between them, within limits."""

    limits: Limits = field(default_factory=Limits)
    place: str = ""
    blocks: list[Block] = field(default_factory=list)
    length: int = 0
    _parts: list[str] = field(default_factory=list)

    def add(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        *,
        page: int = 0,
        level: int = 0,
        main: bool = True,
        ocr: bool = False,
        confidence: float = 1.0,
        box: tuple[float, float, float, float] | None = None,
    ) -> None:
        """Add a block, unless it is empty. Raises `LimitError` when there are too many characters or blocks."""
        text = clean(text).strip("\n")
        if not text.strip():
            return
        start = self.length + 1 if self.blocks else 0
        self.length = start + len(text)
        check_text(self.length, len(self.blocks) + 1, self.limits, self.place)
        self._parts.append(text)
        self.blocks.append(Block(start, self.length, kind, page, level, main, ocr, confidence, box))

    def document(self) -> Document:
        """What was added."""
        return Document("\n".join(self._parts), tuple(self.blocks))
