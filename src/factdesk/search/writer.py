"""The one writer's work from `begin` to `commit`: everything is appended, and the manifest is written last."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from factdesk.encode.base import Vectors
from factdesk.search.base import Document
from factdesk.search.codes import Codes, codes_path
from factdesk.search.files import Appender
from factdesk.search.manifest import Manifest, pack_sum, write_manifest
from factdesk.search.meaning import EXACT_ROWS, vectors_path
from factdesk.search.table import DEAD, ENTRY, Table, dead_path, table_path
from factdesk.search.words import WordsWriter, words_path

_GENERATION = re.compile(r"(?:table|dead|vectors|codes|words)-(\d+)(?:\.\w+)*")


def generations(folder: Path) -> dict[Path, int]:
    """Everything in an index's folder that belongs to a generation."""
    found = ((path, _GENERATION.fullmatch(path.name)) for path in folder.iterdir())
    return {path: int(match[1]) for path, match in found if match}


def next_generation(folder: Path) -> int:
    """A generation that nothing in the folder belongs to."""
    return max(generations(folder).values(), default=-1) + 1


def remove_other_generations(folder: Path, keep: int) -> None:
    """Take away what other generations left. What cannot be removed, being open elsewhere, stays for the next time."""
    for path, generation in generations(folder).items():
        if generation != keep:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


class Session:
    """What is being written. It is made under the writer's lock, and is of no use after `commit`."""

    def __init__(self, folder: Path, table: Table, vectors: Vectors, bulk: bool) -> None:
        self._folder = folder
        self._table = table
        self._vectors = vectors
        self._base = base = table.manifest
        generation = base.generation
        self._words = WordsWriter(words_path(folder, generation), base.documents, bulk)
        self._entries = Appender(table_path(folder, generation), base.documents * ENTRY.itemsize, base.table_crc)
        self._dead = Appender(dead_path(folder, generation), base.dead * DEAD.itemsize, base.dead_crc)
        size = base.rows * base.dimension * 4
        self._rows = Appender(vectors_path(folder, generation), size, base.rows_crc)
        self._languages = {code: place for place, code in enumerate(base.languages)}
        self._sum = base.vector_sum()
        self._documents, self._row_count, self._living = base.documents, base.rows, base.living_rows
        self._coded = base.coded
        self._new: dict[int, tuple[int, int, int]] = {}
        self._killed: set[int] = set()

    def add(self, documents: Sequence[Document]) -> None:
        """Append documents; those that they replace are listed as dead."""
        if not documents:
            return
        # The last of a key in one batch is the one that counts.
        documents = list({document.key: document for document in documents}.values())
        self.delete([document.key for document in documents])
        entries = np.zeros(len(documents), ENTRY)
        for spot, document in enumerate(documents):
            rows = np.ascontiguousarray(document.vectors, "<f4").reshape(-1, self._base.dimension)
            language = self._languages.setdefault(document.language, len(self._languages))
            entries[spot] = (
                document.key, self._row_count, document.publisher, len(rows), language, document.day, 0,
            )  # fmt: skip
            self._words.add(document, self._documents)
            self._rows.append(rows.tobytes())
            self._new[document.key] = (self._documents, self._row_count, len(rows))
            self._count(len(rows), rows)
            self._documents += 1
            self._row_count += len(rows)
        self._entries.append(entries.tobytes())

    def delete(self, keys: Collection[int]) -> None:
        """List documents as dead. Unknown keys are passed over."""
        wanted = np.fromiter(keys, np.int64, len(keys))
        for key, place in zip(wanted.tolist(), self._table.places(wanted).tolist(), strict=True):
            if key in self._new:
                gone, first, rows = self._new.pop(key)
                self._kill(
                    gone, rows, self._rows.read(first * self._base.dimension * 4, rows * self._base.dimension * 4)
                )
            elif place >= 0 and place not in self._killed:
                first, rows = int(self._table.first[place]), int(self._table.rows[place])
                self._kill(place, rows, self._vectors[first : first + rows])

    def commit(self, seq: int, codes: Codes | None) -> Codes | None:
        """Make it durable and committed; gives back the codes, if there are any, for the next reader."""
        base = self._base
        self._words.purge(self._table.dead[base.purged :])
        self._words.commit()
        self._dead.append(np.array(sorted(self._killed), DEAD).tobytes())
        for file in (self._entries, self._dead, self._rows):
            file.sync()
        codes = self._code(codes)
        write_manifest(self._folder, self._manifest(seq))
        return codes

    def rollback(self) -> None:
        """Drop it all."""
        self._words.rollback()
        self.close()
        if not self._base.commits:
            for path, generation in generations(self._folder).items():
                if generation == self._base.generation:
                    _remove(path)

    def close(self) -> None:
        """Let go of the files."""
        for file in (self._entries, self._dead, self._rows):
            file.close()

    def _manifest(self, seq: int) -> Manifest:
        return replace(
            self._base,
            seq=seq,
            commits=self._base.commits + 1,
            documents=self._documents,
            rows=self._row_count,
            coded=self._coded,
            dead=self._base.dead + len(self._killed),
            purged=self._base.dead,
            living_rows=self._living,
            languages=tuple(self._languages),
            sums=pack_sum(self._sum),
            table_crc=self._entries.crc,
            dead_crc=self._dead.crc,
            rows_crc=self._rows.crc,
        )

    def _kill(self, place: int, rows: int, vectors: Vectors | bytes) -> None:
        self._killed.add(place)
        if isinstance(vectors, bytes):
            vectors = np.frombuffer(vectors, "<f4").reshape(rows, self._base.dimension)
        self._count(-rows, -vectors)

    def _count(self, rows: int, vectors: Vectors) -> None:
        self._living += rows
        self._sum += vectors.sum(axis=0, dtype=np.float64)

    def _code(self, codes: Codes | None) -> Codes | None:
        """Bring the codes to the rows, once so many have none that comparing those one by one would show."""
        base = self._base
        if self._row_count - base.coded <= EXACT_ROWS:
            return codes
        path = codes_path(self._folder, base.generation)
        if not base.coded:
            path.unlink(missing_ok=True)
            codes = Codes.empty(base.dimension)
        elif codes is None:
            codes = Codes.load(path, self._vectors[: base.coded])
        codes.extend(np.memmap(self._rows.path, "<f4", "r", shape=(self._row_count, base.dimension)), base.coded)
        codes.save(path)
        self._coded = self._row_count
        return codes
