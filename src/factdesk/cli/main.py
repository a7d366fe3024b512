"""Where `factdesk` starts: streams, language, then the command."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Sequence

import click

from factdesk import __version__
from factdesk.cli.command import Root
from factdesk.cli.failing import guarded
from factdesk.errors import UsageError
from factdesk.wording import LANGUAGES, sayer, ui_language


@click.group(
    cls=Root,
    name="factdesk",
    invoke_without_command=True,
    help="The workshop of a fact-checking desk. Paste a message, see whether someone has already checked it, and why.",
)
@click.pass_context
def root(ctx: click.Context, /, version: bool, **_: object) -> None:
    """`factdesk` without a command: its version, or its help."""
    if version:
        click.echo(f"factdesk {__version__}")
        ctx.exit()
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def run() -> None:
    """The console script."""
    # Hardly anything that is made while starting is garbage: looking for it took a tenth of the time to an answer.
    gc.set_threshold(100_000, 20, 20)
    sys.exit(main([_utf8(word) for word in sys.argv[1:]]))


def main(args: Sequence[str]) -> int:
    """Run a command line and answer with its exit code."""
    _speak_utf8()
    language = ui_language(value_of("--ui-language", args))
    return guarded(lambda: _dispatch(args, language), sayer(language), value_of("--desk", args))


def _dispatch(args: Sequence[str], language: str) -> int:
    asked = value_of("--ui-language", args)
    if asked is not None and asked not in LANGUAGES:
        raise UsageError(
            "{name} takes one of {words}, not {value}.", name="--ui-language", words=", ".join(LANGUAGES), value=asked
        )
    try:
        # Not `root.main`: it would turn a closed pipe and Ctrl-C into exits of its own.
        with root.make_context("factdesk", list(args), obj=language) as context:
            code = root.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return code if isinstance(code, int) else 0


def value_of(option: str, args: Sequence[str]) -> str | None:
    """What an option is given before `--`, wherever it stands: parsing already has to speak a language."""
    value = None
    for place, word in enumerate(args):
        if word == "--":
            break
        if word == option and place + 1 < len(args):
            value = args[place + 1]
        elif word.startswith(option + "="):
            value = word.partition("=")[2]
    return value


def _speak_utf8() -> None:
    """UTF-8 on every stream, whatever the locale. What has none (a lone surrogate) goes out as JSON escapes it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _utf8(word: str) -> str:
    """An argument as UTF-8, where a POSIX locale made Python read it as something else."""
    return word if os.name == "nt" else os.fsencode(word).decode("utf-8", "surrogateescape")


if __name__ == "__main__":
    run()
