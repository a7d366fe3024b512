"""Who works at a desk: the first is its admin, a name is given once, somebody stays who can let others in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from factdesk.actions.people import add_person, disable_person, set_role
from factdesk.domain.people import Person
from factdesk.errors import FactdeskError, InputError, NotFoundError, RefusedError
from factdesk.queries.desk import Desk
from factdesk.store.chain import verify
from factdesk.store.events import read_events
from factdesk.store.people import all_people, find_person
from factdesk.store.record import Record


def people(record: Record) -> list[Person]:
    with record.read() as session:
        return [each.person for each in all_people(session)]


def refused(record: Record, act: Callable[[], Any], kind: type[FactdeskError] = RefusedError) -> str:
    """The message of a refusal that wrote nothing and says what to do."""
    before = record.head()
    with pytest.raises(kind) as raised:
        act()
    assert record.head() == before
    assert raised.value.remedy
    return str(raised.value)


def test_the_first_is_admin_whoever_asks(record: Record) -> None:
    added = add_person(record, " Dung ", shown="Dung  Lê", role="contributor", actor="root")
    assert added.person == Person("dung", "Dung Lê", "admin")
    with record.read() as session:
        (event,) = read_events(session)
        assert (event.actor, event.action, event.subject) == ("dung", "people.add", f"person:{added.id}")
        assert verify(session).broken is None


def test_nobody_else_comes_in_without_an_admin(record: Record) -> None:
    add_person(record, "dung", actor="dung")
    add_person(record, "chi", role="editor", actor="dung")
    for actor in ("chi", "nobody", ""):
        refused(record, lambda actor=actor: add_person(record, "friend", role="admin", actor=actor))  # type: ignore[misc]
    assert [each.name for each in people(record)] == ["dung", "chi"]


def test_a_name_is_given_once_however_it_is_written(record: Record) -> None:
    add_person(record, "dung", actor="dung")
    add_person(record, "Hà", actor="dung")
    disable_person(record, "hà", actor="dung")
    for again in ("hà", "HÀ", "ha\u0300", " Hà "):
        assert "given once" in refused(record, lambda again=again: add_person(record, again, actor="dung"))  # type: ignore[misc]
    add_person(record, "ha", actor="dung")


@pytest.mark.parametrize("name", ["", " ", "a b", "-a", ".a", "_a", "a/b", "a\n", "a\x00b", "x" * 41, "“a”"])
def test_what_cannot_be_a_name(sqlite_record: Record, name: str) -> None:
    if name == "a\n":
        assert add_person(sqlite_record, name, actor="x").person.name == "a"
        return
    refused(sqlite_record, lambda: add_person(sqlite_record, name, actor="x"), InputError)


def test_there_is_no_other_role(sqlite_record: Record) -> None:
    refused(sqlite_record, lambda: add_person(sqlite_record, "a", role="owner", actor="a"), InputError)  # type: ignore[arg-type]


def test_a_role_changes_and_brings_back_who_left(record: Record) -> None:
    add_person(record, "dung", actor="dung")
    add_person(record, "em", actor="dung")
    disable_person(record, "em", actor="DUNG")
    assert people(record)[1].disabled
    set_role(record, "EM", "editor", actor="Dung")
    assert people(record)[1] == Person("em", "em", "editor")
    before = record.head()
    set_role(record, "em", "editor", actor="dung")
    assert record.head() == before
    with record.read() as session:
        assert {event.actor for event in read_events(session)} == {"dung"}
        assert find_person(session, "em") == all_people(session)[1]
        assert verify(session).broken is None


def test_the_last_admin_stays(record: Record) -> None:
    add_person(record, "dung", actor="dung")
    refused(record, lambda: disable_person(record, "dung", actor="dung"))
    refused(record, lambda: set_role(record, "dung", "editor", actor="dung"))
    add_person(record, "lan", role="admin", actor="dung")
    set_role(record, "dung", "editor", actor="dung")
    refused(record, lambda: disable_person(record, "lan", actor="lan"))
    refused(record, lambda: disable_person(record, "lan", actor="dung"))


def test_who_left_does_nothing_more(newsroom: Desk) -> None:
    assert "does not work" in refused(newsroom.record, lambda: add_person(newsroom.record, "x", actor="em"))
    refused(newsroom.record, lambda: disable_person(newsroom.record, "who", actor="dung"), NotFoundError)


@pytest.mark.parametrize("name", ["watch", "desk", "Watch"])
def test_nobody_is_called_as_the_desk_is_when_it_acts_by_itself(record: Record, name: str) -> None:
    add_person(record, "an", actor="root")
    assert "a name is given once" in refused(record, lambda: add_person(record, name, actor="an"))
