"""Which sources are copies of one another: the same text, or nearly the same (shingles; Broder 1997)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from factdesk.queries.desk import Desk
from factdesk.queries.evidence_ranking import Ranked
from factdesk.store.blobs import get_text
from factdesk.store.captures import StoredCapture, capture_rows_of_text
from factdesk.text.fold import terms

Copies = Mapping[str, tuple[str, ...]]
"""By the id of a capture that is shown, the ids of those that say the same."""

WIDTH = 5
"""Terms of a shingle."""
NEARLY = 0.9
"""Share of shingles in common from which two texts are nearly the same."""
LIKELY = 0.8
"""Share of terms that their best passages have in common below which two texts are not read: they are not the same."""
READ = 20_000
"""Characters of a text that are held against another's."""


def collapsed(desk: Desk, groups: Sequence[list[Ranked]], top: int) -> tuple[list[list[Ranked]], Copies]:
    """The first `top` sources that say something of their own, and the copies of each."""
    shown: list[list[Ranked]] = []
    copies: dict[str, list[str]] = {}
    shingles: dict[str, frozenset[tuple[str, ...]]] = {}
    for group in groups:
        original = next((other for other in shown if _same(desk, other[0], group[0], shingles)), None)
        if original is not None:
            copies.setdefault(original[0].known.stored.id, []).append(group[0].known.stored.id)
        elif len(shown) < top:
            shown.append(group)
        else:
            break
    with desk.record.read() as session:
        for group in shown:
            stored = group[0].known.stored
            rows = capture_rows_of_text(session, stored.capture.text_digest)
            copies.setdefault(stored.id, []).extend(row.id for row in rows if row.id != stored.id)
    return shown, {own: tuple(dict.fromkeys(others)) for own, others in copies.items() if others}


def alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether two texts have nearly all of their shingles in common (Jaccard)."""
    return bool(one and other) and len(one & other) >= NEARLY * len(one | other)


def shingles_of(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five terms of a text's beginning, order kept; a shorter text is one run."""
    found = terms(text[:READ])
    return frozenset(tuple(found[at : at + WIDTH]) for at in range(max(1, len(found) - WIDTH + 1)))


def _same(desk: Desk, one: Ranked, other: Ranked, known: dict[str, frozenset[tuple[str, ...]]]) -> bool:
    first, second = one.known.stored, other.known.stored
    if first.capture.text_digest == second.capture.text_digest:
        return True
    these, those = one.known.parts.counts.keys(), other.known.parts.counts.keys()
    if len(these & those) < LIKELY * min(len(these), len(those)):
        return False
    for stored in (first, second):
        if stored.id not in known:
            known[stored.id] = shingles_of(_text(desk, stored))
    return alike(known[first.id], known[second.id])


def _text(desk: Desk, stored: StoredCapture) -> str:
    with desk.record.read() as session:
        return get_text(session, desk.config, stored.capture.text_digest)
