"""Whether a text is what its extractor makes of the bytes; and which text may be trusted for its quotations."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from factdesk.capture.extract.run import versions
from factdesk.domain.captures import Capture
from factdesk.domain.documents import Block, Document, Extracted, Extractor, blocks_from, text_digest
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step
from factdesk.errors import FactdeskError, LimitError, ResourceError

Source = Literal["again", "stored", "quick", ""]
"""`again`: the text was made again and is the same. `stored`: it is the stored one, whose digest holds, since no other
could be made; `quick`: since none was to be made. Empty: there is no text that can be trusted."""

_MISSING = "The text {digest} is missing."
_DAMAGED = "The stored text does not have its digest {digest}."
_LAYOUT = "The places of the text's parts do not have their digest {digest}."
_PLACES = "{extractor} {version} finds its part at {place} otherwise: {found}, not {said}."
_QUICK = "No extractor was run (--quick)."
_NO_BYTES = "Its bytes are missing, changed, or too many to be read again."
_OTHER = "{extractor} {version} makes another text of these bytes."
_BY_ANOTHER = "Recorded by {extractor} {version}; {here}, which is here, makes the same text."
_VERSIONS = "Recorded by {extractor} {version}; {here}, which is here, makes another text."
_ABSENT = "It takes {extractor} {version}, which is not here ({here})."
_REFUSED = "{extractor} {version} does not read these bytes."
_PICTURE = "Its text was read off a picture and can have mistakes."
_UNSAID = "Its text was read off a picture, which the capture does not say."
_MEASURED = 0.01
"""How far shares of a page may differ."""
_USUAL, _SHOWN = Block(0, 0), 120
_LIMITS = "{extractor} came to a limit on this machine."


@dataclass(frozen=True, slots=True)
class Stored:
    """The text and its layout as they are held. `fault` says what is wrong with them."""

    text: str | None
    blocks: tuple[Block, ...]
    fault: Reason | None

    @classmethod
    def of(cls, capture: Capture, text: bytes | None, layout: bytes | None) -> Stored:
        """What is held under a capture's digests."""
        blocks, fault = _blocks(capture, layout)
        if text is None:
            return cls(None, (), Reason("text", _MISSING, {"digest": capture.text_digest}))
        if hashlib.sha256(text).hexdigest() != capture.text_digest:
            return cls(None, (), Reason("text", _DAMAGED, {"digest": capture.text_digest}))
        return cls(text.decode("utf-8", "surrogatepass"), blocks, fault)


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a text: the step, and the text that quotations may be looked for in. `other` is what another
    version of the extractor makes of the bytes, where that is another text."""

    step: Step
    text: str = ""
    blocks: tuple[Block, ...] = ()
    source: Source = ""
    other: Document | None = None


def text_step(
    subject: str, capture: Capture, stored: Stored, answer: Extracted | FactdeskError | None, *, quick: bool
) -> Judged:
    """What became of a capture's text, given what its extractor answered now; None where it was not asked."""
    outcome, reason = _outcome(capture, answer, quick=quick)
    again = isinstance(answer, Extracted) and text_digest(answer.document.text) == capture.text_digest
    if stored.fault is not None:
        outcome, reason = "fail", stored.fault
    elif again and isinstance(answer, Extracted) and (wrong := _misplaced(capture, stored, answer)):
        outcome, reason = "fail", wrong
    step = Step("text", subject, outcome, reason)
    if again and isinstance(answer, Extracted):
        return Judged(step, answer.document.text, answer.document.blocks, "again")
    other = answer.document if isinstance(answer, Extracted) else None
    if stored.text is not None:
        return Judged(step, stored.text, stored.blocks, "quick" if quick else "stored", other)
    return Judged(step)


def _outcome(
    capture: Capture, answer: Extracted | FactdeskError | None, *, quick: bool
) -> tuple[Outcome, Reason | None]:
    recorded = capture.extractor
    values = {"extractor": recorded.name or "–", "version": recorded.version or "–"}
    if answer is None:
        return "not checked", Reason("text", _QUICK if quick else _NO_BYTES, {})
    if isinstance(answer, FactdeskError):
        return _refused(recorded, answer, values)
    here = _name(answer.extractor)
    if text_digest(answer.document.text) == capture.text_digest:
        return _same(capture, answer, {**values, "here": here})
    if answer.extractor == recorded:
        return "fail", Reason("text", _OTHER, values)
    return "not checked", Reason("text", _VERSIONS, {**values, "here": here})


def _same(capture: Capture, answer: Extracted, values: dict[str, str]) -> tuple[Outcome, Reason | None]:
    """The same text; and whether a picture was behind it, which a reader has to know."""
    if answer.document.has_ocr and not capture.ocr:
        return "fail", Reason("text", _UNSAID, {})
    if answer.extractor != capture.extractor:
        return "pass", Reason("text", _BY_ANOTHER, values)
    return "pass", Reason("text", _PICTURE, {}) if capture.ocr else None


def _refused(recorded: Extractor, error: FactdeskError, values: dict[str, str]) -> tuple[Outcome, Reason]:
    """An extractor that is not here, or another one, proves nothing; the recorded one that refuses the bytes does."""
    here = versions().get(recorded.name, "")
    if isinstance(error, ResourceError) or here != recorded.version:
        return "not checked", Reason("text", _ABSENT, {**values, "here": here or str(error)})
    if isinstance(error, LimitError):
        # Another machine may be slower, or have less memory.
        return "not checked", Reason("text", _LIMITS, values)
    return "fail", Reason("text", _REFUSED, values)


def _misplaced(capture: Capture, stored: Stored, answer: Extracted) -> Reason | None:
    """The first part of the text that is not where, or what, the same extractor says. Which parts are the main content
    of a page a library of others decides."""
    if not capture.layout_digest or answer.extractor != capture.extractor:
        return None
    for said, found in zip_longest(stored.blocks, answer.document.blocks):
        if said is None or found is None or not _alike(said, found, main=answer.extractor.name != "html"):
            place = (said or found or Block(0, 0)).start
            values = {"place": f"{place:,}", "said": _shown(said), "found": _shown(found)}
            return Reason(
                "text", _PLACES, {"extractor": capture.extractor.name, "version": capture.extractor.version} | values
            )
    return None


def _alike(said: Block, found: Block, *, main: bool) -> bool:
    """Whether two parts are the same; what was measured may differ a little between processors."""
    exact = replace(found, box=said.box, confidence=said.confidence, main=found.main if main else said.main)
    if exact != said or (said.box is None) != (found.box is None):
        return False
    measured = [(said.confidence, found.confidence), *zip(said.box or (), found.box or (), strict=True)]
    # Whoever forged the layout may have put anything there.
    with suppress(TypeError):
        return found.ocr or all(abs(one - other) <= _MEASURED for one, other in measured)
    return False


def _shown(block: Block | None) -> str:
    """A part as one line; what is as usual left out, and main content, which may not have been asked."""
    if block is None:
        return "–"
    marks = [name for name in ("page", "level", "ocr", "main", "box") if getattr(block, name) != getattr(_USUAL, name)]
    told = [f"{block.start:,}–{block.end:,}", block.kind, *(f"{name}={getattr(block, name)}" for name in marks)]
    return " ".join(told)[:_SHOWN]


def _blocks(capture: Capture, layout: bytes | None) -> tuple[tuple[Block, ...], Reason | None]:
    if not capture.layout_digest:
        return (), None
    if layout is not None and hashlib.sha256(layout).hexdigest() == capture.layout_digest:
        try:
            return blocks_from(layout.decode("utf-8")), None
        except (ValueError, TypeError, KeyError, RecursionError):
            pass
    return (), Reason("text", _LAYOUT, {"digest": capture.layout_digest})


def _name(extractor: Extractor) -> str:
    return f"{extractor.name} {extractor.version}".strip()
