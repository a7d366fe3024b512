"""`factdesk export`."""

from __future__ import annotations

import sys
from pathlib import Path

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.types import OneOf

WITHHELD = (
    "{count} of them go out without their claimant, whom nobody has said to be an organisation or a public figure."
)

ENDINGS = {".json": "datafeed", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv"}


def format_of(name: str) -> str:
    """The format that a file's name asks for; a DataFeed when it says nothing."""
    return ENDINGS.get(Path(name.removesuffix(".gz")).suffix.lower(), "datafeed")


@command(
    help="Write the desk's reviews into a file. Or its judged matches, as labelled data. Importing an export gives the "
    "same record.",
    examples=(
        "factdesk export reviews.json",
        "factdesk export reviews.csv.gz",
        "factdesk export - --format judgements",
    ),
)
@argument("file", help="The file to write, packed when it ends in .gz; - for standard output.", type=str)
@option(
    "--format",
    "shape",
    type=OneOf(["datafeed", "jsonl", "csv", "judgements"]),
    help="Shape of the file; told from its name if not given.",
)
def export(call: Call, file: str, shape: str | None) -> None:
    """Write the desk's reviews or judgements."""
    from factdesk.queries.export import export_counted

    with call.record() as record, call.progress("Exporting") as progress:
        target = sys.stdout if file == "-" else Path(file)
        done = export_counted(record, target, shape or format_of(file), progress=progress)
    if call.json and file != "-":
        call.print_json({"file": file, "rows": done.rows, "withheld": done.withheld})
    call.talk("{count} rows written to {file}.", count=f"{done.rows:,}", file=file)
    if done.withheld:
        call.talk(WITHHELD, count=f"{done.withheld:,}")
