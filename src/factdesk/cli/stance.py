"""`factdesk stance`."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from factdesk.cli.bulk import check_input, tell_unread
from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from, opened_input, opened_output, sound
from factdesk.cli.match_view import percent
from factdesk.cli.rows import Row, answered, read_rows
from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.config import models_dir, threads
from factdesk.domain.stance import StanceHint
from factdesk.errors import InputError, UsageError
from factdesk.wording import Say

if TYPE_CHECKING:
    from factdesk.encode.base import Encoder

NO_PAIR = "The row has no claim and evidence."
SHOWN = {"supports": "seems to support the claim", "refutes": "seems to refute the claim", "unclear": "unclear"}
STYLES = {"supports": "bold green", "refutes": "bold red", "unclear": "dim"}


@dataclass(frozen=True, slots=True)
class PairRow(Row):
    """A row whose text is a claim, with the evidence it is held against."""

    evidence: str = ""


@command(
    help="Hint whether a text supports a claim, refutes it, or leaves it unclear. A hint from numbers, names, negation "
    "and a learned table; a person judges.",
    examples=(
        'factdesk stance "The tower was built in 1930" "The tower was completed in 1889."',
        "factdesk stance --input pairs.jsonl --output hints.jsonl",
    ),
)
@argument("claim", help="The claim in quotation marks, or a file.", required=False)
@argument("evidence", help="The evidence in quotation marks, or a file.", required=False)
@option(
    "--input", "source", metavar="FILE", help="Many pairs: JSON Lines, rows with id, claim and evidence; .gz and -."
)
@option("--output", "target", metavar="FILE", help="Where the answers to --input go; - for standard output.")
def stance(call: Call, claim: str | None, evidence: str | None, source: str | None, target: str | None) -> None:
    """Hint at one pair, or at every row of a file."""
    check_input(claim, source, target)
    if source is None:
        _one(call, claim, evidence)
        return
    from factdesk.queries.stance import bulk_hints

    encoder = _encoder()
    evidences: deque[str] = deque()

    def answer(rows: Iterator[tuple[str, str]]) -> Iterator[StanceHint]:
        # `_beside` puts a row's evidence by just before the row itself comes in.
        pairs = ((own_id, text, evidences.popleft()) for own_id, text in rows)
        with call.progress("Comparing claims and evidence") as progress:
            for done, (_, found) in enumerate(bulk_hints(encoder, pairs), 1):
                yield found
                progress(done, None)

    unread: list[Row] = []
    count = 0
    with opened_input(source) as stream, opened_output(target or "-") as out:
        rows = _beside(read_rows(stream, source, _pair), evidences)
        for row, found in answered(rows, answer, unread.append):
            out.write(_line(row, found))
            count += 1
    tell_unread(call, source, target or "-", unread)
    _check_some(source, count - sum(row.answered for row in unread), unread)
    call.talk("{count} pairs compared.", count=f"{count:,}")


def _check_some(source: str, read: int, unread: list[Row]) -> None:
    if unread and not read:
        raise InputError(
            "No row could be read.",
            place=source,
            remedy="A row looks like this: {example}",
            example='{"id": "1", "claim": "claim", "evidence": "evidence"}',
        )


def _one(call: Call, claim: str | None, evidence: str | None) -> None:
    from factdesk.queries.stance import hint_asked

    if claim is None or evidence is None:
        raise UsageError(
            "A claim and its evidence are needed.",
            remedy='Give both in quotation marks: factdesk stance "claim" "text"',
        )
    found = hint_asked(message_from(claim), message_from(evidence), _encoder())
    if call.json:
        call.print_json(shape(found))
        return
    for line in hint_lines(found, call.out, call.say):
        call.print(line)


def _encoder() -> Encoder:
    """The default encoder: what is learned belongs to it, so no desk is needed."""
    from factdesk.encode.load import DEFAULT, load_encoder

    return load_encoder(DEFAULT, models_dir(), threads())


def _pair(line: int, own_id: str | int | float, data: Mapping[str, Any]) -> Row:
    claim, evidence = data.get("claim", data.get("text")), data.get("evidence")
    if not isinstance(claim, str) or not isinstance(evidence, str):
        return Row(line, own_id, error=NO_PAIR)
    return PairRow(line, own_id, sound(claim), evidence=sound(evidence))


def _beside(rows: Iterator[Row], evidences: deque[str]) -> Iterator[Row]:
    for row in rows:
        if isinstance(row, PairRow):
            evidences.append(row.evidence)
        yield row


def _line(row: Row, found: StanceHint | None) -> str:
    data: dict[str, Any] = {"id": row.id} | ({"error": row.error} if found is None else shape(found))
    line = json.dumps(data, ensure_ascii=False) + "\n"
    # A lone surrogate in an id has no UTF-8: it goes out escaped, as it came in.
    return line if line.isascii() else line.encode("utf-8", "backslashreplace").decode("utf-8")


def shape(found: StanceHint) -> dict[str, Any]:
    """A hint as the contract has it: `label` and `probability` whether it is sure or not, `hint` what people see."""
    return {
        "hint": found.shown,
        "label": found.label,
        "probability": found.probability,
        "sure": found.sure,
        "reasons": [str(reason) for reason in found.reasons],
    }


def hint_lines(found: StanceHint, terminal: Terminal, say: Say) -> list[str]:
    """The hint as people see it: what it seems to be, how likely, why."""
    head = say(SHOWN[found.shown])
    if found.shown != "unclear":
        head = f"{head} · {percent(found.probability)}"
    lines = [terminal.style(line, STYLES[found.shown]) for line in wrap(head, terminal.width)]
    for reason in found.reasons:
        text = visible(say(reason.template, **reason.values))
        lines += [f"  {line}" for line in wrap(text, terminal.width - 2)]
    closing = wrap(say("A hint, no judgement: read the source."), terminal.width)
    return lines + [terminal.style(line, "dim") for line in closing]
