"""What the site shows of a desk, as plain data: only what is public, from one moment of the record.

Addresses of the site (`path`) begin with a slash and are those of DESIGN §9; how a page links to them is a matter of
`publish`. Nothing here is a draft, an edit that nobody published, or the name of a private person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from factdesk.domain.checks import Severity
from factdesk.domain.citations import Piece
from factdesk.domain.keys import Why
from factdesk.domain.scales import Scale
from factdesk.domain.statements import Act, StatedRating, Statement
from factdesk.drafts.differences import Change
from factdesk.queries.heads import SignedHeadRow


@dataclass(frozen=True, slots=True)
class SiteQuotation:
    """A citation that a check's text uses. `number` is its place among them, from 1; `mark` how the text names it.

    `source` is the id of its capture, empty where that was taken out; `anchor` its place on the source's page. `live`
    opens the page on the web at the sentence, empty for what is not to be found there.
    """

    number: int
    mark: str
    citation: str
    source: str
    anchor: str
    stance: str
    quotation: str
    pieces: tuple[Piece, ...] = ()
    live: str = ""


@dataclass(frozen=True, slots=True)
class SiteAppearance:
    """Where a claim was made: its address, empty where that is of a private network, and our copy, empty for none."""

    url: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class SiteClaim:
    """A claim of a check. `claimant` is empty for who is neither an organisation nor a public figure."""

    id: str
    text: str
    kind: str
    language: str
    date: str
    claimant: str
    claimant_same_as: tuple[str, ...]
    appearances: tuple[SiteAppearance, ...]


@dataclass(frozen=True, slots=True)
class SiteSigner:
    """Who signed: the name that readers see, empty where it was taken out, and the key's fingerprint."""

    shown: str
    fingerprint: str
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteCorrection:
    """What was wrong with a check, how much, and since when it is said."""

    what: str
    severity: Severity
    time: datetime


@dataclass(frozen=True, slots=True)
class SiteRevision:
    """One publication. `changes` are what differs from the one before: none for the first."""

    number: int
    time: datetime
    act: Act
    digest: str
    signer: SiteSigner
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteBundle:
    """The file with which a reader re-runs a check: where it stands on the site, its SHA-256 and size in bytes."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A published check as its newest publication has it.

    `language` is the one that its page is in: the check's own where the site speaks it, else English. `published` is
    when it first was, `changed` when it last was; `number` counts its publications. `twin` is the id of the check in
    the other language that shares a claim with it, empty for none. `bundle` is put in by the build.
    """

    id: str
    slug: str
    language: str
    path: str
    number: int
    publication: str
    seq: int
    statement: Statement
    published: datetime
    changed: datetime
    signer: SiteSigner
    claims: tuple[SiteClaim, ...]
    quotations: tuple[SiteQuotation, ...]
    revisions: tuple[SiteRevision, ...]
    corrections: tuple[SiteCorrection, ...] = ()
    twin: str = ""
    bundle: SiteBundle | None = None
    draft: bool = False

    @property
    def withdrawn(self) -> bool:
        """Whether the desk took it back."""
        return self.statement.act == "withdraw"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.statement.title

    @property
    def summary(self) -> str:
        """What it says, in short."""
        return self.statement.summary

    @property
    def rating(self) -> StatedRating:
        """How its claims are rated."""
        return self.statement.rating

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about."""
        return self.statement.topics

    @property
    def why(self) -> str:
        """Why it was withdrawn; empty for one that was not."""
        return self.statement.why


class SiteEntry(Protocol):
    """What lists, feeds and other pages show of a check: as `SiteCheck` has it."""

    @property
    def id(self) -> str:
        """The check's id."""

    @property
    def path(self) -> str:
        """The address of its page."""

    @property
    def language(self) -> str:
        """The language that its page is in."""

    @property
    def number(self) -> int:
        """How many publications it has."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def summary(self) -> str:
        """What it says, in short."""

    @property
    def rating(self) -> StatedRating:
        """How its claims are rated."""

    @property
    def topics(self) -> tuple[str, ...]:
        """What it is about."""

    @property
    def published(self) -> datetime:
        """When it first was published."""

    @property
    def changed(self) -> datetime:
        """When it last was."""

    @property
    def corrections(self) -> tuple[SiteCorrection, ...]:
        """What was wrong with it."""

    @property
    def withdrawn(self) -> bool:
        """Whether the desk took it back."""

    @property
    def why(self) -> str:
        """Why it was withdrawn."""

    @property
    def twin(self) -> str:
        """The id of the same check in the other language, empty for none."""

    @property
    def draft(self) -> bool:
        """Whether nobody published it."""


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """A `SiteEntry` out of what is kept of a publication, without its text and evidence."""

    id: str
    path: str
    language: str
    number: int
    title: str
    summary: str
    rating: StatedRating
    topics: tuple[str, ...]
    published: datetime
    changed: datetime
    corrections: tuple[SiteCorrection, ...]
    withdrawn: bool
    why: str
    twin: str = ""
    draft: bool = False


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A part of a source's text that is quoted: `text[start:end]`, by which citation."""

    start: int
    end: int
    citation: str


@dataclass(frozen=True, slots=True)
class SiteSource:
    """A capture that a published check relies on. `path` is without its language. `url` is empty for what came from a
    private network; `checks` are those that rely on it, by id. Its text is read when its page is made."""

    id: str
    path: str
    title: str
    author: str
    site: str
    language: str
    url: str
    captured: datetime
    supplied: bool
    private: bool
    digest: str
    text_digest: str
    layout_digest: str
    media_type: str
    extractor: str
    marks: tuple[SiteMark, ...]
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A key with which something published was signed."""

    fingerprint: str
    time: datetime
    revoked: datetime | None = None
    why: Why = ""


@dataclass(frozen=True, slots=True)
class SitePerson:
    """Somebody who signed what is published, with their keys, those given up too."""

    shown: str
    keys: tuple[SiteKey, ...]


@dataclass(frozen=True, slots=True)
class SiteDesk:
    """The publisher. `head` is that of the log, `(seq, hash)`; `own` the desk's own pages in Markdown, by name and
    language (`("about", "en")`)."""

    name: str
    base_url: str
    languages: tuple[str, ...]
    scale: Scale
    head: tuple[int, str]
    people: tuple[SitePerson, ...] = ()
    authors: tuple[str, ...] = ()
    own: dict[tuple[str, str], str] = field(default_factory=dict)
    heads: tuple[SignedHeadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteData:
    """What pages are made of. `checks` and `sources` are by id, checks that were published last first. `drafts` are
    there in a preview alone."""

    desk: SiteDesk
    checks: Mapping[str, SiteEntry]
    sources: Mapping[str, SiteSource]
    drafts: tuple[SiteCheck, ...] = ()
