"""Looking at cited sources again: what changed, and which quotations no longer stand in the live source."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from factdesk.actions.citing import reopen_citing
from factdesk.actions.fetching import Source, Wishes, fetch_source
from factdesk.actions.frozen import Frozen, described, encoded, freeze, staged, write_frozen
from factdesk.capture.extract.run import extract
from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation
from factdesk.domain.documents import Document, Extracted
from factdesk.domain.looks import Look, LookOutcome, Standing
from factdesk.errors import FactdeskError, InputError, NetworkError, ResourceError
from factdesk.queries.captures import layout_blocks, text_of
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.captures import StoredCapture, capture_rows_of_text, get_captures
from factdesk.store.citations import (
    StoredCitation,
    capture_number,
    citations_of,
    cited_numbers,
    latest_looks,
    put_look,
)
from factdesk.store.text import indexable
from factdesk.text.quotation_cuts import cuts
from factdesk.text.quotations import Found, QuotedText

MOST_LINES = 4_000
"""Lines of a text that are compared; beyond that only the quotations are."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at one cited source found. `added` and `removed` are lines of its text; `after` is the id of the
    capture of a changed one, made now or by an earlier look; `error` is why it could not be fetched."""

    capture: StoredCapture
    outcome: LookOutcome
    standing: tuple[tuple[StoredCitation, Standing], ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    after: str = ""
    error: FactdeskError | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """What a round found: each cited source that was looked at, and how many were not, since they were supplied;
    and the published checks that were reopened, since a quotation of theirs is gone."""

    seen: tuple[Watched, ...]
    supplied: int
    reopened: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cited:
    """A cited capture and its citations."""

    stored: StoredCapture
    citations: tuple[StoredCitation, ...]


@dataclass(slots=True)
class _Now:
    """A source as it is now, or why it cannot be had; and the capture that was made of it in this round."""

    source: Source | None = None
    extracted: Extracted | None = None
    error: FactdeskError | None = None
    after: str = ""


def watch(
    desk: Desk,
    *,
    since: str = "",
    dry_run: bool = False,
    allow_private: bool = False,
    progress: Progress = no_progress,
    actor: str = "desk",
) -> Watching:
    """Fetch every cited source again and say what became of it; a changed one is captured anew.

    `since` is a day: only sources that were cited on it or later. With `dry_run` everything is looked at and nothing
    is written. A source that cannot be fetched stops no other, and one address is fetched once.
    """
    chosen, supplied = _cited(desk, since)
    sources: dict[str, list[_Cited]] = {}
    for each in chosen:
        sources.setdefault(each.stored.capture.url, []).append(each)
    known = _known_gone(desk, chosen)
    seen: list[Watched] = []
    reopened: list[str] = []
    for url, of_one in sources.items():
        progress(len(seen), len(chosen))
        now = _fetched(desk, url, allow_private or any(each.stored.capture.private for each in of_one))
        for each in of_one:
            found = _compared(desk, each, now)
            if not dry_run:
                # Before the look is kept: from then on that it is gone is no news, also to a run that goes on where
                # this one was killed.
                reopened += reopen_citing(desk, _news(found, known), actor=actor)
                found = _looked(desk, found, now, actor=actor)
            seen.append(found)
    progress(len(seen), len(chosen))
    return Watching(tuple(seen), supplied, tuple(reopened))


def _news(found: Watched, known: Collection[str]) -> dict[str, StoredCitation]:
    """The citations whose quotation is gone, and was not when they were last looked at."""
    return {each.id: each for each, what in found.standing if what == "gone" and each.id not in known}


def _known_gone(desk: Desk, chosen: Sequence[_Cited]) -> set[str]:
    """The citations that an earlier look found gone: a check that a person kept all the same is left alone."""
    with desk.record.read() as session:
        looks = latest_looks(session, [each.stored.number for each in chosen])
    return {own for stored in looks.values() for own, what in stored.look.citations.items() if what == "gone"}


def _cited(desk: Desk, since: str) -> tuple[list[_Cited], int]:
    """The cited captures of the web, and how many of the others there are."""
    with desk.record.read() as session:
        numbers = cited_numbers(session)
        captures = get_captures(session, numbers)
        citations = citations_of(session, numbers)
    chosen = [
        _Cited(captures[number], citations[number])
        for number in numbers
        if number in captures
        and any(each.citation.time.date().isoformat() >= since for each in citations.get(number, ()))
    ]
    web = [each for each in chosen if each.stored.capture.origin == "web"]
    return web, len(chosen) - len(web)


def _fetched(desk: Desk, url: str, allow_private: bool) -> _Now:
    try:
        source = fetch_source(desk, url, Wishes(allow_private=allow_private))
        extracted = extract(source.body, source.hint, content_encoding=source.capture.content_encoding)
    except (NetworkError, InputError, ResourceError) as error:
        # A program that is missing to read one source is no reason to look at no other.
        return _Now(error=error)
    return _Now(source, extracted)


def _looked(desk: Desk, seen: Watched, now: _Now, *, actor: str) -> Watched:
    """Keep what a look found, with a new capture of what changed."""
    if seen.outcome not in ("changed", "gone") or now.source is None or now.extracted is None:
        return _written(desk, seen, None, "", actor)
    made = described(now.source.capture, now.extracted)
    known = now.after or _known(desk, made)
    frozen = None if known else freeze(made, now.extracted, (now.source.body, now.source.exchange))
    done = _written(desk, seen, frozen, known, actor)
    now.after = done.after
    return done


def _known(desk: Desk, made: Capture) -> str:
    """The capture that an earlier look made, when the source still reads the same: no need for another."""
    with desk.record.read() as session:
        rows = capture_rows_of_text(session, made.text_digest)
    same = [row.id for row in rows if row.origin == "web" and row.url == indexable(made.final_url)]
    return same[-1] if same else ""


def _compared(desk: Desk, cited: _Cited, now: _Now) -> Watched:
    stored, citations = cited.stored, cited.citations
    if now.source is None or now.extracted is None:
        return Watched(stored, "unreachable", error=now.error)
    document = now.extracted.document
    before = _document(desk, stored)
    if now.source.capture.digest == stored.capture.digest or document.text == before.text:
        return Watched(stored, "same", tuple((each, "stands") for each in citations))
    quoted = QuotedText(document.text, document.blocks)
    standing: list[tuple[StoredCitation, Standing]] = [
        (each, "stands" if _stands(each.citation, before.text, quoted) else "gone") for each in citations
    ]
    old, new = _lines(before), _lines(document)
    added, removed = _differences(old, new)
    outcome: LookOutcome = "same" if old == new else "changed"
    if any(what == "gone" for _, what in standing):
        outcome = "gone"
    return Watched(stored, outcome, tuple(standing), added, removed)


def _stands(citation: Citation, before: str, now: QuotedText) -> bool:
    """Whether a quotation stands in a text, cutting no word or number there that it did not cut where it is from:
    “5” is gone from what now says “50”, and “legal” from what now says “illegal”."""
    found = now.find(citation.quotation, nth=1)
    if not isinstance(found, Found):
        return False
    cut = {
        (each.piece, each.side)
        for number, piece in enumerate(citation.pieces)
        for each in cuts(before, number, piece.start, piece.end)
    }
    return all((each.piece, each.side) in cut for each in found.cut)


def _document(desk: Desk, stored: StoredCapture) -> Document:
    with desk.record.read() as session:
        text = text_of(session, desk.config, stored)
        return Document(text, layout_blocks(session, desk.config, stored))


def _lines(document: Document) -> list[str]:
    """The lines of a document's main content: what stands around it (menus, the latest news) changes every day."""
    main = [document.text[block.start : block.end] for block in document.blocks if block.main]
    return [line for text in main or [document.text] for line in text.split("\n") if line.strip()]


def _differences(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines that were added, and lines that were removed, among the first of them."""
    plain = difflib.unified_diff(old[:MOST_LINES], new[:MOST_LINES], lineterm="", n=0)
    marked = [line for line in plain if not line.startswith("@@")][2:]
    added = tuple(line[1:] for line in marked if line.startswith("+"))
    return added, tuple(line[1:] for line in marked if line.startswith("-"))


def _written(desk: Desk, seen: Watched, frozen: Frozen | None, known: str, actor: str) -> Watched:
    """Keep the look, and the new capture where there is one, all or nothing."""
    vectors, blobs = (encoded(desk, [frozen]), staged(desk, [frozen])) if frozen else ({}, [])
    with desk.record.write() as writer:
        after = write_frozen(writer, desk, [frozen], vectors, blobs, actor=actor)[0] if frozen else known
        look = Look(
            capture=seen.capture.id,
            time=desk.record.clock.now(),
            outcome=seen.outcome,
            after=after,
            citations={each.id: what for each, what in seen.standing},
            why=str(seen.error) if seen.error else "",
        )
        number = capture_number(writer.session, after) if after else None
        put_look(writer, seen.capture.number, look, number, actor=actor)
    return replace(seen, after=after)
