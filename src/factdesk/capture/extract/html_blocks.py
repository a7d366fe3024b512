"""A page's visible text in the order of the document, cut into blocks.

Every text that a browser would show is there, menus and footers too; what is hidden by the page itself, or is not text
(scripts, styles, pictures' descriptions), is not. White space is collapsed as a browser collapses it. Soft hyphens,
which are not shown, are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from factdesk.domain.documents import BlockKind
from factdesk.text.legacy import font_encoding
from factdesk.text.wordlist import words

_BLOCKS = words(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre
    search section summary table tbody td tfoot th thead tr ul xmp"""
)
_LEFT_OUT = words(
    """applet area audio base basefont bgsound canvas datalist embed frame frameset head iframe img input link map meta
    noembed noframes noscript object param rp script select source style svg template textarea title track video"""
)
_KINDS: dict[str, BlockKind] = {
    "li": "item", "dt": "item", "dd": "item", "td": "cell", "th": "cell", "caption": "caption",
    "figcaption": "caption", "blockquote": "quote", "pre": "code", "listing": "code", "xmp": "code",
    "plaintext": "code",
}  # fmt: skip
_PLAIN = words("pre listing xmp plaintext")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ASIDE = words("nav footer aside menu search")
_ASIDE_ROLES = words("navigation contentinfo complementary search menu menubar banner toolbar")
_NOTES = words("doc-footnote doc-endnote doc-endnotes footnote footnotes endnote endnotes references reflist")
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_FAMILY = re.compile(r"font(?:-family)?\s*:\s*([^;]{1,200})", re.IGNORECASE)
_SPACE = re.compile("[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(" ?\x01 ?")
_PARAGRAPHS = re.compile("\x01{2,}")
_BREAK = "\x01"
"""Stands for <br> until white space is collapsed; control characters of the page itself are gone by then."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ATTRIBUTE = 10_000
"""Characters of an attribute that are looked at."""


@dataclass(frozen=True, slots=True)
class State:
    """What holds at a place of the tree: inherited from outside in."""

    kind: BlockKind = "paragraph"
    level: int = 0
    main: bool = True
    plain: bool = False
    font: str = ""
    article: bool = False


@dataclass(slots=True)
class Raw:
    """A block before letters are converted: runs of (text, name of an old font or empty)."""

    state: State
    runs: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str, font: str) -> None:
        """Add text; neighbours in the same font are one run, since a letter may go across."""
        if self.runs and self.runs[-1][1] == font:
            self.runs[-1] = (self.runs[-1][0] + text, font)
        else:
            self.runs.append((text, font))


@dataclass(slots=True)
class Page:
    """The blocks of a page, and how deep its tree is."""

    blocks: list[Raw]
    depth: int


def blocks_of(tree: LexborHTMLParser) -> Page:
    """All visible text of a page. The walk keeps its own stack: trees may be deeper than Python's."""
    done: list[Raw] = []
    pieces: list[tuple[str, str]] = []
    state, depth = State(), 0
    stack: list[tuple[LexborNode, State, bool]] = []
    node = tree.root
    while node is not None:
        child = None
        if node.is_text_node:
            pieces.append((_CONTROL.sub("\ufffd", node.text_content or ""), state.font))
        elif node.is_element_node:
            tag = node.tag or ""
            inner = _entered(node, tag, state)
            block = tag in _BLOCKS
            if tag == "br":
                pieces.append((_BREAK, state.font))
            elif inner is not None:
                if block:
                    _finish(done, pieces, state)
                child = node.child
                if child is not None:
                    stack.append((node, state, block))
                    depth = max(depth, len(stack))
                    state = inner
        if child is not None:
            node = child
            continue
        while node is not None and node.next is None:
            node, state = _left(stack, done, pieces, state)
        node = node.next if node is not None else None
    _finish(done, pieces, state)
    return Page(done, depth)


def _left(
    stack: list[tuple[LexborNode, State, bool]], done: list[Raw], pieces: list[tuple[str, str]], state: State
) -> tuple[LexborNode | None, State]:
    """Go out of an element whose last child is done."""
    if not stack:
        return None, state
    node, outer, block = stack.pop()
    if block:
        _finish(done, pieces, state)
    return node, outer


def _entered(node: LexborNode, tag: str, state: State) -> State | None:
    """What holds inside an element; nothing when it is not shown."""
    if tag in _LEFT_OUT:
        return None
    attributes = node.attributes
    if attributes:
        if _is_hidden(tag, attributes):
            return None
        state = _told(attributes, state)
    elif tag == "dialog":
        return None
    if tag in _HEADINGS:
        return replace(state, kind="heading", level=_HEADINGS[tag])
    if tag in _KINDS:
        kind = "note" if state.kind == "note" else _KINDS[tag]
        return replace(state, kind=kind, level=0, plain=state.plain or tag in _PLAIN)
    if tag in _ASIDE or (tag == "header" and not state.article):
        return replace(state, main=False)
    if tag in ("article", "main"):
        return replace(state, article=True)
    return state


def _is_hidden(tag: str, attributes: dict[str, str | None]) -> bool:
    # A browser's search in the page opens what is hidden until found.
    if "hidden" in attributes and (attributes["hidden"] or "").lower() != "until-found":
        return True
    if tag == "dialog" and "open" not in attributes:
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style[:_ATTRIBUTE]))


def _told(attributes: dict[str, str | None], state: State) -> State:
    """What an element's attributes change."""
    family = attributes.get("face") or ""
    if not family and (found := _FAMILY.search((attributes.get("style") or "")[:_ATTRIBUTE])):
        family = found[1]
    if family:
        font = family[:100] if font_encoding(family[:100]) else ""
        state = replace(state, font=font) if font != state.font else state
    role = (attributes.get("role") or "").lower()
    if role in _ASIDE_ROLES:
        state = replace(state, main=False)
    names = {role, *(attributes.get("class") or "")[:_ATTRIBUTE].lower().split()}
    names.add((attributes.get("epub:type") or "").lower())
    return state if names.isdisjoint(_NOTES) else replace(state, kind="note", level=0)


def _finish(done: list[Raw], pieces: list[tuple[str, str]], state: State) -> None:
    """End the block that was being put together."""
    if not pieces:
        return
    for part in _collapsed(pieces, state.plain):
        if any(text.strip() for text, _ in part):
            raw = Raw(state)
            for text, font in part:
                raw.add(text, font)
            done.append(raw)
    pieces.clear()


def _collapsed(pieces: list[tuple[str, str]], plain: bool) -> Iterator[list[tuple[str, str]]]:
    """Runs with white space as it is shown; two line breaks on end begin another block."""
    if plain:
        yield [(text.replace(_BREAK, "\n"), font) for text, font in pieces]
        return
    whole = "".join(text for text, _ in pieces)
    if len({font for _, font in pieces}) == 1:
        font = pieces[0][1]
        for part in _PARAGRAPHS.split(_shown(whole)):
            yield [(part.replace(_BREAK, "\n").strip(" \n"), font)]
        return
    # With several fonts the runs stay apart; a space at a seam is kept once.
    runs: list[tuple[str, str]] = []
    for text, font in pieces:
        shown = _SPACE.sub(" ", text)
        if runs and runs[-1][0].endswith((" ", _BREAK)):
            shown = shown.removeprefix(" ")
        if shown:
            runs.append((shown.replace(_BREAK, "\n"), font))
    yield runs


def _shown(text: str) -> str:
    return _AROUND_BREAK.sub(_BREAK, _SPACE.sub(" ", text))
