"""Who was logged in, beside who said to act."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the login to the journal; entries from before have none, and keep their hashes."""
    op.add_column("journal", sa.Column("login", sa.String(), nullable=True))
