"""What a desk shows of itself, out of its folder and its record, for `queries.readiness`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.permissions import allowed
from factdesk.errors import InputError
from factdesk.interchange.trust_file import Trust, load_trust
from factdesk.queries.readiness import Point, Shown, points
from factdesk.queries.site_index import site_language
from factdesk.queries.site_own import own_pages
from factdesk.store.items import all_facts
from factdesk.store.people import all_people, keys_of
from factdesk.store.record import Record
from factdesk.store.scales import scale_of


def readiness_of(record: Record) -> tuple[Point, ...]:
    """Every point of a desk, from one moment. Raises `InputError` for a page of its own that cannot be read."""
    with record.read() as session:
        return points(shown_by(session, record.config))


def shown_by(session: Session, config: DeskConfig) -> Shown:
    """What a desk shows."""
    checks, unnamed, written = 0, [], {site_language(config.language)}
    for said in _newest(session):
        checks += 1
        written.add(site_language(said["language"]))
        if said["act"] != "withdraw" and not all(_named(each) for each in said["captures"]):
            unnamed.append(said["check"])
    languages = tuple(sorted(written, key=lambda each: (each != site_language(config.language), each)))
    people = [each.person for each in all_people(session) if not each.person.disabled]
    keyed = {each.key.person for each in keys_of(session) if each.key.revoked is None}
    may = [each.name for each in people if allowed(each.role, "check.sign")]
    return Shown(
        config=config,
        languages=languages,
        own=own_pages(config.folder, languages),
        trust=_trust(config),
        scale=scale_of(session),
        people=len(people),
        signers=tuple(name for name in may if name in keyed),
        keyless=tuple(name for name in may if name not in keyed),
        checks=checks,
        unnamed=tuple(unnamed),
    )


def _newest(session: Session) -> Iterator[Mapping[str, Any]]:
    """What each published check says now; those whose newest publication was redacted are not on the site."""
    for _, facts in groupby(all_facts(session, "publication"), key=lambda fact: fact.item):
        content = list(facts)[-1].content
        if content is not None:
            yield json.loads(json.loads(content)["statement"])


def _named(capture: Mapping[str, Any]) -> bool:
    """Whether a reader can tell what a source is: by its title, or by its address on the web."""
    return bool(capture["title"].strip()) or capture["url"].startswith(("http://", "https://"))


def _trust(config: DeskConfig) -> Trust | InputError | None:
    try:
        return load_trust(config.folder)
    except InputError as error:
        return error
