"""Published checks that quote what is gone from its source: taken up again."""

from __future__ import annotations

from collections.abc import Mapping

from factdesk.actions.workflow import reopen_for_source
from factdesk.domain.statements import statement_of
from factdesk.queries.desk import Desk
from factdesk.store.checks import all_checks, get_publication
from factdesk.store.citations import StoredCitation
from factdesk.wording import sayer

_GONE = "“{quotation}” does not stand in its source any more."
_SHOWN = 200


def reopen_citing(desk: Desk, gone: Mapping[str, StoredCitation], *, actor: str) -> tuple[str, ...]:
    """Reopen the published checks that rely on citations whose quotation is gone from the live source; their ids.

    The frozen source still says it: readers go on seeing the check until a person has decided.
    """
    say, found = sayer(desk.config.language.partition("-")[0]), []
    with desk.record.read() as session:
        for check in all_checks(session, ("published", "corrected")) if gone else ():
            stored = get_publication(session, check.now.public)
            cited = statement_of(stored.fact.statement).citations if stored is not None else ()
            first = next((gone[each.id] for each in cited if each.id in gone), None)
            if first is not None:
                found.append((check.id, say(_GONE, quotation=first.citation.quotation[:_SHOWN])))
    done = [reopen_for_source(desk.record, check, why, actor=actor) for check, why in found]
    return tuple(each.id for each in done if each is not None)
