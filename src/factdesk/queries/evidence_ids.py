"""Which capture, citation or check of a desk is meant by an id, its beginning or end, an address or a row's id."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factdesk.errors import InputError, NotFoundError
from factdesk.queries.captures import one_source
from factdesk.store.captures import find_captures
from factdesk.store.items import item_ids
from factdesk.store.sealed import ids_beginning
from factdesk.store.text import storable

SHORTEST = 4


def fact_named(session: Session, given: str) -> tuple[str, str]:
    """What is meant: `capture`, `citation` or `check`, and its id. Raises `NotFoundError`; `InputError` when several
    could be.

    What is named exactly goes before what only begins so. `capture:`, `citation:` or `check:` before it says which is
    meant.
    """
    word = storable(given).strip()
    kind, _, rest = word.partition(":")
    only, wanted = (kind, rest) if kind in ("capture", "citation", "check") and rest else ("", word)
    found: dict[tuple[str, str], bool] = {}
    rows = find_captures(session, wanted) if only in ("", "capture") else []
    if rows and wanted in (rows[0].own_id, rows[0].url) and one_source(rows, wanted):
        # Captures of one source at different times: the newest is meant.
        rows = rows[:1]
    for row in rows:
        whole = wanted in (row.id, row.own_id, row.url, row.digest)
        # A row's own id may be as short as `a1`; the beginning of another may not.
        if whole or len(wanted) >= SHORTEST:
            found["capture", row.id] = whole
    if only in ("", "citation") and len(wanted) >= SHORTEST:
        found |= {("citation", own): own == wanted for own in ids_beginning(session, "citation", wanted)}
    if only in ("", "check") and len(wanted) >= SHORTEST:
        found |= {("check", own): own == wanted for own in item_ids(session, "check", wanted)}
    exact = [each for each, whole in found.items() if whole] or list(found)
    if not exact:
        raise NotFoundError("No capture, no citation and no check has the id {id}.", id=given)
    if len(exact) > 1:
        choices = ", ".join(f"{name}:{own}" for name, own in exact)
        raise InputError("{id} can mean several things: {choices}.", id=given, choices=choices)
    return exact[0]
