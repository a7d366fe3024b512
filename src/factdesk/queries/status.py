"""What is in a desk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import text
from sqlalchemy.orm import Session

from factdesk.config import DeskConfig
from factdesk.domain.workflow import STATES
from factdesk.store import engines
from factdesk.store.blobs import blob_sizes
from factdesk.store.captures import count_captures
from factdesk.store.citations import count_citations
from factdesk.store.events import head
from factdesk.store.feeds import FeedRow, list_feeds
from factdesk.store.items import count_items
from factdesk.store.judgements import count_judgements
from factdesk.store.publishers import all_publishers, blocked_numbers
from factdesk.store.record import Record
from factdesk.store.reviews import count_by_language
from factdesk.store.runs import RunRow, list_runs
from factdesk.store.vectors import vector_counts


class IndexInfo(Protocol):
    """What an index says of itself; `search.manifest.Manifest` does."""

    @property
    def seq(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def model(self) -> str: ...
    @property
    def documents(self) -> int: ...
    @property
    def dead(self) -> int: ...


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The index: the event it stands at, how many events it lags behind, and what it holds."""

    seq: int
    lag: int
    version: int
    model: str
    documents: int


@dataclass(frozen=True, slots=True)
class Status:
    """A desk at a glance. `sizes` are bytes; `vectors` counts them by model; `runs` are the last five."""

    name: str
    folder: str
    record: str
    reviews: int
    languages: Mapping[str, int]
    publishers: int
    blocked: int
    judgements: int
    captures: int
    citations: int
    people: int
    claims: int
    tips: int
    checks: Mapping[str, int]
    seq: int
    head: str
    index: IndexStatus | None
    evidence_index: IndexStatus | None
    encoder: str
    vectors: Mapping[str, int]
    sizes: Mapping[str, int]
    feeds: tuple[FeedRow, ...]
    runs: tuple[RunRow, ...]


def status(
    config: DeskConfig, record: Record, index_info: IndexInfo | None, evidence_info: IndexInfo | None = None
) -> Status:
    """What is in the desk, from one moment of the record."""
    with record.read() as session:
        seq, digest = head(session)
        languages = count_by_language(session)
        return Status(
            name=config.name,
            folder=str(config.folder),
            record=record.place,
            reviews=sum(languages.values()),
            languages=languages,
            publishers=len(all_publishers(session)),
            blocked=len(blocked_numbers(session)),
            judgements=count_judgements(session),
            captures=count_captures(session),
            citations=count_citations(session),
            people=count_items(session, "person", ("active",)),
            claims=count_items(session, "claim"),
            tips=count_items(session, "tip"),
            checks={state: count for state in STATES if (count := count_items(session, "check", (state,)))},
            seq=seq,
            head=digest,
            index=_index(index_info, seq),
            evidence_index=_index(evidence_info, seq),
            encoder=config.encoder,
            vectors=vector_counts(session),
            sizes=_sizes(config, session),
            feeds=tuple(list_feeds(session)),
            runs=tuple(list_runs(session, 5)),
        )


def folder_bytes(folder: Path) -> int:
    """Bytes of all files in a folder; 0 where there is none."""
    return sum((Path(place) / name).lstat().st_size for place, _, names in os.walk(folder) for name in names)


def _index(info: IndexInfo | None, seq: int) -> IndexStatus | None:
    if info is None:
        return None
    return IndexStatus(info.seq, max(0, seq - info.seq), info.version, info.model, info.documents - info.dead)


def _sizes(config: DeskConfig, session: Session) -> dict[str, int]:
    return {
        "record": _record_bytes(config, session),
        "index": folder_bytes(config.index_dir),
        "cache": folder_bytes(config.cache_dir),
        "reports": folder_bytes(config.reports_dir),
        "evidence": blob_sizes(session)[1],
    }


def _record_bytes(config: DeskConfig, session: Session) -> int:
    if not config.is_sqlite:
        return int(session.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    path = engines.sqlite_file(config)
    files = (path, path.with_name(path.name + "-wal"))
    return sum(each.stat().st_size for each in files if each.is_file())
