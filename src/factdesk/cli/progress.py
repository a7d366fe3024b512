"""A progress bar with rate and time left, for work that lasts longer than a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

Progress = Callable[[int, int | None], None]
"""`progress(done, total)`: how far the work is, and how much it is, None when unknown."""

PATIENCE = 1.0
"""Seconds of work that need no bar."""


def nothing(done: int, total: int | None) -> None:
    """The bar that nobody sees."""


class Bar:
    """A `Progress` that draws itself on standard error once work has lasted `PATIENCE`; Rich is loaded only then."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic, patience: float = PATIENCE) -> None:
        self._name = name
        self._clock = clock
        self._due = clock() + patience
        self._drawn: RichProgress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn is not None:
            self._drawn.stop()

    def __call__(self, done: int, total: int | None) -> None:
        """Say how far the work is."""
        if self._drawn is None:
            if self._clock() < self._due:
                return
            self._drawn = draw()
            self._drawn.start()
            self._drawn.add_task(self._name, total=total)
        self._drawn.update(self._drawn.task_ids[0], completed=done, total=total)


def draw() -> RichProgress:
    """Rich's bar, with the columns that a person waiting asks for; gone when the work is done."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:,.0f}/s" if speed else "", style="dim")

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TextColumn("{task.completed:,.0f}"),
        Rate(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
