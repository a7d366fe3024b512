"""A rating scale as a file that people edit: TOML, one table a step, from the least true to the truest."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from factdesk.domain.scales import Scale, Step
from factdesk.errors import InputError

MOST = 100_000
"""Characters of a scale's file."""

_HEAD = """# The steps of the rating scale, from the least true to the truest. `key` is what stands in a check's fields.
# “not-checkable” is always there beside them.
"""


def written(scale: Scale) -> str:
    """The scale as TOML. JSON's texts are texts of TOML."""
    return _HEAD + "".join(_step(step) for step in scale.steps)


def _step(step: Step) -> str:
    lines = ["", "[[step]]", f"key = {_text(step.key)}"]
    lines += [f"name.{language} = {_text(words)}" for language, words in step.names.items()]
    lines += [f"definition.{language} = {_text(words)}" for language, words in step.definitions.items()]
    return "\n".join(lines) + "\n"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def read(text: str, path: str = "") -> Scale:
    """The scale in a file. Whether it is one to rate on is for `domain.scales.wrong_in`. Raises `InputError`."""
    try:
        if len(text) > MOST:
            raise ValueError("it is too long")
        data = tomllib.loads(text)
        steps = data["step"]
        return Scale(tuple(_read(number, each) for number, each in enumerate(steps, 1)))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(
            "The scale cannot be read: {why}.",
            place=path,
            remedy="See what one looks like with: factdesk scale export FILE",
            why=error if isinstance(error, ValueError) else "its steps are not as they should be",
        ) from error


def _read(value: int, data: Mapping[str, Any]) -> Step:
    unknown = set(data) - {"key", "name", "definition"}
    if unknown:
        raise ValueError(f"nothing reads {sorted(unknown)[0]}")
    names, definitions = ({str(k): _is_text(v) for k, v in data[part].items()} for part in ("name", "definition"))
    return Step(_is_text(data["key"]), value, names, definitions)


def _is_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
