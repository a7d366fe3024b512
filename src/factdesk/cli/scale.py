"""`factdesk scale`."""

from __future__ import annotations

from pathlib import Path

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.inputs import message_from
from factdesk.cli.terminal import visible, wrap
from factdesk.domain.scales import NOT_CHECKABLE, Scale
from factdesk.errors import UsageError


@command(
    help="Show the desk's rating scale: its steps with their definitions. Ratings of others are never put on it.",
    examples=("factdesk scale", "factdesk scale --json"),
)
def show(call: Call) -> None:
    """Show the scale."""
    from factdesk.store.scales import scale_of

    with call.record() as record, record.read() as session:
        _print(call, scale_of(session))


@command(
    help="Write the rating scale into a file, to change it there.",
    examples=("factdesk scale export scale.toml",),
)
@argument("file", help="The file to write.")
@option("--force", is_flag=True, help="Write over a file that is there.")
def export(call: Call, file: str, force: bool) -> None:
    """Export the scale."""
    from factdesk.interchange.scale_file import written
    from factdesk.store.files import whole_bytes
    from factdesk.store.scales import scale_of

    path = Path(file)
    if path.exists() and not force:
        raise UsageError("There is such a file already.", place=file, remedy="Give another name, or --force.")
    with call.record() as record, record.read() as session:
        scale = scale_of(session)
    with whole_bytes(path) as out:
        out.write(written(scale).encode())
    call.talk("The scale is in {file}. Change it there, then: factdesk scale import {file}", file=file)


@command(
    help="Rate on the scale of a file from now on. What was published keeps its rating as it was, with its definition.",
    acts=True,
    examples=("factdesk scale import scale.toml --as an",),
)
@argument("file", help="A file as factdesk scale export writes it.")
def import_(call: Call, file: str) -> None:
    """Import a scale."""
    from factdesk.actions.scale import set_scale
    from factdesk.interchange.scale_file import read

    scale = read(message_from(file), file)
    with call.record(writable=True) as record:
        changed = set_scale(record, scale, actor=call.actor())
    if not changed:
        call.talk("Nothing was changed.")
    _print(call, scale)


def _print(call: Call, scale: Scale) -> None:
    if call.json:
        call.print_json(scale)
        return
    language = call.language
    for step in scale.steps:
        name = step.names.get(language) or next(iter(step.names.values()))
        call.print(f"{step.value}  {call.out.style(visible(name), 'bold')} ({step.key})")
        text = step.definitions.get(language) or next(iter(step.definitions.values()))
        for line in wrap(visible(text), call.out.width - 4):
            call.print(f"    {line}")
    call.print(f"–  {call.out.style(call.say('Not checkable'), 'bold')} ({NOT_CHECKABLE})")
    for line in wrap(call.say("It is no rating, and needs a reason."), call.out.width - 4):
        call.print(f"    {line}")
