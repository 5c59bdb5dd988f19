"""Who issued an agency's licence and its term, whom to ask for, and what the agency does."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add columns that may be empty."""
    for name in ("license_authority", "contact", "scope"):
        op.add_column("agency", sa.Column(name, sa.String(), nullable=True))
    for name in ("license_from", "license_until"):
        op.add_column("agency", sa.Column(name, sa.Date(), nullable=True))
