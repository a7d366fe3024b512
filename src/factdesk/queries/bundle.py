"""Putting captures and citations into a bundle that anyone can verify and replay."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk import __version__
from factdesk.capture.wacz import write_wacz
from factdesk.capture.wacz_manifest import Fact, Manifest, capture_of
from factdesk.domain.captures import Capture
from factdesk.domain.checks import Publication
from factdesk.domain.statements import statement_of
from factdesk.errors import InputError, UsageError
from factdesk.queries.evidence_ids import fact_named
from factdesk.store.blobs import open_blob
from factdesk.store.checks import Stored, publications_of
from factdesk.store.events import head
from factdesk.store.faults import translated_files
from factdesk.store.files import sync_folder
from factdesk.store.held import HeldRow, held_attachments, held_captures, held_citations, number_of
from factdesk.store.record import Record
from factdesk.store.sealed import get_sealed


@dataclass(frozen=True, slots=True)
class Bundled:
    """A bundle that was written: its SHA-256 and size, and what a reader of it will see of others' texts.

    `private` are captures from a private network, `supplied` those that somebody supplied, by id.
    """

    path: Path
    digest: str
    size: int
    captures: int
    citations: int
    checks: int
    private: tuple[str, ...]
    supplied: tuple[str, ...]


def write_bundle(record: Record, given: Sequence[str], target: Path, *, force: bool = False) -> Bundled:
    """Write a bundle of captures (with everything that cites them), citations (with their captures) and published
    checks (with all that they rely on).

    It is written beside the target and put in its place whole. Raises `NotFoundError` for an unknown id, `UsageError`
    when there is such a file already, `InputError` for what was redacted.
    """
    if target.exists() and not force:
        raise UsageError("There is such a file already.", place=str(target), remedy="Give another name, or --force.")
    with record.read() as session:
        manifest = manifest_of(record, session, given)
        draft = target.with_name(f".{target.name}.{os.getpid()}.part")
        with translated_files(str(target)):
            try:
                digest, size = _write(record, session, manifest, draft)
                draft.replace(target)
                sync_folder(target.absolute().parent)
            finally:
                draft.unlink(missing_ok=True)
    captures = {fact.id: capture_of(fact.content) for fact in manifest.captures}
    private = tuple(own for own, capture in captures.items() if capture.private)
    supplied = tuple(own for own, capture in captures.items() if capture.supplied)
    counts = len(captures), len(manifest.citations), len(manifest.publications)
    return Bundled(target, digest, size, *counts, private, supplied)


def manifest_of(record: Record, session: Session, given: Sequence[str]) -> Manifest:
    """The manifest of a bundle of these. Raises as `write_bundle` does."""
    return manifest_named(record, session, [fact_named(session, each) for each in given])


def manifest_named(record: Record, session: Session, named: Sequence[tuple[str, str]]) -> Manifest:
    """The manifest of a bundle of these, each by its kind and its whole id. Raises as `write_bundle` does."""
    whole = {number_of(session, own) for kind, own in named if kind == "capture"}
    checks = [_published(session, own) for kind, own in named if kind == "check"]
    stated = [statement_of(each.fact.statement) for each in checks]
    cited = {own for kind, own in named if kind == "citation"} | {each.id for one in stated for each in one.citations}
    seen = {number_of(session, each.id) for one in stated for each in one.captures}
    numbers = sorted((whole | seen | {number_of(session, own) for own in cited}) - {0})
    captures = [row for rows in held_captures(session, numbers) for row in rows]
    citations = [
        row
        for number, rows in sorted(held_citations(session, numbers).items())
        for row in rows
        if number in whole or row.id in cited
    ]
    attachments = [row for _, rows in sorted(held_attachments(session, numbers).items()) for row in rows]
    facts = (_facts(session, captures), _facts(session, citations), _facts(session, attachments))
    published = _sealed(session, [each.id for each in checks])
    signed = _sealed(session, [each.fact.signoff for each in checks])
    config = record.config
    seq, own_hash = head(session)
    versions = _versions([capture_of(fact.content) for fact in facts[0]])
    return Manifest(
        *facts, config.name, config.url, f"{seq}:{own_hash}", f"factdesk {__version__}", versions, published, signed
    )


def _published(session: Session, check: str) -> Stored[Publication]:
    """What was published of a check last. Raises `InputError` where nothing was."""
    found = publications_of(session, check)
    if not found:
        raise InputError(
            "The check {id} is not published: there is nothing that a reader could verify.",
            remedy="Bundle its citations, by their ids.",
            id=check,
        )
    return found[-1]


def _facts(session: Session, rows: Collection[HeldRow]) -> tuple[Fact, ...]:
    return _sealed(session, [row.id for row in rows])


def _sealed(session: Session, ids: Sequence[str]) -> tuple[Fact, ...]:
    sealed = get_sealed(session, ids)
    found = []
    for own in dict.fromkeys(ids):
        fact = sealed.get(own)
        if fact is None or fact.content is None:
            raise InputError("{id} was redacted: there is nothing of it to put into a bundle.", id=own)
        found.append(Fact(fact.id, fact.seq, fact.content, bytes(fact.salt).hex(), fact.digest))
    return tuple(found)


def _versions(captures: Sequence[Capture]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for capture in captures:
        found.setdefault(capture.extractor.name, set()).add(capture.extractor.version)
    return {name: ", ".join(sorted(versions)) for name, versions in sorted(found.items())}


def _write(record: Record, session: Session, manifest: Manifest, draft: Path) -> tuple[str, int]:
    with draft.open("w+b") as file:
        write_wacz(file, manifest, lambda digest: open_blob(session, record.config, digest))
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(1 << 20):
            digest.update(chunk)
        return digest.hexdigest(), file.tell()
