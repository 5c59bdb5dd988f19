"""How a statement was taken, what a hearing found, where an exposure or circular is made known."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add columns that may be empty."""
    op.add_column("sanction_notice", sa.Column("answer", sa.String(), nullable=True))
    op.add_column("sanction_notice", sa.Column("hearing_record", sa.String(), nullable=True))
    op.add_column("sanction", sa.Column("scope", sa.String(), nullable=True))
