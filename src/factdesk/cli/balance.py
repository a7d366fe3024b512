"""`factdesk balance`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import command, option
from factdesk.cli.inputs import opened_output
from factdesk.cli.terminal import Terminal, columns, pad, visible, wrap
from factdesk.cli.types import Day
from factdesk.domain.balance import SMALL

if TYPE_CHECKING:
    from factdesk.domain.balance import Balance, Cell, Cross
    from factdesk.queries.balance import Report
    from factdesk.queries.balance_plot import Naming

BAR = 24
TOPICS = 8
"""Topics that are listed, and within each rating; --json has them all."""
IN_CROSS = 5
MARKS = {"above": "▲", "below": "▼", "": ""}


@command(
    help="Show what the desk checked: by claimant, topic, rating and tip. Counted are published checks; each share "
    "comes with the interval in which it lies 95 times in 100. No person is ever named.",
    examples=("factdesk balance", "factdesk balance --since 2026", "factdesk balance --plot balance.svg"),
)
@option("--since", type=Day(), help="Only checks first published on this day or later.")
@option(
    "--plot", metavar="FILE", help="Draw it into this file as SVG, - for standard output; nothing else is printed then."
)
def balance(call: Call, since: str | None, plot: str | None) -> None:
    """Show what the desk checked."""
    from factdesk.queries.balance import balance_of

    with call.record() as record:
        found = balance_of(record, since or "")
        desk = record.config.name
    if plot is not None:
        _draw(call, found, desk, plot)
    elif call.json:
        call.print_json({"balance": found.balance, "redacted": found.redacted})
    else:
        for line in balance_lines(found.balance, _naming(call, found), call.out):
            call.print(line)
    if found.redacted:
        call.warn("{count} published checks were redacted and are not counted.", count=f"{found.redacted:,}")


def _draw(call: Call, found: Report, desk: str, target: str) -> None:
    from factdesk.queries.balance_plot import balance_svg

    with opened_output(target) as file:
        file.write(balance_svg(found.balance, desk, _naming(call, found)))
    if target != "-":
        call.talk("Drawn into {file}.", file=target)


def _naming(call: Call, found: Report) -> Naming:
    from factdesk.queries.balance_plot import Naming

    return Naming(call.say, call.language, found.scale, found.others)


def balance_lines(report: Balance, naming: Naming, terminal: Terminal) -> list[str]:
    """The whole report: each part as bars, then the ratings within each kind of claimant and each topic."""
    from factdesk.queries.balance_plot import CROSS_TITLES, TITLES, about, explained

    lines = wrap(about(report, naming.say), terminal.width)
    if not report.checks:
        return lines
    for part in report.parts:
        shown = [cell for cell in part.cells if cell.count or part.by in ("rating", "claimant")][:TOPICS]
        lines += _title(naming.say(TITLES[part.by]), terminal)
        lines += _bars([(naming(part.by, cell.name), cell) for cell in shown], terminal)
        lines += _left_out(len(part.cells) - len(shown), naming, terminal)
    for cross in report.crosses:
        lines += _title(naming.say(CROSS_TITLES[cross.by]), terminal)
        lines += _cross(cross, report, naming, terminal)
    for sentence in (*explained(report, naming.say), *_small(report, naming)):
        lines += ["", *(terminal.style(line, "dim") for line in wrap(sentence, terminal.width))]
    return lines


def _title(words: str, terminal: Terminal) -> list[str]:
    return ["", *(terminal.style(line, "bold") for line in wrap(words, terminal.width))]


def _small(report: Balance, naming: Naming) -> Iterator[str]:
    cells = [cell for part in report.parts for cell in part.cells if cell.of]
    cells += [cell for cross in report.crosses for row in cross.rows for cell in row.cells if cell.of]
    if any(cell.small for cell in cells):
        yield naming.say("~ marks shares of fewer than {least} checks.", least=str(SMALL))


def _cross(cross: Cross, report: Balance, naming: Naming, terminal: Terminal) -> Iterator[str]:
    """Under each rating its share within each name, so that they stand below one another."""
    rows = [row for row in cross.rows if row.of]
    overall = next(part for part in report.parts if part.by == "rating").cells
    for place, rating in enumerate(overall):
        if not rating.count:
            continue
        everywhere = naming.say(
            "{rating} (all checks: {share})", rating=naming.rating(rating.name), share=_share(rating)
        )
        yield from (terminal.style(line, "dim") for line in wrap(visible(everywhere), terminal.width))
        yield from _bars([(naming(cross.by, row.name), row.cells[place]) for row in rows[:IN_CROSS]], terminal)
    yield from _left_out(len(rows) - IN_CROSS, naming, terminal)


def _left_out(count: int, naming: Naming, terminal: Terminal) -> list[str]:
    if count <= 0:
        return []
    return [
        terminal.style(line, "dim") for line in wrap(naming.say("and {count} more", count=f"{count:,}"), terminal.width)
    ]


def _bars(named: Sequence[tuple[str, Cell]], terminal: Terminal) -> list[str]:
    """A line for each: its name, how many, the share with its interval, a bar."""
    from factdesk.queries.balance_plot import span

    names = [visible(name) for name, _ in named]
    left = min(max(map(columns, names), default=0), 22)
    lines = []
    for name, (_, cell) in zip(names, named, strict=True):
        figures = f"{cell.count:>6,}  {_share(cell):>4} {f'({span(cell)})':>9} {_mark(cell):1}"
        drawn = terminal.style(bar(cell), "bold yellow" if cell.lean else "dim" if cell.small else "green")
        head, *rest = wrap(name, left) or [""]
        if terminal.narrow:
            lines += [*(f"  {line}" for line in wrap(name, terminal.width - 2)), f"  {figures}".rstrip()]
            continue
        lines.append(f"  {pad(head, left)}{figures}  {drawn}".rstrip())
        lines += [f"  {each}" for each in rest]
    return lines


def bar(cell: Cell) -> str:
    """A share as a bar: full to where the interval begins, thinner to the share, and thinnest to its end."""
    low, share, high = (round(value * BAR) for value in (cell.interval.low, cell.share, cell.interval.high))
    return "█" * low + "▓" * (share - low) + "░" * (high - share) if cell.of else ""


def _mark(cell: Cell) -> str:
    return "~" if cell.small else MARKS[cell.lean]


def _share(cell: Cell) -> str:
    return f"{cell.share:.0%}"
