"""What is not published yet, as its page would be: for a desk's own eyes, and never in a site that is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.statements import Statement
from factdesk.queries.site_evidence import Held, claims_of, quotations_of
from factdesk.queries.site_model import SiteCheck
from factdesk.queries.site_people import UNKNOWN
from factdesk.queries.statement import statement_for
from factdesk.store.checks import StoredCheck, all_checks

Draft = tuple[StoredCheck, Statement]


def unpublished(session: Session, config: DeskConfig, published: Mapping[str, str]) -> Iterator[Draft]:
    """The checks whose newest text is not what readers have, with what each would say. `published` are the revisions
    that readers have, by check."""
    for stored in all_checks(session):
        if published.get(stored.id) != stored.now.head and not stored.now.standing.withdrawing:
            yield stored, statement_for(session, config, stored)


def draft_page(draft: Draft, held: Held, language: str) -> SiteCheck:
    """A draft as the site's pages take it."""
    stored, statement = draft
    own = stored.id.replace("-", "")[-12:]
    return SiteCheck(
        id=stored.id,
        slug=own,
        language=language,
        path=f"/{language}/drafts/{own}/",
        number=0,
        publication="",
        seq=stored.seq,
        statement=statement,
        published=stored.now.time,
        changed=stored.now.time,
        signer=UNKNOWN,
        claims=claims_of(statement, held),
        quotations=quotations_of(statement, held),
        revisions=(),
        draft=True,
    )
