"""Seals over the journal's chain, given and received; what an encrypted archive's files need."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables of seals and of the vault."""
    op.create_table(
        "seal",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("archive", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("cosigner", sa.String(), nullable=True),
        sa.Column("cosigner_line", sa.String(), nullable=True),
        sa.Column("cosignature", sa.String(), nullable=True),
        sa.Column("received", sa.Date(), nullable=True),
        sa.Column("superseded", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_seal"),
    )
    op.create_index("ix_seal_archive", "seal", ["archive"], unique=False)
    op.create_table(
        "vault",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vault"),
    )
