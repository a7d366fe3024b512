"""What people said of matches, for a message and as training data."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Verdict
from factdesk.store import judgements
from factdesk.store.record import Record


def live_judgements(record: Record, message_digest: str) -> dict[int, Verdict]:
    """What stands for a message: verdicts by the review's number."""
    with record.read() as session:
        return judgements.live_judgements(session, message_digest)


def labelled(record: Record) -> Iterator[dict[str, str]]:
    """Every judgement that stands as `{message, review, claim, title, language, verdict}`, streamed."""
    with record.read() as session:
        for row in judgements.labelled(session):
            yield {
                "message": row.message,
                "review": row.review_id,
                "claim": row.review.claim,
                "title": row.review.title,
                "language": row.review.language,
                "verdict": row.verdict,
            }
