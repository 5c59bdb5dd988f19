"""The schema's history, revision by revision (Alembic), for SQLite and PostgreSQL."""
