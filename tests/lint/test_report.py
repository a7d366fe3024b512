"""Findings for programs: JSON rows, and SARIF 2.1.0 held against what its schema requires."""

from __future__ import annotations

import json
from typing import Any

from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Finding, Fix
from factdesk.lint.report import Linted, rows, sarif, uri
from factdesk.lint.rules import all_rules
from factdesk.lint.run import Found, Place
from factdesk.wording import sayer

RULES = all_rules()
SOURCE = "Một 🦇 hai\nba\n"
PLAIN = Found(
    Finding("FD402", Span(6, 9), Reason("FD402", "{what} is wrong", {"what": "hai"})),
    "error",
    Place(1, 7),
    Place(1, 10),
)
WAIVED = Found(
    Finding("FD502", Span(10, 12), Reason("FD502", "so"), Fix(Span(10, 12), "bốn")),
    *("warning", Place(2, 1), Place(2, 3), "the court says so"),
)
LINTED = [Linted("drafts/bài một.md", SOURCE, (PLAIN, WAIVED)), Linted("-", "", ())]

# What the schema of SARIF 2.1.0 (OASIS) requires of each object that we write, and the types of its members.
SHAPES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "log": ({"version", "runs"}, {"$schema": str, "version": str, "runs": ["run"]}),
    "run": ({"tool"}, {"tool": "tool", "columnKind": str, "results": ["result"]}),
    "tool": ({"driver"}, {"driver": "driver"}),
    "driver": ({"name"}, {"name": str, "version": str, "rules": ["rule"]}),
    "rule": (
        {"id"},
        {
            "id": str,
            "name": str,
            "shortDescription": "text",
            "fullDescription": "text",
            "defaultConfiguration": "level",
        },
    ),
    "text": ({"text"}, {"text": str}),
    "level": (set(), {"level": str}),
    "result": (
        {"message"},
        {
            "ruleId": str,
            "ruleIndex": int,
            "level": str,
            "message": "text",
            "locations": ["location"],
            "suppressions": ["suppression"],
            "fixes": ["fix"],
        },
    ),
    "location": (set(), {"physicalLocation": "physical"}),
    "physical": ({"artifactLocation"}, {"artifactLocation": "artifact", "region": "region"}),
    "artifact": (set(), {"uri": str}),
    "region": (
        set(),
        {"startLine": int, "startColumn": int, "endLine": int, "endColumn": int, "charOffset": int, "charLength": int},
    ),
    "suppression": ({"kind"}, {"kind": str, "justification": str}),
    "fix": ({"artifactChanges"}, {"artifactChanges": ["change"]}),
    "change": ({"artifactLocation", "replacements"}, {"artifactLocation": "artifact", "replacements": ["replacement"]}),
    "replacement": ({"deletedRegion"}, {"deletedRegion": "region", "insertedContent": "text"}),
}


def check_shape(value: Any, shape: Any) -> None:
    if isinstance(shape, list):
        assert isinstance(value, list)
        for each in value:
            check_shape(each, shape[0])
    elif isinstance(shape, type):
        assert isinstance(value, shape)
    else:
        required, members = SHAPES[shape]
        assert required <= set(value) <= set(members)
        for name, inner in value.items():
            check_shape(inner, members[name])


def made() -> dict[str, Any]:
    log = sarif(LINTED, RULES, sayer("en"), "en", "1.2")
    again: dict[str, Any] = json.loads(json.dumps(log))
    return again


def test_a_log_has_the_shape_of_sarif() -> None:
    log = made()
    check_shape(log, "log")
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["tool"]["driver"]["version"] == "1.2"
    assert len({rule["id"] for rule in run["tool"]["driver"]["rules"]}) == len(RULES)


def test_a_result_names_its_rule_and_its_place() -> None:
    (run,) = made()["runs"]
    first, second = run["results"]
    for result in (first, second):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert all(region[name] >= 1 for name in ("startLine", "startColumn", "endLine", "endColumn"))
    assert first["message"]["text"] == "hai is wrong"
    assert "suppressions" not in first
    region = first["locations"][0]["physicalLocation"]["region"]
    assert SOURCE[region["charOffset"] :][: region["charLength"]] == "hai"


def test_a_waived_finding_is_suppressed_with_its_reason_and_a_fix_is_kept() -> None:
    _, second = made()["runs"][0]["results"]
    assert second["suppressions"] == [{"kind": "inSource", "justification": "the court says so"}]
    (change,) = second["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 3},
            "insertedContent": {"text": "bốn"},
        }
    ]


def test_addresses_are_what_sarif_asks_for() -> None:
    assert uri("drafts/bài một.md") == "drafts/b%C3%A0i%20m%E1%BB%99t.md"
    assert uri("/tmp/a b.md") == "file:///tmp/a%20b.md"
    assert uri("-") == "stdin"


def test_rows_slice_what_they_say() -> None:
    first, second = rows(LINTED, RULES, sayer("en"))
    assert SOURCE[first["start"] : first["end"]] == "hai"
    assert (first["path"], first["name"], first["line"], first["column"]) == ("drafts/bài một.md", "phone", 1, 7)
    assert (first["message"], first["fix"], first["waiver"]) == ("hai is wrong", None, None)
    assert second["fix"] == {"start": 10, "end": 12, "text": "bốn"}
    assert second["waiver"] == "the court says so"
