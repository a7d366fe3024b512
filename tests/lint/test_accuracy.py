"""How `lint` is scored: what counts as found, and what as false."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Facts, Finding

# The scripts of the benchmarks stand side by side, in no package.
sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from lint_accuracy import Outcome, below, false_of, hits, recall
from lint_cases import CLEAN, Case

CASE = Case("FD305-1", "en", "FD305", "A shameful post.", Facts(), Span(2, 10), "en-01", "dev", "short check")


def finding(code: str, start: int = 2, end: int = 10) -> Finding:
    return Finding(code, Span(start, end), Reason(code, "a reason"))


def test_a_fault_is_found_where_a_finding_overlaps_it() -> None:
    assert hits(CASE, finding("FD305"))
    assert hits(CASE, finding("FD305", 0, 3))
    assert hits(CASE, finding("FD305", 9, 16))


def test_beside_it_or_by_another_rule_it_is_not() -> None:
    assert not hits(CASE, finding("FD305", 0, 2))
    assert not hits(CASE, finding("FD305", 10, 16))
    assert not hits(CASE, finding("FD306"))


def test_a_fault_of_the_whole_file_is_found_anywhere() -> None:
    assert hits(replace(CASE, span=None), finding("FD305", 12, 16))


def test_false_is_what_the_twin_has_not_got() -> None:
    twin = [finding("FD314"), finding("FD305", 0, 1)]
    findings = [finding("FD305"), finding("FD314"), finding("FD314", 11, 12), finding("FD201")]
    assert [each.code for each in false_of("FD305", findings, twin)] == ["FD314", "FD201"]


def test_a_second_finding_of_the_seeded_rule_is_not_false() -> None:
    assert false_of("FD305", [finding("FD305"), finding("FD305", 11, 12)], []) == ()


def test_recall_counts_faults() -> None:
    assert recall([Outcome(CASE, True, ()), Outcome(CASE, False, ())]) == (1, 2)


def test_one_false_finding_in_five_drafts_is_the_most() -> None:
    clean = replace(CASE, kind=CLEAN, span=None)
    bad, good = Outcome(clean, False, (finding("FD201"),)), Outcome(clean, False, ())
    assert below([bad, good, good, good, good]) == []
    assert below([bad, bad, good, good, good]) == ["0.40 false findings per clean draft; target at most 0.2"]
