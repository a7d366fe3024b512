"""What the publisher must still show its readers, by the five commitments of fact-checkers (IFCN's, in our words).

A list of points, each met, not met, or for people to judge: what a program cannot know it does not claim to. Each says
where the thing belongs and how to get it there. This is about the desk; what a check needs is `queries.publishable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from factdesk.config import DeskConfig
from factdesk.domain.matches import Reason
from factdesk.domain.scales import Scale
from factdesk.errors import InputError
from factdesk.interchange.trust_file import FILE, Trust

Status = Literal["met", "not met", "unknown"]
"""`unknown`: no machine can know it; people look."""

Commitment = Literal["fairness", "sources", "organisation", "methods", "corrections"]
COMMITMENTS: tuple[Commitment, ...] = get_args(Commitment)

LEAST_WORDS = 8
"""Of a page: fewer say nothing."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_GAP = re.compile(r"\{\{[^{}\n]{0,200}\}\}|\b(?:TODO|TBD|FIXME|XXX+|(?i:lorem ipsum))\b")
_HEADING = re.compile(r"^#.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Point:
    """One point. `code` is stable; `where` names a file, a page or a command; `how` says what to do, where it can be
    said."""

    code: str
    commitment: Commitment
    status: Status
    says: Reason
    where: str = ""
    how: Reason | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a desk shows of itself. `own` are its own pages by name and language; `trust` what it says in trust.txt, or
    why that cannot be read; `people` those who are active, `signers` who of them may sign and has a key, `keyless` who
    may and has none; `checks` how many are published, `unnamed` the ids of those with a source that nobody can name."""

    config: DeskConfig
    languages: tuple[str, ...]
    own: Mapping[tuple[str, str], str]
    trust: Trust | InputError | None
    scale: Scale
    people: int
    signers: tuple[str, ...]
    keyless: tuple[str, ...]
    checks: int
    unnamed: tuple[str, ...]


def points(shown: Shown) -> tuple[Point, ...]:
    """Every point, by commitment."""
    found = [*_fairness(shown), *_sources(shown), *_organisation(shown), *_methods(shown), *_corrections(shown)]
    return tuple(sorted(found, key=lambda point: COMMITMENTS.index(point.commitment)))


def _fairness(shown: Shown) -> Iterator[Point]:
    defined = {language for step in shown.scale.steps for language in step.definitions}
    missing = [language for language in shown.languages if language not in defined]
    place = "factdesk scale export"
    if missing:
        how = "Write a name and a definition for every step in each language: factdesk scale import FILE"
        says = "The rating scale has no definitions in “{language}”."
        yield _lacks("scale", "fairness", says, place, how, language=missing[0])
    else:
        yield _meets("scale", "fairness", "Every step of the rating scale has a definition.", place)
    if shown.checks:
        says = "The balance shows what is checked, about whom, and how it is rated."
        yield _meets("balance", "fairness", says, "factdesk balance")
    else:
        says = "Nothing is published yet, so the balance shows nothing."
        yield _lacks("balance", "fairness", says, "factdesk balance", "Publish a check: factdesk check publish")
    yield _for_people(
        "sides",
        "fairness",
        "Whether claims are chosen by the same measure whoever makes them, and nobody of the desk campaigns.",
        "factdesk balance",
        "Read the balance together a few times a year, and say on the page “about” who of you holds an office.",
    )


def _sources(shown: Shown) -> Iterator[Point]:
    if not shown.checks:
        yield _lacks(
            "sources",
            "sources",
            "Nothing is published yet, so no source can be seen.",
            "factdesk checks",
            "Publish a check: factdesk check publish",
        )
    elif shown.unnamed:
        yield _lacks(
            "sources",
            "sources",
            "A source of the check {check} has neither a title nor an address.",
            f"factdesk check show {shown.unnamed[0]}",
            "Capture the source where it stands, and cite that; or say in the text what it is.",
            check=shown.unnamed[0],
        )
    else:
        says = "Every source of the {count} published checks has a title or an address."
        yield _meets("sources", "sources", says, "factdesk checks", count=str(shown.checks))
    yield _for_people(
        "weight",
        "sources",
        "Whether sources are close to what happened, and there are several where it matters.",
        "factdesk check show CHECK",
        "Let the one who signs ask it of every check.",
    )


def _organisation(shown: Shown) -> Iterator[Point]:
    yield from _page(shown, "about", "organisation", _ABOUT)
    yield from _page(shown, "funding", "organisation", _FUNDING)
    yield from _page(shown, "contact", "organisation", _CONTACT)
    yield _address(shown)
    yield from _people(shown)
    yield from _trust(shown)


def _address(shown: Shown) -> Point:
    url, place = shown.config.url, "desk.toml"
    how = 'Write it into desk.toml: url = "https://…"'
    if not url:
        return _lacks("address", "organisation", "The desk has no address of its site.", place, how)
    if not url.startswith("https://"):
        return _lacks(
            "address", "organisation", "The address {url} does not begin with https://.", place, how, url=url[:200]
        )
    return _meets("address", "organisation", "The site is at {url}.", place, url=url[:200])


def _people(shown: Shown) -> Iterator[Point]:
    place = "factdesk people list"
    if shown.people < 2:
        says = "The desk has fewer than two people, and nobody signs their own check."
        yield _lacks("people", "organisation", says, place, "Add them: factdesk people add NAME --role reviewer")
    else:
        yield _meets("people", "organisation", "{count} people work at the desk.", place, count=str(shown.people))
    place = "factdesk key show --all"
    if not shown.signers:
        says = "Nobody who may sign has a key."
        yield _lacks("keys", "organisation", says, place, "Make one each: factdesk key new --as NAME")
    elif shown.keyless:
        says = "{name} may sign and has no key."
        how = "If they are to sign: factdesk key new --as {name}"
        yield _for_people("keys", "organisation", says, place, how, name=shown.keyless[0])
    else:
        yield _meets("keys", "organisation", "Everybody who may sign has a key.", place)


def _trust(shown: Shown) -> Iterator[Point]:
    trust = shown.trust
    if isinstance(trust, InputError):
        values = {name: str(value) for name, value in trust.values.items()}
        remedy = Reason("trust", trust.remedy, values) if trust.remedy else None
        yield Point("trust", "organisation", "not met", Reason("trust", trust.message, values), FILE, remedy)
        return
    if trust is None:
        yield _lacks("trust", "organisation", "There is no trust.txt.", FILE, _TRUST)
        return
    for name, how in (("contact", _TRUST_CONTACT), ("disclosure", _TRUST_DISCLOSURE)):
        if trust.values(name):
            yield _meets(f"trust-{name}", "organisation", "trust.txt has “{name}”.", FILE, name=name)
        else:
            yield _lacks(f"trust-{name}", "organisation", "trust.txt has no “{name}”.", FILE, how, name=name)
    count = min(len(trust.values("social")), 2)
    how = "Name every account that the desk runs, under “social”; if there is none, nothing is to be done."
    accounts = str(len(trust.values("social")))
    yield _for_people("trust-social", "organisation", _ACCOUNTS[count], FILE, how, count=accounts)


def _methods(shown: Shown) -> Iterator[Point]:
    yield from _page(shown, "methods", "methods", _METHODS)
    yield from _page(shown, "tip", "methods", _TIP)
    yield _for_people(
        "as-said",
        "methods",
        "Whether the desk works as its page “methods” says.",
        "factdesk log",
        "Read the page together once a year, and change the page or the work.",
    )


def _corrections(shown: Shown) -> Iterator[Point]:
    yield from _page(shown, "corrections", "corrections", _CORRECTIONS)
    yield _for_people(
        "answers",
        "corrections",
        "Whether everybody who pointed out a mistake got an answer, and soon.",
        "factdesk checks",
        "Look through what came in, and through the checks that are reopened.",
    )


_ABOUT = "Say who you are: the legal form, who runs the desk, who decides, and who of you holds an office or campaigns."
_FUNDING = "Say who owns the desk and who pays, each larger giver by name."
_CONTACT = "Say how readers reach you, by a way that somebody reads."
_METHODS = "Say how claims are chosen, researched, written, signed, published and corrected, and what you do not check."
_TIP = "Say how readers send you a claim, and what becomes of what they send."
_CORRECTIONS = "Say how a mistake is reported, who decides, how soon, and where corrections stand."
_TRUST = "Write the file, with the desk's accounts, a contact and a disclosure: docs/how-to/be-found-by-machines.md"
_ACCOUNTS = (
    "Whether the desk runs no account, as trust.txt names none.",
    "Whether the one account in trust.txt is all that the desk runs.",
    "Whether the {count} accounts in trust.txt are all that the desk runs.",
)
_TRUST_CONTACT = "Name a mailbox or a page by which one reaches you."
_TRUST_DISCLOSURE = "Name the page that says who pays and how you work."


def _page(shown: Shown, name: str, commitment: Commitment, how: str) -> Iterator[Point]:
    """A page of the desk's own, a point a language."""
    for language in shown.languages:
        place = f"site/{name}.{language}.md"
        code, text = f"{name}-{language}", shown.own.get((name, language), "")
        bare = _COMMENT.sub(" ", text)
        gap = _GAP.search(bare)
        if not text:
            yield _lacks(code, commitment, "The page “{page}” is missing.", place, how, page=name)
        elif gap:
            says = "The page “{page}” still has a gap: {gap}."
            yield _lacks(code, commitment, says, place, how, page=name, gap=gap[0][:80])
        elif len(_HEADING.sub(" ", bare).split()) < LEAST_WORDS:
            yield _lacks(code, commitment, "The page “{page}” says next to nothing.", place, how, page=name)
        else:
            yield _meets(code, commitment, "The page “{page}” is written.", place, page=name)


def _meets(code: str, commitment: Commitment, says: str, where: str, **values: str) -> Point:
    return Point(code, commitment, "met", Reason(code, says, values), where)


def _lacks(code: str, commitment: Commitment, says: str, where: str, how: str, **values: str) -> Point:
    return Point(code, commitment, "not met", Reason(code, says, values), where, Reason(code, how, values))


def _for_people(code: str, commitment: Commitment, says: str, where: str, how: str, **values: str) -> Point:
    return Point(code, commitment, "unknown", Reason(code, says, values), where, Reason(code, how, values))
