"""The bundles of a site: each check's own, made once and kept in the cache by what is in it.

A bundle names the head of the log as it was when the check was published, so that the same check gives the same file,
whatever happens at the desk later.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from factdesk.capture.wacz import blobs_of, facts_of, write_facts
from factdesk.capture.wacz_manifest import FORMAT, VERSION, Fact, Manifest
from factdesk.config import DeskConfig
from factdesk.errors import InputError
from factdesk.queries import bundle_cache
from factdesk.queries.bundle_cache import Kept
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


def put_bundles(
    record: Record, session: Session, checks: Sequence[BundleOf], folder: Path, cache: Path | None = None
) -> dict[str, SiteBundle]:
    """Write checks' bundles into the folder of a site, by their checks' ids; those of which something was redacted are
    left out.

    They are links to what is in the cache (by default the desk's), where the disk has links: nobody may write into
    one. Raises `IntegrityError` for what cannot be read.
    """
    made = _put(record, session, checks, folder, cache)
    return {check.id: bundle for check, bundle in made if isinstance(bundle, SiteBundle)}


def put_bundle(record: Record, session: Session, check: SiteCheck, folder: Path) -> SiteBundle:
    """Write a check's bundle into the folder of a site. Raises `InputError` for what was redacted."""
    ((_, made),) = _put(record, session, [BundleOf(check.id, check.slug, check.number, check.seq)], folder, None)
    if isinstance(made, InputError):
        raise made
    return made


def _put(
    record: Record, session: Session, checks: Sequence[BundleOf], folder: Path, cache: Path | None
) -> Iterator[tuple[BundleOf, SiteBundle | InputError]]:
    own = cache if cache is not None else record.config.cache_dir / FOLDER
    with translated_files(str(folder)):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        own.mkdir(parents=True, exist_ok=True)
    for part in parts(checks, PART):
        manifests = _manifests(record.config, session, part)
        for check, manifest in zip(part, manifests, strict=True):
            if isinstance(manifest, InputError):
                yield check, manifest
                continue
            target = folder / check.path[1:]
            with translated_files(str(target)):
                kept = _kept(record.config, session, manifest, own)
                bundle_cache.show(kept, target)
            yield check, SiteBundle(check.path, kept.digest, kept.size)


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


def _kept(config: DeskConfig, session: Session, manifest: Manifest, cache: Path) -> Kept:
    key = key_of(manifest)
    kept = bundle_cache.find(cache, key)
    if kept is not None:
        return kept
    said = manifest.content()
    facts = facts_of(manifest)
    digests = blobs_of(facts)
    near = held_blobs(session, digests) if digests else {}

    def opened(digest: str) -> BinaryIO:
        return io.BytesIO(near[digest]) if digest in near else open_blob(session, config, digest)

    def write(out: BinaryIO) -> None:
        write_facts(out, manifest, facts, said, opened)

    return bundle_cache.keep(cache, key, write, small=digests <= near.keys())
