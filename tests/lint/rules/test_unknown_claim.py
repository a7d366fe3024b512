"""FD107: claims that are named and not known."""

from __future__ import annotations

from dataclasses import replace

from tests.lint.drafts import on

from factdesk.lint.base import ClaimFact, Facts
from factdesk.lint.read import read_draft

TEXT = '---\nclaims: [c1, c9, {id: c2, text: "Bats are blind"}]\nlanguage: en\n---\nBats can see.\n'
KNOWN = Facts(claims={own: ClaimFact(own, "x") for own in ("c1", "c2")}, asked=True)


def test_a_claim_that_the_desk_has_not_got_is_told_where_it_is_named() -> None:
    assert on("FD107", read_draft(TEXT, facts=KNOWN)) == ["c9"]


def test_without_a_desk_nobody_knows() -> None:
    assert on("FD107", read_draft(TEXT, facts=replace(KNOWN, asked=False))) == []


def test_known_claims_and_none_are_right() -> None:
    assert on("FD107", read_draft(TEXT.replace("c9, ", ""), facts=KNOWN)) == []
    assert on("FD107", read_draft("Bats can see.\n", facts=KNOWN)) == []
