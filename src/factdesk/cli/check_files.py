"""`factdesk check import` and `check export`: a check as a file, Markdown or Word."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.check_view import say_conflict, say_saved, say_undecided
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import MOST_BYTES, decoded
from factdesk.cli.types import Count
from factdesk.domain.ids import short
from factdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factdesk.actions.checks import Conflict, Saved
    from factdesk.drafts.view import Taken
    from factdesk.store.record import Record


@command(
    help="Take in a check from a file: Markdown, or Word. A file that was exported is saved as an edit of that check, "
    "and joined with what others saved since; any other file begins a new check.",
    acts=True,
    examples=("factdesk check import check.docx", "factdesk check import draft.md --as an"),
)
@argument("file", help="A .md or .docx file.")
def import_(call: Call, file: str) -> int:
    """Take in a check."""
    from factdesk.actions.checks import Saved, new_check
    from factdesk.drafts.view import taken, view
    from factdesk.lint.read import opened

    text = _text(call, file)
    given = taken(text, file)
    opened(text, file)
    with call.record(writable=True) as record, _placed(file):
        if not given.check:
            say_saved(call, new_check(record, given.source, actor=call.actor(), made="import"), begun=True)
            return 0
        own, result = _taken_in(call, record, given)
    if isinstance(result, Saved):
        say_saved(call, result)
        say_undecided(call, given.source)
        return 0
    target = _beside(Path(f"check-{short(own)}" if file == "-" else file))
    target.write_text(view(result.text, own, result.base), encoding="utf-8", newline="\n")
    say_conflict(call, result)
    call.warn("Both texts are in {file}. Decide there, then: factdesk check import {file}", file=target)
    return 1


@command(
    help="Write a check into a file, to edit it elsewhere. Markdown, or Word by the file's name. Taken in "
    "again it is the same check, and nothing is lost on the way.",
    examples=("factdesk check export CHECK check.docx", "factdesk check export CHECK -"),
)
@argument("check", help="The check's id, or its end.")
@argument("file", help="A .md or .docx file, or - for standard output.")
@option("--revision", type=Count(1, 1_000_000), default=None, help="An earlier revision, by its number.")
@option("--force", is_flag=True, help="Write over a file that is there.")
def export(call: Call, check: str, file: str, revision: int | None, force: bool) -> None:
    """Export a check."""
    from factdesk.drafts.view import view
    from factdesk.queries.checks import newest, numbered
    from factdesk.queries.items import check_named

    with call.record() as record, record.read() as session:
        stored = check_named(session, check)
        found = newest(session, stored) if revision is None else numbered(session, stored, revision)
    text = view(found.fact.source, stored.id, found.id)
    if file == "-":
        if call.json:
            call.print_json({"check": stored.id, "revision": found.id, "text": text})
        else:
            sys.stdout.write(text)
        return
    path = Path(file)
    if path.exists() and not force:
        raise UsageError("There is such a file already.", place=file, remedy="Give another name, or --force.")
    data = text.encode()
    if path.suffix.lower() == ".docx":
        from factdesk.drafts.word_write import to_docx

        data = to_docx(text)
    elif path.suffix.lower() not in (".md", ".markdown", ".txt"):
        raise UsageError("A check is written as .md or .docx.", place=file)
    from factdesk.store.files import whole_bytes

    with whole_bytes(path) as out:
        out.write(data)
    if call.json:
        call.print_json({"file": path, "check": stored.id, "revision": found.id})
    else:
        call.talk("Revision {number} is in {file}.", number=found.fact.number, file=file)


@contextmanager
def _placed(file: str) -> Iterator[None]:
    """What is wrong with a file's content is said of that file."""
    try:
        yield
    except InputError as error:
        error.place = error.place or file
        raise


def _taken_in(call: Call, record: Record, given: Taken) -> tuple[str, Saved | Conflict]:
    """Save a file that is an edit of a check: the check's id, and what came of it."""
    from factdesk.actions.checks import save
    from factdesk.queries.items import id_named

    if not given.revision:
        raise InputError(
            "The file names a check, but not the revision it was written on.",
            remedy="Export the check again, and put your changes into that file.",
        )
    with record.read() as session:
        own = id_named(session, "check", given.check)
    return own, save(record, own, given.source, base=given.revision, actor=call.actor(), made="import")


def _text(call: Call, file: str) -> str:
    """A check's file as text. Raises `InputError`."""
    path = Path(file)
    if file != "-" and not path.is_file():
        raise InputError("There is no such file.", place=file, remedy="Look at its name and folder again.")
    with nullcontext(sys.stdin.buffer) if file == "-" else path.open("rb") as raw:
        data = raw.read(MOST_WORD + 1)
    if data.startswith(b"PK"):
        from factdesk.drafts.word_read import from_docx
        from factdesk.drafts.word_remarks import remarks

        text = from_docx(data, file)
        for each in remarks(data, file):
            call.warn("Note: {remark}", remark=call.say(each.template, **each.values))
        return text
    if len(data) > MOST_BYTES:
        raise InputError("The check is longer than {most} bytes.", place=file, most=f"{MOST_BYTES:,}")
    return decoded(data, file)


MOST_WORD = 64 << 20
"""Bytes of the largest Word file that is read: pictures make them large."""


def _beside(path: Path) -> Path:
    """A name beside a file that no file has."""
    for number in range(1, 1000):
        target = path.with_name(f"{path.stem}-both{'' if number == 1 else f'-{number}'}.md")
        if not target.exists():
            return target
    raise UsageError("There are too many such files.", place=str(path))
