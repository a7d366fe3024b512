"""Which pages there are, and what each is made of. Plain data in, plain data out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factdesk.domain.scales import NOT_CHECKABLE
from factdesk.publish import words
from factdesk.publish.balance_page import balance_page
from factdesk.publish.check_page import check_page
from factdesk.publish.heads import heads_context
from factdesk.publish.lists import checks_in, everywhere, lists
from factdesk.publish.markdown import plain_html
from factdesk.publish.render import Page
from factdesk.queries.balance import Report
from factdesk.queries.site_model import SiteData
from factdesk.wording import sayer

OWN = ("about", "funding", "methods", "contact", "tip")

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


def pages(site: SiteData, balance: Report | None = None) -> Iterator[Page]:
    """Every page of the site but those of published checks and of sources."""
    yield Page(
        "/index.html", "chooser.html", "en", site.desk.name, twins={each: f"/{each}/" for each in site.desk.languages}
    )
    yield Page("/404.html", "missing.html", "en", sayer("en")("There is no such page"))
    for language in site.desk.languages:
        yield from lists(site, language)
        yield from _standing(site, language)
        if balance is not None:
            yield balance_page(site, balance, language)
    for draft in site.drafts:
        yield check_page(site, draft)


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
    policy = site.desk.own.get(("corrections", language), "")
    context = {
        "corrected": corrected,
        "withdrawn": withdrawn,
        "severities": severities,
        "own": plain_html(policy) if policy else "",
    }
    yield _named(site, "corrections", language, context)
    yield _named(site, "scale", language, _scale(site, language))
    yield _named(site, "people", language, {"whys": {key: say(words.WHYS[key]) for key in words.WHYS}})
    yield _named(site, "log", language, heads_context(site.desk.heads))


def _kind(name: str) -> str:
    return name if name in ("methods",) else "own"


def _named(site: SiteData, name: str, language: str, context: Mapping[str, Any], template: str = "") -> Page:
    title = sayer(language)(TITLES[name])
    twins = everywhere(site, f"/{name}/")
    return Page(f"/{language}/{name}/", template or f"{name}.html", language, title, title, twins, context)


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
