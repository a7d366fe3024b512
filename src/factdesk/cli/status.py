"""`factdesk status`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command
from factdesk.cli.plain import plain
from factdesk.cli.show import lines


@command(
    help="Say what is in the desk. Reviews, publishers, languages, sizes, the index and how far it lags, models, "
    "feeds, imports.",
    examples=("factdesk status", "factdesk status --json"),
)
def status(call: Call) -> None:
    """Say what is in the desk."""
    from factdesk.queries.status import status as gather

    with call.open() as desk:
        found = gather(desk.config, desk.record, desk.index_info())
    if call.json:
        call.print_json(found)
        return
    for line in lines(plain(found), call.out):
        call.print(line)
