"""The front matter of a check: a few fields of YAML between two lines of three hyphens, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

import yaml

from factdesk.domain.matches import Span
from factdesk.errors import InputError
from factdesk.lint.base import Field

MOST = 16 << 10
"""Characters of front matter."""
_DEEPEST = 20
"""Lists within lists. The reader of YAML takes ever longer, the deeper they are."""

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)

_NESTING = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"^[ ]*(?:[-?:][ ]+)+", re.MULTILINE)


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


class _Loader(yaml.SafeLoader):
    """YAML without aliases: an alias of aliases grows without bound, and nobody writes one in a check."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="it uses an alias", problem_mark=mark)
        return super().compose_node(parent, index)


def _fields(text: str, offset: int, path: str) -> dict[str, Field]:
    try:
        if _depth(text) > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="its lists are nested too deeply")
        node = _node(text)
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
        values, places = tuple(each for each, _ in spans), tuple(span for _, span in spans)
        fields[name] = Field(name, values, places, whole, tuple(_records(value)))
    return fields


def _node(text: str) -> yaml.Node | None:
    """The front matter as YAML reads it. Raises `yaml.YAMLError`.

    The reader in C is many times faster. It cannot refuse aliases, which a star begins, and its faults are told in
    other words: both go to the one in Python.
    """
    fast = getattr(yaml, "CSafeLoader", None)
    if fast is not None and "*" not in text:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=fast)
    return yaml.compose(text, Loader=_Loader)


def _depth(text: str) -> int:
    """How deep brackets and indented lists go at most."""
    depth = deepest = 0
    for found in _NESTING.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        deepest = max(deepest, depth)
    return max(deepest, *(len(found[0]) // 2 for found in _DASHES.finditer(text)), 0)


def _spans(node: yaml.Node, offset: int) -> Iterator[tuple[str, Span]]:
    """The scalars of a value, in order, each with its place; of fields within it the `id`, else the `text`."""
    if isinstance(node, yaml.ScalarNode):
        if node.value.strip():
            yield str(node.value), Span(offset + node.start_mark.index, offset + node.end_mark.index)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _spans(item, offset)
    elif isinstance(node, yaml.MappingNode):
        inner = {str(key.value): value for key, value in node.value}
        for name in ("id", "text"):
            if isinstance(inner.get(name), yaml.ScalarNode):
                yield from _spans(inner[name], offset)
                return


def _records(node: yaml.Node) -> Iterator[Mapping[str, str]]:
    """The fields within a value: claims that are written out where others are named."""
    for item in node.value if isinstance(node, yaml.SequenceNode) else (node,):
        if isinstance(item, yaml.MappingNode):
            pairs = ((key, value) for key, value in item.value if isinstance(value, yaml.ScalarNode))
            yield {str(key.value): str(value.value) for key, value in pairs}


def _unreadable(error: Exception, path: str) -> InputError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 2 if mark is not None else 2
    return InputError(
        "The front matter cannot be read: {why}.",
        place=f"{path}:{line}",
        remedy="Put a text that holds a colon or begins with a mark into quotation marks.",
        why=getattr(error, "problem", None) or "it is not YAML",
    )
