"""The bundles of a site: each check's own, taken over from the site that stands there where it holds the same.

A bundle names the head of the log as it was when the check was published, so that the same check gives the same file,
whatever happens at the desk later.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from factdesk.capture.wacz import blobs_of, facts_of, write_facts
from factdesk.capture.wacz_manifest import FORMAT, VERSION, Fact, Manifest
from factdesk.config import DeskConfig
from factdesk.errors import InputError
from factdesk.queries.bundle_manifests import Contents, manifests_of
from factdesk.queries.site_model import SiteBundle, SiteCheck
from factdesk.store.blobs import open_blob
from factdesk.store.bundled import PublishedRow, published_rows
from factdesk.store.faults import translated_files
from factdesk.store.held import held_blobs
from factdesk.store.record import Record
from factdesk.store.reviews import parts

FOLDER = "bundles"
PART = 100
"""Checks whose facts are held at once."""
_FACT = tuple(each.name for each in fields(Fact))


@dataclass(frozen=True, slots=True)
class BundleOf:
    """A check whose bundle a site shows: its id, its name in addresses, and its publication, by its number and the seq
    of its event."""

    id: str
    slug: str
    number: int
    seq: int

    @property
    def path(self) -> str:
        """Where the bundle stands on the site."""
        return f"/{FOLDER}/{self.slug}-{self.number}.wacz"


@dataclass(frozen=True, slots=True)
class PutBundle:
    """A bundle that was put, and what changes whenever it does."""

    bundle: SiteBundle
    key: str


def put_bundles(
    record: Record,
    session: Session,
    checks: Sequence[BundleOf],
    folder: Path,
    before: Mapping[str, PutBundle] | None = None,
    site: Path | None = None,
) -> dict[str, PutBundle]:
    """Write checks' bundles into the folder of a site, by their checks' ids; those of which something was redacted are
    left out. Those that stand in the `site` of `before` are taken over where they hold the same: they are links to
    them, where the disk has links, and nobody may write into one. Raises `IntegrityError` for what cannot be read.
    """
    made = _put(record, session, checks, folder, before or {}, site)
    return {check.id: bundle for check, bundle in made if isinstance(bundle, PutBundle)}


def put_bundle(record: Record, session: Session, check: SiteCheck, folder: Path) -> SiteBundle:
    """Write a check's bundle into the folder of a site. Raises `InputError` for what was redacted."""
    ((_, made),) = _put(record, session, [BundleOf(check.id, check.slug, check.number, check.seq)], folder, {}, None)
    if isinstance(made, InputError):
        raise made
    return made.bundle


def _put(
    record: Record,
    session: Session,
    checks: Sequence[BundleOf],
    folder: Path,
    before: Mapping[str, PutBundle],
    site: Path | None,
) -> Iterator[tuple[BundleOf, PutBundle | InputError]]:
    with translated_files(str(folder)):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for part in parts(checks, PART):
        manifests = _manifests(record.config, session, part)
        for check, manifest in zip(part, manifests, strict=True):
            if isinstance(manifest, InputError):
                yield check, manifest
                continue
            target, key, had = folder / check.path[1:], key_of(manifest), before.get(check.id)
            with translated_files(str(target)):
                if had is not None and had.key == key and site is not None and _taken_over(site, had, target):
                    yield check, PutBundle(replace(had.bundle, path=check.path), key)
                    continue
                digest, size = _written(record.config, session, manifest, target)
            yield check, PutBundle(SiteBundle(check.path, digest, size), key)


def _taken_over(site: Path, had: PutBundle, target: Path) -> bool:
    """Whether the bundle that stands there could be had."""
    source = site / had.bundle.path[1:]
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:
        return False
    except OSError:
        # Some disks have no links.
        shutil.copyfile(source, target)
    return True


def _manifests(config: DeskConfig, session: Session, checks: Sequence[BundleOf]) -> list[Manifest | InputError]:
    """Each check's manifest as of its own publication, whatever the desk published since."""
    published = published_rows(session, {check.id for check in checks})
    found = {check.id: row for check in checks if (row := _sealed_by(check, published.get(check.id, ())))}
    contents = [Contents(publications={own: each.row}, head=each.head) for own, each in found.items()]
    made = dict(zip(found, manifests_of(config, session, contents), strict=True))
    return [made.get(check.id) or _gone(check) for check in checks]


def _sealed_by(check: BundleOf, published: Sequence[PublishedRow]) -> PublishedRow | None:
    return next((each for each in published if each.row.seq == check.seq and each.row.content is not None), None)


def _gone(check: BundleOf) -> InputError:
    return InputError("{id} was redacted: there is nothing of it to put into a bundle.", id=check.id)


def key_of(manifest: Manifest) -> str:
    """A digest of all that a manifest says, in hexadecimal: every text with its length before it, every list with how
    many are in it, so that no two say the same. In a third of the time that its content takes."""
    said = [FORMAT, str(VERSION)]
    for name in manifest.__slots__:
        value = getattr(manifest, name)
        if isinstance(value, str):
            said.append(value)
            continue
        said.append(str(len(value)))
        if isinstance(value, Mapping):
            said += [text for pair in sorted(value.items()) for text in pair]
        else:
            said += [str(getattr(fact, own)) for fact in value for own in _FACT]
    framed = "".join([f"{len(text)}:{text}" for text in said])
    return hashlib.sha256(framed.encode("utf-8", "surrogatepass")).hexdigest()


def _written(config: DeskConfig, session: Session, manifest: Manifest, target: Path) -> tuple[str, int]:
    """Write a bundle, a small one in memory first: its SHA-256 and its size in bytes."""
    said = manifest.content()
    facts = facts_of(manifest)
    digests = blobs_of(facts)
    near = held_blobs(session, digests) if digests else {}

    def opened(digest: str) -> BinaryIO:
        return io.BytesIO(near[digest]) if digest in near else open_blob(session, config, digest)

    if digests <= near.keys():
        made = io.BytesIO()
        write_facts(made, manifest, facts, said, opened)
        data = made.getbuffer()
        # What is there already may be another name of a file that is shown.
        target.unlink(missing_ok=True)
        with target.open("wb", buffering=0) as out:
            out.write(data)
        return hashlib.sha256(data).hexdigest(), len(data)
    target.unlink(missing_ok=True)
    with target.open("w+b") as file:
        write_facts(file, manifest, facts, said, opened)
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest(), size
