"""`factdesk audit`."""

from __future__ import annotations

import re

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.errors import IntegrityError, UsageError


@command(
    help="Verify the event log from its first entry to its last. With everything that it sealed. The first broken link "
    "is named; the exit code is then 1.",
    examples=("factdesk audit", "factdesk audit --against 42:9f2c…"),
)
@option("--against", metavar="HEAD", help="A head that was kept: only it can tell that the end of the log was cut off.")
def audit(call: Call, against: str | None) -> None:
    """Verify the chain of events. Raises `IntegrityError` at its first broken link."""
    head = head_from(against) if against is not None else None
    from factdesk.queries.audit import audit as verify

    with call.record() as record:
        result = verify(record, head)
    if call.json:
        call.print_json(result)
    if result.broken is not None:
        raise IntegrityError(
            "The event log is broken: event {seq} {reason}.",
            remedy="Keep this desk as it is, and compare it with a backup.",
            seq=result.broken.seq,
            reason=call.say(result.broken.reason),
        )
    if not call.json:
        call.print(call.say("{events} events, every link holds.", events=f"{result.events:,}"))
        call.print(call.say("Head: {head}", head="{}:{}".format(*result.head)))


def head_from(text: str) -> tuple[int, str]:
    """A head as `audit` prints it. Raises `UsageError` when it is none."""
    found = re.fullmatch(r"(\d{1,17}):([0-9a-f]{64})", text.strip().lower())
    if found is None:
        raise UsageError(
            "{value} is no head.", remedy="It looks like 42:9f2c…, as factdesk audit prints it.", value=text
        )
    return int(found[1]), found[2]
