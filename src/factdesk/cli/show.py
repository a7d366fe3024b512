"""`factdesk show`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command
from factdesk.cli.labels import label
from factdesk.cli.plain import plain
from factdesk.cli.terminal import Terminal, visible, wrap
from factdesk.wording import Say


@command(
    help="Show anything by its id. A check, a capture, a citation, an import, an event, a publisher, a judgement; "
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
    for line in lines({"kind": label(shown.kind, call.say), **plain(shown.data)}, call.out, call.say):
        call.print(line)


def lines(value: Any, terminal: Terminal, say: Say) -> list[str]:
    """Nested plain data as `Name: value` lines, empty values left out, long ones wrapped and indented."""
    out: list[str] = []
    for depth, name, text in _walk(value, 0):
        indent = "  " * min(depth, 4)
        head = f"{label(name, say)}:" if name else ""
        wrapped = wrap(visible(f"{head} {text}"), terminal.width - len(indent) - 2) or [""]
        # The name alone is dim; a wrapped name is left as it is.
        first = wrapped[0].removeprefix(head)
        out.append(indent + (terminal.style(head, "dim") + first if wrapped[0].startswith(head) else wrapped[0]))
        out += [f"{indent}  {line}" for line in wrapped[1:]]
    return out


def _walk(value: Any, depth: int) -> Iterator[tuple[int, str, str]]:
    """Every leaf as (depth, name, text); a branch as its name alone."""
    pairs = value.items() if isinstance(value, Mapping) else (("", item) for item in value)
    for name, item in pairs:
        if item is None or item is False or item in ("", [], {}):
            continue
        if isinstance(item, (Mapping, list)):
            if name:
                yield depth, str(name), ""
            yield from _walk(item, depth + 1 if name else depth)
        else:
            yield depth, str(name), str(item)
