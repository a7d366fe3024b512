"""Rules over a draft: waivers, order, places, and fixes that touch nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lint.drafts import FRONT, draft

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Draft, Facts, Finding, Fix, Rule
from factdesk.lint.read import read_draft
from factdesk.lint.rules import all_rules, rule_named
from factdesk.lint.run import Place, counts, fixed, lint, mended


def _doubled(read: Draft) -> Iterator[Finding]:
    for found in re.finditer(r"!{2,}", read.prose):
        span = Span(found.start(), found.end())
        yield Finding("FD901", span, Reason("FD901", "so many"), Fix(span, "!"))


def _letters(read: Draft) -> Iterator[Finding]:
    for found in re.finditer("a", read.prose):
        yield Finding("FD902", Span(found.start(), found.end()), Reason("FD902", "an a"))


FIXING = Rule("FD901", "doubled", "warning", _doubled)
PLAIN = Rule("FD902", "letters", "error", _letters)
FIRM = Rule("FD902", "letters", "error", _letters, waivable=False)


def test_findings_are_in_order_and_know_their_places() -> None:
    found = lint(read_draft("x a\n\na!! 🦇a\n"), [FIXING, PLAIN])
    assert [(each.finding.code, each.start, each.end) for each in found] == [
        ("FD902", Place(1, 3), Place(1, 4)),
        ("FD902", Place(3, 1), Place(3, 2)),
        ("FD901", Place(3, 2), Place(3, 4)),
        ("FD902", Place(3, 6), Place(3, 7)),
    ]


def test_a_waiver_silences_its_rule_in_its_block_alone() -> None:
    source = "One.\n\n<!-- lint: FD902 it is a letter of ours -->\nThat a.\n\nThis a.\n"
    found = lint(read_draft(source), [PLAIN])
    assert [each.waiver for each in found] == ["it is a letter of ours", "it is a letter of ours", ""]
    assert len(counts(found)) == 1


@pytest.mark.parametrize(
    "waiver",
    ["<!-- lint: FD902 -->", "<!-- lint: FD901 another rule of ours -->", "<!-- FD902 without the word -->"],
)
def test_what_is_no_waiver_waives_nothing(waiver: str) -> None:
    assert len(counts(lint(read_draft(f"{waiver}\n\nx a\n"), [PLAIN]))) == 1


def test_a_rule_that_holds_the_desks_word_is_not_waived() -> None:
    source = "<!-- lint: FD902 our editor says so -->\n\nx a\n"
    assert counts(lint(read_draft(source), [PLAIN])) == ()
    assert len(counts(lint(read_draft(source), [FIRM]))) == 1


def test_a_waived_finding_is_not_mended() -> None:
    source = "<!-- lint: FD901 he did shout -->\n\nx!!\n"
    assert mended(source, "", Facts(), [FIXING]) == (source, 0)


def test_of_fixes_that_overlap_the_first_counts_and_the_rest_wait() -> None:
    def twice(read: Draft) -> Iterator[Finding]:
        for at in (found.start() for found in re.finditer("(?=oo)", read.prose)):
            yield Finding("FD903", Span(at, at + 2), Reason("FD903", "oo"), Fix(Span(at, at + 2), "o"))

    rule = Rule("FD903", "twice", "warning", twice)
    found = lint(read_draft("xooo"), [rule])
    assert fixed("xooo", found) == ("xoo", 1)
    assert mended("xooo", "", Facts(), [rule]) == ("xo", 2)


PIECES = st.sampled_from(["a", "!", "!!", " ", "\n", "“", "”", "ễ", "e\u0302\u0301", "hoà", "hòa", "*", "`", "x"])
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_mending_twice_is_mending_once(text: str) -> None:
    once, _ = mended(text, "", Facts(), [FIXING])
    assert mended(once, "", Facts(), [FIXING]) == (once, 0)


@settings(deadline=None)
@given(TEXTS)
def test_every_fix_of_ours_mends_for_good(text: str) -> None:
    source = FRONT.format(language="vi") + text
    once, _ = mended(source, "", Facts(), all_rules())
    assert mended(once, "", Facts(), all_rules()) == (once, 0)


@settings(deadline=None)
@given(TEXTS)
def test_a_fix_changes_nothing_outside_its_place(text: str) -> None:
    source = FRONT.format(language="vi") + text
    for each in lint(read_draft(source), all_rules()):
        if each.finding.fix is not None:
            span = each.finding.fix.span
            after, done = fixed(source, [each])
            assert done == (0 if each.waiver else 1)
            assert after.startswith(source[: span.start])
            assert after.endswith(source[span.end :])


BODIES = {
    "en": "Goldfish remember for 12 months. On 4 May 2024 the page Pond Talk wrote: “It forgets at once”[^cite:a1].\n",
    "vi": "Cá vàng nhớ 12 tháng. Ngày 4/5/2024, trang Ao Nhà viết: “Nó quên ngay lập tức”[^cite:a1].\n",
}


@pytest.mark.parametrize("language", BODIES)
def test_without_a_desk_nothing_is_held_against_one(language: str) -> None:
    assert [each.finding.code for each in lint(draft(BODIES[language], language))] == []


def test_rules_are_named_by_their_files_and_found_by_code() -> None:
    rules = all_rules()
    codes = [rule.code for rule in rules]
    assert codes == sorted(set(codes))
    for rule in rules:
        module = rule.check.__module__.rpartition(".")[2]
        assert module == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
        assert rule_named(f" {rule.code.lower()} ") is rule
    assert rule_named("FD000") is None


HOSTILE = {
    "digits": "1" * 100_000,
    "digits apart": "1 " * 50_000,
    "dashed digits": "1-" * 50_000,
    "capitals": "Ab Cd " * 15_000,
    "surnames": "Nguyễn " * 15_000,
    "Mr": "Mr " * 12_000,
    "houses": "số 1 ngõ " * 5_000,
    "streets": "1 Ab " * 15_000,
    "at signs": "a@" * 50_000,
    "dots": "a." * 50_000,
    "accounts": "tài khoản " * 8_000,
    "quotations": "“a” " * 20_000,
    "marks": "[^cite:a]" * 10_000,
    "pictures": "![a](b)" * 10_000,
    "one word": "a" * 100_000,
    "shouts": "!" * 100_000,
    "accents": "e\u0301" * 50_000,
    "NULs": "\0a" * 50_000,
    "waivers": "<!-- lint: FD401 because it is so -->a " * 3_000,
    "tags": "<img " * 40_000,
}


@pytest.mark.attack
@pytest.mark.parametrize("name", HOSTILE)
def test_no_draft_makes_a_rule_slow(name: str) -> None:
    # A rule that is slower than linear does not come back from these within the life of the test run.
    for found in lint(draft(HOSTILE[name], "vi")):
        assert found.finding.span.end <= len(HOSTILE[name]) + len(FRONT)
