"""Every rule has its page, in both languages, made from its docstring."""

from __future__ import annotations

import pytest

from factdesk.lint.base import Rule
from factdesk.lint.pages import overview, page, parsed, reference
from factdesk.lint.read import read_draft
from factdesk.lint.rules import all_rules, documentation
from factdesk.lint.run import lint

RULES = all_rules()
MARKED = set("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_what_why_and_how_in_both_languages(rule: Rule) -> None:
    pages = parsed(documentation(rule))
    assert set(pages) == {"en", "vi"}
    assert pages["en"].is_whole
    assert pages["vi"].is_whole
    for told in pages.values():
        assert told.summary.endswith((".", "?", "!"))
        assert "\n" not in told.summary
        assert len(told.summary) <= 160
    assert set(pages["vi"].why.lower()) & MARKED


def test_a_docstring_is_taken_apart() -> None:
    pages = parsed(
        """A number alone.

        Why: It is long,
        and goes on.

        And on.

        Bad: one
          two
        Good: three

        vi: Con số.

        Vì sao: Vì thế.

        Sai: bốn
        Đúng: năm
        """
    )
    english = pages["en"]
    assert (english.summary, english.why) == ("A number alone.", "It is long, and goes on.\n\nAnd on.")
    assert (english.bad, english.good) == ("one\n  two", "three")
    assert (pages["vi"].summary, pages["vi"].bad, pages["vi"].good) == ("Con số.", "bốn", "năm")


def test_a_language_without_a_page_gets_the_english_one() -> None:
    rule = RULES[0]
    assert page(rule, "de") == page(rule, "en") != page(rule, "vi")


def test_the_reference_shows_every_rule_and_its_examples_as_they_are() -> None:
    made = overview(RULES) + reference(RULES)
    for rule in RULES:
        assert f"## {rule.code} {rule.name}\n" in made
        assert f"(#{rule.code.lower()}-{rule.name})" in made
        for language in ("en", "vi"):
            assert f"\n{page(rule, language).bad}\n```" in made


def test_a_page_s_good_example_of_an_address_is_good() -> None:
    told = page(next(rule for rule in RULES if rule.code == "FD402"), "vi")
    rules = [rule for rule in RULES if rule.code == "FD402"]
    assert lint(read_draft(told.bad), rules)
    assert not lint(read_draft(told.good), rules)


@pytest.mark.parametrize("code", ["FD401", "FD402", "FD403", "FD404", "FD405", "FD406", "FD407", "FD501", "FD502"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_examples_are_what_the_rule_says_of_them(code: str, language: str) -> None:
    (rule,) = (rule for rule in RULES if rule.code == code)
    told = page(rule, language)
    assert lint(read_draft(f"---\nlanguage: {language}\n---\n{told.bad}"), [rule])
    assert not lint(read_draft(f"---\nlanguage: {language}\n---\n{told.good}"), [rule])
