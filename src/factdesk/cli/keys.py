"""`factdesk key`: a person's own key, and the fingerprints that a reader pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.passphrase import ask_passphrase
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import OneOf
from factdesk.domain.keys import REASONS, Why, shown_fingerprint
from factdesk.errors import FactdeskError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from factdesk.domain.keys import PublicKey
    from factdesk.store.people import StoredKey

HALF = 39
"""Columns of half a fingerprint in groups of four."""

WHY = {"rotated": "exchanged for another", "lost": "lost", "compromised": "compromised"}


@command(
    help="Make your key, with which you sign what others wrote. It is made on this machine and locked with your "
    "passphrase; the desk gets to know only its public half.",
    acts=True,
    examples=("factdesk key new --as an", "factdesk key new --as an --passphrase-file passphrase.txt"),
)
@option("--passphrase-file", default="", metavar="FILE", help="A file that holds the passphrase.")
def new(call: Call, passphrase_file: str) -> None:
    """Make a key."""
    _make(call, passphrase_file, rotate=False)


@command(
    help="Exchange your key for a new one. What the old one signed stays signed; from now on the new one signs.",
    acts=True,
    examples=("factdesk key rotate --as an",),
)
@option("--passphrase-file", default="", metavar="FILE", help="A file that holds the passphrase.")
def rotate(call: Call, passphrase_file: str) -> None:
    """Exchange a key."""
    _make(call, passphrase_file, rotate=True)


def _make(call: Call, file: str, *, rotate: bool) -> None:
    """A key in the person's folder first, then known to the desk; where the desk refuses it, no file stays."""
    from factdesk.actions.keys import proof_digest, register_key
    from factdesk.actions.permit import permitted
    from factdesk.signing.keyring import check_outside, keys_dir, put_key
    from factdesk.signing.keys import locked, new_key
    from factdesk.signing.sign import sign

    with call.record(writable=True) as record:
        folder = keys_dir()
        check_outside(folder)
        with record.read() as session:
            name = permitted(session, call.actor(), "key.register").name
        passphrase = ask_passphrase(call, new=True, name=name, file=file)
        key = new_key()
        kept = put_key(folder, name, locked(key, passphrase))
        try:
            proof = sign(key, proof_digest(name, key.public))
            stored = register_key(record, key.public, proof, rotate=rotate, actor=name)
        except FactdeskError:
            kept.path.unlink(missing_ok=True)
            raise
    _say_made(call, stored, kept.path)


def _say_made(call: Call, stored: StoredKey, path: Path) -> None:
    if call.json:
        call.print_json(_row(stored.key) | {"file": path})
        return
    # On one line where it fits, to be copied whole.
    for line in wrap(shown_fingerprint(stored.key.fingerprint), call.out.width):
        call.print(line)
    call.talk("The key is in {file}. Keep a copy of it and of the passphrase where only you get at it.", file=path)
    call.talk("Readers who pin this fingerprint can check what you sign: publish it where they know you.")


@command(
    help="Show your key and its fingerprint, which readers pin. With --all, everybody's.",
    acts=True,
    examples=("factdesk key show --as an", "factdesk key show --all"),
)
@option("--all", "everyone", is_flag=True, help="The keys of everybody, also those that were given up.")
def show(call: Call, everyone: bool) -> None:
    """Show keys."""
    from factdesk.actions.people import person_named
    from factdesk.store.people import keys_of

    with call.record() as record, record.read() as session:
        name = None if everyone else person_named(session, call.actor()).person.name
        keys = [each.key for each in keys_of(session, name)]
    shown = keys if everyone else [key for key in keys if key.revoked is None]
    if call.json:
        call.print_json([_row(key) for key in shown])
        return
    for key in shown:
        call.print(f"{call.out.style(visible(key.person), 'bold')} · {_state(call, key)}")
        for line in _in_lines(call, key.fingerprint):
            call.print(line)
    if not shown:
        call.talk("There is no key yet." if everyone else "You have no key. Make one with: factdesk key new")


@command(
    help="Give a key up: it signs nothing more. Only where it was compromised is what it signed before doubted.",
    acts=True,
    examples=("factdesk key revoke 3f2a91c07d5e --why lost --as an",),
)
@argument("fingerprint", help="The key's fingerprint, or its beginning.")
@option("--why", type=OneOf(REASONS), required=True, help="rotated, lost or compromised.")
def revoke(call: Call, fingerprint: str, why: Why) -> None:
    """Give a key up."""
    from factdesk.actions.keys import revoke_key

    with call.record(writable=True) as record:
        stored = revoke_key(record, fingerprint, why, actor=call.actor())
    if call.json:
        call.print_json(_row(stored.key))
    else:
        call.print(f"{visible(stored.key.person)} · {stored.key.fingerprint[:16]} · {_state(call, stored.key)}")


@command(
    help="Pin a fingerprint: signatures of that key count for you when you verify. Needs no desk.",
    examples=('factdesk key pin "3f2a 91c0 …" "An, City Library"', "factdesk key pin --list"),
)
@argument("fingerprint", required=False, help="The fingerprint, as the desk's people publish it.")
@argument("name", required=False, help="Whose key it is, in your words.")
@option("--remove", is_flag=True, help="Take the fingerprint off.")
@option("--list", "listing", is_flag=True, help="List what is pinned.")
def pin(call: Call, fingerprint: str | None, name: str | None, remove: bool, listing: bool) -> None:
    """Pin a key, or list what is pinned."""
    from factdesk.signing.pins import add_pin, load_pins, pins_file, remove_pin

    path = pins_file()
    if remove and not fingerprint:
        raise UsageError(
            "It is not said which fingerprint to take off.", remedy="See them with: factdesk key pin --list"
        )
    if fingerprint and not listing:
        done = remove_pin(path, fingerprint) if remove else add_pin(path, fingerprint, name or "")
        if not done:
            call.talk("This fingerprint is not pinned." if remove else "Nothing has changed.")
    pins = load_pins(path)
    if call.json:
        call.print_json([{"fingerprint": own, "name": said} for own, said in pins.items()])
        return
    for own, said in pins.items():
        call.print(call.out.style(visible(said), "bold"))
        for line in _in_lines(call, own):
            call.print(line)
    if not pins:
        call.talk("No fingerprint is pinned. Pin one with: factdesk key pin FINGERPRINT NAME")


def _in_lines(call: Call, fingerprint: str) -> list[str]:
    """A fingerprint in two lines, or in more where they do not fit: short lines are easier to compare."""
    return [f"    {line}" for line in wrap(shown_fingerprint(fingerprint), min(HALF, call.out.width - 4))]


def _row(key: PublicKey) -> dict[str, Any]:
    return {
        "person": key.person,
        "fingerprint": key.fingerprint,
        "public": key.public,
        "time": key.time,
        "revoked": key.revoked,
        "why": key.why,
    }


def _state(call: Call, key: PublicKey) -> str:
    if key.revoked is None:
        return call.say("in use since {day}", day=key.time.date().isoformat())
    return call.say("given up on {day}: {why}", day=key.revoked.date().isoformat(), why=call.say(WHY[key.why]))
