"""Conclusions carry what a standard may go by of the agency."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the facts; conclusions from before went by none and have none."""
    op.add_column("conclusion", sa.Column("agency_facts", sa.String(), nullable=True))
