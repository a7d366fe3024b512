"""Our types as plain data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from factdesk.cli.plain import plain
from factdesk.domain.matches import Match, Reason
from factdesk.domain.reviews import Review


def test_a_match_becomes_json() -> None:
    match = Match("1", 0.5, "same", (Reason("f", "same numbers: {n}", {"n": "5"}),), Review("claim"))
    data = json.loads(json.dumps(plain(match)))
    assert data["reasons"] == ["same numbers: 5"]
    assert data["review"]["claim"] == "claim"
    assert data["judged"] is None


def test_scalars() -> None:
    time = datetime(2024, 5, 6, tzinfo=UTC)
    assert plain({"a": time, "b": Path("x") / "y", "c": b"\x01", "d": frozenset({1}), 5: (True,)}) == {
        "a": "2024-05-06T00:00:00+00:00",
        "b": str(Path("x") / "y"),
        "c": "01",
        "d": [1],
        "5": [True],
    }
