"""A command as factdesk's are: help in the reader's language with an example, and the options that all share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from factdesk.cli.call import Call
from factdesk.cli.registry import COMMANDS, load, resolve, subcommands
from factdesk.errors import UsageError
from factdesk.wording import Say, sayer, ui_language

F = TypeVar("F", bound=Callable[..., Any])


def speech(ctx: click.Context) -> tuple[str, Say]:
    """The language of this run, which `main` leaves in the root context, and how to speak it."""
    asked = ctx.find_root().obj
    language = asked if isinstance(asked, str) else ui_language()
    return language, sayer(language)


class Option(click.Option):
    """An option whose help is a template of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names, and its help in the reader's language."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        return record[0], speech(ctx)[1](self.help or "")


class Argument(click.Argument):
    """An argument whose help is a template of the catalogue."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its name as the usage line shows it, and its help in the reader's language."""
        return self.make_metavar(ctx), speech(ctx)[1](self.help or "")


def option(*names: str, help: str, **attrs: Any) -> Callable[[F], F]:  # noqa: A002 - click's own word
    """Declare an option."""
    return click.option(*names, cls=Option, help=help, **attrs)


def argument(name: str, *, help: str, **attrs: Any) -> Callable[[F], F]:  # noqa: A002 - click's own word
    """Declare an argument."""
    return click.argument(name, cls=Argument, help=help, **attrs)


def person_option() -> click.Parameter:
    """Who acts, of commands that change something."""
    return Option(["--as", "person"], metavar="PERSON", help="Who does this; the configured person if not given.")


def shared_options(*, with_json: bool) -> list[click.Parameter]:
    """The options that every command takes."""
    options = [
        Option(["--desk"], metavar="PATH|URL", help="The desk: its folder, or its database URL."),
        Option(["--ui-language"], metavar="en|vi", help="Language of messages."),
        Option(["--quiet"], is_flag=True, help="Say nothing but data and errors."),
        Option(["--no-progress"], is_flag=True, help="Show no progress bar."),
    ]
    if with_json:
        options.insert(0, Option(["--json"], is_flag=True, help="Print data as JSON."))
    return list(options)


FIRST_SESSION = ("factdesk init my-desk", "cd my-desk", "factdesk import feed.json", 'factdesk match "message"')

SHARED = ("desk", "ui_language", "quiet", "no_progress", "json", "person")


class Command(click.Command):
    """A command: its parameters, the shared ones, and `examples`, each a line as a person would type it.

    One that `acts` changes the record, and is told who does.
    """

    def __init__(self, *args: Any, examples: Sequence[str] = (), acts: bool = False, **attrs: Any) -> None:
        super().__init__(*args, **attrs)
        self.examples = tuple(examples)
        self.params.extend([person_option()] if acts else [])
        self.params.extend(shared_options(with_json=True))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and say in our own words when there are more words than the command takes."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise UsageError(
                "{command} does not take so many words: {extra}.",
                remedy="Put a message in quotation marks.",
                command=ctx.command_path,
                extra=" ".join(left),
            )
        return left

    def invoke(self, ctx: click.Context) -> Any:
        """Call the function with the `Call` of this run in front of its own parameters."""
        own = {name: ctx.params.pop(name, None) for name in SHARED}
        root = ctx.find_root().params
        language, say = speech(ctx)
        ctx.params["call"] = Call(
            say=say,
            language=language,
            desk=own["desk"] or root.get("desk"),
            json=bool(own["json"]),
            quiet=bool(own["quiet"] or root.get("quiet")),
            no_progress=bool(own["no_progress"] or root.get("no_progress")),
            person=own["person"] or "",
        )
        return super().invoke(ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Usage, what it does, its words, its options, its subcommands, examples."""
        say = speech(ctx)[1]
        _usage(self, ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(say(self.help or ""))
        _section(formatter, say("Words"), _records(self, ctx, words=True))
        below = [f"{ctx.info_name} {name}" for name in subcommands(ctx.info_name or "")]
        _section(formatter, say("See also"), [(f"factdesk {name}", _short(name, say)) for name in below])
        _section(formatter, say("Options"), _records(self, ctx, words=False))
        with formatter.section(say("Example")):
            for line in self.examples:
                formatter.write(" " * formatter.current_indent + line + "\n")


class Root(click.Group):
    """`factdesk` itself: finds the command that was meant, and lists all of them."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.params.append(Option(["--version"], is_flag=True, help="Print the version."))
        self.params.extend(shared_options(with_json=False))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, in the order in which a desk meets them."""
        return [name for name in COMMANDS if " " not in name]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """A command by its name."""
        return load(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was meant, a subcommand under its full name."""
        found = resolve(args)
        if found is None:
            raise click.NoSuchCommand(args[0], possibilities=self.list_commands(ctx), ctx=ctx)
        return found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What factdesk is, its commands, its options, a first session."""
        say = speech(ctx)[1]
        _usage(self, ctx, formatter)
        formatter.write_paragraph()
        formatter.write_text(say(self.help or ""))
        _section(formatter, say("Commands"), [(name, _short(name, say)) for name in self.list_commands(ctx)])
        _section(formatter, say("Options"), _records(self, ctx, words=False))
        with formatter.section(say("Example")):
            for line in FIRST_SESSION:
                formatter.write(" " * formatter.current_indent + line + "\n")


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    say = speech(ctx)[1]
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("Usage:") + " ")


def _records(command: click.Command, ctx: click.Context, *, words: bool) -> list[tuple[str, str]]:
    """The help of a command's arguments (`words`) or options."""
    say = speech(ctx)[1]
    found = [
        param.get_help_record(ctx) for param in command.get_params(ctx) if isinstance(param, click.Argument) == words
    ]
    # click's own --help is among them, in English.
    return [(names, say("Show this help.") if names == "--help" else text) for names, text in filter(None, found)]


def _section(formatter: click.HelpFormatter, title: str, records: Sequence[tuple[str, str]]) -> None:
    if records:
        with formatter.section(title):
            formatter.write_dl(records)


def _short(name: str, say: Say) -> str:
    """The first sentence of a command's help."""
    command = load(name)
    text = say(command.help or "") if command else ""
    return text.split(". ", 1)[0].removesuffix(".") + "."


def command(
    *,
    help: str,  # noqa: A002 - click's own word
    examples: Sequence[str],
    acts: bool = False,
) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command: called with its `Call` and parameters by name, it may return an exit code."""

    def make(function: Callable[..., Any]) -> Command:
        return click.command(cls=Command, help=help, examples=examples, acts=acts)(function)

    return make
