"""Vectors by the digest of model and text."""

from __future__ import annotations

import hashlib

import numpy as np

from factdesk.store.record import Record
from factdesk.store.vectors import get_vectors, known_vectors, put_vectors, vector_counts, vector_digest


def test_a_digest_names_model_and_text() -> None:
    assert vector_digest("m", "text") == hashlib.sha256(b"m\x00text").digest()
    assert vector_digest("m", "x") != vector_digest("mx", "")


def test_vectors_come_back_bit_for_bit(record: Record) -> None:
    random = np.random.default_rng(1)
    rows = {vector_digest("m", f"text {at}"): random.random(384, dtype=np.float32) for at in range(1100)}
    with record.write() as writer:
        assert put_vectors(writer, "m", rows) == 1100
    unknown = vector_digest("m", "unknown")
    with record.read() as session:
        found = get_vectors(session, [*rows, unknown])
        assert known_vectors(session, [*rows, unknown]) == rows.keys()
        assert vector_counts(session) == {"m": 1100}
    assert found.keys() == rows.keys()
    assert all(np.array_equal(found[digest], vector) for digest, vector in rows.items())
    assert found[next(iter(rows))].dtype == np.float32


def test_what_is_there_is_not_written_again(record: Record) -> None:
    one, two = vector_digest("m", "one"), vector_digest("m", "two")
    with record.write() as writer:
        put_vectors(writer, "m", {one: np.ones(3, np.float32)})
        assert put_vectors(writer, "m", {one: np.zeros(3, np.float32), two: np.zeros(3, np.float32)}) == 1
    with record.read() as session:
        assert get_vectors(session, [one])[one].tolist() == [1, 1, 1]


def test_a_column_of_a_larger_array(record: Record) -> None:
    table = np.arange(12, dtype=np.float64).reshape(4, 3)
    digest = vector_digest("m", "x")
    with record.write() as writer:
        put_vectors(writer, "m", {digest: table[:, 1].astype(np.float32)[::2]})
    with record.read() as session:
        assert get_vectors(session, [digest])[digest].tolist() == [1, 7]
