"""`factdesk rule`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command
from factdesk.cli.terminal import table, wrap
from factdesk.errors import NotFoundError

if TYPE_CHECKING:
    from factdesk.lint.base import Rule

SEVERITIES = {"error": "error", "warning": "warning"}


@command(
    help="Explain a rule of lint. What it finds, why that matters, and examples; without a code, all rules are listed.",
    examples=("factdesk rule FD201", "factdesk rule"),
)
@argument("code", required=False, help="The rule's code, such as FD201.")
def rule(call: Call, code: str | None) -> None:
    """Explain a rule."""
    from factdesk.lint.rules import all_rules, rule_named

    if code is None:
        _list(call, all_rules())
        return
    found = rule_named(code)
    if found is None:
        raise NotFoundError("There is no rule {code}.", remedy="See all of them with: factdesk rule", code=code[:80])
    if call.json:
        call.print_json(_row(found, call.language))
    else:
        _say(call, found)


def _row(rule: Rule, language: str) -> dict[str, object]:
    from factdesk.lint.handbook import chapter_of
    from factdesk.lint.pages import page

    told, chapter = page(rule, language), chapter_of(rule.code)
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "waivable": rule.waivable,
        "summary": told.summary,
        "why": told.why,
        "bad": told.bad,
        "good": told.good,
        "handbook": {"title": chapter.title(language), "page": chapter.page(language)} if chapter else None,
    }


def _list(call: Call, rules: Sequence[Rule]) -> None:
    from factdesk.lint.pages import page

    if call.json:
        call.print_json([_row(each, call.language) for each in rules])
        return
    say = call.say
    rows = [[each.code, say(SEVERITIES[each.severity]), page(each, call.language).summary] for each in rules]
    for line in table([say("Rule"), say("Severity"), say("What it finds")], rows, call.out):
        call.print(line)


def _say(call: Call, rule: Rule) -> None:
    from factdesk.lint.pages import FAMILIES, page

    say, told, out = call.say, page(rule, call.language), call.out
    call.print(f"{out.style(rule.code, 'bold')} {rule.name}")
    waiver = say("can be waived with a reason") if rule.waivable else say("cannot be waived")
    call.print(out.style(f"{say(FAMILIES[rule.family])} · {say(SEVERITIES[rule.severity])} · {waiver}", "dim"))
    for text in (told.summary, *told.why.split("\n\n")):
        if text:
            call.print()
            for line in wrap(text, out.width):
                call.print(line)
    for name, style, example in ((say("Bad:"), "bold red", told.bad), (say("Good:"), "bold green", told.good)):
        if example:
            call.print()
            call.print(out.style(name, style))
            for line in example.split("\n"):
                call.print(f"  {line}".rstrip())
    _say_chapter(call, rule)


def _say_chapter(call: Call, rule: Rule) -> None:
    from factdesk.lint.handbook import chapter_of

    chapter = chapter_of(rule.code)
    if chapter is not None:
        title, page = chapter.title(call.language), f"docs/{chapter.page(call.language)}"
        call.print()
        call.print(call.say("Handbook: {title} ({page})", title=title, page=page))
