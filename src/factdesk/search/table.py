"""What the index knows of its documents beside their words and vectors: one fixed-size entry each, in order of arrival.

A document is known inside the index by its place in this table. Replacing a document appends a new entry and lists
the old place among the dead; entries are never changed, so a reader's view stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from factdesk.search.base import Filter, IndexDamagedError
from factdesk.search.files import checksum, mapped
from factdesk.search.manifest import Manifest

ENTRY: np.dtype[Any] = np.dtype(
    [
        ("key", "<i8"),
        ("first", "<i8"),
        ("publisher", "<i8"),
        ("rows", "<u4"),
        ("language", "<u4"),
        ("day", "<i4"),
        ("spare", "<u4"),
    ]
)
"""`first` and `rows` are the document's vectors, `language` a place in the manifest's list."""

DEAD: np.dtype[Any] = np.dtype("<i8")

_CACHED_FILTERS = 16


def table_path(folder: Path, generation: int) -> Path:
    """The file of the table."""
    return folder / f"table-{generation}.bin"


def dead_path(folder: Path, generation: int) -> Path:
    """The file that lists the dead."""
    return folder / f"dead-{generation}.bin"


@dataclass
class Table:
    """The table as of one manifest. All arrays run over its entries."""

    manifest: Manifest
    entries: NDArray[Any]
    dead: NDArray[np.int64]
    _masks: dict[Filter, NDArray[np.bool_]] = field(default_factory=dict)
    _counts: dict[Filter, int] = field(default_factory=dict)

    @classmethod
    def open(cls, folder: Path, manifest: Manifest) -> Table:
        """Map the table and check it. Raises `IndexDamagedError`."""
        paths = table_path(folder, manifest.generation), dead_path(folder, manifest.generation)
        entries = mapped(paths[0], ENTRY, manifest.documents)
        dead = mapped(paths[1], DEAD, manifest.dead)
        if checksum(paths[0], entries.nbytes) != manifest.table_crc and manifest.documents:
            raise IndexDamagedError(str(paths[0]))
        if checksum(paths[1], dead.nbytes) != manifest.dead_crc and manifest.dead:
            raise IndexDamagedError(str(paths[1]))
        return cls(manifest, entries, dead)

    @cached_property
    def alive(self) -> NDArray[np.bool_]:
        """Which entries can answer."""
        alive = np.ones(len(self.entries), np.bool_)
        alive[self.dead] = False
        return alive

    @cached_property
    def keys(self) -> NDArray[np.int64]:
        """The document's keys."""
        return np.ascontiguousarray(self.entries["key"])

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """Where the vectors of each document begin; never falls."""
        return np.ascontiguousarray(self.entries["first"])

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """How many vectors each document has."""
        return self.entries["rows"].astype(np.int64)

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """The place of the document that each vector belongs to."""
        return np.repeat(np.arange(len(self.entries), dtype=np.int32), self.rows)

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        places = np.flatnonzero(self.alive)
        keys = self.keys[places]
        order = np.argsort(keys, kind="stable")
        return keys[order], places[order]

    def places(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The places of living documents, -1 for an unknown key."""
        known, places = self._by_key
        if not len(known):
            return np.full(len(keys), -1, np.int64)
        spots = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[spots] == keys, places[spots], -1)

    def mask(self, where: Filter) -> NDArray[np.bool_]:
        """Which entries can answer under a filter."""
        if where.is_open:
            return self.alive
        if where not in self._masks:
            if len(self._masks) >= _CACHED_FILTERS:
                self._masks.clear()
            self._masks[where] = self._mask(where)
        return self._masks[where]

    def kept_mask(self, where: Filter) -> NDArray[np.bool_]:
        """Which vectors belong to entries that can answer under a filter."""
        return self.mask(where)[self.owners]

    def kept_rows(self, where: Filter) -> int:
        """How many vectors belong to entries that can answer under a filter."""
        if where not in self._counts:
            if len(self._counts) >= _CACHED_FILTERS:
                self._counts.clear()
            self._counts[where] = int(self.rows[self.mask(where)].sum())
        return self._counts[where]

    def _mask(self, where: Filter) -> NDArray[np.bool_]:
        mask = self.alive.copy()
        if where.languages:
            wanted = [place for place, code in enumerate(self.manifest.languages) if code in where.languages]
            mask &= np.isin(self.entries["language"], np.array(wanted, np.uint32))
        if where.publishers:
            mask &= np.isin(self.entries["publisher"], np.array(sorted(where.publishers), np.int64))
        if where.exclude_publishers:
            mask &= ~np.isin(self.entries["publisher"], np.array(sorted(where.exclude_publishers), np.int64))
        if where.since:
            mask &= self.entries["day"] >= where.since
        return mask
