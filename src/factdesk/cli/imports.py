"""`factdesk import`, `import undo` and `sync`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.plain import plain
from factdesk.domain.runs import RunCounts
from factdesk.errors import UsageError
from factdesk.wording import Say, describe

if TYPE_CHECKING:
    from factdesk.actions.run import ImportResult
    from factdesk.actions.sync import SyncResult

TAKEN_BACK = "Taken back: {withdrawn} taken out, {changed} as before."

COUNTED = (
    ("new", "{count} new"),
    ("changed", "{count} changed"),
    ("unchanged", "{count} unchanged"),
    ("repeated", "{count} repeated in the file"),
    ("withdrawn", "{count} withdrawn"),
    ("blocked", "{count} of blocked publishers, or redacted here"),
    ("repaired", "{count} repaired"),
    ("skipped", "{count} skipped"),
)


def counted(say: Say, counts: RunCounts) -> str:
    """The counts that are not zero, in words."""
    parts = [say(said, count=f"{number:,}") for name, said in COUNTED if (number := getattr(counts, name))]
    return say("{count} read", count=f"{counts.read:,}") + (": " + ", ".join(parts) if parts else "")


def changed(counts: RunCounts) -> bool:
    """Whether a run changed anything in the desk."""
    return bool(counts.new or counts.changed or counts.withdrawn)


@command(
    help="Bring in published checks. A DataFeed, ClaimReview JSON or a page that carries it, Google API answers, "
    "CSV or JSON Lines, packed with gzip too. The same file twice changes nothing.",
    acts=True,
    examples=(
        "factdesk import feed.json",
        "factdesk import https://example.org/feed.json --dry-run",
        "factdesk import --sample",
        "factdesk import undo RUN",
    ),
)
@argument("source", help="A file, an address, or - for standard input.", required=False)
@option(
    "--source", "source_name", default="", metavar="NAME", help="Name of the source; ids of its rows count within it."
)
@option(
    "--format",
    "shape",
    default="",
    metavar="FORMAT",
    help="json, jsonl, csv or html; told from its content if not given.",
)
@option("--sample", is_flag=True, help="Bring in the sample that comes with factdesk, for trying things out.")
@option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
def import_(call: Call, source: str | None, source_name: str, shape: str, sample: bool, dry_run: bool) -> None:
    """Bring in checks."""
    if sample == (source is not None):
        raise UsageError("Name what to import: a file, an address, -, or --sample.")
    from factdesk.actions.imports import import_reviews

    with ExitStack() as stack:
        place = source or stack.enter_context(sample_file())
        desk = stack.enter_context(call.open(writable=True))
        progress = stack.enter_context(call.progress("Importing"))
        result = import_reviews(
            desk,
            place,
            source_name=source_name,
            format=shape,
            dry_run=dry_run,
            progress=progress,
            actor=call.actor(),
        )
    _report(call, result, dry_run)


@contextmanager
def sample_file() -> Iterator[str]:
    """The sample feed as a file, for as long as it is read."""
    from tempfile import TemporaryDirectory

    from factdesk.sample.feed import feed_json

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.json"
        path.write_text(feed_json(), encoding="utf-8")
        yield str(path)


def _report(call: Call, result: ImportResult, dry_run: bool) -> None:
    counts = result.counts
    if call.json:
        call.print_json({"run": result.run_id, "counts": counts, "report": result.report, "dry_run": dry_run})
    else:
        call.print(counted(call.say, counts))
    if result.report is not None:
        call.talk("What was skipped or repaired, with place and reason: {file}", file=result.report)
    if dry_run:
        call.talk("Nothing was changed: this was a dry run.")
    elif not changed(counts):
        call.talk("Nothing has changed.")
    else:
        call.talk("To take it back: factdesk import undo {run}", run=result.run_id)


@command(
    help="Take one import back. What it brought is taken out, what it changed is as before; "
    "the events stay in the log.",
    acts=True,
    examples=("factdesk import undo 0190f0c2-7c3a-7b1e-9d53-0a1b2c3d4e5f",),
)
@argument("run", help="The import's id, as it said at its end and as `factdesk status` shows it.")
def undo(call: Call, run: str) -> None:
    """Take one import back."""
    from factdesk.actions.imports import undo_import

    with call.open(writable=True) as desk, call.progress("Taking back") as progress:
        counts = undo_import(desk, run, call.actor(), progress=progress)
    if call.json:
        call.print_json({"run": run, "counts": counts})
        return
    call.print(call.say(TAKEN_BACK, withdrawn=f"{counts.withdrawn:,}", changed=f"{counts.changed:,}"))
    if counts.skipped:
        call.warn("{count} reviews were changed since, and are left as they are.", count=f"{counts.skipped:,}")


@command(
    help="Fetch feeds again and bring in what changed. Without an address: every feed the desk has imported from.",
    acts=True,
    examples=("factdesk sync", "factdesk sync https://example.org/feed.json"),
)
@argument("url", help="Address of one feed.", required=False)
def sync(call: Call, url: str | None) -> int:
    """Fetch feeds again."""
    from factdesk.actions.sync import sync as fetch_again

    with call.open(writable=True) as desk, call.progress("Fetching") as progress:
        results = fetch_again(desk, url, progress=progress, actor=call.actor())
    if call.json:
        call.print_json([{**plain(result), "error": _why(call, result)} for result in results])
    else:
        for result in results:
            _say_synced(call, result)
    return max((result.error.exit_code for result in results if result.error), default=0)


def _why(call: Call, result: SyncResult) -> str:
    """Why a feed could not be read; empty when it was."""
    return describe(result.error, call.say) if result.error else ""


def _say_synced(call: Call, result: SyncResult) -> None:
    if result.error is not None:
        call.warn("{url} was left out: {why}", url=result.url, why=_why(call, result))
        return
    call.print(f"{result.url}: {call.say('unchanged') if result.unchanged else counted(call.say, result.counts)}")
    if not result.whole:
        call.warn(
            "{url}: the feed is cut short or damaged; what it lacks is kept, and it will be asked for in full again.",
            url=result.url,
        )
    elif result.kept:
        call.warn(
            "{url}: {count} reviews are no longer in the feed, too many at once to believe it; they are kept.",
            url=result.url,
            count=f"{result.kept:,}",
        )
    if result.report is not None:
        call.talk("What was skipped or repaired, with place and reason: {file}", file=result.report)
