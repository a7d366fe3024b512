"""What a rule is handed and what it gives back.

A rule is a module `rules/fdNNN_name.py` with `RULE = Rule(...)`; its docstring makes its page (`pages`). It reads a
`Draft`, which is plain data, and yields findings; it opens nothing, asks nobody and remembers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from factdesk.domain.citations import Stance
from factdesk.domain.claims import Kind
from factdesk.domain.matches import Reason, Span
from factdesk.domain.scales import DEFAULT, Scale

Severity = Literal["error", "warning"]
"""An error keeps a check from being published."""

ClaimantKind = Literal["organisation", "public figure", "unclassified"]


@dataclass(frozen=True, slots=True)
class Fix:
    """What to put in the place of a part of the file, where that is safe: it changes no meaning."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found. `span` is into the whole file; `reason` one sentence for people."""

    code: str
    span: Span
    reason: Reason
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a claim was made. `text` is that of its capture, empty where none was made."""

    url: str
    captured: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What the desk knows of a claim that the check is about. `site` is the claimant's own, where it is known."""

    id: str
    text: str
    kind: Kind = "checkable"
    claimant: str = ""
    claimant_kind: ClaimantKind = "unclassified"
    site: str = ""
    appearances: tuple[Appearance, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationFact:
    """What the desk knows of a citation. `pieces` are the words of the source; `text` the source's whole text.

    `verified` is whether the quotation stands now, None when nobody looked; `site` the host of the source.
    """

    id: str
    stance: Stance
    pieces: tuple[str, ...]
    text: str = ""
    title: str = ""
    url: str = ""
    site: str = ""
    supplied: bool = False
    ocr: bool = False
    verified: bool | None = None
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a draft is held against. `captured` are the addresses that the desk has captures of; `sites` its own.

    `asked` is whether a desk was asked: what it does not know then is unknown.
    """

    claims: Mapping[str, ClaimFact] = field(default_factory=dict)
    citations: Mapping[str, CitationFact] = field(default_factory=dict)
    captured: frozenset[str] = frozenset()
    scale: Scale = DEFAULT
    desk: str = ""
    sites: frozenset[str] = frozenset()
    today: date = date(2026, 1, 1)
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the front matter: its value as text, or its values, and where they stand in the file.

    `records` are values that have fields themselves: a claim that is written out, whose value is its id or text.
    """

    name: str
    values: tuple[str, ...]
    spans: tuple[Span, ...]
    span: Span
    records: tuple[Mapping[str, str], ...] = ()

    @property
    def value(self) -> str:
        """The one value; empty when there is none."""
        return self.values[0] if self.values else ""


BlockName = Literal["heading", "paragraph", "quote", "item", "cell", "code", "html"]


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the body. `span` is into the file; `level` a heading's."""

    kind: BlockName
    span: Span
    level: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: its words without markup, its place in the file, and the number of its block."""

    text: str
    span: Span
    part: int


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, or a quoted block. `cites` are the ids of the citations that stand right behind it."""

    text: str
    span: Span
    cites: tuple[str, ...]
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation's mark `[^cite:ID]`."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A link or, with `is_image`, a picture; `text` is what is shown, for a picture its alternative text."""

    text: str
    url: str
    span: Span
    is_image: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that the author says does not apply, with the reason, from the place where it stands to its block's end.

    One in the front matter, or on a line of its own before the first block, is for the whole file.
    """

    code: str
    reason: str
    span: Span
    scope: Span


@dataclass(frozen=True, slots=True)
class Draft:
    """A check as it is written: the file, taken apart, and what it is held against.

    `prose` is as long as `source`, with markup, front matter and citation marks replaced by spaces, so that a place in
    the one is a place in the other.
    """

    path: str
    source: str
    prose: str
    language: str
    front: Mapping[str, Field]
    body: Span
    parts: tuple[Part, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    waivers: tuple[Waiver, ...]
    facts: Facts

    def field(self, name: str) -> Field:
        """A field of the front matter; an empty one, at the file's beginning, where it is missing."""
        return self.front.get(name) or Field(name, (), (), Span(0, 0))

    @property
    def claims(self) -> tuple[ClaimFact, ...]:
        """The claims the check is about, as far as the desk knows them."""
        known = self.facts.claims
        return tuple(known[value] for value in self.field("claims").values if value in known)

    @property
    def cited(self) -> tuple[CitationFact, ...]:
        """The citations the text uses, each once, as far as the desk knows them."""
        known = self.facts.citations
        return tuple(known[own] for own in dict.fromkeys(mark.id for mark in self.marks) if own in known)


Check = Callable[[Draft], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `code` is stable, `name` in words with hyphens; a rule that is not `waivable` holds the desk's own
    rules (what a waiver must not reach)."""

    code: str
    name: str
    severity: Severity
    check: Check
    waivable: bool = True

    @property
    def family(self) -> str:
        """The first digit's family: FD1 claim, FD2 evidence, FD3 writing, FD4 people, FD5 publication."""
        return self.code[:3]
