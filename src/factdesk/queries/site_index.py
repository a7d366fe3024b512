"""What is published, as plain values that can be kept: one row a check, so that a site that is built again need not
read every text anew."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from factdesk.domain.checks import SEVERITIES
from factdesk.domain.statements import StatedRating
from factdesk.errors import IntegrityError
from factdesk.queries.balance import Countable, countable
from factdesk.queries.site_model import KeptEntry, SiteCorrection
from factdesk.store.fact_lists import Known, facts_of_items, known_facts
from factdesk.store.items import FactRow, item_facts
from factdesk.store.reviews import parts
from factdesk.text.fold import fold
from factdesk.wording import LANGUAGES

SLUG = 60
"""Letters of a title that an address has at most."""
SHORT, LONG = 6, 12
"""Letters of a check's id behind it; the longer where somebody else has the shorter."""

_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A check as its newest publication has it. `facts` are the ids of all its publications that are kept, oldest
    first; `words` its first title as a part of an address; `language` that of its page; `statement` the digest of what
    was signed; `corrections` what, how much and when; `signed` who signed any of them, with which public key."""

    id: str
    facts: tuple[str, ...]
    seq: int
    number: int
    words: str
    language: str
    title: str
    summary: str
    rating: Mapping[str, Any]
    topics: tuple[str, ...]
    authors: tuple[str, ...]
    act: str
    why: str
    published: str
    changed: str
    corrections: tuple[tuple[str, str, str], ...]
    claims: tuple[str, ...]
    statement: str
    signed: tuple[tuple[str, str], ...]
    counted: Countable


@dataclass(frozen=True, slots=True)
class Index:
    """Everything that is published, in the order in which it first was; and how many checks are not shown, since their
    newest publication was redacted."""

    rows: tuple[Row, ...]
    redacted: int

    def counted(self) -> Iterator[Countable | None]:
        """Every check as the balance counts it."""
        yield from (row.counted for row in self.rows)
        yield from (None for _ in range(self.redacted))


def index_of(session: Session, known: Mapping[str, Row] | None = None) -> Index:
    """What is published at this moment. Rows that are known already are not read again, if their publications are the
    same. Raises `IntegrityError` for a publication that cannot be read."""
    known = known or {}
    rows: dict[str, Row] = {}
    first, unread, redacted = {}, [], 0
    for check, group in groupby(known_facts(session, "publication"), key=lambda each: each.item):
        facts: list[Known] = list(group)
        if not facts[-1].kept:
            redacted += 1
            continue
        kept = tuple(each.fact for each in facts if each.kept)
        first[check] = next(each.seq for each in facts if each.kept)
        if check in known and known[check].facts == kept:
            rows[check] = known[check]
        else:
            unread.append(check)
    rows |= {row.id: row for row in _read(session, unread)}
    return Index(tuple(sorted(rows.values(), key=lambda row: first[row.id])), redacted)


def _read(session: Session, checks: Sequence[str]) -> Iterator[Row]:
    for some in parts(checks):
        facts = [fact for fact in facts_of_items(session, some, "publication") if fact.content is not None]
        kept = {check: list(group) for check, group in groupby(facts, key=lambda fact: fact.item)}
        read = {check: [_parsed(check, fact) for fact in mine] for check, mine in kept.items()}
        signed = _signed(session, [each["signoff"] for mine in read.values() for each in mine])
        yield from (_row(check, kept[check], read[check], signed) for check in kept)


def _parsed(check: str, fact: FactRow) -> dict[str, Any]:
    try:
        found = json.loads(fact.content or "")
        return {**found, "signoff": str(found["signoff"]), "said": json.loads(found["statement"])}
    except (ValueError, TypeError, KeyError) as error:
        raise unreadable(check) from error


def _signed(session: Session, signoffs: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Who gave these sign-offs, with which key; those that were redacted are left out."""
    rows = {own: row.content for own, row in item_facts(session, signoffs).items()}
    read = {own: json.loads(content) for own, content in rows.items() if content is not None}
    return {own: (str(each["person"]), str(each["public"])) for own, each in read.items()}


def _row(
    check: str, facts: Sequence[FactRow], kept: Sequence[Mapping[str, Any]], signed: Mapping[str, tuple[str, str]]
) -> Row:
    """A check's row, of its publications that are kept, oldest first."""
    try:
        stated = [each["said"] for each in kept]
        newest = stated[-1]
        return Row(
            id=check,
            facts=tuple(fact.id for fact in facts),
            seq=facts[-1].seq,
            number=kept[-1]["number"],
            words=slug(stated[0]["title"]),
            language=site_language(newest["language"]),
            title=newest["title"],
            summary=newest["summary"],
            rating=newest["rating"],
            topics=tuple(newest["topics"]),
            authors=tuple(newest["authors"]),
            act=newest["act"],
            why=newest["why"],
            published=kept[0]["time"],
            changed=kept[-1]["time"],
            corrections=tuple((each["what"], each["severity"], each["time"]) for each in newest["corrections"]),
            claims=tuple(claim["id"] for claim in newest["claims"]),
            statement=hashlib.sha256(kept[-1]["statement"].encode("utf-8", "surrogatepass")).hexdigest(),
            signed=tuple(sorted({signed[each["signoff"]] for each in kept if each["signoff"] in signed})),
            counted=countable(stated, kept[0]["time"]),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise unreadable(check) from error


def unreadable(check: str) -> IntegrityError:
    """What is said of a publication that cannot be read."""
    return IntegrityError(
        "What was published of the check {id} cannot be read.", remedy="Run: factdesk audit", id=check
    )


def entry_of(row: Row, path: str, twin: str) -> KeptEntry:
    """What lists show of a check."""
    return KeptEntry(
        id=row.id,
        path=path,
        language=row.language,
        number=row.number,
        title=row.title,
        summary=row.summary,
        rating=StatedRating(**row.rating),
        topics=row.topics,
        published=datetime.fromisoformat(row.published),
        changed=datetime.fromisoformat(row.changed),
        corrections=tuple(correction_of(*each) for each in row.corrections),
        withdrawn=row.act == "withdraw",
        why=row.why,
        twin=twin,
    )


def correction_of(what: str, severity: str, time: str) -> SiteCorrection:
    """A correction as the site shows it."""
    known = next((each for each in SEVERITIES if each == severity), SEVERITIES[0])
    return SiteCorrection(what, known, datetime.fromisoformat(time))


def plain(row: Row) -> dict[str, Any]:
    """A row as JSON has it."""
    made = {each.name: getattr(row, each.name) for each in fields(Row)}
    return {**made, "counted": [getattr(row.counted, each.name) for each in fields(Countable)]}


def row_from(data: Mapping[str, Any]) -> Row:
    """The row that `plain` wrote. Raises `TypeError`, `KeyError` or `ValueError` otherwise."""
    lists = {name: tuple(data[name]) for name in ("facts", "topics", "authors", "claims")}
    claimants, topics, claims, *others = data["counted"]
    counted = Countable(tuple(claimants), tuple(topics), tuple(claims), *others)
    corrections = tuple((what, severity, time) for what, severity, time in data["corrections"])
    signed = tuple((person, public) for person, public in data["signed"])
    return Row(**{**data, **lists, "corrections": corrections, "signed": signed, "counted": counted})


def site_language(code: str) -> str:
    """The language of the site in which a check's page stands."""
    main = code.partition("-")[0].lower()
    return main if main in LANGUAGES else "en"


def slugs_of(rows: Iterable[Row]) -> dict[str, str]:
    """How the checks are called in addresses: by what they were called first, so that it never changes. Who came first
    has the short one."""
    taken: set[tuple[str, str]] = set()
    slugs = {}
    for row in rows:
        letters = row.id.replace("-", "")
        made = _ended(row.words, letters[-SHORT:])
        if (row.language, made) in taken:
            made = _ended(row.words, letters[-LONG:])
        taken.add((row.language, made))
        slugs[row.id] = made
    return slugs


def slug(title: str) -> str:
    """A title as a part of an address: words without marks, whole ones."""
    words = _WORD.findall(fold(title))
    while words and len("-".join(words)) > SLUG:
        words = words[:-1] if len(words) > 1 else [words[0][:SLUG]]
    return "-".join(words)


def twins_of(rows: Iterable[Row]) -> dict[str, str]:
    """The check in another language on a claim that both are about; of several the one that came first."""
    by_claim: dict[str, list[Row]] = defaultdict(list)
    found = sorted(rows, key=lambda row: (row.published, row.id))
    for row in found:
        for claim in row.claims:
            by_claim[claim].append(row)
    twins = {}
    for row in found:
        others = [each for claim in row.claims for each in by_claim[claim] if each.language != row.language]
        if others:
            twins[row.id] = others[0].id
    return twins


def _ended(words: str, ending: str) -> str:
    return f"{words}-{ending}" if words else ending
