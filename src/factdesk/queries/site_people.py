"""Who signed what is published: nobody else of the desk is on the site."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from factdesk.domain.checks import Publication, SignOff, signoff_from
from factdesk.domain.keys import PublicKey, fingerprint
from factdesk.domain.people import folded
from factdesk.queries.site_model import SiteKey, SitePerson, SiteSigner
from factdesk.store.checks import Stored
from factdesk.store.items import item_facts
from factdesk.store.people import all_people, keys_of

UNKNOWN = SiteSigner("", "")


@dataclass(frozen=True, slots=True)
class Signers:
    """Who gave which sign-off, by its id, and all of them with their keys."""

    by_signoff: Mapping[str, SiteSigner]
    people: tuple[SitePerson, ...]

    def of(self, signoff: str) -> SiteSigner:
        """Who gave a sign-off."""
        return self.by_signoff.get(signoff, UNKNOWN)


def signers_of(session: Session, publications: Sequence[Stored[Publication]]) -> Signers:
    """Who signed these publications. The name of who was redacted is gone; the fingerprint stays."""
    rows = item_facts(session, [each.fact.signoff for each in publications])
    signed = {own: signoff_from(json.loads(row.content)) for own, row in rows.items() if row.content is not None}
    shown = {each.person.name: each.person.shown for each in all_people(session)}
    keys = {each.key.public: each.key for each in keys_of(session)}
    by_signoff = {
        own: SiteSigner(shown.get(each.person, ""), fingerprint(each.public), each.time) for own, each in signed.items()
    }
    return Signers(by_signoff, _people(signed, shown, keys))


def _people(
    signed: Mapping[str, SignOff], shown: Mapping[str, str], keys: Mapping[str, PublicKey]
) -> tuple[SitePerson, ...]:
    used: dict[str, dict[str, SiteKey]] = {}
    for own in sorted(signed):
        each = signed[own]
        key = keys.get(each.public)
        if key is not None:
            mine = used.setdefault(each.person, {})
            mine[key.fingerprint] = SiteKey(key.fingerprint, key.time, key.revoked, key.why)
    people = [SitePerson(shown.get(name, ""), tuple(mine.values())) for name, mine in used.items()]
    return tuple(sorted(people, key=lambda each: (folded(each.shown), each.keys[0].fingerprint)))
