"""A check as a file and back: nothing else changes, however an editor left it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.drafts.view import Taken, normal, taken, view
from factdesk.errors import InputError
from factdesk.lint.read import read_draft
from factdesk.lint.rules.fd508_unknown_field import check as unknown

SOURCE = """---
# Who may see this: everyone.
title: "What goldfish: can remember"   # kept as it is
claims:
  - c1
  # the second one
  - text: They forget
    by: Pond Talk
rating: 'false'
summary: |
  Months,
  not seconds.

authors: [ada]
---

Goldfish remember.

---
id: not a field
"""
CHECK, REVISION = "0197a3c2-0000-7000-8000-000000000001", "0197a3c2-0000-7000-8000-000000000002"


def test_the_fields_stand_first_and_all_else_stays() -> None:
    made = view(SOURCE, CHECK, REVISION)
    assert made == SOURCE.replace("---\n", f"---\nid: {CHECK}\nrevision: {REVISION}\n", 1)
    assert taken(made) == Taken(SOURCE, CHECK, REVISION)


def test_front_matter_is_made_where_there_is_none() -> None:
    made = view("Text.\n", CHECK, REVISION)
    assert made == f"---\nid: {CHECK}\nrevision: {REVISION}\n---\nText.\n"
    assert taken(made) == Taken("Text.\n", CHECK, REVISION)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "---\n---\nText.\n",
        "---\n---\n---\ntitle: x\n---\n",
        "\n---\ntitle: not the beginning\n---\n",
        "---\n\n---\n",
        "---\n# nothing but a remark\n---\nText.\n",
        "---\n  title: set in\n  rating: 'true'\n---\n",
        "---\n{title: in braces, rating: 'true'}\n---\n",
        "---\n{ title: in braces,\n  rating: 'true' }\n---\n",
        "---\n{}\n---\n",
        "---   \ntitle: x\n---\t\nText.\n",
        "---\n? title\n: x\n---\n",
        "---\ntitle: x\n...\n---\n",
        "---\nsummary: |+\n  x\n\n\n---\n",
        "---\nclaims:\n- a\n- b\n# the last\n---\n",
    ],
)
def test_every_way_to_write_it_comes_back(source: str) -> None:
    made = view(source, CHECK, REVISION)
    assert taken(made, "a.md") == Taken(source, CHECK, REVISION)
    front = read_draft(made).front
    assert (front["id"].value, front["revision"].value) == (CHECK, REVISION)
    assert {name: field.values for name, field in front.items() if name not in ("id", "revision")} == {
        name: field.values for name, field in read_draft(source).front.items()
    }


names = st.sampled_from(["title", "claims", "rating", "summary", "topics", "x"])
values = st.sampled_from(
    [
        "",
        " a",
        " 'a: b'",
        ' "a # b"',
        " [a, b]",
        "\n  - a\n  - b",
        "\n- a",
        " |\n  a\n\n  b\n",
        " {text: a, by: b}",
        " >-\n  a",
    ]
)
lines = st.builds("{}:{}".format, names, values) | st.sampled_from(["# remark", "", "   # set in"])
fronts = st.lists(lines, max_size=6, unique_by=lambda line: line.partition(":")[0]).map(
    lambda found: "---\n" + "".join(f"{line}\n" for line in found) + "---\n"
)
bodies = st.text(st.sampled_from("a-\n#: é\u0301"), max_size=30).map(lambda text: text + "\n" if text else "")


@given(st.builds("{}{}".format, fronts, bodies) | bodies.filter(lambda text: normal(text) == text), st.text("0af-"))
def test_a_view_taken_is_the_source(source: str, number: str) -> None:
    try:
        read_draft(source)
    except InputError:
        with pytest.raises(InputError):
            view(source, "c", "r")
        return
    assert taken(view(source, f"c{number}", "r")) == Taken(source, f"c{number}", "r")


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff---\nid: c\nrevision: r\ntitle: x\n---\nText.\n",
        "---\r\nid: c\r\nrevision: r\r\ntitle: x\r\n---\r\nText.\r\n",
        "---\rid: c\rrevision: r\rtitle: x\r---\rText.",
        "---\nid: c\nrevision: r\ntitle: x\n---\nText.",
        "\n\n---\nid: c\nrevision: r\ntitle: x\n---\nText.\n",
        "---\ntitle: x\nrevision: 'r'   # mine\nid: \"c\"\n---\nText.\n",
        "---\nid: ' c '\ntitle: x\nrevision:\n  r\n---\nText.\n",
    ],
)
def test_what_editors_do_to_a_file_does_not_matter(text: str) -> None:
    assert taken(text) == Taken("---\ntitle: x\n---\nText.\n", "c", "r")


def test_fields_in_braces_are_taken_out_wherever_they_stand() -> None:
    assert taken("---\n{title: x, id: c, revision: r}\n---\n") == Taken("---\n{title: x}\n---\n", "c", "r")
    assert taken("---\n{id: c, title: x, revision: r, }\n---\n") == Taken("---\n{title: x, }\n---\n", "c", "r")


def test_a_file_without_them_is_a_new_check() -> None:
    assert taken("---\ntitle: x\n---\nText.") == Taken("---\ntitle: x\n---\nText.\n")
    assert taken("Text.") == Taken("Text.\n")
    assert taken("---\nid: c\ntitle: x\n---\n") == Taken("---\ntitle: x\n---\n", "c", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: a: b\n---\n", "cannot be read"),
        ("---\nid: a\nid: b\n---\n", "“id” twice"),
        ("---\nrevision: [a]\n---\n", "“revision” is one text"),
        ("---\nonly words\n---\n", "not a list of fields"),
        ("---\n!!map\ntitle: x\n---\n", "not a list of fields"),
        ("---\ntitle: " + "x" * 16_300 + "\n---\n", "longer than"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as refused:
        taken(text, "a.md")
    assert refused.value.place.startswith("a.md")


@pytest.mark.attack
@pytest.mark.parametrize("text", ["---\n" + "[" * 4000 + "\n---\n", "---\na: &a [x]\nb: *a\n---\n"])
def test_front_matter_that_grows_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        taken(text)


def test_a_name_that_needs_quotation_marks_gets_them() -> None:
    assert taken(view("Text.\n", "0197", "no: 'x' #")) == Taken("Text.\n", "0197", "no: 'x' #")


def test_lint_knows_the_fields_of_a_view() -> None:
    assert list(unknown(read_draft(view(SOURCE, CHECK, REVISION)))) == []
