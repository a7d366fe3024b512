"""Whether quotations stand where their citations say, in a text that can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from factdesk.domain.captures import Capture
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step
from factdesk.queries.verify_text import Judged
from factdesk.text.quotation_parts import MOST_LEFT_OUT
from factdesk.text.quotations import Found, QuotedText

_NO_TEXT = "There is no text of it that can be trusted."
_OTHER_TEXT = "It was cited in another text ({digest})."
_GONE = "“{exact}” does not stand at {start}–{end}."
_ORDER = "The parts of the quotation do not follow one another as they must."
_WORDS = "The quotation is not what stands at its places."
_STANDS = "“{quotation}”"
_UNPROVED = "“{quotation}” stands in the stored text; whether that is the source's was not shown."
_ELSEWHERE = "“{quotation}”, in the text that is made here, which is not the stored one."
_STORED = "“{quotation}”, in the stored text, whose digest holds: it was not made again."
_SUPPLIED = "“{quotation}”, in what {who} supplied."
_SUPPLIED_STORED = "“{quotation}”, in the stored text of what {who} supplied: it was not made again."
_SHOWN = 80


def quotation_steps(capture: Capture, judged: Judged, citations: Sequence[tuple[str, Citation]]) -> Iterator[Step]:
    """A step for each citation of a capture. The text is prepared once."""
    text = QuotedText(judged.text, judged.blocks) if citations and judged.source else None
    other = QuotedText(judged.other.text, judged.other.blocks) if citations and judged.other else None
    for own_id, citation in citations:
        outcome, reason = _judge(capture, judged, citation, text)
        if outcome == "pass" and judged.source == "stored":
            outcome, reason = _unproved(citation, other)
        yield Step("quotation", own_id, outcome, reason)


def _judge(
    capture: Capture, judged: Judged, citation: Citation, text: QuotedText | None
) -> tuple[Outcome, Reason | None]:
    if citation.text_digest != capture.text_digest:
        return "fail", Reason("quotation", _OTHER_TEXT, {"digest": citation.text_digest})
    if text is None:
        return "not checked", Reason("quotation", _NO_TEXT, {})
    for piece in citation.pieces:
        if not text.stands(piece):
            values = {"exact": shortened(piece.exact), "start": f"{piece.start:,}", "end": f"{piece.end:,}"}
            return "fail", Reason("quotation", _GONE, values)
    if any(not _follows(text, before, after) for before, after in pairwise(citation.pieces)):
        return "fail", Reason("quotation", _ORDER, {})
    if not says_what_stands(citation):
        return "fail", Reason("quotation", _WORDS, {})
    return "pass", _remark(capture, judged, citation)


def _unproved(citation: Citation, other: QuotedText | None) -> tuple[Outcome, Reason]:
    """A stored text that nobody can make again proves nothing: whoever forges a text forges its digest too. What
    stands in the text that can be made does stand in the source."""
    values = {"quotation": shortened(citation.quotation)}
    if other is not None and isinstance(other.find(citation.quotation, nth=1), Found):
        return "pass", Reason("quotation", _ELSEWHERE, values)
    return "not checked", Reason("quotation", _UNPROVED, values)


def says_what_stands(citation: Citation) -> bool:
    """Whether the quotation that a citation shows is that of its places, as loosely as quotations are found."""
    exacts = [piece.exact for piece in citation.pieces]
    if citation.quotation == exacts[0] and len(exacts) == 1:
        return True
    found = QuotedText("\n".join(exacts)).find(citation.quotation, nth=1)
    return isinstance(found, Found) and [piece.exact for piece in found.pieces] == exacts


def _follows(text: QuotedText, before: Piece, after: Piece) -> bool:
    """Whether a gap is one that may be left out: in order, not too long, within one section."""
    crossed = any(before.end <= block.start <= after.start and block.kind == "heading" for block in text.blocks)
    return 0 <= after.start - before.end <= MOST_LEFT_OUT and not crossed


def _remark(capture: Capture, judged: Judged, citation: Citation) -> Reason:
    values = {"quotation": shortened(citation.quotation)}
    if capture.supplied:
        template = _SUPPLIED_STORED if judged.source == "quick" else _SUPPLIED
        return Reason("quotation", template, values | {"who": capture.supplied_by or "–"})
    return Reason("quotation", _STORED if judged.source == "quick" else _STANDS, values)


def shortened(text: str) -> str:
    """The beginning of a text that may be long."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
