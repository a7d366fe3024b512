"""Confirming and rejecting matches."""

from __future__ import annotations

from factdesk.domain.matches import Verdict
from factdesk.errors import InputError, NotFoundError
from factdesk.store.judgements import Judgement, add_judgement, close_judgement, live_judgement, message_digest
from factdesk.store.record import Record, Writer
from factdesk.store.reviews import ReviewRow, find_by_numbers


def judge(record: Record, message: str, review_number: int, verdict: Verdict, actor: str) -> Judgement:
    """Keep what a person says of a message and a review; saying it again changes nothing.

    The opposite verdict closes the row that stands and adds one. Raises `NotFoundError` for an unknown review.
    """
    if not message.strip():
        raise InputError("The message is empty.")
    with record.write() as writer:
        review = _review(writer, review_number)
        standing = live_judgement(writer.session, message_digest(message), review_number)
        if standing is not None and standing.verdict == verdict:
            return standing
        return add_judgement(writer, message, review, verdict, actor)


def unjudge(record: Record, message: str, review_number: int, actor: str) -> Judgement | None:
    """Take back what was said of a message and a review; returns it, or None when nothing was."""
    with record.write() as writer:
        review = _review(writer, review_number)
        standing = live_judgement(writer.session, message_digest(message), review_number)
        if standing is not None:
            close_judgement(writer, standing, review, actor)
        return standing


def _review(writer: Writer, number: int) -> ReviewRow:
    found = find_by_numbers(writer.session, [number])
    if number not in found:
        raise NotFoundError("There is no review with the number {number}.", number=number)
    return found[number]
