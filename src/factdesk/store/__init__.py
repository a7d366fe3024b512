"""The record: what a desk keeps, on SQLite or PostgreSQL, and the chain of events that binds it."""
