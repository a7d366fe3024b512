"""The Markdown within a paragraph as runs, and runs as Markdown that reads back as them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from factdesk.drafts.word_escape import Care, escaped, fenced, pointed
from factdesk.drafts.word_model import BOLD, ITALIC, STRIKE, Run, Runs
from factdesk.drafts.word_runs import has_mark, settled
from factdesk.lint.prose import MARK

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_MARKS = {"strong": BOLD, "em": ITALIC, "s": STRIKE}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*|[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", re.ASCII)
_TRIED: tuple[tuple[str, Care], ...] = (("*", 0), ("*", 1), ("_", 1), ("*", 2))
"""Ways to write runs, the best first: the sign of italics, and how much care is taken."""
_SIGNS = ((STRIKE, "~~"), (BOLD, "**"), (ITALIC, "*"))


@cache
def reader() -> MarkdownIt:
    """The reader of Markdown: as lint's, with what is within a paragraph. Addresses stay as they were written."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"maxNesting": 30}).enable(["table", "strikethrough"])
    made.normalizeLink = _as_it_is  # type: ignore[method-assign]
    made.normalizeLinkText = _as_it_is  # type: ignore[method-assign,assignment]
    made.inline.ruler.before("newline", "cite", _cite)
    return made


def _as_it_is(url: str) -> str:
    return url


def _cite(state: StateInline, silent: bool) -> bool:
    """A citation's mark comes before anything else that brackets can mean, as in lint."""
    at = state.pos + (state.src[state.pos] == "\\")
    found = MARK.match(state.src, at, state.posMax)
    # Whoever looks for a link's end must not take the mark for a link in the link.
    if found is None or silent:
        return False
    state.push("cite", "", 0).content = found[1]
    state.pos = found.end()
    return True


def runs_of(text: str, *, cell: bool = False) -> Runs:
    """The runs of a paragraph's Markdown."""
    return read_runs(reader().parseInline(text)[0].children or [], cell=cell)


def read_runs(tokens: Sequence[Token], *, cell: bool = False) -> Runs:
    """The runs of what the reader found in a paragraph."""
    return settled(_Reading(cell).read(tokens))


class _Reading:
    """Reads tokens one after another, and knows which emphasis is open."""

    def __init__(self, cell: bool) -> None:
        self._cell = cell
        self._marks: list[str] = []

    def read(self, tokens: Sequence[Token]) -> Iterator[Run]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "link_open":
                end = _closing(tokens, at)
                yield from self._linked(token, tokens[at + 1 : end])
                at = end
            elif token.nesting:
                name = _MARKS[token.type.rpartition("_")[0]]
                self._marks.append(name) if token.nesting > 0 else self._marks.remove(name)
            else:
                yield self._run(token)
            at += 1

    def _linked(self, token: Token, inner: Sequence[Token]) -> Iterator[Run]:
        address = str(token.attrGet("href") or "")
        title = str(token.attrGet("title") or "")
        found = list(self.read(inner))
        bare = settled(found)
        if address and bare and not any(run.link for run in bare):
            yield from (replace(run, link=address, title=title) for run in found)
        else:
            # Word's links have words and an address, and hold no pictures and no links.
            yield Run(f"[{markdown(bare, linked=True)}]({pointed(address, title)})", "raw", frozenset(self._marks))

    def _run(self, token: Token) -> Run:
        marks = frozenset(self._marks)
        match token.type:
            case "softbreak":
                return Run(" ", "text", marks)
            case "hardbreak":
                return Run("", "break", marks)
            case "code_inline":
                return Run(token.content, "code", marks)
            case "cite":
                return Run(token.content, "cite", marks)
            case "html_inline" if self._cell and _BREAK.fullmatch(token.content):
                return Run("", "break", marks)
            case "html_inline":
                return Run(token.content, "raw", marks)
            case "image":
                title = str(token.attrGet("title") or "")
                return Run(_plain(token), "picture", marks, str(token.attrGet("src") or ""), title)
            case _:
                return Run(token.content, "text", marks)


def _closing(tokens: Sequence[Token], at: int) -> int:
    """Where a link ends; an address in pointed brackets may stand in it."""
    depth = 0
    for end in range(at, len(tokens)):
        depth += (tokens[end].type == "link_open") - (tokens[end].type == "link_close")
        if depth == 0:
            return end
    return len(tokens)


def _plain(image: Token) -> str:
    """What a picture shows in words, without any emphasis in them."""
    pieces = (
        f"[^cite:{each.content}]" if each.type == "cite" else " " if each.type.endswith("break") else each.content
        for each in image.children or []
    )
    return " ".join("".join(pieces).split())


def markdown(runs: Runs, *, cell: bool = False, linked: bool = False) -> str:
    """Runs as Markdown that reads back as them.

    Emphasis that Markdown cannot write (`a**“b”**c`) is narrowed to the letters within, or else given up.
    """
    wanted = settled(runs)
    for tried in (wanted, settled(runs, to_letters=True)):
        for italic, care in _TRIED[linked:]:
            text = _written(tried, cell, linked, italic, care)
            if linked or _read_back(text, cell) == tried:
                return text
    plain = settled(replace(run, marks=frozenset()) for run in wanted)
    return _written(plain, cell, linked, "*", 1)


def _read_back(text: str, cell: bool) -> Runs:
    return runs_of(text.replace("\\|", "|") if cell else text, cell=cell)


def _written(runs: Runs, cell: bool, linked: bool, italic: str, care: Care) -> str:
    pieces: list[str] = []
    signs = dict(_SIGNS) | {ITALIC: italic}
    opened: list[str] = []
    for at, run in enumerate(runs):
        _close(pieces, opened, runs, at, signs)
        _open(pieces, opened, runs, at, signs)
        before = runs[at - 1] if at else None
        after = runs[at + 1] if at + 1 < len(runs) else None
        inside = linked or "link" in opened
        if "link" in opened and _is_address(runs, at):
            pieces[-1] = pieces[-1][:-1] + f"<{run.text}"
        else:
            pieces.append(_one(run, before, after, cell=cell, linked=inside, care=care))
    _close(pieces, opened, runs, len(runs), signs)
    text = "".join(pieces)
    return text.replace("|", "\\|") if cell else text


def _close(pieces: list[str], opened: list[str], runs: Runs, at: int, signs: dict[str, str]) -> None:
    """Close what does not go on, and what was opened after it."""
    while any(not _goes_on(runs, at, name) for name in opened):
        name = opened.pop()
        before = runs[at - 1]
        if name != "link":
            pieces.append(signs[name])
        elif _is_address(runs, at - 1):
            pieces.append(">")
        else:
            pieces.append(f"]({pointed(before.link, before.title)})")


def _goes_on(runs: Runs, at: int, name: str) -> bool:
    if at >= len(runs) or not has_mark(runs[at], name):
        return False
    return name != "link" or (runs[at].link, runs[at].title) == (runs[at - 1].link, runs[at - 1].title)


def _open(pieces: list[str], opened: list[str], runs: Runs, at: int, signs: dict[str, str]) -> None:
    """Open what begins, the longest first."""
    new = [name for name in (*signs, "link") if has_mark(runs[at], name) and name not in opened]
    for name in sorted(new, key=lambda name: -_reach(runs, at, name)):
        opened.append(name)
        pieces.append("[" if name == "link" else signs[name])


def _reach(runs: Runs, at: int, name: str) -> int:
    end = at + 1
    while _goes_on(runs, end, name):
        end += 1
    return end


def _is_address(runs: Runs, at: int) -> bool:
    """Whether a link is written as its address in pointed brackets."""
    run = runs[at]
    alone = not (at and _goes_on(runs, at, "link") and has_mark(runs[at - 1], "link"))
    if not alone or _goes_on(runs, at + 1, "link") or run.kind != "text" or run.title:
        return False
    return run.link in (run.text, f"mailto:{run.text}") and bool(_AUTOLINK.fullmatch(run.text))


def _one(run: Run, before: Run | None, after: Run | None, *, cell: bool, linked: bool, care: Care) -> str:
    match run.kind:
        case "break":
            return "<br>" if cell else "\\\n"
        case "code":
            return fenced(run.text)
        case "cite":
            return f"[^cite:{run.text}]"
        case "raw":
            return run.text
        case "picture":
            return f"![{escaped(run.text, linked=True)}]({pointed(run.link, run.title)})"
        case _:
            return escaped(run.text, before, after, linked=linked, care=care)
