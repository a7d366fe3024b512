"""`factdesk people`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.terminal import visible
from factdesk.cli.types import OneOf
from factdesk.domain.workflow import ROLES, Role

if TYPE_CHECKING:
    from factdesk.store.people import StoredPerson

ROLE_NAMES = {"contributor": "contributor", "reviewer": "reviewer", "editor": "editor", "admin": "admin"}
"""Templates: a role is said in the reader's language."""


@command(
    help="List the people of the desk. Each has a role: a contributor writes, a reviewer also signs what others wrote, "
    "an editor also publishes, an admin also adds people.",
    examples=("factdesk people", "factdesk people list --json"),
)
def list_(call: Call) -> None:
    """List people."""
    from factdesk.store.people import all_people, keys_of

    with call.record() as record, record.read() as session:
        people = all_people(session)
        keys = {key.key.person: key.key.fingerprint for key in keys_of(session) if key.key.revoked is None}
    if call.json:
        call.print_json([_row(each) | {"key": keys.get(each.person.name, "")} for each in people])
        return
    for each in people:
        call.print(_line(call, each))
        if each.person.name in keys:
            call.print(f"    {call.say('key {fingerprint}', fingerprint=keys[each.person.name][:16])}")
    if not people:
        call.talk("Nobody works at this desk yet. Add yourself with: factdesk people add NAME")


@command(
    help="Add somebody to the desk. The first person is its admin; later ones are added by an admin. A name is given "
    "once: also who leaves keeps theirs.",
    acts=True,
    examples=('factdesk people add an --shown "An Nguyễn"', "factdesk people add binh --role reviewer --as an"),
)
@argument("name", help="How they are called in commands: letters, digits, dots, hyphens.")
@option("--shown", default="", metavar="NAME", help="The name that readers see.")
@option("--role", type=OneOf(ROLES), default="contributor", help="contributor, reviewer, editor or admin.")
def add(call: Call, name: str, shown: str, role: Role) -> None:
    """Add somebody."""
    from factdesk.actions.people import add_person

    with call.record(writable=True) as record:
        stored = add_person(record, name, shown=shown, role=role, actor=call.actor())
    _say(call, stored)
    if stored.person.role != role:
        call.talk("The first person of a desk is its admin. Add another one to give that away.")


@command(
    help="Give somebody another role, which also brings back one who left.",
    acts=True,
    examples=("factdesk people role binh editor --as an",),
)
@argument("name", help="The person.")
@argument("role", type=OneOf(ROLES), help="contributor, reviewer, editor or admin.")
def role(call: Call, name: str, role: Role) -> None:
    """Give somebody a role."""
    from factdesk.actions.people import set_role

    with call.record(writable=True) as record:
        _say(call, set_role(record, name, role, actor=call.actor()))


@command(
    help="Say that somebody does not work here any more. What they did stays; from now on they can do nothing.",
    acts=True,
    examples=("factdesk people disable binh --as an",),
)
@argument("name", help="The person.")
def disable(call: Call, name: str) -> None:
    """Disable somebody."""
    from factdesk.actions.people import disable_person

    with call.record(writable=True) as record:
        _say(call, disable_person(record, name, actor=call.actor()))


def _row(stored: StoredPerson) -> dict[str, Any]:
    person = stored.person
    return {
        "id": stored.id,
        "name": person.name,
        "shown": person.shown,
        "role": person.role,
        "disabled": person.disabled,
    }


def _say(call: Call, stored: StoredPerson) -> None:
    if call.json:
        call.print_json(_row(stored))
    else:
        call.print(_line(call, stored))


def _line(call: Call, stored: StoredPerson) -> str:
    person = stored.person
    role = call.say("left") if person.disabled else call.say(ROLE_NAMES[person.role])
    shown = f" · {visible(person.shown)}" if person.shown and person.shown != person.name else ""
    return f"{call.out.style(visible(person.name), 'bold')}{shown} · {role}"
