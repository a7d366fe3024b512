from __future__ import annotations

from dataclasses import replace

import pytest

from factdesk.cli.plain import plain
from factdesk.domain.stance import Shown, StanceHint, StanceLabel


@pytest.mark.parametrize(
    ("label", "sure", "shown"),
    [
        ("supports", True, "supports"),
        ("refutes", True, "refutes"),
        ("neither", True, "unclear"),
        ("supports", False, "unclear"),
        ("refutes", False, "unclear"),
    ],
)
def test_what_is_written_out_says_what_is_shown(label: StanceLabel, sure: bool, shown: Shown) -> None:
    found = plain(StanceHint(label, 0.7, sure, ()))
    assert found == {"label": label, "probability": 0.7, "sure": sure, "reasons": [], "shown": shown}


def test_it_follows_the_label() -> None:
    assert replace(StanceHint("supports", 0.7, True, ()), sure=False).shown == "unclear"
