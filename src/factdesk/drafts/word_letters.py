"""The letters of a Word file's paragraphs, as runs, read within limits.

As accepted: what was added under tracked changes counts, what was deleted does not. Comments and hidden text are left
out. A picture that someone put in has no address here, but what it shows in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from factdesk.drafts.word_links import NO_LINK, field_link, link
from factdesk.drafts.word_model import Run, RunKind
from factdesk.drafts.word_names import HIDDEN, Kind, Names
from factdesk.errors import LimitError
from factdesk.interchange.docx_styles import child, local, value
from factdesk.interchange.docx_symbols import symbol
from factdesk.lint.read import MOST

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 100
"""Elements within elements. A table in a text box in a table has about thirty."""
KEY = "key"
"""The mark of letters that name a field within a field."""
THROUGH = frozenset({"ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo", "ruby", "rubyBase"})
"""Elements that are no more than what is in them."""
GONE = ("del", "moveFrom")

_SIGNS = {"tab": "\t", "ptab": "\t", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_KINDS: Mapping[str, RunKind] = {"code": "code", "raw": "raw", "picture": "picture"}
_PICTURE = re.compile(r"!\[(.*)\]", re.DOTALL)
_RELATION_IDS = tuple(
    f"{{{space}}}id"
    for space in (
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    )
)
_LINE = "{urn:schemas-microsoft-com:office:office}hr"


@dataclass(slots=True)
class Paragraph:
    """A paragraph: what it is, its letters, its alignment, whether a line is drawn, and what lies in boxes on it."""

    kind: Kind
    runs: list[Run] = field(default_factory=list)
    align: str = ""
    ruled: bool = False
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class _Field:
    """An open field: its instruction, and once its result is read (`shows`) the link that held before."""

    instruction: list[str] = field(default_factory=list)
    shows: bool = False
    first: int = 0
    before: tuple[str, str] = NO_LINK


class Letters:
    """Reads paragraphs. Raises `LimitError` for more text than a check may have, or for what is nested too deeply."""

    def __init__(self, names: Names, links: Mapping[str, str], notes: Mapping[str, str], place: str) -> None:
        self._names = names
        self._links = links
        self._notes = notes
        self._place = place
        self._letters = 0
        self._fields: list[_Field] = []
        self._link = NO_LINK

    def read(self, element: Element, into: Paragraph, depth: int) -> None:
        """Add the letters of a `w:p`."""
        self._inside(element, into, depth + 1)
        # An instruction does not go on over paragraphs; one that was never ended would swallow the rest.
        for each in self._fields:
            each.shows = True

    def check(self, depth: int) -> None:
        """Raises `LimitError` for what is nested too deeply."""
        if depth > DEEPEST:
            raise LimitError("The document is nested too deeply.", place=self._place)

    def _inside(self, elements: Iterable[Element], into: Paragraph, depth: int) -> None:
        self.check(depth)
        for element in elements:
            name = local(element)
            if name == "r":
                self._run(element, into, depth + 1)
            elif name == "hyperlink":
                self._linked(element, self._target(element), into, depth)
            elif name == "fldSimple":
                self._linked(element, field_link(value(element, "instr")), into, depth)
            elif name in ("oMath", "oMathPara"):
                self._add(into, Run("".join(each.text or "" for each in element.iter() if local(each) == "t")))
            elif name in THROUGH:
                self._inside(element, into, depth + 1)
            elif name == "AlternateContent":
                self._inside(chosen(element), into, depth + 1)

    def _linked(self, element: Element, target: tuple[str, str], into: Paragraph, depth: int) -> None:
        before, first = self._link, len(into.runs)
        self._link = target if target[0] else before
        self._inside(element, into, depth + 1)
        self._link = before
        _as_picture(into, first)

    def _target(self, element: Element) -> tuple[str, str]:
        target = next((self._links.get(key, "") for name in _RELATION_IDS if (key := element.get(name))), "")
        anchor = value(element, "anchor") or value(element, "docLocation")
        return link(f"{target}#{anchor}" if anchor else target, value(element, "tooltip") or value(element, "tgtFrame"))

    def _run(self, element: Element, into: Paragraph, depth: int) -> None:
        marks, kind = self._names.letters(child(element, "rPr"))
        if HIDDEN in marks:
            return
        like = Run("", _KINDS.get(kind, "text"), marks | {KEY} if kind == KEY else marks)
        self._parts(element, like, into, depth)

    def _parts(self, elements: Iterable[Element], like: Run, into: Paragraph, depth: int) -> None:
        self.check(depth)
        for part in elements:
            name = local(part)
            if name in ("drawing", "pict", "object"):
                self._drawing(part, into)
            elif name == "AlternateContent":
                self._parts(chosen(part), like, into, depth + 1)
            elif name in THROUGH:
                self._inside(part, into, depth + 1)
            elif name == "fldChar":
                self._field(value(part, "fldCharType"), into)
            elif name == "instrText" and self._fields and not self._fields[-1].shows:
                self._fields[-1].instruction.append(part.text or "")
            else:
                self._letter(name, part, like, into)

    def _letter(self, name: str, part: Element, like: Run, into: Paragraph) -> None:
        if name == "t":
            self._add(into, replace(like, text=part.text or ""))
        elif name in _SIGNS:
            self._add(into, replace(like, text=_SIGNS[name]))
        elif name == "sym":
            self._add(into, replace(like, text=symbol(value(part, "font"), value(part, "char"))))
        elif name == "cr" or (name == "br" and value(part, "type") not in ("page", "column")):
            self._add(into, replace(like, text="", kind="break"))
        elif name in ("footnoteReference", "endnoteReference"):
            said = self._notes.get(f"{name[0]}{value(part, 'id')}")
            self._add(into, replace(like, text=f" ({said})" if said else ""))

    def _add(self, into: Paragraph, run: Run) -> None:
        if not all(each.shows for each in self._fields):
            return
        self._letters += len(run.text)
        if self._letters > MOST:
            raise LimitError(
                "The document has more than {limit} characters of text.", place=self._place, limit=f"{MOST:,}"
            )
        into.runs.append(replace(run, link=self._link[0], title=self._link[1]))

    def _field(self, kind: str, into: Paragraph) -> None:
        if kind == "begin":
            self.check(len(self._fields))
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            top = self._fields[-1]
            top.shows, top.first, top.before = True, len(into.runs), self._link
            target = field_link("".join(top.instruction))
            self._link = target if target[0] else self._link
        elif kind == "end" and self._fields:
            top = self._fields.pop()
            if "".join(top.instruction).strip():
                _as_picture(into, top.first)
                self._link = top.before

    def _drawing(self, part: Element, into: Paragraph) -> None:
        """A text box, a picture or a line across the page."""
        boxes = list(_outermost(part, "txbxContent"))
        into.boxes.extend(boxes)
        if boxes:
            return
        for each in part.iter():
            if each.get(_LINE):
                into.ruled = True
            elif local(each) == "docPr" or (local(each) == "shape" and each.get("alt")):
                alt = each.get("descr") or each.get("alt") or each.get("title") or ""
                before, self._link = self._link, NO_LINK
                self._add(into, Run(f"![{' '.join(alt.split())}]", "picture"))
                self._link = before
                return


def _outermost(element: Element, wanted: str) -> Iterator[Element]:
    """The elements of a name that lie in no other of that name."""
    from lxml import etree

    walk = etree.iterwalk(element, events=("start",))
    for _, each in walk:
        if local(each) == wanted:
            yield each
            walk.skip_subtree()


def _as_picture(into: Paragraph, first: int) -> None:
    """A link whose words are a picture's in Markdown is that picture."""
    runs = into.runs[first:]
    if runs and runs[0].link and (found := _PICTURE.fullmatch("".join(run.text for run in runs))):
        into.runs[first:] = [replace(runs[0], text=found[1], kind="picture")]


def chosen(element: Element) -> list[Element]:
    """What is in the branch of `mc:AlternateContent` to read: the first with text, else the first."""
    branches = [each for each in element if local(each) in ("Choice", "Fallback")]
    with_text = (each for each in branches if any(local(inner) == "t" and inner.text for inner in each.iter()))
    return list(next(with_text, branches[0] if branches else ()))
