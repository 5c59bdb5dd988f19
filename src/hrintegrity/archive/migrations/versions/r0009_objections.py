"""What came of an objection to an assessment."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add columns that may be empty."""
    op.add_column("objection", sa.Column("answered", sa.Date(), nullable=True))
    op.add_column("objection", sa.Column("outcome", sa.String(), nullable=True))
    op.add_column("objection", sa.Column("answer", sa.String(), nullable=True))
