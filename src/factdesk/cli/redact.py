"""`factdesk redact`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.errors import UsageError

if TYPE_CHECKING:
    from factdesk.actions.redact import Redacted
    from factdesk.queries.redaction import Going

NAMES = {
    "tip": "versions of a tip",
    "claim": "versions of a claim",
    "person": "versions of a person",
    "check": "steps of a check",
    "revision": "revisions",
    "signoff": "sign-offs",
    "publication": "publications",
    "capture": "captures",
    "citation": "citations",
    "attachment": "attachments",
    "look": "looks at the source",
    "review": "reviews",
    "judgement": "judgements",
    "bytes": "frozen bytes",
}
"""Templates: what goes, by the kind of fact."""

YES = frozenset({"y", "yes", "có", "co", "vâng"})


@command(
    help="Take out for good what must not be kept, such as private data. The event stays and says that something was "
    "redacted, and why: the reason must not hold the private data itself. Only an admin may, and nothing brings it "
    "back. SUBJECT is tip:ID, claim:ID, person:NAME, check:ID with everything of it, check:ID@3 for one revision, "
    "capture:ID with its citations and bytes, citation:ID, review:ID or judgement:ID.",
    acts=True,
    examples=(
        "factdesk redact tip:ID --dry-run",
        'factdesk redact tip:ID --why "It named a private person." --as an',
        'factdesk redact check:ID@3 --why "An address stood in it." --yes --as an',
    ),
)
@argument("subject", help="What is redacted: its kind, a colon, and its id or name.")
@option("--why", default="", metavar="TEXT", help="Why, in a sentence that may be kept for ever: no private data.")
@option("--dry-run", is_flag=True, help="Show what would go, and change nothing.")
@option("--yes", is_flag=True, help="Do not ask.")
def redact(call: Call, subject: str, why: str, dry_run: bool, yes: bool) -> None:
    """Redact something."""
    from factdesk.actions.acts import reason
    from factdesk.actions.redact import plan_redaction
    from factdesk.actions.redact import redact as act

    with call.open(writable=not dry_run) as desk:
        going = plan_redaction(desk, subject, actor=call.actor())
        if not (dry_run or going.empty):
            reason(why, needed=True)
        _show(call, going)
        if dry_run or not (yes or going.empty or _agreed(call)):
            if call.json:
                call.print_json(_row(going))
            else:
                call.talk("Nothing was changed.")
            return
        done = act(desk, going, why=why, actor=call.actor())
    _say(call, done)


def _show(call: Call, going: Going) -> None:
    """What goes and what does not, before anybody is asked."""
    found = going.found
    if going.empty:
        call.talk("{id} was redacted already. What may be left of it outside the record is removed.", id=going.subject)
        return
    # Data, unless there is JSON for that.
    tell = call.talk if call.json else lambda *args, **values: call.print(call.say(*args, **values))
    tell("This goes for good, with {id}:", id=going.subject)
    for kind, count in going.counts.items():
        tell("    {kind}: {count}", kind=call.say(NAMES[kind]), count=f"{count:,}")
    if found.kept:
        call.warn("The same, or a part of it, is kept elsewhere. Redact that too if it must go:")
        for each in found.kept:
            call.warn("    {id}", id=each)
    if found.published:
        call.warn("Readers have seen it: copies that they made, and what others took over, stay where they are.")
    call.talk("Backups made before now keep it, and so do reports of imports that quote it: delete them yourself.")
    call.warn("It cannot be undone.")


def _agreed(call: Call) -> bool:
    """Whether the person says yes. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here.", remedy="Say that it shall go with: --yes")
    print(call.say("Take all of this out for good? Type yes or no:"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in YES


def _say(call: Call, done: Redacted) -> None:
    if not done.clean:
        call.warn(
            "Old copies may be left in the record's files, since somebody is reading them or the disk is full. Run "
            "the same command again later: it finishes this."
        )
    if not done.index:
        call.warn(
            "The search index or the cache could not be deleted, since somebody is using it. Run the same command "
            "again later: it finishes this."
        )
    if call.json:
        outcome = {"files": done.files, "clean": done.clean, "index": done.index}
        call.print_json(_row(done.going) | {"redacted": True} | outcome)
    else:
        call.print(call.say("{id} is redacted.", id=done.going.subject))


def _row(going: Going) -> dict[str, Any]:
    found = going.found
    return {
        "subject": str(going.subject),
        "redacted": going.empty,
        "goes": going.counts,
        "kept": found.kept,
        "published": found.published,
    }
