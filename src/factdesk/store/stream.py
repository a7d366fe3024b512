"""Rows one after another, without holding them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.orm import Session

CHUNK = 2000
"""Rows fetched at a time."""


def streamed(
    source: Session | Connection, statement: Executable, values: Mapping[str, Any] | None = None
) -> Iterator[Any]:
    """The rows of a statement; its cursor is closed with the iterator, also when it is left early."""
    with source.execute(statement, values or {}, execution_options={"yield_per": CHUNK}) as result:
        yield from result
