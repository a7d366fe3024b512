"""Which shape the tables of a record have, and bringing them to the present one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from factdesk.errors import DeskVersionError

REVISIONS = ("0001", "0002", "0003")
"""Every revision there is, oldest first: known without loading Alembic, which is slow to load."""


def current_revision(connection: Connection) -> str:
    """The revision a record stands at, or empty for one without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def check_revision(revision: str, place: str) -> None:
    """Raise `DeskVersionError` unless the record stands at the newest revision."""
    if revision == REVISIONS[-1]:
        return
    if revision and revision not in REVISIONS:
        raise DeskVersionError(
            "This desk was made by a newer factdesk.",
            place=place,
            remedy="Upgrade factdesk: the desk is at {revision}, and this factdesk knows up to {newest}.",
            revision=revision,
            newest=REVISIONS[-1],
        )
    raise DeskVersionError(
        "This desk has not been upgraded yet.",
        place=place,
        remedy="Make a backup, then run: factdesk upgrade",
    )


def upgrade_connection(connection: Connection, place: str, target: str = "head") -> list[str]:
    """Bring the tables to `target` in the connection's transaction; returns the revisions applied."""
    before = current_revision(connection)
    if before and before not in REVISIONS:
        check_revision(before, place)
    if before == REVISIONS[-1]:
        return []
    # Loaded here since only this needs it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)
    after = current_revision(connection)
    first = REVISIONS.index(before) + 1 if before else 0
    return list(REVISIONS[first : REVISIONS.index(after) + 1])
