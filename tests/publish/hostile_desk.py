"""A desk whose record has every payload in every field that reaches its site, and that site as it is built.

What the desk's own acts refuse, such as control characters in a name, is put into the record as a publication anyway:
whoever writes to a record's database could, and a page must bear it all the same.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path

from tests.actions.desks_of_people import World, cited, clock_from, copied, opened, published
from tests.actions.pages import site
from tests.publish.payloads import LINKS, PAYLOADS

from factdesk.actions.capture import capture_address
from factdesk.actions.fetching import Wishes
from factdesk.actions.keys import proof_digest, register_key
from factdesk.actions.people import MOST_SHOWN, add_person
from factdesk.actions.scale import set_scale
from factdesk.domain.captures import seal_of
from factdesk.domain.checks import CheckNow, Publication, SignOff
from factdesk.domain.scales import Scale, Step
from factdesk.domain.statements import (
    Act,
    StatedAppearance,
    StatedClaim,
    StatedCorrection,
    StatedRating,
    StatedWaiver,
    Statement,
    stated_capture,
    stated_citation,
)
from factdesk.domain.workflow import Standing
from factdesk.publish.build import build
from factdesk.queries.desk import Desk
from factdesk.queries.site_own import FOLDER, NAMES
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign as signature_of
from factdesk.store.captures import captures_by_id
from factdesk.store.citations import citations_by_id
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Writer

START = datetime(2026, 1, 3, tzinfo=UTC)
ACTS: tuple[Act, ...] = ("publish", "correct", "withdraw")
CHECKS = 4
KEY = PrivateKey(b"eve".ljust(32, b"."))
SHOWN = "</title><svg onload=window.ran(1)><script>window.ran(1)</script>"[:MOST_SHOWN]


def turned(number: int) -> str:
    """All payloads, in an order in which others come first each time: some fields are cut, others end a page early."""
    at = number * len(PAYLOADS) // CHECKS
    return "\n\n".join((*PAYLOADS[at:], *PAYLOADS[:at], *LINKS))


def flat(text: str) -> str:
    """A text in one line, without what nobody can type."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def hostile_site(press: World, folder: Path) -> Path:
    """The site, in a folder that is there."""
    config = replace(copied(press, folder / "desk"), name=flat(turned(0))[:2000])
    (config.folder / FOLDER).mkdir()
    for name in NAMES:
        for language in ("en", "vi"):
            text = turned(len(name)).encode("utf-8", "surrogatepass")
            (config.folder / FOLDER / f"{name}.{language}.md").write_bytes(text)
    with opened(config, clock_from(3)) as desk:
        _desk(desk)
        said = _evidence(desk, press)
        for number in range(CHECKS):
            _publish(desk, said, number)
        build(desk, folder / "site", "https://desk.example")
    return folder / "site"


def _desk(desk: Desk) -> None:
    """Whoever signs, and the scale."""
    add_person(desk.record, "eve", shown=SHOWN, role="reviewer", actor="dung")
    register_key(desk.record, KEY.public, signature_of(KEY, proof_digest("eve", KEY.public)), actor="eve")
    names = {"en": flat(turned(1))[:150], "vi": flat(turned(2))[:150]}
    definitions = {"en": flat(turned(3))[:500], "vi": flat(turned(4))[:500]}
    set_scale(
        desk.record, Scale((Step("false", 1, names, definitions), Step("true", 2, names, definitions))), actor="dung"
    )


def _evidence(desk: Desk, press: World) -> Statement:
    """What a check says that cites a page which has payloads for its title, author, site and text."""
    text = "".join(f"<p>Sample words. {escape(flat(each))}</p>" for each in PAYLOADS if flat(each))
    shown = escape(flat(turned(5))[:800])
    head = f"<title>{shown}</title><meta name=author content='{shown}'><meta property=og:site_name content='{shown}'>"
    with site() as web:
        web.put("/evil", f"<html lang=en><head>{head}</head><body><article>{text}</article></body></html>".encode())
        capture = capture_address(desk, web.url("/evil"), Wishes(), actor="giang").id
    own = cited(desk, capture, f"Sample words. {flat(PAYLOADS[0])}", "")
    with desk.record.read() as session:
        held, quoted = captures_by_id(session, {capture})[capture], citations_by_id(session, {own})[own]
    seal = seal_of(held.content)
    citation = stated_citation(own, own, seal_of(quoted.content), seal, quoted.citation)
    said = published(desk, press).statement
    return replace(said, citations=(citation,), captures=(stated_capture(capture, seal, held.capture),))


def _publish(desk: Desk, said: Statement, number: int) -> None:
    """A check, as it was first published and as it was corrected or withdrawn."""
    with desk.record.write() as writer:
        own = str(writer.clock.new_id())
        for at, act in enumerate(("publish", ACTS[number % 3])):
            when = START + timedelta(days=number, hours=at)
            _put(writer, _said(replace(said, act=act, check=own, revision=f"r{at}"), number, at, when), when, at + 1)


def _said(said: Statement, number: int, at: int, when: datetime) -> Statement:
    text, line = turned(number + at), flat(turned(number + at))
    cite = said.citations[0]
    front = "".join(f"{name}: {json.dumps(line[:5000])}\n" for name in ("title", "summary", "note"))
    body = f"It says “{cite.quotation}”[^cite:{cite.mark}].\n\n{text}\n\n> {text}\n\n- {text}\n"
    urls = (
        "javascript:window.ran(1)",
        "data:text/html,<script>parent.ran(1)</script>",
        '//evil.example/"><script>',
        line,
    )
    claim = StatedClaim(
        f'c"><script>{number}', text, text[:50], text[:60], text[:60], text, "organisation", (*urls, text),
        tuple(StatedAppearance(url) for url in (*urls, "https://evil.example/<script>window.ran(1)</script>")), (text,),
    )  # fmt: skip
    return replace(
        said, desk=text, url=text, source=f"---\n{front}---\n{body}", title=text, summary=text,
        language=("en", "vi", '"><script>window.ran(1)</script>')[number % 3], authors=(text, line),
        topics=(text, line[:90]),
        rating=StatedRating("false", 1, 1, 2, text, text, text), claims=(claim,), waivers=(StatedWaiver(text, text),),
        corrections=(StatedCorrection(text, "serious", when.isoformat()),), why=text, writers=(text,),
    )  # fmt: skip


def _put(writer: Writer, said: Statement, when: datetime, number: int) -> None:
    """A publication with its sign-off, as it comes out of the desk's workflow."""
    signed = writer.clock.new_id()
    signoff = SignOff(said.check, said.revision, "eve", KEY.public, said.digest, signature_of(KEY, said.digest), when)
    publication = Publication(said.check, number, said.content(), signed, "eve", when)
    now = CheckNow(Standing("published", was_public=True), said.revision, said.act, "eve", when)
    facts = [NewFact("signoff", said.check, signoff.content(), signed)]
    facts += [NewFact("publication", said.check, publication.content()), NewFact("check", said.check, now.content())]
    put_facts(writer, facts, actor="eve", action="check.publish", subject=f"check:{said.check}")
