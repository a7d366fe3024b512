"""Which chapter explains a rule, and what it is called where a language has no handbook."""

from __future__ import annotations

import pytest

from factdesk.lint.handbook import CHAPTERS, LANGUAGES, chapter_of


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("FD105", "choosing-a-claim"),
        ("FD402", "quoting-fairly"),
        ("FD209", "writing-the-answer"),
        ("FD506", "correcting"),
    ],
)
def test_a_rule_is_found_in_its_chapter(code: str, name: str) -> None:
    chapter = chapter_of(code)
    assert chapter is not None
    assert chapter.name == name


def test_what_is_no_rule_has_no_chapter() -> None:
    assert chapter_of("FD999") is None


def test_a_language_without_a_handbook_gets_the_english_one() -> None:
    for chapter in CHAPTERS:
        assert (chapter.title("de"), chapter.page("de")) == (chapter.title("en"), chapter.page("en"))
        assert len({chapter.page(language) for language in LANGUAGES}) == len(LANGUAGES)
