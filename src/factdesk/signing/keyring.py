"""A person's private keys as files: one a key, in their own folder, never inside a desk (DESIGN §1.2)."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from factdesk.config import find_desk
from factdesk.domain.keys import fingerprint
from factdesk.domain.people import name_of
from factdesk.errors import FactdeskError, InputError, NotFoundError, RefusedError
from factdesk.signing.envelope import MOST_BYTES
from factdesk.signing.files import OTHERS_MAY_CHANGE, OTHERS_MAY_USE, own_folder, read_small, write_own
from factdesk.signing.fingerprints import beginning_of
from factdesk.signing.keys import PrivateKey, public_in, unlocked

_FILE = re.compile(r"(?P<name>.+)-(?P<start>[0-9a-f]{8})\.key")


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One key in the folder. `public` is what the file says; it is proved when the key is unlocked.

    `exposed`: others on this machine may read or change the file. Such a key is not opened.
    """

    path: Path
    name: str
    public: str
    exposed: bool

    @property
    def fingerprint(self) -> str:
        """What readers pin."""
        return fingerprint(self.public)


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of a folder, by name and fingerprint, and why other `.key` files in it are none."""

    keys: tuple[KeyFile, ...]
    problems: tuple[FactdeskError, ...]


def keys_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Where a person's keys are: `FACTDESK_KEYS_DIR`, or the folder `keys` in their settings."""
    given = env.get("FACTDESK_KEYS_DIR")
    return Path(given) if given else own_folder() / "keys"


def check_outside(folder: Path) -> None:
    """Raises `RefusedError` for a folder in a desk: whoever gets the desk would get the key."""
    # Links are followed; unlike `Path.resolve`, without an error where they go round in circles.
    desk = find_desk(Path(os.path.realpath(folder)))
    if desk is not None:
        raise RefusedError(
            "A private key stays outside every desk, and this folder is inside {desk}.",
            place=str(folder),
            remedy="Name another folder in FACTDESK_KEYS_DIR.",
            desk=str(desk),
        )


def put_key(folder: Path, name: str, data: bytes) -> KeyFile:
    """Write a locked key (`keys.locked`) under a person's name (`name_of`).

    Raises `RefusedError` for a folder that is in a desk or that others may change, or for a key that is there
    already; `InputError` for what is no key, `ValueError` for what is no name.
    """
    if not name or name_of(name) != name:
        raise ValueError("no name")
    public = public_in(data)
    check_outside(folder)
    _check_folder(folder)
    path = folder / f"{name}-{fingerprint(public)[:8]}.key"
    try:
        write_own(path, data, replace=False)
    except FileExistsError as error:
        raise RefusedError(
            "There is a key of this name already, and a key is never overwritten.",
            place=str(path),
            remedy="Make a new key, or move the file away.",
        ) from error
    return KeyFile(path, name, public, False)


def read_keyring(folder: Path) -> Keyring:
    """All keys in a folder; none where there is no folder. Raises `RefusedError` for a folder in a desk."""
    check_outside(folder)
    keys, problems = [], []
    for path in sorted(folder.glob("*.key")) if folder.is_dir() else []:
        try:
            keys.append(_look(path)[0])
        except FactdeskError as error:
            problems.append(error)
    return Keyring(tuple(sorted(keys, key=lambda key: (key.name, key.fingerprint))), tuple(problems))


def find_key(folder: Path, wanted: str) -> KeyFile:
    """The key of a name, or whose fingerprint is or begins with what is wanted (at least 8 digits).

    Raises `NotFoundError`, `InputError` where several fit, `RefusedError` for a folder in a desk.
    """
    start, name = beginning_of(wanted), name_of(wanted)
    ring = read_keyring(folder)
    found = [key for key in ring.keys if (start and key.fingerprint.startswith(start)) or (name and key.name == name)]
    if not found:
        _raise_meant(ring, name, start)
        raise NotFoundError(
            "No key here has the name or fingerprint {wanted}.",
            place=str(folder),
            remedy="Make one with: factdesk key new, or name the folder in FACTDESK_KEYS_DIR.",
            wanted=wanted,
        )
    if len(found) > 1:
        raise InputError(
            "{wanted} may be any of {count} keys: {starts}.",
            place=str(folder),
            remedy="Give the beginning of a fingerprint.",
            wanted=wanted,
            count=len(found),
            starts=", ".join(key.fingerprint[:16] for key in found),
        )
    return found[0]


def _raise_meant(ring: Keyring, name: str, start: str) -> None:
    """Raises what is wrong with the file that seems to be meant, if there is one."""
    for problem in ring.problems:
        file = unicodedata.normalize("NFC", Path(problem.place).name)
        if (name and file.startswith(f"{name}-")) or (start and file.endswith(f"-{start[:8]}.key")):
            raise problem


def open_key(key: KeyFile, passphrase: str) -> PrivateKey:
    """Unlock a key. Raises `InputError` for a wrong passphrase or a damaged file, `RefusedError` for one that others
    may read or that lies in a desk."""
    now, data = _look(key.path)
    if now.exposed:
        raise RefusedError(
            "Others on this machine may read or change this key.",
            place=str(key.path),
            remedy="Take that right from them (chmod 600), and make a new key if someone may have copied it.",
        )
    try:
        return unlocked(data, passphrase)
    except InputError as error:
        error.place = str(key.path)
        raise


def _look(path: Path) -> tuple[KeyFile, bytes]:
    """A key's file as it is now. Raises `InputError`, `RefusedError` for a link into a desk."""
    named = _FILE.fullmatch(unicodedata.normalize("NFC", path.name))
    try:
        check_outside(path)
        data, mode = read_small(path, MOST_BYTES)
        public = public_in(data)
    except OSError as error:
        raise InputError(
            "The key cannot be read: {why}.",
            place=str(path),
            remedy="Look at its name and rights.",
            why=error.strerror or error,
        ) from error
    except InputError as error:
        error.place = str(path)
        raise
    if named is None or name_of(named["name"]) != named["name"] or not fingerprint(public).startswith(named["start"]):
        raise InputError(
            "The file holds another key than its name says.",
            place=str(path),
            remedy="Give it the name NAME-{start}.key, or remove it.",
            start=fingerprint(public)[:8],
        )
    return KeyFile(path, named["name"], public, bool(mode & OTHERS_MAY_USE)), data


def _check_folder(folder: Path) -> None:
    """Raises `InputError` for what is no folder, `RefusedError` for one in which others may exchange files."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError("This is no folder.", place=str(folder), remedy="Name another folder in FACTDESK_KEYS_DIR.")
    if os.name == "posix" and folder.stat().st_mode & OTHERS_MAY_CHANGE:
        raise RefusedError(
            "Others on this machine may change this folder.",
            place=str(folder),
            remedy="Take that right from them (chmod 700), or name another folder in FACTDESK_KEYS_DIR.",
        )
