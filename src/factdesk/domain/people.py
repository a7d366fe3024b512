"""The people of a desk. Those outside it are not recorded (DESIGN §1.7)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from factdesk.domain.events import canonical_payload
from factdesk.domain.workflow import ROLES, Role

RESERVED = frozenset({"watch", "desk"})
"""What the log calls the desk when it acts by itself: nobody is called so."""

_NAME = re.compile(r"[^\W_][\w.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the desk. `name` is how they are called in commands and in the log, in lower case and
    never given to anybody else; `shown` is what readers see."""

    name: str
    shown: str
    role: Role
    disabled: bool = False

    def content(self) -> str:
        """The person as canonical JSON."""
        return canonical_payload({key: value for key, value in asdict(self).items() if value is not False})


def person_from(data: Mapping[str, Any]) -> Person:
    """The person that `content` wrote, as parsed JSON. Raises `ValueError`, `TypeError` or `KeyError` otherwise."""
    person = Person(**data)
    if person.role not in ROLES or not person.name or name_of(person.name) != person.name:
        raise ValueError("no person")
    return person


def folded(shown: str) -> str:
    """A name that readers see, as it is compared: however its letters are composed, in lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold()).split())


def names(authors: Iterable[str], name: str) -> bool:
    """Whether one of the author fields names somebody: alone, or among others (“An & Bình Trần”)."""
    wanted = folded(name)
    found = re.compile(rf"(?<![\w.-]){re.escape(wanted)}(?![\w-])") if wanted else None
    return found is not None and any(found.search(folded(each)) for each in authors)


def name_of(given: str) -> str:
    """A name as it is kept: composed, in lower case; empty for what cannot be one."""
    name = unicodedata.normalize("NFC", given.strip()).casefold()
    return name if _NAME.fullmatch(name) else ""
