"""How long `factdesk lint --all` takes for a desk of 10,000 checks, and how long again after one of them changed.

    python benchmarks/lint_speed.py [--checks 10000] [--keep FOLDER]

The checks are made of the clean drafts of `data/lint`: two to five in a row, so that they have some 300 to 900 words,
each with a number of its own in it. Their captures are the sources of those drafts, each in several versions among
other sentences, some 6,000 characters long. The exit code is 1 when the first run takes longer than 60 s, or the
second is not five times as fast.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from factdesk.actions.desks import create_desk
from factdesk.clock import Clock
from factdesk.domain.captures import Capture
from factdesk.domain.checks import CheckNow, Revision
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.claims import Claim, ClaimAppearance
from factdesk.domain.documents import About, Extractor, text_digest
from factdesk.domain.reviews import Claimant
from factdesk.domain.workflow import Standing
from factdesk.lint.base import CitationFact, ClaimFact
from factdesk.store.blobs import digest_of, put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.checks import all_heads
from factdesk.store.citations import capture_number, put_citations
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record
from lint_cases import CLEAN, Case, cases

MOST_SECONDS, LEAST_RATIO = 60.0, 5.0
VERSIONS = 8
"""Versions of each draft's sources."""
FILLER = 48
"""Sentences of other sources around a source's own."""
BATCH = 250
_MARK = re.compile(r"\[\^cite:(\w+)\]")


@dataclass(frozen=True)
class Version:
    """A clean draft whose citations and claims are in the record: their ids by their names in it."""

    case: Case
    cited: dict[str, str]
    claims: dict[str, str]


def versions(record: Record, chosen: random.Random) -> list[Version]:
    """Every clean draft, several times, each time with captures, citations and claims of its own."""
    clean = [case for case in cases() if case.kind == CLEAN]
    texts = {
        language: [
            sentence
            for case in clean
            if case.language == language
            for fact in case.facts.citations.values()
            for sentence in re.split(r"(?<=[.!?]) ", fact.text)
        ]
        for language in ("en", "vi")
    }
    found = []
    for case in clean:
        for number in range(VERSIONS):
            cited = {
                own: cite(record, fact, around(chosen, texts[case.language], fact.text), f"{case.id}/{number}")
                for own, fact in case.facts.citations.items()
            }
            claims = {own: claim(record, fact, case.language) for own, fact in case.facts.claims.items()}
            found.append(Version(case, cited, claims))
    return found


def around(chosen: random.Random, sentences: Sequence[str], text: str) -> str:
    """A source among other sentences."""
    more = [f"{chosen.choice(sentences)}" for _ in range(FILLER)]
    half = FILLER // 2
    return " ".join([*more[:half], text, *more[half:], f"({chosen.randrange(10**6)})"])


def cite(record: Record, fact: CitationFact, text: str, version: str) -> str:
    """A capture of a source with its citation, whose id is returned."""
    own = captured(record, f"{fact.url}?{version}", text, fact.title)
    with record.write() as writer:
        number = capture_number(writer.session, own)
        pieces = tuple(piece_of(text, each) for each in fact.pieces)
        quoted = " […] ".join(fact.pieces)
        made = Citation(own, text_digest(text), quoted, pieces, fact.stance, writer.now(), fact.claim)
        return put_citations(writer, [(number, made)], actor="b")[1][0]


def captured(record: Record, url: str, text: str, title: str = "") -> str:
    """A capture of a text, whose id is returned."""
    layout = f"[[0, {len(text)}]]"
    capture = Capture(
        digest=digest_of(text.encode()),
        size=len(text.encode()),
        text_digest=text_digest(text),
        layout_digest=text_digest(layout),
        origin="web",
        media_type="text/plain",
        extractor=Extractor("text", "1"),
        time=record.clock.now(),
        url=url,
        final_url=url,
        about=About(title=title),
    )
    staged = [stage(record.config, text.encode()), stage(record.config, layout.encode())]
    with record.write() as writer:
        put_blobs(writer, staged)
        slices = [Slice(0, len(text), heading="")]
        return put_captures(writer, [NewCapture(capture, slices)], actor="b")[1][0]


def piece_of(text: str, exact: str) -> Piece:
    """A piece of a text with what stands around it."""
    start = text.index(exact)
    end = start + len(exact)
    return Piece(exact, text[max(0, start - 32) : start], text[end : end + 32], start, end)


def claim(record: Record, fact: ClaimFact, language: str) -> str:
    """A claim of the record, whose id is returned."""
    kind = None if fact.claimant_kind == "unclassified" else fact.claimant_kind
    claimant = Claimant(fact.claimant, kind) if kind else Claimant()
    places = tuple(ClaimAppearance(place.url, captured(record, place.url, place.text)) for place in fact.appearances)
    made = Claim(fact.text, language, fact.kind, claimant, places)
    own = record.clock.new_id()
    with record.write() as writer:
        put_facts(writer, [NewFact("claim", own, made.content())], actor="b", action="claim.add", subject=own)
    return own


def sources(made: Sequence[Version], count: int, chosen: random.Random) -> Iterator[str]:
    """Sources of checks: two to five drafts of a language in a row."""
    by_language = {language: [each for each in made if each.case.language == language] for language in ("en", "vi")}
    for number in range(count):
        rows = by_language[("en", "vi")[number % 2]]
        yield joined(chosen.sample(rows, chosen.randint(2, 5)), number)


def joined(rows: Sequence[Version], number: int) -> str:
    """A check of several drafts, with its number in its title."""
    first = rows[0].case.source
    end = first.index("---\n", 4) + 4
    claims = f"claims: [{', '.join(own for each in rows for own in each.claims.values())}]"
    front = re.sub(r"^claims: .*$", claims, first[:end], flags=re.MULTILINE)
    front = re.sub(r"^topics: .*$", f"topics: [number-{number}]", front, flags=re.MULTILINE)
    return front + "\n".join(body_of(each) for each in rows)


def body_of(version: Version) -> str:
    """A draft's body with the ids of the record."""
    source = version.case.source
    body = source[source.index("---\n", 4) + 4 :]
    return _MARK.sub(lambda found: f"[^cite:{version.cited[found[1]]}]", body)


def put_checks(record: Record, texts: Sequence[str]) -> None:
    """Checks with a first revision each, some in one transaction."""
    for at in range(0, len(texts), BATCH):
        with record.write() as writer:
            facts: list[NewFact] = []
            for text in texts[at : at + BATCH]:
                own, revision, now = writer.clock.new_id(), writer.clock.new_id(), writer.now()
                first = Revision(own, 1, text, "b", now, "new")
                facts.append(NewFact("check", own, CheckNow(Standing(), revision, "new", "b", now).content()))
                facts.append(NewFact("revision", own, first.content(), revision))
            put_facts(writer, facts, actor="b", action="check.new", subject="many")


def change_one(record: Record) -> None:
    """Another revision of the first check."""
    with record.read() as session:
        head = next(all_heads(session))
    with record.write() as writer:
        text = f"{head.source}\nOne more sentence, which nobody had written before.\n"
        made = Revision(head.check, 2, text, "b", writer.now(), "edit", head.revision)
        fact = NewFact("revision", head.check, made.content(), writer.clock.new_id())
        put_facts(writer, [fact], actor="b", action="check.edit", subject=head.check)


def run(folder: Path) -> tuple[float, str]:
    """Seconds that `lint --all` takes, and what it says: those of all its processes on a core, and its count."""
    command = [sys.executable, "-m", "factdesk.cli.main", "--desk", str(folder), "lint", "--all"]
    start, before = time.perf_counter(), on_cores()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C.UTF-8"})
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return took, f"{on_cores() - before:.1f} s on cores; {done.stderr.strip().splitlines()[0]}"


def on_cores() -> float:
    """Seconds that processes started here, and those that they started, have spent on cores."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Make a desk, lint it, change a check, lint it again; say whether the targets are met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checks", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="make the desk in this folder and leave it there")
    options = parser.parse_args()
    chosen = random.Random(11)
    with nullcontext(options.keep) if options.keep else tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "desk"
        config = create_desk(folder, clock=Clock())
        with Record.open(config, Clock()) as record:
            texts = list(sources(versions(record, chosen), options.checks, chosen))
            put_checks(record, texts)
        size = sum(len(text.split()) for text in texts) / len(texts)
        print(f"{len(texts):,} checks of {size:.0f} words on average, {os.cpu_count()} cores")
        first, said = run(folder)
        print(f"cold: {first:.1f} s, {1000 * first / len(texts):.1f} ms a check; {said}")
        with Record.open(config, Clock()) as record:
            change_one(record)
        again, said = run(folder)
        print(f"after one change: {again:.1f} s, {first / again:.1f} times as fast; {said}")
    good = first <= MOST_SECONDS and first / again >= LEAST_RATIO
    print("met" if good else "NOT met", f"(at most {MOST_SECONDS:.0f} s, then {LEAST_RATIO:.0f} times as fast)")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
