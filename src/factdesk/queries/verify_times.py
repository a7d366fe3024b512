"""Whether an authority saw a capture when its timestamp says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from factdesk.capture.timestamp import check_timestamp
from factdesk.domain.captures import Attachment, seal_of
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step


def timestamp_step(
    own_id: str, content: str, attachment: Attachment, token: bytes | None, roots: Sequence[bytes]
) -> Step:
    """What became of a timestamp over a capture's sealed content. Raises `InputError` for a root that is none."""
    if token is None:
        return Step("timestamp", own_id, "fail", Reason("timestamp", "The timestamp is missing."))
    if hashlib.sha256(token).hexdigest() != attachment.blob:
        return Step("timestamp", own_id, "fail", Reason("timestamp", "The timestamp does not have its digest."))
    checked = check_timestamp(token, bytes.fromhex(seal_of(content)), roots)
    return Step("timestamp", own_id, checked.outcome, checked.reason)
