"""`factdesk show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command
from factdesk.cli.plain import plain
from factdesk.cli.terminal import Terminal, visible, wrap


@command(
    help="Show anything by its id. A check, an import, an event, a publisher, a judgement; "
    "the beginning of an id is enough.",
    examples=("factdesk show carrots-1", "factdesk show 42 --json"),
)
@argument("id", help="The id, or its beginning.")
def show(call: Call, id: str) -> None:  # noqa: A002 - the word on the command line
    """Show what has that id."""
    from factdesk.queries.show import show as find

    with call.record() as record:
        shown = find(record, id)
    if call.json:
        call.print_json(shown)
        return
    for line in lines(plain(shown), call.out):
        call.print(line)


def lines(value: Any, terminal: Terminal) -> list[str]:
    """Nested plain data as `name: value` lines, empty values left out, wrapped with the value's lines indented."""
    out: list[str] = []
    for depth, name, text in _walk(value, 0):
        indent = "  " * min(depth, 4)
        head = f"{indent}{name}:" if name else indent
        wrapped = wrap(visible(f"{name}: {text}" if name else text), terminal.width - len(indent) - 2)
        styled = wrapped[0].replace(f"{name}:", terminal.style(f"{name}:", "dim"), 1) if name else wrapped[0]
        out.append(indent + styled if text else terminal.style(head, "dim"))
        out += [f"{indent}  {line}" for line in wrapped[1:]]
    return out


def _walk(value: Any, depth: int) -> Iterator[tuple[int, str, str]]:
    """Every leaf as (depth, name, text); a branch as its name alone."""
    pairs = value.items() if isinstance(value, Mapping) else (("", item) for item in value)
    for name, item in pairs:
        if item in ("", None, [], {}, False):
            continue
        if isinstance(item, (Mapping, list)):
            if name:
                yield depth, str(name), ""
            yield from _walk(item, depth + 1 if name else depth)
        else:
            yield depth, str(name), str(item)
