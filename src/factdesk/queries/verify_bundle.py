"""A bundle, verified: every byte of it, then the chain of each capture in it. Needs no desk and no network.

A bundle cannot vouch for itself: what this shows is that it is whole and that its quotations stand in its sources. That
it is the desk's own only a digest, a head or a signature can tell that came another way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from factdesk.capture.wacz import MANIFEST, WARC, Facts, blob_members
from factdesk.capture.wacz_check import Contents, NotOursError, check_container, finding
from factdesk.capture.wacz_foreign import foreign_steps
from factdesk.capture.wacz_manifest import Manifest, citation_of, publication_of, signoff_of
from factdesk.capture.wacz_read import MOST, Archived, archived
from factdesk.domain.captures import Attachment, seal_of
from factdesk.domain.citations import Citation
from factdesk.domain.reviews import content_digest
from factdesk.domain.verification import Step
from factdesk.errors import NotFoundError
from factdesk.queries.verify_checks import publication_steps
from factdesk.queries.verify_held import Held, How, chain, step
from factdesk.queries.verify_stated import HeldSeals

_WHOLE = "{count} files, every byte as factdesk writes it."
_ARCHIVE = "Every record is the one that its captures give; so are the index and the pages."
_NOT_READ = "The manifest cannot be read: nothing else of the bundle was checked."
_RECORD = "This is not what the desk sealed under its digest."
_LOG = "The desk's log is not in a bundle: that it sealed this, only the desk can show."
_STRAY = "It belongs to a capture that is not in the bundle."


@dataclass(slots=True)
class _Opened:
    """A bundle under verification: what was found, and which captures wait for their bytes."""

    contents: Contents
    manifest: Manifest
    facts: Facts
    findings: list[Step]
    citations: dict[str, list[tuple[str, Citation]]] = field(default_factory=dict)
    attachments: dict[str, list[tuple[str, Attachment]]] = field(default_factory=dict)


def bundle_digest(path: Path) -> str:
    """The SHA-256 of a bundle. Raises `NotFoundError`."""
    if not path.is_file():
        raise NotFoundError("There is no such file.", place=str(path))
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def verify_bundle(path: Path, how: How | None = None) -> Iterator[Step]:
    """The steps of a bundle. Raises `NotFoundError`, and `InputError` for what is no WACZ at all."""
    if not path.is_file():
        raise NotFoundError("There is no such file.", place=str(path))
    with path.open("rb") as file:
        yield from verify_open_bundle(file, path.name, how or How())


def verify_open_bundle(file: BinaryIO, name: str, how: How, contents: Contents | None = None) -> Iterator[Step]:
    """The steps of a bundle that is open; `name` is what to call it, `contents` what `check_container` gave of it."""
    try:
        contents = contents or check_container(file)
    except NotOursError as error:
        yield from foreign_steps(file, name, error.broken.offset)
        return
    manifest, facts = contents.package.manifest, contents.package.facts
    if manifest is None or facts is None:
        if MANIFEST not in contents.members:
            yield from foreign_steps(file, name, 0)
            return
        yield from _named(contents.findings, name)
        yield finding(MANIFEST, _NOT_READ)
        return
    yield from _named(contents.findings, name)
    if not contents.findings:
        yield step("container", name, "pass", _WHOLE, count=len(contents.members))
    opened = _Opened(contents, manifest, facts, list(contents.findings))
    yield from _own_steps(opened, name)
    found: list[Step] = []
    yield from chain(_held(opened, found), how)
    yield from found
    yield from _check_steps(opened, how)
    if not opened.findings and not found:
        yield step("container", WARC, "pass", _ARCHIVE)


def _named(findings: tuple[Step, ...], name: str) -> Iterator[Step]:
    """Findings about no file in the bundle are about the bundle."""
    for each in findings:
        yield each if each.subject else Step(each.name, name, each.outcome, each.reason)


def _own_steps(opened: _Opened, name: str) -> Iterator[Step]:
    """What the manifest says of records, and what belongs to what."""
    manifest, captures = opened.manifest, opened.facts.captures
    for fact in manifest.facts:
        if content_digest(fact.content, bytes.fromhex(fact.salt)) != fact.digest:
            yield step("record", fact.id, "fail", _RECORD)
    yield step("record", name, "not checked", _LOG)
    for fact in manifest.citations:
        citation = citation_of(fact.content)
        opened.citations.setdefault(citation.capture, []).append((fact.id, citation))
        if citation.capture not in captures:
            yield step("quotation", fact.id, "fail", _STRAY)
    for fact, attachment in zip(manifest.attachments, opened.facts.attachments, strict=True):
        opened.attachments.setdefault(attachment.capture, []).append((fact.id, attachment))
        if attachment.capture not in captures:
            yield step("record", fact.id, "fail", _STRAY)


def _check_steps(opened: _Opened, how: How) -> Iterator[Step]:
    """The steps of the checks that the bundle carries."""
    manifest = opened.manifest
    signed = {fact.id: signoff_of(fact.content) for fact in manifest.signoffs}
    held = HeldSeals(
        {fact.id: seal_of(fact.content) for fact in manifest.citations},
        {fact.id: seal_of(fact.content) for fact in manifest.captures},
        {fact.id: citation_of(fact.content) for fact in manifest.citations},
        opened.facts.captures,
    )
    for fact in manifest.publications:
        publication = publication_of(fact.content)
        name = f"{publication.check}@{publication.number}"
        yield from publication_steps(name, publication, signed.get(publication.signoff), held, how.pins)


def _held(opened: _Opened, found: list[Step]) -> Iterator[Held]:
    """The captures, as their bytes pass by; those whose bytes are not there at the end. What is wrong with the
    archive goes into `found`."""
    contents, facts = opened.contents, opened.facts
    contents_by_id = {fact.id: fact.content for fact in opened.manifest.captures}
    names = {digest: name for name, digest in blob_members(facts).items()}
    waiting: dict[str, list[str]] = {}
    for own_id, capture in facts.captures.items():
        waiting.setdefault(capture.digest, []).append(own_id)

    def blob(digest: str) -> bytes | None:
        try:
            return contents.read(names.get(digest, ""), MOST)
        except ValueError:
            return None

    def held(own_id: str, body: IO[bytes] | None) -> Held:
        citations = opened.citations.get(own_id, ())
        attachments = opened.attachments.get(own_id, ())
        return Held(own_id, contents_by_id[own_id], facts.captures[own_id], body, blob, citations, attachments)

    for each in archived(contents, opened.manifest, facts):
        if isinstance(each, Archived):
            with each.body as body:
                for own_id in waiting.pop(each.digest, []):
                    body.seek(0)
                    yield held(own_id, body)
        else:
            found.append(each)
    for own_ids in waiting.values():
        for own_id in own_ids:
            yield held(own_id, None)
