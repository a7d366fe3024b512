"""What people work on: people, keys, claims, tips and checks, each with its facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.String(length=36)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "items",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fact", ID, nullable=False),
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["fact"], ["sealed.id"]),
        sa.ForeignKeyConstraint(["seq"], ["events.seq"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("fact"),
    )
    op.create_index("ix_items_kind_state", "items", ["kind", "state"])
    op.create_index("ix_items_kind_name", "items", ["kind", "name"])
    op.create_index("ix_items_parent", "items", ["parent"])
    op.create_table(
        "item_facts",
        sa.Column("fact", ID, nullable=False),
        sa.Column("item", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fact"], ["sealed.id"]),
        sa.ForeignKeyConstraint(["item"], ["items.id"]),
        sa.PrimaryKeyConstraint("fact"),
    )
    op.create_index("ix_item_facts_item", "item_facts", ["item", "kind", "number"], unique=True)
