"""What a publisher must still show: each point is met by what meets it and by nothing less."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.queries.published import About, publish, statement

from factdesk.actions.keys import proof_digest, register_key
from factdesk.actions.people import add_person, disable_person
from factdesk.config import DeskConfig
from factdesk.domain.scales import DEFAULT, Scale
from factdesk.errors import InputError
from factdesk.interchange.trust_file import read_trust
from factdesk.queries.readiness import COMMITMENTS, Point, Shown, points
from factdesk.queries.readiness_desk import readiness_of
from factdesk.queries.site_own import NAMES
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign
from factdesk.store.record import Record

WRITTEN = "# A page\n\nThis page of the sample says eight words and more.\n"
TRUST = read_trust('contact = "mailto:a@b.example"\ndisclosure = "https://b.example/"\nsocial = "https://s.example/b"')

READY = Shown(
    config=DeskConfig(folder=Path("desk"), database_url="", name="A desk", url="https://b.example"),
    languages=("en", "vi"),
    own={(name, language): WRITTEN for name in NAMES for language in ("en", "vi")},
    trust=TRUST,
    scale=DEFAULT,
    people=2,
    signers=("binh",),
    keyless=(),
    checks=3,
    unnamed=(),
)


def missing(shown: Shown) -> list[str]:
    return [point.code for point in points(shown) if point.status == "not met"]


def point(shown: Shown, code: str) -> Point:
    [found] = [point for point in points(shown) if point.code == code]
    return found


def test_a_desk_that_shows_everything_lacks_nothing() -> None:
    found = points(READY)
    assert missing(READY) == []
    assert {point.commitment for point in found} == set(COMMITMENTS)
    assert len({point.code for point in found}) == len(found)


def test_what_no_machine_can_know_is_left_to_people() -> None:
    left = {point.commitment: point.code for point in points(READY) if point.status == "unknown"}
    assert left == {
        "fairness": "sides",
        "sources": "weight",
        "organisation": "trust-social",
        "methods": "as-said",
        "corrections": "answers",
    }


def test_what_is_missing_says_where_it_belongs_and_how() -> None:
    bare = Shown(replace(READY.config, url=""), ("en", "vi"), {}, None, DEFAULT, 0, (), (), 0, ())
    found = [point for point in points(bare) if point.status == "not met"]
    pages = [f"{name}-{language}" for name in NAMES for language in ("en", "vi")]
    assert {point.code for point in found} == {*pages, "balance", "sources", "address", "people", "keys", "trust"}
    assert all(point.where and point.how and str(point.says) and str(point.how) for point in found)
    assert point(bare, "about-vi").where == "site/about.vi.md"


@pytest.mark.parametrize("name", NAMES)
def test_each_page_of_the_desk_is_asked_for(name: str) -> None:
    own = {key: text for key, text in READY.own.items() if key != (name, "vi")}
    assert missing(replace(READY, own=own)) == [f"{name}-vi"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# Who pays\n\n{{who pays, and how much}} keeps this whole desk going from year to year.", "{{who pays"),
        ("# Who pays\n\n{{}} keeps this whole desk going from year to year.", "{{}}"),
        ("TODO say who pays for this desk, with names and amounts.", "TODO"),
        ("Call us at any time of the day under 090 XXX XXXX please.", "XXX"),
        ("Lorem ipsum dolor sit amet and whatever else stands there too.", "Lorem ipsum"),
        ("# Who pays for all of this, and why they do so, and since when\n", "next to nothing"),
        ("<!-- Say who pays, each larger giver by name, and who owns the desk. -->\nSoon.\n", "next to nothing"),
        ("<!-- Say who pays, each larger giver by name, and who owns the desk.", "next to nothing"),
    ],
)
def test_a_page_with_a_gap_is_not_written(text: str, words: str) -> None:
    shown = replace(READY, own={**READY.own, ("funding", "en"): text})
    assert missing(shown) == ["funding-en"]
    assert words in str(point(shown, "funding-en").says)


def test_todo_is_also_a_word() -> None:
    text = "Ponemos todo en esta página, y eso es todo lo que hay."
    assert missing(replace(READY, own={**READY.own, ("funding", "en"): text})) == []


@pytest.mark.parametrize("url", ["", "http://b.example"])
def test_the_address_is_one_that_nobody_can_tamper_with(url: str) -> None:
    assert missing(replace(READY, config=replace(READY.config, url=url))) == ["address"]


def test_two_people_are_needed_and_a_key() -> None:
    assert missing(replace(READY, people=1)) == ["people"]
    assert missing(replace(READY, signers=(), keyless=("binh",))) == ["keys"]
    keyless = replace(READY, keyless=("chi",))
    assert missing(keyless) == []
    assert str(point(keyless, "keys").says) == "chi may sign and has no key."


def test_trust_txt_names_a_contact_and_a_disclosure() -> None:
    assert missing(replace(READY, trust=read_trust('social = "https://s.example/b"'))) == [
        "trust-contact",
        "trust-disclosure",
    ]
    assert missing(replace(READY, trust=None)) == ["trust"]


def test_a_trust_file_that_cannot_be_read_is_told_with_the_way_on() -> None:
    with pytest.raises(InputError) as caught:
        read_trust('sozial = "x"')
    wrong = replace(READY, trust=caught.value)
    assert missing(wrong) == ["trust"]
    assert str(point(wrong, "trust").says) == "trust.txt has no place for “sozial”."
    assert str(point(wrong, "trust").how) == "“social” is meant, perhaps."


def test_the_scale_is_defined_in_every_language_of_the_site() -> None:
    steps = (replace(step, definitions={"en": "A definition."}) for step in DEFAULT.steps)
    english = replace(READY, scale=Scale(tuple(steps)))
    assert missing(english) == ["scale"]
    assert "vi" in str(point(english, "scale").says)
    assert missing(replace(english, languages=("en",))) == []


def test_a_source_that_nobody_can_name_is_told() -> None:
    shown = replace(READY, unnamed=("the-check",))
    assert missing(shown) == ["sources"]
    assert "the-check" in str(point(shown, "sources").says)


def with_key(record: Record, name: str, role: str) -> None:
    key = PrivateKey(name.encode().ljust(32, b"."))
    add_person(record, name, role=role, actor="dung")  # type: ignore[arg-type]
    register_key(record, key.public, sign(key, proof_digest(name, key.public)), actor=name)


def status(record: Record) -> dict[str, str]:
    return {point.code: point.status for point in readiness_of(record)}


def test_a_desk_becomes_ready(sqlite_record: Record) -> None:
    record = sqlite_record
    before = status(record)
    assert (before["people"], before["keys"], before["sources"], before["trust"]) == ("not met",) * 4
    add_person(record, "dung", role="admin", actor="dung")
    assert status(record)["people"] == "not met"
    with_key(record, "binh", "reviewer")
    add_person(record, "an", role="contributor", actor="dung")
    publish(record, "k1", statement("false", [About()]))
    folder = record.config.folder / "site"
    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        (folder / f"{name}.en.md").write_text(WRITTEN, encoding="utf-8")
    (folder / "trust.toml").write_text('contact = "mailto:a@b.example"\n', encoding="utf-8")
    after = status(record)
    assert [code for code, told in after.items() if told == "not met"] == ["address", "trust-disclosure"]
    # Dung may sign as well.
    assert (after["people"], after["keys"], after["sources"]) == ("met", "unknown", "met")
    disable_person(record, "binh", actor="dung")
    assert status(record)["keys"] == "not met"


def test_each_language_that_was_published_in_is_asked_for(sqlite_record: Record) -> None:
    assert "about-vi" not in status(sqlite_record)
    publish(sqlite_record, "k1", statement("false", [About()], language="vi-VN"))
    assert status(sqlite_record)["about-vi"] == "not met"
    assert list(status(sqlite_record)).index("about-en") < list(status(sqlite_record)).index("about-vi")
