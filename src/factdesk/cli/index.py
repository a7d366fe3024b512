"""`factdesk rebuild-index`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command


@command(
    help="Build the search index anew from the record. It is built beside the old one, which answers until then.",
    examples=("factdesk rebuild-index",),
)
def rebuild_index(call: Call) -> None:
    """Build the index anew."""
    from factdesk.queries.indexing import rebuild_index as rebuild

    with call.open() as desk, call.progress("Indexing") as progress:
        index = rebuild(desk, progress)
        count = len(index)
        index.close()
    if call.json:
        call.print_json({"reviews": count})
    else:
        call.print(call.say("The index is built: {count} reviews.", count=f"{count:,}"))
