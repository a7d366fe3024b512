"""An index follows the record, and is the same whichever way it came to a state of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tests.search.worlds import DIMENSION, MODEL, unit

from factdesk.domain.reviews import Publisher, Review
from factdesk.encode.base import Vectors
from factdesk.search.base import Filter, IndexDamagedError
from factdesk.search.documents import texts_of
from factdesk.search.embedded import EmbeddedIndex
from factdesk.search.follow import follow, rebuild
from factdesk.store.batches import Entry, put_batch
from factdesk.store.record import Record
from factdesk.store.runs import start_run
from factdesk.store.vectors import put_vectors, vector_digest


def encode(texts: Sequence[str]) -> Vectors:
    """A vector of its own for every text, the same each time."""
    seeds = [int.from_bytes(vector_digest("seed", text)[:4], "big") for text in texts]
    rows = [unit(np.random.default_rng(seed), 1) for seed in seeds]
    return np.concatenate(rows) if rows else np.zeros((0, DIMENSION), np.float32)


def write(record: Record, entries: dict[str, Review | None], *, encoded: bool = True) -> tuple[int, ...]:
    """Write reviews under their keys in one batch, with their vectors; None takes one out. Their numbers."""
    with record.write() as writer:
        run = start_run(writer, "import", "test", actor="test")
        batch = put_batch(writer, run, [Entry(key, review) for key, review in entries.items()], actor="test")
        if encoded:
            texts = [text for review in entries.values() if review for text in texts_of(review)]
            rows = encode(texts)
            put_vectors(writer, MODEL, {vector_digest(MODEL, text): row for text, row in zip(texts, rows, strict=True)})
    return batch.numbers


def review(claim: str, title: str = "", *, language: str = "en", date: str = "2024-05-06", by: str = "Desk") -> Review:
    """A review of a claim."""
    return Review(claim, title=title, language=language, date=date, publisher=Publisher(by, f"{by.lower()}.example"))


@pytest.fixture
def index(tmp_path: Path) -> EmbeddedIndex:
    return EmbeddedIndex.open(tmp_path / "index", DIMENSION, MODEL)


def test_following_brings_every_change_of_the_record(sqlite_record: Record, index: EmbeddedIndex) -> None:
    first, second = write(sqlite_record, {"a": review("Bananas glow", "Do bananas glow?"), "b": review("Rocks sing")})
    assert follow(index, sqlite_record, MODEL) == 2
    assert index.seq == sqlite_record.head()[0]
    assert index.words("do bananas glow", 5).keys.tolist() == [first]
    assert index.meaning(encode(["Do bananas glow?"]), 1).keys.tolist() == [first]
    write(sqlite_record, {"a": review("Bananas float"), "b": None, "c": review("Third thing")})
    assert follow(index, sqlite_record, MODEL) == 3
    assert len(index) == 2
    assert not len(index.words("glow", 5).keys)
    assert index.words("floating", 5).keys.tolist() == [first]
    assert second not in index.meaning(encode(["Rocks sing"]), 5).keys
    assert follow(index, sqlite_record, MODEL) == 0


def test_language_publisher_and_day_come_from_the_record(sqlite_record: Record, index: EmbeddedIndex) -> None:
    numbers = write(
        sqlite_record,
        {
            "a": review("same words", language="vi", date="2020-01-01", by="One"),
            "b": review("same words", language="en", date="2024-01-01", by="Two"),
        },
    )
    follow(index, sqlite_record, MODEL)
    since = Filter(since=19_000)
    assert index.words("same words", 5, Filter(languages=frozenset({"vi"}))).keys.tolist() == [numbers[0]]
    assert index.words("same words", 5, since).keys.tolist() == [numbers[1]]
    assert index.meaning(encode(["same words"]), 5, since).keys.tolist() == [numbers[1]]


def test_missing_vectors_are_made_or_the_review_is_found_by_words(
    sqlite_record: Record, index: EmbeddedIndex, tmp_path: Path
) -> None:
    (number,) = write(sqlite_record, {"a": review("never encoded")}, encoded=False)
    follow(index, sqlite_record, MODEL)
    assert index.words("encoded", 5).keys.tolist() == [number]
    assert not len(index.meaning(encode(["never encoded"]), 5).keys)
    other = EmbeddedIndex.open(tmp_path / "other", DIMENSION, MODEL)
    follow(other, sqlite_record, MODEL, encode=encode)
    assert other.meaning(encode(["never encoded"]), 5).keys.tolist() == [number]


def test_an_index_built_anew_equals_one_that_followed(
    sqlite_record: Record, index: EmbeddedIndex, tmp_path: Path
) -> None:
    texts = ["bananas glow", "rocks sing", "phố ngập nước", "moon landing", "water boils"]
    for turn in range(4):
        write(sqlite_record, {str(n): review(f"{texts[(n + turn) % 5]} {n}") for n in range(turn, turn + 9)})
        write(sqlite_record, {str(turn): None})
        follow(index, sqlite_record, MODEL)
    anew = EmbeddedIndex.anew(tmp_path / "anew", DIMENSION, MODEL)
    seen: list[tuple[int, int | None]] = []
    assert rebuild(anew, sqlite_record, MODEL, progress=lambda done, total: seen.append((done, total))) == len(index)
    assert seen[-1][0] == seen[-1][1]
    assert (len(anew), anew.seq) == (len(index), index.seq)
    for text in texts:
        assert set(anew.words(text, 50).keys.tolist()) == set(index.words(text, 50).keys.tolist())
        one, two = anew.meaning(encode([text]), 50), index.meaning(encode([text]), 50)
        assert one.keys.tolist() == two.keys.tolist()
    assert np.allclose(anew.mean(), index.mean(), atol=1e-5)


def test_a_wasteful_index_is_built_anew_on_the_way(
    sqlite_record: Record, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factdesk.search.embedded.WASTE_FROM", 3)
    for turn in range(6):
        write(sqlite_record, {key: review(f"claim {key} {turn}") for key in "abcd"})
        follow(index, sqlite_record, MODEL)
    assert index.info.generation > 0
    assert len(index) == 4
    assert index.info.documents < 20
    assert len(index.words("claim", 9).keys) == 4


def test_a_failure_in_the_middle_leaves_the_old_index_and_a_free_place(
    sqlite_record: Record, index: EmbeddedIndex
) -> None:
    write(sqlite_record, {"a": review("first")})
    follow(index, sqlite_record, MODEL)
    write(sqlite_record, {"b": review("second")}, encoded=False)

    def interrupted(texts: Sequence[str]) -> Vectors:
        raise KeyboardInterrupt

    for act in (follow, rebuild):
        with pytest.raises(KeyboardInterrupt):
            act(index, sqlite_record, MODEL, encode=interrupted)
        assert len(index) == 1
        assert index.words("first second", 5).keys.tolist() == [1]
    assert follow(index, sqlite_record, MODEL, encode=encode) == 1
    assert len(index) == 2


def test_an_index_ahead_of_the_record_is_refused(sqlite_record: Record, index: EmbeddedIndex) -> None:
    write(sqlite_record, {"a": review("first")})
    follow(index, sqlite_record, MODEL)
    index.commit(index.seq + 10)
    with pytest.raises(IndexDamagedError):
        follow(index, sqlite_record, MODEL)


@pytest.mark.parametrize(
    ("claim", "title", "expected"),
    [
        ("A claim", "Its title", ("A claim", "Its title")),
        ("Đúng vậy", "đung vay", ("Đúng vậy",)),
        (" A claim ", "", ("A claim",)),
        ("", "Only a title", ("Only a title",)),
        ("", "", ()),
    ],
)
def test_texts_of_a_review_are_those_that_say_something_else(claim: str, title: str, expected: tuple[str, ...]) -> None:
    assert texts_of(Review(claim, title=title)) == expected
