"""The bundles of a site: each check's own, made once and kept in the cache by what is in it.

A bundle names the head of the log as it was when the check was published, so that the same check gives the same file,
whatever happens at the desk later.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.capture.wacz import write_wacz
from factdesk.capture.wacz_manifest import Manifest
from factdesk.queries.bundle import manifest_named
from factdesk.queries.site_model import SiteBundle, SiteCheck
from factdesk.store.blobs import open_blob
from factdesk.store.events import get_event
from factdesk.store.faults import translated_files
from factdesk.store.record import Record

FOLDER = "bundles"


def put_bundle(record: Record, session: Session, check: SiteCheck, folder: Path) -> SiteBundle:
    """Write a check's bundle into the folder of a site. Raises `InputError` for what was redacted."""
    path = f"/{FOLDER}/{check.slug}-{check.number}.wacz"
    manifest = _manifest(record, session, check)
    key = hashlib.sha256(manifest.content()).hexdigest()
    cached = record.config.cache_dir / FOLDER / f"{key}.wacz"
    target = folder / path[1:]
    with translated_files(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        if not cached.is_file():
            _write(record, session, manifest, cached)
        # Some share disks without links, or sit on another one.
        shutil.copyfile(cached, target)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return SiteBundle(path, digest, target.stat().st_size)


def _manifest(record: Record, session: Session, check: SiteCheck) -> Manifest:
    event = get_event(session, check.seq)
    head = f"{event.seq}:{event.hash}" if event is not None else ""
    return replace(manifest_named(record, session, [("check", check.id)]), head=head)


def _write(record: Record, session: Session, manifest: Manifest, cached: Path) -> None:
    cached.parent.mkdir(parents=True, exist_ok=True)
    draft = cached.with_name(f".{cached.name}.{os.getpid()}.part")
    try:
        with draft.open("w+b") as file:
            write_wacz(file, manifest, lambda digest: open_blob(session, record.config, digest))
        draft.replace(cached)
    finally:
        draft.unlink(missing_ok=True)
