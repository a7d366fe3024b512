"""`factdesk check` where it is about its way, from submitting to withdrawing; and `factdesk undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.check_view import condition_row, say_saved, say_state
from factdesk.cli.command import argument, command, option
from factdesk.cli.passphrase import own_key
from factdesk.cli.terminal import visible, wrap
from factdesk.cli.types import OneOf
from factdesk.domain.checks import SEVERITIES, Severity
from factdesk.domain.ids import short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factdesk.domain.statements import Statement
    from factdesk.store.record import Record

CHECK = "The check's id, or its end."
SEVERITY_NAMES = {"minor": "minor", "substantial": "substantial", "serious": "serious"}


@command(
    help="Hand a check to whoever reviews it. What it still needs is said, and stops nothing yet.",
    acts=True,
    examples=("factdesk check submit CHECK --as an",),
)
@argument("check", help=CHECK)
@option("--note", default="", metavar="TEXT", help="A word to the reviewer.")
def submit(call: Call, check: str, note: str) -> None:
    """Submit a check."""
    from factdesk.actions.workflow import submit as act
    from factdesk.queries.publishable import readiness

    with call.open(writable=True) as desk:
        stored = act(desk.record, _named(desk.record, check), why=note, actor=call.actor())
        wanting = [condition_row(call, each) for each in readiness(desk, stored, quick=True).wanting]
    say_state(call, stored, wanting=wanting)
    for row in wanting:
        call.talk("Still wanting: {why} {remedy}", why=row["wanting"], remedy=row["remedy"])


@command(
    help="Return a check to its author, with what is to be mended. It was submitted or signed; a sign-off is void.",
    acts=True,
    examples=('factdesk check return CHECK --why "The second figure needs a source." --as binh',),
)
@argument("check", help=CHECK)
@option("--why", default="", metavar="TEXT", help="What is to be mended.")
def return_(call: Call, check: str, why: str) -> None:
    """Return a check."""
    from factdesk.actions.workflow import send_back

    with call.record(writable=True) as record:
        say_state(call, send_back(record, _named(record, check), why, actor=call.actor()))


@command(
    help="Sign a submitted check that somebody else wrote. Everything a reader relies on is verified again, and your "
    "key signs exactly that; any later change voids it. A signature proves two keys, not two people. Your key also "
    "signs where the log stands.",
    acts=True,
    examples=("factdesk check sign CHECK --as binh",),
)
@argument("check", help=CHECK)
@option("--passphrase-file", default="", metavar="FILE", help="A file that holds the passphrase of your key.")
@option("--key", default="", metavar="FINGERPRINT", help="Which of your keys, if you have several.")
def sign(call: Call, check: str, passphrase_file: str, key: str) -> None:
    """Sign a check."""
    from factdesk.actions.acts import refuse_impossible
    from factdesk.actions.permit import permitted
    from factdesk.actions.sign import may_sign
    from factdesk.actions.sign import sign as act
    from factdesk.queries.items import check_named
    from factdesk.queries.statement import statement_for

    with call.open(writable=True) as desk:
        with desk.record.read() as session:
            stored = check_named(session, check)
            person = permitted(session, call.actor(), "check.sign")
            refuse_impossible(stored, "sign")
            statement = statement_for(session, desk.config, stored)
        may_sign(statement, person)
        _say_statement(call, statement)
        with desk.record.read() as session:
            private = own_key(call, session, person.name, key=key, file=passphrase_file)
        with call.progress("Verifying"):
            done = act(desk, stored, private, actor=person.name)
    say_state(call, done.check, signoff=done.signoff, digest=done.fact.digest)
    call.talk("Signed: {digest}", digest=done.fact.digest)


@command(
    help="Publish a check that was signed, its correction, or its withdrawal. Everything is verified once more; what "
    "is published never changes, and the desk's own match finds it at once.",
    acts=True,
    examples=("factdesk check publish CHECK --as chi",),
)
@argument("check", help=CHECK)
def publish(call: Call, check: str) -> None:
    """Publish a check."""
    from factdesk.actions.acts import refuse_impossible
    from factdesk.actions.permit import permitted
    from factdesk.actions.publish import publish as act
    from factdesk.queries.items import check_named

    with call.open(writable=True) as desk:
        with desk.record.read() as session:
            stored = check_named(session, check)
            permitted(session, call.actor(), "check.publish")
            refuse_impossible(stored, "publish")
        with call.progress("Verifying"):
            done = act(desk, stored, actor=call.actor())
    say_state(call, done.check, publication=done.publication, digest=done.statement.digest)


@command(
    help="Take a published check up again. Readers go on seeing it as it was until something new is published.",
    acts=True,
    examples=('factdesk check reopen CHECK --why "A reader doubts the date." --as an',),
)
@argument("check", help=CHECK)
@option("--why", default="", metavar="TEXT", help="Why.")
def reopen(call: Call, check: str, why: str) -> None:
    """Reopen a check."""
    from factdesk.actions.workflow import reopen as act

    with call.record(writable=True) as record:
        say_state(call, act(record, _named(record, check), why, actor=call.actor()))


@command(
    help="Say what was wrong with a published check, and how much. Then it is edited, submitted, signed and "
    "published. Minor: a slip that changes nothing. Substantial: something a reader relied on. Serious: "
    "the answer itself.",
    acts=True,
    examples=('factdesk check correct CHECK --what "We wrote 2019; it was 2018." --severity minor --as an',),
)
@argument("check", help=CHECK)
@option("--what", default="", metavar="TEXT", help="What was wrong, as readers will read it.")
@option("--severity", type=OneOf(SEVERITIES), required=True, help="minor, substantial or serious.")
def correct(call: Call, check: str, what: str, severity: Severity) -> None:
    """Correct a check."""
    from factdesk.actions.workflow import correct as act

    with call.record(writable=True) as record:
        stored = act(record, _named(record, check), what, severity, actor=call.actor())
    say_state(call, stored)
    call.talk("Now mend it: factdesk check edit {id}", id=short(stored.id))


@command(
    help="Ask for a published check to be withdrawn. Somebody else signs that; then it is published, and its page says "
    "that it was withdrawn and why.",
    acts=True,
    examples=('factdesk check withdraw CHECK --why "Its main source was forged." --as chi',),
)
@argument("check", help=CHECK)
@option("--why", default="", metavar="TEXT", help="Why, as readers will read it.")
def withdraw(call: Call, check: str, why: str) -> None:
    """Withdraw a check."""
    from factdesk.actions.workflow import withdraw as act

    with call.record(writable=True) as record:
        say_state(call, act(record, _named(record, check), why, actor=call.actor()))


@command(
    help="Say that a reopened check stands as it was published. Edits since then are set aside; the log has them.",
    acts=True,
    examples=('factdesk check keep CHECK --why "The source moved, and says the same." --as chi',),
)
@argument("check", help=CHECK)
@option("--why", default="", metavar="TEXT", help="Why.")
def keep(call: Call, check: str, why: str) -> None:
    """Keep a check as it was."""
    from factdesk.actions.workflow import keep as act

    with call.record(writable=True) as record:
        say_state(call, act(record, _named(record, check), why, actor=call.actor()))


@command(
    help="Take back your last edit of a draft. Its text is again exactly what it was. Nothing signed or "
    "published is touched.",
    acts=True,
    examples=("factdesk undo", "factdesk undo CHECK --as an"),
)
@argument("check", required=False, help="The check; the one you edited last if not given.")
def undo(call: Call, check: str | None) -> None:
    """Undo an edit."""
    from factdesk.actions.checks import undo as act

    with call.record(writable=True) as record:
        say_saved(call, act(record, _named(record, check) if check else "", actor=call.actor()))


def _named(record: Record, check: str) -> str:
    from factdesk.queries.items import id_named

    with record.read() as session:
        return id_named(session, "check", check)


def _say_statement(call: Call, statement: Statement) -> None:
    """What is about to be signed, in short."""
    if call.json or call.quiet:
        return
    rating = statement.rating.name or statement.rating.key
    lines = [
        call.say("You are about to sign, for {desk}:", desk=visible(statement.desk)),
        *(f"  {line}" for line in _under_way(call, statement)),
        f"  {visible(statement.title)}",
        f"  {call.say('rating: {rating}', rating=visible(rating))}",
        *(f"  “{visible(claim.text)}”" for claim in statement.claims),
        f"  {_relied_on(call, statement)}",
    ]
    for line in lines:
        room = "  " if line.startswith(" ") else ""
        for part in wrap(line, call.out.width - len(room)):
            call.talk("{line}", line=room + part)


def _under_way(call: Call, statement: Statement) -> Iterator[str]:
    """What a signature is on where it is not on a first publication."""
    if statement.act == "withdraw":
        yield call.say("Its withdrawal: {why}", why=visible(statement.why))
    elif statement.act == "correct" and statement.corrections:
        made = statement.corrections[-1]
        severity = call.say(SEVERITY_NAMES[made.severity])
        yield call.say("Its correction ({severity}): {what}", severity=severity, what=visible(made.what))


def _relied_on(call: Call, statement: Statement) -> str:
    """How much a reader relies on."""
    counts = {
        "citations": ("1 citation", "{count} citations", len(statement.citations)),
        "captures": ("1 capture", "{count} captures", len(statement.captures)),
        "waivers": ("1 waiver", "{count} waivers", len(statement.waivers)),
    }
    said = {name: call.say(one if count == 1 else many, count=count) for name, (one, many, count) in counts.items()}
    return call.say("{citations} from {captures}, {waivers}", **said)
