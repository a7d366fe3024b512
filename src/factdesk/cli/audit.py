"""`factdesk audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.cli.kept import COMPARE, Kept, kept_heads, why_unsound
from factdesk.cli.plain import plain
from factdesk.domain.heads import shown_head
from factdesk.errors import IntegrityError, UsageError

if TYPE_CHECKING:
    from factdesk.store.chain import AuditResult


@command(
    help="Verify the event log from its first entry to its last. With everything that it sealed. The first broken link "
    "is named; the exit code is then 1.",
    examples=(
        "factdesk audit",
        "factdesk audit --against 42:9f2c…",
        "factdesk audit --against heads.json",
        "factdesk audit --against https://desk.example.org",
    ),
)
@option(
    "--against",
    metavar="HEAD|FILE|SITE",
    help="A head that was kept, a kept data/heads.json, or a site's folder or address: only they can tell that the end "
    "of the log was cut off.",
)
@option("--allow-private", is_flag=True, help="Fetch a site from a private network too.")
def audit(call: Call, against: str | None, allow_private: bool) -> None:
    """Verify the chain of events. Raises `IntegrityError` at its first broken link."""
    if allow_private and (against is None or "://" not in against):
        raise UsageError("{option} goes with a site.", option="--allow-private")
    kept = kept_heads(against, allow_private=allow_private) if against is not None else Kept()
    from factdesk.queries.audit import audit as verify

    with call.record() as record:
        result = verify(record, kept.heads)
    if call.json:
        call.print_json({**plain(result), "against": len(kept.heads)})
    _raise_broken(call, result, kept)
    if not call.json:
        call.print(call.say("{events} events, every link holds.", events=f"{result.events:,}"))
        if len(kept.heads) > 1:
            call.print(call.say("It went through all {count} heads that were kept.", count=len(kept.heads)))
        call.print(call.say("Head: {head}", head=shown_head(result.head)))


def _raise_broken(call: Call, result: AuditResult, kept: Kept) -> None:
    """Raises `IntegrityError` for what is wrong with the log, else for what is wrong with the heads."""
    if result.broken is not None:
        raise IntegrityError(
            "The event log is broken: event {seq} {reason}.",
            remedy="Keep this desk as it is, and compare it with a backup.",
            seq=result.broken.seq,
            reason=call.say(result.broken.reason),
        )
    if kept.wrong is not None:
        raise IntegrityError(
            "The log holds, and the heads that were kept are not sound. {why}",
            place=kept.wrong.subject,
            remedy=COMPARE,
            why=why_unsound(call, kept.wrong),
        )
