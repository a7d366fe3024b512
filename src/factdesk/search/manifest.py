"""What an index holds, in one small file that is written last: an index is what its manifest says, and nothing beyond.

Every other file only grows. A crash leaves bytes beyond what the manifest counts; readers do not look at them and the
next writer cuts them off.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import zlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factdesk.search.base import IndexDamagedError

VERSION = 1
"""Raised when the shape of what is indexed changes: fields, folding, tables. An index of another version is rebuilt."""

MANIFEST = "manifest.json"
EVIDENCE = "evidence"
"""Folder of the index of passages, within that of reviews."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """One committed state.

    `documents`, `rows`, `coded` and `dead` count entries of the table, the vectors, their codes and the list of the
    dead; the first `purged` of the dead are gone from the words too. `generation` names the files and goes up when the
    index is built anew. `sums` is the sum of the vectors of living documents, float64[dimension] in base64. The
    checksums are CRC-32.
    """

    model: str
    dimension: int
    version: int = VERSION
    seq: int = 0
    commits: int = 0
    generation: int = 0
    documents: int = 0
    rows: int = 0
    coded: int = 0
    dead: int = 0
    purged: int = 0
    living_rows: int = 0
    languages: tuple[str, ...] = ()
    sums: str = ""
    table_crc: int = 0
    dead_crc: int = 0
    rows_crc: int = 0

    def vector_sum(self) -> NDArray[np.float64]:
        """The sum of the living vectors."""
        if not self.sums:
            return np.zeros(self.dimension, np.float64)
        return np.frombuffer(base64.b64decode(self.sums), dtype="<f8").copy()


def pack_sum(total: NDArray[np.float64]) -> str:
    """The sum of vectors as `Manifest.sums` holds it."""
    return base64.b64encode(total.astype("<f8").tobytes()).decode("ascii")


def read_manifest(folder: Path) -> Manifest | None:
    """The committed state of an index; None where there is none. Raises `IndexDamagedError`."""
    try:
        text = (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexDamagedError(str(folder)) from error
    try:
        outer = json.loads(text)
        body = outer["body"]
        if zlib.crc32(body.encode()) != outer["crc"]:
            raise IndexDamagedError(str(folder))
        values = json.loads(body)
        if values["version"] != VERSION or set(values) != {field.name for field in fields(Manifest)}:
            raise IndexDamagedError(str(folder))
        manifest = Manifest(**(values | {"languages": tuple(values["languages"])}))
        if manifest.vector_sum().shape != (manifest.dimension,):
            raise IndexDamagedError(str(folder))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise IndexDamagedError(str(folder)) from error
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a state the committed one: written beside, synced, renamed over."""
    body = json.dumps(asdict(manifest), ensure_ascii=False)
    data = json.dumps({"crc": zlib.crc32(body.encode()), "body": body}, ensure_ascii=False)
    beside = folder / f"{MANIFEST}.new"
    with beside.open("w", encoding="utf-8") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / MANIFEST)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
