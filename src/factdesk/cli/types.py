"""Values that options take, with our own words for the ones they cannot take."""

# `ctx` (ARG002) is part of click's signature; our words need nothing from it.
# ruff: noqa: ARG002

from __future__ import annotations

from datetime import date
from typing import Any

import click

from factdesk.errors import UsageError


class Count(click.ParamType[int]):
    """A whole number between two bounds."""

    name = "N"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number. Raises `UsageError` when it is none, or out of bounds."""
        text = str(value)
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        if not self.least <= number <= self.most:
            raise UsageError(
                "{name} takes a whole number from {least} to {most}, not {value}.",
                name=_option(param),
                least=self.least,
                most=self.most,
                value=text,
            )
        return number


class Day(click.ParamType[str]):
    """A day as ISO 8601 writes it; a year or a month means its first day."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The day as `2024-05-06`. Raises `UsageError` when there is no such day."""
        text = str(value)
        try:
            return date.fromisoformat(text + "-01" * (2 - text.count("-"))).isoformat()
        except ValueError as error:
            raise UsageError(
                "{name} takes a day such as 2024-05-06, not {value}.", name=_option(param), value=text
            ) from error


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word. Raises `UsageError` when it is none of them."""
        if value not in self.choices:
            raise UsageError(
                "{name} takes one of {words}, not {value}.",
                name=_option(param),
                words=", ".join(self.choices),
                value=value,
            )
        return str(value)


def _option(param: click.Parameter | None) -> str:
    return param.opts[-1] if param and param.opts else "?"
