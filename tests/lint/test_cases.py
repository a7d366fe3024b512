"""The drafts that measure `lint` are what they say they are: so many, in both languages, one fault in each."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from factdesk.domain.citations import STANCES
from factdesk.domain.matches import Span
from factdesk.lint.base import Draft
from factdesk.lint.read import read_draft
from factdesk.text.quotations import Found, QuotedText

# The scripts of the benchmarks stand side by side, in no package.
sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from lint_cases import CLEAN, CODES, DATA, HALVES, PRIVATE, WHOLE, Case, cases, half_of

ALL = cases()
TWINS = {case.id: case for case in ALL if case.kind == CLEAN}
SEEDED = [case for case in ALL if case.kind != CLEAN]
FORMS = {"short check", "long check", "explainer", "picture check", "not checkable", "correction notice"}
AROUND = 200
"""Characters of a seeded sentence before and behind the words that are wrong."""

OLD_TONES = re.compile(r"(?<![qQ])(?:[òóỏõọ][ae]|[ùúủũụ]y)\b", re.IGNORECASE)
NEW_TONES = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])\b", re.IGNORECASE)


def read(case: Case) -> Draft:
    return read_draft(case.source, f"{case.id}.md", case.facts)


def quoted_of(draft: Draft) -> list[tuple[str, str]]:
    """The quotations with a citation, each with the text of its source."""
    known = draft.facts.citations
    return [(each.text, known[own].text) for each in draft.quotations for own in each.cites]


def stands(quotation: str, text: str) -> bool:
    return isinstance(QuotedText(text).find(quotation), Found)


def changed(twin: str, seeded: str) -> Span:
    """The part of the seeded draft outside of which it is its twin."""
    shorter = min(len(twin), len(seeded))
    start = next((at for at in range(shorter) if twin[at] != seeded[at]), shorter)
    most = shorter - start
    same = next((at for at in range(most) if twin[-1 - at] != seeded[-1 - at]), most)
    return Span(start, len(seeded) - same)


def test_the_set_has_the_size_it_promises() -> None:
    assert Counter(case.language for case in TWINS.values()) == {"en": 30, "vi": 30}
    assert Counter(case.kind for case in SEEDED) == dict.fromkeys(CODES, 10)
    assert len(CODES) == 30
    assert {code[:3] for code in CODES} == {"FD1", "FD2", "FD3", "FD4", "FD5"}
    assert len({case.id for case in ALL}) == 360
    assert {case.form for case in TWINS.values()} == FORMS


def test_no_text_is_there_twice() -> None:
    assert len({case.source for case in TWINS.values()}) == 60
    assert len({(case.source, repr(case.facts)) for case in ALL}) == 360


def test_each_kind_is_in_both_languages() -> None:
    for code in CODES:
        languages = Counter(case.language for case in SEEDED if case.kind == code)
        assert languages == ({"vi": 10} if code == "FD312" else {"en": 5, "vi": 5})


def test_each_kind_is_halved() -> None:
    for half in HALVES:
        of_half = Counter(case.kind for case in SEEDED if case.half == half)
        assert of_half == dict.fromkeys(CODES, 5)
        assert Counter(case.language for case in TWINS.values() if case.half == half) == {"en": 15, "vi": 15}


def test_the_halves_come_from_the_ids_and_share_no_draft() -> None:
    for case in TWINS.values():
        assert case.half == half_of(case.id, [own for own in TWINS if own[:2] == case.language])
    assert all(case.half == TWINS[case.twin].half for case in SEEDED)


def test_the_set_is_the_same_each_time() -> None:
    cases.cache_clear()
    assert cases() == ALL


def test_the_files_are_small_and_the_held_out_ones_say_so() -> None:
    for path in DATA.glob("*.yaml"):
        assert path.stat().st_size < 1_000_000
        held_out = path.read_text(encoding="utf-8").startswith("# HELD OUT. Whoever writes or tunes a rule")
        assert held_out == path.stem.endswith("heldout")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_a_draft_can_be_read(case: Case) -> None:
    draft = read(case)
    assert draft.language == case.language
    assert set(draft.front) == {"title", "claims", "rating", "summary", "language", "authors", "topics"}
    assert draft.field("claims").values == tuple(case.facts.claims)
    assert {mark.id for mark in draft.marks} == set(case.facts.citations)
    assert all(each.stance in STANCES for each in case.facts.citations.values())
    assert not draft.waivers


@pytest.mark.parametrize("case", TWINS.values(), ids=lambda case: case.id)
def test_a_clean_draft_agrees_with_what_the_desk_knows(case: Case) -> None:
    draft = read(case)
    for citation in case.facts.citations.values():
        assert citation.verified
        assert citation.pieces
        assert all(stands(piece, citation.text) for piece in citation.pieces)
    for claim in case.facts.claims.values():
        assert all(claim.text in place.text and place.captured for place in claim.appearances)
        assert draft.source[draft.body.start :].count(claim.text) == 1
    assert {link.url for link in draft.links} <= case.facts.captured
    assert all(link.text.strip() for link in draft.links)


@pytest.mark.parametrize("case", TWINS.values(), ids=lambda case: case.id)
def test_a_rating_goes_with_the_kind_of_claim(case: Case) -> None:
    is_checkable = all(claim.kind == "checkable" for claim in case.facts.claims.values())
    rating = read(case).field("rating").value
    assert (case.facts.scale.step(rating) is not None) == is_checkable
    assert (case.form == "not checkable") == (rating == "not-checkable")


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_quotations_stand_in_their_sources(case: Case) -> None:
    wrong = [quotation for quotation, text in quoted_of(read(case)) if not stands(quotation, text)]
    if case.kind == "FD205":
        lost = [each for each in case.facts.citations.values() if each.verified is False]
        assert len(wrong) + len(lost) == 1
    else:
        assert wrong == []


@pytest.mark.parametrize("case", TWINS.values(), ids=lambda case: case.id)
def test_every_quotation_of_a_clean_draft_has_its_citation_or_is_the_claim(case: Case) -> None:
    seen = [place.text for claim in case.facts.claims.values() for place in claim.appearances]
    bare = [each for each in read(case).quotations if not each.cites]
    assert all(any(stands(each.text, text) for text in seen) for each in bare)


@pytest.mark.parametrize("case", [case for case in SEEDED if case.span], ids=lambda case: case.id)
def test_a_fault_is_where_it_says_and_nothing_else_is_changed(case: Case) -> None:
    span, twin = case.span, TWINS[case.twin]
    assert span is not None
    assert 0 <= span.start < span.end <= len(case.source)
    if case.kind == "FD303":
        # The falsehood is moved to the beginning, so the place that it left is changed as well.
        claim = case.facts.claims["c1"].text
        assert case.source.casefold().count(claim.casefold()) == 1
        assert twin.source.index(claim) > case.source.casefold().index(claim.casefold())
        return
    other = changed(twin.source, case.source)
    assert other.start < span.end
    assert span.start < other.end + 1
    assert other.start >= span.start - AROUND
    assert other.end <= span.end + AROUND


@pytest.mark.parametrize("case", [case for case in SEEDED if not case.span], ids=lambda case: case.id)
def test_a_fault_without_a_place_is_one_of_the_whole(case: Case) -> None:
    twin = TWINS[case.twin]
    assert case.kind in WHOLE | {"FD205"}
    if case.kind == "FD304":
        assert len(case.source) < len(twin.source)
        assert case.facts == twin.facts
        return
    assert (case.source, case.facts) != (twin.source, twin.facts)
    other = changed(twin.source, case.source)
    assert case.source[other.start : other.end] == "" or case.kind in ("FD103", "FD209")


@pytest.mark.parametrize("case", [case for case in SEEDED if case.kind in PRIVATE], ids=lambda case: case.id)
def test_what_is_private_stands_in_a_source(case: Case) -> None:
    assert case.span is not None
    words = case.source[case.span.start : case.span.end]
    assert any(words in citation.text for citation in case.facts.citations.values())
    assert words not in TWINS[case.twin].source


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.id)
def test_letters_are_composed_except_where_that_is_the_fault(case: Case) -> None:
    known = "".join(each.text + each.title for each in case.facts.citations.values())
    claims = "".join(each.text + each.claimant for each in case.facts.claims.values())
    assert unicodedata.is_normalized("NFC", known + claims)
    assert unicodedata.is_normalized("NFC", case.source) == (case.kind != "FD311")
    if case.kind == "FD311" and case.span is not None:
        start, end = case.span.start, case.span.end
        assert not unicodedata.is_normalized("NFC", case.source[start:end])
        assert unicodedata.is_normalized("NFC", case.source[:start] + case.source[end:])


@pytest.mark.parametrize("case", [case for case in TWINS.values() if case.language == "vi"], ids=lambda case: case.id)
def test_vietnamese_has_its_marks_in_one_style(case: Case) -> None:
    letters = [char for char in read(case).prose if char.isalpha()]
    assert sum(not char.isascii() for char in letters) > len(letters) / 6
    old, new = OLD_TONES.findall(case.source), NEW_TONES.findall(case.source)
    assert not (old and new)


def test_both_styles_of_vietnamese_are_there() -> None:
    sources = [case.source for case in TWINS.values() if case.language == "vi"]
    assert sum(bool(OLD_TONES.search(source)) for source in sources) >= 10
    assert sum(bool(NEW_TONES.search(source)) for source in sources) >= 10
