"""The one form of a check that comes back from Word to the byte."""

from __future__ import annotations

from collections.abc import Iterable

from factdesk.drafts import view
from factdesk.drafts.word_blocks import blocks_of
from factdesk.drafts.word_front import Fields, fields_of, front_of
from factdesk.drafts.word_model import Block
from factdesk.drafts.word_source import body_of

_ROUNDS = 6


def taken_apart(source: str, path: str = "") -> tuple[Fields, tuple[Block, ...]]:
    """The fields and blocks of a check. Raises `InputError` for front matter that cannot be read."""
    fields, body = fields_of(view.normal(source), path)
    return fields, blocks_of(body)


def put_together(fields: Fields, blocks: Iterable[Block]) -> str:
    """The source in normal form with these fields and blocks."""
    front = front_of(fields)
    body = body_of(blocks, first=not front)
    for _ in range(_ROUNDS):
        # What two blocks made of Markdown mean side by side may be another thing: until nothing moves.
        again = body_of(blocks_of(body), first=not front)
        if again == body:
            break
        body = again
    return front + body


def normal(source: str, path: str = "") -> str:
    """A check in normal form: what it says, with markup written in one way. `normal(normal(s)) == normal(s)`.

    Raises `InputError` for front matter that cannot be read.
    """
    return put_together(*taken_apart(source, path))
