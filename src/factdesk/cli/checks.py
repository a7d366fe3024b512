"""`factdesk checks`, and `factdesk check` where it is about the text: new, edit, show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.check_view import STATE_NAMES, print_check, say_conflict, say_saved, say_undecided
from factdesk.cli.command import argument, command, option
from factdesk.cli.editor import can_edit, edit
from factdesk.cli.terminal import visible
from factdesk.cli.types import Count, OneOf
from factdesk.domain.ids import short
from factdesk.domain.workflow import STATES, State
from factdesk.errors import UsageError

if TYPE_CHECKING:
    from factdesk.actions.checks import Saved
    from factdesk.store.checks import StoredCheck
    from factdesk.store.record import Record

TEMPLATES = ("short", "long", "explainer", "picture", "not-checkable", "correction")
LANGUAGES = ("en", "vi")


@command(
    help="List the checks of the desk, and where each stands. What was worked on last comes first.",
    examples=("factdesk checks", "factdesk checks --state submitted", "factdesk checks --json"),
)
@option(
    "--state",
    "states",
    type=OneOf(STATES),
    multiple=True,
    help="Only checks in this state; can be given several times.",
)
@option("--limit", type=Count(1, 100_000), default=50, help="How many are shown.")
def list_(call: Call, states: tuple[State, ...], limit: int) -> None:
    """List checks."""
    from factdesk.queries.checks import list_checks

    with call.record() as record:
        rows = list_checks(record, states)[:limit]
    if call.json:
        call.print_json([{"id": each.id, "version": each.version, "now": each.now} for each in rows])
        return
    for each in rows:
        now = each.now
        state = call.say(STATE_NAMES[now.standing.state])
        call.print(f"{call.out.style(each.id, 'bold')} · {state} · {visible(now.person)} · {now.time.date()}")
        call.print(f"    {visible(now.title) or call.say('(no title)')}")
    if not rows and states:
        call.talk("No check is in such a state.")
    elif not rows:
        call.talk("There is no check yet. Begin one with: factdesk check new CLAIM")


@command(
    help="Begin a check of a claim. A Markdown file with a few fields at its head opens in your editor, and is "
    "saved when you close it. Without a terminal, or with --no-edit, the template itself is saved.",
    acts=True,
    examples=("factdesk check new CLAIM -t short", "factdesk check new CLAIM -t long --language vi --no-edit"),
)
@argument("claim", help="The claim's id, or its end.")
@option("-t", "--template", type=OneOf(TEMPLATES), default="short", help="What it begins with.")
@option("--language", type=OneOf(LANGUAGES), default=None, help="The language it is written in.")
@option("--no-edit", is_flag=True, help="Open no editor.")
def new(call: Call, claim: str, template: str, language: str | None, no_edit: bool) -> None:
    """Begin a check."""
    from factdesk.actions.checks import new_check
    from factdesk.actions.permit import permitted
    from factdesk.drafts.templates import from_template
    from factdesk.queries.items import claim_named

    with call.record(writable=True) as record:
        with record.read() as session:
            stored = claim_named(session, claim)
            person = permitted(session, call.actor(), "check.new")
        written = language or _own_language(record.config.language)
        source = from_template(
            template,
            written,
            claims=[stored.id],
            claim_text=stored.claim.text,
            authors=[person.shown or person.name],
            topics=stored.claim.topics,
        )
        saved = new_check(record, source, actor=person.name)
        if no_edit or not can_edit():
            say_saved(call, saved, begun=True)
            return
        call.talk("The check is begun: {id}", id=saved.check.id)
        say_saved(call, _edited(call, record, saved.check, person.name) or saved)


@command(
    help="Edit a check in your editor. It is saved when you close the file. If somebody saved in the meantime, "
    "both edits are joined; where both changed the same lines, you see both and decide.",
    acts=True,
    examples=("factdesk check edit CHECK",),
)
@argument("check", help="The check's id, or its end.")
def edit_(call: Call, check: str) -> None:
    """Edit a check."""
    from factdesk.actions.acts import refuse_impossible
    from factdesk.actions.checks import Saved
    from factdesk.actions.permit import permitted
    from factdesk.queries.items import check_named

    if not can_edit():
        raise UsageError(
            "There is no editor to open the check in.",
            remedy="Name one in EDITOR, or use a file: factdesk check export, then factdesk check import.",
        )
    with call.record(writable=True) as record:
        with record.read() as session:
            stored = check_named(session, check)
            person = permitted(session, call.actor(), "check.edit")
        refuse_impossible(stored, "edit")
        saved = _edited(call, record, stored, person.name)
    if saved is not None:
        say_saved(call, saved)
    elif call.json:
        say_saved(call, Saved(stored, stored.now.head, changed=False))


def _edited(call: Call, record: Record, stored: StoredCheck, actor: str) -> Saved | None:
    """Let a person edit a check; what was saved, None for nothing."""
    from factdesk.actions.checks import Saved, save
    from factdesk.drafts.view import taken, view
    from factdesk.lint.read import opened
    from factdesk.queries.checks import newest

    with record.read() as session:
        head = newest(session, stored)
    done: list[Saved] = []

    def keep(text: str, file: str) -> str | None:
        given = taken(text, file)
        opened(text, file)
        result = save(record, stored.id, given.source, base=given.revision or head.id, actor=actor)
        if isinstance(result, Saved):
            done.append(result)
            say_undecided(call, given.source)
            return None
        say_conflict(call, result)
        return view(result.text, stored.id, result.base)

    edit(call, view(head.fact.source, stored.id, head.id), f"check-{short(stored.id)}", keep)
    return done[0] if done else None


@command(
    help="Show a check. Where it stands, what it still needs before readers may see it, and what comes next.",
    examples=("factdesk check show CHECK", "factdesk check show CHECK --full --json"),
)
@argument("check", help="The check's id, or its end.")
@option("--full", is_flag=True, help="Read every cited source again, as publishing does.")
def show(call: Call, check: str, full: bool) -> None:
    """Show a check."""
    from factdesk.queries.checks import show_check
    from factdesk.queries.items import check_named

    with call.open() as desk:
        with desk.record.read() as session:
            stored = check_named(session, check)
        print_check(call, show_check(desk, stored, quick=not full))


def _own_language(code: str) -> str:
    """The desk's language where there are templates in it."""
    short = code.partition("-")[0].lower()
    return short if short in LANGUAGES else "en"
