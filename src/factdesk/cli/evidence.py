"""`factdesk evidence`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from factdesk.cli.bulk import answer_file, check_input
from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.evidence_view import evidence_lines
from factdesk.cli.inputs import message_from
from factdesk.cli.types import Count, Day

if TYPE_CHECKING:
    from factdesk.domain.evidence import EvidenceFilter, SourceHit
    from factdesk.queries.evidence import BulkEvidence

TOP = 5
BULK_TOP = 20


@command(
    help="Find the passages of the library that bear on a claim. Best first, by source, with the sentence that matters "
    "and the reasons for each. What a passage seems to do to the claim is a hint, and no judgement.",
    examples=(
        'factdesk evidence "Carrots let you see in the dark"',
        "factdesk evidence claim.txt --primary --since 2020",
        "factdesk evidence --input claims.jsonl --output evidence.jsonl --top 20",
    ),
)
@argument("claim", help="The claim in quotation marks, a file, or - for standard input.", required=False)
@option("--language", multiple=True, metavar="CODE", help="Only sources in this language; may be given several times.")
@option("--since", type=Day(), help="Only sources published on this day or later.")
@option("--primary", is_flag=True, help="Put primary sources before others that bear on the claim about as much.")
@option("--top", type=Count(1, 1000), help="How many sources at most: 5 for a claim, 20 for each row of --input.")
@option("--input", "source", metavar="FILE", help="Many claims: JSON Lines, rows with id and text; .gz and - too.")
@option("--output", "target", metavar="FILE", help="Where the answers to --input go; - for standard output.")
def evidence(
    call: Call,
    claim: str | None,
    language: tuple[str, ...],
    since: str | None,
    primary: bool,
    top: int | None,
    source: str | None,
    target: str | None,
) -> None:
    """Answer one claim, or every row of a file."""
    check_input(claim, source, target)
    text = message_from(claim) if source is None else ""
    # From here on it takes time: what could be asked wrongly was looked at before.
    from factdesk.domain.evidence import EvidenceFilter

    where = EvidenceFilter(languages=frozenset(language), since=since or "", primary=primary)
    if source is not None:
        _many(call, source, target or "-", top or BULK_TOP, where)
    else:
        _one(call, text, top or TOP, where)


def _one(call: Call, claim: str, top: int, where: EvidenceFilter) -> None:
    from factdesk.queries.evidence import EvidenceFinder

    with call.open() as desk:
        finder = EvidenceFinder(desk, where)
        with call.progress("Indexing") as progress:
            finder.index(progress)
        answer = finder.answer(claim, top)
        finder.close()
    if call.json:
        call.print_json(answer)
        return
    for line in evidence_lines(answer, call.out, call.say):
        call.print(line)


def _many(call: Call, source: str, target: str, top: int, where: EvidenceFilter) -> None:
    from factdesk.queries.evidence import EvidenceFinder

    with call.open() as desk:
        finder = EvidenceFinder(desk, where)
        with call.progress("Indexing") as progress:
            finder.index(progress)
        with call.progress("Looking for evidence") as progress:

            def answer(rows: Iterator[tuple[str, str]]) -> Iterable[BulkEvidence]:
                return finder.many(rows, top, progress)

            answer_file(call, source, target, "matches", answer, lambda row: [shape(hit) for hit in row.sources])
        finder.close()


def shape(hit: SourceHit) -> dict[str, Any]:
    """One source as the bulk contract has it: `id` is what its row was called in the file it came from."""
    best = hit.passages[0]
    return {
        "id": hit.own_id or hit.capture,
        "capture": hit.capture,
        "score": hit.score,
        "bears": hit.bears,
        "start": best.span.start,
        "end": best.span.end,
        "sentence": best.text[best.marked.start : best.marked.end],
        "reasons": [str(reason) for reason in best.reasons],
    }
