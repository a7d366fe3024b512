"""The front matter of a check as values, and values as front matter in one form: every scalar is a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union

from factdesk.drafts.values import scalar, written
from factdesk.drafts.word_model import clean
from factdesk.lint.front import split

LISTS = ("claims", "authors", "topics")
"""Fields that are lists, of however many."""
_WIDEST = 100
"""Characters of a list on one line."""
_LITERAL = re.compile(r"(?![ \t\n])(?:[^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|\n(?!\n*\Z))+")
_TRAILING = re.compile(r"[ \t]$", re.MULTILINE)

Value = Union[str, tuple["Value", ...], "Pairs"]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Fields within a field, in order."""

    items: tuple[tuple[str, Value], ...]


Fields = tuple[tuple[str, Value], ...]


def fields_of(source: str, path: str = "") -> tuple[Fields, str]:
    """The fields of a source whose lines end in LF, and its body. Raises `InputError` for ones that cannot be read."""
    import yaml

    fields, body = split(source, path)
    if not fields:
        return (), source[body.start :]
    inner = source[source.index("\n") + 1 : source.rindex("---", 0, body.start)]
    # What `split` let through has no aliases and is neither deep nor long.
    root = yaml.compose(inner, Loader=yaml.SafeLoader)
    found = _value(root)
    return tuple((name, as_field(name, value)) for name, value in getattr(found, "items", ())), source[body.start :]


def as_field(name: str, value: Value) -> Value:
    """A field's value, which is a list where the field is one; no value is an empty text."""
    is_empty = not value or (isinstance(value, Pairs) and not value.items)
    if name in LISTS and not isinstance(value, tuple):
        return () if is_empty else (value,)
    return "" if is_empty and name not in LISTS else value


def _value(node: object) -> Value:
    import yaml

    match node:
        case yaml.SequenceNode(value=items):
            return tuple(value for value in map(_value, items) if value != "")
        case yaml.MappingNode(value=pairs):
            return Pairs(tuple((clean(str(key.value)), _value(value)) for key, value in pairs))
        case yaml.ScalarNode(value=text):
            return clean(str(text).strip()).strip()
        case _:
            return ""


def front_of(fields: Fields) -> str:
    """These fields as front matter, empty for none."""
    if not fields:
        return ""
    return "\n".join(["---", *(line for name, value in fields for line in field_lines(name, value)), "---", ""])


def field_lines(name: str, value: Value, indent: str = "") -> Iterator[str]:
    """A field as lines of YAML."""
    head = f"{indent}{scalar(name)}:"
    if isinstance(value, str):
        yield from _text(head, value, indent)
    elif not value:
        yield f"{head} []"
    elif isinstance(value, Pairs) and not value.items:
        yield head
    elif isinstance(value, Pairs):
        yield head
        for inner, said in value.items:
            yield from field_lines(inner, said, indent + "  ")
    elif (line := _on_one_line(value)) and len(head) + len(line) < _WIDEST:
        yield f"{head} {line}"
    else:
        yield head
        for item in value:
            yield from _item(item, indent + "  ")


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    if "\n" in text and _LITERAL.fullmatch(text) and not _TRAILING.search(text):
        yield f"{head} |-"
        yield from (f"{indent}  {line}".rstrip() for line in text.split("\n"))
    else:
        yield f"{head} {scalar(text)}".rstrip() if text else head


def _on_one_line(value: tuple[Value, ...]) -> str:
    texts = [item for item in value if isinstance(item, str) and "\n" not in item]
    return written(texts) if len(texts) == len(value) else ""


def _item(item: Value, indent: str) -> Iterator[str]:
    """An item of a list: what a field would be, with the hyphen in the place of its first two spaces."""
    if isinstance(item, str):
        yield f"{indent}- {scalar(item)}"
        return
    inner = item.items if isinstance(item, Pairs) else ()
    lines = [line for name, value in inner for line in field_lines(name, value, indent + "  ")]
    if isinstance(item, tuple):
        lines = [line for each in item for line in _item(each, indent + "  ")]
    first, *rest = lines or [f"{indent}  {{}}"]
    yield f"{indent}- {first.removeprefix(indent + '  ')}"
    yield from rest
