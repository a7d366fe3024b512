"""Evidence as a person reads it: where it is from, the passage with the sentence that matters, and why."""

from __future__ import annotations

from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.domain.evidence import EvidenceAnswer, PassageHit, SourceHit
from factdesk.domain.matches import Reason
from factdesk.wording import Say

AROUND = 160
"""Letters that are shown before and after the sentence that matters."""
LONGEST = 500
"""Letters of that sentence."""
SHORT_ID = 13
HINTS = {
    "supports": "Hint: this seems to support the claim. Read it yourself.",
    "refutes": "Hint: this seems to refute the claim. Read it yourself.",
    "unclear": "Hint: unclear what this does to the claim.",
}
NOTHING = "Nothing in the library bears on this claim."
CITE = 'Found it? Bind the quotation: factdesk cite CAPTURE "quotation" --stance refutes'


def evidence_lines(answer: EvidenceAnswer, terminal: Terminal, say: Say) -> list[str]:
    """The whole answer: sources that bear on the claim, best first, then how to cite one."""
    shown = [source for source in answer.sources if source.bears]
    if not shown:
        return wrap(say(NOTHING), terminal.width)
    lines: list[str] = []
    for number, source in enumerate(shown, 1):
        lines += [*_source(number, source, terminal, say), ""]
    return lines + [terminal.style(line, "dim") for line in wrap(say(CITE), terminal.width)]


def _source(number: int, source: SourceHit, terminal: Terminal, say: Say) -> list[str]:
    own = source.own_id if source.origin == "text" else ""
    title = visible(source.title or own or source.source)
    lines = [terminal.style(line, "bold") for line in wrap(f"{number}. {title}", terminal.width)]
    if source.source and source.source != title:
        # Never broken: a link that is cut cannot be followed.
        lines.append(visible(source.source).replace(" ", "%20"))
    lines += wrap(" · ".join(_facts(source, say)), terminal.width)
    for hit in (each for each in source.passages if each.bears):
        lines += _passage(hit, terminal, say)
    if source.copies:
        copies = ", ".join(visible(own)[:SHORT_ID] for own in source.copies)
        lines += wrap(say("Copies of this, or nearly: {copies}", copies=copies), terminal.width)
    return [*lines, terminal.style(say("ID {review}", review=visible(source.own_id) or source.capture), "dim")]


def _facts(source: SourceHit, say: Say) -> list[str]:
    found = [visible(source.date) if source.date else say("no date"), say("captured {day}", day=source.captured)]
    found += [say("primary source")] * source.primary
    found += [say("supplied")] * source.supplied
    return found + [say("read off a picture")] * source.ocr


def _passage(hit: PassageHit, terminal: Terminal, say: Say) -> list[str]:
    place = [say("page {page}", page=hit.page)] if hit.page else []
    place += [visible(hit.heading)] if hit.heading else []
    lines = [terminal.style(line, "dim") for line in wrap(" · ".join(place), terminal.width - 2) if line]
    before, sentence, after = _around(hit)
    lines += wrap(before, terminal.width - 4) if before else []
    # Marked without colour too: a pipe, a print-out and a person who sees no colour must find it.
    lines += [terminal.style(line, "bold") for line in wrap(f"» {sentence} «", terminal.width - 4)]
    lines += wrap(after, terminal.width - 4) if after else []
    why = "; ".join(_said(reason, say) for reason in hit.reasons)
    lines += [terminal.style(line, "dim") for line in wrap(visible(why), terminal.width - 4) if line]
    if hit.hint is not None:
        lines += wrap(say(HINTS[hit.hint.shown]), terminal.width - 4)
    return [f"  {line}" for line in lines]


def _said(reason: Reason, say: Say) -> str:
    return say(reason.template, **reason.values)


def _around(hit: PassageHit) -> tuple[str, str, str]:
    """What stands before the sentence that matters, the sentence, and what stands after it; cut to what can be read."""
    start, end = hit.marked.start, hit.marked.end
    before, after = visible(hit.text[:start]), visible(hit.text[end:])
    sentence = visible(hit.text[start:end])
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return before, sentence if len(sentence) <= LONGEST else sentence[:LONGEST].rstrip() + "…", after
