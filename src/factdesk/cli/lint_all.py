"""`factdesk lint --all`: every check of the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.wording import describe

if TYPE_CHECKING:
    from factdesk.lint.base import Rule
    from factdesk.lint.report import Linted


def linted_checks(call: Call, rules: Sequence[Rule]) -> tuple[list[Linted], int]:
    """What the rules find in the newest text of each check; one that cannot be read is told of. The exit code of the
    last that could not."""
    from factdesk.queries.desk import Desk
    from factdesk.queries.lint_all import Item, Unread, lint_many
    from factdesk.queries.lint_cache import kept_in
    from factdesk.queries.lint_facts import facts_each
    from factdesk.store.checks import all_heads
    from factdesk.store.items import count_items

    linted: list[Linted] = []
    code = 0
    with (
        Desk.open(call.config(), writable=False, tell=call.warn) as desk,
        desk.record.read() as session,
        kept_in(desk.config.cache_dir, rules) as kept,
        call.progress("Linting") as progress,
    ):
        total = count_items(session, "check")
        items = (Item(head.check, head.source) for head in all_heads(session))
        for done, each in enumerate(lint_many(items, partial(facts_each, desk), rules, kept), 1):
            progress(done, total)
            if isinstance(each, Unread):
                call.warn("{error}", error=describe(each.error, call.say))
                code = each.error.exit_code
            else:
                linted.append(each)
    return linted, code
