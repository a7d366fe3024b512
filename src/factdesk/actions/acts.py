"""What every act on a check shares: who may, whether it can be done where the check stands, sealing what came of it.

All of it in one transaction: whoever acted in the meantime is seen, and nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from factdesk.actions.permit import permitted
from factdesk.domain.checks import CheckNow
from factdesk.domain.ids import short
from factdesk.domain.people import Person
from factdesk.domain.workflow import Action, after, possible
from factdesk.errors import InputError, RefusedError
from factdesk.store.checks import StoredCheck, get_check
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Writer

MOST = 5_000
"""Characters of a reason."""

_NOT_NOW: dict[Action, tuple[str, str]] = {
    "edit": (
        "What is published or withdrawn is not edited.",
        "To mend it, say what is wrong: factdesk check correct {id} --what TEXT --severity minor|substantial|serious",
    ),
    "undo": (
        "Only an edit of a draft can be undone.",
        "A submitted or signed check goes back to its author first: factdesk check return {id} --why TEXT",
    ),
    "submit": (
        "Only a draft, or a published check whose error was named, can be submitted.",
        "See what comes next: factdesk check show {id}",
    ),
    "return": ("Only a submitted or signed check can be returned.", "See where it stands: factdesk check show {id}"),
    "sign": ("Only a submitted check can be signed.", "Its author submits it with: factdesk check submit {id}"),
    "publish": (
        "Only a check that somebody else signed can be published.",
        "A reviewer signs it, once it is submitted, with: factdesk check sign {id}",
    ),
    "reopen": ("Only a published check can be reopened.", "See where it stands: factdesk check show {id}"),
    "correct": ("Only a published check can be corrected.", "A draft is simply edited: factdesk check edit {id}"),
    "withdraw": (
        "Only a published check can be withdrawn, and only from where nobody has signed or submitted anything.",
        "What is under way is returned first: factdesk check return {id} --why TEXT",
    ),
    "keep": ("Only a reopened check can be kept as it was.", "See where it stands: factdesk check show {id}"),
}
"""What to say where an action cannot be done, and how to get there."""


def begin(
    writer: Writer, check: str, action: Action, actor: str, seen: int | None = None
) -> tuple[StoredCheck, Person]:
    """The check as it stands now and who acts, if they may and it can be done. `seen` is the check's version that the
    person decided on. Raises `RefusedError`."""
    person = permitted(writer.session, actor, f"check.{action}")
    stored = get_check(writer.session, check)
    if stored is None:
        raise InputError("The content of {id} was redacted.", id=check)
    refuse_impossible(stored, action)
    if seen is not None and stored.version != seen:
        raise changed_meanwhile(check)
    return stored, person


def refuse_impossible(stored: StoredCheck, action: Action) -> None:
    """Raises `RefusedError` for an action that cannot be done where a check stands. Asked alone before what takes
    long, such as a passphrase; `begin` asks again."""
    if not possible(stored.now.standing, action):
        message, remedy = _NOT_NOW[action]
        own = short(stored.id)
        raise RefusedError(message, place=own, remedy=remedy, id=own)


def changed_meanwhile(check: str) -> RefusedError:
    """What to say where a person decided on a check that is another by now."""
    return RefusedError(
        "Somebody changed the check in the meantime.",
        place=short(check),
        remedy="Look at it again, then decide: factdesk check show {id}",
        id=short(check),
    )


def finish(
    writer: Writer,
    stored: StoredCheck,
    action: Action,
    person: str,
    *,
    actor: str = "",
    facts: Sequence[NewFact] = (),
    why: str = "",
    **changes: Any,
) -> StoredCheck:
    """Seal where the check stands after an action, with the facts that came with it, in one event. `person` did it;
    `actor` let the desk do it, where that was somebody else."""
    standing = after(stored.now.standing, action)
    now = replace(
        stored.now, standing=standing, action=action, person=person, time=writer.now(), why=reason(why), **changes
    )
    fact = NewFact("check", stored.id, now.content())
    event, _ = put_facts(
        writer, [fact, *facts], actor=actor or person, action=f"check.{action}", subject=f"check:{stored.id}"
    )
    return StoredCheck(stored.id, stored.version + 1, event.seq, now)


def found(writer: Writer, own: str, now: CheckNow, revision: NewFact) -> StoredCheck:
    """Seal a check that begins."""
    fact = NewFact("check", own, now.content())
    event, _ = put_facts(writer, [fact, revision], actor=now.person, action="check.new", subject=f"check:{own}")
    return StoredCheck(own, 1, event.seq, now)


def reason(text: str, *, needed: bool = False) -> str:
    """A reason as it is kept. Raises `InputError` for an overlong one, or an empty one where it is `needed`."""
    words = text.strip()
    if needed and not words:
        raise InputError("This needs a reason.", remedy="Give it with --why, in a sentence that readers may see.")
    if len(words) > MOST:
        raise InputError("A reason has at most {most} characters.", most=f"{MOST:,}")
    return words
