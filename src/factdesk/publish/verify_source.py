"""A source's page against the bundles of the checks that rely on it: its text, what is marked, where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factdesk.domain.verification import Step
from factdesk.publish.gathered import Gathered
from factdesk.publish.model import SiteSource
from factdesk.publish.page_parts import ENTRY, SOURCE_MUST, article, parts
from factdesk.publish.read_page import Element, read_page
from factdesk.publish.remade import Maker, our_source
from factdesk.publish.verify_entries import TITLE, entries, entry_steps
from factdesk.publish.verify_page import around_steps, hidden_steps, part_steps, told_steps
from factdesk.queries.site_evidence import SourceText
from factdesk.queries.verify_held import step

MOST_COMPARED = 20_000_000
"""Paragraphs by quotations of a source that is made again: what is above is meant to take long."""

_NO_SOURCE = "It shows no source, or more than one."
_OTHER_SOURCE = "It is marked as the source {shown}, and stands where {said} should."
_NO_TEXT = "Its text was not compared: no bundle of the site holds it."
_LARGE = "Its text was not compared: it is too large."
_RELIES = "It does not name a check that relies on it: {page}."
_STRAY = "It names a check that does not rely on it: {page}."
_HALF = (
    "Not every bundle of the checks that it names could be read, so that it cannot be told whether this is right: {why}"
)
_SAME = "It is the frozen text, with what is quoted of it, as the bundles hold it."


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a source: its path, and the language that it is in."""

    path: str
    language: str
    source: SiteSource


def source_steps(shown: Element, place: Place, gathered: Gathered, maker: Maker) -> Iterator[Step]:
    """The steps of a source's page: each difference; or one that passes."""
    found = [*_guards(shown, place), *_users(shown, place, gathered)]
    for each in entries(shown):
        found.extend(entry_steps(place.path, each, place.language, gathered.known, TITLE))
    text = gathered.text_of(place.source)
    if text is None:
        found.append(step("page", place.path, "not checked", _NO_TEXT))
    elif len(text.blocks) * max(1, len(place.source.marks)) > MOST_COMPARED:
        found.append(step("page", place.path, "not checked", _LARGE))
    else:
        found.extend(_text_steps(shown, place, text, maker))
    if _half(shown, gathered):
        found = [_unsure(each) for each in found]
    yield from found
    if not any(each.outcome == "fail" for each in found) and text is not None:
        yield step("page", place.path, "pass", _SAME)


def _text_steps(shown: Element, place: Place, text: SourceText, maker: Maker) -> Iterator[Step]:
    page, ours = our_source(maker, place.source, text, place.language)
    said = read_page(ours)
    yield from part_steps(place.path, (parts(shown), parts(said)), SOURCE_MUST, maker, source=True)
    yield from told_steps(place.path, shown, said, page.title)
    if maker.same:
        yield from around_steps(place.path, shown, said)


def _guards(shown: Element, place: Place) -> Iterator[Step]:
    yield from hidden_steps(place.path, shown)
    found = article(shown, "data-source")
    if found is None:
        yield step("page", place.path, "fail", _NO_SOURCE)
    elif found.attributes["data-source"] != place.source.id:
        given = found.attributes["data-source"][:80]
        yield step("page", place.path, "fail", _OTHER_SOURCE, shown=given, said=place.source.id)


def _users(shown: Element, place: Place, gathered: Gathered) -> Iterator[Step]:
    """Whether it names the checks that rely on it, and no other."""
    named = {each.attributes[ENTRY] for each in entries(shown)}
    for own in sorted(set(place.source.checks) - named):
        said = gathered.known.get(own)
        yield step("page", place.path, "fail", _RELIES, page=said.path if said is not None else own)
    for own in sorted(named - set(place.source.checks)):
        said = gathered.known.get(own)
        if said is not None:
            yield step("page", place.path, "fail", _STRAY, page=said.path)


def _half(shown: Element, gathered: Gathered) -> bool:
    """Whether it names a check of the site of which it is not known what was signed."""
    return any(gathered.known.get(each.attributes[ENTRY], "") is None for each in entries(shown))


def _unsure(found: Step) -> Step:
    if found.outcome != "fail" or found.reason is None:
        return found
    return step("page", found.subject, "not checked", _HALF, why=str(found.reason))
