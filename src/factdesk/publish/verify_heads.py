"""The signed heads that a site publishes, verified on a reader's machine, with no record of the desk.

What is shown is that they were signed and do not contradict each other. That the log went through them, only who has
the record can show: `factdesk audit --against`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from factdesk.domain.heads import SignedHead
from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import InputError
from factdesk.publish.heads import PATH, HeadsFile, read_heads
from factdesk.queries.verify_heads import head_step
from factdesk.queries.verify_held import step

_TWO = "Two histories: event {seq} has one hash here and another one elsewhere in the file."
_ORDER = "It stands behind a head that is newer."
_BEHIND = "The log stood at event {seq} when the site was made, which is before a head that was signed."
_UNSIGNED = "Nobody signed where the log stood."
_OTHER_DESK = "It was signed for {desk}, and this is the site of another desk, or one of another name."


def head_steps(data: bytes, pins: Mapping[str, str]) -> Iterator[Step]:
    """The steps of a site's `data/heads.json`: one for each head, and for where the log stood at last. `pins` are names
    by the fingerprints of keys whose signatures count."""
    try:
        found = read_heads(data)
    except InputError as error:
        values = {name: str(value) for name, value in error.values.items()}
        yield Step("head", PATH, "fail", Reason("head", error.message, values))
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


def kept_heads(found: HeadsFile) -> tuple[tuple[int, str], ...]:
    """The heads of a file that a record can be held against: those whose signature is their key's, and where the log
    stood at last."""
    signed = _signed([(each, head_step("", each, {})) for each in found.heads])
    return tuple(dict.fromkeys([*signed, found.log]))


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
