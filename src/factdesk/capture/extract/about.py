"""What a page says of itself: title, author, day, language, site. Linked data and meta tags come first.

Only the page and our own code decide, not the library that finds the main content: whoever verifies does it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.dates import published
from factdesk.capture.extract.html_blocks import Raw
from factdesk.capture.extract.main_content import by_structure
from factdesk.domain.documents import About
from factdesk.text.language import language

_LONGEST_DATA = 1_000_000
_MOST_THINGS = 200
_ARTICLES = re.compile(r"Article|Posting|Report|WebPage|Review|VideoObject", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*\Z")
_FIRST_LINES = 150
_LINE = 40


def about_page(tree: LexborHTMLParser, hint: Hint, blocks: list[Raw], texts: list[str]) -> About:
    """What is said of a page; empty where nothing is."""
    meta, linked = _meta(tree), _linked(tree)
    tongue = _language(tree, meta, texts, by_structure(blocks))
    lines = (text for text, raw in zip(texts[:1000], blocks[:1000], strict=True) if raw.state.main)
    first = [line for _, line in zip(range(_FIRST_LINES), lines, strict=False)]
    return About(
        title=_title(tree, meta, linked, blocks, texts),
        author=_author(tree, meta, linked),
        published=published(meta, linked, _times(tree), first, hint.url, tongue),
        language=tongue,
        site=_site(meta, linked, hint.url),
    )


def _inside(node: LexborNode) -> str:
    """The text of an element that holds nothing else, as scripts and titles do."""
    return (node.child.text_content or "") if node.child is not None else ""


def _line(said: object, most: int = 300) -> str:
    return _SPACE.sub(" ", said).strip()[:most] if isinstance(said, str) else ""


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Meta tags by their name in small letters; the first of each."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        name = (name or attributes.get("http-equiv") or "").strip().lower()
        content = _line(attributes.get("content"), 1000)
        if name and content:
            found.setdefault(name, content)
    return found


def _linked(tree: LexborHTMLParser) -> list[dict[str, Any]]:
    """The things of the page's JSON-LD, articles first."""
    things: list[dict[str, Any]] = []
    for node in tree.css('script[type="application/ld+json"]'):
        text = _inside(node)
        if len(text) <= _LONGEST_DATA:
            try:
                # Line feeds in strings are forbidden and common.
                things += _things(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
    return sorted(things[:_MOST_THINGS], key=lambda thing: not _ARTICLES.search(str(thing.get("@type", ""))[:200]))


def _things(data: object) -> Iterator[dict[str, Any]]:
    """The objects of a document: itself, those of its list, those of its graph."""
    waiting = [data]
    for _ in range(10 * _MOST_THINGS):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting += each[:_MOST_THINGS]
        elif isinstance(each, dict):
            yield each
            waiting += [each[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in each]


def _title(
    tree: LexborHTMLParser, meta: dict[str, str], linked: list[dict[str, Any]], blocks: list[Raw], texts: list[str]
) -> str:
    headings = (text for text, raw in zip(texts, blocks, strict=True) if raw.state.level == 1)
    node = tree.css_first("title")
    said = (
        meta.get("og:title"),
        next((thing["headline"] for thing in linked if isinstance(thing.get("headline"), str)), ""),
        next(headings, ""),
        meta.get("twitter:title") or meta.get("dc.title") or meta.get("citation_title"),
        _inside(node) if node is not None else "",
    )
    return next((line for each in said if (line := _line(each))), "")


def _author(tree: LexborHTMLParser, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    for thing in linked:
        if names := _names(thing.get("author")):
            return names
    for name in (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "citation_author",
        "byl",
        "parsely-author",
    ):
        said = meta.get(name, "")
        if said and not said.startswith(("http:", "https:")):
            return _line(said, 200)
    for query in (
        '[rel~="author"]',
        '[itemprop~="author"]',
        ".author-name",
        ".byline",
        ".author",
        ".tac-gia",
        ".tacgia",
    ):
        node = tree.css_first(query)
        said = _line(node.text(deep=True, separator=" ")) if node is not None else ""
        if 1 < len(said) <= 80:
            return said
    return ""


def _names(said: object) -> str:
    """Names of a person or several, as linked data gives them."""
    given = said if isinstance(said, list) else [said]
    names = [_line(each.get("name") if isinstance(each, dict) else each, 100) for each in given[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name and not name.startswith("http")))[:400]


def _site(meta: dict[str, str], linked: list[dict[str, Any]], url: str) -> str:
    publishers = (_names(thing.get("publisher")) for thing in linked)
    said = (
        meta.get("og:site_name") or next((name for name in publishers if name), "") or meta.get("application-name", "")
    )
    return _line(said, 200) or (urlsplit(url).hostname or "").removeprefix("www.")


def _language(tree: LexborHTMLParser, meta: dict[str, str], texts: list[str], main: list[bool]) -> str:
    """What the text is in; where that is not clear, what is declared."""
    kept = [text for text, flag in zip(texts, main, strict=True) if flag]
    # Short lines are as often those of a template, in its language.
    sample = "\n".join(([text for text in kept if len(text) >= _LINE] or kept)[:50])[:4000]
    node = tree.css_first("html")
    declared = (node.attributes.get("lang") if node is not None else "") or meta.get("content-language") or ""
    declared = declared or meta.get("og:locale", "")
    declared = declared.strip().replace("_", "-") if _LANGUAGE.match(declared.strip()[:35]) else ""
    found = language(sample)
    # Templates declare English on pages in other languages.
    return declared[:35] if declared and (not found or declared.lower().startswith(found)) else found


def _times(tree: LexborHTMLParser) -> list[str]:
    """Days in `<time>` and in data of the page's own attributes, those marked as of publication first."""
    found = []
    for query in ('[itemprop~="datePublished"]', "time[pubdate]", "article time[datetime]", "time[datetime]"):
        for node in tree.css(query)[:5]:
            attributes = node.attributes
            found.append(_line(attributes.get("datetime") or attributes.get("content") or node.text(deep=True)))
    return found[:20]
