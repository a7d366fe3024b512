"""Feeds of a language: checks that changed last, and corrections; as Atom (RFC 4287) and as JSON Feed 1.1.

An entry's id comes from the check's own id alone (`urn:uuid:`), so that it stays when the site moves to another
address: `tag:` ids would hold the old one. A feed's `updated` is that of its newest entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import nlargest
from uuid import UUID, uuid5

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.publish.model import SiteData, SiteDesk, SiteEntry
from factdesk.publish.places import address, moment
from factdesk.publish.xml_text import escaped, readable
from factdesk.wording import Say, sayer

MOST = 100
"""Entries of a feed, the newest: who reads for the first time has the list of checks and the DataFeed."""
FILES = ("atom.xml", "feed.json", "corrections.xml", "corrections.json")
"""The feeds of a language."""
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was changed."""

_OURS = UUID("6d0f3f0e-0c1b-5d0c-9a53-64b0a6e3f5a1")
"""Scopes the ids that are made of a check's id and a word."""

CORRECTED = {
    "minor": "Minor correction: {title}",
    "substantial": "Substantial correction: {title}",
    "serious": "Serious correction: {title}",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `path` is that of its page, `rating` the key and the words of its rating."""

    id: str
    title: str
    path: str
    published: datetime
    updated: datetime
    summary: str
    topics: tuple[str, ...] = ()
    rating: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its page (`home`, a path), its title, and its entries, the newest first."""

    desk: SiteDesk
    language: str
    home: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime:
        """When it last changed."""
        return max((each.updated for each in self.entries), default=NEVER)


def feed_paths(desk: SiteDesk) -> tuple[str, ...]:
    """The paths of the feeds of every language of the site."""
    return tuple(f"{language}/{name}" for language in desk.languages for name in FILES)


def feed_files(site: SiteData) -> dict[str, bytes]:
    """The feeds of every language of the site, by their paths."""
    files = {}
    for language in site.desk.languages:
        own = [check for check in site.checks.values() if check.language == language]
        say = sayer(language)
        checks, corrections = (
            checks_feed(site.desk, language, own, say),
            corrections_feed(site.desk, language, own, say),
        )
        for name, feed in zip(FILES, (checks, checks, corrections, corrections), strict=True):
            write = atom if name.endswith(".xml") else json_feed
            files[f"{language}/{name}"] = write(feed, f"/{language}/{name}")
    return files


def checks_feed(desk: SiteDesk, language: str, checks: Iterable[SiteEntry], say: Say) -> Feed:
    """The checks that changed last."""
    title = say("{desk}: checks", desk=desk.name)
    newest = nlargest(MOST, checks, key=lambda each: (each.changed, entry_id(each.id)))
    return Feed(desk, language, f"/{language}/", title, tuple(_check(each, say) for each in newest))


def corrections_feed(desk: SiteDesk, language: str, checks: Iterable[SiteEntry], say: Say) -> Feed:
    """What was corrected and withdrawn, each an entry of its own."""
    title = say("{desk}: corrections", desk=desk.name)
    found = (entry for check in checks for entry in _corrections(check, say))
    newest = nlargest(MOST, found, key=lambda each: (each.updated, each.id))
    return Feed(desk, language, f"/{language}/corrections/", title, tuple(newest))


def _check(check: SiteEntry, say: Say) -> Entry:
    title, summary = check.title, check.summary
    if check.withdrawn:
        title, summary = say("Withdrawn: {title}", title=title), _why(check, say)
    words = say("Not checkable") if check.rating.key == NOT_CHECKABLE else check.rating.name
    return Entry(
        id=entry_id(check.id),
        title=title,
        path=check.path,
        published=check.published,
        updated=check.changed,
        summary=summary if check.withdrawn or not words else f"{words}. {summary}".strip(),
        topics=check.topics,
        rating=("", "") if check.withdrawn else (check.rating.key, words),
    )


def _corrections(check: SiteEntry, say: Say) -> Iterator[Entry]:
    title = check.title
    for number, made in enumerate(check.corrections, 1):
        head = say(CORRECTED[made.severity], title=title)
        own = entry_id(check.id, f"correction {number}")
        yield Entry(own, head, check.path, made.time, made.time, made.what)
    if check.withdrawn:
        head = say("Withdrawn: {title}", title=title)
        own = entry_id(check.id, "withdrawal")
        yield Entry(own, head, check.path, check.changed, check.changed, _why(check, say))


def _why(check: SiteEntry, say: Say) -> str:
    return say("This check was withdrawn: {why}", why=check.why)


def entry_id(check: str, part: str = "") -> str:
    """The id of an entry about a check, or about a part of what became of it."""
    try:
        own = UUID(check)
    except ValueError:
        own = uuid5(_OURS, check)
    return (uuid5(own, part) if part else own).urn


def atom(feed: Feed, path: str) -> bytes:
    """A feed as Atom."""
    desk = feed.desk
    author = f"<author><name>{escaped(desk.name)}</name><uri>{_url(desk, '/')}</uri></author>"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escaped(feed.language)}">',
        f"<id>{_url(desk, feed.home)}</id>",
        f"<title>{escaped(feed.title)}</title>",
        f"<updated>{moment(feed.updated)}</updated>",
        author,
        f'<link rel="self" type="application/atom+xml" href="{_url(desk, path)}"/>',
        f'<link rel="alternate" type="text/html" href="{_url(desk, feed.home)}"/>',
        *(line for each in feed.entries for line in _atom_entry(feed, each)),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _atom_entry(feed: Feed, entry: Entry) -> Iterator[str]:
    key, words = entry.rating
    scheme = _url(feed.desk, f"/{feed.language}/ratings/")
    yield "<entry>"
    yield f"<id>{entry.id}</id>"
    yield f"<title>{escaped(entry.title)}</title>"
    yield f"<published>{moment(entry.published)}</published>"
    yield f"<updated>{moment(entry.updated)}</updated>"
    yield f'<link rel="alternate" type="text/html" href="{_url(feed.desk, entry.path)}"/>'
    if key:
        yield f'<category term="{escaped(key)}" scheme="{scheme}" label="{escaped(words)}"/>'
    for topic in entry.topics:
        yield f'<category term="{escaped(topic)}"/>'
    yield f"<summary>{escaped(entry.summary)}</summary>"
    yield "</entry>"


def json_feed(feed: Feed, path: str) -> bytes:
    """A feed as JSON Feed 1.1."""
    desk = feed.desk
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": readable(feed.title),
        "home_page_url": address(desk, feed.home),
        "feed_url": address(desk, path),
        "language": feed.language,
        "authors": [{"name": readable(desk.name), "url": address(desk, "/")}],
        "items": [_json_entry(feed, each) for each in feed.entries],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _json_entry(feed: Feed, entry: Entry) -> Mapping[str, object]:
    key, words = entry.rating
    tags = [readable(each) for each in entry.topics]
    return {
        "id": entry.id,
        "url": address(feed.desk, entry.path),
        "title": readable(entry.title),
        "content_text": readable(entry.summary) or readable(entry.title),
        "date_published": moment(entry.published),
        "date_modified": moment(entry.updated),
        **({"tags": tags} if tags else {}),
        **({"_rating": {"key": readable(key), "name": readable(words)}} if key else {}),
    }


def _url(desk: SiteDesk, path: str) -> str:
    return escaped(address(desk, path))
