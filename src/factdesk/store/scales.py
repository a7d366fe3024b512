"""The desk's rating scale, as the record has it: one item, or the default where none was set."""

from __future__ import annotations

import json

from sqlalchemy.orm import Session

from factdesk.domain.scales import DEFAULT, Scale, scale_from
from factdesk.store.items import ItemRow, all_items


def scale_of(session: Session) -> Scale:
    """The scale that the desk rates on."""
    row = scale_row(session)
    return scale_from(json.loads(row.content)) if row is not None and row.content is not None else DEFAULT


def scale_row(session: Session) -> ItemRow | None:
    """The scale's item; None where the desk has set none."""
    return next(all_items(session, "scale"), None)
