"""An office's own annexes, and conclusions and summaries that carry what they were made of."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the annexes of other years, and what a conclusion was made by.

    Conclusions from before have neither: they were made by the notice's annex of 2013, the only one
    that the program knew, and are read by it. To fill it in afterwards would part the rows from
    their entries in the journal.
    """
    op.create_table(
        "annex",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("adopted", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_annex"),
    )
    op.create_index("ix_annex_year", "annex", ["year"], unique=False)
    op.add_column("conclusion", sa.Column("annex", sa.String(), nullable=True))
    op.add_column("conclusion", sa.Column("exact", sa.String(), nullable=True))
    op.add_column("summary", sa.Column("made_of", sa.String(), nullable=True))
