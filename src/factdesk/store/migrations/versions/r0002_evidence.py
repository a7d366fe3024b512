"""Evidence: blobs, sealed facts, captures and their passages, citations, attachments, looks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.String(length=27)
DIGEST = sa.String(length=64)
ID = sa.String(length=36)


def upgrade() -> None:
    """Make the tables."""
    _blobs()
    _sealed()
    _captures()
    _passages()
    _citations()
    _attachments()
    _looks()


def _blobs() -> None:
    op.create_table(
        "blobs",
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest"),
    )


def _sealed() -> None:
    op.create_table(
        "sealed",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sealed_seq_place", "sealed", ["seq", "place"], unique=True)


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("text_digest", DIGEST, nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["sealed.id"]),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"]),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
    )
    for column in ("digest", "own_id", "seq", "text_digest", "url"):
        op.create_index(f"ix_captures_{column}", "captures", [column])


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("capture", NUMBER, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.number"]),
        sa.PrimaryKeyConstraint("capture", "place"),
    )


def _citations() -> None:
    op.create_table(
        "citations",
        sa.Column("id", ID, nullable=False),
        sa.Column("capture", NUMBER, nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("stance", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.number"]),
        sa.ForeignKeyConstraint(["id"], ["sealed.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_citations_capture", "citations", ["capture"])
    op.create_index("ix_citations_claim", "citations", ["claim"])


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", ID, nullable=False),
        sa.Column("capture", NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("blob", DIGEST, nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.number"]),
        sa.ForeignKeyConstraint(["id"], ["sealed.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attachments_capture", "attachments", ["capture"])


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("id", ID, nullable=False),
        sa.Column("capture", NUMBER, nullable=False),
        sa.Column("time", TIME, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("after", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["after"], ["captures.number"]),
        sa.ForeignKeyConstraint(["capture"], ["captures.number"]),
        sa.ForeignKeyConstraint(["id"], ["sealed.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_looks_capture", "looks", ["capture"])
