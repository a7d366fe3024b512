"""A rule's page, in English and Vietnamese, made from the docstring of its module.

The docstring's first sentence says what is wrong; `Why:`, `Bad:` and `Good:` begin the parts; behind `vi:` the same in
Vietnamese, with `Vì sao:`, `Sai:` and `Đúng:`.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factdesk.lint.base import Rule
from factdesk.lint.handbook import LANGUAGES, chapter_of
from factdesk.lint.rules import documentation

FAMILIES = {
    "FD1": "The claim",
    "FD2": "The evidence",
    "FD3": "The writing",
    "FD4": "The people",
    "FD5": "The publication",
}

_PART = re.compile(r"^(Why|Bad|Good|Vì sao|Sai|Đúng|vi):[ \t]*", re.MULTILINE)
_NAMES = {"Vì sao": "why", "Sai": "bad", "Đúng": "good", "Why": "why", "Bad": "bad", "Good": "good"}


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule's page says in one language. An example is a piece of a check as it is typed."""

    summary: str
    why: str = ""
    bad: str = ""
    good: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing."""
        return all((self.summary, self.why, self.bad, self.good))


def page(rule: Rule, language: str) -> Page:
    """A rule's page; in English where it has none in that language."""
    pages = parsed(documentation(rule))
    return pages.get(language) or pages["en"]


def parsed(docstring: str) -> dict[str, Page]:
    """The pages of a docstring by language."""
    text = inspect.cleandoc(docstring)
    # Of splitting at a group: what stands before the first name, then names and parts by turns.
    first, *rest = _PART.split(text)
    told: dict[str, dict[str, str]] = {"en": {"summary": _joined(first)}}
    language = "en"
    for name, part in zip(rest[::2], rest[1::2], strict=True):
        if name == "vi":
            language = "vi"
            told["vi"] = {"summary": _joined(part)}
        else:
            told[language][_NAMES[name]] = part.strip() if name in ("Bad", "Good", "Sai", "Đúng") else _joined(part)
    return {code: Page(**parts) for code, parts in told.items()}


def _joined(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.strip().split("\n\n"))


def reference(rules: Iterable[Rule]) -> str:
    """Every rule with both of its pages, as Markdown."""
    return "\n".join(line for rule in rules for line in _section(rule))


def overview(rules: Iterable[Rule]) -> str:
    """The rules as a table, as Markdown."""
    head = ["| Rule | | Severity | Waiver | |", "| --- | --- | --- | --- | --- |"]
    lines = [
        f"| [{rule.code}](#{_anchor(rule)}) | {rule.name} | {rule.severity} | {'yes' if rule.waivable else 'no'} | "
        f"{page(rule, 'en').summary.replace('|', chr(92) + '|')} |"
        for rule in rules
    ]
    return "\n".join([*head, *lines]) + "\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.code.lower()}-{rule.name}"


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.code} {rule.name}\n"
    waiver = "it can be waived, with a reason" if rule.waivable else "it cannot be waived"
    yield f"{FAMILIES[rule.family]} · {rule.severity} · {waiver}\n"
    for language, bad, good in (("en", "Bad:", "Good:"), ("vi", "Sai:", "Đúng:")):
        told = page(rule, language)
        yield from (f"{text}\n" for text in (f"**{told.summary}**", told.why) if text)
        for name, example in ((bad, told.bad), (good, told.good)):
            if example:
                yield f"{name}\n\n{_fenced(example)}\n"
    yield from _handbook(rule.code)


def _handbook(code: str) -> Iterator[str]:
    """The chapter that a rule belongs to, in each language. The page of the rules lies in a folder of its own."""
    chapter = chapter_of(code)
    if chapter is not None:
        links = [f"[{chapter.title(language)}](../{chapter.page(language)})" for language in LANGUAGES]
        yield f"Handbook: {' · '.join(links)}\n"


def _fenced(example: str) -> str:
    fence = "```"
    while fence in example:
        fence += "`"
    return f"{fence}markdown\n{example}\n{fence}"
