"""From what was fetched or supplied to a capture in the record: passages cut and encoded, then bytes staged, then one
short transaction in which all of it is named and sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from factdesk.actions.intake import missing_vectors
from factdesk.domain.captures import Attachment, AttachmentKind, Capture
from factdesk.domain.documents import Extracted, layout_of, text_digest
from factdesk.errors import ResourceError
from factdesk.queries.desk import Desk
from factdesk.search.passages import encode_passages, passage_texts, vectors_name
from factdesk.store.blobs import Staged, put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.citations import capture_number, put_attachments
from factdesk.store.record import Writer
from factdesk.store.vectors import Vector, put_vectors
from factdesk.text.passages import passages

NOT_ENCODED = "The sentence encoder is missing: the source is kept, and will be found as evidence once it is there."


@dataclass(frozen=True, slots=True)
class Frozen:
    """A capture ready to be written, with the blobs it names and the texts of its passages that are encoded."""

    capture: Capture
    blobs: tuple[bytes, ...]
    slices: tuple[Slice, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """What comes with a capture: a screenshot or a timestamp. `source` is the authority's address."""

    kind: AttachmentKind
    data: bytes
    source: str = ""


def freeze(capture: Capture, extracted: Extracted, blobs: Sequence[bytes]) -> Frozen:
    """A capture ready to be written. `blobs` are its body and whatever else it names but text and layout."""
    document = extracted.document
    text = document.text.encode("utf-8", "surrogatepass")
    layout = layout_of(document).encode()
    cut = tuple(Slice(each.start, each.end, each.page, each.heading) for each in passages(document))
    texts = passage_texts(capture.about.title, document.text, cut)
    return Frozen(capture, (*blobs, text, layout), cut, tuple(texts))


def described(base: Capture, extracted: Extracted) -> Capture:
    """A capture with what its extractor found."""
    document = extracted.document
    return replace(
        base,
        media_type=extracted.media_type,
        charset=extracted.charset,
        text_digest=text_digest(document.text),
        layout_digest=text_digest(layout_of(document)),
        extractor=extracted.extractor,
        about=extracted.about,
        ocr=document.has_ocr,
    )


def encoded(desk: Desk, frozen: Sequence[Frozen]) -> dict[bytes, Vector]:
    """Vectors of the passages that are not encoded yet; none, with a word, where the encoder is missing."""
    try:
        encoder = desk.encoder
        encode = partial(encode_passages, encoder)
        texts = [text for each in frozen for text in each.texts]
        return missing_vectors(desk, texts, name=vectors_name(encoder.name), encode=encode)
    except ResourceError:
        # Evidence must not be lost for want of a model.
        desk.tell(NOT_ENCODED)
        return {}


def staged(desk: Desk, frozen: Sequence[Frozen]) -> list[Staged]:
    """The bytes that captures name, ready to be named: the last step before the transaction, since what a failure
    between the two leaves behind are files that nothing names."""
    return [stage(desk.config, blob) for each in frozen for blob in each.blobs]


def write_frozen(
    writer: Writer,
    desk: Desk,
    frozen: Sequence[Frozen],
    vectors: dict[bytes, Vector],
    blobs: Sequence[Staged],
    *,
    actor: str,
    subject: str = "",
) -> tuple[str, ...]:
    """Write captures, with their `staged` bytes, and one event in a transaction under way; returns their ids."""
    put_blobs(writer, blobs)
    if vectors:
        put_vectors(writer, vectors_name(desk.encoder.name), vectors)
    news = [NewCapture(each.capture, each.slices) for each in frozen]
    return put_captures(writer, news, actor=actor, subject=subject)[1]


def keep(desk: Desk, frozen: Sequence[Frozen], *, actor: str, subject: str = "") -> tuple[str, ...]:
    """Write captures and one event, all or nothing; returns their ids."""
    vectors, blobs = encoded(desk, frozen), staged(desk, frozen)
    with desk.record.write() as writer:
        return write_frozen(writer, desk, frozen, vectors, blobs, actor=actor, subject=subject)


def keep_one(desk: Desk, frozen: Frozen, extras: Sequence[Extra], *, actor: str, time: datetime) -> str:
    """Write a capture with what comes with it, all or nothing; returns its id."""
    vectors, blobs = encoded(desk, [frozen]), staged(desk, [frozen])
    attached = [stage(desk.config, extra.data) for extra in extras]
    with desk.record.write() as writer:
        (own,) = write_frozen(writer, desk, [frozen], vectors, [*blobs, *attached], actor=actor)
        if extras:
            number = capture_number(writer.session, own)
            found = [
                Attachment(own, extra.kind, blob.digest, time, extra.source)
                for extra, blob in zip(extras, attached, strict=True)
            ]
            put_attachments(writer, [(number, each) for each in found], actor=actor)
    return own
