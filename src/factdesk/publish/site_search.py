"""The search index of a site that is built: whole, or with only those files made that changed checks touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from factdesk.publish import words
from factdesk.publish.search_index import ROOM, Doc, patched, search_files
from factdesk.publish.search_terms import doc_terms
from factdesk.queries.site_model import SiteCheck, SiteEntry
from factdesk.wording import sayer

MANY = 10
"""Changed checks from which on the whole index is made anew: a new check takes up to a tenth of that time."""


def terms_of(check: SiteCheck, body: str) -> str:
    """The words that a check is found by; `body` is its text as HTML."""
    return doc_terms(
        check.language,
        check.title,
        body,
        claims=[claim.text for claim in check.claims],
        claimants=[claim.claimant for claim in check.claims if claim.claimant],
        topics=check.topics,
        summary=check.summary,
    )


def doc_of(number: int, check: SiteEntry, terms: str) -> Doc:
    """A check as the search knows it; its number is its place among all checks."""
    say = sayer(check.language)
    rating = say("Withdrawn") if check.withdrawn else words.rating_name(check.rating, say)
    tone = "none" if check.withdrawn else words.tone(check.rating)
    return Doc(number, check.language, check.path, check.title, check.published.date().isoformat(), rating, tone, terms)


def whole_index(docs: Iterable[Doc], languages: Iterable[str]) -> dict[str, bytes]:
    """Every file of the index."""
    return dict(search_files(docs, languages))


def changed_index(site: Path, old: Mapping[int, Doc], new: Mapping[int, Doc]) -> dict[str, bytes | None]:
    """The files of the index that differ from those that stand in the site, once each check in `old` is what `new` has
    of its number; None for one that goes."""
    made: dict[str, bytes | None] = {}

    def read(path: str) -> bytes | None:
        if path in made:
            return made[path]
        file = site / path
        return file.read_bytes() if file.is_file() else None

    for number in sorted(old.keys() | new.keys()):
        made |= patched(read, old.get(number), new.get(number))
    return made


def is_search(path: str) -> bool:
    """Whether a file of the site is one of its search index."""
    return path.startswith(f"{ROOM}/")
