"""Findings as a person reads them: one a line, with the line of the draft and a mark below the words that are meant."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.terminal import columns, visible

if TYPE_CHECKING:
    from factdesk.lint.report import Linted
    from factdesk.lint.run import Found

STYLES = {"error": "bold red", "warning": "bold yellow"}
_NOTHING = {
    "one": "Nothing found.",
    "checks": "Nothing found in {count} checks.",
    "files": "Nothing found in {count} files.",
}
_FOUND = {
    "one": "Errors: {errors}, warnings: {warnings}.",
    "checks": "Errors: {errors}, warnings: {warnings}, in {count} checks.",
    "files": "Errors: {errors}, warnings: {warnings}, in {count} files.",
}
_AROUND = 24
"""Characters of a long line that are shown before the words that are meant."""


def print_found(call: Call, linted: Sequence[Linted], *, checks: bool = False) -> None:
    """Every finding, and how many there are. `checks` for those of the record, which are no files."""
    # Standard output may carry the mended text of standard input already.
    terminal = call.out
    for each in linted:
        for found in each.found:
            _print_one(call, each, found, not terminal.narrow)
    _tell_count(call, linted, checks)


def _print_one(call: Call, each: Linted, found: Found, wide: bool) -> None:
    from factdesk.lint.report import said

    finding, terminal = found.finding, call.out
    place = f"{visible(each.path)}:{found.start.line}:{found.start.column}:"
    code = terminal.style(finding.code, "dim" if found.waiver else STYLES[found.severity])
    text = visible(said(finding.reason, call.say))
    fix = f" [{call.say('--fix mends it')}]" if finding.fix and not found.waiver else ""
    waiver = f" ({call.say('waived: {why}', why=visible(found.waiver))})" if found.waiver else ""
    call.print(f"{place} {code} {text}{fix}{waiver}")
    if wide and not found.waiver:
        for line in excerpt(each.source, found, terminal.width):
            call.print(line)


def excerpt(source: str, found: Found, width: int) -> list[str]:
    """The line of a finding and a line of carets below its words, cut to the width; none for an empty line."""
    span = found.finding.span
    first = source.rfind("\n", 0, span.start) + 1
    last = source.find("\n", span.start)
    last = len(source) if last < 0 else last
    number = f"{found.start.line:>5} | "
    room = width - len(number)
    start = max(first, min(span.start - _AROUND, max(first, last - room)))
    end = min(last, start + room)
    before = _kept(source[start : span.start])
    meant = _kept(source[span.start : min(span.end, end)])
    line = before + meant + _kept(source[min(span.end, end) : end])
    if not line.strip() or not meant.strip():
        return []
    carets = " " * columns(before) + "^" * max(1, columns(meant))
    return [(number + line).rstrip(), f"      | {carets}"]


def _kept(text: str) -> str:
    """A piece of a line with nothing in it that could steer a terminal, its spaces kept."""
    return "".join(" " if letter.isspace() else visible(letter) or " " for letter in text)


def _tell_count(call: Call, linted: Sequence[Linted], checks: bool) -> None:
    from factdesk.lint.run import counts

    left = [found for each in linted for found in counts(each.found)]
    waived = sum(len(each.found) for each in linted) - len(left)
    errors = sum(found.severity == "error" for found in left)
    fixes = sum(found.finding.fix is not None for found in left)
    sys.stdout.flush()
    found = _FOUND if left else _NOTHING
    template = found["one" if len(linted) == 1 else "checks" if checks else "files"]
    call.talk(template, errors=errors, warnings=len(left) - errors, count=f"{len(linted):,}")
    if waived:
        call.talk("{count} waived, which readers will see.", count=waived)
    if fixes and not checks:
        call.talk("{count} can be mended with --fix.", count=fixes)
