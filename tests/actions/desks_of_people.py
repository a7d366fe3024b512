"""A desk with people, keys, a claim and what refutes it, made once and copied for each test.

    dung   admin, the first person                    binh, giang  reviewers
    an     contributor, writes (shown as An Nguyễn)   chi          editor
    hoa    reviewer without a key                     em           editor who left

All but hoa have a key. The evidence was really captured, from a site on the loopback address; the encoder is one that
takes no time, since none of this is about likeness.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.actions.killed_capturer import Encoder
from tests.actions.pages import page, site

from factdesk.actions.capture import capture_address, capture_file
from factdesk.actions.checks import Saved, new_check
from factdesk.actions.cite import CitedNow, cite
from factdesk.actions.claims import add_claim
from factdesk.actions.fetching import Wishes
from factdesk.actions.keys import proof_digest, register_key
from factdesk.actions.people import add_person, disable_person
from factdesk.actions.publish import Published, publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import submit
from factdesk.clock import Clock, uuid7
from factdesk.config import DeskConfig
from factdesk.queries.desk import Desk
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign as signature_of
from factdesk.store.checks import StoredCheck, get_check
from factdesk.store.record import Record

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

ROLES = {
    "dung": "admin",
    "an": "contributor",
    "binh": "reviewer",
    "giang": "reviewer",
    "hoa": "reviewer",
    "chi": "editor",
    "em": "editor",
}
SHOWN = {"an": "An Nguyễn", "binh": "Bình Trần"}
KEYED = ("dung", "an", "binh", "giang", "chi", "em")

SAID = "Eating carrots lets you see in the dark"
FOUND = "Eating more carrots does not let a healthy person see in the dark"
ALSO_FOUND = "Vitamin A prevents a form of night blindness caused by a lack of it"
TITLE = "Carrots keep eyes healthy but give no night vision"
ENDING = "So enough vitamin A keeps eyes healthy, and more than enough does nothing."
TASTE = "Carrots taste best raw"
SUPPLIED = "Nobody in the sample survey saw better at night after a month of carrots"


@dataclass(frozen=True, slots=True)
class World:
    """What is on the desk, by id. `folder` is copied, never written to. `cited` and `also` are citations of a page
    that was fetched, `seen` of the post where the claim was made, `supplied` of a file that somebody gave."""

    folder: Path
    keys: dict[str, PrivateKey]
    claim: str
    opinion: str
    unseen: str
    cited: str
    also: str
    seen: str
    supplied: str
    fetched: str


def clock_from(step: int) -> Clock:
    """A clock that counts on from far behind another one's start, so that copies of a desk go on without clashes."""
    seconds, ids, salts = itertools.count(step * 1_000_000), itertools.count(step << 40), itertools.count(step << 40)
    return Clock(
        now=lambda: START + timedelta(seconds=next(seconds)),
        new_id=lambda: uuid7(1_767_322_800_000, next(ids).to_bytes(10, "big")),
        new_salt=lambda: next(salts).to_bytes(16, "big"),
    )


def config_in(folder: Path) -> DeskConfig:
    """A desk's settings on SQLite."""
    return DeskConfig(
        folder=folder, database_url=f"sqlite:///{folder / 'record.sqlite'}", name="Test desk", allow_private=True
    )


def opened(config: DeskConfig, clock: Clock | None = None, patience: float = 60) -> Desk:
    """A desk with the encoder that takes no time."""
    desk = Desk(config, Record.open(config, clock, patience=patience), writable=True)
    desk._encoder = Encoder()  # type: ignore[assignment]
    return desk


def key_of(name: str) -> PrivateKey:
    """A person's key, the same in every process."""
    return PrivateKey(name.encode().ljust(32, b"."))


def people(record: Record, keys: dict[str, PrivateKey]) -> None:
    """Add everybody, with their keys."""
    for name, role in ROLES.items():
        add_person(record, name, shown=SHOWN.get(name, ""), role=role, actor="dung")  # type: ignore[arg-type]
    for name, key in keys.items():
        register_key(record, key.public, signature_of(key, proof_digest(name, key.public)), actor=name)
    disable_person(record, "em", actor="dung")


def built(config: DeskConfig, clock: Clock | None) -> World:
    """Fill a desk that has its tables."""
    keys = {name: key_of(name) for name in KEYED}
    with opened(config, clock) as desk, site() as web:
        people(desk.record, keys)
        web.put("/fact", page(f"A sample page written for factdesk. {ALSO_FOUND}. {FOUND}.", title="Carrots (sample)"))
        web.put("/post", page(f"{SAID}, says everybody. {TASTE}, says nobody else.", title="A sample post"))
        fetched = capture_address(desk, web.url("/fact"), Wishes(), actor="giang").id
        post = capture_address(desk, web.url("/post"), Wishes(), actor="giang").id
        file = config.folder / "survey.txt"
        file.write_text(f"A sample survey. {SUPPLIED}.\n", encoding="utf-8")
        given = capture_file(desk, file, Wishes(), actor="an").id
        return World(
            folder=config.folder,
            keys=keys,
            claim=(claim := add_claim(desk.record, SAID, appearances=[post], topics=["health"], actor="an").id),
            opinion=add_claim(desk.record, TASTE, kind="opinion", appearances=[post], actor="an").id,
            unseen=add_claim(desk.record, "Carrots cure every cold", actor="an").id,
            cited=cited(desk, fetched, FOUND, claim),
            also=cited(desk, fetched, ALSO_FOUND, claim),
            seen=cited(desk, post, SAID, ""),
            supplied=cited(desk, given, SUPPLIED, claim),
            fetched=fetched,
        )


def cited(desk: Desk, capture: str, words: str, claim: str, actor: str = "an") -> str:
    """A citation's id."""
    done = cite(desk, capture, words, "refutes", claim=claim, actor=actor)
    if not isinstance(done, CitedNow):
        raise TypeError(done)
    return done.id


def copied(world: World, folder: Path) -> DeskConfig:
    """The desk in a folder of its own."""
    shutil.copytree(world.folder, folder)
    return config_in(folder)


def written(
    world: World,
    *,
    title: str = TITLE,
    claims: Sequence[str] | None = None,
    rating: str = "false",
    authors: Sequence[str] = ("An Nguyễn",),
    evidence: str | None = None,
    ending: str = ENDING,
    fields: str = "",
) -> str:
    """A check that is fit to be published, or not, where a test asks for something else."""
    quoted = f"The sample source says so plainly: “{FOUND}”[^cite:{world.cited}]." if evidence is None else evidence
    named = ", ".join([world.claim] if claims is None else claims)
    return written_about(named, quoted, title, rating, authors, ending, fields)


def written_about(
    claims: str,
    evidence: str,
    title: str = TITLE,
    rating: str = "false",
    authors: Sequence[str] = ("An Nguyễn",),
    ending: str = ENDING,
    fields: str = "",
) -> str:
    """The same, where there is no world at hand."""
    return f"""---
title: {title}
claims: [{claims}]
rating: {rating}
{fields}summary: Vitamin A keeps eyes healthy. More of it gives nobody night vision.
language: en
authors: [{", ".join(authors)}]
topics: [health]
---
Healthy eyes need vitamin A, and most people get enough of it from ordinary food.

{evidence}

The claim spreads in a sample post: “{SAID}”. It mixes up two things: a lack of vitamin A does harm the eyes, because \
the eye needs it, and so more of it seems to help.

{ending}
"""


def now(record: Record, check: str) -> StoredCheck:
    """A check as it stands."""
    with record.read() as session:
        found = get_check(session, check)
    if found is None:
        raise LookupError(check)
    return found


def begun(desk: Desk, source: str, actor: str = "an") -> Saved:
    """A draft."""
    return new_check(desk.record, source, actor=actor)


def submitted(desk: Desk, source: str) -> StoredCheck:
    """A check by an that waits for a signature."""
    return submit(desk.record, begun(desk, source).check.id, actor="an")


def signed(desk: Desk, world: World, source: str) -> StoredCheck:
    """A check by an that binh signed."""
    return sign(desk, submitted(desk, source), world.keys["binh"], actor="binh").check


def published(desk: Desk, world: World, source: str = "") -> Published:
    """A check by an that binh signed and chi published."""
    return publish(desk, signed(desk, world, source or written(world)), actor="chi")


def again(desk: Desk, world: World, check: str) -> Published:
    """Submit, sign and publish what was corrected or edited."""
    waits = submit(desk.record, check, actor="an")
    return publish(desk, sign(desk, waits, world.keys["binh"], actor="binh").check, actor="chi")
