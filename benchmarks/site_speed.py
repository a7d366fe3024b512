"""How long `factdesk site build` takes for 10,000 checks and after one changed, against Pelican on the same text.

    python benchmarks/site_speed.py [--checks 10000] [--pelican PROGRAM] [--keep FOLDER]

Every check is signed, has a bundle and a text of about 450 words; it cites no capture, since Pelican has nothing like a
source's page. Pelican is run as a process of its own with its own theme, without its cache; where it is not installed
(`uv pip install "pelican[markdown]"`), nothing is compared. The load of the machine stands beside the times: both use
what of it is free. Each check's card is a picture that Pelican does not draw: the first full build draws all of them
and makes all bundles. Then all pages are made anew with the cards and bundles that stand there, since the desk has a
template of its own (which is guarded, and slower). After one changed check only what shows it is made. Exit code 1 when
the first build is slower than Pelican, or a changed check takes longer than 2 s.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evidence_world import ENGLISH, sentences
from factdesk.actions.people import add_person
from factdesk.config import DeskConfig
from factdesk.domain.checks import CheckNow, Publication, SignOff
from factdesk.domain.statements import StatedClaim, StatedRating, Statement
from factdesk.domain.workflow import Standing
from factdesk.publish.build import build
from factdesk.queries.desk import Desk
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record, Writer
from factdesk.store.setup import prepare

URL = "https://desk.example"
CHANGED = 2.0
"""Seconds from a changed check to a whole site."""
START = datetime(2024, 1, 1, tzinfo=UTC)
RATINGS = (("false", 1), ("misleading", 3), ("true", 5))
SETTINGS = """
SITENAME = "Bench"
SITEURL = "https://desk.example"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
OUTPUT_PATH = "out"
DEFAULT_PAGINATION = 50
LOAD_CONTENT_CACHE = False
CACHE_CONTENT = False
FEED_ALL_ATOM = "feeds/all.atom.xml"
FEED_MAX_ITEMS = 50
"""


def text_of(number: int) -> str:
    """The Markdown of a check: words from its number, with what Markdown is used for."""
    chosen = random.Random(number)
    said = sentences(chosen, ENGLISH, 24)
    said[1] = f"It is *not* what [the report]({URL}/reports/{number}) says, **nowhere** in it."
    blocks = [" ".join(said[at : at + 4]) for at in range(0, 24, 4)]
    listed = "\n".join(f"- {' '.join(chosen.sample(ENGLISH.split(), 8))}" for _ in range(3))
    return "\n\n".join([*blocks[:2], "## What we found", *blocks[2:4], listed, "## How we checked", *blocks[4:]]) + "\n"


def stated(number: int, own: str) -> Statement:
    """What is published of the check of that number."""
    rating, value = RATINGS[number % 3]
    title = f"Claim {number}: {' '.join(random.Random(number).sample(ENGLISH.split(), 6))}"
    claim = StatedClaim(f"c{number}", title, "checkable", "en", "", "Pond Talk", "organisation", (), (), ())
    return Statement(
        act="publish", check=own, revision="r1", desk="Bench", url=URL,
        source=f"---\ntitle: '{title}'\nlanguage: en\n---\n{text_of(number)}", title=title, language="en",
        summary="A summary of what was found, one sentence long.", authors=(f"Author {number % 7}",),
        topics=(f"Topic {number % 40:02}",), rating=StatedRating(rating, value, 1, 5, rating.capitalize(), ""),
        claims=(claim,), citations=(), captures=(), writers=("an",),
    )  # fmt: skip


def put_check(writer: Writer, key: PrivateKey, said: Statement, when: datetime, number: int = 1) -> None:
    """A publication with its sign-off, written as it comes out of the desk's workflow."""
    signed = writer.clock.new_id()
    signature = sign(key, said.digest)
    signoff = SignOff(said.check, said.revision, "binh", key.public, said.digest, signature, when)
    publication = Publication(said.check, number, said.content(), signed, "binh", when)
    now = CheckNow(Standing("published", was_public=True), said.revision, said.act, "binh", when)
    facts = [NewFact("signoff", said.check, signoff.content(), signed)]
    facts += [NewFact("publication", said.check, publication.content()), NewFact("check", said.check, now.content())]
    put_facts(writer, facts, actor="binh", action="check.publish", subject=f"check:{said.check}")


def fill(record: Record, key: PrivateKey, count: int) -> list[Statement]:
    """A record with so many published checks, an hour apart."""
    add_person(record, "binh", actor="an")
    made = []
    for at in range(0, count, 500):
        with record.write() as writer:
            for number in range(at, min(at + 500, count)):
                made.append(stated(number, str(writer.clock.new_id())))
                put_check(writer, key, made[-1], START + timedelta(hours=number))
    return made


def change(record: Record, key: PrivateKey, said: Statement, count: int) -> None:
    """Correct one check."""
    source = said.source.replace("nowhere", "hardly anywhere")
    with record.write() as writer:
        when = START + timedelta(hours=count + 1)
        put_check(writer, key, replace(said, act="correct", revision="r2", source=source), when, 2)


def built(config: DeskConfig, out: Path) -> float:
    """Seconds of a build, with opening the desk."""
    start = time.perf_counter()
    with Desk.open(config, writable=False) as desk:
        build(desk, out, URL)
    return time.perf_counter() - start


def pelican(program: str, folder: Path, made: list[Statement]) -> float:
    """Seconds that Pelican takes for the same text, in a process of its own."""
    (folder / "content").mkdir(parents=True)
    (folder / "conf.py").write_text(SETTINGS, encoding="utf-8")
    for number, said in enumerate(made):
        when = f"{START + timedelta(hours=number):%Y-%m-%d %H:%M}"
        head = f"Title: {said.title}\nDate: {when}\nCategory: {said.topics[0]}\nTags: {said.rating.key}\n"
        head += f"Authors: {said.authors[0]}\nSummary: {said.summary}\nSlug: check-{number}\n"
        (folder / "content" / f"{number}.md").write_text(f"{head}\n{text_of(number)}", encoding="utf-8")
    start = time.perf_counter()
    subprocess.run([program, "-q", "-s", "conf.py"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def figure(name: str, seconds: float, count: int) -> None:
    """Print a time with the machine's load."""
    load = os.getloadavg()[0]
    print(f"{name:<40}{seconds:>8.2f} s{seconds / count * 1000:>8.2f} ms a check   (load {load:.1f})", flush=True)


def measure(folder: Path, count: int, program: str) -> int:
    """Fill a desk in the folder, build, change, build again, and let Pelican do the same; the exit code."""
    config = DeskConfig(folder=folder / "desk", database_url=f"sqlite:///{folder / 'desk' / 'record.sqlite'}", name="B")
    config.folder.mkdir(parents=True)
    prepare(config)
    key, out = PrivateKey(b"a key of the benchmark's own ..."), folder / "site"
    with Record.open(config) as record:
        made = fill(record, key, count)
    print(f"{count:,} checks, {sum(len(each.source.split()) for each in made) // count} words each", flush=True)
    whole = built(config, out)
    figure("full build", whole, count)
    (config.folder / "site/templates").mkdir(parents=True)
    (config.folder / "site/templates/missing.html").write_text("{% extends 'base.html' %}", encoding="utf-8")
    kept = built(config, out)
    figure("all pages anew, cards and bundles kept", kept, count)
    shutil.rmtree(config.folder / "site")
    built(config, out)
    with Record.open(config) as record:
        change(record, key, made[count // 2], count)
    again = built(config, out)
    figure("build after one check changed", again, count)
    slow = again > CHANGED
    if program:
        other = pelican(program, folder / "pelican", made)
        figure("Pelican", other, count)
        print(f"full build / Pelican: {whole / other:.2f}", flush=True)
        slow = slow or whole > other
    return int(slow)


def main() -> int:
    """Measure; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--checks", type=int, default=10_000)
    parser.add_argument("--pelican", default=shutil.which("pelican") or "")
    parser.add_argument("--keep", type=Path, help="a folder that is not there yet, which stays")
    asked = parser.parse_args()
    if asked.keep is not None:
        asked.keep.mkdir(parents=True)
        return measure(asked.keep.absolute(), asked.checks, asked.pelican)
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), asked.checks, asked.pelican)


if __name__ == "__main__":
    sys.exit(main())
