"""The matcher: the projection and the table that were learned together for one encoder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.errors import InputError
from factdesk.match.features import NAMES, Matrix
from factdesk.match.projection import Projection, shipped_projection
from factdesk.match.table import Table, table_from

OWN = "matcher.json"
"""A table that a desk learned on its confirmed matches, in its folder."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """What turns vectors into compared ones, and features into a probability of *same*.

    `words` looks at words alone, for messages that the encoder cannot read; `meaning` at meaning and numbers alone, for
    claims in another language than the message.
    """

    name: str
    vectors_name: str
    projection: Projection | None
    table: Table
    words: Table
    meaning: Table

    def project(self, vectors: Vectors) -> Vectors:
        """The vectors as the index holds them and messages are compared."""
        return self.projection(vectors) if self.projection else vectors

    def probability(self, features: Matrix) -> NDArray[np.float32]:
        """The calibrated probability that message and claim are the same, for every row."""
        return self.table.probability(self.table.margin(features))


def load_matcher(encoder: str, folder: Path | None = None) -> Matcher:
    """The matcher for an encoder: with the desk's own table where its folder holds one, else with the shipped one.

    Raises `InputError` when the desk's own table cannot be read.
    """
    projection = shipped_projection(encoder)
    vectors_name = f"{encoder}+{projection.name}" if projection else encoder
    own = folder / OWN if folder else None
    others = shipped_table("words"), shipped_table("meaning")
    if own and own.is_file():
        return Matcher("own", vectors_name, projection, _own_table(own), *others)
    return Matcher("shipped", vectors_name, projection, shipped_table(), *others)


@cache
def shipped_table(name: str = "table") -> Table:
    """A table that comes with factdesk: `table`, `words` or `meaning` (see `Matcher`)."""
    return table_from(shipped_data(name), NAMES)


def shipped_data(name: str = "table") -> dict[str, Any]:
    """A table that comes with factdesk, as plain data."""
    text = files("factdesk.match").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _own_table(path: Path) -> Table:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return table_from(data, NAMES)
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise InputError(
            "The desk's own matcher cannot be read: {why}.",
            place=str(path),
            remedy="Delete the file to use the shipped one, or learn it again.",
            why=error,
        ) from error
