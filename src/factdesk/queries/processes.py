"""Processes of our own to share work with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any


def spawned(workers: int, begin: Callable[..., None], *given: Any) -> ProcessPoolExecutor | None:
    """Processes that begin anew, so that nothing of this one's is shared, each with `begin(*given)`; None where a
    machine cannot have any."""
    try:
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=begin, initargs=given)
    except (OSError, ImportError, NotImplementedError):
        return None
