"""`factdesk init`."""

from __future__ import annotations

from pathlib import Path

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option


@command(
    help="Make a desk: a folder with its settings and its record.",
    examples=("factdesk init my-desk", 'factdesk init my-desk --name "City Library" --language vi'),
)
@argument("folder", help="Where the desk shall be; made if it is not there.", type=str)
@option("--name", default="", metavar="NAME", help="Name under which the desk publishes; the folder's if not given.")
@option("--language", default="", metavar="CODE", help="Language the desk writes in, such as en or vi.")
@option("--url", default="", metavar="URL", help="Address of the desk's site.")
@option(
    "--database", default="", metavar="URL", help="PostgreSQL URL of the record, when it shall not be in the folder."
)
def init(call: Call, folder: str, name: str, language: str, url: str, database: str) -> None:
    """Make a desk and say what comes next."""
    from factdesk.actions.desks import create_desk

    config = create_desk(Path(folder), name=name, language=language, url=url, database=database, actor=call.actor())
    if call.json:
        call.print_json({"folder": config.folder, "name": config.name, "language": config.language})
    else:
        call.print(str(config.folder))
    call.talk("The desk “{name}” is ready. Next, bring in checks:", name=config.name)
    call.talk("  factdesk --desk {folder} import FILE", folder=folder)
