"""What click finds wrong with a command line, in our words."""

from __future__ import annotations

import click

from factdesk.errors import UsageError


def in_our_words(error: click.ClickException) -> UsageError:
    """A click error as ours, with the way to the command's help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if isinstance(context, click.Context) else "factdesk"
    meant = ", ".join(getattr(error, "possibilities", None) or ())
    if isinstance(error, click.NoSuchCommand):
        template = "There is no command {name}."
        name = error.command_name
    elif isinstance(error, click.NoSuchOption):
        template, name = "There is no option {name}.", error.option_name
    elif isinstance(error, click.MissingParameter):
        template, name = "{name} is missing.", _name(error)
    elif isinstance(error, click.BadOptionUsage):
        template, name = "The option {name} is not used in this way.", error.option_name
    elif isinstance(error, click.BadParameter):
        template, name = "{name} cannot take that value.", _name(error)
    else:
        template, name = "The command is not complete.", ""
    remedy = "Did you mean {meant}?" if meant else "See: {command} --help"
    return UsageError(template, remedy=remedy, name=name, meant=meant, command=command)


def _name(error: click.BadParameter) -> str:
    """The parameter as its user knows it."""
    if error.param is None:
        return "?"
    if isinstance(error.param, click.Option):
        return error.param.opts[-1]
    return error.param.make_metavar(error.ctx) if error.ctx else error.param.human_readable_name.upper()
