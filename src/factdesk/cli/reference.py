"""The reference pages of the documentation, made from the program itself: `python -m factdesk.cli.reference docs`.

The same program gives the same pages, byte for byte; the tests compare them with those that are committed.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from factdesk.cli.command import SHARED, Argument, Command, shared_options
from factdesk.cli.failing import PIPE_CLOSED, STOPPED, UNEXPECTED
from factdesk.cli.main import root
from factdesk.cli.registry import COMMANDS, load
from factdesk.config import SETTINGS
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
}


def write(docs: Path) -> None:
    """Write every page below the folder of the documentation."""
    for name, page in PAGES.items():
        path = docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
