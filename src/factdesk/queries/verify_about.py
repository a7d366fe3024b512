"""Whether a document says of itself what its capture says it does: title, author, day, language, site, kind."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.captures import Capture
from factdesk.domain.documents import Extracted
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step
from factdesk.errors import FactdeskError

LAST_DAY = "9999-12-31"
"""What to ask extractors for: every day of publication, since what was yet to come depends on when it was captured."""

_QUICK = "No extractor was run (--quick)."
_SUPPLIED = "Title, author and day are the word of {who}, who supplied it."
_NOT_READ = "The document was not read again."
_VERSIONS = "Recorded by {extractor} {version}; {here}, which is here, finds “{found}”, not “{said}”."
_FIELDS = {
    "title": "Its title is recorded as “{said}”, and the document's is “{found}”.",
    "author": "Its author is recorded as “{said}”, and the document's is “{found}”.",
    "published": "Its day of publication is recorded as “{said}”, and the document's is “{found}”.",
    "language": "Its language is recorded as “{said}”, and the document's is “{found}”.",
    "site": "Its site is recorded as “{said}”, and the document's is “{found}”.",
    "media_type": "Its kind is recorded as “{said}”, and the document's is “{found}”.",
}
_SHOWN = 100


def about_steps(
    subject: str, capture: Capture, answer: Extracted | FactdeskError | None, *, quick: bool
) -> Iterator[Step]:
    """What became of a capture's metadata, given what its extractor answered now: a step for every field that is
    another one, or one for all."""
    for outcome, reason in _found(capture, answer, quick=quick):
        yield Step("about", subject, outcome, reason)


def _found(
    capture: Capture, answer: Extracted | FactdeskError | None, *, quick: bool
) -> Iterator[tuple[Outcome, Reason | None]]:
    if capture.origin == "text":
        yield "not checked", Reason("about", _SUPPLIED, {"who": capture.supplied_by or "–"})
    elif not isinstance(answer, Extracted):
        yield "not checked", Reason("about", _QUICK if quick else _NOT_READ, {})
    else:
        differing = list(_differing(capture, answer))
        if not differing:
            yield "pass", None
        for field, said, found in differing:
            yield _difference(capture, answer, field, {"said": said[:_SHOWN] or "–", "found": found[:_SHOWN] or "–"})


def _difference(capture: Capture, answer: Extracted, field: str, values: dict[str, str]) -> tuple[Outcome, Reason]:
    recorded, here = capture.extractor, answer.extractor
    if here == recorded:
        return "fail", Reason("about", _FIELDS[field], values)
    by = {"extractor": recorded.name or "–", "version": recorded.version or "–"}
    values |= {**by, "here": f"{here.name} {here.version}".strip()}
    return "not checked", Reason("about", _VERSIONS, values)


def _differing(capture: Capture, answer: Extracted) -> Iterator[tuple[str, str, str]]:
    """Fields that are not as recorded, with what was recorded and what is found."""
    for field in ("title", "author", "published", "language", "site"):
        said, found = getattr(capture.about, field), getattr(answer.about, field)
        if said != found and not (field == "published" and not said and _was_to_come(capture, found)):
            yield field, said, found
    if capture.media_type != answer.media_type:
        yield "media_type", capture.media_type, answer.media_type


def _was_to_come(capture: Capture, day: str) -> bool:
    """Whether a day was yet to come when the capture was made, give or take a time zone: such a one is left out."""
    return day > capture.time.date().isoformat()
