"""Binding a quotation to a capture."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.domain.citations import Citation, Stance
from factdesk.domain.matches import Reason
from factdesk.errors import InputError
from factdesk.queries.captures import capture_named, layout_blocks, text_of
from factdesk.queries.desk import Desk
from factdesk.store.captures import StoredCapture
from factdesk.store.citations import citations_of, put_citations
from factdesk.text.fragments import fragment_link
from factdesk.text.quotation_cuts import cut_reason
from factdesk.text.quotations import Found, Missing, QuotedText

MOST = 20_000
"""Characters of a quotation: beyond that it is no quotation but a copy."""
ALTERED = ("number", "letter")
"""What may not be cut: half a number, or a letter without its accent, says something else. Half a word can be seen."""


@dataclass(frozen=True, slots=True)
class CitedNow:
    """A citation that was made, or was there already. `link` leads to the sentence on the live page, empty for none."""

    id: str
    capture: StoredCapture
    citation: Citation
    occurrences: int
    link: str
    remarks: tuple[Reason, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class NotCited:
    """A quotation that does not stand in the capture, and why. Nothing was written."""

    capture: StoredCapture
    missing: Missing


def cite(
    desk: Desk,
    capture: str,
    quotation: str,
    stance: Stance,
    *,
    claim: str = "",
    note: str = "",
    nth: int | None = None,
    actor: str = "desk",
) -> CitedNow | NotCited:
    """Find a quotation in a capture and keep where it stands; saying the same again changes nothing.

    `nth` is which of several occurrences is meant; without it a short quotation must be unique. A quotation that cuts
    a number in two is not cited: “5” is not what “50” says. Raises `NotFoundError` for an unknown capture,
    `InputError` for an empty quotation.
    """
    words = quotation.strip()
    if not words or len(words) > MOST:
        raise InputError("A quotation has from 1 to {most} characters.", most=f"{MOST:,}")
    with desk.record.read() as session:
        stored = capture_named(session, capture)
        text = text_of(session, desk.config, stored)
        blocks = layout_blocks(session, desk.config, stored)
    found = QuotedText(text, blocks).find(words, nth=nth)
    if isinstance(found, Missing):
        return NotCited(stored, found)
    altered = next((cut for cut in found.cut if cut.inside in ALTERED), None)
    if altered is not None:
        return NotCited(stored, Missing(cut_reason(altered)))
    made = Citation(
        capture=stored.id,
        text_digest=stored.capture.text_digest,
        quotation=words,
        pieces=found.pieces,
        stance=stance,
        time=desk.record.clock.now(),
        claim=claim.strip(),
        note=note.strip(),
    )
    with desk.record.write() as writer:
        before = citations_of(writer.session, [stored.number]).get(stored.number, ())
        same = next((each for each in before if _says_the_same(each.citation, made)), None)
        own = same.id if same else put_citations(writer, [(stored.number, made)], actor=actor)[1][0]
    url = stored.capture.final_url or stored.capture.url
    link = fragment_link(url, found.pieces, unique=found.occurrences == 1)
    return CitedNow(
        own,
        stored,
        same.citation if same else made,
        found.occurrences,
        link,
        _remarks(stored, found),
        same is None,
    )


def _says_the_same(one: Citation, other: Citation) -> bool:
    return (one.pieces, one.stance, one.claim, one.note) == (other.pieces, other.stance, other.claim, other.note)


def _remarks(stored: StoredCapture, found: Found) -> tuple[Reason, ...]:
    remarks = [cut_reason(cut) for cut in found.cut]
    if found.occurrences > 1:
        remarks.append(Reason("several", "it stands there {count} times", {"count": str(found.occurrences)}))
    if stored.capture.supplied:
        remarks.append(
            Reason(
                "supplied",
                "the source was supplied by {who}: it supports no published rating by itself",
                {"who": stored.capture.supplied_by or "?"},
            )
        )
    if stored.capture.ocr:
        remarks.append(Reason("ocr", "the text was read off a picture: hold it against the picture"))
    return tuple(remarks)
