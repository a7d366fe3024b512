"""The bar: silent for a second, then drawn, and gone at the end."""

from __future__ import annotations

import pytest

from factdesk.cli.progress import Bar, nothing


class Hand:
    """A clock that is turned by hand."""

    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


def test_short_work_draws_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Hand()
    with Bar("Importing", clock) as bar:
        clock.time = 0.9
        bar(5, 10)
    assert capsys.readouterr() == ("", "")


def test_long_work_is_drawn_on_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    clock = Hand()
    with Bar("Importing", clock) as bar:
        clock.time = 1.1
        bar(1000, 4000)
        bar(2000, 4000)
    out, err = capsys.readouterr()
    assert out == ""
    assert "Importing" in err
    assert "50%" in err
    assert "2,000" in err


def test_nothing_takes_it_all() -> None:
    nothing(1, None)
