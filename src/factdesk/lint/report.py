"""What was found, for programs: as JSON, and as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from factdesk.domain.matches import Reason
from factdesk.lint.base import Fix, Rule
from factdesk.lint.pages import page
from factdesk.lint.run import Found, line_starts, place
from factdesk.wording import Say

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
STDIN = "-"


@dataclass(frozen=True, slots=True)
class Linted:
    """A file with what was found in it. `path` is `-` for standard input."""

    path: str
    source: str
    found: tuple[Found, ...]


def said(reason: Reason, say: Say) -> str:
    """A reason in the reader's language."""
    return say(reason.template, **reason.values)


def rows(linted: Iterable[Linted], rules: Sequence[Rule], say: Say) -> list[dict[str, Any]]:
    """One row a finding, waived ones too. Lines and columns count from 1, `start` and `end` from 0, in code points."""
    names = {rule.code: rule.name for rule in rules}
    return [_row(each, found, names, say) for each in linted for found in each.found]


def _row(linted: Linted, found: Found, names: Mapping[str, str], say: Say) -> dict[str, Any]:
    finding = found.finding
    fix = finding.fix
    return {
        "path": linted.path,
        "code": finding.code,
        "name": names.get(finding.code, ""),
        "severity": found.severity,
        "line": found.start.line,
        "column": found.start.column,
        "end_line": found.end.line,
        "end_column": found.end.column,
        "start": finding.span.start,
        "end": finding.span.end,
        "message": said(finding.reason, say),
        "fix": {"start": fix.span.start, "end": fix.span.end, "text": fix.text} if fix else None,
        "waiver": found.waiver or None,
    }


def sarif(linted: Sequence[Linted], rules: Sequence[Rule], say: Say, language: str, version: str) -> dict[str, Any]:
    """A SARIF 2.1.0 log. Waived findings are suppressed results, with their reason."""
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    driver = {
        "name": "factdesk",
        "version": version,
        "rules": [_sarif_rule(rule, language) for rule in rules],
    }
    results = [_result(each, found, numbers, say) for each in linted for found in each.found]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _sarif_rule(rule: Rule, language: str) -> dict[str, Any]:
    told = page(rule, language)
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": told.summary},
        "fullDescription": {"text": told.why or told.summary},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(linted: Linted, found: Found, numbers: Mapping[str, int], say: Say) -> dict[str, Any]:
    finding = found.finding
    region = {
        "startLine": found.start.line,
        "startColumn": found.start.column,
        "endLine": found.end.line,
        "endColumn": found.end.column,
        "charOffset": finding.span.start,
        "charLength": finding.span.end - finding.span.start,
    }
    artifact = {"uri": uri(linted.path)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": found.severity,
        "message": {"text": said(finding.reason, say)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if finding.code in numbers:
        result["ruleIndex"] = numbers[finding.code]
    if found.waiver:
        result["suppressions"] = [{"kind": "inSource", "justification": found.waiver}]
    if finding.fix is not None:
        change = {"artifactLocation": artifact, "replacements": [_replacement(linted.source, finding.fix)]}
        result["fixes"] = [{"artifactChanges": [change]}]
    return result


def _replacement(source: str, fix: Fix) -> dict[str, Any]:
    starts = line_starts(source)
    start, end = place(starts, fix.span.start), place(starts, fix.span.end)
    region = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    return {"deletedRegion": region, "insertedContent": {"text": fix.text}}


def uri(path: str) -> str:
    """A path as SARIF names a file: relative ones stay so, standard input is called `stdin`."""
    if path == STDIN:
        return "stdin"
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())
