"""The page of the balance: what the desk checked, as a picture and as figures, so that its readers can see a lean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.publish.lists import everywhere
from factdesk.publish.render import Page
from factdesk.queries.balance import Report
from factdesk.queries.balance_plot import MOST, TITLES, Naming, about, balance_svg, explained, percent, span
from factdesk.queries.site_model import SiteData
from factdesk.wording import sayer


@dataclass(frozen=True, slots=True)
class Figures:
    """One line of a table."""

    name: str
    count: int
    share: str
    interval: str


def balance_page(site: SiteData, report: Report, language: str) -> Page:
    """The page in a language."""
    say, naming = sayer(language), _naming(report, language)
    tables = [
        (
            say(TITLES[part.by]),
            [Figures(naming(part.by, each.name), each.count, percent(each.share), span(each)) for each in part.cells][
                :MOST
            ],
        )
        for part in report.balance.parts
        if part.cells
    ]
    title = say("Our balance")
    context = {
        "about": about(report.balance, say),
        "explained": list(explained(report.balance, say)),
        "tables": tables,
        "picture": picture_path(language),
    }
    return Page(f"/{language}/balance/", "balance.html", language, title, title, everywhere(site, "/balance/"), context)


def pictures(site: SiteData, report: Report) -> Iterator[tuple[str, bytes]]:
    """The picture in each language, with its path below the site."""
    for language in site.desk.languages:
        svg = balance_svg(report.balance, site.desk.name, _naming(report, language))
        yield picture_path(language)[1:], svg.encode()


def picture_path(language: str) -> str:
    """Where the picture stands."""
    return f"/{language}/balance.svg"


def _naming(report: Report, language: str) -> Naming:
    return Naming(sayer(language), language, report.scale, report.others)
