"""Lists of checks: the first page, all of them, and those of a topic, a rating, a month; long ones on several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.publish import words
from factdesk.publish.render import Page
from factdesk.queries.site_index import slug
from factdesk.queries.site_model import SiteData, SiteEntry
from factdesk.wording import sayer

NEWEST = 12
"""Checks on the first page."""
MOST = 40
"""Checks on one page of a list; the first page, of the newest, has up to twice as many but one."""

Ways = Mapping[str, Sequence[tuple[str, str, int]]]
"""The ways into the checks: an address, a name, how many there are."""

NO_WAYS: Ways = {"topics": (), "ratings": (), "months": ()}


def lists(site: SiteData, language: str) -> Iterator[Page]:
    """Every list of a language."""
    say, checks = sayer(language), checks_in(site, language)
    elsewhere = [each for each in site.checks.values() if each.language != language and not each.twin]
    ways = _ways(site, checks, language)
    yield _home(site, language, checks, elsewhere, ways)
    if site.drafts:
        page = Page(f"/{language}/drafts/", "list.html", language, say("Drafts"), twins=everywhere(site, "/drafts/"))
        yield from _paged(page, site.drafts, say("Seen on this machine alone"))
    listed = Page(f"/{language}/checks/", "list.html", language, say("All checks"), twins=everywhere(site, "/checks/"))
    yield from _paged(listed, checks, "", {**ways, "elsewhere": elsewhere[:NEWEST]})
    for own, (name, found) in topics_of(checks).items():
        page = Page(f"/{language}/topics/{own}/", "list.html", language, name)
        yield from _paged(page, found, say("Checks on this topic"))
    for own, found in months_of(checks).items():
        page = Page(f"/{language}/months/{own}/", "list.html", language, words.month(own, language))
        yield from _paged(page, found, say("Checks of this month"))
    rated = _rated(checks)
    for key, name in _ratings(site, language):
        twins = everywhere(site, f"/ratings/{key}/")
        page = Page(f"/{language}/ratings/{key}/", "list.html", language, name, twins=twins)
        yield from _paged(page, rated[key], say("Checks with this rating"))


def checks_in(site: SiteData, language: str) -> list[SiteEntry]:
    """The checks whose pages are in a language, those that changed last first."""
    return [each for each in site.checks.values() if each.language == language]


def everywhere(site: SiteData, path: str) -> dict[str, str]:
    """A page that there is in every language."""
    return {each: f"/{each}{path}" for each in site.desk.languages}


def topics_of(checks: Iterable[SiteEntry]) -> dict[str, tuple[str, list[SiteEntry]]]:
    """The topics of checks by their part of an address, each with its name and its checks, in the order of addresses.
    One that has no letter to make an address of is left out."""
    names: dict[str, str] = {}
    found: dict[str, list[SiteEntry]] = defaultdict(list)
    for check in checks:
        for topic in check.topics:
            own = topic_slug(topic)
            if own and check not in found[own][-1:]:
                names.setdefault(own, topic)
                found[own].append(check)
    return {own: (names[own], found[own]) for own in sorted(found) if own}


def months_of(checks: Iterable[SiteEntry]) -> dict[str, list[SiteEntry]]:
    """The checks by the month in which they were first published, the newest month first."""
    found = _by(checks, lambda each: [f"{each.published:%Y-%m}"])
    return {own: found[own] for own in sorted(found, reverse=True)}


def _home(
    site: SiteData, language: str, checks: Sequence[SiteEntry], elsewhere: Sequence[SiteEntry], ways: Ways
) -> Page:
    shown = [each for each in checks if not each.withdrawn][:NEWEST]
    title = sayer(language)("Fact-checks that anyone can re-run")
    context = {**ways, "checks": shown, "more": len(checks) > len(shown), "elsewhere": elsewhere[:NEWEST]}
    return Page(f"/{language}/", "home.html", language, title, title, everywhere(site, "/"), context)


def _paged(page: Page, checks: Sequence[SiteEntry], kind: str, more: Mapping[str, Any] | None = None) -> Iterator[Page]:
    """A list, on as many pages as it needs. Ways and what is elsewhere stand on the first, with the newest. Further
    pages are numbered from the oldest: what stands at an address stays there, and a new check changes one page."""
    older = max(0, len(checks) // MOST - 1)
    first = len(checks) - older * MOST
    paths = [*(f"{page.path}{number}/" for number in range(1, older + 1)), page.path]
    described = f"{kind}: {page.title}" if kind else page.title
    for at in range(older, -1, -1):
        is_first = at == older
        start = 0 if is_first else first + (older - 1 - at) * MOST
        context = {
            **NO_WAYS,
            "elsewhere": (),
            **((more or {}) if is_first else {}),
            "kind": kind,
            "checks": checks[start : first if is_first else start + MOST],
            "number": 0 if is_first else at + 1,
            "newer": "" if is_first else paths[at + 1],
            "older": paths[at - 1] if at else "",
        }
        twins = page.twins if is_first else {}
        yield replace(page, path=paths[at], description=described, twins=twins, context=context)


@lru_cache(maxsize=4096)
def topic_slug(topic: str) -> str:
    """A topic as a part of an address; empty for one without a letter to make it of."""
    return slug(topic)


def _by(checks: Iterable[SiteEntry], keys: Callable[[SiteEntry], Iterable[str]]) -> dict[str, list[SiteEntry]]:
    found: dict[str, list[SiteEntry]] = defaultdict(list)
    for check in checks:
        for key in keys(check):
            found[key].append(check)
    return found


def _rated(checks: Iterable[SiteEntry]) -> dict[str, list[SiteEntry]]:
    return _by(checks, lambda each: [] if each.withdrawn else [each.rating.key])


def _ratings(site: SiteData, language: str) -> list[tuple[str, str]]:
    """The steps of the scale with their names, and what is said instead of one."""
    steps = [(step.key, words.said_in(step.names, language)) for step in site.desk.scale.steps]
    return [*steps, (NOT_CHECKABLE, sayer(language)("Not checkable"))]


def _ways(site: SiteData, checks: Sequence[SiteEntry], language: str) -> Ways:
    rated = _rated(checks)
    return {
        "topics": [
            (f"/{language}/topics/{own}/", name, len(found)) for own, (name, found) in topics_of(checks).items()
        ],
        "ratings": [
            (f"/{language}/ratings/{key}/", name, len(rated[key]))
            for key, name in _ratings(site, language)
            if rated[key]
        ],
        "months": [
            (f"/{language}/months/{own}/", words.month(own, language), len(found))
            for own, found in months_of(checks).items()
        ],
    }
