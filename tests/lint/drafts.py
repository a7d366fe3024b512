"""Small drafts for tests of rules."""

from __future__ import annotations

from typing import Any

from factdesk.lint.base import Draft, Facts
from factdesk.lint.read import read_draft
from factdesk.lint.rules import rule_named

FRONT = """---
title: What goldfish can remember
claims: [c1]
rating: "false"
summary: Trained goldfish remember a sign for months.
language: {language}
authors: [ada]
topics: [animals]
---
"""


def draft(body: str, language: str = "en", facts: Facts | None = None) -> Draft:
    """A draft with sound front matter."""
    return read_draft(FRONT.format(language=language) + body, "draft.md", facts)


def words_found(code: str, body: str, language: str = "en", facts: Facts | None = None) -> list[str]:
    """What a rule's findings stand on, in order."""
    return on(code, draft(body, language, facts))


def on(code: str, read: Draft) -> list[str]:
    """What a rule's findings stand on in a draft, in order."""
    rule = rule_named(code)
    if rule is None:
        raise ValueError(code)
    found = list(rule.check(read))
    for each in found:
        if each.code != code or not str(each.reason):
            raise ValueError(each)
    return [read.source[each.span.start : each.span.end] for each in found]


def reasons(code: str, read: Draft) -> list[Any]:
    """A rule's reasons in a draft, in English."""
    rule = rule_named(code)
    return [str(each.reason) for each in rule.check(read)] if rule else []
