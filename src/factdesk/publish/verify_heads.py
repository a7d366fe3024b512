"""The signed heads that a site publishes, verified on a reader's machine, with no record of the desk.

What is shown is that they were signed and contradict neither each other nor what the reader kept. That the log went
through them, only who has the record can show: `factdesk audit --against`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factdesk.domain.heads import SignedHead
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError, InputError, NotFoundError
from factdesk.publish.heads import MOST_BYTES, PATH, HeadsFile, read_heads
from factdesk.publish.site_source import Source, read
from factdesk.queries.verify_heads import head_step
from factdesk.queries.verify_held import step

_TWO = "Two histories: event {seq} has one hash here and another one elsewhere in the file."
_ORDER = "It stands behind a head that is newer."
_BEHIND = "The log stood at event {seq} when the site was made, which is before a head that was signed."
_UNSIGNED = "Nobody signed where the log stood."
_OTHER_DESK = "It was signed for {desk}, and this is the site of another desk, or one of another name."
_NO_FILE = "The site publishes no signed heads of its log."
_CUT = "The log stood at event {seq} when the site was made, and you kept event {kept}: its end was cut off since."
_REWRITTEN = "Event {seq} has another hash than the one that you kept: the log was rewritten since."
_KEPT = "Of the {all} heads that you kept it has {count}, and says the same of them."
_NONE_KEPT = "It has none of the heads that you kept: only who has the record can hold it against them."

Kept = Sequence[tuple[int, str]]
"""Heads that a reader kept, as `kept_heads` reads them."""


def site_head_steps(source: Source, pins: Mapping[str, str], kept: Kept = ()) -> Iterator[Step]:
    """The steps of the heads of a site. One that has no such file was made before there were any, or hides it."""
    try:
        data = read(source, f"/{PATH}", MOST_BYTES)
    except NotFoundError:
        yield step("head", PATH, "not checked", _NO_FILE)
    except FactdeskError as error:
        yield _unreadable(error)
    else:
        yield from head_steps(data, pins, kept)


def head_steps(data: bytes, pins: Mapping[str, str], kept: Kept = ()) -> Iterator[Step]:
    """The steps of a site's `data/heads.json`: one for each head, for where the log stood at last, and for the heads
    that the reader kept, if they did. `pins` are names by the fingerprints of keys whose signatures count."""
    try:
        found = read_heads(data)
    except InputError as error:
        yield _unreadable(error)
        return
    judged = [(each, head_step(f"{PATH} {each.seq}", each, pins)) for each in found.heads]
    two, before = _two_histories([found.log, *_signed(judged)]), 0
    for each, said in judged:
        yield said if said.outcome == "fail" else _placed(found, each, two, before) or said
        before = max(before, each.seq)
    if not found.heads:
        yield step("head", PATH, "not checked", _UNSIGNED)
    elif found.log[0] < before:
        yield step("head", PATH, "fail", _BEHIND, seq=found.log[0])
    if kept:
        yield _against(found.log, [found.log, *_signed(judged)], kept)


def kept_heads(found: HeadsFile) -> tuple[tuple[int, str], ...]:
    """The heads of a file that a record can be held against: those whose signature is their key's, and where the log
    stood at last."""
    signed = _signed([(each, head_step("", each, {})) for each in found.heads])
    return tuple(dict.fromkeys([*signed, found.log]))


def _against(log: tuple[int, str], heads: Sequence[tuple[int, str]], kept: Kept) -> Step:
    """Whether a site says of the heads that a reader kept what it said then. It need not have all: old ones are
    thinned."""
    newest = max(seq for seq, _ in kept)
    if log[0] < newest:
        return step("head", PATH, "fail", _CUT, seq=log[0], kept=newest)
    other = _two_histories([*kept, *heads])
    if other:
        return step("head", PATH, "fail", _REWRITTEN, seq=min(other))
    same = len(set(heads) & set(kept))
    values = {"count": same, "all": len(set(kept))}
    return step("head", PATH, "pass", _KEPT, **values) if same else step("head", PATH, "not checked", _NONE_KEPT)


def _unreadable(error: FactdeskError) -> Step:
    return Step("head", PATH, "fail", Reason("head", error.message, {k: str(v) for k, v in error.values.items()}))


def _signed(judged: Sequence[tuple[SignedHead, Step]]) -> list[tuple[int, str]]:
    return [each.head for each, said in judged if said.outcome != "fail"]


def _placed(found: HeadsFile, signed: SignedHead, two: frozenset[int], before: int) -> Step | None:
    """What is wrong with where a head stands among the others; None for nothing."""
    subject = f"{PATH} {signed.seq}"
    if signed.seq in two:
        return step("head", subject, "fail", _TWO, seq=signed.seq)
    if signed.seq < before:
        return step("head", subject, "fail", _ORDER)
    if signed.desk != found.desk:
        return step("head", subject, "not checked", _OTHER_DESK, desk=signed.desk)
    return None


def _two_histories(heads: Sequence[tuple[int, str]]) -> frozenset[int]:
    """The events of which there are two hashes. What its key did not sign is not among them: whoever can add a line
    should not make the signed ones look false."""
    hashes: dict[int, str] = {}
    return frozenset(seq for seq, own in heads if hashes.setdefault(seq, own) != own)
