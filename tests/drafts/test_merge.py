"""Two people's work put together: both are in it, and where nobody can decide, lint says so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.drafts.merge import Merged, merged
from factdesk.drafts.view import taken, view
from factdesk.lint.read import read_draft
from factdesk.lint.rules.fd511_conflict_left import check as conflicts_left

BASE = """---
# Who wrote this: the night desk.
title: What goldfish know
claims: [c1]
rating: "false"
summary: |
  Months.
authors: [ada]
topics: [animals]
---
Goldfish remember.

Twelve fish took part.

Nobody has found a study.
"""


def put(*changes: tuple[str, str], source: str = BASE) -> str:
    for old, new in changes:
        assert source.count(old) == 1
        source = source.replace(old, new)
    return source


def both(mine: str, theirs: str, language: str = "en") -> Merged:
    """Mine and theirs merged, after a look whether nothing is missing and lint finds every conflict."""
    made = merged(BASE, mine, theirs, language)
    assert len(list(conflicts_left(read_draft(made.text)))) == made.conflicts
    assert taken(view(made.text, "c", "r")).source == made.text
    return made


def test_work_in_different_paragraphs_comes_together() -> None:
    mine, theirs = ("Goldfish remember.", "Goldfish remember for months."), ("a study.", "a study behind it.\n\nSo.")
    assert both(put(mine), put(theirs)) == Merged(put(mine, theirs), 0)


def test_a_paragraph_beside_one_that_somebody_changed_is_put_in() -> None:
    mine = put(("Twelve fish", "More on fish.\n\nTwelve fish"))
    theirs = put(("Twelve fish took part.", "Twelve goldfish took part."))
    assert both(mine, theirs) == Merged(put(("Twelve fish", "More on fish.\n\nTwelve goldfish")), 0)
    assert both(theirs, mine) == both(mine, theirs)


def test_one_paragraph_changed_by_both_holds_both() -> None:
    made = both(put(("Twelve fish", "Twelve goldfish")), put(("Twelve fish", "Ten fish")))
    said = """<<<<<<< yours
Twelve goldfish took part.
=======
Ten fish took part.
>>>>>>> theirs
"""
    assert made == Merged(put(("Twelve fish took part.\n", said)), 1)


def test_marks_speak_the_language_of_who_merges() -> None:
    mine, theirs = put(("Twelve", "Ten")), put(("Twelve", "Nine"), ("animals", "a"))
    text = both(mine, put(("animals", "b"), source=theirs.replace("[a]", "[animals]")), "vi").text
    assert "<<<<<<< bản của bạn\n" in text
    assert ">>>>>>> bản của người khác\n" in text


def test_what_one_took_out_and_the_other_changed_holds_both() -> None:
    made = both(put(("Twelve fish took part.\n\n", "")), put(("Twelve fish", "Ten fish")))
    assert made.conflicts == 1
    assert "<<<<<<< yours\n=======\nTen fish took part.\n" in made.text


def test_what_both_put_in_at_one_place_holds_both() -> None:
    mine, theirs = BASE + "\nMine.\n", BASE + "\nTheirs.\n"
    assert both(mine, theirs).text == BASE + "\n<<<<<<< yours\nMine.\n=======\nTheirs.\n>>>>>>> theirs\n"


def test_the_same_change_by_both_is_one() -> None:
    same = ("Twelve fish", "Ten fish")
    mine, theirs = put(same, ("animals", "fish")), put(same, ("Nobody", "Somebody"))
    assert both(mine, theirs) == Merged(put(same, ("animals", "fish"), ("Nobody", "Somebody")), 0)


def test_fields_come_together_one_by_one() -> None:
    mine = put(("What goldfish know", "What fish know"), ('"false"', '"true"  # sure'))
    theirs = put(("  Months.\n", "  Many months.\n"), ("topics:", "language: en\ntopics:"), ("night", "day"))
    made = both(mine, theirs)
    assert made.conflicts == 0
    for words in ("title: What fish know\n", '"true"  # sure\n', "  Many months.\n", "ada]\nlanguage: en\ntopics"):
        assert words in made.text
    assert "# Who wrote this: the day desk.\n" in made.text


def test_lists_take_what_either_put_in_and_lose_what_either_took_out() -> None:
    mine = put(("authors: [ada]", "authors: [ada, ngoc]"), ("[animals]", "[fish, memory]"))
    theirs = put(("authors: [ada]", "authors:\n  - minh\n  - ada"), ("[animals]", "[animals, water]"))
    made = both(mine, theirs)
    assert made.conflicts == 0
    assert "authors: [ada, ngoc, minh]\n" in made.text
    assert "topics: [fish, memory, water]\n" in made.text


def test_a_field_changed_by_both_stays_readable_and_holds_both() -> None:
    made = both(put(('"false"', "misleading")), put(('"false"', "mostly-false")))
    assert made.conflicts == 1
    marked = "# <<<<<<< yours\nrating: misleading\n# =======\n# rating: mostly-false\n# >>>>>>> theirs\n"
    assert made.text == put(('rating: "false"\n', marked))
    assert read_draft(made.text).front["rating"].value == "misleading"


def test_a_field_that_one_took_out_and_the_other_changed_holds_both() -> None:
    without = put(('rating: "false"\n', ""))
    made = both(without, put(('"false"', "misleading")))
    assert "claims: [c1]\n# <<<<<<< yours\n# =======\n# rating: misleading\n# >>>>>>> theirs\nsummary" in made.text
    assert "rating" not in both(without, put(("night", "day"))).text
    assert "rating" not in both(put(("night", "day")), without).text


def test_front_matter_that_only_one_of_them_has() -> None:
    assert merged("Text.\n", "---\ntitle: x\n---\nText.\n", "Text. More.\n").text == "---\ntitle: x\n---\nText. More.\n"
    made = merged("Text.\n", "---\ntitle: x\n---\nText.\n", "---\nrating: y\ntitle: z\n---\nText.\n")
    assert made.conflicts == 1
    assert made.text == (
        "---\nrating: y\n# <<<<<<< yours\ntitle: x\n# =======\n# title: z\n# >>>>>>> theirs\n---\nText.\n"
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("---\n{title: x}\n---\nText.\n", "---\ntitle: y\n---\nText.\n"),
        ("---\ntitle: a: b\n---\nText.\n", "---\ntitle: y\n---\nText.\n"),
        ("---\ntitle: x\ntitle: z\n---\nText.\n", "---\ntitle: y\n---\nText.\n"),
    ],
)
def test_front_matter_that_cannot_be_taken_apart_is_merged_as_text(mine: str, theirs: str) -> None:
    made = merged("---\ntitle: o\n---\nText.\n", mine, theirs)
    assert made.conflicts == 1
    assert all(line in made.text.split("\n") for line in (mine + theirs).split("\n"))


pieces = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "", "  ", "x y", "<<<<<<< yours", "======="]), max_size=12)
plain = pieces.map(lambda found: "".join(f"{line}\n" for line in found))
heads = st.dictionaries(
    st.sampled_from(["title", "rating", "summary", "topics", "authors"]),
    st.sampled_from(["x", "y", '"z: z" # why', "[a, b]", "[b, c]", "\n  - a\n  - d", "|\n  long\n  text", ""]),
    max_size=4,
)
written = st.builds(
    lambda fields, remark, body: (
        "---\n" + remark + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\n" + body
    ),
    heads,
    st.sampled_from(["", "# one\n", "# two\n\n"]),
    plain,
)
sources = plain | written


@given(sources, sources)
def test_who_changed_nothing_takes_what_the_other_made(base: str, other: str) -> None:
    assert merged(base, other, base) == Merged(other, 0)
    assert merged(base, base, other) == Merged(other, 0)
    assert merged(base, other, other) == Merged(other, 0)


@given(plain, plain, plain)
def test_every_line_that_either_put_in_is_there(base: str, mine: str, theirs: str) -> None:
    made = merged(base, mine, theirs).text.split("\n")
    for side in (mine, theirs):
        for line in set(side.split("\n")) - set(base.split("\n")):
            assert line in made


@given(written, written, written)
def test_every_value_that_either_put_in_is_there(base: str, mine: str, theirs: str) -> None:
    text = merged(base, mine, theirs).text
    before = {name: field.values for name, field in read_draft(base).front.items()}
    for side in (mine, theirs):
        for name, field in read_draft(side).front.items():
            for value in set(field.values) - set(before.get(name, ())):
                assert all(line in text for line in value.split("\n"))
    # What was put together can be read.
    read_draft(text)


@given(sources, sources, sources)
def test_the_two_of_them_can_change_places(base: str, mine: str, theirs: str) -> None:
    assert merged(base, mine, theirs).conflicts == merged(base, theirs, mine).conflicts


numbered = st.integers(2, 12)


@given(numbered, st.data())
def test_work_in_different_places_is_no_conflict(count: int, data: st.DataObject) -> None:
    base = [f"Paragraph {number}.\n\n" for number in range(count)]
    where = data.draw(st.permutations(range(count)))
    half = data.draw(st.integers(1, count - 1))
    ways = st.sampled_from(["{}new {}", "", "New {1}.\n\n{0}"])
    mine, theirs, whole = list(base), list(base), list(base)
    for number, at in enumerate(where):
        if not data.draw(st.booleans()) or any(abs(at - other) < 2 for other in where[half:]) is (number < half):
            continue
        changed = data.draw(ways).format(base[at], f"{at}")
        (mine if number < half else theirs)[at] = whole[at] = changed
    assert merged("".join(base), "".join(mine), "".join(theirs)) == Merged("".join(whole), 0)


@pytest.mark.attack
def test_two_long_texts_come_together() -> None:
    base = "".join(f"Line {number % 1000}.\n\n" for number in range(100_000))
    mine, theirs = base.replace("Line 7.", "Mine."), "Theirs.\n\n" + base
    made = merged(base, mine, theirs)
    assert made == Merged("Theirs.\n\n" + mine, 0)
    assert merged("a\n" * 500_000, "a\nb\n" * 250_000, "b\na\n" * 250_000).text.count("b") >= 250_000
    base = "".join(f"{number}\n" for number in range(60_000))
    sides = ("".join("x\n" if number % 2 is odd else f"{number}\n" for number in range(60_000)) for odd in (0, 1))
    assert merged(base, *sides).conflicts == 1
