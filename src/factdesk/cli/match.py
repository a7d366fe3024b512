"""`factdesk match`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from factdesk.cli.bulk import answer_file, check_input
from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.match_view import answer_lines
from factdesk.cli.types import Count, Day

if TYPE_CHECKING:
    from factdesk.domain.matches import Match
    from factdesk.queries.desk import Desk
    from factdesk.queries.find_matches import BulkRow, MatchFilter

TOP = 5
BULK_TOP = 20


@command(
    help="Find the checks that already answer a message. Best first, with the reasons for each; finding none is an "
    "answer too. A message that is nothing but the name of a subcommand goes behind --.",
    examples=(
        'factdesk match "Carrots let you see in the dark"',
        "factdesk match message.txt --language vi --since 2024",
        "factdesk match --input messages.jsonl --output matches.jsonl --top 20",
        "factdesk match confirm MESSAGE REVIEW",
    ),
)
@argument("message", help="The message in quotation marks, a file, or - for standard input.", required=False)
@option("--language", multiple=True, metavar="CODE", help="Only checks in this language; can be given more than once.")
@option(
    "--publisher",
    multiple=True,
    metavar="NAME",
    help="Only checks of this publisher, by name or site; can be given more than once.",
)
@option("--since", type=Day(), help="Only checks published on this day or later.")
@option("--top", type=Count(1, 1000), help="How many checks at most: 5 for a message, 20 for each row of --input.")
@option("--input", "source", metavar="FILE", help="Many messages: JSON Lines, rows with id and text; .gz and - too.")
@option("--output", "target", metavar="FILE", help="Where the answers to --input go; - for standard output.")
def match(
    call: Call,
    message: str | None,
    language: tuple[str, ...],
    publisher: tuple[str, ...],
    since: str | None,
    top: int | None,
    source: str | None,
    target: str | None,
) -> None:
    """Answer one message, or every row of a file."""
    check_input(message, source, target)
    text = message_from(message) if source is None else ""
    # From here on it takes time: what could be asked wrongly was looked at before.
    from factdesk.queries.find_matches import MatchFilter

    where = MatchFilter(languages=frozenset(language), publishers=frozenset(publisher), since=since or "")
    if source is not None:
        _many(call, source, target or "-", top or BULK_TOP, where)
    else:
        _one(call, text, top or TOP, where)


def _one(call: Call, message: str, top: int, where: MatchFilter) -> None:
    from factdesk.queries.find_matches import find_matches
    from factdesk.queries.messages import remember_message

    with call.open() as desk:
        _follow(call, desk)
        answer = find_matches(desk, message, top=top, where=where)
        remember_message(desk.config, answer.message_id, message)
    if call.json:
        call.print_json(answer)
        return
    for line in answer_lines(answer, call.out, call.say):
        call.print(line)


def _follow(call: Call, desk: Desk) -> None:
    """Bring the index to the record: nothing to do but after an import by another machine, or the first time."""
    with call.progress("Indexing") as progress:
        desk.index(progress)


def _many(call: Call, source: str, target: str, top: int, where: MatchFilter) -> None:
    from factdesk.queries.find_matches import bulk_matches

    with call.open() as desk:
        _follow(call, desk)
        with call.progress("Matching") as progress:

            def answer(rows: Iterator[tuple[str, str]]) -> Iterable[BulkRow]:
                return bulk_matches(desk, rows, top=top, where=where, progress=progress)

            answer_file(call, source, target, "matches", answer, lambda row: [shape(match) for match in row.matches])


def shape(match: Match) -> dict[str, Any]:
    """One match as the bulk contract has it: `id` is what its row was called in the file it came from."""
    return {
        "id": match.review.own_id or match.review_id,
        "score": match.score,
        "decision": match.decision,
        "reasons": [str(reason) for reason in match.reasons],
    }
