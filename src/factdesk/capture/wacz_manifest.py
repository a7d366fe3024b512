"""A bundle's own manifest: which captures, citations and attachments it carries, each as the desk sealed it.

Canonical JSON in UTF-8. Reading is for hostile files: types, digests and ids are checked before anything is believed,
and what does not come out again byte for byte as it went in is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any, Literal, get_args

from factdesk.domain.captures import Attachment, AttachmentKind, Capture, Origin, attachment_from, capture_from
from factdesk.domain.checks import Publication, SignOff, publication_from, signoff_from
from factdesk.domain.citations import STANCES, Citation, Piece, citation_from

FORMAT = "factdesk-bundle"
VERSION = 1
MOST = 256 << 20
"""Bytes of the largest manifest that is read."""
FACTS = 200_000
GAPS = 2

FactKind = Literal["capture", "citation", "attachment", "publication", "signoff"]
KINDS = ("captures", "citations", "attachments", "publications", "signoffs")
LATER: tuple[str, ...] = ("publications", "signoffs")
"""Kinds that a bundle without checks says nothing of: it is byte for byte what it was before there were any."""

_HEX = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_HEAD = re.compile(r"(\d{1,17}:[0-9a-f]{64})?")


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as the desk sealed it: `digest` is that of `salt` (hexadecimal) and `content`, `seq` its event's."""

    id: str
    seq: int
    content: str
    salt: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle carries. `head` is that of the desk's log when the bundle was made, `42:9f2c…`, empty for none;
    `extractors` says which versions had made the texts."""

    captures: tuple[Fact, ...]
    citations: tuple[Fact, ...] = ()
    attachments: tuple[Fact, ...] = ()
    desk: str = ""
    url: str = ""
    head: str = ""
    software: str = ""
    extractors: Mapping[str, str] = field(default_factory=dict)
    publications: tuple[Fact, ...] = ()
    signoffs: tuple[Fact, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of it."""
        return (*self.captures, *self.citations, *self.attachments, *self.publications, *self.signoffs)

    def content(self) -> bytes:
        """The manifest as it stands in a bundle."""
        said = {name: getattr(self, name) for name in self.__slots__ if name not in KINDS}
        for kind in KINDS:
            facts: tuple[Fact, ...] = getattr(self, kind)
            if facts or kind not in LATER:
                said[kind] = [{name: getattr(fact, name) for name in fact.__slots__} for fact in facts]
        return canonical({"format": FORMAT, "version": VERSION, **said})


def canonical(value: Any) -> bytes:
    """JSON in the one form that bundles have: sorted keys, no spaces, UTF-8, a line feed at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    return text.encode("utf-8", "surrogatepass")


def parsed(data: bytes) -> Any:
    """JSON of foreign origin. Raises `ValueError` for anything else."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def manifest_from(data: bytes) -> Manifest:
    """The manifest that `content` wrote. Raises `ValueError` for anything that is not exactly that."""
    read = parsed(data)
    if not isinstance(read, dict) or read.pop("format", None) != FORMAT or read.pop("version", None) != VERSION:
        raise ValueError("another format")
    try:
        captures, citations, attachments = (
            tuple(Fact(**row) for row in read.pop(kind)) for kind in ("captures", "citations", "attachments")
        )
        later = {kind: tuple(Fact(**row) for row in read.pop(kind, ())) for kind in LATER}
        manifest = Manifest(captures, citations, attachments, **{**read, **later})
    except (TypeError, KeyError) as error:
        raise ValueError("other fields") from error
    if not _sound(manifest) or manifest.content() != data:
        raise ValueError("not as it is written")
    return manifest


def _sound(manifest: Manifest) -> bool:
    texts = (manifest.desk, manifest.url, manifest.head, manifest.software, *_pairs(manifest.extractors))
    facts = manifest.facts
    ids = {fact.id for fact in facts}
    return (
        all(isinstance(text, str) and len(text) <= 2000 for text in texts)
        and _HEAD.fullmatch(manifest.head) is not None
        and len(facts) <= FACTS
        and all(_sound_fact(fact) for fact in facts)
        and len(ids) == len(facts)
    )


def _pairs(table: Any) -> list[Any]:
    return [each for pair in table.items() for each in pair] if isinstance(table, dict) else [None]


def _sound_fact(fact: Fact) -> bool:
    # A salt of 16 bytes, as the clock hands them out; bool is an int to Python.
    return (
        all(isinstance(text, str) for text in (fact.id, fact.content, fact.salt, fact.digest))
        and type(fact.seq) is int
        and fact.seq >= 0
        and _ID.fullmatch(fact.id) is not None
        and _is_utf8(fact.content)
        and re.fullmatch(r"([0-9a-f]{2}){1,64}", fact.salt) is not None
        and is_digest(fact.digest)
    )


def _is_utf8(text: str) -> bool:
    """Whether a text can be sealed: half a surrogate pair cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_digest(text: Any) -> bool:
    """Whether this is a SHA-256 in hexadecimal."""
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def capture_of(content: str) -> Capture:
    """The capture of a sealed content. Raises `ValueError` for what no desk seals."""
    capture: Capture = _read(content, capture_from)
    texts: list[Any] = [capture.url, capture.final_url, capture.name, capture.own_id, capture.supplied_by]
    texts += [capture.media_type, capture.content_encoding, capture.charset, capture.note]
    texts += [*astuple(capture.extractor), *astuple(capture.about)]
    flags = (capture.private, capture.ocr, capture.primary)
    sound = (
        capture.origin in get_args(Origin)
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(flag, bool) for flag in flags)
        and type(capture.size) is int
        and capture.size >= 0
        and is_digest(capture.digest)
        and is_digest(capture.text_digest)
        and all(each == "" or is_digest(each) for each in (capture.exchange, capture.layout_digest))
        and capture.content() == content
    )
    if not sound:
        raise ValueError("no capture")
    return capture


def citation_of(content: str) -> Citation:
    """The citation of a sealed content. Raises `ValueError` for what no desk seals."""
    citation: Citation = _read(content, citation_from)
    texts = (citation.capture, citation.quotation, citation.claim, citation.note)
    sound = (
        all(isinstance(text, str) for text in texts)
        and citation.stance in STANCES
        and is_digest(citation.text_digest)
        and 0 < len(citation.pieces) <= GAPS + 1
        and all(_sound_piece(piece) for piece in citation.pieces)
        and _is_canonical(citation, content)
    )
    if not sound:
        raise ValueError("no citation")
    return citation


def attachment_of(content: str) -> Attachment:
    """The attachment of a sealed content. Raises `ValueError` for what no desk seals."""
    attachment: Attachment = _read(content, attachment_from)
    sound = (
        isinstance(attachment.capture, str)
        and isinstance(attachment.source, str)
        and attachment.kind in get_args(AttachmentKind)
        and is_digest(attachment.blob)
        and attachment.content() == content
    )
    if not sound:
        raise ValueError("no attachment")
    return attachment


def publication_of(content: str) -> Publication:
    """The publication of a sealed content. Raises `ValueError` for what no desk seals."""
    publication: Publication = _read(content, publication_from)
    texts = (publication.check, publication.statement, publication.signoff, publication.person)
    sound = all(isinstance(text, str) for text in texts) and type(publication.number) is int
    if not sound or not _is_canonical(publication, content):
        raise ValueError("no publication")
    return publication


def signoff_of(content: str) -> SignOff:
    """The sign-off of a sealed content. Raises `ValueError` for what no desk seals."""
    signoff: SignOff = _read(content, signoff_from)
    texts = (signoff.check, signoff.revision, signoff.person, signoff.public, signoff.digest, signoff.signature)
    if not all(isinstance(text, str) for text in texts) or not _is_canonical(signoff, content):
        raise ValueError("no sign-off")
    return signoff


def _read(content: str, make: Any) -> Any:
    try:
        made = make(json.loads(content))
        # A time without a zone, or one that cannot be written again, is none of ours.
        if not isinstance(made.time, datetime) or made.time.tzinfo is None:
            raise ValueError("no time")
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("other fields") from error
    return made


def _is_canonical(fact: Citation | Publication | SignOff, content: str) -> bool:
    """Whether `fact.content()` is this, in a fraction of the time: a desk has many."""
    data = json.loads(content)
    again = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    written = fact.time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return again == content and "" not in data.values() and data["time"] == written


def _sound_piece(piece: Piece) -> bool:
    texts, places = (piece.exact, piece.prefix, piece.suffix), (piece.start, piece.end)
    return (
        all(isinstance(text, str) for text in texts)
        and all(type(place) is int for place in places)
        and 0 <= piece.start < piece.end
        and piece.end - piece.start == len(piece.exact)
    )
