"""Names of people: one spelling each, and none that a command, a log or a page could take for something else."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.people import Person, folded, name_of, names, person_from
from factdesk.domain.workflow import ROLES

GIVEN = st.text(max_size=45)


@given(GIVEN)
def test_a_name_has_one_spelling(given_name: str) -> None:
    name = name_of(given_name)
    assert name_of(name) == name
    if name:
        assert name_of(f" {name.upper()}\n") in (name, "")
        assert name_of(unicodedata.normalize("NFD", name)) == name
        assert name.isprintable()
        assert not set(name) & set(" \t\n/\\:@\"'<>&")
        assert name[0] not in "-._"


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("An", "an"),
        (" Bình ", "bình"),
        ("Bi\u0300nh", "bình"),
        ("ĐỖ-thị.hà_2", "đỗ-thị.hà_2"),
        ("a" * 40, "a" * 40),
        ("a" * 41, ""),
        ("", ""),
        ("-rf", ""),
        ("a b", ""),
        ("a\u202eb", ""),
        ("a\u200bb", ""),
    ],
)
def test_names(given_name: str, name: str) -> None:
    assert name_of(given_name) == name


@given(st.from_regex(r"\A[a-z][a-z0-9.-]{0,20}\Z"), st.text(max_size=20), st.sampled_from(ROLES), st.booleans())
def test_a_person_is_read_back(name: str, shown: str, role: str, disabled: bool) -> None:
    person = Person(name, shown, role, disabled)  # type: ignore[arg-type]
    content = person.content()
    assert person_from(json.loads(content)) == person
    assert ("disabled" in content) is disabled or "disabled" in shown + name


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": "an", "shown": "", "role": "owner"},
        {"name": "An", "shown": "", "role": "admin"},
        {"name": "", "shown": "", "role": "admin"},
        {"name": "an", "shown": "", "role": "admin", "more": 1},
    ],
)
def test_what_is_no_person(data: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        person_from(data)


@given(st.text(max_size=30))
def test_a_name_is_compared_however_it_is_typed(shown: str) -> None:
    said = folded(shown)
    assert folded(said) == said
    for form in ("NFC", "NFD", "NFKC"):
        assert folded(unicodedata.normalize(form, shown)) == said
    assert folded(f"  {shown}\u00a0") == said


@pytest.mark.parametrize(
    "other", ["bình trần", "BÌNH TRẦN", "Bình  Trần ", "Bi\u0300nh Tra\u0302\u0300n", "Ｂình Trần", "Bình\u00a0Trần"]
)
def test_one_author_in_many_spellings(other: str) -> None:
    assert folded(other) == folded("Bình Trần")


def test_other_names_stay_others() -> None:
    assert len({folded(each) for each in ("Binh Tran", "Bình Trần", "Bính Trần", "Bình Tran", "BìnhTrần")}) == 5


@pytest.mark.parametrize(
    ("authors", "name", "named"),
    [
        (["An Nguyễn"], "an nguyễn", True),
        (["An & Bình Trần"], "Bình Trần", True),
        (["Chi, Bình  TRẦN và An"], "bình trần", True),
        (["binh (editor)"], "binh", True),
        (["Bình Trần"], "Bình", True),
        (["Nguyễn Văn Anh"], "An", False),
        (["an-chi"], "an", False),
        (["An"], "", False),
        ([], "an", False),
    ],
)
def test_who_is_named_among_authors(authors: list[str], name: str, named: bool) -> None:
    assert names(authors, name) is named
