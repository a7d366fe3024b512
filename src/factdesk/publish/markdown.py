"""A check's Markdown as HTML that cannot do anything: no markup of its author's, no script, no address but of the web.

HTML is never taken over (it is shown as it was typed), links lead to http, https and mailto alone, and what comes out
goes through a sanitiser of its own all the same. What lint takes for a comment is not shown: waivers stand in the box
on methods. The same text gives the same HTML, so that whoever has the statement can hold a page against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import nh3

from factdesk.domain.matches import Span
from factdesk.lint.prose import MARK, comments
from factdesk.lint.read import opened, read_quotations

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

OPEN, CLOSE = "\ue001", "\ue002"
"""Stand at the ends of a quotation while the text is read: private letters, which no text has a use for. Behind the
first stands another that says which quotation it is."""
_FIRST, _MOST = 0xF0000, 0xFFFD

_PRIVATE = re.compile("[\ue000-\ue002\U000f0000-\U000ffffd]")
_ENDS = re.compile(f"({OPEN}[\U000f0000-\U000ffffd]|{CLOSE})")
_WEB = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]+", re.IGNORECASE)

_TAGS = "p h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong a sup hr br table thead tbody tr th td div"
_ATTRIBUTES = {
    "a": {"href", "rel", "class", "id", "aria-label"},
    "ol": {"start"},
    "sup": {"class"},
    "div": {"class", "tabindex"},
}


@dataclass(frozen=True, slots=True)
class Note:
    """What a citation's mark in the text becomes: its number, where it leads, and how it is read out."""

    number: int
    href: str
    label: str


def body_html(source: str, notes: Mapping[str, Note]) -> str:
    """The body of a check's source as HTML. `notes` are by mark; a mark that has none is left out.

    Raises `InputError` for front matter that cannot be read, which nobody publishes.
    """
    _, body = opened(source, "")
    # Only a citation's mark makes a quotation a link: where there is none, nobody need look for quotations.
    found = read_quotations(source) if notes else ()
    quoted = [
        (each.span, notes[cite]) for each in found for cite in each.cites[:1] if cite in notes and not each.is_block
    ][:_MOST]
    return _html(_marked(source, body, [span for span, _ in quoted]), notes, [note for _, note in quoted])


def plain_html(text: str) -> str:
    """A page of the desk's own, or any other Markdown without citations, as HTML."""
    return _html(_PRIVATE.sub("\ufffd", text), {}, ())


def _marked(source: str, body: Span, quoted: Sequence[Span]) -> str:
    """The body without comments, and with the ends of quotations marked."""
    edits = [(each.start, each.end, "") for each in comments(source, body)]
    for number, span in enumerate(quoted):
        edits += [(span.start, span.start, OPEN + chr(_FIRST + number)), (span.end, span.end, CLOSE)]
    text, at = [], body.start
    for start, end, put in sorted(edits):
        # A quotation may end within a comment.
        text += [_PRIVATE.sub("\ufffd", source[at:start]), put]
        at = max(at, end)
    return "".join([*text, _PRIVATE.sub("\ufffd", source[at : body.end])])


def _html(text: str, notes: Mapping[str, Note], quoted: Sequence[Note]) -> str:
    reader = _reader()
    env: dict[str, Any] = {"notes": notes, "seen": set()}
    tokens = reader.parse(text, env)
    _demote(tokens)
    for token in tokens:
        if token.children is not None:
            token.children = _linked(token.children, quoted)
    return _clean(_PRIVATE.sub("", reader.renderer.render(tokens, reader.options, env)))


def _demote(tokens: Sequence[Token]) -> None:
    """Put headings below the page's own, without leaving a step out."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift, before = 2 - min(levels, default=2), 1
    for token in tokens:
        if token.type == "heading_open":
            before = max(2, min(int(token.tag[1]) + shift, before + 1, 6))
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{before}"


def _linked(children: Sequence[Token], quoted: Sequence[Note]) -> list[Token]:
    """What stands in a line, with each quotation that lies wholly at one depth made a link to its source."""
    found = list(_split(children))
    for at, token in enumerate(found):
        if token.type != "quote_open":
            continue
        number = ord(token.content) - _FIRST
        end = _end_of(found, at)
        if end is not None and number < len(quoted):
            token.type, token.tag, token.nesting = "link_open", "a", 1
            token.attrs = {"class": "quote", "href": quoted[number].href}
            found[end].type, found[end].tag, found[end].nesting = "link_close", "a", -1
            token.content = ""
    return [token for token in found if token.type not in ("quote_open", "quote_close")]


def _split(children: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a line, those of quotations' ends taken out of the words."""
    from markdown_it.token import Token

    for child in children:
        if child.type != "text" or not _ENDS.search(child.content):
            yield child
            continue
        for part in _ENDS.split(child.content):
            if part[:1] == OPEN:
                yield Token("quote_open", "", 0, content=part[1:], level=child.level)
            elif part == CLOSE:
                yield Token("quote_close", "", 0, level=child.level)
            elif part:
                yield Token("text", "", 0, content=part, level=child.level)


def _end_of(tokens: Sequence[Token], start: int) -> int | None:
    """Where the quotation that begins here ends; None where a link stands in it or around it, or it is cut."""
    for at in range(start + 1, len(tokens) if not _depth(tokens[:start]) else 0):
        token = tokens[at]
        if token.type == "quote_close":
            return at if token.level == tokens[start].level else None
        if token.level < tokens[start].level or token.type in ("link_open", "cite", "image", "quote_open"):
            return None
    return None


def _depth(tokens: Sequence[Token]) -> int:
    """How many links are open after these."""
    return sum((token.type == "link_open") - (token.type == "link_close") for token in tokens)


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": 30}).enable("table")
    reader.validateLink = _leads_on  # type: ignore[method-assign]
    reader.inline.ruler.before("link", "cite", _cite)
    for name, rule in _RULES.items():
        reader.renderer.rules[name] = rule  # type: ignore[attr-defined]
    return reader


@lru_cache(maxsize=1024)
def _leads_on(url: str) -> bool:
    """Whether an address is one of the web, and one that the sanitiser leaves in its place: no link loses its end."""
    return _WEB.fullmatch(url) is not None and "href" in _clean(f'<a href="{escape(url)}"></a>')


def _cite(state: StateInline, silent: bool) -> bool:
    """A citation's mark, as lint reads it."""
    found = MARK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("cite", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _render_cite(tokens: Sequence[Token], at: int, _options: Any, env: Mapping[str, Any]) -> str:
    note: Note | None = env["notes"].get(tokens[at].content)
    if note is None:
        return ""
    # Only the first of several can be led back to.
    own = "" if note.number in env["seen"] else f' id="c{note.number}"'
    env["seen"].add(note.number)
    label, href = escape(note.label), escape(note.href)
    return f'<sup class="cite"><a{own} href="{href}" aria-label="{label}">{note.number}</a></sup>'


def _render_link(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    token = tokens[at]
    href, quote = escape(str(token.attrGet("href") or "")), token.attrGet("class") == "quote"
    if quote:
        return f'<a class="quote" href="{href}">'
    # A link without words shows where it leads.
    return f'<a href="{href}" rel="noopener">{"" if _says(tokens, at) else href}'


def _says(tokens: Sequence[Token], at: int) -> bool:
    """Whether the link that is opened here holds anything to be read."""
    within = takewhile(lambda token: token.type != "link_close", tokens[at + 1 :])
    return any(token.type == "image" or token.content.strip() for token in within)


def _render_image(tokens: Sequence[Token], at: int, _options: Any, _env: Any) -> str:
    """A picture is somebody else's: it is linked to, and not fetched from there by every reader. Within a link, which
    leads somewhere already, what it shows is said."""
    token = tokens[at]
    href = str(token.attrGet("src") or "")
    said = escape(token.content.strip() or href)
    return said if _depth(tokens[:at]) else f'<a href="{escape(href)}" rel="noopener">{said}</a>'


_RULES: Mapping[str, Callable[..., str]] = {
    "cite": _render_cite,
    "link_open": _render_link,
    "image": _render_image,
    "table_open": lambda *_: '<div class="table" tabindex="0"><table>\n',
    "table_close": lambda *_: "</table></div>\n",
}


_cleaner = nh3.Cleaner(
    tags=set(_TAGS.split()),
    attributes={name: set(names) for name, names in _ATTRIBUTES.items()},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def _clean(html: str) -> str:
    return _cleaner.clean(html)
