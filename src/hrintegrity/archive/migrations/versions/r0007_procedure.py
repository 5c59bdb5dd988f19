"""Notices beforehand, joint decisions of conferral, and what a sanction's file lacked."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _text(name: str, *, nullable: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _day(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _reference(table: str, column: str, target: str) -> None:
    """Add a column that points at another table; both servers take the constraint in its place."""
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR "
        f"CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)"
    )
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def upgrade() -> None:
    """Make the tables of procedure, and add to sanctions, submissions and titles."""
    op.create_table(
        "sanction_notice",
        _text("id", nullable=False),
        _text("agency_id", nullable=False),
        _text("practitioner_id"),
        *(_text(name, nullable=False) for name in ("district", "kind", "grounds", "evidence")),
        *(_text(name, nullable=False) for name in ("violated", "basis")),
        _day("date", nullable=False),
        _day("deadline"),
        sa.Column("review_year", sa.Integer(), nullable=True),
        *(_text(name) for name in ("statement_kind", "statement")),
        *(_day(name) for name in ("stated", "hearing_requested", "hearing_held", "withdrawn")),
        *(_text(name) for name in ("withdraw_reason", "decided_by")),
        sa.PrimaryKeyConstraint("id", name="pk_sanction_notice"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_sanction_notice_agency_id"),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_sanction_notice_practitioner_id"
        ),
    )
    for column in ("agency_id", "practitioner_id", "district", "date"):
        op.create_index(f"ix_sanction_notice_{column}", "sanction_notice", [column], unique=False)
    op.create_table(
        "conferral",
        _text("id", nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("year", "number")),
        _text("reference", nullable=False),
        _day("date", nullable=False),
        *(_text(name, nullable=False) for name in ("title", "body", "sha256")),
        sa.PrimaryKeyConstraint("id", name="pk_conferral"),
        sa.UniqueConstraint("year", "number", name="uq_conferral_year_number"),
    )
    op.create_table(
        "title_report",
        *(_text(name, nullable=False) for name in ("id", "unit_id", "system", "event", "batch")),
        _day("reported"),
        sa.PrimaryKeyConstraint("id", name="pk_title_report"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_title_report_unit_id"),
        sa.UniqueConstraint(
            "unit_id", "system", "event", "batch", name="uq_title_report_unit_id_system_event_batch"
        ),
    )
    for column in ("batch", "unit_id"):
        op.create_index(f"ix_title_report_{column}", "title_report", [column], unique=False)
    op.create_table(
        "procedure_rule",
        *(_text(name, nullable=False) for name in ("id", "district", "content")),
        _day("adopted", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_procedure_rule"),
    )
    op.create_index("ix_procedure_rule_district", "procedure_rule", ["district"], unique=False)
    for name in ("evidence", "violated", "place", "appointed"):
        op.add_column("sanction", _text(name))
    _reference("sanction", "notice_id", "sanction_notice")
    for name in ("passed_over", "recall_reason"):
        op.add_column("submission", _text(name))
    op.add_column("submission", _day("recalled"))
    op.add_column("unit", _day("confirmed"))
    _reference("unit", "conferral_id", "conferral")
