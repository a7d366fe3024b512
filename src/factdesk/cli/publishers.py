"""`factdesk publishers list`, `allow` and `block`."""

from __future__ import annotations

from typing import Literal

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command
from factdesk.cli.terminal import table

STATUS = {"allowed": "allowed", "blocked": "blocked", "": ""}


@command(
    help="List publishers, and which are allowed or blocked.",
    examples=("factdesk publishers", "factdesk publishers list --json"),
)
def list_(call: Call) -> None:
    """List publishers."""
    from factdesk.queries.publishers import list_publishers

    with call.record() as record:
        rows = list_publishers(record)
    if call.json:
        call.print_json(rows)
        return
    if not rows:
        call.talk("There are no publishers yet: nothing was imported.")
        return
    heads = [call.say(head) for head in ("No.", "Publisher", "Site", "Reviews", "Status")]
    cells = [
        [str(row.number), row.name, row.site, f"{row.reviews:,}", call.say(STATUS[row.status]) if row.status else ""]
        for row in rows
    ]
    for line in table(heads, cells, call.out):
        call.print(line)


@command(
    help="Allow a publisher. Once any publisher is allowed, only allowed ones are imported and matched.",
    acts=True,
    examples=("factdesk publishers allow example.org",),
)
@argument("publisher", help="Its name, its site, or its number in the list.")
def allow(call: Call, publisher: str) -> None:
    """Allow a publisher."""
    _set(call, publisher, "allowed", "{publisher} is allowed.")


@command(
    help="Block a publisher. Its reviews are no longer imported or matched; those that are there are kept.",
    acts=True,
    examples=("factdesk publishers block example.org",),
)
@argument("publisher", help="Its name, its site, or its number in the list.")
def block(call: Call, publisher: str) -> None:
    """Block a publisher."""
    _set(call, publisher, "blocked", "{publisher} is blocked.")


@command(
    help="Take back that a publisher was allowed or blocked.",
    acts=True,
    examples=("factdesk publishers unset example.org",),
)
@argument("publisher", help="Its name, its site, or its number in the list.")
def unset(call: Call, publisher: str) -> None:
    """Neither allow nor block a publisher."""
    _set(call, publisher, "", "{publisher} is neither allowed nor blocked.")


def _set(call: Call, publisher: str, status: Literal["", "allowed", "blocked"], said: str) -> None:
    from factdesk.actions.publishers import set_publisher

    with call.record(writable=True) as record:
        row = set_publisher(record, publisher, status, call.actor())
    if call.json:
        call.print_json(row)
    else:
        call.print(call.say(said, publisher=row.name or row.site))
