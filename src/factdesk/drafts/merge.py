"""Two people's work on one check, put together; where both changed the same place, both stand there.

Nothing that either of them wrote is left out: a place that cannot be decided holds both versions between lines of
marks, which lint does not let through (FD511).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from factdesk.drafts.align import Run, lines, runs
from factdesk.drafts.front import Front, front
from factdesk.drafts.merge_front import NotMergeableError, merged_front
from factdesk.errors import InputError

LABELS: Mapping[str, tuple[str, str]] = {
    "en": ("yours", "theirs"),
    "vi": ("bản của bạn", "bản của người khác"),
}
"""What the two versions of a place are called, in the language of who merges."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Both versions in one, and how many places hold both because nobody could decide."""

    text: str
    conflicts: int


def merged(base: str, mine: str, theirs: str, language: str = "en") -> Merged:
    """Three sources with line ends of LF: what two began with, and what each made of it."""
    if mine == theirs or theirs == base:
        return Merged(mine, 0)
    if mine == base:
        return Merged(theirs, 0)
    labels = LABELS.get(language, LABELS["en"])
    try:
        fronts = tuple(front(text) for text in (base, mine, theirs))
        head, unsure = merged_front((base, mine, theirs), fronts, labels)
    except (InputError, NotMergeableError):
        # Front matter that cannot be taken apart into fields is text like the rest.
        fronts, head, unsure = (None, None, None), "", 0
    old, ours, others = (
        lines(text[_body(within) :]) for text, within in zip((base, mine, theirs), fronts, strict=True)
    )
    text, conflicts = _lines(old, ours, others, labels)
    return Merged(head + text, unsure + conflicts)


def _body(within: Front | None) -> int:
    return within.body if within else 0


@dataclass(frozen=True, slots=True)
class _Edit:
    """What one side put in the place of `start` to `end` of the lines they began with."""

    start: int
    end: int
    new: tuple[str, ...]
    is_mine: bool


def _lines(base: list[str], mine: list[str], theirs: list[str], labels: tuple[str, str]) -> tuple[str, int]:
    """The three merged by line, and how many places hold both versions."""
    pieces: list[str] = []
    at = conflicts = 0
    for group in _groups((*_edits(base, mine, True), *_edits(base, theirs, False))):
        start, end = group[0].start, max(edit.end for edit in group)
        pieces += base[at:start]
        at = end
        if len({edit.is_mine for edit in group}) == 1:
            pieces += _applied(base, start, end, group)
            continue
        ours, others = (_applied(base, start, end, [e for e in group if e.is_mine is own]) for own in (True, False))
        if ours == others:
            pieces += ours
        else:
            pieces += _conflict(ours, others, labels)
            conflicts += 1
    return "".join([*pieces, *base[at:]]), conflicts


def _edits(base: Sequence[str], new: Sequence[str], is_mine: bool) -> Iterator[_Edit]:
    at_base = at_new = 0
    for run in (*runs(base, new), Run(len(base), len(new), 0)):
        if at_base < run.old or at_new < run.new:
            yield _Edit(at_base, run.old, tuple(new[at_new : run.new]), is_mine)
        at_base, at_new = run.old + run.size, run.new + run.size


def _groups(edits: Sequence[_Edit]) -> Iterator[list[_Edit]]:
    """The edits in order, those together that are about the same lines."""
    group: list[_Edit] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if group and (edit.start < end or _belongs(group, end, edit)):
            group.append(edit)
            end = max(end, edit.end)
            continue
        if group:
            yield group
        group, end = [edit], edit.end
    if group:
        yield group


def _belongs(group: Sequence[_Edit], end: int, edit: _Edit) -> bool:
    """Whether an edit right behind another is about the same: both put something in there, or the same in part."""
    before = next((each for each in reversed(group) if each.end == edit.start), None) if edit.start == end else None
    if before is None:
        return False
    if before.start == before.end == edit.end:
        return True
    known = {line for line in before.new if line.strip()}
    return any(line in known for line in edit.new)


def _applied(base: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    found: list[str] = []
    for edit in edits:
        found += [*base[start : edit.start], *edit.new]
        start = edit.end
    return [*found, *base[start:end]]


def _conflict(mine: list[str], theirs: list[str], labels: tuple[str, str]) -> list[str]:
    """Both versions between lines of marks, without what they have in common at their ends."""
    shorter = min(len(mine), len(theirs))
    first = next((at for at in range(shorter) if mine[at] != theirs[at]), shorter)
    most = shorter - first
    last = next((at for at in range(most) if mine[-1 - at] != theirs[-1 - at]), most)
    ours, others = (side[first : len(side) - last] for side in (mine, theirs))
    marked = [f"<<<<<<< {labels[0]}\n", *ours, "=======\n", *others, f">>>>>>> {labels[1]}\n"]
    ended = [line if line.endswith("\n") else f"{line}\n" for line in (*mine[:first], *marked)]
    return [*ended, *mine[len(mine) - last :]]
