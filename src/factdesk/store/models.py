"""The tables of the record, the same on SQLite and PostgreSQL.

Times are kept as text (`2024-05-06T07:08:09.000001Z`), which sorts, is the same on both databases, and is
what the hash of an event sees. JSON is kept as text for the same reason.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from factdesk.domain.events import canonical_time

# On SQLite only INTEGER makes a column the row's own number, which needs no second index.
Number = BigInteger().with_variant(Integer(), "sqlite")


class Time(TypeDecorator[datetime]):
    """An aware UTC time as canonical text of 27 characters."""

    impl = String(27)
    cache_ok = True
    # `dialect` (ARG002) is part of SQLAlchemy's signature; the text is the same for all of them.

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To text."""
        return None if value is None else canonical_time(value.astimezone(UTC))

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From text."""
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """The tables of the record."""


class Meta(Base):
    """Facts about the record itself."""

    __tablename__ = "meta"
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Events(Base):
    """The event log. Rows are added and never changed."""

    __tablename__ = "events"
    seq: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    time: Mapped[datetime] = mapped_column(Time)
    actor: Mapped[str] = mapped_column(Text)
    action: Mapped[str] = mapped_column(Text)
    subject: Mapped[str] = mapped_column(Text, index=True)
    payload: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class Publishers(Base):
    """Who published reviews. `status` is empty, `allowed` or `blocked`; what set it is an event."""

    __tablename__ = "publishers"
    __table_args__ = (UniqueConstraint("name", "site"),)
    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Text)
    site: Mapped[str] = mapped_column(Text, index=True)
    status: Mapped[str] = mapped_column(String(8))


class Reviews(Base):
    """Reviews as they stand now. `number` is dense from 1; one taken out keeps its row, with `deleted_at`.

    `day` is the date as days since 1970-01-01, 0 when unknown; `digest` the unsalted SHA-256 of the content;
    `run` and `seq` are of the newest version.
    """

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_seq_number", "seq", "number"),)
    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36), unique=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    source: Mapped[str] = mapped_column(Text)
    own_id: Mapped[str] = mapped_column(Text, index=True)
    url: Mapped[str] = mapped_column(Text, index=True)
    publisher: Mapped[int] = mapped_column(Number, ForeignKey("publishers.number"), index=True)
    language: Mapped[str] = mapped_column(Text)
    day: Mapped[int] = mapped_column(Integer)
    version: Mapped[int] = mapped_column(Integer)
    digest: Mapped[str] = mapped_column(String(64))
    run: Mapped[str] = mapped_column(String(36), index=True)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"))
    deleted_at: Mapped[datetime | None] = mapped_column(Time)


class ReviewVersions(Base):
    """Every state a review was ever in. Content is canonical JSON, empty where the review was taken out,
    and null where it was redacted; `digest` is salted."""

    __tablename__ = "review_versions"
    __table_args__ = (Index("ix_review_versions_seq_review", "seq", "review"),)
    review: Mapped[int] = mapped_column(Number, ForeignKey("reviews.number"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    run: Mapped[str] = mapped_column(String(36), index=True)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"))
    content: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))


class Runs(Base):
    """Imports and syncs."""

    __tablename__ = "runs"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(Text)
    started: Mapped[datetime] = mapped_column(Time)
    finished: Mapped[datetime | None] = mapped_column(Time)
    state: Mapped[str] = mapped_column(String(16), index=True)
    counts: Mapped[str] = mapped_column(Text)
    report: Mapped[str] = mapped_column(Text)


class Vectors(Base):
    """Sentence vectors, float32 little-endian, by the digest of model and text: a cache worth keeping."""

    __tablename__ = "vectors"
    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    model: Mapped[str] = mapped_column(Text)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Feeds(Base):
    """Addresses that `sync` asks again, what to ask them with, and the source that their reviews are of."""

    __tablename__ = "feeds"
    url: Mapped[str] = mapped_column(Text, primary_key=True)
    etag: Mapped[str] = mapped_column(Text)
    last_modified: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    run: Mapped[str] = mapped_column(String(36))
    checked_at: Mapped[datetime] = mapped_column(Time)


class Judgements(Base):
    """What people said of matches: one live row for a message and a review; a new mind closes it.

    `seq` is the event that made the row, `closed_seq` the one that closed it.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index(
            "ix_judgements_live",
            "message_digest",
            "review",
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    message_digest: Mapped[str] = mapped_column(String(64))
    message: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    review: Mapped[int] = mapped_column(Number, ForeignKey("reviews.number"), index=True)
    verdict: Mapped[str] = mapped_column(String(16))
    actor: Mapped[str] = mapped_column(Text)
    time: Mapped[datetime] = mapped_column(Time)
    deleted_at: Mapped[datetime | None] = mapped_column(Time)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"), index=True)
    closed_seq: Mapped[int | None] = mapped_column(Number, ForeignKey("events.seq"), index=True)


class Blobs(Base):
    """Bytes by their SHA-256, each stored once. `data` is null where they lie in the folder beside the record."""

    __tablename__ = "blobs"
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    data: Mapped[bytes | None] = mapped_column(LargeBinary)


class Sealed(Base):
    """Facts that never change: captures, citations, what was attached to a capture, looks at a source again.

    `content` is canonical JSON, null where it was redacted; `digest` is salted; `place` is the row's in its event.
    The tables below repeat of it what is searched for.
    """

    __tablename__ = "sealed"
    __table_args__ = (Index("ix_sealed_seq_place", "seq", "place", unique=True),)
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"))
    place: Mapped[int] = mapped_column(Integer)
    content: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))


class Captures(Base):
    """Captures by what they are looked up by. `number` is dense from 1; `label` folded words for a list's search."""

    __tablename__ = "captures"
    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), unique=True)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"), index=True)
    origin: Mapped[str] = mapped_column(String(8))
    url: Mapped[str] = mapped_column(Text, index=True)
    own_id: Mapped[str] = mapped_column(Text, index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    text_digest: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(Text)
    day: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(Text)


class Passages(Base):
    """Which slices of a capture's text are found as evidence. Derived: kept so that nothing need be cut anew.

    `start` and `end` count code points of the text; `page` is 0 where there are none; `heading` is the section's.
    """

    __tablename__ = "passages"
    capture: Mapped[int] = mapped_column(Number, ForeignKey("captures.number"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    page: Mapped[int] = mapped_column(Integer)
    heading: Mapped[str] = mapped_column(Text)


class Citations(Base):
    """Citations by what they are looked up by."""

    __tablename__ = "citations"
    id: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), primary_key=True)
    capture: Mapped[int] = mapped_column(Number, ForeignKey("captures.number"), index=True)
    claim: Mapped[str] = mapped_column(Text, index=True)
    stance: Mapped[str] = mapped_column(String(8))


class Attachments(Base):
    """What belongs to a capture and came with it or after it: a screenshot, a timestamp. `blob` is its digest."""

    __tablename__ = "attachments"
    id: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), primary_key=True)
    capture: Mapped[int] = mapped_column(Number, ForeignKey("captures.number"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    blob: Mapped[str] = mapped_column(String(64))


class Looks(Base):
    """Looks at a cited source again. `after` is the capture that was made of it when it had changed."""

    __tablename__ = "looks"
    id: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), primary_key=True)
    capture: Mapped[int] = mapped_column(Number, ForeignKey("captures.number"), index=True)
    time: Mapped[datetime] = mapped_column(Time)
    outcome: Mapped[str] = mapped_column(String(16))
    after: Mapped[int | None] = mapped_column(Number, ForeignKey("captures.number"))


class Items(Base):
    """What people work on and what changes: people, keys, claims, tips, checks; each as it stands now.

    `fact` is the sealed fact that says so, `version` counts from 1. `state`, `name` and `parent` repeat of it what is
    looked up (`store.items`).
    """

    __tablename__ = "items"
    __table_args__ = (Index("ix_items_kind_state", "kind", "state"), Index("ix_items_kind_name", "kind", "name"))
    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[int] = mapped_column(Integer)
    fact: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), unique=True)
    seq: Mapped[int] = mapped_column(Number, ForeignKey("events.seq"))
    state: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    parent: Mapped[str] = mapped_column(Text, index=True)


class ItemFacts(Base):
    """Which sealed facts belong to an item: its versions; of a check its revisions, sign-offs, publications; of a
    key the heads of the log that it signed.

    `number` counts from 1 among the facts of one kind of one item.
    """

    __tablename__ = "item_facts"
    __table_args__ = (Index("ix_item_facts_item", "item", "kind", "number", unique=True),)
    fact: Mapped[str] = mapped_column(String(36), ForeignKey("sealed.id"), primary_key=True)
    item: Mapped[str] = mapped_column(String(36), ForeignKey("items.id"))
    kind: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(Integer)


def know_postgresql() -> None:
    """Say of the live judgements' index what only PostgreSQL needs to hear, before tables are made.

    Not where the index stands: naming PostgreSQL there loads its drivers, which took every command 50 ms.
    """
    (index,) = (index for index in table(Judgements).indexes if index.name == "ix_judgements_live")
    index.dialect_options["postgresql"]["where"] = text("deleted_at IS NULL")


def table(model: type[Base]) -> Table:
    """The table of a model, for statements that should not make objects."""
    found = model.__table__
    if not isinstance(found, Table):
        raise TypeError(model)
    return found
