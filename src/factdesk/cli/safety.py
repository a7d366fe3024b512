"""`factdesk backup`, `restore` and `upgrade`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option

if TYPE_CHECKING:
    from factdesk.actions.backups import BackupSummary


@command(
    help="Write the whole desk into one file. It can be used while others work at the desk.",
    examples=("factdesk backup my-desk.factdesk",),
)
@argument("file", help="The backup to write.", type=str)
def backup(call: Call, file: str) -> None:
    """Back the desk up."""
    from factdesk.actions.desks import backup as write_backup

    with call.progress("Backing up") as progress:
        summary = write_backup(call.config(), Path(file), progress)
    _report(call, summary, file, "Backed up into {place}: {reviews} reviews, {events} events, {size} bytes.")


@command(
    help="Make a desk from a backup. A folder that already holds a desk is left alone unless --force is given.",
    examples=("factdesk restore my-desk.factdesk new-folder", "factdesk restore my-desk.factdesk"),
)
@argument("file", help="The backup to read.", type=str)
@argument("folder", help="Where the desk shall be; the folder one stands in if not given.", required=False, type=str)
@option(
    "--database", default="", metavar="URL", help="PostgreSQL URL of the record, when it shall not be in the folder."
)
@option(
    "--force",
    is_flag=True,
    help="Replace the desk that is there; its files are set aside, but a database is overwritten.",
)
def restore(call: Call, file: str, folder: str | None, database: str, force: bool) -> None:
    """Make a desk from a backup."""
    from factdesk.actions.desks import restore as read_backup

    target = folder or call.desk or "."
    with call.progress("Restoring") as progress:
        summary = read_backup(Path(file), Path(target).resolve(), progress, force=force, database=database)
    _report(call, summary, target, "Restored into {place}: {reviews} reviews, {events} events.")


def _report(call: Call, summary: BackupSummary, place: str, template: str) -> None:
    if call.json:
        call.print_json(summary)
    else:
        reviews, events = (f"{summary.rows.get(name, 0):,}" for name in ("reviews", "events"))
        call.print(call.say(template, place=place, reviews=reviews, events=events, size=f"{summary.bytes:,}"))
    if summary.replaced is not None:
        call.talk("The desk that was there is now in {folder}.", folder=summary.replaced)


@command(
    help="Bring a desk that an older factdesk made up to this one. Back it up first.",
    examples=("factdesk upgrade",),
)
def upgrade(call: Call) -> None:
    """Apply the migrations that the desk lacks."""
    from factdesk.actions.desks import upgrade as apply_migrations

    applied = apply_migrations(call.config())
    if call.json:
        call.print_json({"applied": applied})
        return
    for name in applied:
        call.print(name)
    call.talk("The desk is up to date." if applied else "The desk was up to date already.")
