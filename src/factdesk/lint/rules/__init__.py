"""The rules, one a module: `fdNNN_name`. A new file is a new rule; nothing else needs to be told."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from factdesk.lint.base import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in order of its code."""
    names = sorted(info.name for info in iter_modules(__path__) if info.name.startswith("fd"))
    found = [import_module(f"{__name__}.{name}").RULE for name in names]
    if not all(isinstance(rule, Rule) for rule in found):
        raise TypeError("a module of rules has no RULE")
    return tuple(found)


def rule_named(code: str) -> Rule | None:
    """The rule of a code, however it is written; None when there is none."""
    return next((rule for rule in all_rules() if rule.code == code.strip().upper()), None)


def documentation(rule: Rule) -> str:
    """The docstring of a rule's module."""
    return import_module(rule.check.__module__).__doc__ or ""
