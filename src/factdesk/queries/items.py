"""Which check, claim, tip or person is meant by an id, or by its beginning or end."""

from __future__ import annotations

from sqlalchemy.orm import Session

from factdesk.errors import InputError, NotFoundError
from factdesk.store.checks import StoredCheck, get_check
from factdesk.store.claims import StoredClaim, StoredTip, claims_by_id, tips_by_id
from factdesk.store.items import ItemKind, get_item, item_ids

LEAST = 4
"""Characters of an id that name it, where no other begins or ends so."""


def id_named(session: Session, kind: ItemKind, given: str) -> str:
    """The id of the item that is meant. Raises `NotFoundError`, `InputError` when several could be."""
    wanted = given.strip().lower().removeprefix(f"{kind}:")
    row = get_item(session, wanted)
    if row is not None and row.kind == kind:
        return row.id
    found = item_ids(session, kind, wanted, 6) if len(wanted) >= LEAST else []
    if len(found) > 1:
        raise InputError("{id} can mean several things: {choices}.", id=given, choices=", ".join(found))
    if not found:
        raise _unknown(kind, given)
    return found[0]


def check_named(session: Session, given: str) -> StoredCheck:
    """The check that is meant. Raises `NotFoundError`, `InputError`."""
    own = id_named(session, "check", given)
    found = get_check(session, own)
    if found is None:
        raise NotFoundError("The content of {id} was redacted.", id=own)
    return found


def claim_named(session: Session, given: str) -> StoredClaim:
    """The claim that is meant. Raises `NotFoundError`, `InputError`."""
    own = id_named(session, "claim", given)
    found = claims_by_id(session, [own])
    if own not in found:
        raise NotFoundError("The content of {id} was redacted.", id=own)
    return found[own]


def tip_named(session: Session, given: str) -> StoredTip:
    """The tip that is meant. Raises `NotFoundError`, `InputError`."""
    own = id_named(session, "tip", given)
    found = tips_by_id(session, [own])
    if own not in found:
        raise NotFoundError("The content of {id} was redacted.", id=own)
    return found[own]


def _unknown(kind: ItemKind, given: str) -> NotFoundError:
    if kind == "check":
        return NotFoundError("There is no check {id}.", remedy="See them with: factdesk checks", id=given)
    if kind == "claim":
        return NotFoundError("There is no claim {id}.", remedy="See them with: factdesk claim list", id=given)
    if kind == "tip":
        return NotFoundError("There is no tip {id}.", remedy="See them with: factdesk tips", id=given)
    return NotFoundError("Nothing here has the id {id}.", id=given)
