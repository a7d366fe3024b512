"""`factdesk audit`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command
from factdesk.errors import IntegrityError


@command(
    help="Verify the event log from its first entry to its last. The first broken link is named; "
    "the exit code is then 1.",
    examples=("factdesk audit", "factdesk audit --json"),
)
def audit(call: Call) -> None:
    """Verify the chain of events. Raises `IntegrityError` at its first broken link."""
    from factdesk.queries.audit import audit as verify

    with call.open() as desk:
        result = verify(desk.record)
    seq, digest = result.head
    if call.json:
        call.print_json(result)
    if result.broken is not None:
        raise IntegrityError(
            "The event log is broken at event {seq}: it {reason}.",
            remedy="Keep this desk as it is, and compare it with a backup.",
            seq=result.broken.seq,
            reason=call.say(result.broken.reason),
        )
    if not call.json:
        call.print(call.say("{events} events, every link holds.", events=f"{result.events:,}"))
        call.print(call.say("Head: {seq} {digest}", seq=seq, digest=digest))
