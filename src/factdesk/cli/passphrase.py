"""The passphrase of a private key: from a file, from `FACTDESK_PASSPHRASE`, or typed unseen. Never an argument, which
other programs could see."""

from __future__ import annotations

import os
import stat
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factdesk.cli.call import Call
from factdesk.errors import InputError, UsageError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from factdesk.signing.keys import PrivateKey

VARIABLE = "FACTDESK_PASSPHRASE"
MOST_BYTES = 4_096
TRIES = 3


def ask_passphrase(call: Call, *, new: bool, name: str, file: str = "") -> str:
    """The passphrase of a person's key. `new`: it shall lock a key, so it must not be easy, and is typed twice.

    Raises `UsageError` where nobody can be asked, `InputError` for a file that is no passphrase, `RefusedError` for a
    new one that is too easy.
    """
    given = _from_file(call, file) if file else os.environ.get(VARIABLE, "")
    if given and new:
        _check(given)
    return given or (_typed_anew(call, name) if new else _typed(call.say("Passphrase of {name}'s key: ", name=name)))


def own_key(call: Call, session: Session, name: str, *, key: str = "", file: str = "") -> PrivateKey:
    """A person's own key, opened: the one of a fingerprint, else the one the desk knows as in use.

    Raises as `ask_passphrase`, `signing.keyring.find_key` and `open_key` do.
    """
    from factdesk.signing.keyring import find_key, keys_dir, open_key
    from factdesk.store.people import keys_of

    active = [each.key for each in keys_of(session, name) if each.key.revoked is None]
    found = find_key(keys_dir(), key or (active[0].fingerprint if active else name))
    return open_key(found, ask_passphrase(call, new=False, name=name, file=file))


def _from_file(call: Call, name: str) -> str:
    """The one line of a file, without its end. It may be a pipe: `--passphrase-file <(a program that knows it)`."""
    with Path(name).open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
        mode = os.fstat(stream.fileno()).st_mode
    if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
        call.warn("Note: others on this machine may read {file}; take that right from them (chmod 600).", file=name)
    try:
        text = data.decode("utf-8-sig").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        text = ""
    if not text or "\n" in text or len(data) > MOST_BYTES:
        raise InputError(
            "The passphrase's file must hold one line of text, and nothing else.",
            place=name,
            remedy="Write the passphrase into it, in UTF-8.",
        )
    return text


def _typed_anew(call: Call, name: str) -> str:
    """A new passphrase, typed twice; asked for again while it is too easy or not the same."""
    from factdesk.errors import RefusedError
    from factdesk.wording import describe

    for left in reversed(range(TRIES)):
        typed = _typed(call.say("New passphrase for {name}'s key: ", name=name))
        try:
            _check(typed)
        except RefusedError as error:
            if not left:
                raise
            print(describe(error, call.say), file=sys.stderr)
            continue
        if _same(typed, _typed(call.say("Once more: "))):
            return typed
        call.warn("The two are not the same.")
    raise InputError("No passphrase was typed twice alike.", remedy="Run the command again.")


def _typed(prompt: str) -> str:
    """What a person types without seeing it. Raises `UsageError` where there is no terminal."""
    import getpass

    try:
        if os.name == "nt" and not sys.stdin.isatty():
            raise getpass.GetPassWarning
        with warnings.catch_warnings():
            # Without a terminal it would warn, and show what is typed.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except getpass.GetPassWarning as error:
        raise UsageError(
            "There is no terminal to ask for the passphrase.",
            remedy="Name a file that holds it with --passphrase-file, or set FACTDESK_PASSPHRASE.",
        ) from error
    except EOFError as error:
        # End of input instead of an answer, as Ctrl-C.
        raise click.Abort from error


def _check(passphrase: str) -> None:
    from factdesk.signing.passphrases import check_passphrase

    check_passphrase(passphrase)


def _same(one: str, other: str) -> bool:
    from factdesk.signing.passphrases import composed

    return composed(one) == composed(other)
