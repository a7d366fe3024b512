"""What a person should know of a Word file that is read as a check: what of it does not come along, and why."""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.drafts.word_read import opened
from factdesk.interchange.docx_styles import local

_CHANGES = frozenset({"ins", "del", "moveFrom", "moveTo"})


def remarks(data: bytes, path: str = "") -> tuple[Reason, ...]:
    """Whether a file has tracked changes, comments, hidden text or pictures. Raises what `from_docx` raises."""
    _, _, root = opened(data, path)
    return tuple(_remarks({local(each) for each in root.iter()}))


def _remarks(names: set[str]) -> Iterator[Reason]:
    if names & _CHANGES:
        yield Reason("changes", "It has tracked changes: what was deleted is left out, what was added is kept.")
    if "commentReference" in names:
        yield Reason("comments", "It has comments, which are left out.")
    if "vanish" in names:
        yield Reason("hidden", "It has hidden text, which is left out.")
    if names & {"blip", "imagedata"}:
        yield Reason("pictures", "It has pictures, of which only the words are kept: a picture needs an address.")
