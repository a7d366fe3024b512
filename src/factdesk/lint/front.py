"""The front matter of a check: a few fields of YAML between two lines of three hyphens, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from factdesk.domain.matches import Span
from factdesk.errors import InputError
from factdesk.lint.base import Field

MOST = 64 << 10
"""Characters of front matter."""

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def split(source: str, path: str) -> tuple[Mapping[str, Field], Span]:
    """The fields by name, and the span of the body. A file without front matter has no fields.

    Raises `InputError` for front matter that cannot be read, with its line.
    """
    found = _FRONT.match(source)
    if found is None:
        return {}, Span(0, len(source))
    if len(found[1]) > MOST:
        raise InputError("The front matter is longer than {most} characters.", place=path, most=f"{MOST:,}")
    return _fields(found[1], found.start(1), path), Span(found.end(), len(source))


def _fields(text: str, offset: int, path: str) -> dict[str, Field]:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            # An alias of aliases grows without bound, and nobody writes one in a check.
            raise yaml.MarkedYAMLError(problem="it uses an alias")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _unreadable(error, path) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise InputError(
            "The front matter is not a list of fields.",
            place=f"{path}:2",
            remedy="Each line looks like this: {example}",
            example="title: What carrots do",
        )
    fields = {}
    for key, value in node.value:
        name = str(key.value)
        spans = tuple(_spans(value, offset))
        whole = Span(offset + key.start_mark.index, offset + value.end_mark.index)
        fields[name] = Field(name, tuple(each for each, _ in spans), tuple(span for _, span in spans), whole)
    return fields


def _spans(node: yaml.Node, offset: int) -> Iterator[tuple[str, Span]]:
    """The scalars of a value, in order, each with its place."""
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip():
            yield str(node.value), Span(offset + node.start_mark.index, offset + node.end_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _spans(item, offset)


def _unreadable(error: Exception, path: str) -> InputError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark is not None else 2
    return InputError(
        "The front matter cannot be read: {why}.",
        place=f"{path}:{line}",
        remedy="Put a text that holds a colon or begins with a mark into quotation marks.",
        why=getattr(error, "problem", None) or "it is not YAML",
    )
