"""`factdesk lint`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import decoded
from factdesk.cli.lint_view import print_found
from factdesk.cli.types import OneOf
from factdesk.errors import FactdeskError, InputError, NoDeskError, NotFoundError, UsageError
from factdesk.wording import describe

if TYPE_CHECKING:
    from factdesk.lint.base import Facts, Rule
    from factdesk.lint.report import Linted

FORMATS = ("text", "json", "sarif")
MOST_BYTES = 8_000_000
"""Largest file that is read as a check."""
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was read: its name, its text, and its bytes. `revision` is that of a check of the desk, whose id is
    its name then."""

    path: str
    source: str
    data: bytes
    revision: str = ""


@command(
    help="Read drafts as a careful colleague would. Each finding names its rule, and factdesk rule CODE tells why it "
    "is one. In a desk, drafts are held against its citations and captures. The exit code is 1 when a finding keeps a "
    "draft from being published.",
    acts=True,
    examples=(
        "factdesk lint draft.md",
        "factdesk lint drafts --select FD2,FD305",
        "factdesk lint draft.md --fix",
        "factdesk lint CHECK --fix --as an",
        "factdesk lint drafts --format sarif",
        "factdesk lint --all",
    ),
)
@argument("files", nargs=-1, help="Files, folders (every .md file in them), checks by id, or - for standard input.")
@option(
    "--all", "every", is_flag=True, help="The newest text of every check of the desk; only what changed takes time."
)
@option("--fix", is_flag=True, help="Put in what can be mended without changing a meaning.")
@option("--diff", is_flag=True, help="Show what --fix would do, and write nothing.")
@option("--format", "form", type=OneOf(FORMATS), default="text", help="How findings are printed: text, json or sarif.")
@option("--select", default="", metavar="CODES", help="These rules alone: codes, or how codes begin, with commas.")
@option("--ignore", default="", metavar="CODES", help="All but these rules.")
@option("--strict", is_flag=True, help="Warnings count as errors.")
def lint(
    call: Call,
    files: Sequence[str],
    every: bool,
    fix: bool,
    diff: bool,
    form: str,
    select: str,
    ignore: str,
    strict: bool,
) -> int:
    """Lint drafts."""
    rules = chosen(select, ignore)
    if every:
        return _every(call, bool(files), fix or diff, form, rules, strict)
    if not files:
        raise UsageError("Name the drafts to lint, or give --all for every check of the desk.")
    read, unread = _read(call, files)
    facts = _facts(call, read)
    if diff:
        return max(_print_differences(call, read, facts, rules), unread)
    if fix:
        read = [_mended(call, draft, facts, rules) for draft in read]
    linted = [_linted(draft, facts, rules) for draft in read]
    _print(call, linted, rules, "json" if call.json else form)
    return max(_exit_code(linted, strict), unread)


def _every(call: Call, files: bool, mends: bool, form: str, rules: Sequence[Rule], strict: bool) -> int:
    """Lint the checks of the record."""
    from factdesk.cli.lint_all import linted_checks

    if files:
        raise UsageError("--all stands alone: it takes every check of the desk, and no files.")
    if mends:
        raise UsageError(
            "--fix and --diff are for files: what is in the record is changed by an edit.",
            remedy="Change a check with: factdesk check edit ID",
        )
    linted, unread = linted_checks(call, rules)
    _print(call, linted, rules, "json" if call.json else form, checks=True)
    return max(_exit_code(linted, strict), unread)


def chosen(select: str, ignore: str) -> tuple[Rule, ...]:
    """The rules that were asked for. Raises `UsageError` for a code that no rule's begins with."""
    from factdesk.lint.rules import all_rules

    rules = all_rules()
    wanted, unwanted = (_codes(text, rules) for text in (select, ignore))
    return tuple(
        rule
        for rule in rules
        if (not wanted or rule.code.startswith(wanted)) and not (unwanted and rule.code.startswith(unwanted))
    )


def _codes(text: str, rules: Sequence[Rule]) -> tuple[str, ...]:
    codes = tuple(code.strip().upper() for code in text.split(",") if code.strip())
    for code in codes:
        if not any(rule.code.startswith(code) for rule in rules):
            raise UsageError("There is no rule {code}.", remedy="See all of them with: factdesk rule", code=code)
    return codes


def _read(call: Call, files: Sequence[str]) -> tuple[list[Draft], int]:
    """The drafts that could be read; each other one is told of, and the exit code of the last."""
    from factdesk.lint.read import read_draft

    drafts, code = [], 0
    for path in _paths(files):
        try:
            kept = None if path == "-" or Path(path).exists() else _of_desk(call, path)
            if kept is not None:
                drafts.append(kept)
                continue
            data = sys.stdin.buffer.read(MOST_BYTES + 1) if path == "-" else _bytes(path)
            if len(data) > MOST_BYTES:
                raise InputError("The check is longer than {most} characters.", place=path, most=f"{MOST_BYTES:,}")
            draft = Draft(path, decoded(data, path), data)
            # Front matter that cannot be read is told of now, and stops no other file.
            read_draft(draft.source, path)
            drafts.append(draft)
        except FactdeskError as error:
            call.warn("{error}", error=describe(error, call.say))
            code = error.exit_code
    return drafts, code


def _paths(files: Sequence[str]) -> Iterator[str]:
    """Every file that is meant, once, those of a folder in order; what is hidden in a folder is not meant."""
    seen: set[str] = set()
    for name in files:
        folder = Path(name)
        found = [name]
        if name != "-" and folder.is_dir():
            inner = (path for path in sorted(folder.rglob("*.md")) if path.is_file())
            found = [str(path) for path in inner if not _is_hidden(path.relative_to(folder))]
        for path in found:
            if path not in seen:
                seen.add(path)
                yield path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _bytes(path: str) -> bytes:
    file = Path(path)
    if not file.is_file():
        raise InputError("There is no such file.", place=path, remedy="Look at its name and folder again.")
    with file.open("rb") as raw:
        return raw.read(MOST_BYTES + 1)


def _facts(call: Call, drafts: Sequence[Draft]) -> Facts:
    """What the desk knows of the drafts; nothing where there is no desk and none was asked for."""
    from factdesk.lint.base import Facts

    try:
        config = call.config()
    except NoDeskError:
        if call.desk:
            raise
        return Facts()
    from factdesk.queries.desk import Desk
    from factdesk.queries.lint_facts import facts_for

    with Desk.open(config, writable=False, tell=call.warn) as desk:
        return facts_for(desk, [(draft.path, draft.source) for draft in drafts])


def _linted(draft: Draft, facts: Facts, rules: Sequence[Rule]) -> Linted:
    from factdesk.lint.read import read_draft
    from factdesk.lint.report import Linted
    from factdesk.lint.run import lint as run

    return Linted(draft.path, draft.source, run(read_draft(draft.source, draft.path, facts), rules))


def _print_differences(call: Call, drafts: Sequence[Draft], facts: Facts, rules: Sequence[Rule]) -> int:
    from factdesk.lint.run import mended

    code = 0
    for draft in drafts:
        after, count = mended(draft.source, draft.path, facts, rules)
        if count:
            code = 1
            lines = unified_diff(_lines(draft.source), _lines(after), draft.path, draft.path, lineterm="")
            for line in lines:
                call.print(line.rstrip("\r\n"))
    return code


def _lines(text: str) -> list[str]:
    """Lines as Markdown parts them, and no others."""
    return text.split("\n")


def _mended(call: Call, draft: Draft, facts: Facts, rules: Sequence[Rule]) -> Draft:
    """A draft with what can be mended, written back whole; standard input goes to standard output."""
    from factdesk.lint.run import mended

    after, count = mended(draft.source, draft.path, facts, rules)
    if draft.revision:
        return _saved(call, draft, after, count)
    if draft.path == "-":
        sys.stdout.write(after)
        return Draft(draft.path, after, after.encode())
    if not count:
        return draft
    mark = BOM if draft.data.startswith(BOM) else b""
    if draft.data != mark + draft.source.encode():
        call.warn("{file} is not UTF-8, and stays as it is.", file=draft.path)
        return draft
    from factdesk.store.files import whole_bytes

    with whole_bytes(Path(draft.path)) as out:
        out.write(mark + after.encode())
    call.talk("{file}: {count} mended.", file=draft.path, count=count)
    return Draft(draft.path, after, mark + after.encode())


def _of_desk(call: Call, name: str) -> Draft | None:
    """A check of the desk, by its id or its end; None for what is no id of one."""
    if re.fullmatch(r"(?:check:)?[0-9a-f-]{4,36}", name.strip().lower()) is None:
        return None
    from factdesk.queries.checks import newest
    from factdesk.queries.items import check_named

    try:
        with call.record() as record, record.read() as session:
            check = check_named(session, name)
            found = newest(session, check)
    except (NoDeskError, NotFoundError):
        # A file of that name was meant, then; it is missing.
        return None
    source = found.fact.source
    return Draft(check.id, source, source.encode(), found.id)


def _saved(call: Call, draft: Draft, after: str, count: int) -> Draft:
    """A check of the desk with what was mended, as an edit; of one that somebody edits at the same time nothing."""
    from factdesk.actions.checks import Saved, save

    if not count:
        return draft
    with call.record(writable=True) as record:
        result = save(record, draft.path, after, base=draft.revision, actor=call.actor())
    if not isinstance(result, Saved):
        call.warn("Somebody is editing {id}: nothing was mended.", id=draft.path)
        return draft
    call.talk("{file}: {count} mended.", file=draft.path, count=count)
    return Draft(draft.path, after, after.encode(), result.revision)


def _print(call: Call, linted: Sequence[Linted], rules: Sequence[Rule], form: str, *, checks: bool = False) -> None:
    from factdesk import __version__
    from factdesk.lint.report import rows, sarif

    if form == "json":
        call.print_json(rows(linted, rules, call.say))
    elif form == "sarif":
        call.print_json(sarif(linted, rules, call.say, call.language, __version__))
    else:
        print_found(call, linted, checks=checks)


def _exit_code(linted: Sequence[Linted], strict: bool) -> int:
    from factdesk.lint.run import counts

    severities = {found.severity for each in linted for found in counts(each.found)}
    return int("error" in severities or (strict and bool(severities)))
