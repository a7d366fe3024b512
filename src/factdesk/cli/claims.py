"""`factdesk claims`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from factdesk.cli.bulk import answer_file, check_input
from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.match_view import percent
from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.config import models_dir, threads
from factdesk.domain.claims import ClaimSentence
from factdesk.wording import Say

KINDS = {
    "checkable": "checkable",
    "opinion": "opinion",
    "prediction": "prediction",
    "question": "question",
    "experience": "experience",
    "other": "something else",
}


@command(
    help="Say of each sentence whether a desk should check it. What kind of sentence it is, how likely it is worth "
    "checking, and why.",
    examples=('factdesk claims "A long message"', "factdesk claims --input messages.jsonl --output claims.jsonl"),
)
@argument("message", help="The message in quotation marks, a file, or - for standard input.", required=False)
@option("--language", default="", metavar="CODE", help="Language of the message; told from its text if not given.")
@option("--input", "source", metavar="FILE", help="Many messages: JSON Lines, rows with id and text; .gz and - too.")
@option("--output", "target", metavar="FILE", help="Where the answers to --input go; - for standard output.")
def claims(call: Call, message: str | None, language: str, source: str | None, target: str | None) -> None:
    """Judge the sentences of one message, or of every row of a file."""
    check_input(message, source, target)
    messages = [message_from(message)] if source is None else []
    judge = _judge(language)
    if source is None:
        (found,) = judge(messages)
        _print(call, found)
        return
    with call.progress("Reading sentences") as progress:

        def answer(rows: Iterator[tuple[str, str]]) -> Iterator[tuple[ClaimSentence, ...]]:
            for done, found in enumerate(judge(text for _, text in rows), 1):
                yield found
                progress(done, None)

        answer_file(call, source, target or "-", "claims", answer, lambda found: [shape(claim) for claim in found])


def _judge(language: str) -> Callable[[Iterable[str]], Iterator[tuple[ClaimSentence, ...]]]:
    """Judges messages, many at once. What is learned belongs to the default encoder, so no desk is needed."""
    from factdesk.claims.kinds import judge_many
    from factdesk.encode.load import DEFAULT, load_encoder

    encoder = load_encoder(DEFAULT, models_dir(), threads())
    return lambda messages: judge_many(messages, encoder, language)


def _print(call: Call, found: tuple[ClaimSentence, ...]) -> None:
    if call.json:
        call.print_json({"claims": [shape(claim) for claim in found]})
        return
    for line in claim_lines(found, call.out, call.say):
        call.print(line)


def claim_lines(found: tuple[ClaimSentence, ...], terminal: Terminal, say: Say) -> list[str]:
    """The sentences in their order: what each is, how likely it is worth checking, why."""
    lines: list[str] = []
    for claim in found:
        verdict = say("worth checking") if claim.checkworthy else say("not worth checking")
        style = "bold green" if claim.checkworthy else "dim"
        head = f"{say(KINDS[claim.kind])} · {verdict} · {percent(claim.probability)}"
        lines += [terminal.style(line, style) for line in wrap(head, terminal.width)]
        lines += [f"  {line}" for line in wrap(visible(claim.text), terminal.width - 2)]
        reason = visible(say(claim.reason.template, **claim.reason.values))
        lines += [terminal.style(f"  {line}", "dim") for line in wrap(reason, terminal.width - 2) if line]
        lines.append("")
    return lines[:-1] if lines else [say("No sentence found.")]


def shape(claim: ClaimSentence) -> dict[str, Any]:
    """One sentence as the contract has it; `start` and `end` count Unicode code points."""
    return {
        "text": claim.text,
        "start": claim.span.start,
        "end": claim.span.end,
        "kind": claim.kind,
        "checkworthy": claim.checkworthy,
        "probability": claim.probability,
        "reason": str(claim.reason),
    }
