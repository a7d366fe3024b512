"""`factdesk status`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.check_view import STATE_NAMES
from factdesk.cli.command import command
from factdesk.cli.imports import counted
from factdesk.cli.terminal import Terminal, columns, pad, visible, wrap
from factdesk.wording import Say

if TYPE_CHECKING:
    from factdesk.queries.status import IndexStatus, Status
    from factdesk.search.manifest import Manifest

STATES = {"running": "running", "done": "done", "interrupted": "interrupted", "undone": "undone"}


@command(
    help="Say what is in the desk. Reviews, publishers, languages, sizes, people, claims, checks, the index and how "
    "far it lags, models, feeds, imports.",
    examples=("factdesk status", "factdesk status --json"),
)
def status(call: Call) -> None:
    """Say what is in the desk."""
    from factdesk.queries.status import status as gather
    from factdesk.search.manifest import EVIDENCE

    with call.record() as record:
        folder = record.config.index_dir
        found = gather(record.config, record, _manifest(folder), _manifest(folder / EVIDENCE))
    if call.json:
        call.print_json(found)
        return
    for line in status_lines(found, call.out, call.say):
        call.print(line)


def _manifest(folder: Path) -> Manifest | None:
    from factdesk.search.base import IndexDamagedError
    from factdesk.search.manifest import read_manifest

    try:
        return read_manifest(folder)
    except IndexDamagedError:
        # The next search makes it anew; until then there is none.
        return None


def status_lines(found: Status, terminal: Terminal, say: Say) -> list[str]:
    """A desk at a glance: a name, and beside it (below it on a phone) what there is."""
    rows = list(_rows(found, say))
    left = 0 if terminal.narrow else max(columns(name) for name, _ in rows) + 2
    lines: list[str] = []
    for name, text in rows:
        body = wrap(visible(text), terminal.width - (left or 2))
        if not left:
            lines += [terminal.style(name, "dim"), *(f"  {line}" for line in body)]
            continue
        lines.append(terminal.style(pad(name, left), "dim") + body[0])
        lines += [" " * left + line for line in body[1:]]
    return lines


def _rows(found: Status, say: Say) -> Iterator[tuple[str, str]]:
    yield say("Desk"), f"{found.name} ({found.folder})"
    yield say("Record"), f"{found.record}, {size(found.sizes.get('record', 0))}"
    languages = ", ".join(f"{name or '?'} {count:,}" for name, count in found.languages.items())
    yield say("Reviews"), f"{found.reviews:,}" + (f" ({languages})" if languages else "")
    yield (
        say("Publishers"),
        say("{count}, {blocked} of them blocked", count=f"{found.publishers:,}", blocked=found.blocked),
    )
    yield say("Judgements"), f"{found.judgements:,}"
    yield (
        say("Captures"),
        say(
            "{count}, {cited} citations, {size}",
            count=f"{found.captures:,}",
            cited=f"{found.citations:,}",
            size=size(found.sizes.get("evidence", 0)),
        ),
    )
    if found.people:
        yield say("People"), f"{found.people:,}"
    if found.claims or found.tips:
        yield say("Claims"), say("{count}, {tips} tips", count=f"{found.claims:,}", tips=f"{found.tips:,}")
    if found.checks:
        yield say("Checks"), ", ".join(f"{say(STATE_NAMES[name])} {count:,}" for name, count in found.checks.items())
    yield say("Events"), say("{count}, head {head}", count=f"{found.seq:,}", head=f"{found.seq}:{found.head}")
    yield say("Index"), _index(found.index, found.sizes.get("index", 0), say)
    if found.evidence_index is not None:
        yield say("Index of evidence"), _passages(found.evidence_index, say)
    vectors = sum(found.vectors.values())
    yield say("Model"), say("{name}, {count} vectors kept", name=found.encoder, count=f"{vectors:,}")
    for feed in found.feeds:
        yield say("Feed"), f"{feed.url} ({feed.checked_at:%Y-%m-%d %H:%M})"
    for run in found.runs:
        counts = counted(say, run.counts)
        yield say("Import"), f"{run.started:%Y-%m-%d %H:%M} {run.source}: {say(STATES[run.state])}; {counts} [{run.id}]"


def _index(index: IndexStatus | None, taken: int, say: Say) -> str:
    if index is None:
        return say("none yet; the next match or import makes it")
    lag = say("up to date") if index.lag == 0 else say("{count} events behind", count=f"{index.lag:,}")
    return say(
        "version {version}, {count} reviews, {lag}, {size}",
        version=index.version,
        count=f"{index.documents:,}",
        lag=lag,
        size=size(taken),
    )


def _passages(index: IndexStatus, say: Say) -> str:
    lag = say("up to date") if index.lag == 0 else say("{count} events behind", count=f"{index.lag:,}")
    return say(
        "version {version}, {count} passages, {lag}", version=index.version, count=f"{index.documents:,}", lag=lag
    )


def size(count: int) -> str:
    """Bytes for people, in decimal units."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
