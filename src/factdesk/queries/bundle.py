"""Putting captures and citations into a bundle that anyone can verify and replay."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.capture.wacz import write_wacz
from factdesk.capture.wacz_manifest import Manifest, capture_of
from factdesk.errors import InputError, UsageError
from factdesk.queries.bundle_manifests import Contents, manifests_of
from factdesk.queries.evidence_ids import fact_named
from factdesk.store.blobs import open_blob
from factdesk.store.bundled import PublishedRow, published_rows
from factdesk.store.events import head
from factdesk.store.faults import translated_files
from factdesk.store.files import sync_folder
from factdesk.store.record import Record
from factdesk.store.sealed import SealedRow


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
    published = published_rows(session, {own for kind, own in named if kind == "check"})
    contents = Contents(
        captures=tuple(own for kind, own in named if kind == "capture"),
        citations=frozenset(own for kind, own in named if kind == "citation"),
        publications={own: _last(own, published.get(own, ())) for kind, own in named if kind == "check"},
        head="{}:{}".format(*head(session)),
    )
    (made,) = manifests_of(record.config, session, [contents])
    if isinstance(made, InputError):
        raise made
    return made


def _last(check: str, published: Sequence[PublishedRow]) -> SealedRow:
    """What was published of a check last. Raises `InputError` where nothing was."""
    kept = [each.row for each in published if each.row.content is not None]
    if not kept:
        raise InputError(
            "The check {id} is not published: there is nothing that a reader could verify.",
            remedy="Bundle its citations, by their ids.",
            id=check,
        )
    return kept[-1]


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
