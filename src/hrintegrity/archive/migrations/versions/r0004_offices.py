"""Which office decided a sanction, and report marks of several offices for one event."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """A sanction may be the city's; each export of an event is marked by itself."""
    op.add_column("sanction", sa.Column("decided_by", sa.String(), nullable=True))
    # SQLite can't change the key of a table in its place.
    with op.batch_alter_table("sanction_report") as report:
        report.drop_constraint("uq_sanction_report_sanction_id_system_event", type_="unique")
        report.create_unique_constraint(
            "uq_sanction_report_sanction_id_system_event_batch",
            ["sanction_id", "system", "event", "batch"],
        )
