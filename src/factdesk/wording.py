"""Words for people, in English and Vietnamese.

English stands in the code, as templates with named places; the files of `locale/vi.d`, one a room, map each template
to Vietnamese. A template that has no translation is shown in English, and the test suite fails until it has one.
"""

from __future__ import annotations

import json
import locale
import os
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from factdesk.errors import FactdeskError

LANGUAGES = ("en", "vi")

Say = Callable[..., str]
"""`say(template, **values) -> str`, in one language."""


@cache
def catalogue(language: str) -> dict[str, str]:
    """The templates of a language, by their English. Read when somebody speaks it, and not before."""
    if language == "en":
        return {}
    table: dict[str, str] = {}
    for file in files("factdesk").joinpath("locale", f"{language}.d").iterdir():
        if file.name.endswith(".json"):
            table.update(json.loads(file.read_text(encoding="utf-8")))
    return table


def sayer(language: str) -> Say:
    """A function that fills a template in the given language."""
    table = catalogue(language if language in LANGUAGES else "en")

    def say(template: str, **values: object) -> str:
        return table.get(template, template).format(**values)

    return say


def describe(error: FactdeskError, say: Say) -> str:
    """An error as one line: where, what, and what to do."""
    head = f"{error.place}: " if error.place else ""
    tail = f" {say(error.remedy, **error.values)}" if error.remedy else ""
    return f"{head}{say(error.message, **error.values)}{tail}"


def ui_language(asked: str | None = None) -> str:
    """The language to speak: the one asked for, else `FACTDESK_UI_LANGUAGE`, else the locale's, else English."""
    candidates = [asked, os.environ.get("FACTDESK_UI_LANGUAGE")]
    candidates += [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    candidates.append(locale.getlocale()[0])
    for candidate in candidates:
        code = (candidate or "")[:2].lower()
        if code in LANGUAGES:
            return code
        if code and candidate is not asked and candidate not in ("C", "POSIX", "C.UTF-8"):
            return "en"
    return "en"
