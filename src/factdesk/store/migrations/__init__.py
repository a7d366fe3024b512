"""Alembic migrations of the record, run by `factdesk.store.schema`."""
