"""The fields of a check: read, and set without touching the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.drafts.fields import Header, header, with_fields
from factdesk.drafts.values import scalar
from factdesk.errors import InputError
from factdesk.lint.front import split

SOURCE = """---
title:   # to be said
claims:
  - c1
  # a remark
  - {text: "They forget, all of them", by: Pond Talk}
  - {id: c2, text: They forget}
# another
rating: "false" # for now
summary: |
  Months,
  not seconds.

authors: [ada, ngoc, ada]
---
Body: title: no
"""


def test_a_header_is_what_the_fields_say() -> None:
    assert header(SOURCE) == Header(
        claims=("c1", "c2"),
        written=("They forget, all of them",),
        rating="false",
        summary="Months,\nnot seconds.",
        authors=("ada", "ngoc"),
    )
    assert header("Text.") == Header()
    told = header("---\ntitle: ' x '\nreason: r\nlanguage: vi\ntopics: t\ntemplate: short\n---\n")
    assert told == Header(title="x", reason="r", language="vi", topics=("t",), template="short")


def test_front_matter_that_cannot_be_read_is_refused() -> None:
    broken = "---\ntitle: a: b\n---\n"
    with pytest.raises(InputError, match="cannot be read"):
        header(broken, "a.md")
    with pytest.raises(InputError, match="cannot be read"):
        with_fields(broken, "a.md", title="x")


@pytest.mark.parametrize(
    ("values", "old", "new"),
    [
        ({"title": "What: goldfish"}, "title:   #", 'title: "What: goldfish"   #'),
        ({"rating": "true"}, '"false" # for now', '"true" # for now'),
        ({"rating": ""}, '"false" # for now', " # for now"),
        ({"summary": "Months."}, "|\n  Months,\n  not seconds.\n", "Months.\n"),
        ({"authors": ["ada"]}, "[ada, ngoc, ada]", "[ada]"),
        ({"topics": ["a", "b: c"]}, "ada]\n", 'ada]\ntopics: [a, "b: c"]\n'),
        ({"reason": "An opinion"}, "# for now\n", "# for now\nreason: An opinion\n"),
        ({"other": "x"}, "ada]\n", "ada]\nother: x\n"),
        ({"rating": None}, 'rating: "false" # for now\n', ""),
        ({"language": None}, "", ""),
    ],
)
def test_setting_a_field_touches_nothing_else(
    values: dict[str, str | Sequence[str] | None], old: str, new: str
) -> None:
    assert with_fields(SOURCE, **values) == SOURCE.replace(old, new, 1)


def test_a_list_below_its_name_is_set_beside_it() -> None:
    assert "\nclaims: [c1]\n# another\n" in with_fields(SOURCE, claims=["c1"])
    assert with_fields("---\na: # why\n  - b\n---\n", a=["c"]) == "---\na: # why\n  [c]\n---\n"


def test_front_matter_comes_with_its_first_field_and_goes_with_its_last() -> None:
    made = with_fields("Text.\n", title="x", rating="true")
    assert made == '---\ntitle: x\nrating: "true"\n---\nText.\n'
    assert with_fields(made, title=None, rating=None) == "Text.\n"
    assert with_fields("---\n# a remark\ntitle: x\n---\n", title=None) == "---\n# a remark\n---\n"


def test_fields_in_braces_stay_in_braces() -> None:
    assert with_fields("---\n{a: b}\n---\n", title="T", a="c") == "---\n{title: T, a: c}\n---\n"
    assert with_fields("---\n{a: b, c: d}\n---\n", a=None) == "---\n{c: d}\n---\n"
    assert with_fields("---\n  title: x\n---\n", rating="false") == '---\n  title: x\n  rating: "false"\n---\n'


texts = st.text(st.characters(codec=None), min_size=1, max_size=20).filter(str.strip)


@given(texts, st.lists(texts, max_size=3))
def test_what_is_set_is_what_is_read(text: str, several: list[str]) -> None:
    fields, _ = split(with_fields(SOURCE, title=text, topics=several, language=text), "")
    assert (fields["title"].value, fields["language"].value) == (text, text)
    assert fields["topics"].values == tuple(several)
    before, _ = split(SOURCE, "")
    assert all(fields[name].values == before[name].values for name in ("claims", "rating", "summary", "authors"))


@given(st.sampled_from(["title", "claims", "rating", "summary", "authors", "topics"]), texts)
def test_setting_twice_is_setting_once(name: str, text: str) -> None:
    once = with_fields(SOURCE, **{name: text})
    assert with_fields(once, **{name: text}) == once


@pytest.mark.parametrize(
    "text", ["true", "No", "null", "1.5", "2026-01-01", "~", "# x", "- x", "a: b", "a #b", " x", ""]
)
def test_what_other_readers_of_yaml_would_take_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text) == f'"{text}"'


def test_plain_words_need_no_quotation_marks() -> None:
    for text in ("goldfish", "sức khỏe", "not-checkable", "0197a3c2-0000-7000-8000-000000000001"):
        assert scalar(text) == text
