"""The reference pages of the documentation, made from the program itself: `python -m factdesk.cli.reference docs`.

The same program gives the same pages, byte for byte; the tests compare them with those that are committed.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import click

from factdesk.cli.command import SHARED, Argument, Command, shared_options
from factdesk.cli.failing import PIPE_CLOSED, STOPPED, UNEXPECTED
from factdesk.cli.main import root
from factdesk.cli.registry import COMMANDS, load
from factdesk.config import SETTINGS
from factdesk.domain.permissions import rows
from factdesk.domain.workflow import ROLES, STATES, STEPS, Standing, State, Step, after, possible
from factdesk.errors import FactdeskError
from factdesk.lint.pages import overview, reference
from factdesk.lint.rules import all_rules

MADE = "<!-- Made by `python -m factdesk.cli.reference docs`; change the program, not this page. -->\n\n"

OTHER_CODES = (
    (0, "Done. Finding nothing is done too."),
    (UNEXPECTED, "A mistake in factdesk itself; what is needed to mend it is in the file that the message names."),
    (STOPPED, "Stopped by Ctrl-C; nothing that was written is lost."),
    (PIPE_CLOSED, "Who read the output has closed it, as `head` does."),
)


def cli_page() -> str:
    """Every command with its words, options and examples."""
    context = click.Context(root, info_name="factdesk", obj="en")
    names = [name for name, place in COMMANDS.items() if not _is_alias(name, place)]
    parts = [f"{MADE}# Commands\n", f"{root.help}\n", _listing(names), _shared(context)]
    parts += [_command(name, context) for name in names]
    return "\n".join(parts)


def _is_alias(name: str, place: str) -> bool:
    """Whether a name is the spelled-out form of a command that has its own section (`publishers list`)."""
    return " " in name and COMMANDS.get(name.split(" ", 1)[0]) == place


def _listing(names: list[str]) -> str:
    lines = [f"- [`factdesk {name}`](#{_anchor(name)}): {_first(name)}" for name in names]
    return "\n".join(lines) + "\n"


def _shared(context: click.Context) -> str:
    rows = _table("Option", shared_options(with_json=True), context)
    help_row = "| `--help` | Show help, with an example. |"
    head = (
        "## Options of every command\n\nBefore or after the command's name, but for `--json`, which stands after it.\n"
    )
    return "\n".join([head, *rows[:-1], help_row, ""])


def _anchor(name: str) -> str:
    return f"factdesk-{name.replace(' ', '-')}"


def _loaded(name: str) -> Command:
    command = load(name)
    if not isinstance(command, Command):
        raise TypeError(name)
    return command


def _first(name: str) -> str:
    return (_loaded(name).help or "").split(". ", 1)[0].removesuffix(".") + "."


def _command(name: str, parent: click.Context) -> str:
    command = _loaded(name)
    context = click.Context(command, info_name=name, parent=parent)
    usage = f"factdesk {name} " + " ".join(command.collect_usage_pieces(context))
    lines = [f"## factdesk {name}\n", f"{command.help}\n", "```", usage, "```\n"]
    params = command.get_params(context)
    lines += _table("Word", [param for param in params if isinstance(param, Argument)], context)
    own = [param for param in params if isinstance(param, click.Option) and param.name not in SHARED]
    lines += _table("Option", [param for param in own if param.opts != ["--help"]], context)
    return "\n".join([*lines, "Example:\n", "```console", *(f"$ {line}" for line in command.examples), "```\n"])


def _table(head: str, params: list[click.Parameter], context: click.Context) -> list[str]:
    records = [param.get_help_record(context) for param in params]
    rows = [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in filter(None, records)]
    return [f"| {head} | Meaning |", "| --- | --- |", *rows, ""] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def settings_page() -> str:
    """Every setting, where it can be set, and its default."""
    lines = [
        f"{MADE}# Settings\n",
        "Strongest first: the option of a command, the variable, the line in `desk.toml`, the default.\n",
        "| Setting | Variable | Default | Meaning |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| `{row.name}` | `{row.variable}` | {_cell(row.default)} | {_cell(row.meaning)} |" for row in SETTINGS]
    return "\n".join(lines) + "\n"


def errors_page() -> str:
    """Every kind of error with its exit code and HTTP status, then every exit code."""
    kinds = list(_tree(FactdeskError, 0))
    lines = [f"{MADE}# Errors and exit codes\n", "| Error | Exit code | HTTP | Meaning |", "| --- | --- | --- | --- |"]
    for kind, depth in kinds:
        indent = "&nbsp;" * 4 * depth
        meaning = inspect.cleandoc(kind.__doc__ or "").splitlines()[0]
        lines.append(f"| {indent}`{kind.__name__}` | {kind.exit_code} | {kind.http_status} | {_cell(meaning)} |")
    lines += ["", "| Exit code | Meaning |", "| --- | --- |"]
    codes = dict(OTHER_CODES)
    for code in sorted({kind.exit_code for kind, _ in kinds} | set(codes)):
        names = ", ".join(f"`{kind.__name__}`" for kind, _ in kinds if kind.exit_code == code)
        lines.append(f"| {code} | {codes.get(code, names)} |")
    return "\n".join(lines) + "\n"


def rules_page() -> str:
    """Every rule of `lint`, in English and Vietnamese."""
    rules = all_rules()
    head = "# Rules of lint\n\nWhat `factdesk lint` looks for in a draft; `factdesk rule CODE` shows the same.\n"
    return f"{MADE}{head}\n{overview(rules)}\n{reference(rules)}"


IN_WORDS = {
    "tip.add": "Take in a tip",
    "tip.link": "Put a tip to a claim, or take it from one",
    "claim.add": "Add a claim",
    "claim.edit": "Change a claim",
    "check.new": "Begin a check",
    "check.edit": "Edit a check",
    "check.undo": "Take back one's own last edit",
    "check.submit": "Submit a check",
    "check.return": "Return a check to its author",
    "check.sign": "Sign a check that others wrote",
    "check.publish": "Publish a signed check, a correction or a withdrawal",
    "check.reopen": "Reopen a published check",
    "check.correct": "Say what is wrong with a published check",
    "check.withdraw": "Ask for a published check to be withdrawn",
    "check.keep": "Keep a reopened check as it was",
    "key.register": "Make or exchange one's own key",
    "key.revoke": "Give one's own key up; an admin, anybody's",
    "log.sign": "Sign where the log stands",
    "people.add": "Add a person",
    "people.role": "Give a person another role",
    "people.disable": "Say that a person left",
    "scale.set": "Set the desk's rating scale",
    "redact": "Redact what must not be kept",
}
"""What each action of `domain.permissions` is, in plain words."""

ROLES_HEAD = """# Roles and the way of a check

Every action at a desk is done by one of its people, and asked of their role when it is done. Who may do more may do
what those before may. The desk's first person is its admin.

"""

WAY_HEAD = """
## The way of a check

From which states an action can be done, and to which it leads. A role is not all: nobody signs what they wrote a part
of, and `factdesk check show` says what else a check needs. `factdesk watch` reopens published checks by itself when a
source that they quote has changed.

"""


def roles_page() -> str:
    """Which role may do what, and the way of a check."""
    table = rows()
    lines = [f"| Action | {' | '.join(ROLES)} |", "| --- |" + " --- |" * len(ROLES)]
    lines += [
        f"| {IN_WORDS.get(name, name)} | {' | '.join('yes' if may[role] else '–' for role in ROLES)} |"
        for name, may in table
    ]
    way = ["| Action | Least role | From | To |", "| --- | --- | --- | --- |"]
    way += [_step(step) for step in STEPS.values()]
    return "\n".join([f"{MADE}{ROLES_HEAD}{lines[0]}", *lines[1:], f"{WAY_HEAD}{way[0]}", *way[1:]]) + "\n"


def _step(step: Step) -> str:
    """One action of the way: what it leads to is asked of the state machine, from everywhere it can be done."""
    sources = [state for state in STATES if state in step.sources]
    return f"| {step.action} | {step.role} | {', '.join(sources)} | {', '.join(_reached(step))} |"


def _reached(step: Step) -> list[State]:
    flags = product((False, True), repeat=4)
    standings = [Standing(state, *each) for each in flags for state in STATES if _can_be(state, *each)]
    found = {after(each, step.action).state for each in standings if possible(each, step.action)}
    return [state for state in STATES if state in found]


def _can_be(state: State, was_public: bool, was_corrected: bool, correcting: bool, withdrawing: bool) -> bool:
    """Whether a check can stand so: what readers saw is neither a draft nor returned, and nothing else is corrected."""
    if state in ("published", "corrected", "reopened", "withdrawn") and not was_public:
        return False
    if state in ("draft", "returned") and was_public:
        return False
    return was_public or not (was_corrected or correcting or withdrawing)


def _tree(kind: type[FactdeskError], depth: int) -> Iterator[tuple[type[FactdeskError], int]]:
    yield kind, depth
    for below in kind.__subclasses__():
        if below.__module__ == FactdeskError.__module__:
            yield from _tree(below, depth + 1)


PAGES: dict[str, Callable[[], str]] = {
    "reference/cli.md": cli_page,
    "reference/settings.md": settings_page,
    "reference/errors.md": errors_page,
    "reference/rules.md": rules_page,
    "reference/roles.md": roles_page,
}


def write(docs: Path) -> None:
    """Write every page below the folder of the documentation."""
    for name, page in PAGES.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
