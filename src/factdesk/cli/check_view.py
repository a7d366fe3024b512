"""A check as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.terminal import visible, wrap
from factdesk.domain.ids import short

if TYPE_CHECKING:
    from factdesk.actions.checks import Conflict, Saved
    from factdesk.domain.conditions import Condition
    from factdesk.queries.checks import ShownCheck
    from factdesk.store.checks import StoredCheck

STATE_NAMES = {
    "draft": "draft",
    "submitted": "submitted",
    "returned": "returned",
    "signed": "signed",
    "published": "published",
    "reopened": "reopened",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
}

CONDITION_NAMES = {
    "claims": "claims",
    "rating": "rating",
    "evidence": "evidence",
    "citations": "citations",
    "quotations": "quotations",
    "lint": "lint",
    "correction": "correction",
    "signature": "signature",
}

ACT_NAMES = {"publish": "published", "correct": "corrected", "withdraw": "withdrawn"}
"""What was published, and what that made of the check."""

_NEXT = {
    "submit": "factdesk check submit {id}",
    "sign": "factdesk check sign {id}",
    "return": "factdesk check return {id} --why TEXT",
    "publish": "factdesk check publish {id}",
    "reopen": "factdesk check reopen {id} --why TEXT",
    "correct": "factdesk check correct {id} --what TEXT --severity minor|substantial|serious",
    "withdraw": "factdesk check withdraw {id} --why TEXT",
    "keep": "factdesk check keep {id} --why TEXT",
}
"""Commands as they are typed: the same in every language."""


def say_saved(call: Call, saved: Saved, *, begun: bool = False) -> None:
    """What came of a save; `begun`: of a new check."""
    if call.json:
        call.print_json(
            {"id": saved.check.id, "revision": saved.revision, "merged": saved.merged, "changed": saved.changed}
        )
        return
    call.print(saved.check.id)
    if begun:
        call.talk("A new check is begun.")
    elif not saved.changed:
        call.talk("Nothing was changed.")
    elif saved.merged:
        call.talk("Somebody had saved in the meantime: both edits are in it now. Read it once more.")
    else:
        call.talk("Saved; the check is now: {state}.", state=call.say(STATE_NAMES[saved.check.now.standing.state]))


def say_conflict(call: Call, conflict: Conflict) -> None:
    call.warn(
        "{name} saved this check in the meantime, and changed the same lines as you in {count} places."
        if conflict.count > 1
        else "{name} saved this check in the meantime, and changed the same lines as you in one place.",
        name=conflict.other,
        count=conflict.count,
    )


def say_undecided(call: Call, source: str) -> None:
    """A text may be saved half decided; nobody shall think that it is done."""
    if any(line.startswith("<<<<<<<") for line in source.splitlines()):
        call.warn("Two versions of a place still stand side by side in it: keep one of them, and save again.")


def say_state(call: Call, stored: StoredCheck, **more: Any) -> None:
    """Where a check stands after an act."""
    now = stored.now
    if call.json:
        call.print_json({"id": stored.id, "state": now.standing.state, "version": stored.version, **more})
        return
    call.print(f"{stored.id} · {call.say(STATE_NAMES[now.standing.state])}")


def print_check(call: Call, shown: ShownCheck) -> None:
    """A check with what it still needs and what comes next."""
    if call.json:
        call.print_json(_row(call, shown))
        return
    now, statement, out = shown.stored.now, shown.ready.statement, call.out
    for line in wrap(visible(now.title) or call.say("(no title)"), out.width):
        call.print(out.style(line, "bold"))
    rating = visible(statement.rating.name or statement.rating.key)
    made = shown.revision.fact
    lines = [
        f"{shown.stored.id} · {call.say(STATE_NAMES[now.standing.state])}",
        call.say("rating: {rating}", rating=rating) if rating else call.say("no rating yet"),
        call.say("revision {number} by {name}", number=made.number, name=visible(made.person)),
    ]
    if now.why:
        lines.append(call.say("{name} says: {why}", name=visible(now.person), why=visible(now.why)))
    lines += [f"“{visible(claim.text)}”" for claim in statement.claims]
    for line in lines:
        for part in wrap(line, out.width - 2):
            call.print(f"  {part}")
    call.print()
    if now.standing.state in ("published", "corrected", "withdrawn"):
        _print_publications(call, shown)
    else:
        for each in shown.conditions:
            _print_condition(call, each)
    _print_next(call, shown)


def _print_next(call: Call, shown: ShownCheck) -> None:
    """The commands that can come next."""
    commands = [_NEXT[action].format(id=short(shown.stored.id)) for action in shown.next if action in _NEXT]
    if commands:
        call.print()
    for command in commands:
        for line in wrap(command, max(20, call.out.width - 2)):
            call.print(f"  {line}")


def _print_publications(call: Call, shown: ShownCheck) -> None:
    """What readers got, and when. What a next publication would need is said once one is under way."""
    from factdesk.domain.statements import statement_of

    for stored in shown.publications:
        fact, statement = stored.fact, statement_of(stored.fact.statement)
        day = fact.time.date().isoformat()
        lines = [f"{fact.number}. {call.say(ACT_NAMES[statement.act])} · {day} · {visible(fact.person)}"]
        if statement.act == "correct" and statement.corrections:
            lines.append(statement.corrections[-1].what)
        if statement.act == "withdraw":
            lines.append(statement.why)
        for line in lines:
            for part in wrap(visible(line), call.out.width - 5):
                call.print(f"  {part}" if line is lines[0] else f"     {part}")


def _print_condition(call: Call, condition: Condition) -> None:
    name = call.say(CONDITION_NAMES[condition.code])
    if condition.wanting is None:
        call.print(f"  {call.out.style('✓', 'green')} {name}")
        return
    said = condition_row(call, condition)
    call.print(f"  {call.out.style('✗', 'bold red')} {name}")
    for line in wrap(visible(f"{said['wanting']} {said['remedy']}"), max(20, call.out.width - 6)):
        call.print(f"      {line}")


def condition_row(call: Call, condition: Condition) -> dict[str, Any]:
    """A condition by its code, with what is wanting and how to meet it in the reader's words, empty where it is met."""
    wanting, remedy = condition.wanting, condition.remedy
    return {
        "code": condition.code,
        "wanting": call.say(wanting.template, **wanting.values) if wanting else "",
        "remedy": call.say(remedy.template, **remedy.values) if remedy else "",
    }


def _row(call: Call, shown: ShownCheck) -> dict[str, Any]:
    return {
        "id": shown.stored.id,
        "now": shown.stored.now,
        "revision": {"id": shown.revision.id, "number": shown.revision.fact.number},
        "source": shown.revision.fact.source,
        "digest": shown.ready.statement.digest,
        "conditions": [condition_row(call, each) | {"met": each.met} for each in shown.conditions],
        "signoffs": [{"id": each.id, **_plain(each.fact)} for each in shown.signoffs],
        "publications": [
            {"id": each.id, "number": each.fact.number, "time": each.fact.time, "person": each.fact.person}
            for each in shown.publications
        ],
        "next": list(shown.next),
    }


def _plain(fact: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return asdict(fact)
