"""One batch of an import: what each row would change, the vectors that takes, and one short transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factdesk.actions.identity import adopted, completed, key_of, restated
from factdesk.domain.reviews import Review
from factdesk.domain.runs import Outcome
from factdesk.queries.desk import Desk
from factdesk.search.documents import texts_of
from factdesk.search.follow import Encode
from factdesk.store.batches import Entry, plain_digest, put_batch
from factdesk.store.reviews import ReviewRow, current_reviews, find_by_keys, find_by_urls, redacted_keys
from factdesk.store.text import storable
from factdesk.store.vectors import Vector, known_vectors, put_vectors, vector_digest

WRITTEN = frozenset({"new", "changed", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Planned:
    """A row as it would be written, and what that would be."""

    entry: Entry
    outcome: Outcome


def plan(desk: Desk, reviews: Sequence[Review], source: str, touched: set[str]) -> list[Planned]:
    """What each row would change. `touched` holds the keys this run has met, and gains those of these rows.

    A row whose key was met before is `repeated`: of one file, the first row of a review counts. A review that another
    row of the batch is by its key is no row's reworded one. One that was redacted stays out.
    """
    rows = [completed(review, source) for review in reviews]
    keyed = [key_of(review) for review in rows]
    with desk.record.read() as session:
        known = find_by_keys(session, {key for key, _ in keyed})
        barred = redacted_keys(session, {key for key, _ in keyed if key not in known})
        strangers = {url for key, url in keyed if url and key not in known}
        pages = find_by_urls(session, strangers)
        numbers = {row.number for row in known.values()} | {row.number for page in pages.values() for row in page}
        contents = {number: review for number, (_, review) in current_reviews(session, numbers).items()}
    taken = {row.key for row in known.values()}
    planned = []
    for review, (key, url) in zip(rows, keyed, strict=True):
        if key in barred:
            planned.append(Planned(Entry(key, None, url), "blocked"))
            touched.add(key)
            continue
        row = known.get(key)
        if row is None and not review.own_id:
            page = [other for other in pages.get(url, ()) if other.key not in touched and other.key not in taken]
            row = restated(review, page, contents)
        item = _planned(review, row.key if row else key, url, row, contents.get(row.number) if row else None)
        met = {key, item.entry.key}
        planned.append(Planned(item.entry, "repeated") if met & touched else item)
        touched |= met
    return planned


def _planned(review: Review, key: str, url: str, row: ReviewRow | None, content: Review | None) -> Planned:
    if content is not None:
        review = adopted(review, content)
    entry = Entry(key, review, url)
    if row is None or row.deleted_at is not None:
        return Planned(entry, "new")
    same = row.digest == plain_digest(storable(review.content()))
    return Planned(entry, "unchanged" if same else "changed")


def write(
    desk: Desk, run: str, planned: Sequence[Planned], actor: str, action: str = "reviews.import"
) -> tuple[Outcome, ...]:
    """Encode what is not encoded yet, then write what differs: vectors, versions and one event, or nothing.

    Returns what became of each row: another import may have written the same since it was planned.
    """
    entries = [item.entry for item in planned if item.outcome in WRITTEN]
    if not entries:
        return tuple(item.outcome for item in planned)
    vectors = missing_vectors(desk, [text for entry in entries if entry.review for text in texts_of(entry.review)])
    with desk.record.write() as writer:
        put_vectors(writer, desk.encoder.name, vectors)
        done = iter(put_batch(writer, run, entries, actor=actor, action=action).outcomes)
    return tuple(next(done) if item.outcome in WRITTEN else item.outcome for item in planned)


def missing_vectors(
    desk: Desk, texts: Iterable[str], *, name: str = "", encode: Encode | None = None
) -> dict[bytes, Vector]:
    """What the record does not hold yet of the texts, by digest: the encoder's vectors, or those kept under `name`
    that `encode` makes."""
    name = name or desk.encoder.name
    named = {vector_digest(name, text): text for text in texts}
    with desk.record.read() as session:
        known = known_vectors(session, named.keys())
    missing = [digest for digest in named if digest not in known]
    vectors = (encode or desk.encoder.encode)([named[digest] for digest in missing])
    return dict(zip(missing, vectors, strict=True))
