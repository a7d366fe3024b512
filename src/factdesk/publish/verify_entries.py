"""Entries of lists against what was signed: each leads to a check of the site, and says nothing else than that does.

An entry is an element that is marked `data-entry` with its check's id; what it says stands in marked parts of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from factdesk.domain.statements import StatedRating
from factdesk.domain.verification import Step
from factdesk.publish import words
from factdesk.publish.model import SiteCheck, SiteCorrection
from factdesk.publish.nesting import names
from factdesk.publish.page_parts import ENTRY
from factdesk.publish.places import moment
from factdesk.publish.read_page import Element
from factdesk.publish.verify_page import apart, cut
from factdesk.queries.verify_held import step
from factdesk.wording import Say, sayer

ROOT = "https://site.invalid"
"""Stands for the site when links are followed."""

_NOWHERE = "An entry is marked as {id}, which is no check of the site."
_UNKNOWN = "An entry about {id} was not checked: what was signed of that check cannot be read here."
_LEADS = "The entry of “{title}” leads to {shown}, and its page is {said}."
_SAYS = "The entry of “{title}” gives its {field} as “{shown}”, not “{said}”."
_LACKS = "The entry of “{title}” does not say its {field}."
_MORE = "The entry of “{title}” says more than what was signed: “{shown}”."
_NO_SUCH = "The entry of “{title}” tells of “{shown}”, and it has no such correction."

TITLE = names("title")
LISTED = names("title rating")
CORRECTION = names("title since severity what")
WITHDRAWAL = names("title since withdrawn")


@dataclass(frozen=True, slots=True)
class Said:
    """What others may say of a check, and feeds and lists do."""

    id: str
    path: str
    language: str
    title: str
    summary: str
    rating: StatedRating
    topics: tuple[str, ...]
    published: datetime
    changed: datetime
    withdrawn: bool
    why: str
    corrections: tuple[SiteCorrection, ...]


Known = Mapping[str, Said | None]
"""The site's checks by id; None for one of which it is not known what was signed."""


def said_of(check: SiteCheck) -> Said:
    """What of a check others may say."""
    said = check.statement
    return Said(
        check.id,
        check.path,
        check.language,
        said.title,
        said.summary,
        said.rating,
        said.topics,
        check.published,
        check.changed,
        check.withdrawn,
        said.why,
        check.corrections,
    )


def entries(root: Element) -> list[Element]:
    """The entries of a page."""
    return [each for each in root if ENTRY in each.attributes]


def told(entry: Element) -> dict[str, list[Element]]:
    """The marked parts of an entry, by mark."""
    found: dict[str, list[Element]] = {}
    for each in entry:
        if "data-fd" in each.attributes:
            found.setdefault(each.attributes["data-fd"], []).append(each)
    return found


def entry_steps(
    path: str, entry: Element, language: str, known: Known, must: frozenset[str] = LISTED
) -> Iterator[Step]:
    """What an entry on the page `path` in a language says otherwise than was signed. `must` are the marks that it has
    to have where it is none of a correction."""
    own = entry.attributes[ENTRY]
    if own not in known:
        yield step("page", path, "fail", _NOWHERE, id=cut(own))
        return
    said = known[own]
    if said is None:
        yield step("page", path, "not checked", _UNKNOWN, id=own)
        return
    shown = told(entry)
    yield from _links(path, entry, said)
    if "since" in shown or "what" in shown:
        must = WITHDRAWAL if "withdrawn" in shown else CORRECTION
        yield from _corrected(path, shown, said, sayer(language))
    elif must == LISTED and said.corrections:
        must |= names("corrected")
    for mark in sorted(must - shown.keys()):
        yield step("page", path, "fail", _LACKS, title=cut(said.title), field=mark)
    yield from _fields(path, shown, said, language)
    yield from _more(path, entry, said)


def _links(path: str, entry: Element, said: Said) -> Iterator[Step]:
    """An entry's title leads to its check, and nothing in it to another one."""
    for each in entry:
        if each.tag == "a" and "href" in each.attributes:
            target = target_of(path, each.attributes["href"])
            title = any("data-fd" in above.attributes for above in each.above() if above.tag)
            if target != said.path and (title or IS_CHECK.match(target)):
                yield step("page", path, "fail", _LEADS, title=cut(said.title), shown=cut(target), said=said.path)


IS_CHECK = re.compile(r"/[a-z]{2}/checks/(?!\d{1,5}/)[^/]+/")
"""Where pages of checks stand. Those of their list have a number there, shorter than any id."""


def target_of(path: str, href: str) -> str:
    """Where a link on a page leads: a path of the site, else its address."""
    try:
        whole = urljoin(ROOT + path, href.strip())
    except ValueError:
        return href
    return whole.removeprefix(ROOT) if whole.startswith(f"{ROOT}/") and "\\" not in href else whole


def _fields(path: str, shown: Mapping[str, list[Element]], said: Said, language: str) -> Iterator[Step]:
    """What of an entry is not as it was signed."""
    for mark, parts in shown.items():
        right = _RIGHT.get(mark)
        if right is None:
            continue
        given, wanted = [_written(each) for each in parts], right(said, sayer(language), language)
        if given != wanted:
            one, other = apart(" · ".join(given), " · ".join(wanted))
            yield step("page", path, "fail", _SAYS, title=cut(said.title), field=mark, shown=one, said=other)


def _written(part: Element) -> str:
    """A part's text, behind it the day that it gives programs."""
    days = [each.attributes["datetime"] for each in part if "datetime" in each.attributes]
    return " ".join([part.text, *(f"[{each}]" for each in days)])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _rating(said: Said, say: Say, _: str) -> list[str]:
    return [_plain(say("Withdrawn") if said.withdrawn else words.rating_name(said.rating, say))]


_RIGHT: Mapping[str, Callable[[Said, Say, str], list[str]]] = {
    "title": lambda said, _, __: [_plain(said.title)],
    "rating": _rating,
    "summary": lambda said, _, __: [_plain(said.summary)],
    "published": lambda said, _, language: [
        f"{words.day(said.published, language)} [{said.published.date().isoformat()}]"
    ],
    "corrected": lambda said, say, _: [say("Corrected")] if said.corrections else [],
    "topic": lambda said, _, __: [_plain(each) for each in said.topics],
    "withdrawn": lambda said, _, __: [_plain(said.why)] if said.withdrawn else [],
}
"""What must stand in the parts of a kind."""


def _corrected(path: str, shown: Mapping[str, list[Element]], said: Said, say: Say) -> Iterator[Step]:
    """Whether what is told of a correction is one of the check's, or its withdrawal."""
    given = correction_in(shown)
    right = [(moment(each.time), each.severity, each.what) for each in said.corrections]
    known = {(time, say(words.SEVERITIES[severity]), _plain(what)) for time, severity, what in right}
    known |= {(moment(said.changed), "", "")} if said.withdrawn and "withdrawn" in shown else set()
    days = {moment(each.time): each.time for each in said.corrections} | {moment(said.changed): said.changed}
    wrong_day = any(
        part.text not in [words.day(days[given[0]], each) for each in words.LANGUAGE_NAMES]
        for part in shown.get("since", ())
        if given[0] in days
    )
    if given not in known or wrong_day:
        yield step("page", path, "fail", _NO_SUCH, title=cut(said.title), shown=cut(" · ".join(filter(None, given))))


def correction_in(shown: Mapping[str, list[Element]]) -> tuple[str, str, str]:
    """When, how much and what, as an entry tells of a correction."""
    times = [each.attributes.get("datetime", "") for part in shown.get("since", ()) for each in part]
    severity, what = (" ".join(each.text for each in shown.get(mark, ())) for mark in ("severity", "what"))
    return next(filter(None, times), ""), severity, what


def _more(path: str, entry: Element, said: Said) -> Iterator[Step]:
    """Words and pictures that stand beside the marked parts."""
    waiting: list[Element | str] = [entry]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if any(letter.isalnum() for letter in each):
                yield step("page", path, "not checked", _MORE, title=cut(said.title), shown=cut(_plain(each)))
        elif "data-fd" not in each.attributes:
            if each.tag in ("img", "svg", "picture", "video", "audio"):
                yield step("page", path, "not checked", _MORE, title=cut(said.title), shown=f"<{each.tag}>")
            waiting.extend(reversed(each.content))
