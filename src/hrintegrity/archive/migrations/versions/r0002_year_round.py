"""The year-round records: pledges, inspections, complaints, sanctions, units, the campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of the dossier, of demonstration units and of the campaign month."""
    op.add_column("agency", sa.Column("registered", sa.Date(), nullable=True))
    op.create_table(
        "activity",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("agencies", sa.Integer(), nullable=True),
        sa.Column("media", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_activity"),
    )
    op.create_index("ix_activity_district", "activity", ["district"], unique=False)
    op.create_index("ix_activity_year", "activity", ["year"], unique=False)
    op.create_table(
        "practitioner",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.Column("pledged", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_practitioner"),
    )
    op.create_index("ix_practitioner_certificate", "practitioner", ["certificate"], unique=False)
    op.create_table(
        "quota_set",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("adopted", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quota_set"),
    )
    op.create_index("ix_quota_set_year", "quota_set", ["year"], unique=False)
    op.create_table(
        "relaxation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relaxation"),
    )
    op.create_index("ix_relaxation_district", "relaxation", ["district"], unique=False)
    op.create_table(
        "submission",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("manifest", sa.String(), nullable=False),
        sa.Column("papers", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint(
            "district", "year", "number", name="uq_submission_district_year_number"
        ),
    )
    op.create_table(
        "summary",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_summary"),
    )
    op.create_index("ix_summary_district", "summary", ["district"], unique=False)
    op.create_table(
        "agency_change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_agency_change_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_agency_change"),
    )
    op.create_index("ix_agency_change_agency_id", "agency_change", ["agency_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("activity_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activity.id"], name="fk_attachment_activity_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index("ix_attachment_activity_id", "attachment", ["activity_id"], unique=False)
    op.create_table(
        "complaint",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("received", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("dishonest", sa.Boolean(), nullable=False),
        sa.Column("erased", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_complaint_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint"),
    )
    op.create_index("ix_complaint_agency_id", "complaint", ["agency_id"], unique=False)
    op.create_index("ix_complaint_closed", "complaint", ["closed"], unique=False)
    op.create_index("ix_complaint_district", "complaint", ["district"], unique=False)
    op.create_table(
        "creation_title",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_creation_title_agency_id"),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_creation_title_practitioner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_creation_title"),
    )
    op.create_index("ix_creation_title_agency_id", "creation_title", ["agency_id"], unique=False)
    op.create_table(
        "education",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_education_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_education"),
    )
    op.create_index("ix_education_agency_id", "education", ["agency_id"], unique=False)
    op.create_table(
        "employment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("left", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_employment_agency_id"),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_employment_practitioner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_employment"),
    )
    op.create_index(
        "ix_employment_person",
        "employment",
        ["agency_id", "name_key", "certificate"],
        unique=False,
    )
    op.create_index(
        "ix_employment_practitioner_id", "employment", ["practitioner_id"], unique=False
    )
    op.create_table(
        "inspection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("inspector", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("publicity", sa.String(), nullable=False),
        sa.Column("pledge", sa.String(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.Column("convention", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_inspection_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_inspection"),
    )
    op.create_index("ix_inspection_agency_id", "inspection", ["agency_id"], unique=False)
    op.create_index("ix_inspection_date", "inspection", ["date"], unique=False)
    op.create_table(
        "outstanding",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_outstanding_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outstanding"),
    )
    op.create_index("ix_outstanding_agency_id", "outstanding", ["agency_id"], unique=False)
    op.create_table(
        "penalty",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_penalty_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_penalty"),
    )
    op.create_index("ix_penalty_agency_id", "penalty", ["agency_id"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("displayed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_pledge_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_pledge"),
    )
    op.create_index("ix_pledge_agency_id", "pledge", ["agency_id"], unique=False)
    op.create_table(
        "recommendation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("self_summary", sa.String(), nullable=True),
        sa.Column("self_summary_name", sa.String(), nullable=True),
        sa.Column("despite", sa.String(), nullable=True),
        sa.Column("excused", sa.String(), nullable=True),
        sa.Column("submission_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_recommendation_agency_id"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name="fk_recommendation_submission_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
        sa.UniqueConstraint("agency_id", "year", name="uq_recommendation_agency_id_year"),
    )
    op.create_index("ix_recommendation_district", "recommendation", ["district"], unique=False)
    op.create_index(
        "ix_recommendation_submission_id", "recommendation", ["submission_id"], unique=False
    )
    op.create_index("ix_recommendation_year", "recommendation", ["year"], unique=False)
    op.create_table(
        "reward",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_reward_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reward"),
    )
    op.create_index("ix_reward_agency_id", "reward", ["agency_id"], unique=False)
    op.create_table(
        "sanction",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("practitioner_id", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("serious", sa.Boolean(), nullable=False),
        sa.Column("attributed", sa.Boolean(), nullable=False),
        sa.Column("review_year", sa.Integer(), nullable=True),
        sa.Column("mended", sa.Date(), nullable=True),
        sa.Column("failed", sa.Date(), nullable=True),
        sa.Column("fail_note", sa.String(), nullable=True),
        sa.Column("withdrawn", sa.Date(), nullable=True),
        sa.Column("withdraw_reason", sa.String(), nullable=True),
        sa.Column("closed_agency", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_sanction_agency_id"),
        sa.ForeignKeyConstraint(
            ["practitioner_id"], ["practitioner.id"], name="fk_sanction_practitioner_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sanction"),
    )
    op.create_index("ix_sanction_agency_id", "sanction", ["agency_id"], unique=False)
    op.create_index("ix_sanction_date", "sanction", ["date"], unique=False)
    op.create_index("ix_sanction_deadline", "sanction", ["deadline"], unique=False)
    op.create_index("ix_sanction_district", "sanction", ["district"], unique=False)
    is_open = sa.text(
        "deadline IS NOT NULL AND mended IS NULL AND failed IS NULL AND withdrawn IS NULL"
    )
    op.create_index(
        "ix_sanction_open",
        "sanction",
        ["deadline"],
        unique=False,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
    op.create_index("ix_sanction_practitioner_id", "sanction", ["practitioner_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("plaque", sa.String(), nullable=False),
        sa.Column("awarded", sa.Date(), nullable=False),
        sa.Column("revoked", sa.Date(), nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recover_by", sa.Date(), nullable=True),
        sa.Column("recovered", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_unit_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("agency_id", "year", name="uq_unit_agency_id_year"),
        sa.UniqueConstraint("plaque", name="uq_unit_plaque"),
    )
    op.create_table(
        "complainant",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("salt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name="fk_complainant_complaint_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_complainant"),
        sa.UniqueConstraint("complaint_id", name="uq_complainant_complaint_id"),
    )
    op.create_table(
        "gap",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("found", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("mended", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_gap_agency_id"),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspection.id"], name="fk_gap_inspection_id"),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
    )
    op.create_index("ix_gap_agency_id", "gap", ["agency_id"], unique=False)
    op.create_index("ix_gap_inspection_id", "gap", ["inspection_id"], unique=False)
    op.create_index("ix_gap_mended_deadline", "gap", ["mended", "deadline"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("sanction_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_review_agency_id"),
        sa.ForeignKeyConstraint(["sanction_id"], ["sanction.id"], name="fk_review_sanction_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
    )
    op.create_index("ix_review_agency_id", "review", ["agency_id"], unique=False)
    op.create_index("ix_review_sanction_id", "review", ["sanction_id"], unique=False)
    op.create_table(
        "sanction_report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sanction_id", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("reported", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sanction_id"], ["sanction.id"], name="fk_sanction_report_sanction_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_sanction_report"),
        sa.UniqueConstraint(
            "sanction_id", "system", "event", name="uq_sanction_report_sanction_id_system_event"
        ),
    )
    op.create_index("ix_sanction_report_batch", "sanction_report", ["batch"], unique=False)
    op.create_index(
        "ix_sanction_report_sanction_id", "sanction_report", ["sanction_id"], unique=False
    )
