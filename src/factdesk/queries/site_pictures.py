"""Which picture the site may show of a source: a screenshot that came with it, or itself where it is a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session

from factdesk.domain.captures import AttachmentKind
from factdesk.queries.site_model import SiteSource
from factdesk.store.captures import captures_by_id
from factdesk.store.citations import attachments_of

SHOTS: tuple[AttachmentKind, ...] = ("screenshot-desk", "screenshot-phone")
"""Screenshots, what is rather shown first."""


@dataclass(frozen=True, slots=True)
class Original:
    """A picture as it was kept: its SHA-256, whether it is the source itself or a screenshot of it, and how it is
    packed."""

    digest: str
    kind: Literal["page", "picture"]
    content_encoding: str = ""


def originals_of(session: Session, sources: Iterable[SiteSource]) -> dict[str, Original]:
    """The pictures of sources, by the sources' ids. None of what came from a private network or was redacted; of
    several screenshots the newest at the width of a desk."""
    public = {source.id for source in sources if not source.private}
    stored = {own: each for own, each in captures_by_id(session, public).items() if not each.capture.private}
    shots = attachments_of(session, [each.number for each in stored.values()])
    found: dict[str, Original] = {}
    for own, each in stored.items():
        capture = each.capture
        kept = {shot.attachment.kind: shot.attachment.blob for shot in shots.get(each.number, ())}
        digest = next((kept[kind] for kind in SHOTS if kept.get(kind)), "")
        if capture.media_type.startswith("image/"):
            found[own] = Original(capture.digest, "picture", capture.content_encoding)
        elif digest:
            found[own] = Original(digest, "page")
    return found
