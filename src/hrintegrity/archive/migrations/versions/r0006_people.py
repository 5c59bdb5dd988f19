"""Education and erasure of practitioners, terms of complaints, draws, bulletins."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_COLUMNS: dict[str, dict[str, sa.types.TypeEngine[str] | sa.Date]] = {
    "practitioner": {"salt": sa.String(), "erased": sa.Date()},
    "employment": {"salt": sa.String()},
    "inspection": {"lacks": sa.String(), "inspectors": sa.String(), "partners": sa.String()},
    "complaint": {"made_by": sa.String(), "due": sa.Date()},
    "activity": {"form": sa.String(), "partners": sa.String()},
}


def upgrade() -> None:
    """Add columns that may be empty, and four tables."""
    for table, columns in _COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_table(
        "staff_education",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_staff_education_practitioner_id"
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_staff_education_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_staff_education"),
    )
    op.create_index("ix_staff_education_practitioner_id", "staff_education", ["practitioner_id"])
    op.create_index("ix_staff_education_agency_id", "staff_education", ["agency_id"])
    op.create_table(
        "inspection_draw",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("committed", sa.Date(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("count", sa.String(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_sha256", sa.String(), nullable=True),
        sa.Column("weights", sa.String(), nullable=True),
        sa.Column("excluded", sa.String(), nullable=True),
        sa.Column("drawn", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_inspection_draw"),
    )
    op.create_index("ix_inspection_draw_district", "inspection_draw", ["district"])
    op.create_table(
        "bulletin",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_bulletin_activity_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin"),
    )
    op.create_index("ix_bulletin_activity_id", "bulletin", ["activity_id"])
    op.create_index("ix_bulletin_district", "bulletin", ["district"])
    op.create_table(
        "distribution",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_distribution_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_distribution"),
    )
    op.create_index("ix_distribution_agency_id", "distribution", ["agency_id"])
