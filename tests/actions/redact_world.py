"""A desk with one of everything that can be redacted, each with a secret word of its own. Not a test.

Run as `python redact_world.py DATABASE_URL FOLDER SUBJECT…`, it redacts these until it is killed, and names each that
is done.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

from factdesk.actions.checks import Saved, new_check, save
from factdesk.actions.claims import add_claim
from factdesk.actions.people import add_person
from factdesk.actions.redact import Redacted, plan_redaction, redact
from factdesk.config import DeskConfig
from factdesk.domain.captures import Attachment, Capture
from factdesk.domain.checks import CheckNow, Publication
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.documents import About, Extractor, text_digest
from factdesk.domain.looks import Look
from factdesk.domain.own_reviews import SOURCE, own_id
from factdesk.domain.reviews import Publisher, Review
from factdesk.domain.statements import StatedRating, Statement
from factdesk.domain.tips import Tip
from factdesk.domain.workflow import Standing
from factdesk.queries.desk import Desk
from factdesk.search.documents import texts_of
from factdesk.search.passages import passage_texts
from factdesk.store.batches import Entry, put_batch
from factdesk.store.blobs import digest_of, put_blobs, stage
from factdesk.store.captures import NewCapture, Slice, put_captures
from factdesk.store.checks import get_check, get_revision
from factdesk.store.citations import put_attachments, put_citations, put_look
from factdesk.store.items import NewFact, put_facts
from factdesk.store.judgements import add_judgement
from factdesk.store.models import Base
from factdesk.store.record import Record, Writer
from factdesk.store.reviews import find_by_keys
from factdesk.store.vectors import put_vectors, vector_digest

SECRETS = {
    "tip": "quokkatip",
    "claim": "quokkaclaim",
    "person": "quokkaperson",
    "check": "quokkacheck",
    "capture": "quokkacapture",
    "citation": "quokkacitation",
    "review": "quokkareview",
    "judgement": "quokkajudgement",
}
ORDER = ("judgement", "review", "tip", "citation", "capture", "claim", "person", "check")
"""A citation goes with its capture."""
OLD = "wombatrevision"
"""What only the second revision of the check says."""
WHY = "Ein privater Name stand darin."
MODEL = "m"


@dataclass(frozen=True)
class World:
    """Subjects by their kinds, and the digests of the capture's large bytes."""

    subjects: dict[str, str]
    revisions: tuple[str, ...]
    files: tuple[str, ...]


def made(record: Record, config: DeskConfig, *, publishes: int = 3) -> World:
    """Fill a desk. The revision of that number is the one that is published."""
    add_person(record, "an", shown="An", actor="an")
    binh = add_person(record, "binh", shown=f"Bình {SECRETS['person']}", role="admin", actor="an")
    claim = add_claim(record, f"A claim about {SECRETS['claim']} and bridges", actor="an").id
    capture, citation, files = _capture(record, config)
    check, revisions = _check(record, capture)
    published(record, check.check.id, revisions[publishes - 1])
    with record.write() as writer:
        tip, judgement, review = _tip(writer), _judgement(writer), _review(writer)
    subjects = {
        "tip": f"tip:{tip}",
        "claim": f"claim:{claim}",
        "person": f"person:{binh.person.name}",
        "check": f"check:{check.check.id}",
        "capture": f"capture:{capture}",
        "citation": f"citation:{citation}",
        "review": f"review:{review}",
        "judgement": f"judgement:{judgement}",
    }
    return World(subjects, revisions, files)


def done(desk: Desk, subject: str) -> Redacted:
    """Redact it, all of it at once."""
    return redact(desk, plan_redaction(desk, subject, actor="an"), why=WHY, actor="an")


def everything(config: DeskConfig) -> str:
    """All that the record and its folder hold, as it lies there."""
    found = [path.read_bytes().decode("utf-8", "replace") for path in config.folder.rglob("*") if path.is_file()]
    if not config.is_sqlite:
        engine = create_engine(config.database_url)
        with engine.connect() as connection:
            for table in Base.metadata.tables:
                found += [row[0] for row in connection.exec_driver_sql(f"SELECT ({table}.*)::text FROM {table}")]
                where = connection.exec_driver_sql(f"SELECT pg_relation_filepath('{table}')").scalar()
                raw = connection.exec_driver_sql(f"SELECT pg_read_binary_file('{where}')").scalar()
                found.append(bytes(raw or b"").decode("utf-8", "replace"))
            # What a column's most common values are is kept apart.
            found += [str(row[0]) for row in connection.exec_driver_sql("SELECT s::text FROM pg_stats s")]
        engine.dispose()
    return "\n".join(found)


def source_of(title: str, body: str) -> str:
    """A text of a check."""
    return f"---\ntitle: {title}\nlanguage: en\n---\n{body}\n"


def _check(record: Record, capture: str) -> tuple[Saved, tuple[str, ...]]:
    """Three revisions: the second says something of its own, in its title too."""
    word = SECRETS["check"]
    first = new_check(record, source_of(f"On {word}", f"A {word} of {capture}."), actor="an")
    texts = (source_of(f"{OLD} {word}", f"Body {OLD} {word}."), source_of(f"On {word}", f"Another {word}."))
    ids = [first.revision]
    for text in texts:
        saved = save(record, first.check.id, text, actor="an")
        if not isinstance(saved, Saved):
            raise TypeError(saved)
        ids.append(saved.revision)
    return first, tuple(ids)


def published(record: Record, check: str, revision: str) -> None:
    """A publication of a revision with its review, as `publish` writes them, but for what is signed."""
    with record.read() as session:
        now, text = get_check(session, check), get_revision(session, revision)
    if now is None or text is None:
        raise ValueError(check)
    title = text.fact.source.splitlines()[1].removeprefix("title: ")
    rating = StatedRating("false", 1, 1, 5, "False", "It is false.")
    statement = Statement(
        "publish", check, revision, "Desk", "", text.fact.source, title, "en", title, (), (), rating, (), (), ()
    )
    with record.write() as writer:
        own = writer.clock.new_id()
        fact = Publication(check, 1, statement.content(), "none", "an", writer.now())
        step = _step(writer, now.now, own)
        facts = [NewFact("check", check, step), NewFact("publication", check, fact.content(), own)]
        put_facts(writer, facts, actor="an", action="check.publish", subject=f"check:{check}")
        review = Review(f"A review: {title}", own_id=own_id(check, "c"), source=SOURCE)
        _encoded(writer, texts_of(review))
        entry = Entry(f"own\n{SOURCE}\n{review.own_id}", review)
        put_batch(writer, own, [entry], actor="an", action="reviews.publish")


def _step(writer: Writer, now: CheckNow, publication: str) -> str:
    stands = replace(now, standing=Standing("published", True), action="publish", public=publication, time=writer.now())
    return stands.content()


def _capture(record: Record, config: DeskConfig) -> tuple[str, str, tuple[str, ...]]:
    """A capture with a body and a picture in files of their own, and what belongs to it."""
    word = SECRETS["capture"]
    text = f"The bridge of {word} is 120 m long."
    body = (text + f" {word} pad" * 9_000).encode()
    picture = (word * 9_000).encode()
    capture = Capture(
        origin="web",
        digest=digest_of(body),
        size=len(body),
        media_type="text/plain",
        text_digest=text_digest(text),
        extractor=Extractor("text", "1"),
        time=record.clock.now(),
        url=f"https://source.example/{word}",
        final_url=f"https://source.example/{word}",
        about=About(title=f"About {word}", language="en", published="2024-05-06"),
        note=word,
    )
    staged = [stage(config, body), stage(config, text.encode()), stage(config, picture)]
    slices = [Slice(0, len(text), heading=f"Heading {word}")]
    with record.write() as writer:
        put_blobs(writer, staged)
        own = put_captures(writer, [NewCapture(capture, slices)], actor="an")[1][0]
        _encoded(writer, passage_texts(capture.about.title, text, slices))
        pieces = (Piece(text[:10], "", text[10:42], 0, 10),)
        cited = SECRETS["citation"]
        citation = Citation(
            own, capture.text_digest, text[:10], pieces, "supports", writer.now(), f"claim {cited}", cited
        )
        citations = put_citations(writer, [(1, citation)], actor="an")[1]
        attachment = Attachment(own, "screenshot-desk", staged[2].digest, writer.now())
        put_attachments(writer, [(1, attachment)], actor="an")
        put_look(writer, 1, Look(own, writer.now(), "gone", "", {citations[0]: "gone"}, word), None, actor="an")
    return own, citations[0], (staged[0].digest, staged[2].digest)


def _tip(writer: Writer) -> str:
    own, word = writer.clock.new_id(), SECRETS["tip"]
    for text in (f"A tip about {word}", f"A tip about {word}, again"):
        _encoded(writer, [text])
        put_facts(
            writer,
            [NewFact("tip", own, Tip(text, "reader", "2026-01-02", "en").content())],
            actor="an",
            action="tip.add",
            subject=f"tip:{own}",
        )
    return own


def _review(writer: Writer) -> str:
    word = SECRETS["review"]
    for number in (1, 2):
        review = Review(
            claim=f"A review of {word}, {number}",
            own_id=f"own-{word}",
            source="feed.json",
            url=f"https://other.example/{word}",
            publisher=Publisher("Other", "other.example"),
        )
        _encoded(writer, texts_of(review))
        entry = Entry(f"own\nfeed.json\nown-{word}", review, review.url)
        put_batch(writer, f"run-{number}", [entry], actor="an")
    return find_by_keys(writer.session, [f"own\nfeed.json\nown-{word}"])[f"own\nfeed.json\nown-{word}"].id


def _judgement(writer: Writer) -> str:
    put_batch(writer, "run-0", [Entry("k", Review(claim="Carrots let one see in the dark."))], actor="an")
    row = find_by_keys(writer.session, ["k"])["k"]
    return add_judgement(writer, f"Is it so with {SECRETS['judgement']}?", row, "confirmed", "an").id


def _encoded(writer: Writer, texts: list[str] | tuple[str, ...]) -> None:
    put_vectors(writer, MODEL, {vector_digest(MODEL, text): np.zeros(4, np.float32) for text in texts})


def redact_all(config: DeskConfig, subjects: list[str]) -> None:
    """Redact one after the other."""
    with Desk(config, Record.open(config, patience=60), writable=True) as desk:
        print("ready", flush=True)
        for subject in subjects:
            done(desk, subject)
            print(subject, flush=True)


if __name__ == "__main__":
    redact_all(DeskConfig(folder=Path(sys.argv[2]), database_url=sys.argv[1], name="killed"), sys.argv[3:])
