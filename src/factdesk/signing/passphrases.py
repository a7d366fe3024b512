"""Passphrases: what they must have at least, and how they become bytes."""

from __future__ import annotations

import unicodedata

from factdesk.errors import InputError, RefusedError

LEAST_CHARACTERS = 12
LEAST_DIFFERENT = 5
"""Who steals the file may guess for as long as they like. At one guess in 0.4 s of a core and 128 MB, twelve letters
chosen at random (2**56) are out of reach; eight (2**37) are not. The different ones keep out `aaaaaaaaaaaa`."""


def check_passphrase(passphrase: str) -> None:
    """Raises `RefusedError` for a passphrase that is too easily guessed to lock a key with."""
    text = composed(passphrase)
    if len(text) < LEAST_CHARACTERS or len(set(text)) < LEAST_DIFFERENT:
        raise RefusedError(
            "A passphrase needs at least {least} characters, {different} of them different: who gets hold of the file "
            "may guess as long as they like.",
            remedy="Take four or more words that do not belong together.",
            least=LEAST_CHARACTERS,
            different=LEAST_DIFFERENT,
        )


def composed(passphrase: str) -> str:
    """A passphrase with its letters composed: input methods differ in whether ế is one character, two, or three.

    Raises `InputError` for what is no text.
    """
    try:
        passphrase.encode()
    except UnicodeEncodeError as error:
        raise InputError("The passphrase is not text.", remedy="Write it in UTF-8.") from error
    return unicodedata.normalize("NFC", passphrase)
