"""What is public of a desk, and nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

import pytest
from tests.actions.desks_of_people import FOUND, SAID, SUPPLIED, World, again, begun, cited, published, written
from tests.queries.published import About, publish, statement

from factdesk.actions.checks import save
from factdesk.actions.publish import publish as publish_check
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, reopen, withdraw
from factdesk.cli.plain import plain
from factdesk.domain.statements import statement_of
from factdesk.queries.balance import Countable
from factdesk.queries.desk import Desk
from factdesk.queries.site import site_of as some_of
from factdesk.queries.site_evidence import Held, claims_of, held_of, quotations_of, shown_url, source_text
from factdesk.queries.site_index import Row, index_of, site_language, slug, slugs_of
from factdesk.queries.site_model import SiteCheck, SiteData
from factdesk.store.record import Record


def site_of(desk: Desk) -> SiteData:
    return site_in(desk.record)


def site_in(record: Record) -> SiteData:
    """A site with all its checks whole."""
    with record.read() as session:
        wanted = [row.id for row in index_of(session).rows]
        site, checks = some_of(session, record.config, "https://example.org", *wanted)
    return replace(site, checks={own: checks[own] for own in site.checks})


def only(site: SiteData) -> SiteCheck:
    (check,) = site.checks.values()
    assert isinstance(check, SiteCheck)
    return check


def taken_back(desk: Desk, world: World, check: str, why: str) -> None:
    asked = withdraw(desk.record, check, why, actor="chi")
    publish_check(desk, sign(desk, asked, world.keys["binh"], actor="binh").check, actor="chi")


def everything(site: SiteData) -> str:
    return json.dumps(plain(asdict(site.desk) | {"own": {}, "checks": site.checks, "sources": site.sources}))


def test_a_published_check_is_there_with_all_that_its_page_shows(press_desk: Desk, press: World) -> None:
    done = published(press_desk, press)
    site = site_of(press_desk)
    check = only(site)
    assert check.id == done.check.id
    assert check.path == f"/en/checks/carrots-keep-eyes-healthy-but-give-no-night-vision-{check.id[-6:]}/"
    assert check.statement == done.statement
    assert check.signer.shown == "Bình Trần"
    assert [person.shown for person in site.desk.people] == ["Bình Trần"]
    assert site.desk.people[0].keys[0].fingerprint == check.signer.fingerprint
    assert site.desk.authors == ("An Nguyễn",)
    assert site.desk.head == press_desk.record.head()
    (quotation,) = check.quotations
    assert (quotation.number, quotation.quotation, quotation.source) == (1, FOUND, press.fetched)
    source = site.sources[press.fetched]
    assert source.checks == (check.id,)
    with press_desk.record.read() as session:
        text = source_text(session, press_desk.config, source)
    (mark,) = source.marks
    assert text.text[mark.start : mark.end] == FOUND
    (claim,) = check.claims
    assert claim.text == SAID
    assert site.sources[claim.appearances[0].source].title == "A sample post"


def test_what_nobody_published_is_not_there(press_desk: Desk, press: World) -> None:
    """Neither a draft, nor what was written into a published check since, nor who works at the desk and signed nothing,
    nor a capture that no published check relies on."""
    begun(press_desk, written(press, title="The draft of a quokka"))
    done = published(press_desk, press)
    reopen(press_desk.record, done.check.id, "A doubt.", actor="an")
    save(press_desk.record, done.check.id, written(press, title="An edit of a wombat"), actor="an")
    site = site_of(press_desk)
    said = everything(site)
    assert only(site).statement.title == "Carrots keep eyes healthy but give no night vision"
    for secret in ("quokka", "wombat", "dung", "giang", "Giang", SUPPLIED, "survey"):
        assert secret not in said


def test_nothing_of_a_private_network_is_named(press_desk: Desk, press: World) -> None:
    """All that the sample desk captured is from this machine: the pages are shown, their addresses are not."""
    published(press_desk, press)
    site = site_of(press_desk)
    assert all(source.private and not source.url and not source.site for source in site.sources.values())
    assert not only(site).quotations[0].live
    assert not only(site).claims[0].appearances[0].url


def test_a_correction_is_dated_and_its_differences_are_there(press_desk: Desk, press: World) -> None:
    done = published(press_desk, press)
    own = done.check.id
    correct(press_desk.record, own, "It said raw where it meant cooked.", "minor", actor="an")
    save(press_desk.record, own, written(press, ending="So enough of it keeps eyes healthy."), actor="an")
    again(press_desk, press, own)
    check = only(site_of(press_desk))
    assert [(each.what, each.severity) for each in check.corrections] == [
        ("It said raw where it meant cooked.", "minor")
    ]
    assert check.number == 2
    assert check.changed > check.published
    assert [each.act for each in check.revisions] == ["publish", "correct"]
    assert check.revisions[0].changes == ()
    (change,) = check.revisions[1].changes
    assert change.new.strip() == "So enough of it keeps eyes healthy."


def test_a_withdrawn_check_stays_with_its_reason(press_desk: Desk, press: World) -> None:
    own = published(press_desk, press).check.id
    path = only(site_of(press_desk)).path
    taken_back(press_desk, press, own, "The source was a joke.")
    check = only(site_of(press_desk))
    assert check.withdrawn
    assert (check.statement.why, check.path) == ("The source was a joke.", path)


def test_an_address_never_changes(press_desk: Desk, press: World) -> None:
    own = published(press_desk, press).check.id
    path = only(site_of(press_desk)).path
    correct(press_desk.record, own, "The title was wrong.", "substantial", actor="an")
    save(press_desk.record, own, written(press, title="Something else about carrots and eyes"), actor="an")
    again(press_desk, press, own)
    check = only(site_of(press_desk))
    assert check.statement.title == "Something else about carrots and eyes"
    assert check.path == path


def test_a_private_person_is_never_named(record: Record) -> None:
    """Whatever a statement says: it is asked again here."""
    text = statement("false", [About(kind="private person", claimant="Quokka Person")])
    publish(record, "0" * 20, text)
    site = site_in(record)
    assert only(site).claims[0].claimant == ""
    assert "Quokka" not in json.dumps(plain(only(site).claims))


def test_who_is_an_organisation_is_named() -> None:
    said = statement_of(statement("false", [About(kind="organisation", claimant="Pond Talk")]))
    assert claims_of(said, Held({}, {}, {}))[0].claimant == "Pond Talk"


def test_the_twin_of_a_check_is_on_the_same_claim_in_another_language(record: Record) -> None:
    publish(record, "a" * 20, statement("false", [About(id="c1")], language="en"))
    publish(record, "b" * 20, statement("false", [About(id="c1")], language="vi"))
    publish(record, "c" * 20, statement("false", [About(id="c2")], language="vi"))
    site = site_in(record)
    assert {own: check.twin for own, check in site.checks.items()} == {
        "a" * 20: "b" * 20,
        "b" * 20: "a" * 20,
        "c" * 20: "",
    }


def test_checks_of_one_name_have_addresses_of_their_own(record: Record) -> None:
    for own in ("a1aaaaaaaaaaaaffffff", "b2bbbbbbbbbbbbffffff"):
        publish(record, own, statement("false", [About()]))
    paths = {each.path for each in site_in(record).checks.values()}
    assert paths == {"/en/checks/a-title-ffffff/", "/en/checks/a-title-bbbbbbffffff/"}


@pytest.mark.parametrize(
    ("title", "made"),
    [
        ("Cà rốt tốt cho mắt!", "ca-rot-tot-cho-mat-abc"),
        ("Đường đi <b>khó</b>", "duong-di-b-kho-b-abc"),
        ("../../etc/passwd", "etc-passwd-abc"),
        ("…", "abc"),
        ("x" * 200, "x" * 60 + "-abc"),
        ("word " * 40, "-".join(["word"] * 12) + "-abc"),
    ],
)
def test_a_title_as_a_part_of_an_address(title: str, made: str) -> None:
    row = Row(
        id="abc", facts=(), seq=1, number=1, words=slug(title), language="en", title=title, summary="", rating={},
        topics=(), authors=(), act="publish", why="", published="", changed="", corrections=(), claims=(),
        statement="", signed=(), counted=Countable((), (), (), "", "", "", "", "published"),
    )  # fmt: skip
    assert slugs_of([row]) == {"abc": made}


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a", True),
        ("http://1.1.1.1/", True),
        ("http://127.0.0.1:8000/a", False),
        ("http://192.168.1.4/", False),
        ("http://[::1]/", False),
        ("http://localhost/", False),
        ("http://nas.local/", False),
        ("https://user:secret@example.org/", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://exa\nmple.org/", False),
        ("http://[", False),
    ],
)
def test_which_addresses_readers_see(url: str, shown: bool) -> None:
    assert shown_url(url) == (url if shown else "")


@pytest.mark.parametrize(("code", "language"), [("vi-VN", "vi"), ("EN", "en"), ("de", "en"), ("", "en")])
def test_the_language_of_a_page(code: str, language: str) -> None:
    assert site_language(code) == language


def test_a_second_check_on_the_same_source_is_listed_with_it(press_desk: Desk, press: World) -> None:
    first = published(press_desk, press).check.id
    evidence = f"The source says: “{FOUND}”[^cite:{cited(press_desk, press.fetched, FOUND, press.claim)}]."
    second = published(press_desk, press, written(press, title="Night stays night", evidence=evidence)).check.id
    site = site_of(press_desk)
    assert set(site.sources[press.fetched].checks) == {first, second}
    assert len(site.sources[press.fetched].marks) == 1


def test_what_was_taken_out_leaves_its_number(press_desk: Desk, press: World) -> None:
    done = published(press_desk, press)
    with press_desk.record.read() as session:
        held = held_of(session, [done.statement])
    (gone,) = quotations_of(done.statement, replace(held, citations={}))
    assert (gone.number, gone.source, gone.quotation) == (1, "", FOUND)
