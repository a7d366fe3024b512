"""A site's feeds against what was signed: made again of the newest of its checks, and compared entry by entry."""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError
from factdesk.publish.feeds import FILES, MOST, Entry, Feed, atom, checks_feed, corrections_feed, json_feed
from factdesk.publish.model import SiteCheck
from factdesk.publish.remade import Maker
from factdesk.publish.site_source import Source, read
from factdesk.publish.verify_page import apart, cut, missed, written
from factdesk.queries.verify_held import step
from factdesk.wording import sayer

FEED_MOST = 8 << 20
DEEPEST = 12

_ATOM = "{http://www.w3.org/2005/Atom}"
_NO_FEED = "This is no feed: {why}"
_HEAD = "What the feed says of itself is not as it should be: “{shown}”, not “{said}”."
_ENTRY = "The feed's entry {id} is not what was signed: “{shown}”, not “{said}”."
_LACKS = "The feed lacks its entry {id}: “{title}”."
_STRAY = "The feed has an entry {id} that nothing stands behind which was signed: “{shown}”."
_ORDER = "The feed's entries are not in their order."
_HALF = "Not every bundle of the site's checks could be read, so that its feeds were not compared."
_OTHER = "Another version of factdesk made this feed, which may write it otherwise: {why}"
_SAME = "Every entry of the feed is what was signed."

Rank = tuple[Any, str]


@dataclass(slots=True)
class Newest:
    """The entries that feeds should have, by language and kind: of many only the newest are kept."""

    found: dict[tuple[str, str], list[tuple[Rank, Entry]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, maker: Maker, check: SiteCheck) -> None:
        """Take in a check."""
        say = sayer(check.language)
        for kind, make in (("checks", checks_feed), ("corrections", corrections_feed)):
            for each in make(maker.desk, check.language, [check], say).entries:
                heap, ranked = self.found[check.language, kind], ((each.updated, each.id), each)
                if len(heap) < MOST:
                    heapq.heappush(heap, ranked)
                else:
                    heapq.heappushpop(heap, ranked)

    def feed(self, maker: Maker, language: str, kind: str) -> Feed:
        """A feed as it should be."""
        make = checks_feed if kind == "checks" else corrections_feed
        entries = tuple(each for _, each in sorted(self.found[language, kind], key=lambda pair: pair[0], reverse=True))
        return replace(make(maker.desk, language, (), sayer(language)), entries=entries)


def feed_steps(source: Source, newest: Newest, maker: Maker, *, half: bool) -> Iterator[Step]:
    """The steps of all feeds. `half` says that not everything is known that should stand in them."""
    if half:
        yield step("page", "atom.xml", "not checked", _HALF)
        return
    for language in maker.desk.languages:
        for name in FILES:
            feed = newest.feed(maker, language, "corrections" if name.startswith("corrections") else "checks")
            yield from _feed(source, f"/{language}/{name}", feed, maker)


def _feed(source: Source, path: str, feed: Feed, maker: Maker) -> Iterator[Step]:
    look, make = (atom_parts, atom) if path.endswith(".xml") else (json_parts, json_feed)
    try:
        shown = look(read(source, path, FEED_MOST))
    except FactdeskError as error:
        yield missed(path, error)
        return
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        yield step("page", path, "fail", _NO_FEED, why=cut(str(error)))
        return
    titles = {each.id: each.title for each in feed.entries}
    found = list(_differences(path, shown, look(make(feed, path)), titles))
    for each in found:
        yield each if maker.same else step("page", path, "not checked", _OTHER, why=str(each.reason))
    if not found and feed.entries:
        yield step("page", path, "pass", _SAME)


Parts = tuple[str, list[tuple[str, str]]]
"""What a feed says of itself, and its entries by their ids, as texts to compare."""


def _differences(path: str, shown: Parts, said: Parts, titles: Mapping[str, str]) -> Iterator[Step]:
    if shown[0] != said[0]:
        one, other = apart(shown[0], said[0])
        yield step("page", path, "fail", _HEAD, shown=one, said=other)
    theirs, ours = dict(shown[1]), dict(said[1])
    for own in theirs.keys() | ours.keys():
        if own not in theirs:
            yield step("page", path, "fail", _LACKS, id=own, title=cut(titles.get(own, "")))
        elif own not in ours:
            yield step("page", path, "fail", _STRAY, id=cut(own), shown=cut(theirs[own]))
        elif theirs[own] != ours[own]:
            one, other = apart(theirs[own], ours[own])
            yield step("page", path, "fail", _ENTRY, id=own, shown=one, said=other)
    if theirs == ours and [own for own, _ in shown[1]] != [own for own, _ in said[1]]:
        yield step("page", path, "fail", _ORDER)


def json_parts(data: bytes) -> Parts:
    """The parts of a JSON Feed. Raises `ValueError`, `TypeError` or `KeyError` for what is none."""
    read = json.loads(data.decode())
    items = [(str(each["id"]), written(each)) for each in read.pop("items")]
    return written(read), items


def atom_parts(data: bytes) -> Parts:
    """The parts of an Atom feed. Raises `ValueError` for what is none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.tag != f"{_ATOM}feed" or root.getroottree().docinfo.doctype or _odd(root):
        raise ValueError("another form")
    entries = [each for each in root if each.tag == f"{_ATOM}entry"]
    head = [_told(each) for each in root if each.tag != f"{_ATOM}entry"]
    found = [(_id(each), written([_told(part) for part in each])) for each in entries]
    return written([dict(root.attrib), *head]), found


def _odd(root: Iterable[Any]) -> bool:
    """Whether something stands in it that is no element: what steers a program, or is a text between elements."""
    return any(not isinstance(each.tag, str) or (each.tail or "").strip() for each in root.iter())  # type: ignore[attr-defined]


def _id(entry: Any) -> str:
    found = entry.findall(f"{_ATOM}id")
    if len(found) != 1 or not found[0].text:
        raise ValueError("an entry without an id")
    return str(found[0].text)


def _told(element: Any, depth: int = 0) -> list[Any]:
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    inner = [_told(each, depth + 1) for each in element]
    return [element.tag, dict(element.attrib), (element.text or "").strip() if inner else element.text or "", inner]
