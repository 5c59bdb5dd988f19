"""Which office decided a sanction, and report marks of several offices for one event."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INDEXED = ("batch", "sanction_id")


def upgrade() -> None:
    """A sanction may be the city's; each export of an event is marked by itself."""
    op.add_column("sanction", sa.Column("decided_by", sa.String(), nullable=True))
    # SQLite can't change the key of a table in its place; Alembic would make the indexes of the new
    # one in any order, so that two archives would not be alike.
    for column in _INDEXED:
        op.drop_index(f"ix_sanction_report_{column}", "sanction_report")
    with op.batch_alter_table("sanction_report") as report:
        report.drop_constraint("uq_sanction_report_sanction_id_system_event", type_="unique")
        report.create_unique_constraint(
            "uq_sanction_report_sanction_id_system_event_batch",
            ["sanction_id", "system", "event", "batch"],
        )
    for column in _INDEXED:
        op.create_index(f"ix_sanction_report_{column}", "sanction_report", [column], unique=False)
