"""Real published data, where it is at hand: every row is accounted for."""

from __future__ import annotations

import gzip
import os
from collections import Counter
from pathlib import Path

import pytest

from factdesk.interchange.read import Found, read_reviews

BENCH = Path(os.environ.get("FACTDESK_BENCH") or Path(__file__).parents[2].parent / "shared" / "bench")


def bench(name: str) -> Path:
    """A file of the benchmark data. Without them `conftest.py` leaves this file out."""
    return BENCH / name


def test_flattened_claimreviews() -> None:
    path = bench("import/factckbr-pt.jsonl.gz")
    with path.open("rb") as stream:
        items = list(read_reviews(stream, path.name))
    with gzip.open(path) as lines:
        assert len(items) == sum(1 for _ in lines) == 1313
    found = [item for item in items if isinstance(item, Found)]
    skipped = Counter(item.code for item in items if not isinstance(item, Found))
    assert skipped == {"no-claim": 13}
    assert all(item.review.date and item.review.url and item.review.publisher.site for item in found)
    assert all(item.review.rating.value is None for item in found)
    assert Counter(item.review.rating.text for item in found).most_common(1)[0][0] == "Falso"


@pytest.mark.parametrize(("name", "count"), [("clef2020-en", 10_375), ("clef2025-multi", 7_337)])
def test_corpora_of_claims(name: str, count: int) -> None:
    path = bench(f"match/{name}/corpus.jsonl.gz")
    with path.open("rb") as stream:
        found = [item for item in read_reviews(stream, path.name) if isinstance(item, Found)]
    assert len(found) == count
    assert len({item.review.own_id for item in found}) == count
