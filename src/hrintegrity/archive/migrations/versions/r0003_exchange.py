"""Bundles between archives: trusted keys, conflicts, and versions that came from elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of exchange; entries of the journal may say where they came from."""
    op.add_column("journal", sa.Column("origin", sa.String(), nullable=True))
    op.create_table(
        "conflict",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("ancestors", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("alive", sa.Boolean(), nullable=False),
        sa.Column("into", sa.String(), nullable=True),
        sa.Column("blocker", sa.String(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("fingerprint", sa.String(), nullable=True),
        sa.Column("received", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_record", "conflict", ["record"], unique=False)
    op.create_index("ix_conflict_blocker", "conflict", ["blocker"], unique=False)
    op.create_table(
        "key_trust",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("trusted", sa.Date(), nullable=False),
        sa.Column("revoked", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_key_trust"),
        sa.UniqueConstraint("line", name="uq_key_trust_line"),
        sa.UniqueConstraint("fingerprint", name="uq_key_trust_fingerprint"),
    )
    op.create_index("ix_key_trust_district", "key_trust", ["district"], unique=False)
