"""Backing a desk up into one file, and making a desk from one, on whichever database."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, MetaData
from sqlalchemy.orm import Session

from factdesk import __version__
from factdesk.config import DESK_FILE, DeskConfig, normal_url
from factdesk.errors import InputError, IntegrityError, ResourceError, UsageError
from factdesk.store import engines
from factdesk.store.archive import BLOBS, NAMES, ArchiveReader, ArchiveWriter, open_archive
from factdesk.store.blobs import CHUNK, adopt, large_blobs, open_blob, wrong_small_blobs
from factdesk.store.chain import verify
from factdesk.store.dump import count_rows, dump_rows, load_rows, tables_of
from factdesk.store.events import head
from factdesk.store.faults import translated_files
from factdesk.store.files import sync_folder, toml, write_durably
from factdesk.store.models import Base
from factdesk.store.record import Record
from factdesk.store.schema import REVISIONS, check_revision, current_revision, upgrade_connection
from factdesk.store.setup import whole

Progress = Callable[[int, int | None], None]
"""Called with rows done and rows in all."""

_RECORD = "record.sqlite"
_OWN = (DESK_FILE, _RECORD, f"{_RECORD}-wal", f"{_RECORD}-shm", "blobs", "index", "cache", "reports")
"""What in a desk's folder is the desk's."""

OWN_TABLES = frozenset(Base.metadata.tables) | {"alembic_version"}


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """A backup that was written or restored: the file, its bytes, the record's head, rows by table.

    `replaced` is the folder to which a restored desk's predecessor was moved.
    """

    file: Path
    bytes: int
    head: tuple[int, str]
    rows: dict[str, int]
    replaced: Path | None = None


def nothing(done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def backup(config: DeskConfig, target: Path, progress: Progress = nothing) -> BackupSummary:
    """Write one moment of the desk to one file, which is whole or not there.

    Left out are the index and caches, which can be made again, and the database's URL, which may hold a password.
    """
    if target.is_dir():
        raise UsageError("{target} is a folder: name a file.", target=str(target))
    with Record.open(config, writable=False) as record, record.read() as session, translated_files(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        with ArchiveWriter(target) as archive:
            archive.add(DESK_FILE, [toml(_settings(config)).encode()])
            rows = _dump(session.connection(), archive, progress)
            for digest in large_blobs(session):
                archive.add(f"blobs/{digest}", _blob_chunks(session, config, digest))
            for report in _reports(config):
                archive.add(f"reports/{report.name}", _chunks(report))
            newest = head(session)
            facts = {"factdesk": __version__, "schema": current_revision(session.connection()), "head": list(newest)}
            archive.finish(facts)
    return BackupSummary(target, target.stat().st_size, newest, rows)


def restore(
    source: Path, folder: Path, progress: Progress = nothing, *, force: bool = False, database: str = ""
) -> BackupSummary:
    """Make a desk in `folder` from a backup; its record in the folder, or on PostgreSQL by `database`.

    Everything is verified before anything is put in place. With `force` a desk that is there makes way: its files
    are moved into a folder beside the new ones, but a database's record is overwritten.
    """
    if (folder / DESK_FILE).exists() and not force:
        raise UsageError("{folder} is a desk already.", remedy="Give another folder, or --force.", folder=str(folder))
    with open_archive(source) as archive:
        settings = _read_settings(archive)
        with translated_files(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            if not database:
                _check_room(folder, archive.unpacked)
            with _staging(folder) as staging:
                place = normal_url(database) if database else f"sqlite:///{staging / _RECORD}"
                config = DeskConfig(folder=staging, database_url=place, name=settings.get("name", folder.name))
                rows, newest = _load(archive, config, progress, force=force)
                _write_reports(archive, staging)
                replaced = _put_in_place(staging, folder)
            write_durably(folder / DESK_FILE, toml(settings | ({"database": database} if database else {})))
    return BackupSummary(source, source.stat().st_size, newest, rows, replaced)


def _dump(connection: Connection, archive: ArchiveWriter, progress: Progress) -> dict[str, int]:
    tables = tables_of(connection)
    rows = {table.name: count_rows(connection, table) for table in tables}
    total, done = sum(rows.values()), 0

    def watched(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal done
        for line in lines:
            done += 1
            if done % 1000 == 0:
                progress(done, total)
            yield line

    for table in tables:
        lines = watched(dump_rows(connection, table))
        archive.add(f"record/{table.name}.jsonl", lines, rows=rows[table.name], columns=table.columns.keys())
    progress(total, total)
    return rows


def _load(
    archive: ArchiveReader, config: DeskConfig, progress: Progress, *, force: bool
) -> tuple[dict[str, int], tuple[int, str]]:
    """Fill a record in one transaction, bring it to the present shape, and verify it."""
    facts = archive.contents.facts
    place = engines.place_of(config)
    schema = str(facts.get("schema", ""))
    if schema not in REVISIONS:
        check_revision(schema or "?", str(archive.source))
    with whole(config) as connection:
        _make_empty(connection, place, force=force)
        upgrade_connection(connection, place, schema)
        rows = _load_tables(connection, archive, progress)
        # Before it is looked at: what verifies knows the present shape. It is one transaction either way.
        upgrade_connection(connection, place)
        _load_blobs(connection, archive, config)
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            result = verify(session)
        if result.broken is not None:
            raise IntegrityError(
                "The backup's record does not verify: it breaks at event {seq}.",
                place=str(archive.source),
                seq=result.broken.seq,
            )
        if list(result.head) != facts.get("head"):
            raise IntegrityError("The backup's record is not the one its manifest names.", place=str(archive.source))
    return rows, result.head


def _make_empty(connection: Connection, place: str, *, force: bool) -> None:
    if current_revision(connection) and not force:
        raise UsageError(
            "The database holds a record already.", place=place, remedy="Give another database, or --force."
        )
    found = MetaData()
    # Only our own tables: a database may be shared with other programs.
    found.reflect(connection, only=lambda name, _: name in OWN_TABLES)
    found.drop_all(connection)


def _load_tables(connection: Connection, archive: ArchiveReader, progress: Progress) -> dict[str, int]:
    files = archive.contents.files
    tables = tables_of(connection)
    if {f"record/{table.name}.jsonl" for table in tables} != {name for name in files if name.startswith("record/")}:
        raise InputError("The backup does not hold the tables of its version.", place=str(archive.source))
    total = sum(int(entry.get("rows", 0)) for entry in files.values())
    rows, done = dict.fromkeys((table.name for table in tables), 0), 0
    for table in tables:
        name = f"record/{table.name}.jsonl"
        for count in load_rows(connection, table, files[name].get("columns", ()), archive.lines(name)):
            rows[table.name] += count
            done += count
            progress(done, total)
    return rows


def _load_blobs(connection: Connection, archive: ArchiveReader, config: DeskConfig) -> None:
    """Put the large blobs where such a record keeps them."""
    names = {name.removeprefix(BLOBS) for name in archive.contents.files if name.startswith(BLOBS)}
    with Session(connection, join_transaction_mode="create_savepoint") as session, session.begin():
        if next(wrong_small_blobs(session), None) is not None or names != set(large_blobs(session)):
            raise IntegrityError("The backup's files are not those its manifest names.", place=str(archive.source))
        for digest in sorted(names):
            if archive.contents.files[BLOBS + digest]["sha256"] != digest:
                raise IntegrityError(
                    "{name} in the backup is not what its manifest says.",
                    place=str(archive.source),
                    name=BLOBS + digest,
                )
            adopt(session, config, digest, archive.chunks(BLOBS + digest))


def _blob_chunks(session: Session, config: DeskConfig, digest: str) -> Iterator[bytes]:
    with open_blob(session, config, digest) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _settings(config: DeskConfig) -> dict[str, str]:
    """The desk's own settings but for where its record is."""
    path = config.folder / DESK_FILE
    if not path.is_file():
        return {"name": config.name, "language": config.language, "url": config.url}
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: str(value) for name, value in data.items() if name != "database"}


def _read_settings(archive: ArchiveReader) -> dict[str, str]:
    if DESK_FILE not in archive.contents.files:
        raise InputError("This is not a factdesk backup.", place=str(archive.source))
    try:
        data = tomllib.loads(archive.read(DESK_FILE).decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("The backup's settings cannot be read.", place=str(archive.source)) from error
    return {name: str(value) for name, value in data.items() if name != "database"}


def _reports(config: DeskConfig) -> list[Path]:
    if not config.reports_dir.is_dir():
        return []
    files = sorted(path for path in config.reports_dir.iterdir() if path.is_file())
    return [path for path in files if NAMES.fullmatch(f"reports/{path.name}")]


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            yield chunk


def _write_reports(archive: ArchiveReader, staging: Path) -> None:
    for name in archive.contents.files:
        if name.startswith("reports/"):
            target = staging / name
            target.parent.mkdir(exist_ok=True)
            with target.open("wb") as file:
                file.writelines(archive.lines(name))


def _check_room(folder: Path, needed: int) -> None:
    # Twice: SQLite's log holds the rows until they are in the file.
    if shutil.disk_usage(folder).free < 2 * needed:
        raise ResourceError(
            "The disk has no room for the backup: it needs {megabytes} MB.",
            place=str(folder),
            remedy="Free some space, or restore into another folder.",
            megabytes=2 * needed // 1_000_000,
        )


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    staging = Path(tempfile.mkdtemp(prefix=".restore-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put_in_place(staging: Path, folder: Path) -> Path | None:
    """Move the new files in, after moving those of an older desk into a folder of their own."""
    olds = [folder / name for name in _OWN if (folder / name).exists()]
    replaced: Path | None = None
    if olds:
        replaced = Path(tempfile.mkdtemp(prefix="replaced-", dir=folder))
        for old in olds:
            old.rename(replaced / old.name)
    for new in sorted(staging.iterdir()):
        new.rename(folder / new.name)
    sync_folder(folder)
    return replaced
