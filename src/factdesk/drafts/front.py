"""Where the fields of a check's front matter stand, so that one can be put in, changed or taken out and nothing else.

`lint.front.split` says what the fields are and refuses what must not be read; this is where they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from factdesk.errors import InputError
from factdesk.lint.front import split

ROOM = 200
"""Characters of front matter that are kept for the `id` and `revision` of a view."""

_BLOCK = re.compile(r"\A---[ \t]*\n(?P<inner>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_REST_OF_LINE = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A field: `start` of its name, its value from `value` to `end`. Places are into the source.

    `text` is what the value says, None for a list or for fields within it.
    """

    name: str
    start: int
    value: int
    end: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Front:
    """The front matter: what stands between its lines of hyphens (`start` to `end`), and the body's `body`.

    `margin` is how far its fields are indented; `brace` the place behind `{` where they stand in braces, else None.
    """

    start: int
    end: int
    body: int
    entries: tuple[Entry, ...]
    margin: int = 0
    brace: int | None = None

    def entry(self, name: str) -> Entry | None:
        """The field of that name, of several the last, which is the one that counts."""
        return next((each for each in reversed(self.entries) if each.name == name), None)


def front(source: str, path: str = "") -> Front | None:
    """The front matter of a source whose lines end in LF; None where there is none, or an empty one.

    Raises `InputError` for front matter that cannot be read.
    """
    found = _BLOCK.match(source)
    if found is None or not found["inner"]:
        return None
    split(source, path)
    start, end = found.span("inner")
    root = yaml.compose(found["inner"], Loader=yaml.SafeLoader)
    if root is None:
        return Front(start, end, found.end(), ())
    if not isinstance(root, yaml.MappingNode) or source[start + root.start_mark.index] in "!&":
        raise InputError(
            "The front matter is not a list of fields.",
            place=f"{path}:2",
            remedy="Each line looks like this: {example}",
            example="title: What carrots do",
        )
    entries = tuple(_entry(key, value, found["inner"], start) for key, value in root.value)
    brace = start + root.start_mark.index + 1 if root.flow_style else None
    return Front(start, end, found.end(), entries, root.start_mark.column, brace)


def _entry(key: yaml.Node, value: yaml.Node, text: str, start: int) -> Entry:
    said = str(value.value) if isinstance(value, yaml.ScalarNode) else None
    first, inner = start + key.start_mark.index, start + value.start_mark.index
    return Entry(str(key.value), first, inner, start + _end(value, text), said)


def _end(node: yaml.Node, text: str) -> int:
    """Where a value ends. What YAML says of a block reaches to the next field, over comments between."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, text)
    end: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        # A block's last line end belongs to its line, and blank lines behind it to nobody.
        return len(text[:end].rstrip(" \t\n"))
    return end


def lines_of(source: str, entry: Entry) -> tuple[int, int]:
    """The whole lines of a field that stands on lines of its own."""
    start = source.rfind("\n", 0, entry.start) + 1
    rest = _REST_OF_LINE.match(source, entry.end)
    return start, rest.end() if rest else source.find("\n", entry.end) + 1


def without(source: str, within: Front, entry: Entry) -> str:
    """A source without one of its fields. Places before it stay what they were."""
    if within.brace is None:
        start, end = lines_of(source, entry)
        return source[:start] + source[end:]
    after = re.compile(r"\s*,[ ]?").match(source, entry.end, within.end)
    if after:
        return source[: entry.start] + source[after.end() :]
    before = source[: entry.start].rstrip()
    return before.removesuffix(",") + source[entry.end :]


def put_first(source: str, within: Front, lines: tuple[tuple[str, str], ...]) -> str:
    """A source with some fields, whose values are YAML, put at the beginning of its front matter."""
    if within.brace is not None:
        text = "".join(f"{name}: {value}, " for name, value in lines)
        return source[: within.brace] + text + source[within.brace :]
    margin = " " * within.margin
    text = "".join(f"{margin}{name}: {value}\n" for name, value in lines)
    return source[: within.start] + text + source[within.start :]
