"""Comments at the head of a paragraph, where Markdown would take the whole paragraph for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from factdesk.drafts.word_model import Block, Run, Runs
from factdesk.drafts.word_runs import settled


def without_comments_first(block: Block) -> Iterator[Block]:
    """A paragraph, and before it the comments at its head, each a block.

    In lists and quotes, where none may stand before it, they go to its end: they count for the same paragraph there.
    """
    head, rest = _apart(block.runs)
    if block.kind != "paragraph" or not head:
        yield block
    elif rest and (block.depth or block.quote):
        yield replace(block, runs=settled([*rest, *(each for run in head for each in (Run(" "), run))]))
    else:
        yield from (Block("raw", text=run.text) for run in head)
        if rest:
            yield replace(block, runs=rest)


def _apart(runs: Runs) -> tuple[list[Run], Runs]:
    """The comments at the head, and the rest."""
    head = []
    for at, run in enumerate(runs):
        if run.kind == "raw" and run.text.startswith("<!--"):
            head.append(run)
        elif run.kind != "text" or run.text.strip():
            return head, settled(runs[at:]) if head else runs
    return head, ()
