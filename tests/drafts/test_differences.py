"""What changed, as people read it: nothing is missing from it, and nothing is said to have changed that did not."""

from __future__ import annotations

import subprocess
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import absent

from factdesk.drafts.differences import Change, Part, changed, differences, unified, words

FRONT = """---
title: {title}
claims: [c1]
rating: "false"
topics: [{topics}]
---
"""
BODY = """Goldfish remember for months.

Twelve fish took part in 2019. They learned to press a lever.

Nobody has found a study behind that figure.
"""


def of(old: str, new: str) -> tuple[Change, ...]:
    return changed(differences(old, new))


def test_a_new_wording_is_shown_word_by_word() -> None:
    (found,) = of(BODY, BODY.replace("Twelve fish", "Twelve old goldfish"))
    assert (found.kind, found.field) == ("changed", "")
    assert found.parts == (
        Part("same", "Twelve "),
        Part("removed", "fish"),
        Part("added", "old goldfish"),
        Part("same", " took part in 2019. They learned to press a lever."),
    )


def test_vietnamese_is_told_apart_by_syllables_and_marks_stay_with_their_letters() -> None:
    assert words("Cá vàng nhớ ba giây.", "Cá vàng nhớ lâu.") == (
        Part("same", "Cá vàng nhớ "),
        Part("removed", "ba giây"),
        Part("added", "lâu"),
        Part("same", "."),
    )
    decomposed = "nho\u031b\u0301"
    assert words(f"Cá {decomposed} lâu", "Cá nho lâu")[1] == Part("removed", decomposed)


def test_a_mark_between_two_changes_belongs_to_them() -> None:
    assert words("one, two end", "three, four end") == (
        Part("removed", "one, two"),
        Part("added", "three, four"),
        Part("same", " end"),
    )


def test_paragraphs_come_go_and_stay() -> None:
    new = BODY.replace("Nobody has found a study behind that figure.\n", "A lever is easy to press.\n\n> Quoted.\n")
    found = differences(BODY, new)
    assert [(each.kind, each.old.strip()[:6], each.new.strip()[:6]) for each in found] == [
        ("same", "Goldfi", "Goldfi"),
        ("same", "Twelve", "Twelve"),
        ("added", "", "A leve"),
        ("added", "", "> Quot"),
        ("removed", "Nobody", ""),
    ]


def test_a_blank_line_more_is_no_change() -> None:
    assert of(BODY, BODY.replace("\n\n", "\n\n\n") + "\n") == ()


def test_a_paragraph_that_is_put_in_moves_no_other() -> None:
    first, rest = BODY.split("\n\n", 1)
    (found,) = of(BODY, f"{first}\n\nSomething else entirely.\n\n{rest}")
    assert (found.kind, found.new) == ("added", "Something else entirely.\n\n")


def test_changes_of_fields_are_told_by_their_names() -> None:
    old, new = FRONT.format(title="What fish know", topics="fish"), FRONT.format(title="What fish do", topics="fish, a")
    found = of(old + BODY, new.replace('rating: "false"\n', "").replace("topics", "language: en\ntopics") + BODY)
    assert [(each.field, each.kind, each.old, each.new) for each in found] == [
        ("title", "changed", "What fish know", "What fish do"),
        ("language", "added", "", "en"),
        ("topics", "changed", "fish", "fish, a"),
        ("rating", "removed", "false", ""),
    ]
    assert found[0].parts == (Part("same", "What fish "), Part("removed", "know"), Part("added", "do"))


def test_a_field_written_otherwise_says_the_same() -> None:
    old = "---\ntitle: x\ntopics: [a, b]\n---\n"
    assert of(old, '---\n# remark\ntopics:\n  - a\n  - b\ntitle: "x"\n---\n') == ()
    assert of("---\nclaims: [{text: a, by: b}]\n---\n", "---\nclaims: [{text: a, by: c}]\n---\n")[0].field == "claims"


def test_front_matter_that_cannot_be_read_is_shown_as_text() -> None:
    (found,) = of("---\ntitle: x\n---\n", "---\ntitle: x: y\n---\n")
    assert (found.field, found.kind, found.new) == ("", "changed", "---\ntitle: x: y\n---\n")


texts = st.lists(
    st.sampled_from(["a b c d", "a b c", "b, c! d", "é", "\n", " ", "***", "# a b", "\u2028", "x y"]), max_size=9
).map("\n".join)


@given(texts, texts)
def test_both_texts_can_be_put_together_again(old: str, new: str) -> None:
    found = [each for each in differences(old, new) if not each.field]
    assert "".join(each.old for each in found) == old
    assert "".join(each.new for each in found) == new
    for each in found:
        match each.kind:
            case "same":
                assert each.old.strip() == each.new.strip()
            case "added" | "removed":
                assert not (each.old and each.new)
            case "changed":
                whole = {kind: "".join(p.text for p in each.parts if p.kind in ("same", kind)) for kind in KINDS}
                assert whole == {"removed": each.old.rstrip(), "added": each.new.rstrip()}


KINDS = ("removed", "added")


@given(texts)
def test_nothing_changed_is_no_change(text: str) -> None:
    assert of(text, text) == ()
    assert unified(text, text) == []


def applied(old: list[str], patch: list[str]) -> list[str]:
    """The lines after a patch, whose every line must fit."""
    made, at = [], 0
    for line in patch:
        if line.startswith("@@"):
            start, size = (int(number) for number in f"{line.split()[1][1:]},1".split(",")[:2])
            first = start - 1 if size else start
            made += old[at:first]
            at = first
        elif line[0] == "+":
            made.append(line[1:])
        else:
            assert line[1:] == old[at]
            at += 1
            made += [line[1:]] if line[0] == " " else []
    return made + old[at:]


@given(st.lists(st.sampled_from("abcd"), max_size=24), st.lists(st.sampled_from("abcd"), max_size=24))
def test_the_unified_form_leads_from_the_one_to_the_other(old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{line}\n" for line in side) for side in (old, new))
    assert applied(old, unified(before, after)) == new
    assert unified(before.removesuffix("\n"), after) == unified(before, after)


def test_patch_takes_the_unified_form(tmp_path: Path) -> None:
    patch = which("patch")
    if patch is None:
        absent("patch")
        return
    old = "".join(f"line {number}\n" for number in range(40))
    new = old.replace("line 3\n", "").replace("line 20\n", "line twenty\nand more\n") + "end\n"
    file = tmp_path / "a.md"
    file.write_text(old, encoding="utf-8")
    text = "\n".join(["--- a.md", "+++ a.md", *unified(old, new)]) + "\n"
    subprocess.run([patch, "-s", str(file)], input=text, text=True, check=True, cwd=tmp_path)
    assert file.read_text(encoding="utf-8") == new


@pytest.mark.attack
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ab \n\n" * 60_000, "b a\n\n" * 60_000),
        ("a b " * 500_000, "b b a " * 330_000),
        ("\n\n".join(["w " * 20_000] * 20) + "\n", "\n\n".join(f"w{number % 7} v" for number in range(60_000)) + "\n"),
        ("".join(f"{number * 7919 % 100_003}\n" for number in range(100_000)), "x\n" * 100_000),
    ],
    ids=["paragraphs", "words", "few and many", "lines"],
)
def test_long_texts_that_have_little_in_common_end(old: str, new: str) -> None:
    found = differences(old, new)
    assert "".join(each.new for each in found) == new
    assert unified(old, new)
