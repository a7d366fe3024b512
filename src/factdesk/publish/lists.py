"""Lists of checks: the first page, all of them, and those of a topic, a rating, a month; long ones on several pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.publish import words
from factdesk.publish.render import Page
from factdesk.queries.site import slug
from factdesk.queries.site_model import SiteCheck, SiteData
from factdesk.wording import sayer

NEWEST = 12
"""Checks on the first page."""
MOST = 60
"""Checks on one page of a list."""

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


def checks_in(site: SiteData, language: str) -> list[SiteCheck]:
    """The checks whose pages are in a language, those that changed last first."""
    return [each for each in site.checks.values() if each.language == language]


def everywhere(site: SiteData, path: str) -> dict[str, str]:
    """A page that there is in every language."""
    return {each: f"/{each}{path}" for each in site.desk.languages}


def topics_of(checks: Iterable[SiteCheck]) -> dict[str, tuple[str, list[SiteCheck]]]:
    """The topics of checks by their part of an address, each with its name and its checks, in the order of addresses.
    One that has no letter to make an address of is left out."""
    names: dict[str, str] = {}
    found: dict[str, list[SiteCheck]] = defaultdict(list)
    for check in checks:
        for topic in check.statement.topics:
            own = slug(topic)
            if own and check not in found[own][-1:]:
                names.setdefault(own, topic)
                found[own].append(check)
    return {own: (names[own], found[own]) for own in sorted(found) if own}


def months_of(checks: Iterable[SiteCheck]) -> dict[str, list[SiteCheck]]:
    """The checks by the month in which they were first published, the newest month first."""
    found = _by(checks, lambda each: [f"{each.published:%Y-%m}"])
    return {own: found[own] for own in sorted(found, reverse=True)}


def _home(
    site: SiteData, language: str, checks: Sequence[SiteCheck], elsewhere: Sequence[SiteCheck], ways: Ways
) -> Page:
    shown = [each for each in checks if not each.withdrawn][:NEWEST]
    title = sayer(language)("Fact-checks that anyone can re-run")
    context = {**ways, "checks": shown, "more": len(checks) > len(shown), "elsewhere": elsewhere[:NEWEST]}
    return Page(f"/{language}/", "home.html", language, title, title, everywhere(site, "/"), context)


def _paged(page: Page, checks: Sequence[SiteCheck], kind: str, more: Mapping[str, Any] | None = None) -> Iterator[Page]:
    """A list, on as many pages as it needs. Ways and what is elsewhere stand on the first."""
    count = max(1, -(-len(checks) // MOST))
    paths = [page.path, *(f"{page.path}{number}/" for number in range(2, count + 1))]
    described = f"{kind}: {page.title}" if kind else page.title
    for at, path in enumerate(paths):
        context = {
            **NO_WAYS,
            "elsewhere": (),
            **((more or {}) if at == 0 else {}),
            "kind": kind,
            "checks": checks[at * MOST : (at + 1) * MOST],
            "number": at + 1,
            "count": count,
            "newer": paths[at - 1] if at else "",
            "older": paths[at + 1] if at + 1 < count else "",
        }
        twins = page.twins if at == 0 else {}
        yield replace(page, path=path, description=described, twins=twins, context=context)


def _by(checks: Iterable[SiteCheck], keys: Callable[[SiteCheck], Iterable[str]]) -> dict[str, list[SiteCheck]]:
    found: dict[str, list[SiteCheck]] = defaultdict(list)
    for check in checks:
        for key in keys(check):
            found[key].append(check)
    return found


def _rated(checks: Iterable[SiteCheck]) -> dict[str, list[SiteCheck]]:
    return _by(checks, lambda each: [] if each.withdrawn else [each.statement.rating.key])


def _ratings(site: SiteData, language: str) -> list[tuple[str, str]]:
    """The steps of the scale with their names, and what is said instead of one."""
    steps = [(step.key, words.said_in(step.names, language)) for step in site.desk.scale.steps]
    return [*steps, (NOT_CHECKABLE, sayer(language)("Not checkable"))]


def _ways(site: SiteData, checks: Sequence[SiteCheck], language: str) -> Ways:
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
