"""The one place where what a database or a disk says becomes a sentence for the person who meets it."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from factdesk.errors import (
    DeskBusyError,
    DeskError,
    DeskReadOnlyError,
    FactdeskError,
    InputError,
    NoDeskError,
    ResourceError,
)

RESTORE = "Restore a backup with: factdesk restore"

# PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
_BUSY_STATES = ("55P03", "40001", "40P01", "57014")
_READ_ONLY_STATES = ("25006", "42501")
_REFUSED_STATES = ("28000", "28P01")
_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)
_LOST = (OperationalError, InterfaceError)
_READ_ONLY_ERRNOS = (errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def translated(place: str) -> Iterator[None]:
    """Turn errors of SQLAlchemy and its drivers into ours. `place` names the record, without its password."""
    try:
        yield
    except DBAPIError as error:
        raise from_database(error.orig, place, lost=isinstance(error, _LOST)) from error
    except sqlite3.Error as error:
        raise from_database(error, place) from error
    except NoSuchModuleError as error:
        raise InputError("factdesk does not know this kind of database.", place=place) from error
    except ArgumentError as error:
        raise InputError("This is not a database URL.", place=place) from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise ResourceError(
            "PostgreSQL needs the package psycopg, which is not installed.",
            place=place,
            remedy="Install it with: pip install 'factdesk[postgresql]'",
        ) from error
    except PoolTimeout as error:
        raise _busy(place) from error


@contextmanager
def translated_files(place: str) -> Iterator[None]:
    """Turn errors of the file system, while writing the desk's own files, into ours."""
    try:
        yield
    except OSError as error:
        raise from_files(error, place) from error


def from_files(error: OSError, place: str) -> FactdeskError:
    """What an operating system's error means for a desk."""
    if error.errno in _FULL_ERRNOS:
        return _full(place)
    if error.errno in _READ_ONLY_ERRNOS:
        return _read_only(place)
    return ResourceError("The file cannot be read or written: {why}.", place=place, why=error.strerror or error)


def from_database(error: BaseException | None, place: str, *, lost: bool = False) -> FactdeskError:
    """What a driver's error means for a desk. `lost` says that it is of the kind a missing connection gives."""
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error, place)
    state = getattr(error, "sqlstate", None)
    return _from_postgresql(str(state) if state else "", error, place, lost)


def _from_sqlite(error: sqlite3.Error, place: str) -> FactdeskError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _busy(place)
    if name.startswith("SQLITE_FULL"):
        return _full(place)
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH")):
        return _read_only(place)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return DeskError("The record is damaged: {why}.", place=place, remedy=RESTORE, why=error)
    if name.startswith("SQLITE_CANTOPEN"):
        return DeskError(
            "The record cannot be opened.",
            place=place,
            remedy="See that you may read it and write to its folder.",
        )
    if name.startswith("SQLITE_IOERR"):
        return ResourceError("The disk failed while the record was used: {why}.", place=place, why=error)
    return DeskError("The record cannot be used: {why}.", place=place, why=_brief(error))


def _from_postgresql(state: str, error: BaseException | None, place: str, lost: bool) -> FactdeskError:
    if state in _BUSY_STATES:
        return _busy(place)
    if state.startswith("53"):
        return _full(place) if state == "53100" else _unreachable(error, place)
    if state in _READ_ONLY_STATES:
        return _read_only(place)
    if state in _REFUSED_STATES or (not state and "authentication failed" in str(error)):
        return DeskError(
            "The database refuses this user or password.",
            place=place,
            remedy="Check the user and password in its URL.",
        )
    if state == "3D000" or (not state and _says_no_database(error)):
        return NoDeskError(
            "There is no such database.",
            place=place,
            remedy="Create the database, then run factdesk init again.",
        )
    if state.startswith("XX"):
        return DeskError("The record is damaged: {why}.", place=place, remedy=RESTORE, why=_brief(error))
    if state.startswith(("08", "57P")) or (not state and lost):
        return _unreachable(error, place)
    return DeskError("The record cannot be used: {why}.", place=place, why=_brief(error))


def _says_no_database(error: BaseException | None) -> bool:
    # While connecting, psycopg gives the server's words but not its code.
    words = str(error)
    return 'database "' in words and "does not exist" in words


def _busy(place: str) -> DeskBusyError:
    return DeskBusyError(
        "Someone else is writing to this desk.",
        place=place,
        remedy="Try again when they are done; nothing was changed.",
    )


def _full(place: str) -> ResourceError:
    return ResourceError(
        "The disk is full.",
        place=place,
        remedy="Free some space and run the command again: what was saved is safe.",
    )


def _read_only(place: str) -> DeskReadOnlyError:
    return DeskReadOnlyError(
        "This desk can be read but not written to.",
        place=place,
        remedy="See that you may write to its folder or database.",
    )


def _unreachable(error: BaseException | None, place: str) -> DeskError:
    return DeskError(
        "The database cannot be reached: {why}.",
        place=place,
        remedy="See that it runs and that its URL is right.",
        why=_brief(error),
    )


def _brief(error: BaseException | None) -> str:
    """An error's first line, cut short: drivers add the statement and its values below it."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".")[:200] if lines else type(error).__name__
