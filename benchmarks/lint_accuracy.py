"""Measure `lint`: recall per rule on drafts with one seeded fault, and false findings on drafts with none.

    python benchmarks/lint_accuracy.py [--half dev|heldout] [--extra] [--show]

A rule finds a fault when a finding of the seeded code overlaps what was put in; for a fault of the whole file it may
stand anywhere. False are all findings in a clean draft, and in a seeded one those of another code that its clean twin
has not got. A kind whose rule is not written yet shows as “–” and fails nothing. The exit code is 1 below a target.

`--show` prints the texts of `dev` alone, for whoever writes rules; those of the other half only with `--half heldout`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from factdesk.lint.base import Finding, Severity
from factdesk.lint.read import read_draft
from factdesk.lint.rules import all_rules
from factdesk.lint.run import counts, lint

# Scripts stand side by side: the folder of the one that is run is on the path.
from lint_cases import CLEAN, CODES, HALVES, Case, cases, extra_cases

TARGETS: dict[Severity, float] = {"error": 0.95, "warning": 0.85}
MOST_FALSE = 0.2
"""False findings per draft."""

LANGUAGES = ("en", "vi")
Column = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules made of one case: whether they found the fault, and the findings that should not be there."""

    case: Case
    found: bool
    false: tuple[Finding, ...]


def outcomes(chosen: Sequence[Case]) -> list[Outcome]:
    """Every case, linted. Clean twins are linted once, whichever cases are chosen."""
    clean = {case.id: _findings(case) for case in cases() if case.kind == CLEAN}
    return [_outcome(case, clean) for case in chosen]


def _findings(case: Case) -> tuple[Finding, ...]:
    found = lint(read_draft(case.source, f"{case.id}.md", case.facts))
    return tuple(each.finding for each in counts(found))


def _outcome(case: Case, clean: dict[str, tuple[Finding, ...]]) -> Outcome:
    if case.kind == CLEAN:
        return Outcome(case, False, clean[case.id])
    findings = _findings(case)
    return Outcome(case, any(hits(case, each) for each in findings), false_of(case.kind, findings, clean[case.twin]))


def hits(case: Case, finding: Finding) -> bool:
    """Whether a finding is that of the seeded fault."""
    span = case.span
    at_place = span is None or (finding.span.start < span.end and span.start < finding.span.end)
    return finding.code == case.kind and at_place


def false_of(kind: str, findings: Iterable[Finding], twin: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of another code than the seeded one that the clean twin has not got.

    Which of several of one code are the twin's nobody can say: what counts is how many there are more.
    """
    left = Counter(each.code for each in twin)
    false = []
    for each in findings:
        if left[each.code]:
            left[each.code] -= 1
        elif each.code != kind:
            false.append(each)
    return tuple(false)


def recall(of: Iterable[Outcome]) -> tuple[int, int]:
    """How many faults were found, of how many."""
    seen = list(of)
    return sum(each.found for each in seen), len(seen)


def below(seen: Sequence[Outcome]) -> list[str]:
    """The targets that are not met, each in a few words."""
    missed = []
    for rule in all_rules():
        found, many = recall(each for each in seen if each.case.kind == rule.code)
        if many and found / many < TARGETS[rule.severity]:
            missed.append(f"{rule.code} finds {found} of {many}; target {TARGETS[rule.severity]:.2f}")
    for name, group in _by_draft(seen):
        rate = sum(len(each.false) for each in group) / max(1, len(group))
        if rate > MOST_FALSE:
            missed.append(f"{rate:.2f} false findings per {name} draft; target at most {MOST_FALSE}")
    return missed


def _by_draft(seen: Sequence[Outcome]) -> tuple[tuple[str, list[Outcome]], ...]:
    clean = [each for each in seen if each.case.kind == CLEAN]
    return (CLEAN, clean), ("seeded", [each for each in seen if each.case.kind != CLEAN])


def table(seen: Sequence[Outcome]) -> None:
    """Found faults of each kind by half and language, and the false findings of its rule."""
    columns: list[Column] = [(half, language) for half in HALVES for language in LANGUAGES]
    rules = {rule.code: rule for rule in all_rules()}
    false = Counter(finding.code for each in seen for finding in each.false)
    of: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for each in seen:
        of[each.case.kind, each.case.half, each.case.language].append(each)
    heads = "".join(f"{half} {language}".rjust(12) for half, language in columns)
    print(f"{'rule':<38}{'severity':<9}{heads}{'recall':>8}{'false':>7}")
    for code in sorted({*CODES, *rules}):
        rule = rules.get(code)
        name = f"{code} {rule.name}" if rule else code
        cells = [_cell(of[code, half, language], rule is not None) for half, language in columns]
        found, many = recall(each for column in columns for each in of[code, *column])
        total = f"{found / many:.2f}" if rule and many else "–"
        wrong = str(false[code]) if rule else "–"
        row = "".join(cell.rjust(12) for cell in cells)
        print(f"{name:<38}{rule.severity if rule else '–':<9}{row}{total:>8}{wrong:>7}")


def _cell(seen: Sequence[Outcome], is_written: bool) -> str:
    found, many = recall(seen)
    return f"{found}/{many}" if is_written and many else "–"


def false_per_draft(seen: Sequence[Outcome]) -> None:
    """How many false findings a draft gets, clean or seeded, by half and language."""
    for name, group in _by_draft(seen):
        cells = []
        for half in HALVES:
            for language in LANGUAGES:
                own = [each for each in group if each.case.half == half and each.case.language == language]
                if own:
                    rate = sum(len(each.false) for each in own) / len(own)
                    cells.append(f"{half} {language} {rate:.2f} ({len(own)})")
        total = sum(len(each.false) for each in group) / max(1, len(group))
        print(f"false findings per {name} draft: {total:.2f}; {', '.join(cells)}")


def show(seen: Sequence[Outcome]) -> None:
    """The faults that were missed, and the findings that are false, each with its words."""
    written = {rule.code for rule in all_rules()}
    for each in seen:
        case = each.case
        if case.kind in written and not each.found:
            words = case.source[case.span.start : case.span.end] if case.span else "(whole file)"
            print(f"missed {case.id}: {words[:120]!r}")
        for finding in each.false:
            words = case.source[finding.span.start : finding.span.end]
            print(f"false {finding.code} in {case.id}: {words[:120]!r} {finding.reason}")


def extra(shown: bool) -> None:
    """Recall of each kind of the further faults, and how many harmless sentences a rule trips over."""
    clean = {case.id: _findings(case) for case in cases() if case.kind == CLEAN}
    seen = [_extra(case, clean) for case in extra_cases()]
    for kind in sorted({each.case.kind for each in seen} - {CLEAN}):
        found, many = recall(each for each in seen if each.case.kind == kind)
        print(f"{kind} {found}/{many} {found / many:.2f}")
    harmless = [each for each in seen if each.case.kind == CLEAN]
    print(f"{sum(bool(each.false) for each in harmless)} of {len(harmless)} harmless sentences have a finding")
    if shown:
        show([each for each in seen if each.case.kind != CLEAN or each.false])


def _extra(case: Case, clean: dict[str, tuple[Finding, ...]]) -> Outcome:
    if case.kind != CLEAN:
        return _outcome(case, clean)
    return Outcome(case, False, false_of("", _findings(case), clean[case.twin]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, help="only this half")
    parser.add_argument("--show", action="store_true", help="print what was missed and what was found wrongly")
    parser.add_argument("--extra", action="store_true", help="measure the further cases alone, which count for nothing")
    chosen = parser.parse_args()
    if chosen.extra:
        extra(chosen.show)
        return 0
    seen = outcomes([case for case in cases() if chosen.half in (None, case.half)])
    table(seen)
    false_per_draft(seen)
    if chosen.show:
        show([each for each in seen if each.case.half == (chosen.half or "dev")])
    missed = below(seen)
    for each in missed:
        print(f"below target: {each}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
