"""`factdesk capture`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from factdesk.cli.call import Call
from factdesk.cli.command import argument, command, option
from factdesk.cli.imports import changed, counted
from factdesk.cli.plain import plain
from factdesk.cli.terminal import visible, wrap
from factdesk.errors import FactdeskError, InputError, UsageError
from factdesk.wording import describe

if TYPE_CHECKING:
    from factdesk.actions.capture import Captured
    from factdesk.actions.fetching import Wishes
    from factdesk.queries.desk import Desk

ORIGINS = {"web": "fetched by this desk", "file": "supplied as a file", "text": "supplied as a text"}
EXTRAS = {
    "screenshot-desk": "picture at desk width",
    "screenshot-phone": "picture at phone width",
    "timestamp": "timestamp",
}
UNNAMED = "Name what to capture: addresses, files, --texts FILE, or --sample."


@command(
    help="Freeze sources to quote from: addresses and files. Kept are the bytes with their digest, and the text. Web "
    "pages, PDF, DOCX, ODT, plain text, pictures. A capture never changes; capturing again makes another.",
    acts=True,
    examples=(
        "factdesk capture https://example.org/report",
        "factdesk capture decree.pdf scan.png --note 'from the ministry'",
        "factdesk capture https://example.org/report --screenshot --timestamp https://tsa.example.org",
        "factdesk capture --texts library.jsonl.gz",
        "factdesk capture --sample",
    ),
)
@argument("sources", help="Addresses and files.", required=False, nargs=-1)
@option("--texts", metavar="FILE", help="Texts prepared elsewhere: JSON Lines, rows with id and text; .gz and - too.")
@option("--sample", is_flag=True, help="Take in the sources that come with factdesk, for trying things out.")
@option("--note", default="", metavar="TEXT", help="A note that stays with the capture.")
@option("--primary", is_flag=True, help="Mark as a primary source: a law, a study, statistics, the speech itself.")
@option("--screenshot", is_flag=True, help="Keep pictures of the page too, at desk and phone width; needs a browser.")
@option("--timestamp", "authority", default="", metavar="URL", help="Have an authority stamp the time (RFC 3161).")
@option("--allow-private", is_flag=True, help="Fetch from a private network too; the capture says so.")
@option("--dry-run", is_flag=True, help="With --texts: say what would change, and change nothing.")
def capture(
    call: Call,
    sources: tuple[str, ...],
    texts: str | None,
    sample: bool,
    note: str,
    primary: bool,
    screenshot: bool,
    authority: str,
    allow_private: bool,
    dry_run: bool,
) -> int:
    """Freeze sources."""
    if bool(sources) + (texts is not None) + sample != 1:
        raise UsageError(UNNAMED)
    if sample:
        with sample_sources() as file:
            return _texts(call, file, note, primary, dry_run)
    if texts is not None:
        if screenshot or authority or allow_private:
            raise UsageError("--texts takes neither --screenshot, --timestamp nor --allow-private.")
        return _texts(call, texts, note, primary, dry_run)
    if dry_run:
        raise UsageError("{option} goes with --texts.", option="--dry-run")
    from factdesk.actions.fetching import Wishes

    return _sources(call, sources, Wishes(note, primary, allow_private, screenshot, authority))


@contextmanager
def sample_sources() -> Iterator[str]:
    """The sample's sources as a file, for as long as it is read."""
    from tempfile import TemporaryDirectory

    from factdesk.sample.sources import sources_jsonl

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample-sources.jsonl"
        path.write_text(sources_jsonl(), encoding="utf-8")
        yield str(path)


def _sources(call: Call, sources: tuple[str, ...], wishes: Wishes) -> int:
    """Capture one after another; what cannot be captured stops no other, and gives the exit code."""
    rows: list[dict[str, Any]] = []
    code = 0
    with call.open(writable=True) as desk, call.progress("Capturing") as progress:
        for done, source in enumerate(sources):
            progress(done, len(sources))
            try:
                found = _one(desk, source, wishes, call.actor())
            except FactdeskError as error:
                if len(sources) == 1 and not call.json:
                    raise
                rows.append({"source": source, "error": describe(error, call.say)})
                code = code or error.exit_code
                if not call.json:
                    call.warn("{source} was left out: {why}", source=source, why=describe(error, call.say))
                continue
            rows.append(_row(call, source, found))
            code = code or next((problem.exit_code for problem in found.problems), 0)
            if not call.json:
                _say(call, found)
    if call.json:
        call.print_json(rows)
    return code


def _one(desk: Desk, source: str, wishes: Wishes, actor: str) -> Captured:
    from factdesk.actions.capture import capture_address, capture_file
    from factdesk.actions.sources import is_address

    if is_address(source):
        return capture_address(desk, source, wishes, actor=actor)
    if wishes.screenshot:
        raise InputError("A screenshot is made of an address, not of a file.", place=source)
    return capture_file(desk, Path(source), wishes, actor=actor)


def _row(call: Call, source: str, found: Captured) -> dict[str, Any]:
    return {
        "source": source,
        "id": found.id,
        **plain(found.capture),
        "supplied": found.capture.supplied,
        "characters": found.characters,
        "remarks": [call.say(remark.template, **remark.values) for remark in found.remarks],
        "twins": list(found.twins),
        "extras": list(found.extras),
        "problems": [describe(problem, call.say) for problem in found.problems],
    }


def _say(call: Call, found: Captured) -> None:
    """One capture: its id, what it is, and what the person should know of it."""
    kept, terminal = found.capture, call.out
    call.print(terminal.style(found.id, "bold"))
    about = [visible(kept.about.title), visible(kept.about.author), kept.about.published, visible(kept.source)]
    facts = [
        kept.media_type,
        call.say("{size} bytes", size=f"{kept.size:,}"),
        call.say("{count} characters", count=f"{found.characters:,}"),
        call.say(ORIGINS[kept.origin]),
        *(call.say(EXTRAS[extra]) for extra in found.extras),
    ]
    for line in (" · ".join(filter(None, about)), " · ".join(facts), f"sha256 {kept.digest}"):
        for part in wrap(line, max(terminal.width - 2, 70)):
            call.print(f"  {part}")
    for remark in found.remarks:
        call.warn("Note: {remark}", remark=visible(call.say(remark.template, **remark.values)))
    if kept.private:
        call.warn("Note: {remark}", remark=call.say("it came from a private network"))
    if found.twins:
        call.talk("The same text was captured before: {ids}", ids=", ".join(found.twins[-3:]))
    for problem in found.problems:
        call.warn("The capture is kept, but: {why}", why=describe(problem, call.say))
    if found.characters:
        call.talk('To quote from it: factdesk cite {id} "…" --stance supports', id=found.id)


def _texts(call: Call, source: str, note: str, primary: bool, dry_run: bool) -> int:
    from factdesk.actions.texts import capture_texts

    with call.open(writable=True) as desk, call.progress("Capturing") as progress:
        result = capture_texts(
            desk, source, note=note, primary=primary, dry_run=dry_run, progress=progress, actor=call.actor()
        )
    if call.json:
        call.print_json(
            {"run": result.run_id, "counts": result.counts, "report": result.report, "dry_run": result.dry_run}
        )
    else:
        call.print(counted(call.say, result.counts))
    if result.report is not None:
        call.talk("What was skipped or repaired, with place and reason: {file}", file=result.report)
    if dry_run:
        call.talk("Nothing was changed: this was a dry run.")
    elif not changed(result.counts):
        call.talk("Nothing has changed.")
    return 0
