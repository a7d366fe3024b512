"""The chain of one capture, re-run: bytes, exchange, text and what is said of it, quotations, timestamps.

It works on captures as a desk or a bundle holds them, and trusts nothing that it can compute: bodies are hashed and
those very bytes handed to the extractor; quotations are looked for in the text that this gives.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO

from factdesk.capture.agree import check as disagreement
from factdesk.capture.exchange import exchange_from
from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.kinds import EXTRACTORS
from factdesk.capture.extract.run import Job, extract_many
from factdesk.domain.captures import Attachment, Capture
from factdesk.domain.citations import Citation
from factdesk.domain.documents import Extracted
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Outcome, Step, StepName
from factdesk.errors import FactdeskError
from factdesk.queries.verify_about import LAST_DAY, about_steps
from factdesk.queries.verify_quotations import quotation_steps
from factdesk.queries.verify_text import Stored, text_step
from factdesk.queries.verify_times import timestamp_step

CHUNK = 1 << 20

Blob = Callable[[str], bytes | None]
"""`blob(digest) -> bytes`, None where they are missing; whether they have that digest is not its business."""


@dataclass(frozen=True, slots=True)
class Held:
    """A capture as it is held: its sealed `content`, its body at its beginning (None where it is missing), whatever
    else it names by digest, and its citations and attachments by id. The body is read before the next one is asked
    for; whoever holds it closes it then."""

    id: str
    content: str
    capture: Capture
    body: IO[bytes] | None
    blob: Blob
    citations: Sequence[tuple[str, Citation]] = ()
    attachments: Sequence[tuple[str, Attachment]] = ()


@dataclass(frozen=True, slots=True)
class How:
    """How to verify. `quick`: digests and selectors only. `roots`: certificates of timestamp authorities, PEM or DER.
    `at_once`: how many extractors run at once, 0 for one a processor. `pins`: names by the fingerprints of keys whose
    signatures count. `kept`: heads of the log that the reader kept."""

    quick: bool = False
    roots: Sequence[bytes] = ()
    at_once: int = 0
    pins: Mapping[str, str] = field(default_factory=dict)
    kept: Sequence[tuple[int, str]] = ()


@dataclass(slots=True)
class _Begun:
    """A capture whose own bytes were looked at, waiting for its text."""

    held: Held
    steps: list[Step]
    stored: Stored
    job: Job | None = None
    others: Mapping[str, bytes | None] = field(default_factory=dict)


def chain(helds: Iterable[Held], how: How) -> Iterator[Step]:
    """The steps of captures, those of each together and in their order; captures are asked for a few ahead."""
    waiting: deque[_Begun] = deque()

    def jobs() -> Iterator[Job]:
        for held in helds:
            begun = _begin(held, how)
            waiting.append(begun)
            if begun.job is not None:
                yield begun.job

    for answer in extract_many(jobs(), at_once=how.at_once):
        while waiting[0].job is None:
            yield from _finish(waiting.popleft(), None, how)
        yield from _finish(waiting.popleft(), answer, how)
    while waiting:
        yield from _finish(waiting.popleft(), None, how)


def step(name: StepName, subject: str, outcome: Outcome, template: str = "", **values: object) -> Step:
    """A step with its reason."""
    reason = Reason(name, template, {key: str(value) for key, value in values.items()}) if template else None
    return Step(name, subject, outcome, reason)


def _begin(held: Held, how: How) -> _Begun:
    capture = held.capture
    body, data = _body_step(held)
    steps = [body, _exchange_step(held)]
    steps += [_attachment_step(own, each, held.blob) for own, each in held.attachments if each.kind != "timestamp"]
    stored = Stored.of(capture, held.blob(capture.text_digest), held.blob(capture.layout_digest))
    begun = _Begun(held, steps, stored)
    if data is not None and not how.quick and body.outcome == "pass":
        begun.job = _job(capture, data)
    return begun


def _finish(begun: _Begun, answer: Extracted | FactdeskError | None, how: How) -> Iterator[Step]:
    held = begun.held
    yield from begun.steps
    judged = text_step(held.id, held.capture, begun.stored, answer, quick=how.quick)
    yield judged.step
    yield from about_steps(held.id, held.capture, answer, quick=how.quick)
    yield from quotation_steps(held.capture, judged, held.citations)
    for own, each in held.attachments:
        if each.kind == "timestamp":
            yield timestamp_step(own, held.content, each, held.blob(each.blob), how.roots)


def _job(capture: Capture, data: bytes) -> Job:
    """The recorded extractor, told what it was told: the charset as it was found, so that nothing is guessed.

    The main content is left out: a library marks it, slowly, and nothing is proved by it.
    """
    url, about = capture.final_url or capture.url, capture.origin != "text"
    hint = Hint(capture.media_type, capture.charset, url, capture.name, about=about, main=False)
    reader = EXTRACTORS.get(capture.extractor.name)
    function = reader.function if reader else ""
    return Job(data, hint, capture.content_encoding, extractor=function, latest=LAST_DAY)


def _body_step(held: Held) -> tuple[Step, bytes | None]:
    """Whether the body is there and has its digest; and the body, where it is small enough to be read again."""
    capture = held.capture
    if held.body is None:
        return step("bytes", held.id, "fail", "The bytes {digest} are missing.", digest=capture.digest), None
    digest, size, kept, limit = hashlib.sha256(), 0, bytearray(), Limits().input_bytes
    while chunk := held.body.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
        if size <= limit:
            kept += chunk
    if digest.hexdigest() != capture.digest:
        found = step("bytes", held.id, "fail", "The bytes do not have their digest {digest}.", digest=capture.digest)
        return found, None
    if size != capture.size:
        template = "There are {found} bytes, and the capture says {said}."
        return step("bytes", held.id, "fail", template, found=size, said=capture.size), None
    data = bytes(kept) if size <= limit else None
    if capture.supplied:
        template = "{source}, supplied by {who}: where it is from is their word."
        values = {"source": capture.source or "–", "who": capture.supplied_by or "–"}
        return step("bytes", held.id, "pass", template, **values), data
    when = f"{capture.time:%Y-%m-%d %H:%M:%S} UTC"
    return step("bytes", held.id, "pass", "From {source}, {time}.", source=capture.source, time=when), data


def _exchange_step(held: Held) -> Step:
    """Whether what was asked and answered agrees with what the capture says."""
    capture = held.capture
    if capture.supplied:
        template = "Supplied by {who}: nothing shows how it was obtained."
        outcome: Outcome = "fail" if capture.exchange else "not checked"
        return step("exchange", held.id, outcome, template, who=capture.supplied_by or "–")
    data = held.blob(capture.exchange) if capture.exchange else None
    if data is None:
        return step("exchange", held.id, "fail", "The requests and answers are missing.")
    if hashlib.sha256(data).hexdigest() != capture.exchange:
        return step("exchange", held.id, "fail", "The requests and answers do not have their digest.")
    try:
        reason = disagreement(exchange_from(data), capture)
    except ValueError:
        return step("exchange", held.id, "fail", "The requests and answers cannot be read.")
    return Step("exchange", held.id, "fail" if reason else "pass", reason)


def _attachment_step(own_id: str, attachment: Attachment, blob: Blob) -> Step:
    """Whether a screenshot is there and has its digest."""
    data = blob(attachment.blob)
    if data is None:
        return step("bytes", own_id, "fail", "The bytes {digest} are missing.", digest=attachment.blob)
    if hashlib.sha256(data).hexdigest() != attachment.blob:
        return step("bytes", own_id, "fail", "The bytes do not have their digest {digest}.", digest=attachment.blob)
    return step("bytes", own_id, "pass")
