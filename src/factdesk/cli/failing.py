"""From what goes wrong to one sentence and an exit code. No traceback reaches a person who did not ask for one.

Exit codes: those of `factdesk.errors`, and `STOPPED`, `PIPE_CLOSED`, `UNEXPECTED` below. Finding nothing is 0.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable

import click

from factdesk.cli.usage import in_our_words
from factdesk.errors import DeskReadOnlyError, FactdeskError, InputError, ResourceError
from factdesk.wording import Say, describe

STOPPED = 130
"""Stopped by the person (128 + SIGINT)."""

PIPE_CLOSED = 141
"""Who read the output has closed it (128 + SIGPIPE)."""

UNEXPECTED = 70
"""A mistake in factdesk (EX_SOFTWARE of sysexits.h)."""

KEPT = "Something went wrong in factdesk itself ({kind}). What is needed to mend it is in {file}."


def guarded(work: Callable[[], int], say: Say, desk: str | None = None) -> int:
    """Run a command and answer with its exit code, whatever happens in it."""
    try:
        code = work()
        sys.stdout.flush()
    except click.ClickException as error:
        return _tell(in_our_words(error), say)
    except FactdeskError as error:
        return _tell(error, say)
    except (KeyboardInterrupt, click.Abort):
        _print(say("Stopped. Nothing that was written is lost; the same command again goes on from there."))
        return STOPPED
    except BrokenPipeError:
        _abandon_stdout()
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001
        # Whatever this is, the person gets a sentence and we get the traceback.
        known = known_cause(error)
        return _tell(known, say) if known else _unexpected(error, say, desk)
    return code


def known_cause(error: BaseException) -> FactdeskError | None:
    """The machine's own refusals as ours: no room, no memory, no right to write, no such file."""
    if isinstance(error, MemoryError):
        return ResourceError(
            "The machine has too little memory for this.", remedy="Close other programs, or give it smaller files."
        )
    if not isinstance(error, OSError):
        return None
    place = str(error.filename or "")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ResourceError(
            "There is no room left on the disk.",
            place=place,
            remedy="Make room and run the command again; nothing written is lost.",
        )
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return DeskReadOnlyError(
            "You may not read or write here.", place=place, remedy="Ask for the right to, or choose another place."
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR):
        return InputError("There is no such file.", place=place, remedy="Look at its name and folder again.")
    return None


def _tell(error: FactdeskError, say: Say) -> int:
    _show(error)
    _print(describe(error, say))
    return error.exit_code


def _print(sentence: str) -> None:
    try:
        print(f"factdesk: {sentence}", file=sys.stderr)
    except OSError:
        # Standard error is closed too: there is nobody left to tell.
        return


def _abandon_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush has nobody to fail at."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _unexpected(error: Exception, say: Say, desk: str | None) -> int:
    from factdesk.cli.crash import keep_traceback

    _show(error)
    place = keep_traceback(error, desk)
    kind = type(error).__name__
    if place is None:
        _print(
            say("Something went wrong in factdesk itself ({kind}); with FACTDESK_DEBUG=1 it shows where.", kind=kind)
        )
    else:
        _print(say(KEPT, kind=kind, file=place))
    return UNEXPECTED


def _show(error: BaseException) -> None:
    """The traceback, for those who asked for it."""
    if os.environ.get("FACTDESK_DEBUG"):
        import traceback

        traceback.print_exception(error)
