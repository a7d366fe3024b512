"""A Word file as a check, whoever saved it last.

What comes back is what the file shows. Where it shows what it did when it was made, its source comes back to the byte.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import TYPE_CHECKING

from factdesk.drafts.word_fields import fields_in, is_fields
from factdesk.drafts.word_front import Fields
from factdesk.drafts.word_letters import Letters, Paragraph
from factdesk.drafts.word_model import Block
from factdesk.drafts.word_names import Names
from factdesk.drafts.word_normal import put_together
from factdesk.drafts.word_paragraphs import Blocks, plain
from factdesk.drafts.word_settle import as_before
from factdesk.drafts.word_styles import SOURCE
from factdesk.drafts.word_tree import Table, Tree
from factdesk.errors import DamagedError, LimitError, UnknownKindError
from factdesk.interchange.docx_styles import local, value
from factdesk.interchange.office_zip import MEGABYTE, Package

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_BYTES = 64 * MEGABYTE
_UNPACKED = 128 * MEGABYTE
_LONGEST_NOTE = 10_000
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def from_docx(data: bytes, path: str = "") -> str:
    """The source of a check that a Word file holds; `path` names it in errors.

    Raises `UnknownKindError` for other files, `DamagedError`, `LimitError` or `ProtectedError` for those that cannot or
    must not be read.
    """
    package, main, root = opened(data, path)
    shown = put_together(*_shown(package, main, root, path))
    kept = _kept(package)
    return shown if kept is None else as_before(shown, kept)


def opened(data: bytes, path: str) -> tuple[Package, str, Element]:
    """A Word file's package, the name of its main part, and that part. Raises what `from_docx` raises."""
    if len(data) > MOST_BYTES:
        raise LimitError("The file is larger than {limit} MB.", place=path, limit=MOST_BYTES // MEGABYTE)
    if not data.startswith(b"PK"):
        raise UnknownKindError(
            "This is no Word file of the kind .docx.",
            place=path,
            remedy="In Word choose Save as, then Word Document (.docx), without a password.",
        )
    package = Package(data, path, _UNPACKED)
    main = next((target for kind, target in package.relations("") if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    if root is None or local(root) != "document":
        raise DamagedError("The document is damaged or cut off.", place=path)
    return package, main, root


def _shown(package: Package, main: str, root: Element, path: str) -> tuple[Fields, tuple[Block, ...]]:
    """The fields and blocks that the file shows."""
    beside = dict(reversed(package.relations(main)))
    names = Names(package.xml(beside.get("styles", "")), package.xml(beside.get("numbering", "")))
    notes = {
        f"{kind[0]}{key}": text
        for kind in ("footnotes", "endnotes")
        for key, text in _notes(package.xml(beside.get(kind, "")), names, path)
    }
    letters = Letters(names, package.links(main), notes, path)
    parts = Tree(names, letters, path).parts(next((each for each in root if local(each) == "body"), ()))
    return _taken(list(parts), names)


def _taken(parts: list[Paragraph | Table], names: Names) -> tuple[Fields, tuple[Block, ...]]:
    fields: Fields = ()
    for at, part in enumerate(parts):
        if isinstance(part, Table) and is_fields(part, first=at == 0):
            fields = fields_in(part)
            del parts[at]
            break
    return fields, tuple(Blocks(names).read(parts))


def _notes(root: Element | None, names: Names, path: str) -> Iterator[tuple[str, str]]:
    """The notes of a part by their id, each as one line."""
    tree = Tree(names, Letters(names, {}, {}, path), path)
    for note in () if root is None else root:
        if value(note, "type") not in _SEPARATORS:
            said = (plain(part.runs) for part in tree.parts(note) if isinstance(part, Paragraph))
            yield value(note, "id"), " ".join(" ".join(said).split())[:_LONGEST_NOTE]


def _kept(package: Package) -> str | None:
    """The source that the file was made from, None where nobody kept it."""
    for name in package.names():
        if name.startswith("customXml/item") and name.endswith(".xml") and "Props" not in name:
            root = package.xml(name)
            if root is not None and root.tag == f"{{{SOURCE}}}source":
                try:
                    return base64.b64decode(root.text or "", validate=True).decode("utf-8", "surrogatepass")
                except (binascii.Error, UnicodeDecodeError):
                    return None
    return None
