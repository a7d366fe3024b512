"""`factdesk rebuild-index`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command


@command(
    help="Build the search index anew from the record. It is built beside the old one, which answers until then.",
    examples=("factdesk rebuild-index",),
)
def rebuild_index(call: Call) -> None:
    """Build the indexes anew."""
    from factdesk.queries.indexing import rebuild_index as rebuild
    from factdesk.queries.indexing import rebuild_passages

    with call.open() as desk, call.progress("Indexing") as progress:
        index = rebuild(desk, progress)
        count = len(index)
        index.close()
        passages = rebuild_passages(desk, progress)
    if call.json:
        call.print_json({"reviews": count, "passages": passages})
        return
    call.print(call.say("The index is built: {count} reviews.", count=f"{count:,}"))
    if passages:
        call.print(call.say("The index of evidence is built: {count} passages.", count=f"{passages:,}"))
