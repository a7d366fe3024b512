"""The site of a sample newsroom, published through the desk as people do it, to be looked at.

python -m tests.publish.shown_site FOLDER     the site goes into FOLDER/site
"""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.actions.desks_of_people import again, key_of, opened, people
from tests.actions.pages import Site, page, site
from tests.publish.shown_checks import CORRECTED, SHOWN, WHY, WITHDRAWN, WRONG, Shown

from factdesk.actions.capture import capture_address
from factdesk.actions.checks import new_check
from factdesk.actions.cite import CitedNow, cite
from factdesk.actions.claims import add_claim
from factdesk.actions.fetching import Wishes
from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, submit, withdraw
from factdesk.clock import Clock, uuid7
from factdesk.config import DeskConfig
from factdesk.domain.citations import Stance
from factdesk.publish.build import build
from factdesk.queries.desk import Desk
from factdesk.sample.desk import put_pages
from factdesk.signing.keys import PrivateKey
from factdesk.store.setup import prepare

URL = "https://desk.example"
NAME = "The Riverside Desk"
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
BETWEEN = timedelta(days=6, hours=5)


@dataclass
class Newsroom:
    """A desk at work: its site of sources, what was claimed and published by name, and what day it is."""

    desk: Desk
    web: Site
    keys: dict[str, PrivateKey]
    claims: dict[str, str] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)


@dataclass
class Days:
    """A clock whose days are moved by hand."""

    today: datetime = START

    def clock(self) -> Clock:
        """The clock: a second goes by each time that it is asked."""
        seconds, ids, salts = itertools.count(), itertools.count(), itertools.count()
        return Clock(
            now=lambda: self.today + timedelta(seconds=next(seconds)),
            new_id=lambda: uuid7(1_772_400_000_000, next(ids).to_bytes(10, "big")),
            new_salt=lambda: next(salts).to_bytes(16, "big"),
        )


def shown_site(folder: Path) -> Path:
    """The site, in a folder that is not there yet or empty: every kind of page, in both languages."""
    home = folder / "desk"
    home.mkdir(parents=True)
    config = DeskConfig(
        folder=home, database_url=f"sqlite:///{home / 'record.sqlite'}", name=NAME, allow_private=True, url=URL
    )
    prepare(config)
    put_pages(home)
    days = Days()
    with opened(config, days.clock()) as desk, site() as web:
        people(desk.record, keys := {name: key_of(name) for name in ("dung", "an", "binh", "chi", "em")})
        room = Newsroom(desk, web, keys)
        for each in SHOWN:
            days.today += BETWEEN
            _publish(room, each)
            _afterwards(room, each)
        build(desk, folder / "site", URL)
    return folder / "site"


def _publish(room: Newsroom, each: Shown) -> None:
    claim = room.claims[each.twin] if each.twin else _claimed(room, each)
    room.claims[each.name] = claim
    vi = each.language == "vi"
    told = "Trang mẫu viết cho factdesk." if vi else "A sample page, written for factdesk."
    body = page(told, *(f"{said}." for said in each.quotations), title=each.source)
    room.web.put(f"/{each.name}", body.replace(b"lang=en", f"lang={each.language}".encode()))
    source = capture_address(room.desk, room.web.url(f"/{each.name}"), Wishes(), actor="an").id
    cites = [
        (said, _cited(room.desk, source, said, claim, stance))
        for said, stance in zip(each.quotations, _stances(each), strict=False)
    ]
    draft = new_check(room.desk.record, _written(each, claim, cites), actor="an").check
    waits = submit(room.desk.record, draft.id, actor="an")
    signed = sign(room.desk, waits, room.keys["binh"], actor="binh").check
    room.checks[each.name] = publish(room.desk, signed, actor="chi").check.id


def _stances(each: Shown) -> tuple[Stance, ...]:
    """What each quotation does to the claim, as the rating needs it."""
    if each.rating.endswith("true"):
        return ("supports",) * 3
    return ("supports", "refutes") if each.rating == "misleading" else ("refutes", "context", "refutes")


def _cited(desk: Desk, source: str, said: str, claim: str, stance: Stance) -> str:
    done = cite(desk, source, said, stance, claim=claim, actor="an")
    if not isinstance(done, CitedNow):
        raise TypeError(done)
    return done.id


def _claimed(room: Newsroom, each: Shown) -> str:
    """The claim, made in a post that is captured."""
    room.web.put(f"/post-{each.name}", page(f"{each.claim}, says everybody here.", title="A post (sample)"))
    post = capture_address(room.desk, room.web.url(f"/post-{each.name}"), Wishes(), actor="an").id
    named = {"claimant": each.claimant, "claimant_kind": "organisation"} if each.claimant else {}
    return add_claim(
        room.desk.record, each.claim, language=each.language, appearances=[post], topics=each.topics,
        date="2026-02-24", actor="an", **named,
    ).id  # fmt: skip


def _written(each: Shown, claim: str, cites: list[tuple[str, str]]) -> str:
    """The check as its author writes it."""
    vi = each.language == "vi"
    opening = "Trang mẫu viết" if vi else "The sample page puts it so"
    quoted = [f"{opening}: “{said}”[^cite:{citation}]." for said, citation in cites]
    ending = ("Đó là điều bằng chứng cho thấy.",) if vi else ("That is what the evidence shows, and no more.",)
    rest = each.text or ending
    text = "\n\n".join([each.opening or each.summary, *quoted[:2], *rest[:-1], *quoted[2:], rest[-1]])
    return (
        f"---\ntitle: '{each.title}'\nclaims: [{claim}]\nrating: {each.rating}\nsummary: '{each.summary}'\n"
        f"language: {each.language}\nauthors: [An Nguyễn]\ntopics: [{', '.join(each.topics)}]\n---\n{text}\n"
    )


def _afterwards(room: Newsroom, each: Shown) -> None:
    """What became of a check later on."""
    check, record = room.checks[each.name], room.desk.record
    if each.name == CORRECTED:
        correct(record, check, WRONG, "serious", actor="an")
        again(room.desk, room, check)  # type: ignore[arg-type]  # it asks for the keys alone
    if each.name == WITHDRAWN:
        waits = withdraw(record, check, WHY, actor="chi")
        publish(room.desk, sign(room.desk, waits, room.keys["binh"], actor="binh").check, actor="chi")


if __name__ == "__main__":
    print(shown_site(Path(sys.argv[1])))
