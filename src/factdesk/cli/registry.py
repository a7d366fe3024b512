"""Which commands there are, and where each stands: a module is imported only when its command is asked for.

A command may have subcommands and still take words of its own: `factdesk match "message"` beside
`factdesk match confirm MESSAGE REVIEW`. The rule: a subcommand is meant when the first word that is not an option is
exactly its name. A message is one word to the program (it stands in quotation marks), so one that merely begins with
"confirm" is never taken for it; a message or file of exactly that name goes behind `--`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import click

COMMANDS = {
    "init": "desks:init",
    "import": "imports:import_",
    "import undo": "imports:undo",
    "match": "match:match",
    "match confirm": "judge:confirm",
    "match reject": "judge:reject",
    "learn": "learn:learn",
    "claims": "claims:claims",
    "evidence": "evidence:evidence",
    "stance": "stance:stance",
    "capture": "capture:capture",
    "captures": "captures:list_",
    "captures show": "captures:show",
    "captures list": "captures:list_",
    "cite": "cite:cite",
    "tips": "tips:list_",
    "tip": "tips:list_",
    "tip add": "tips:add",
    "tip link": "tips:link",
    "tip unlink": "tips:unlink",
    "tip show": "tips:show",
    "claim": "claim:list_",
    "claim add": "claim:add",
    "claim edit": "claim:edit",
    "claim show": "claim:show",
    "claim list": "claim:list_",
    "check": "checks:list_",
    "check new": "checks:new",
    "check edit": "checks:edit_",
    "check show": "checks:show",
    "check import": "check_files:import_",
    "check export": "check_files:export",
    "check submit": "check_acts:submit",
    "check return": "check_acts:return_",
    "check sign": "check_acts:sign",
    "check publish": "check_acts:publish",
    "check reopen": "check_acts:reopen",
    "check correct": "check_acts:correct",
    "check withdraw": "check_acts:withdraw",
    "check keep": "check_acts:keep",
    "checks": "checks:list_",
    "undo": "check_acts:undo",
    "log": "log:log",
    "log sign": "log_sign:sign",
    "lint": "lint:lint",
    "rule": "rule:rule",
    "watch": "watch:watch",
    "sync": "imports:sync",
    "show": "show:show",
    "balance": "balance:balance",
    "readiness": "readiness:readiness",
    "publishers": "publishers:list_",
    "publishers allow": "publishers:allow",
    "publishers block": "publishers:block",
    "publishers unset": "publishers:unset",
    "publishers list": "publishers:list_",
    "scale": "scale:show",
    "scale export": "scale:export",
    "scale import": "scale:import_",
    "people": "people:list_",
    "people add": "people:add",
    "people role": "people:role",
    "people disable": "people:disable",
    "people list": "people:list_",
    "key": "keys:show",
    "key new": "keys:new",
    "key show": "keys:show",
    "key rotate": "keys:rotate",
    "key revoke": "keys:revoke",
    "key pin": "keys:pin",
    "share": "share:share",
    "site": "site:build",
    "site build": "site:build",
    "site preview": "site:preview",
    "redact": "redact:redact",
    "backup": "safety:backup",
    "restore": "safety:restore",
    "upgrade": "safety:upgrade",
    "doctor": "doctor:doctor",
    "export": "export:export",
    "status": "status:status",
    "bundle": "bundle:bundle",
    "audit": "audit:audit",
    "verify": "verify:verify",
    "rebuild-index": "index:rebuild_index",
    "models": "models:list_",
    "models fetch": "models:fetch",
    "models list": "models:list_",
}
"""Every command in the order of `factdesk --help`: its full name, and `module:function` under `factdesk.cli`."""


def load(name: str) -> click.Command | None:
    """The command of that full name, its module imported now; None when there is none."""
    place = COMMANDS.get(name)
    if place is None:
        return None
    module, _, function = place.partition(":")
    command = getattr(import_module(f"factdesk.cli.{module}"), function)
    return command if isinstance(command, click.Command) else None


def subcommands(name: str) -> tuple[str, ...]:
    """The names of a command's subcommands, without its own name before them."""
    return tuple(full.split(" ", 1)[1] for full in COMMANDS if full.startswith(f"{name} "))


def first_word(args: Sequence[str], flags: frozenset[str]) -> int | None:
    """Where the first word that is neither an option nor an option's value stands; None when `--` comes before it.

    `flags` are the options that take no value; any other option takes the word after it, unless it holds a `=`.
    """
    place = 0
    while place < len(args):
        word = args[place]
        if word == "--":
            return None
        if word == "-" or not word.startswith("-"):
            return place
        place += 1 if word in flags or "=" in word else 2
    return None


def flags_of(command: click.Command) -> frozenset[str]:
    """The options of a command that take no value."""
    options = [param for param in command.params if isinstance(param, click.Option) and param.is_flag]
    return frozenset(name for option in options for name in option.opts) | {"--help"}


def resolve(args: Sequence[str]) -> tuple[str, click.Command, list[str]] | None:
    """The command that was meant under its full name, and the words left for it; None when there is no such one."""
    name, rest = args[0], list(args[1:])
    command = load(name)
    if command is None:
        return None
    place = first_word(rest, flags_of(command))
    if place is not None and rest[place] in subcommands(name):
        full = f"{name} {rest[place]}"
        meant = load(full)
        if meant is not None:
            return full, meant, rest[:place] + rest[place + 1 :]
    return name, command, rest
