"""Who signed what is published: nobody else of the desk is on the site."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.checks import Publication, signoff_from
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.people import folded
from factdesk.queries.site_model import SiteKey, SitePerson, SiteSigner
from factdesk.store.checks import Stored
from factdesk.store.items import item_facts
from factdesk.store.people import all_people, keys_of

UNKNOWN = SiteSigner("", "")


UNKNOWN = SiteSigner("", "")


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody at the desk by name, as readers see them, and every key by what is public of it."""

    shown: Mapping[str, str]
    keys: Mapping[str, PublicKey]


def known_people(session: Session) -> Known:
    """Everybody, and every key. The name of who was redacted is gone; the fingerprint stays."""
    shown = {each.person.name: each.person.shown for each in all_people(session)}
    return Known(shown, {each.key.public: each.key for each in keys_of(session)})


def signers_of(session: Session, publications: Sequence[Stored[Publication]], known: Known) -> dict[str, SiteSigner]:
    """Who signed these publications, by the sign-off."""
    rows = item_facts(session, [each.fact.signoff for each in publications])
    signed = {own: signoff_from(json.loads(row.content)) for own, row in rows.items() if row.content is not None}
    return {
        own: SiteSigner(known.shown.get(each.person, ""), fingerprint(each.public), each.time)
        for own, each in signed.items()
    }


def people_of(signed: Iterable[tuple[str, str]], known: Known) -> tuple[SitePerson, ...]:
    """The people who signed, each with the keys that they signed with; of pairs of a name and a public key."""
    used: dict[str, dict[str, SiteKey]] = {}
    for name, public in sorted(set(signed)):
        key = known.keys.get(public)
        if key is not None:
            used.setdefault(name, {})[key.fingerprint] = SiteKey(key.fingerprint, key.time, key.revoked, key.why)
    people = [
        SitePerson(known.shown.get(name, ""), tuple(sorted(mine.values(), key=lambda key: (key.time, key.fingerprint))))
        for name, mine in used.items()
    ]
    return tuple(sorted(people, key=lambda each: (folded(each.shown), each.keys[0].fingerprint)))
