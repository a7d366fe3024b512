"""`factdesk tips` and `factdesk tip`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.plain import plain
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.tips_view import ORIGIN_NAMES, group_lines, group_row, inbox_lines
from factdesk.cli.types import Day, OneOf
from factdesk.domain.ids import short
from factdesk.domain.tips import ORIGINS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factdesk.domain.matches import Reason
    from factdesk.queries.desk import Desk
    from factdesk.queries.inbox import AboutTip
    from factdesk.store.claims import StoredTip

TOP = 20


@command(
    help="List the tips, the most wanted first. Tips of one claim stand together; of the others those that say the "
    "same, in any language, with the claim they seem to belong to. Nothing is linked before you do.",
    examples=("factdesk tips", "factdesk tips --since 2026-03-01 --all"),
)
@option("--since", type=Day(), help="Only tips that came on this day or later.")
@option("--all", "every", is_flag=True, help="All groups; without it the 20 most wanted.")
def list_(call: Call, since: str | None, every: bool) -> None:
    """List the tips."""
    from factdesk.queries.inbox import inbox

    with call.open() as desk:
        found = inbox(desk, since or "", None if every else TOP)
    groups = found.groups
    if call.json:
        rows = [group_row(group) for group in groups]
        head = {"tips": found.tips, "unit": found.unit, "periods": found.periods}
        call.print_json({**head, "groups": rows, "more": found.more})
        return
    if not groups:
        call.talk('No tip has come in. Take one in with: factdesk tip add "TEXT"')
        return
    for line in inbox_lines(found, call.out, call.say):
        call.print(line)
    if found.more:
        call.talk("Groups not shown: {count}. See them with --all.", count=f"{found.more:,}")
    if any(not group.claim for group in groups):
        call.talk("Put a tip and those like it to a claim with: factdesk tip link TIP CLAIM --group")


@command(
    help="Take in a message that somebody sent. Its words are kept, never its sender. What is known of it is said at "
    "once: how many asked the same, the claim it seems to make, and the checks that answer it.",
    acts=True,
    examples=(
        'factdesk tip add "Is it true that the bridge closes on Monday?" --origin hotline',
        "factdesk tip add message.txt --day 2026-03-01 --claim CLAIM",
    ),
)
@argument("text", help="The message in quotation marks, a file, or - for standard input.", required=False)
@option("--origin", type=OneOf(ORIGINS), default="reader", help="Which way it came.")
@option("--day", type=Day(), help="The day on which it came; today if not given.")
@option("--claim", default="", metavar="CLAIM", help="The claim it is about, if you know.")
def add(call: Call, text: str | None, origin: str, day: str | None, claim: str) -> None:
    """Take in a tip."""
    words = message_from(text)
    from factdesk.actions.tips import add_tip
    from factdesk.queries.inbox import about_tip
    from factdesk.queries.tip_private import private_in

    with call.open(writable=True) as desk:
        stored = add_tip(desk, words, origin=origin, day=day or "", claim=claim, actor=call.actor())
        _follow(call, desk)
        about = about_tip(desk, stored)
        _remember(desk, about)
    private = private_in(stored.tip.text)
    if call.json:
        call.print_json(_row(stored, about, private))
    else:
        call.print(stored.id)
        _say(call, about)
    _warn(call, stored.id, private)


def _follow(call: Call, desk: Desk) -> None:
    """Bring the index to the record, which takes time after an import alone."""
    with call.progress("Indexing") as progress:
        desk.index(progress)


def _remember(desk: Desk, about: AboutTip) -> None:
    """Let `match confirm` and `match reject` know the message by its number."""
    from factdesk.queries.messages import remember_message

    remember_message(desk.config, about.answer.message_id, about.answer.message)


def _warn(call: Call, own_id: str, private: Sequence[Reason]) -> None:
    if private:
        call.warn(
            "The message seems to hold {what}. If it is a private person’s, take the tip out and add it without: "
            "factdesk redact tip:{id} --why REASON",
            what=", ".join(call.say(reason.template) for reason in private),
            id=short(own_id),
        )


@command(
    help="Put a tip to the claim it is about. With --group, also every tip that says the same and that nobody has put "
    "to a claim; see them first with: factdesk tip show TIP",
    acts=True,
    examples=("factdesk tip link TIP CLAIM", "factdesk tip link TIP CLAIM --group"),
)
@argument("tip", help="The tip's id, or its end.")
@argument("claim", help="The claim's id, or its end.")
@option("--group", is_flag=True, help="Also those that say the same.")
def link(call: Call, tip: str, claim: str, group: bool) -> None:
    """Put a tip to a claim."""
    from factdesk.actions.tips import link_tips

    with call.open(writable=True) as desk:
        tips = _alike(desk, tip) if group else (tip,)
        done = link_tips(desk.record, tips, claim, actor=call.actor())
    _say_linked(call, done, "{count} tips are put to claim {claim}.")


def _alike(desk: Desk, tip: str) -> tuple[str, ...]:
    """The tip, and those of its group where it is put to no claim."""
    from factdesk.queries.inbox import inbox
    from factdesk.queries.items import tip_named

    with desk.record.read() as session:
        stored = tip_named(session, tip)
    if stored.tip.claim:
        return (stored.id,)
    return inbox(desk, having=stored.id).groups[0].tips


@command(help="Take a tip from its claim.", acts=True, examples=("factdesk tip unlink TIP",))
@argument("tip", help="The tip's id, or its end.")
def unlink(call: Call, tip: str) -> None:
    """Take a tip from its claim."""
    from factdesk.actions.tips import unlink_tips

    with call.record(writable=True) as record:
        done = unlink_tips(record, [tip], actor=call.actor())
    _say_linked(call, done, "The tip is put to no claim.")


def _say_linked(call: Call, done: Sequence[StoredTip], said: str) -> None:
    if call.json:
        call.print_json([_plain(stored) for stored in done])
        return
    call.print(call.say(said, count=f"{len(done):,}", claim=short(done[0].tip.claim)))


@command(
    help="Show one tip whole, with what is known of it. How many say the same, its claim or the one it seems to make, "
    "and the checks that answer it.",
    examples=("factdesk tip show TIP",),
)
@argument("tip", help="The tip's id, or its end.")
def show(call: Call, tip: str) -> None:
    """Show a tip."""
    from factdesk.queries.inbox import about_tip
    from factdesk.queries.items import tip_named
    from factdesk.queries.tip_private import private_in

    with call.open() as desk:
        with desk.record.read() as session:
            stored = tip_named(session, tip)
        _follow(call, desk)
        about = about_tip(desk, stored)
        _remember(desk, about)
    private = private_in(stored.tip.text)
    if call.json:
        call.print_json(_row(stored, about, private))
        return
    call.print(call.out.style(stored.id, "bold"))
    call.print(f"{stored.tip.day} · {call.say(ORIGIN_NAMES[stored.tip.origin])}")
    call.print()
    for text in stored.tip.text.split("\n"):
        for line in wrap(visible(text), call.out.width) if text.strip() else ():
            call.print(line)
    call.print()
    _say(call, about)
    _warn(call, stored.id, private)


def _say(call: Call, about: AboutTip) -> None:
    """The group a tip is in, then what others found about its message."""
    from factdesk.cli.match_view import answer_lines

    for line in (*group_lines(about.group, call.out, call.say), "", *answer_lines(about.answer, call.out, call.say)):
        call.print(line)


def _plain(stored: StoredTip) -> dict[str, Any]:
    return {"id": stored.id, **plain(stored.tip)}


def _row(stored: StoredTip, about: AboutTip, private: Sequence[Reason]) -> dict[str, Any]:
    return {
        **_plain(stored),
        "private": [reason.feature for reason in private],
        "group": group_row(about.group),
        "known": plain(about.answer),
    }
