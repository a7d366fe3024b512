"""The page of a check: the answer first, then what it rests on, and everything with which to check it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factdesk.domain.keys import shown_fingerprint
from factdesk.drafts.differences import Change
from factdesk.lint.prose import MARK
from factdesk.publish import words
from factdesk.publish.lists import topic_slug
from factdesk.publish.machine import json_ld
from factdesk.publish.markdown import Note, body_html
from factdesk.publish.render import Page, relative
from factdesk.queries.site_model import SiteCheck, SiteData, SiteQuotation, SiteSource
from factdesk.wording import Say, sayer

LONGEST = 160
"""Letters of a description in the head of a page."""


def check_page(site: SiteData, check: SiteCheck) -> Page:
    """The page of a check."""
    say, said = sayer(check.language), check.statement
    twin = site.checks.get(check.twin)
    twins = {check.language: check.path} | ({twin.language: twin.path} if twin is not None else {})
    context: Mapping[str, Any] = {
        "check": check,
        "said": said,
        "digest": check.revisions[-1].digest if check.revisions else said.digest,
        "twin": twin,
        "toned": words.tone(said.rating),
        "topics": _topics(check),
        "rating": words.rating_name(said.rating, say),
        "steps": _steps(site, check),
        "body": body_html(said.source, notes_of(site, check, check.path)),
        "quotations": [
            (each, site.sources.get(each.source), say(words.STANCES[each.stance])) for each in check.quotations
        ],
        "sources": site.sources,
        "said_on": {each.id: words.date_said(each.date, check.language) for each in check.claims},
        "unchecked": list(unchecked(site, check, say)),
        "severities": {key: say(words.SEVERITIES[key]) for key in words.SEVERITIES},
        "revisions": [
            (each, say(words.ACTS[each.act]), list(_changes(each.changes, say))) for each in reversed(check.revisions)
        ],
        "fingerprint": shown_fingerprint(check.signer.fingerprint),
        "size": words.size(check.bundle.size) if check.bundle is not None else "",
        "json_ld": "" if check.draft else json_ld(site, check),
    }
    title = said.title or say("A draft without a title")
    return Page(check.path, "check.html", check.language, title, _cut(said.summary or title), twins, context)


def notes_of(site: SiteData, check: SiteCheck, start: str) -> dict[str, Note]:
    """What the marks in a check's text become on the page at `start`."""
    say = sayer(check.language)
    return {each.mark: _note(site, check, each, start, say) for each in check.quotations}


def source_path(source: SiteSource, language: str) -> str:
    """The address of a source's page."""
    return f"/{language}{source.path}"


def source_title(source: SiteSource, say: Say) -> str:
    """What a source is called."""
    return source.title or source.site or say("A source without a title")


def unchecked(site: SiteData, check: SiteCheck, say: Say) -> Iterator[str]:
    """What the desk did not check, or cannot show, of a check."""
    places = [place for claim in check.claims for place in claim.appearances]
    if not places:
        yield say("Where the claim was made was not captured.")
    for place in places:
        if not place.source:
            yield say("There is no frozen copy of where the claim was made: {url}", url=place.url or say("taken out"))
    for own in dict.fromkeys(each.source for each in check.quotations):
        source = site.sources.get(own)
        if source is None:
            yield say("A source was taken out since this was signed.")
            continue
        title = source_title(source, say)
        if source.supplied:
            yield say("“{title}” was supplied to the desk, which did not fetch it itself.", title=title)
        elif source.private:
            yield say("“{title}” is from a private network: its address is not shown.", title=title)


def _note(site: SiteData, check: SiteCheck, each: SiteQuotation, start: str, say: Say) -> Note:
    source = site.sources.get(each.source)
    if source is None:
        return Note(each.number, f"#e{each.number}", say("Evidence {number}", number=each.number))
    path = f"{source_path(source, check.language)}#{each.anchor}"
    label = say("Evidence {number}: {title}", number=each.number, title=source_title(source, say))
    return Note(each.number, relative(start, path), label)


def _steps(site: SiteData, check: SiteCheck) -> list[tuple[str, bool]]:
    """The scale that the check was rated on, with the step that it got; none where the desk has another one since."""
    rating, scale = check.statement.rating, site.desk.scale
    step = scale.step(rating.key)
    if step is None or (step.value, len(scale.steps)) != (rating.value, rating.best) or rating.worst != 1:
        return []
    return [(words.said_in(each.names, check.language), each.key == rating.key) for each in scale.steps]


def _topics(check: SiteCheck) -> list[tuple[str, str]]:
    """The topics with the addresses of their lists; empty where there is none."""
    found = ((topic, topic_slug(topic)) for topic in check.statement.topics)
    listed = not check.draft
    return [(topic, f"/{check.language}/topics/{own}/" if own and listed else "") for topic, own in found]


def _changes(changes: tuple[Change, ...], say: Say) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Changes as a reader can take them in: the field's name, empty for the text, and words in both, gone or new."""
    for change in changes:
        if change.field and change.field not in words.FIELDS:
            continue
        parts = [(part.kind, part.text) for part in change.parts]
        if not parts:
            parts = [("removed", change.old), ("added", change.new)]
        shown = [(kind, MARK.sub("", text)) for kind, text in parts]
        name = say(words.FIELDS[change.field]) if change.field else ""
        yield name, [(kind, text) for kind, text in shown if text.strip() or kind == "same"]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
