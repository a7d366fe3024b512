"""Candidates by words: BM25 in tantivy over terms that we cut and folded ourselves.

Text is never parsed as a query;
each term becomes a term query, so no message can be a syntax.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import tantivy
from numpy.typing import NDArray

from factdesk.search.base import OPEN, Document, Filter, Hits
from factdesk.search.files import writable
from factdesk.search.guard import damage
from factdesk.search.table import Table
from factdesk.search.terms import EXACT, FOLDED, Boosts, field_terms, query_terms

WRITER_BYTES = 64_000_000
BULK_BYTES = 300_000_000


def words_path(folder: Path, generation: int) -> Path:
    """The folder of the words."""
    return folder / f"words-{generation}"


def schema() -> tantivy.Schema:
    """The fields of a document. `doc` is its place in the table."""
    builder = tantivy.SchemaBuilder()
    for name in (FOLDED, EXACT):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("language", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("doc", indexed=True, fast=True)
    builder.add_integer_field("publisher", indexed=True)
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


def engine_document(document: Document, place: int) -> tantivy.Document:
    """A document as the engine takes it."""
    made = tantivy.Document()
    for name, found in field_terms(document.claim, document.title).items():
        made.add_text(name, " ".join(found))
    made.add_text("language", document.language)
    made.add_unsigned("doc", place)
    made.add_integer("publisher", document.publisher)
    made.add_integer("day", document.day)
    return made


def open_words(path: Path) -> tantivy.Index:
    """Words that are there. Raises `IndexDamagedError`."""
    with damage(path):
        if writable(path):
            return _opened(path)
        # To open an index tantivy writes a lock beside it. A folder that it may not write to is shown to it by links;
        # once open, everything is mapped and the links can go.
        with tempfile.TemporaryDirectory() as beside:
            for file in path.iterdir():
                if file.suffix != ".lock":
                    (Path(beside) / file.name).symlink_to(file.resolve())
            return _opened(Path(beside))


def _opened(path: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    index.reload()
    return index


def create_words(path: Path) -> tantivy.Index:
    """Words for a new index."""
    path.mkdir(parents=True, exist_ok=True)
    return tantivy.Index(schema(), path=str(path))


def _readable(path: Path) -> None:
    """Let those read the words who may read their folder: what tantivy writes at one stroke only its user may read."""
    mode = path.stat().st_mode & 0o644
    for name in ("meta.json", ".managed.json"):
        # Another user's are as they are: whoever made them saw to it.
        with suppress(OSError):
            (path / name).chmod(mode)


class WordsWriter:
    """The writer's end of the words: from `begin` to `commit`."""

    def __init__(self, path: Path, committed: int, bulk: bool) -> None:
        there = path.is_dir() and tantivy.Index.exists(str(path))
        index = open_words(path) if there else create_words(path)
        self._path = path
        with damage(path):
            self._writer = index.writer(BULK_BYTES if bulk else WRITER_BYTES, 2 if bulk else 1)
            # What a crashed writer left beyond the manifest would answer under places that are given out again.
            beyond = tantivy.Query.range_query(schema(), "doc", tantivy.FieldType.Unsigned, committed, None)
            if index.searcher().search(beyond, 1, count=False).hits:
                self._writer.delete_documents_by_query(beyond)

    def add(self, document: Document, place: int) -> None:
        """Add a document under its place."""
        made = engine_document(document, place)
        with damage(self._path):
            self._writer.add_document(made)

    def purge(self, places: Iterable[int]) -> None:
        """Take out documents that were dead in the manifest before this one, which no reader can want any more."""
        for place in places:
            self._writer.delete_documents_by_term("doc", int(place))

    def commit(self) -> None:
        """Make it durable and wait for merges, so that whoever comes next finds no writer at work."""
        with damage(self._path):
            self._writer.commit()
            self._writer.wait_merging_threads()
        _readable(self._path)

    def rollback(self) -> None:
        """Drop what was added."""
        # A writer that failed cannot roll back either; what it left is not counted by any manifest.
        with suppress(ValueError):
            self._writer.rollback()


class Words:
    """Search by words over one snapshot."""

    def __init__(self, table: Table, index: tantivy.Index | None, boosts: Boosts) -> None:
        self._table = table
        self._boosts = boosts
        self._searcher = index.searcher() if index is not None else None
        self._schema = schema()

    def search(self, text: str, limit: int, where: Filter = OPEN) -> Hits:
        """Documents by the sum of BM25 over both fields."""
        if self._searcher is None or limit <= 0:
            return Hits()
        with damage(None):
            query = self._query(text, where)
        if query is None:
            return Hits()
        mask, depth = self._table.mask(where), limit + 8
        while True:
            places, scores, found = self._top(query, depth)
            kept = mask[places]
            if kept.sum() >= limit or found < depth:
                break
            depth *= 4
        keys, scores = self._table.keys[places[kept]], scores[kept]
        order = np.lexsort((keys, -scores))[:limit]
        return Hits(keys[order], scores[order])

    def document_frequency(self, wanted: Sequence[str]) -> list[int]:
        """How many documents hold each folded term. Documents lately replaced may still count."""
        if self._searcher is None:
            return [0] * len(wanted)
        with damage(None):
            return [self._searcher.doc_freq(FOLDED, term) for term in wanted]

    def _top(self, query: tantivy.Query, depth: int) -> tuple[NDArray[np.int64], NDArray[np.float32], int]:
        """Places and scores of the best, without those beyond the manifest, and how many the engine gave."""
        if self._searcher is None:
            return np.zeros(0, np.int64), np.zeros(0, np.float32), 0
        with damage(None):
            hits = self._searcher.search(query, depth, count=False).hits
            values: list[Any] = self._searcher.fast_field_values("doc", [address for _, address in hits])
        places = np.array(values, np.int64).reshape(-1)
        scores = np.array([score for score, _ in hits], np.float32)
        known = places < len(self._table.keys)
        return places[known], scores[known], len(hits)

    def _query(self, text: str, where: Filter) -> tantivy.Query | None:
        if self._searcher is None:
            return None
        chosen = query_terms(text, self._searcher.num_docs, self._searcher.doc_freq)
        boosts = {FOLDED: self._boosts.folded, EXACT: self._boosts.exact}
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(name, term), boosts[name]))
            for name, term in chosen
            if boosts[name] > 0
        ]
        if not clauses:
            return None
        query = tantivy.Query.boolean_query(clauses)
        if where.is_open:
            return query
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *self._conditions(where)])

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term, index_option="freq")

    def _conditions(self, where: Filter) -> list[tuple[tantivy.Occur, tantivy.Query]]:
        """The filter as clauses that decide and do not score."""
        must: list[tantivy.Query] = []
        if where.languages:
            must.append(tantivy.Query.term_set_query(self._schema, "language", sorted(where.languages)))
        if where.publishers:
            must.append(tantivy.Query.term_set_query(self._schema, "publisher", sorted(where.publishers)))
        if where.since:
            must.append(tantivy.Query.range_query(self._schema, "day", tantivy.FieldType.Integer, where.since, None))
        clauses = [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in must]
        if where.exclude_publishers:
            barred = tantivy.Query.term_set_query(self._schema, "publisher", sorted(where.exclude_publishers))
            clauses.append((tantivy.Occur.MustNot, barred))
        return clauses
