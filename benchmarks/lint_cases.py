"""The measurement set of `lint`: 60 clean drafts, and 300 with one seeded fault each.

The texts stand in `data/lint` as YAML that a person can read: `clean-*.yaml` hold the drafts with what a desk would
know of them, `faults-*.yaml` one change each to one of those drafts. Which half a draft belongs to comes from the hash
of its id, and a fault goes with its draft: who writes rules reads `dev` and not `heldout`.

In a draft's body `{c1}` stands for a claim's words, `{a1}` for a citation's words in quotation marks with its mark,
`{>a1}` for the same as a quoted block. In a source's text ⟦…⟧ encloses the words that are cited; in a fault ⟦…⟧
encloses what is wrong, where that is less than all that was put in.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import yaml

from factdesk.domain.matches import Span
from factdesk.lint.base import Appearance, CitationFact, ClaimFact, Facts

DATA = Path(__file__).resolve().parent / "data" / "lint"
SEED = "lint-cases"
CLEAN = "clean"

Half = Literal["dev", "heldout"]
HALVES: tuple[Half, Half] = ("dev", "heldout")

CODES = (
    *("FD101", "FD102", "FD103"),
    *("FD201", "FD202", "FD203", "FD204", "FD205", "FD206", "FD207", "FD209", "FD210"),
    *("FD301", "FD302", "FD303", "FD304", "FD305", "FD306", "FD307", "FD308", "FD310", "FD311", "FD312"),
    *("FD401", "FD402", "FD403", "FD404", "FD405"),
    *("FD501", "FD502"),
)
"""The kinds that are seeded, ten drafts each: those that the issue names."""

WHOLE = frozenset({"FD101", "FD102", "FD103", "FD206", "FD207", "FD209", "FD304"})
"""Faults of the file as a whole: they have no place of their own, and a finding anywhere is right."""

PRIVATE = frozenset({"FD401", "FD402", "FD403", "FD404", "FD405"})
"""What is put in stands in a source as well, so that nothing but its being private is wrong with it."""

_CITED = re.compile(r"⟦(.*?)⟧", re.DOTALL)
_PLACE = re.compile(r"\{(>?)([ac]\d)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """A draft to lint. `kind` is the seeded code or `CLEAN`; `span` where the fault is, None for the whole file.

    `twin` is the id of the clean draft that it was made from, its own for a clean one.
    """

    id: str
    language: str
    kind: str
    source: str
    facts: Facts
    span: Span | None
    twin: str
    half: Half
    form: str


def half_of(draft: str, of: Sequence[str]) -> Half:
    """The half of a draft: those of its language, `of`, ordered by hash and cut in the middle."""
    ordered = sorted(of, key=lambda each: hashlib.sha256(f"{SEED}:{each}".encode()).hexdigest())
    return "dev" if ordered.index(draft) < len(ordered) // 2 else "heldout"


@cache
def cases() -> tuple[Case, ...]:
    """The whole set: the clean drafts in order of id, then the faults in order of code and id."""
    clean = {case.id: case for half in HALVES for case in _clean(half)}
    seeded = [_seeded(fault, number, clean) for half in HALVES for number, fault in enumerate(_read("faults", half))]
    ordered = sorted(seeded, key=lambda case: (case.kind, case.id))
    return (*(clean[own] for own in sorted(clean)), *ordered)


@cache
def extra_cases() -> tuple[Case, ...]:
    """More faults in the drafts of `dev`, and sentences without one, whose kind is `CLEAN`."""
    clean = {case.id: case for case in _clean("dev")}
    seeded = [_seeded(fault, number, clean) for number, fault in enumerate(_read("faults", "extra"))]
    return (*seeded, *(_harmless(row, number, clean) for number, row in enumerate(_read("clean", "extra"))))


def _harmless(row: Mapping[str, Any], number: int, clean: Mapping[str, Case]) -> Case:
    twin = clean[row["draft"]]
    source, span = _changed(twin.source, {"para": 2, **row})
    return replace(
        twin, id=f"{CLEAN}-{number:03}-{twin.id}", source=source, facts=_told(twin.facts, row["put"]), span=span
    )


def _read(name: str, half: str) -> list[dict[str, Any]]:
    text = (DATA / f"{name}-{half}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows: list[dict[str, Any]] = yaml.load(text, Loader=loader) or []
    return rows


def _clean(half: Half) -> Iterator[Case]:
    for row in _read("clean", half):
        facts = _facts(row)
        language = row["id"][:2]
        source = _front(row, language) + _body(row["body"], facts)
        yield Case(row["id"], language, CLEAN, source, facts, None, row["id"], half, row["form"])


def _front(row: Mapping[str, Any], language: str) -> str:
    fields = {
        "title": _scalar(row["title"]),
        "claims": f"[{', '.join(row['claims'])}]",
        "rating": row["rating"],
        "summary": _scalar(row["summary"]),
        "language": language,
        "authors": f"[{row.get('author', 'ada' if language == 'en' else 'ngoc')}]",
        "topics": f"[{', '.join(row['topics'])}]",
    }
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n"


def _scalar(text: str) -> str:
    """A text as YAML that reads it back: in quotation marks where it holds a colon or begins with a mark."""
    plain = ": " not in text and " #" not in text and (text[0].isalnum() or text[0] == "“")
    return text if plain else json.dumps(text, ensure_ascii=False)


def _body(body: str, facts: Facts) -> str:
    def words(found: re.Match[str]) -> str:
        if found[2].startswith("c"):
            return facts.claims[found[2]].text
        mark = f"[^cite:{found[2]}]"
        quoted = " […] ".join(facts.citations[found[2]].pieces)
        return f"> {quoted}{mark}" if found[1] else f"“{quoted}”{mark}"

    return _PLACE.sub(words, body)


def _facts(row: Mapping[str, Any]) -> Facts:
    claims = {own: _claim(own, each) for own, each in row["claims"].items()}
    citations = {own: _citation(own, each, next(iter(claims))) for own, each in row["cites"].items()}
    captured = {each.url for each in citations.values()} | set(row.get("captured", ()))
    captured |= {place.url for claim in claims.values() for place in claim.appearances}
    english = row["id"].startswith("en")
    desk = "The Sample Desk" if english else "Bàn kiểm chứng Mẫu"
    return Facts(claims, citations, frozenset(captured), desk=desk, sites=frozenset({"desk.example"}))


def _claim(own: str, row: Mapping[str, Any]) -> ClaimFact:
    text = row["text"]
    seen = Appearance(row["url"], captured=True, text=row.get("seen", "{}.").replace("{}", text))
    kind, site = row.get("kind", "checkable"), row.get("site", urlsplit(row["url"]).hostname)
    return ClaimFact(own, text, kind, row["by"], row.get("as", "organisation"), site or "", (seen,))


def _citation(own: str, row: Mapping[str, Any], claim: str) -> CitationFact:
    pieces = tuple(_CITED.findall(row["text"]))
    return CitationFact(
        id=own,
        stance=row["is"],
        pieces=pieces,
        text=row["text"].replace("⟦", "").replace("⟧", ""),
        title=row["title"],
        url=row["url"],
        site=urlsplit(row["url"]).hostname or "",
        verified=True,
        claim=row.get("claim", claim),
    )


def _seeded(row: Mapping[str, Any], number: int, clean: Mapping[str, Case]) -> Case:
    twin, code = clean[row["draft"]], row["code"]
    source, span = _changed(twin.source, row)
    if "body" in row:
        source, span = _rewritten(twin.source, row, twin.facts), None
    facts = _other_facts(twin.facts, row.get("facts", {}))
    if code in PRIVATE and span is not None:
        facts = _told(facts, row["put"].replace("⟦", "").replace("⟧", ""))
    own = f"{code}-{twin.half}-{number:03}-{twin.id}"
    return Case(own, twin.language, code, source, facts, None if code in WHOLE else span, twin.id, twin.half, twin.form)


def _changed(source: str, row: Mapping[str, Any]) -> tuple[str, Span | None]:
    """The draft with the fault in it, and where it is. `at` is replaced; else it is put in behind a block's end."""
    span: Span | None = None
    # What else changes goes first, so that the fault's own place is told in the text as it ends up.
    for find, put in row.get("also", ()):
        start = _only(source, find)
        source = source[:start] + put + source[start + len(find) :]
    if "put" in row:
        start, end, glue = _spot(source, row)
        put = _CITED.sub(_decomposed, row["put"]) if row.get("nfd") else row["put"]
        bare = put.replace("⟦", "").replace("⟧", "")
        source = source[:start] + glue + bare + source[end:]
        first = start + len(glue) + max(put.find("⟦"), 0)
        wrong = _CITED.search(put)
        span = Span(first, first + len(wrong[1] if wrong else bare))
    return source, span


def _decomposed(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])


def _rewritten(source: str, row: Mapping[str, Any], facts: Facts) -> str:
    """The draft with another summary and another body."""
    front = source[: source.index("---\n", 4) + 4]
    return re.sub(r"^summary: .*$", f"summary: {row['summary']}", front, flags=re.MULTILINE) + _body(row["body"], facts)


def _spot(source: str, row: Mapping[str, Any]) -> tuple[int, int, str]:
    """From where to where the fault goes, and what joins it to what stands before."""
    if "at" in row:
        start = _only(source, row["at"])
        return start, start + len(row["at"]), ""
    if "block" in row:
        end = _block_ends(source)[row["block"] - 1]
        return end, end, "\n\n"
    end = _block_ends(source)[row["para"] - 1]
    return end, end, " "


def _block_ends(source: str) -> list[int]:
    """Where the body's blocks end: they are parted by an empty line."""
    start = source.index("---\n", 4) + 4
    body = source[start:].rstrip()
    return [start + found.start() for found in re.finditer(r"\n\n|\Z", body)]


def _only(source: str, find: str) -> int:
    if source.count(find) != 1:
        raise ValueError(f"{find!r} stands {source.count(find)} times in:\n{source}")
    return source.index(find)


def _other_facts(facts: Facts, row: Mapping[str, Any]) -> Facts:
    """What the desk knows in the seeded draft, where the fault is in that."""
    citations = dict(facts.citations)
    for own, stance in row.get("stances", {}).items():
        citations[own] = replace(citations[own], stance=stance)
    for own, url in row.get("urls", {}).items():
        citations[own] = replace(citations[own], url=url, site=urlsplit(url).hostname or "")
    for own, verified in row.get("verified", {}).items():
        citations[own] = replace(citations[own], verified=verified)
    for own, text in row.get("texts", {}).items():
        citations[own] = replace(citations[own], text=f"{citations[own].text} {text}")
    claims = dict(facts.claims)
    for own, change in row.get("claims", {}).items():
        claims[own] = _other_claim(claims[own], change)
    captured = facts.captured | {each.url for each in citations.values()} | set(row.get("captured", ()))
    return replace(facts, claims=claims, citations=citations, captured=captured)


def _other_claim(claim: ClaimFact, change: Mapping[str, Any]) -> ClaimFact:
    known = {name: value for name, value in change.items() if name not in ("appearances", "seen", "urls")}
    if "appearances" in change:
        known["appearances"] = tuple(change["appearances"])
    if "seen" in change:
        known["appearances"] = tuple(replace(place, text=change["seen"]) for place in claim.appearances)
    if "urls" in change:
        known["appearances"] = tuple(Appearance(url) for url in change["urls"])
    return replace(claim, **known)


def _told(facts: Facts, words: str) -> Facts:
    own, first = next(iter(facts.citations.items()))
    return replace(facts, citations={**facts.citations, own: replace(first, text=f"{first.text} {words}")})
