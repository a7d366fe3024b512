"""`factdesk cite`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import Count, OneOf
from factdesk.domain.citations import STANCES, Stance, selectors

if TYPE_CHECKING:
    from factdesk.actions.cite import CitedNow, NotCited

STANDS = {"supports": "supports the claim", "refutes": "refutes the claim", "context": "gives context"}


@command(
    help="Bind a quotation to a capture. It must stand there word for word; white space, the style of quotation marks "
    "and dashes, and line-break hyphens may differ, and […] leaves something out. What is not found is shown beside "
    "the nearest passage, and nothing is written.",
    acts=True,
    examples=(
        'factdesk cite CAPTURE "The quotation, word for word" --stance refutes',
        'factdesk cite CAPTURE "Begins so […] and ends so" --stance supports --claim carrots',
        "factdesk cite CAPTURE quotation.txt --stance context",
    ),
)
@argument("capture", help="A capture's id or its beginning, a row's id, or an address.")
@argument("quotation", help="The quotation in quotation marks, a file, or - for standard input.")
@option("--stance", type=OneOf(STANCES), required=True, help="What it does to the claim: supports, refutes, context.")
@option("--claim", default="", metavar="ID", help="The claim that it is cited for.")
@option("--note", default="", metavar="TEXT", help="A note that stays with the citation.")
@option("--nth", type=Count(1, 100_000), default=None, help="Which one is meant, where it stands there several times.")
def cite(call: Call, capture: str, quotation: str, stance: Stance, claim: str, note: str, nth: int | None) -> int:
    """Bind a quotation to a capture."""
    text = message_from(quotation) if quotation.strip() else ""
    from factdesk.actions.cite import CitedNow
    from factdesk.actions.cite import cite as bind

    with call.open(writable=True) as desk:
        done = bind(desk, capture, text, stance, claim=claim, note=note, nth=nth, actor=call.actor())
    if isinstance(done, CitedNow):
        _say_cited(call, done)
        return 0
    _say_missing(call, done)
    return 1


def _say_cited(call: Call, done: CitedNow) -> None:
    citation, say = done.citation, call.say
    if call.json:
        targets = [{"source": done.capture.capture.source, "selector": selectors(each)} for each in citation.pieces]
        call.print_json(
            {
                "id": done.id,
                "capture": done.capture.id,
                "stance": citation.stance,
                "claim": citation.claim,
                "quotation": citation.quotation,
                "targets": targets,
                "occurrences": done.occurrences,
                "link": done.link,
                "new": done.is_new,
                "remarks": [say(remark.template, **remark.values) for remark in done.remarks],
            }
        )
        return
    call.print(call.out.style(done.id, "bold"))
    shown = " […] ".join(visible(piece.exact) for piece in citation.pieces)
    for line in wrap(say("“{quotation}”", quotation=shown), call.out.width - 2):
        call.print(f"  {line}")
    place = ", ".join(f"{piece.start}–{piece.end}" for piece in citation.pieces)
    call.print(f"  {say(STANDS[citation.stance])} · {say('characters {place}', place=place)}")
    if done.link:
        call.print(f"  {done.link}")
    for remark in done.remarks:
        call.warn("Note: {remark}", remark=say(remark.template, **remark.values))
    if not done.is_new:
        call.talk("It was cited so before; nothing has changed.")


def _say_missing(call: Call, done: NotCited) -> None:
    missing, say = done.missing, call.say
    why = say(missing.reason.template, **missing.reason.values)
    if call.json:
        data: dict[str, Any] = {"error": why, "capture": done.capture.id, "nearest": missing.nearest}
        call.print_json(data)
        return
    call.warn("The quotation does not stand in the capture: {why}", why=why)
    nearest = missing.nearest
    if nearest is None:
        return
    where = say("page {page}", page=nearest.page) if nearest.page else say("characters {place}", place=nearest.start)
    call.warn("The nearest passage ({where}):", where=where)
    for line in wrap(_marked(call, nearest.changes), call.out.width - 2):
        call.warn("  {line}", line=line)
    call.talk(
        "{removed} is only in the quotation, {added} only in the source. Nothing was written.",
        removed="[-…-]",
        added="{+…+}",
    )


def _marked(call: Call, changes: Any) -> str:
    """The passage with what differs between marks, as a word-by-word difference."""
    parts = []
    for change in changes:
        if change.kind == "same":
            parts.append(visible(change.source))
            continue
        if change.quoted:
            parts.append(call.out.style(f"[-{visible(change.quoted)}-]", "bold red"))
        if change.source:
            parts.append(call.out.style(f"{{+{visible(change.source)}+}}", "bold green"))
    return " ".join(part for part in parts if part)
