"""Alembic's entry: run the migrations on the connection and in the transaction that `store.schema` gives."""

from __future__ import annotations

from alembic import context

from factdesk.store.models import Base, know_postgresql

know_postgresql()
context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
