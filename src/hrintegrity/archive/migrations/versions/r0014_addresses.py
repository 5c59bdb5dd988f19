"""Where an office takes letters."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add a column that may be empty."""
    op.add_column("office", sa.Column("address", sa.String(), nullable=True))
