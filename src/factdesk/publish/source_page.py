"""The page of a source: its frozen text with what is quoted of it marked, and the checks that rely on it.

Archived markup and scripts are never shown. Of a long text only what stands around the quotations is: the whole is in
the bundle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from factdesk.domain.documents import MAIN_KINDS, Block
from factdesk.publish.check_page import source_path, source_title
from factdesk.publish.render import Page
from factdesk.queries.site_evidence import SourceText, anchor
from factdesk.queries.site_model import SiteData, SiteMark, SiteSource
from factdesk.wording import sayer

if TYPE_CHECKING:
    from factdesk.publish.source_pictures import SourcePicture

WHOLE = 6_000
"""Letters up to which a text is shown whole."""
AROUND = 2
"""Paragraphs that are shown before and after one that is quoted from."""
MOST_PARAGRAPH = 4_000
"""Letters of one paragraph without a quotation, and of what stands before and after one in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a paragraph: quoted or not. `ids` are the places of quotations that begin here."""

    text: str
    quoted: bool = False
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of a source as it is shown. `left_out` counts the blocks before it that are not."""

    kind: str
    parts: tuple[Part, ...]
    page: int = 0
    left_out: int = 0


def source_page(
    site: SiteData, source: SiteSource, text: SourceText, language: str, picture: SourcePicture | None = None
) -> Page:
    """The page of a source in a language, with its picture where there is one."""
    say = sayer(language)
    title = source_title(source, say)
    shown, after = paragraphs(source, text)
    context = {
        "source": source,
        "title": title,
        "paragraphs": shown,
        "after": after,
        "picture": picture,
        "checks": [site.checks[own] for own in source.checks if own in site.checks],
    }
    twins = {each: source_path(source, each) for each in site.desk.languages}
    description = say("The frozen copy of a source: {title}", title=title)
    return Page(source_path(source, language), "source.html", language, title, description, twins, context)


def paragraphs(source: SiteSource, text: SourceText) -> tuple[list[Paragraph], int]:
    """The paragraphs that are shown, and how many are left out behind the last."""
    blocks = [each for each in text.blocks if text.text[each.start : each.end].strip()]
    chosen = _chosen(blocks, source.marks)
    found: list[Paragraph] = []
    before, seen = -1, set[str]()
    for at in chosen:
        block = blocks[at]
        parts = tuple(parts_of(text.text, block, source.marks, seen))
        kind = block.kind if block.kind in ("heading", "item", "quote") else "paragraph"
        found.append(Paragraph(kind, parts, block.page, at - before - 1))
        before = at
    return found, len(blocks) - 1 - before


def _chosen(blocks: Sequence[Block], marks: Sequence[SiteMark]) -> list[int]:
    quoted = {at for at, each in enumerate(blocks) if any(_meet(each, mark) for mark in marks)}
    main = {at for at, each in enumerate(blocks) if each.main and each.kind in MAIN_KINDS}
    if sum(blocks[at].end - blocks[at].start for at in main) <= WHOLE:
        return sorted(main | quoted)
    ordered = sorted(main | quoted)
    places = {at: number for number, at in enumerate(ordered)}
    near: set[int] = set(range(min(AROUND, len(ordered))))
    for at in quoted:
        near |= set(range(max(0, places[at] - AROUND), min(len(ordered), places[at] + AROUND + 1)))
    return [ordered[number] for number in sorted(near)]


def _meet(block: Block, mark: SiteMark) -> bool:
    return block.start < mark.end and mark.start < block.end


def parts_of(text: str, block: Block, marks: Sequence[SiteMark], seen: set[str]) -> Iterator[Part]:
    """A block cut where quotations begin and end. `seen` are the quotations that have their place already: each has it
    where it begins."""
    mine = [mark for mark in marks if _meet(block, mark)]
    inside = (place for mark in mine for place in (mark.start, mark.end) if block.start < place < block.end)
    for start, end in pairwise(sorted({block.start, block.end, *inside})):
        covering = {mark.citation: None for mark in mine if mark.start < end and start < mark.end}
        new = tuple(anchor(own) for own in covering if own not in seen)
        seen.update(covering)
        words = text[start:end]
        if not covering:
            words = _cut(words, after=start > block.start, before=end < block.end)
        yield Part(words, bool(covering), new)


def _cut(words: str, *, after: bool, before: bool) -> str:
    """Words without a quotation: of very many those next to one, whether it stands before (`after`) or behind."""
    if len(words) <= MOST_PARAGRAPH:
        return words
    half = MOST_PARAGRAPH // 2
    first = words[:half] + " […]" if after or not before else ""
    return first + ("[…] " + words[-half:] if before else "")
