"""What bears on a claim: passages of captures, grouped by the source they stand in, with the reasons for each."""

from __future__ import annotations

from dataclasses import dataclass

from factdesk.domain.captures import Origin
from factdesk.domain.matches import Reason, Span
from factdesk.domain.stance import StanceHint


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A passage that bears on a claim: `text[start:end]` of its capture's text by `span`.

    `sentence` is the sentence that matters, in the capture's text too. `hint` is what the passage seems to do to the
    claim, for a person to look at; None where nothing is hinted. It is never a judgement and never stored. `bears` is
    whether the passage is near enough to the claim to bear on it at all: one must be the best, and may be far off.
    """

    span: Span
    text: str
    page: int
    heading: str
    score: float
    sentence: Span
    reasons: tuple[Reason, ...]
    hint: StanceHint | None = None
    bears: bool = True

    @property
    def marked(self) -> Span:
        """The sentence that matters, in the passage's own text."""
        return Span(self.sentence.start - self.span.start, self.sentence.end - self.span.start)


@dataclass(frozen=True, slots=True)
class SourceHit:
    """A source with its passages that bear on a claim, best first. `score` is that of the best, from 0 to 1.

    `capture` is the capture's id, `own_id` what its row was called by who supplied it. `date` is the day it was
    published, `captured` the day the desk got it. `copies` are the ids of captures with the same text, or nearly so.
    `bears` is whether any of the passages does.
    """

    capture: str
    own_id: str
    title: str
    source: str
    date: str
    captured: str
    language: str
    origin: Origin
    supplied: bool
    ocr: bool
    primary: bool
    score: float
    passages: tuple[PassageHit, ...]
    copies: tuple[str, ...] = ()
    bears: bool = True


@dataclass(frozen=True, slots=True)
class EvidenceAnswer:
    """What of a library comes nearest to bearing on a claim, best first."""

    claim: str
    language: str
    sources: tuple[SourceHit, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Which sources may answer: languages by code, none published before the day `since`.

    `primary` does not shut anything out: it puts primary sources before others that bear on the claim as much.
    """

    languages: frozenset[str] = frozenset()
    since: str = ""
    primary: bool = False
