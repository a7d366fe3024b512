"""What of a tip may lead to a private person: its sender is not kept, nor should be by the way (DESIGN §1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.read import read_draft
from factdesk.lint.rules import fd402_phone, fd403_identity_number, fd405_bank_account, fd407_email_address
from factdesk.queries.prepare import LONGEST

_LOOKED_FOR = {
    "phone": (fd402_phone, "a phone number"),
    "identity": (fd403_identity_number, "an identity number"),
    "account": (fd405_bank_account, "a bank account"),
    "email": (fd407_email_address, "an e-mail address"),
}
# A tip is no Markdown: what would hide a part of it from the rules is none of its markup.
_MARKUP = re.compile(r"[`*_<>\[\]#|\\~^]+")


def private_in(text: str) -> tuple[Reason, ...]:
    """What private data a tip seems to hold, one reason a kind. Their words repeat nothing of it."""
    return tuple(_found(text))


def _found(text: str) -> Iterator[Reason]:
    flat = " ".join(_MARKUP.sub(" ", text[:LONGEST]).split())
    # Nothing that the text begins with is front matter, or a list, behind a word.
    draft = read_draft(f"– {flat}")
    for name, (rule, template) in _LOOKED_FOR.items():
        if any(True for _ in rule.check(draft)):
            yield Reason(name, template)
