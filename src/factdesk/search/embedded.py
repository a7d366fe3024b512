"""The index of one machine: words in tantivy, meaning in turbovec, in a folder that is safe to delete.

    manifest.json     what is committed, written last
    table-G.bin       one entry for each document ever added       dead-G.bin   those that were replaced or deleted
    vectors-G.f32     float32 rows                                 codes-G.tv   the same rows in 4 bits
    words-G/          tantivy                                      writer.lock  held from `begin` to `commit`

Readers open a snapshot: the manifest, and as much of each file as it counts. Between a crash at any moment and the
next commit they see the last committed state. Words lag behind by one commit in what they forget, and may be ahead in
what they hold; both are settled by the table. An index is built anew as the next generation G beside the present one;
the manifest's rename swaps them, and the old files go after it.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from factdesk.encode.base import Vectors
from factdesk.search.base import OPEN, Document, Filter, Hits, IndexDamagedError
from factdesk.search.codes import Codes, codes_path
from factdesk.search.files import mapped
from factdesk.search.guard import disk
from factdesk.search.lock import WriterLock
from factdesk.search.manifest import MANIFEST, Manifest, read_manifest
from factdesk.search.meaning import Meaning, vectors_path
from factdesk.search.table import DEAD, ENTRY, Table
from factdesk.search.terms import Boosts
from factdesk.search.words import Words, open_words, words_path
from factdesk.search.writer import Session, next_generation, remove_other_generations

LOCK = "writer.lock"
WASTE_FROM = 5_000
WASTE_SHARE = 0.3
"""Built anew when more documents than both of these are dead."""


@dataclass
class Snapshot:
    """One committed state, open for reading."""

    folder: Path
    manifest: Manifest
    table: Table
    words: Words
    vectors: Vectors
    codes: Codes | None = None

    @cached_property
    def meaning(self) -> Meaning:
        """Search by meaning; the codes are read when they pay."""
        return Meaning(self.table, self.vectors, self.load_codes)

    def load_codes(self) -> Codes:
        """The codes of this state, read at first need."""
        if self.codes is None:
            path = codes_path(self.folder, self.manifest.generation)
            self.codes = Codes.load(path, self.vectors[: self.manifest.coded])
        return self.codes


def open_snapshot(folder: Path, dimension: int, model: str, boosts: Boosts, codes: Codes | None = None) -> Snapshot:
    """The committed state of an index; an empty one where there is none. Raises `IndexDamagedError`."""
    while True:
        manifest = read_manifest(folder)
        committed = manifest or Manifest(model, dimension)
        if (committed.model, committed.dimension) != (model, dimension):
            raise IndexDamagedError(str(folder))
        try:
            words = open_words(words_path(folder, committed.generation)) if manifest else None
            table = Table.open(folder, committed)
            path = vectors_path(folder, committed.generation)
            vectors = mapped(path, np.dtype("<f4"), committed.rows, dimension).reshape(committed.rows, dimension)
        except IndexDamagedError:
            # A writer that committed meanwhile may have taken the files away.
            if read_manifest(folder) == manifest:
                raise
            continue
        if read_manifest(folder) == manifest:
            return Snapshot(folder, committed, table, Words(table, words, boosts), vectors, codes)


def _empty(folder: Path, dimension: int, model: str, boosts: Boosts, generation: int = 0) -> Snapshot:
    manifest = Manifest(model, dimension, generation=generation)
    table = Table(manifest, np.zeros(0, ENTRY), np.zeros(0, DEAD))
    return Snapshot(folder, manifest, table, Words(table, None, boosts), np.zeros((0, dimension), np.float32))


class EmbeddedIndex:
    """The `SearchIndex` of one folder. Searching is safe from several threads, writing from one at a time."""

    def __init__(self, folder: Path, snapshot: Snapshot, boosts: Boosts, bulk: bool) -> None:
        self._folder = folder
        self._boosts = boosts
        self._bulk = bulk
        self._snapshot = snapshot
        self._session: Session | None = None
        self._anew = False
        self._lock = WriterLock(folder / LOCK)
        self._guard = threading.RLock()

    @classmethod
    def open(
        cls, folder: Path, dimension: int, model: str, *, boosts: Boosts | None = None, bulk: bool = False
    ) -> EmbeddedIndex:
        """The index in a folder, or an empty one that the first write will make. `bulk` takes more memory to write.

        Raises `IndexDamagedError` for one that is damaged, of another version, or made with another model.
        """
        boosts = boosts or Boosts()
        return cls(folder, open_snapshot(folder, dimension, model, boosts), boosts, bulk)

    @classmethod
    def anew(
        cls, folder: Path, dimension: int, model: str, *, boosts: Boosts | None = None, bulk: bool = True
    ) -> EmbeddedIndex:
        """An empty index about to replace whatever is in the folder, damaged or not, when it is committed."""
        boosts = boosts or Boosts()
        index = cls(folder, _empty(folder, dimension, model, boosts), boosts, bulk)
        index.restart()
        return index

    @property
    def seq(self) -> int:
        """The event up to which the index has followed the record."""
        return self._snapshot.manifest.seq

    @property
    def info(self) -> Manifest:
        """What is committed, as `status` shows it."""
        return self._snapshot.manifest

    def __len__(self) -> int:
        return self._snapshot.manifest.documents - self._snapshot.manifest.dead

    def refresh(self) -> bool:
        """See what others committed since; whether there was any."""
        with self._guard:
            now = self._snapshot
            manifest = read_manifest(self._folder)
            if (manifest is None and not now.manifest.commits) or manifest == now.manifest:
                return False
            self._reopen(None)
            return True

    def begin(self) -> None:
        """Take the writer's place until `commit`, and catch up with what others committed."""
        with self._guard:
            if self._session is not None:
                return
            self._lock.acquire()
            try:
                self.refresh()
                if self._snapshot.manifest.commits:
                    remove_other_generations(self._folder, self._snapshot.manifest.generation)
                # The first time there is everything to write.
                bulk = self._bulk or not self._snapshot.manifest.commits
                with disk(self._folder):
                    self._session = Session(self._folder, self._snapshot.table, self._snapshot.vectors, bulk)
            except BaseException:
                # Whatever went wrong, the place must be free for the next.
                self._lock.release()
                raise

    def restart(self) -> None:
        """Begin anew with nothing. What is committed answers until `commit` puts the new in its place."""
        with self._guard:
            self.rollback()
            self._lock.acquire()
            now = self._snapshot.manifest
            empty = _empty(self._folder, now.dimension, now.model, self._boosts, next_generation(self._folder))
            try:
                with disk(self._folder):
                    self._session = Session(self._folder, empty.table, empty.vectors, self._bulk)
            except BaseException:
                # As in `begin`.
                self._lock.release()
                raise
            self._anew = True

    @property
    def wasteful(self) -> bool:
        """Whether so much of it is dead that it should be built anew."""
        manifest = self._snapshot.manifest
        return manifest.dead > max(WASTE_FROM, WASTE_SHARE * manifest.documents)

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents; one whose key is already there replaces it."""
        self.begin()
        if self._session is not None:
            with disk(self._folder):
                self._session.add(documents)

    def delete(self, keys: Collection[int]) -> None:
        """Take documents out. Unknown keys are passed over."""
        self.begin()
        if self._session is not None:
            with disk(self._folder):
                self._session.delete(keys)

    def commit(self, seq: int) -> None:
        """Make what was added and deleted answer, durable, and stand at `seq`."""
        self.begin()
        with self._guard:
            session, self._session = self._session, None
            if session is None:
                return
            try:
                with disk(self._folder):
                    codes = session.commit(seq, None if self._anew else self._snapshot.codes)
                self._reopen(codes)
                if self._anew:
                    remove_other_generations(self._folder, self._snapshot.manifest.generation)
            finally:
                session.close()
                self._anew = False
                self._lock.release()

    def rollback(self) -> None:
        """Drop what was added and deleted since the last commit."""
        with self._guard:
            session, self._session = self._session, None
            if session is not None:
                session.rollback()
            self._anew = False
            self._lock.release()

    def words(self, text: str, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by BM25 over the claim and title, exact and folded terms."""
        return self._snapshot.words.search(text, limit, where)

    def meaning(self, vectors: Vectors, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by cosine: for each, the best over its own vectors and over the rows of `vectors`."""
        queries = np.ascontiguousarray(vectors, np.float32).reshape(-1, self._snapshot.manifest.dimension)
        try:
            return self._snapshot.meaning.search(queries, limit, where)
        except IndexDamagedError:
            # The codes are read late; a writer may have put an index built anew in their place meanwhile.
            if not self.refresh():
                raise
            return self._snapshot.meaning.search(queries, limit, where)

    def vectors(self, keys: Sequence[int]) -> list[Vectors]:
        """The stored vectors of the documents, in the order of `keys`; shape (0, d) for an unknown key."""
        now = self._snapshot
        places = now.table.places(np.asarray(keys, np.int64))
        first, rows = now.table.first, now.table.rows
        empty = np.zeros((0, now.manifest.dimension), np.float32)
        return [np.array(now.vectors[first[p] : first[p] + rows[p]]) if p >= 0 else empty for p in places]

    def mean(self) -> NDArray[np.float32]:
        """The mean of all stored vectors; zeros for an empty index."""
        manifest = self._snapshot.manifest
        return (manifest.vector_sum() / max(1, manifest.living_rows)).astype(np.float32)

    def document_frequency(self, terms: Sequence[str]) -> list[int]:
        """How many documents hold each folded term."""
        return self._snapshot.words.document_frequency(terms)

    def close(self) -> None:
        """Let go of files; what was not committed is dropped."""
        self.rollback()

    def _reopen(self, codes: Codes | None) -> None:
        manifest = self._snapshot.manifest
        self._snapshot = open_snapshot(self._folder, manifest.dimension, manifest.model, self._boosts, codes)


def exists(folder: Path) -> bool:
    """Whether a folder holds a committed index."""
    return (folder / MANIFEST).is_file()
