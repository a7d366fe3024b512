"""Reading an index through from end to end, for `factdesk doctor`: opening one checks only what is quick to check."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import numpy as np

from factdesk.search.base import IndexDamagedError
from factdesk.search.codes import Codes, codes_path
from factdesk.search.files import checksum, mapped
from factdesk.search.manifest import read_manifest
from factdesk.search.meaning import vectors_path
from factdesk.search.table import Table
from factdesk.search.words import open_words, words_path

_FOOTER_MAGIC = 1337


def faults(folder: Path) -> list[Path]:
    """The files of an index that are not what they were when committed; of one that cannot be opened, its folder."""
    found: list[Path] = []
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return []
        Table.open(folder, manifest)
        words = words_path(folder, manifest.generation)
        open_words(words)
        found += [path for path in _segment_files(words) if not _is_whole(path)]
        path = vectors_path(folder, manifest.generation)
        if manifest.rows and checksum(path, manifest.rows * manifest.dimension * 4) != manifest.rows_crc:
            return [*found, path]
        if manifest.coded:
            vectors = mapped(path, np.dtype("<f4"), manifest.coded, manifest.dimension)
            Codes.load(codes_path(folder, manifest.generation), vectors)
    except IndexDamagedError as error:
        found.append(Path(error.place or folder))
    return found


def _segment_files(words: Path) -> list[Path]:
    """The files that the words consist of. What a crash left beside them is none of them."""
    try:
        segments = json.loads((words / "meta.json").read_bytes())["segments"]
        current = {
            str(one["segment_id"]).replace("-", ""): (one.get("deletes") or {}).get("opstamp") for one in segments
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(str(words / "meta.json")) from error
    files = []
    for path in sorted(words.iterdir()):
        own, *between, kind = path.name.split(".")
        if own in current and (kind != "del" or between == [str(current[own])]):
            files.append(path)
    return files


def _is_whole(path: Path) -> bool:
    """Whether a file of tantivy matches the CRC-32 in its footer: `… {"version":…,"crc":…} length magic`."""
    data = path.read_bytes()
    if len(data) < 8:
        return False
    length, magic = struct.unpack("<II", data[-8:])
    if magic != _FOOTER_MAGIC or length + 8 > len(data):
        return False
    try:
        footer = json.loads(data[-8 - length : -8])
        return zlib.crc32(data[: -8 - length]) == int(footer["crc"])
    except (ValueError, KeyError, TypeError):
        return False
