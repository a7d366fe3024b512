"""FD1: the claim, word for word as it was made, by somebody who may be named."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from tests.lint.drafts import FRONT, draft, on, reasons
from tests.lint.rules.worlds import claim, world

from factdesk.domain.claims import Kind
from factdesk.lint.base import Appearance, Draft, Facts
from factdesk.lint.read import read_draft

LANGUAGES = ("en", "vi")


def about(language: str = "en", **changes: Any) -> Draft:
    """A draft about the claim, changed."""
    return draft("Body.[^cite:a1]\n", language, world(language, (claim(language, **changes),)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ["FD101", "FD102", "FD103", "FD104", "FD105", "FD106"])
def test_a_sound_claim_is_left_alone(code: str, language: str) -> None:
    assert on(code, about(language)) == []
    assert on(code, draft("Body.\n", language, Facts())) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "5G masts give 8 out of 10 people headaches"),
        ("en", "5G masts give 9 out of 10 headaches"),
        ("en", "masts give 9 out of 1"),
        ("en", "5G masts give 9 out of 10 people Headaches"),
        ("vi", "Cột sóng 5G làm 9 trên 10 người bị đau đầu"),
        ("vi", "Cột sóng 5G làm 9 trên 10 người đau đâu"),
        ("vi", "Cot song 5G lam 9 tren 10 nguoi dau dau"),
    ],
)
def test_a_claim_in_other_words_is_found(language: str, text: str) -> None:
    assert on("FD101", about(language, text=text)) == ["c1"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "5G masts give 9 out of 10 people headaches."),
        ("en", "Masts give 9 out of 10 people headaches"),
        ("en", "5G masts […] people headaches"),
        ("vi", "làm 9 trên 10 người đau đầu"),
        ("vi", "cột sóng 5G làm 9 trên 10 người đau đầu!"),
    ],
)
def test_its_stop_its_first_letter_and_a_marked_gap_are_the_writer_s(language: str, text: str) -> None:
    assert on("FD101", about(language, text=text)) == []


def test_one_appearance_with_the_words_is_enough() -> None:
    seen = claim().appearances[0]
    other = Appearance("https://x.example/", captured=True, text="Masts hurt.")
    assert on("FD101", about(appearances=(other, seen))) == []
    assert on("FD101", about(appearances=(other,))) == ["c1"]


def test_without_a_text_nothing_is_said_of_the_words() -> None:
    assert on("FD101", about(appearances=(Appearance("https://x.example/p.png", captured=True),))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_needs_a_captured_appearance(language: str) -> None:
    kept, gone = claim(language).appearances[0], Appearance("https://x.example/")
    assert on("FD102", about(language, appearances=())) == ["c1"]
    assert on("FD102", about(language, appearances=(gone,))) == ["c1"]
    assert on("FD102", about(language, appearances=(gone, kept))) == []


def test_of_several_claims_the_finding_names_the_one() -> None:
    second = claim(id="c2", text="Masts hum", appearances=())
    body = FRONT.format(language="en").replace("[c1]", "[c1, c2, c2]") + "Body.\n"
    read = read_draft(body, "x.md", world("en", (claim(), second)))
    assert on("FD102", read) == ["c2"]
    assert reasons("FD102", read) == ["No appearance of the claim “Masts hum” is captured."]


@pytest.mark.parametrize("kind", [kind for kind in get_args(Kind) if kind != "checkable"])
def test_what_is_no_fact_is_not_rated(kind: Kind) -> None:
    assert on("FD103", about(kind=kind)) == ['"false"']
    body = FRONT.format(language="en").replace('"false"', "not-checkable")
    assert on("FD103", read_draft(body, "x.md", world("en", (claim(kind=kind),)))) == []


def test_one_opinion_among_facts_is_enough() -> None:
    body = FRONT.format(language="vi").replace("[c1]", "[c1, c2]")
    facts = world("vi", (claim("vi"), claim("vi", id="c2", kind="opinion", text="Cột sóng rất xấu")))
    assert reasons("FD103", read_draft(body, "x.md", facts)) == [
        "The claim “Cột sóng rất xấu” is an opinion, and opinions are not rated."
    ]


@pytest.mark.parametrize(("length", "shown"), [(150, ""), (151, "about 75"), (250, "about 75"), (251, "past 250")])
def test_a_long_claim_is_told_how_long(length: int, shown: str) -> None:
    found = reasons("FD104", about(text="a" * length))
    assert len(found) == bool(shown)
    assert not shown or (str(length) in found[0] and shown in found[0])


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Bats are completely blind. They find their way by smell alone."),
        ("en", "The dam was built in 1960; the village was flooded that year."),
        ("vi", "Dơi bị mù hoàn toàn. Chúng chỉ tìm đường bằng mũi."),
        ("vi", "Đập được xây năm 1960; ngôi làng bị ngập trong năm đó."),
    ],
)
def test_two_statements_are_two_claims(language: str, text: str) -> None:
    assert on("FD105", about(language, text=text)) == ["c1"]
    assert on("FD105", about(language, text=text, kind="experience")) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Bats are blind! Share this!"),
        ("en", "Did you know? Bats are completely blind."),
        ("en", "Bats are blind and find their way by smell"),
        ("en", "Dr. Smith of St. Mary's says that bats are blind"),
        ("vi", "Dơi bị mù và chỉ tìm đường bằng mũi"),
        ("vi", "Cảnh báo! Dơi bị mù hoàn toàn."),
    ],
)
def test_calls_questions_and_joined_words_are_no_second_statement(language: str, text: str) -> None:
    assert on("FD105", about(language, text=text)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unclassified_claimant_is_not_named(language: str) -> None:
    read = about(language, claimant="Jon Harker", claimant_kind="unclassified")
    assert on("FD106", read) == ["c1"]
    assert "Harker" not in reasons("FD106", read)[0]
    assert on("FD106", about(language, claimant_kind="public figure")) == []
    assert on("FD106", about(language, claimant="", claimant_kind="unclassified")) == []
