"""What an extractor takes out of a source: one text, and blocks that say where in the document each part of it stands.

The text is what quotations are bound to. Its digest covers the text alone, so that what is merely told of it (which
part is the main content, who the author is) may be told better by a later version without breaking a citation.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from factdesk.domain.matches import Reason

BlockKind = Literal["heading", "paragraph", "item", "cell", "caption", "quote", "code", "note", "furniture"]
"""`note`: a footnote or endnote. `furniture`: running heads, page numbers, menus; kept, at the document's end where
they would cut a sentence in two."""

MAIN_KINDS: frozenset[str] = frozenset({"heading", "paragraph", "item", "cell", "caption", "quote", "code", "note"})


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document's text: `text[start:end]` in code points. Blocks are in order and do not overlap.

    `page` counts from 1, 0 where there are no pages; `level` is a heading's, from 1. `main` is whether it belongs to
    the main content. `ocr` marks text that was read off a picture, with `confidence` from 0 to 1 and `box` (left, top,
    right, bottom) as shares of the page's or picture's width and height.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    page: int = 0
    level: int = 0
    main: bool = True
    ocr: bool = False
    confidence: float = 1.0
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source's text and its blocks. Blocks are parted by line feeds in the text."""

    text: str
    blocks: tuple[Block, ...] = ()

    @property
    def has_ocr(self) -> bool:
        """Whether any of it was read off a picture."""
        return any(block.ocr for block in self.blocks)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself; empty where it does not. `published` is an ISO 8601 day."""

    title: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Extractor:
    """What made a text of bytes. `version` names our own version and those of the libraries that decide on the text:
    `1 selectolax-0.4.2`. With the same name and version the same bytes give the same text."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """What an extractor found. `charset` is how text was encoded, as found: `utf-8`, `windows-1258`, `tcvn3`, `vni`.

    `remarks` are for the person: a legacy encoding that was converted, pages that were left out, text read off
    pictures.
    """

    document: Document
    about: About
    extractor: Extractor
    media_type: str
    charset: str = ""
    remarks: tuple[Reason, ...] = ()


def text_digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def layout_of(document: Document) -> str:
    """A document's blocks as canonical JSON, one list a block, what is as usual left out."""
    return json.dumps([_row(block) for block in document.blocks], ensure_ascii=False, separators=(",", ":"))


def blocks_from(layout: str) -> tuple[Block, ...]:
    """The blocks that `layout_of` wrote. Raises `ValueError`, `TypeError` or `KeyError` for anything else."""
    return tuple(_block(row) for row in json.loads(layout))


_USUAL: Mapping[str, Any] = asdict(Block(0, 0))


def _row(block: Block) -> list[Any]:
    other = {name: value for name, value in asdict(block).items() if value != _USUAL[name]}
    other.pop("start", None)
    other.pop("end", None)
    return [block.start, block.end, other] if other else [block.start, block.end]


def _block(row: list[Any]) -> Block:
    start, end, *rest = row
    other = dict(rest[0]) if rest else {}
    if other.get("box") is not None:
        left, top, right, bottom = other["box"]
        other["box"] = (left, top, right, bottom)
    return Block(int(start), int(end), **other)
