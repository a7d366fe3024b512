"""Which pages there are, and what each is made of. Plain data in, plain data out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.publish import words
from factdesk.publish.check_page import check_page
from factdesk.publish.markdown import plain_html
from factdesk.publish.render import Page
from factdesk.publish.source_page import source_page
from factdesk.queries.site import slug
from factdesk.queries.site_evidence import SourceText
from factdesk.queries.site_model import SiteCheck, SiteData, SiteSource
from factdesk.wording import sayer

OWN = ("about", "funding", "methods", "contact", "tip")
NEWEST = 12
"""Checks on the first page."""

TITLES: Mapping[str, str] = {
    "about": "About us",
    "funding": "Who pays for this",
    "methods": "How we work",
    "contact": "Contact",
    "tip": "Send us a claim",
    "corrections": "Corrections",
    "scale": "Our rating scale",
    "people": "Who signs our checks",
    "log": "The log",
}

TextOf = Callable[[SiteSource], SourceText]


def pages(site: SiteData, text_of: TextOf) -> Iterator[Page]:
    """Every page of the site."""
    yield Page(
        "/index.html", "chooser.html", "en", site.desk.name, twins={each: f"/{each}/" for each in site.desk.languages}
    )
    yield Page("/404.html", "missing.html", "en", sayer("en")("There is no such page"))
    for language in site.desk.languages:
        yield from _front(site, language)
        yield from _lists(site, language)
        yield from _standing(site, language)
    for check in site.checks.values():
        yield check_page(site, check)
    for source in site.sources.values():
        text = text_of(source)
        for language in site.desk.languages:
            yield source_page(site, source, text, language)


def checks_in(site: SiteData, language: str) -> list[SiteCheck]:
    """The checks in a language that stand, those that changed last first."""
    return [each for each in site.checks.values() if each.language == language]


def _front(site: SiteData, language: str) -> Iterator[Page]:
    """The first page and the list of everything."""
    say, checks = sayer(language), checks_in(site, language)
    elsewhere = [each for each in site.checks.values() if each.language != language and not each.twin]
    shown = [each for each in checks if not each.withdrawn][:NEWEST]
    context = {"checks": shown, "more": len(checks) > len(shown), "elsewhere": elsewhere[:NEWEST]}
    title = say("Fact-checks that anyone can re-run")
    yield Page(
        f"/{language}/", "home.html", language, title, title, _everywhere(site, "/"), context | _ways(site, language)
    )
    title = say("All checks")
    context = {"checks": checks, "elsewhere": elsewhere} | _ways(site, language)
    yield Page(f"/{language}/checks/", "list.html", language, title, title, _everywhere(site, "/checks/"), context)


def _lists(site: SiteData, language: str) -> Iterator[Page]:
    """Lists by topic, by rating and by month."""
    say, checks = sayer(language), checks_in(site, language)
    for own, (name, found) in topics_of(checks).items():
        yield _list(f"/{language}/topics/{own}/", language, name, say("Checks on this topic"), found)
    for own, found in _by(checks, lambda each: [f"{each.published:%Y-%m}"]).items():
        name = words.month(own, language)
        yield _list(f"/{language}/months/{own}/", language, name, say("Checks of this month"), found)
    rated = _by(checks, lambda each: [] if each.withdrawn else [each.statement.rating.key])
    for key, name in _ratings(site, language):
        twins = _everywhere(site, f"/ratings/{key}/")
        yield _list(f"/{language}/ratings/{key}/", language, name, say("Checks with this rating"), rated[key], twins)


def _list(
    path: str, language: str, name: str, kind: str, checks: Sequence[SiteCheck], twins: Mapping[str, str] | None = None
) -> Page:
    context = {"checks": checks, "kind": kind, "elsewhere": (), "topics": (), "months": (), "ratings": ()}
    return Page(path, "list.html", language, name, f"{kind}: {name}", twins or {language: path}, context)


def _standing(site: SiteData, language: str) -> Iterator[Page]:
    """The pages that every site has: the desk's own and those that the record makes."""
    say = sayer(language)
    for name in OWN:
        text = site.desk.own.get((name, language), "")
        yield _named(
            site, name, language, {"own": plain_html(text) if text else "", "name": name}, f"{_kind(name)}.html"
        )
    corrected = [(check, each) for check in checks_in(site, language) for each in check.corrections]
    withdrawn = [each for each in checks_in(site, language) if each.withdrawn]
    corrected.sort(key=lambda pair: (pair[1].time, pair[0].id), reverse=True)
    severities = {key: say(words.SEVERITIES[key]) for key in words.SEVERITIES}
    context = {"corrected": corrected, "withdrawn": withdrawn, "severities": severities}
    yield _named(site, "corrections", language, context)
    yield _named(site, "scale", language, _scale(site, language))
    yield _named(site, "people", language, {"whys": {key: say(words.WHYS[key]) for key in words.WHYS}})
    yield _named(site, "log", language, {})


def _kind(name: str) -> str:
    return name if name in ("methods",) else "own"


def _named(site: SiteData, name: str, language: str, context: Mapping[str, Any], template: str = "") -> Page:
    title = sayer(language)(TITLES[name])
    twins = _everywhere(site, f"/{name}/")
    return Page(f"/{language}/{name}/", template or f"{name}.html", language, title, title, twins, context)


def _everywhere(site: SiteData, path: str) -> dict[str, str]:
    """A page that there is in every language."""
    return {each: f"/{each}{path}" for each in site.desk.languages}


def topics_of(checks: Iterable[SiteCheck]) -> dict[str, tuple[str, list[SiteCheck]]]:
    """The topics of checks by their part of an address, each with its name and its checks, in the order of names. One
    that has no letter to make an address of is left out."""
    names: dict[str, str] = {}
    found: dict[str, list[SiteCheck]] = defaultdict(list)
    for check in checks:
        for topic in check.statement.topics:
            own = slug(topic)
            if own and check not in found[own][-1:]:
                names.setdefault(own, topic)
                found[own].append(check)
    return {own: (names[own], found[own]) for own in sorted(found)}


def _by(checks: Iterable[SiteCheck], keys: Callable[[SiteCheck], Iterable[str]]) -> dict[str, list[SiteCheck]]:
    found: dict[str, list[SiteCheck]] = defaultdict(list)
    for check in checks:
        for key in keys(check):
            found[key].append(check)
    return found


def _ratings(site: SiteData, language: str) -> list[tuple[str, str]]:
    """The steps of the scale with their names, and what is said instead of one."""
    steps = [(step.key, words.said_in(step.names, language)) for step in site.desk.scale.steps]
    return [*steps, (NOT_CHECKABLE, sayer(language)("Not checkable"))]


def _scale(site: SiteData, language: str) -> dict[str, Any]:
    steps = site.desk.scale.steps
    shown = [
        (
            step,
            words.said_in(step.names, language),
            words.said_in(step.definitions, language),
            words.scale_tone(step.value, len(steps)),
        )
        for step in reversed(steps)
    ]
    return {"steps": shown, "unrated": NOT_CHECKABLE}


def _ways(site: SiteData, language: str) -> dict[str, Any]:
    """The ways into the checks: topics, ratings and months, each with its address, name and how many there are."""
    checks = checks_in(site, language)
    months = _by(checks, lambda each: [f"{each.published:%Y-%m}"])
    rated = _by(checks, lambda each: [] if each.withdrawn else [each.statement.rating.key])
    topics = topics_of(checks).items()
    return {
        "kind": "",
        "topics": [(f"/{language}/topics/{own}/", name, len(found)) for own, (name, found) in topics],
        "ratings": [(f"/{language}/ratings/{key}/", name, len(rated[key]))
            for key, name in _ratings(site, language)
            if rated[key]
        ],
        "months": [
            (f"/{language}/months/{own}/", words.month(own, language), len(months[own]))
            for own in sorted(months, reverse=True)
        ],
    }
