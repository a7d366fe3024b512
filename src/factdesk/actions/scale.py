"""Setting the desk's rating scale. What was published keeps the step it was given, with its definition."""

from __future__ import annotations

from factdesk.actions.permit import permitted
from factdesk.domain.scales import LEAST, MOST, Scale, wrong_in
from factdesk.errors import InputError
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record
from factdesk.store.scales import scale_of, scale_row

_WRONG = {
    "count": "A scale has from {least} to {most} steps.",
    "key": "Each step has a key of its own: small letters, digits and hyphens, and not “not-checkable”.",
    "value": "The steps are counted from 1, from the least true to the truest.",
    "language": "Names and definitions are given by language, such as en and vi.",
    "names": "Every step has a name in each language of the scale, of at most 500 characters.",
    "definitions": "Every step has a definition in each language of the scale, of at most 500 characters.",
}


def set_scale(record: Record, scale: Scale, *, actor: str) -> bool:
    """Rate on this scale from now on; whether it is another one. Drafts whose rating is not on it are told so by lint.

    Raises `InputError` for what is no scale, `RefusedError`.
    """
    wrong = wrong_in(scale)
    if wrong:
        raise InputError(_WRONG[wrong], least=LEAST, most=MOST)
    with record.write() as writer:
        permitted(writer.session, actor, "scale.set")
        if scale == scale_of(writer.session):
            return False
        row = scale_row(writer.session)
        own = row.id if row is not None else writer.clock.new_id()
        put_facts(
            writer, [NewFact("scale", own, scale.content())], actor=actor, action="scale.set", subject=f"scale:{own}"
        )
    return True
