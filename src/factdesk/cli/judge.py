"""`factdesk match confirm` and `match reject`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command
from factdesk.cli.inputs import message_from
from factdesk.domain.matches import Verdict


@command(
    help="Say that a check does answer a message. The desk keeps it, obeys it, and can learn from it.",
    acts=True,
    examples=(
        "factdesk match confirm 3f2a91c07d5e carrots-1",
        'factdesk match confirm "Carrots let you see in the dark" carrots-1',
    ),
)
@argument("message", help="The message, a file that holds it, or the id that `factdesk match` gave it.")
@argument("review", help="Id of the check, as `factdesk match` shows it.")
def confirm(call: Call, message: str, review: str) -> None:
    """Confirm a match."""
    _judge(call, message, review, "confirmed", "Confirmed: {review} answers this message.")


@command(
    help="Say that a check does not answer a message. The desk keeps it, obeys it, and can learn from it.",
    acts=True,
    examples=("factdesk match reject 3f2a91c07d5e carrots-1",),
)
@argument("message", help="The message, a file that holds it, or the id that `factdesk match` gave it.")
@argument("review", help="Id of the check, as `factdesk match` shows it.")
def reject(call: Call, message: str, review: str) -> None:
    """Reject a match."""
    _judge(call, message, review, "rejected", "Rejected: {review} does not answer this message.")


def _judge(call: Call, word: str, review: str, verdict: Verdict, said: str) -> None:
    from factdesk.actions.judge import judge
    from factdesk.queries.messages import find_message
    from factdesk.queries.show import find_review

    with call.record(writable=True) as record:
        message = find_message(record.config, word) or message_from(word)
        found = find_review(record, review)
        judgement = judge(record, message, found.number, verdict, call.actor())
    if call.json:
        call.print_json(judgement)
    else:
        call.print(call.say(said, review=review))
