from __future__ import annotations

from collections.abc import Iterator

import pytest

from factdesk.config import models_dir
from factdesk.encode.e5 import E5Encoder
from factdesk.errors import InputError
from factdesk.match.stance import AT_ONCE
from factdesk.queries.stance import bulk_hints, hint_asked

TOWER = "The tower was completed in 1889."


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(models_dir(), threads=2)


def test_ids_come_back_with_their_own_hints(encoder: E5Encoder) -> None:
    rows = [("same", TOWER, TOWER), ("other", "The tower was completed in 1925.", TOWER), ("same", TOWER, TOWER)]
    found = list(bulk_hints(encoder, rows))
    assert [(own_id, hint.shown) for own_id, hint in found] == [
        ("same", "supports"),
        ("other", "refutes"),
        ("same", "supports"),
    ]


def test_no_more_is_read_ahead_than_is_held_at_once(encoder: E5Encoder) -> None:
    read = 0

    def rows() -> Iterator[tuple[str, str, str]]:
        nonlocal read
        for number in range(10 * AT_ONCE):
            read += 1
            yield str(number), TOWER, TOWER

    next(bulk_hints(encoder, rows()))
    assert read <= AT_ONCE + 1


def test_nobody_is_answered_about_nothing(encoder: E5Encoder) -> None:
    with pytest.raises(InputError):
        hint_asked(TOWER, "…", encoder)
    assert hint_asked(TOWER, TOWER, encoder).shown == "supports"
