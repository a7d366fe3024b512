"""Whether the passages by which evidence is found are those of the captures' texts. They are derived and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import suppress

from sqlalchemy.orm import Session

from factdesk.capture.wacz_manifest import capture_of
from factdesk.config import DeskConfig
from factdesk.domain.captures import Capture
from factdesk.domain.documents import Document, blocks_from
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import IntegrityError
from factdesk.store.blobs import get_blob
from factdesk.store.captures import Slice, slices_of
from factdesk.store.held import held_blobs, held_captures
from factdesk.store.text import storable
from factdesk.text.passages import passages

SUBJECT = "passages"
_QUICK = "Passages were not cut again (--quick)."
_SAME = "The passages of {count} captures are those of their texts."
_OTHERS = (
    "Its passages are not those of its text: a search for evidence can miss it, or show other words over it. What is "
    "cited does not hang on them. Restore a backup."
)

Blob = Callable[[str], bytes]


def passage_steps(session: Session, config: DeskConfig, *, quick: bool) -> Iterator[Step]:
    """A step for each capture whose passages are others, or one for all. What is missing or damaged other steps say."""
    if quick:
        yield Step("record", SUBJECT, "not checked", Reason("record", _QUICK, {}))
        return
    count, wrong = 0, False
    for rows in held_captures(session):
        captures = {row.number: capture for row in rows if (capture := _parsed(row.content)) is not None}
        kept = slices_of(session, [row.number for row in rows])
        blob = _blobs(session, config, list(captures.values()))
        for row in rows:
            capture = captures.get(row.number)
            cut = _cut(capture, blob) if capture is not None else None
            count += cut is not None
            if cut is not None and cut != kept.get(row.number, ()):
                wrong = True
                yield Step("record", row.id, "fail", Reason("record", _OTHERS, {}))
    if count and not wrong:
        yield Step("record", SUBJECT, "pass", Reason("record", _SAME, {"count": f"{count:,}"}))


def _blobs(session: Session, config: DeskConfig, captures: list[Capture]) -> Blob:
    """The texts and layouts of captures, small ones asked for at once."""
    near = held_blobs(session, {digest for each in captures for digest in (each.text_digest, each.layout_digest)})

    def blob(digest: str) -> bytes:
        data = near[digest] if digest in near else get_blob(session, config, digest)
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(digest)
        return data

    return blob


def _cut(capture: Capture, blob: Blob) -> tuple[Slice, ...] | None:
    """The passages of a capture's text; None where it cannot be cut."""
    with suppress(IntegrityError, OSError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError):
        text = blob(capture.text_digest).decode("utf-8", "surrogatepass")
        blocks = blocks_from(blob(capture.layout_digest).decode("utf-8")) if capture.layout_digest else ()
        cut = passages(Document(text, blocks))
        return tuple(Slice(each.start, each.end, each.page, storable(each.heading)) for each in cut)
    return None


def _parsed(content: str | None) -> Capture | None:
    with suppress(ValueError, TypeError):
        return capture_of(content) if content is not None else None
    return None
