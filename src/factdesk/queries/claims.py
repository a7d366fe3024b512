"""The claims of a desk with what hangs on them, and what kind a new one seems to be."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from factdesk.claims.kinds import judge_sentences
from factdesk.domain.claims import ClaimSentence
from factdesk.domain.workflow import State
from factdesk.errors import ResourceError
from factdesk.queries.desk import Desk
from factdesk.store.checks import StoredCheck, all_checks
from factdesk.store.claims import StoredClaim, all_claims, all_tips
from factdesk.store.record import Record


@dataclass(frozen=True, slots=True)
class AboutClaim:
    """A check that is about a claim."""

    id: str
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim, the checks about it, and how many tips were put to it."""

    stored: StoredClaim
    checks: tuple[AboutClaim, ...]
    tips: int


def list_claims(record: Record) -> list[ListedClaim]:
    """Every claim, the newest first."""
    with record.read() as session:
        checks = checks_by_claim_of(list(all_checks(session)))
        tips = Counter(stored.tip.claim for stored in all_tips(session))
        claims = list(all_claims(session))
    return [ListedClaim(each, tuple(checks.get(each.id, ())), tips[each.id]) for each in reversed(claims)]


def checks_by_claim_of(checks: list[StoredCheck]) -> dict[str, list[AboutClaim]]:
    """The checks that are about each claim, by the claim's id, in the order in which they were begun."""
    found: dict[str, list[AboutClaim]] = {}
    for check in checks:
        about = AboutClaim(check.id, check.now.title, check.now.standing.state)
        for claim in check.now.claims:
            found.setdefault(claim, []).append(about)
    return found


def seeming_kind(desk: Desk, text: str) -> ClaimSentence | None:
    """What kind the machine takes a claim to be, by its longest sentence; None where the model is missing."""
    try:
        judged = judge_sentences(text, desk.encoder)
    except ResourceError:
        return None
    return max(judged, key=lambda each: len(each.text), default=None)
