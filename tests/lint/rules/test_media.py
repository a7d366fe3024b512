"""FD512: a medium is described so that programs can use it, or the writer is told."""

from __future__ import annotations

import pytest
from tests.lint.drafts import on, reasons

from factdesk.domain.media import CATEGORIES, KINDS
from factdesk.lint.base import Draft
from factdesk.lint.read import read_draft
from factdesk.publish.media import media_in

GOOD = "  - category: DecontextualizedContent\n    kind: picture\n    address: https://a.example/1\n"


def with_media(lines: str) -> Draft:
    return read_draft(f"---\ntitle: A picture\nmedia:{lines}\n---\nText.\n")


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_can_be_used_is_not_told(category: str, kind: str) -> None:
    read = with_media(f"\n  - category: {category}\n    kind: {kind}\n    context: A flood of 1998.")
    assert reasons("FD512", read) == []


@pytest.mark.parametrize("lines", ["\n  category: StagedContent", f"\n{GOOD}{GOOD}", " [{category: StagedContent}]"])
def test_one_or_several_may_be_described(lines: str) -> None:
    assert reasons("FD512", with_media(lines)) == []


def test_a_check_without_media_needs_none() -> None:
    assert reasons("FD512", read_draft("---\ntemplate: picture\n---\n![A flood](a.png)\n")) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (" StagedContent", "It is not said of which category"),
        (" []", "It is not said of which category"),
        ("\n  - kind: picture", "It is not said of which category"),
        ("\n  - category: fake", "“fake” is no category of a medium; these are: Decontext"),
        ("\n  - category: Staged-Content", "StagedContent is meant, perhaps."),
        ("\n  - category: decontextualizedcontent", "DecontextualizedContent is meant, perhaps."),
        ("\n  - category: StagedContent\n    kind: image", "“image” is no kind of a medium; these are: picture, video"),
        ("\n  - category: StagedContent\n    adress: https://a.example", "Nothing reads “adress” of a medium"),
        ("\n  - category: StagedContent\n    original: a.example/1", "“a.example/1” is no address"),
        ("\n  - category: StagedContent\n    address: 'javascript:alert(1)'", "“javascript:alert(1)” is no address"),
    ],
)
def test_what_cannot_be_used_is_told(lines: str, words: str) -> None:
    [said] = reasons("FD512", with_media(lines))
    assert words in said


def test_it_is_told_at_the_field() -> None:
    [span] = on("FD512", with_media("\n  - category: fake"))
    assert span.startswith("media:")
    assert "category: fake" in span


def test_what_is_told_of_is_what_the_site_leaves_out() -> None:
    for lines, known in (("\n  - category: fake", 0), (f"\n{GOOD}", 1), (" StagedContent", 0)):
        read = with_media(lines)
        assert len(media_in(read.source)) == known
        assert bool(reasons("FD512", read)) == (known == 0)


def test_many_faults_do_not_make_a_flood() -> None:
    assert len(reasons("FD512", with_media("\n" + "  - category: fake\n" * 100))) == 20
