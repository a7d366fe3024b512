"""Looking at cited sources again: what changed, and which quotations no longer stand in the live source."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factdesk.actions.fetching import Source, Wishes, fetch_source
from factdesk.actions.frozen import Frozen, described, encoded, freeze, write_frozen
from factdesk.capture.extract.run import extract
from factdesk.domain.documents import Document, Extracted
from factdesk.domain.looks import Look, LookOutcome, Standing
from factdesk.errors import FactdeskError, InputError, NetworkError
from factdesk.queries.captures import layout_blocks, text_of
from factdesk.queries.desk import Desk, Progress, no_progress
from factdesk.store.blobs import staged_bytes
from factdesk.store.captures import StoredCapture, get_captures
from factdesk.store.citations import StoredCitation, capture_number, citations_of, cited_numbers, put_look
from factdesk.text.quotations import Found, QuotedText

MOST_LINES = 4_000
"""Lines of a text that are compared; beyond that only the quotations are."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look at one cited source found. `added` and `removed` are lines of its text; `after` is the id of the
    capture that was made of a changed one; `error` is why it could not be fetched."""

    capture: StoredCapture
    outcome: LookOutcome
    standing: tuple[tuple[StoredCitation, Standing], ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    after: str = ""
    error: FactdeskError | None = None


@dataclass(frozen=True, slots=True)
class Watching:
    """What a round found: each cited source that was looked at, and how many were not, since they were supplied."""

    seen: tuple[Watched, ...]
    supplied: int


@dataclass(frozen=True, slots=True)
class _Now:
    """A source as it is now, or why it cannot be had."""

    source: Source | None = None
    extracted: Extracted | None = None
    error: FactdeskError | None = None


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
    is written. A source that cannot be fetched stops no other.
    """
    chosen, supplied = _cited(desk, since)
    now: dict[str, _Now] = {}
    seen = []
    for done, (stored, citations) in enumerate(chosen):
        progress(done, len(chosen))
        url = stored.capture.url
        if url not in now:
            now[url] = _fetched(desk, url, allow_private or stored.capture.private)
        seen.append(_looked(desk, stored, citations, now[url], dry_run=dry_run, actor=actor))
    progress(len(chosen), len(chosen))
    return Watching(tuple(seen), supplied)


def _cited(desk: Desk, since: str) -> tuple[list[tuple[StoredCapture, tuple[StoredCitation, ...]]], int]:
    """The cited captures of the web with their citations, and how many of the others there are."""
    with desk.record.read() as session:
        numbers = cited_numbers(session)
        captures = get_captures(session, numbers)
        citations = citations_of(session, numbers)
    chosen = [
        (captures[number], citations.get(number, ()))
        for number in numbers
        if number in captures
        and any(each.citation.time.date().isoformat() >= since for each in citations.get(number, ()))
    ]
    web = [(stored, cited) for stored, cited in chosen if stored.capture.origin == "web"]
    return web, len(chosen) - len(web)


def _fetched(desk: Desk, url: str, allow_private: bool) -> _Now:
    try:
        source = fetch_source(desk, url, Wishes(allow_private=allow_private))
        body = staged_bytes(desk.config, source.body)
        extracted = extract(body, source.hint, content_encoding=source.capture.content_encoding)
    except (NetworkError, InputError) as error:
        return _Now(error=error)
    return _Now(source, extracted)


def _looked(
    desk: Desk,
    stored: StoredCapture,
    citations: Sequence[StoredCitation],
    now: _Now,
    *,
    dry_run: bool,
    actor: str,
) -> Watched:
    seen = _compared(desk, stored, citations, now)
    if dry_run:
        return seen
    frozen = None
    if seen.outcome in ("changed", "gone") and now.source is not None and now.extracted is not None:
        blobs = (now.source.body, now.source.exchange)
        frozen = freeze(desk, described(now.source.capture, now.extracted), now.extracted, blobs)
    return _written(desk, seen, frozen, actor)


def _compared(desk: Desk, stored: StoredCapture, citations: Sequence[StoredCitation], now: _Now) -> Watched:
    if now.source is None or now.extracted is None:
        return Watched(stored, "unreachable", error=now.error)
    document = now.extracted.document
    before = _document(desk, stored)
    if now.source.body.digest == stored.capture.digest or document.text == before.text:
        return Watched(stored, "same", tuple((each, "stands") for each in citations))
    quoted = QuotedText(document.text, document.blocks)
    standing: list[tuple[StoredCitation, Standing]] = [
        (each, "stands" if isinstance(quoted.find(each.citation.quotation), Found) else "gone") for each in citations
    ]
    added, removed = _differences(before, document)
    outcome: LookOutcome = "changed" if added or removed else "same"
    if any(what == "gone" for _, what in standing):
        outcome = "gone"
    return Watched(stored, outcome, tuple(standing), added, removed)


def _document(desk: Desk, stored: StoredCapture) -> Document:
    with desk.record.read() as session:
        text = text_of(session, desk.config, stored)
        return Document(text, layout_blocks(session, desk.config, stored))


def _lines(document: Document) -> list[str]:
    """The lines of a document's main content: what stands around it (menus, the latest news) changes every day."""
    main = [document.text[block.start : block.end] for block in document.blocks if block.main]
    return [line for text in main or [document.text] for line in text.split("\n") if line.strip()][:MOST_LINES]


def _differences(before: Document, after: Document) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines of the main content that were added, and lines that were removed."""
    old, new = _lines(before), _lines(after)
    marked = [line for line in difflib.unified_diff(old, new, lineterm="", n=0) if not line.startswith("@@")][2:]
    added = tuple(line[1:] for line in marked if line.startswith("+"))
    return added, tuple(line[1:] for line in marked if line.startswith("-"))


def _written(desk: Desk, seen: Watched, frozen: Frozen | None, actor: str) -> Watched:
    """Keep the look, and the new capture where there is one, all or nothing."""
    vectors = encoded(desk, [frozen]) if frozen else {}
    with desk.record.write() as writer:
        after = write_frozen(writer, desk, [frozen], vectors, actor=actor)[0] if frozen else ""
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
