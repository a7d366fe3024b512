"""`factdesk learn`."""

from __future__ import annotations

from factdesk.cli.call import Call
from factdesk.cli.command import command, option

KEPT = (
    "Learned from {confirmed} confirmed and {rejected} rejected matches; it does better than what came with factdesk."
)
NOT_KEPT = (
    "What was learned from {confirmed} confirmed and {rejected} rejected matches does no better; nothing was changed."
)


@command(
    help="Learn from the matches that people confirmed and rejected. The desk's own calibration is kept only where it "
    "does better on matches that were left out.",
    acts=True,
    examples=("factdesk learn", "factdesk learn --forget"),
)
@option("--forget", is_flag=True, help="Go back to what came with factdesk.")
def learn(call: Call, forget: bool) -> None:
    """Fit the desk's own calibration, or drop it."""
    from factdesk.actions.learn import forget as drop
    from factdesk.actions.learn import learn as fit

    if forget:
        with call.open(writable=True) as desk:
            had = drop(desk, actor=call.actor())
        if call.json:
            call.print_json({"forgotten": had})
        else:
            call.print(call.say("What was learned is forgotten.") if had else call.say("Nothing had been learned."))
        return
    with call.open(writable=True) as desk, call.progress("Learning") as progress:
        learned = fit(desk, actor=call.actor(), progress=progress)
    if call.json:
        call.print_json(learned)
        return
    said = KEPT if learned.kept else NOT_KEPT
    call.print(call.say(said, confirmed=learned.confirmed, rejected=learned.rejected))
