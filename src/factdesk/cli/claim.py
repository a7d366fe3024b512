"""`factdesk claim`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.check_view import STATE_NAMES
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import Count, OneOf
from factdesk.domain.claims import KINDS
from factdesk.domain.ids import short
from factdesk.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factdesk.domain.claims import Claim
    from factdesk.store.claims import StoredClaim

CLAIMANTS = ("organisation", "public-figure")
KIND_NAMES = {
    "checkable": "checkable",
    "opinion": "opinion",
    "prediction": "prediction",
    "question": "question",
    "experience": "personal experience",
    "other": "other",
}


@command(
    help="List the claims that the desk keeps. The newest first, each with the checks about it.",
    examples=("factdesk claim list", "factdesk claim list --json"),
)
@option("--limit", type=Count(1, 100_000), default=50, help="How many are shown.")
def list_(call: Call, limit: int) -> None:
    """List claims."""
    from factdesk.queries.claims import list_claims

    with call.record() as record:
        rows = list_claims(record)[:limit]
    if call.json:
        call.print_json([_row(each.stored) | {"checks": each.checks, "tips": each.tips} for each in rows])
        return
    for each in rows:
        claim = each.stored.claim
        call.print(f"{call.out.style(each.stored.id, 'bold')} · {call.say(KIND_NAMES[claim.kind])}")
        for line in wrap(visible(claim.text), call.out.width - 4):
            call.print(f"    {line}")
        for check in each.checks:
            call.print(
                f"    {call.say('check {id}: {state}', id=short(check.id), state=call.say(STATE_NAMES[check.state]))}"
            )
    if not rows:
        call.talk('The desk keeps no claim yet. Add one with: factdesk claim add "TEXT"')


@command(
    help="Add a claim in its own words, with where it was made. The machine says what kind it seems to be; you decide. "
    "A claimant is recorded only if it is an organisation or a public figure.",
    acts=True,
    examples=(
        'factdesk claim add "Eating carrots lets you see in the dark" --appearance CAPTURE --topic health',
        'factdesk claim add "Cầu sẽ đóng từ thứ Hai" --claimant "Sở X" --claimant-kind organisation',
    ),
)
@argument("text", help="The claim, a file that holds it, or - for standard input.")
@option("--kind", type=OneOf(KINDS), default=None, help="What kind it is; what the machine thinks if not given.")
@option("--language", default="", metavar="CODE", help="Its language, such as en or vi.")
@option("--claimant", default="", metavar="NAME", help="Who made it, if an organisation or a public figure.")
@option("--claimant-kind", type=OneOf(CLAIMANTS), default=None, help="organisation or public-figure.")
@option("--same-as", multiple=True, metavar="URL", help="The claimant's own page, or one about it.")
@option("--appearance", multiple=True, metavar="URL|CAPTURE", help="Where it was made.")
@option("--topic", multiple=True, metavar="TOPIC", help="What it is about.")
@option("--date", default="", metavar="DAY", help="The day on which it was made.")
def add(
    call: Call,
    text: str,
    kind: str | None,
    language: str,
    claimant: str,
    claimant_kind: str | None,
    same_as: tuple[str, ...],
    appearance: tuple[str, ...],
    topic: tuple[str, ...],
    date: str,
) -> None:
    """Add a claim."""
    from factdesk.actions.claims import add_claim
    from factdesk.queries.claims import seeming_kind

    words = message_from(text)
    if (claimant_kind or same_as) and not claimant.strip():
        raise _nobody_named()
    with call.open(writable=True) as desk:
        guess = seeming_kind(desk, words)
        stored = add_claim(
            desk.record,
            words,
            kind=kind or (guess.kind if guess else "checkable"),
            language=language,
            claimant=claimant,
            claimant_kind=claimant_kind or "",
            same_as=same_as,
            appearances=appearance,
            topics=topic,
            date=date,
            actor=call.actor(),
        )
    if guess is not None and (kind or "") != guess.kind:
        why = call.say(guess.reason.template, **guess.reason.values)
        call.talk(
            "The machine takes it for: {kind}, since it {why}. If it is not: factdesk claim edit {id} --kind KIND",
            kind=call.say(KIND_NAMES[guess.kind]),
            why=why,
            id=short(stored.id),
        )
    _say(call, stored)


@command(
    help="Change what is known of a claim. What is given is changed, the rest stays, appearances are added. A "
    "check that was signed with the claim as it was is signed anew.",
    acts=True,
    examples=("factdesk claim edit CLAIM --kind opinion", "factdesk claim edit CLAIM --appearance CAPTURE"),
)
@argument("claim", help="The claim's id, or its end.")
@option("--text", default=None, metavar="TEXT", help="Its words.")
@option("--kind", type=OneOf(KINDS), default=None, help="What kind it is.")
@option("--language", default=None, metavar="CODE", help="Its language.")
@option("--claimant", default=None, metavar="NAME", help="Who made it; empty for nobody.")
@option("--claimant-kind", type=OneOf(CLAIMANTS), default=None, help="organisation or public-figure.")
@option("--same-as", multiple=True, metavar="URL", help="The claimant's own page, or one about it.")
@option("--appearance", multiple=True, metavar="URL|CAPTURE", help="Where it was made.")
@option("--drop-appearance", "without", multiple=True, metavar="URL|CAPTURE", help="Where it was not made after all.")
@option("--topic", multiple=True, metavar="TOPIC", help="What it is about, instead of what was said before.")
@option("--date", default=None, metavar="DAY", help="The day on which it was made.")
def edit(
    call: Call,
    claim: str,
    text: str | None,
    kind: str | None,
    language: str | None,
    claimant: str | None,
    claimant_kind: str | None,
    same_as: tuple[str, ...],
    appearance: tuple[str, ...],
    without: tuple[str, ...],
    topic: tuple[str, ...],
    date: str | None,
) -> None:
    """Change a claim."""
    from factdesk.actions.claims import edit_claim
    from factdesk.queries.items import claim_named

    with call.record(writable=True) as record:
        with record.read() as session:
            before = claim_named(session, claim)
        named = before.claim.claimant.name if claimant is None else claimant.strip()
        if (claimant_kind or same_as) and not named:
            raise _nobody_named()
        stored = edit_claim(
            record,
            before.id,
            text=text,
            kind=kind,
            language=language,
            claimant=claimant,
            claimant_kind=claimant_kind,
            same_as=same_as or None,
            appearances=appearance,
            without=without,
            topics=topic or None,
            date=date,
            actor=call.actor(),
        )
    _say(call, stored)


@command(help="Show a claim, what is known of it, and the checks about it.", examples=("factdesk claim show CLAIM",))
@argument("claim", help="The claim's id, or its end.")
def show(call: Call, claim: str) -> None:
    """Show a claim."""
    from factdesk.queries.claims import list_claims
    from factdesk.queries.items import claim_named

    with call.record() as record:
        with record.read() as session:
            own = claim_named(session, claim).id
        listed = next(each for each in list_claims(record) if each.stored.id == own)
    if call.json:
        call.print_json(_row(listed.stored) | {"checks": listed.checks, "tips": listed.tips})
        return
    _say(call, listed.stored)
    for check in listed.checks:
        call.print(f"  {call.say('check {id}: {state}', id=short(check.id), state=call.say(STATE_NAMES[check.state]))}")


def _nobody_named() -> UsageError:
    return UsageError(
        "It is not said who the claimant is.",
        remedy="Name the organisation or public figure with --claimant, or leave the other two out.",
    )


def _row(stored: StoredClaim) -> dict[str, Any]:
    claim = stored.claim
    return {
        "id": stored.id,
        "version": stored.version,
        "text": claim.text,
        "kind": claim.kind,
        "language": claim.language,
        "claimant": claim.claimant,
        "appearances": claim.appearances,
        "topics": claim.topics,
        "date": claim.date,
    }


def _say(call: Call, stored: StoredClaim) -> None:
    if call.json:
        call.print_json(_row(stored))
        return
    claim = stored.claim
    call.print(call.out.style(stored.id, "bold"))
    for line in (*_known(call, claim), *_places(call, claim)):
        for part in wrap(line, call.out.width - 2):
            call.print(f"  {part}")


def _known(call: Call, claim: Claim) -> Iterator[str]:
    """A claim as lines: its words, its kind, who made it when."""
    yield visible(claim.text)
    yield f"{call.say(KIND_NAMES[claim.kind])} · {visible(claim.language)}"
    if claim.claimant.name:
        kind = call.say("an organisation" if claim.claimant.kind == "organisation" else "a public figure")
        yield f"{visible(claim.claimant.name)} ({kind})"
        yield from map(visible, claim.claimant.same_as)
    if claim.date:
        yield call.say("made on {day}", day=claim.date)


def _places(call: Call, claim: Claim) -> Iterator[str]:
    """Where a claim was made, and its topics."""
    for place in claim.appearances:
        captured = call.say("captured: {id}", id=short(place.capture)) if place.capture else call.say("not captured")
        yield f"{visible(place.url)} · {captured}"
    if claim.topics:
        yield ", ".join(map(visible, claim.topics))
