"""The register, assessment, numbered papers, the office, and the append-only journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SQLITE_GUARDS = (
    """
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END
    """,
    # INSERT OR REPLACE deletes without a delete trigger unless recursive triggers are on; so an
    # entry may only ever be the next one.
    """
    CREATE TRIGGER journal_only_next BEFORE INSERT ON journal
    WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END
    """,
)

POSTGRES_GUARDS = (
    """
    CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'journal is append-only'; END $$
    """,
    """
    CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_append_only()
    """,
    """
    CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()
    """,
    # The table is named with its schema: a table of the same name that a user makes for himself
    # would otherwise be asked for the last entry.
    """
    CREATE FUNCTION journal_only_next() RETURNS trigger LANGUAGE plpgsql AS
    $$
    DECLARE next integer;
    BEGIN
      EXECUTE format(
        'SELECT COALESCE(MAX(id), 0) + 1 FROM %I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME
      ) INTO next;
      IF NEW.id IS DISTINCT FROM next THEN RAISE EXCEPTION 'journal is append-only'; END IF;
      RETURN NEW;
    END
    $$
    """,
    """
    CREATE TRIGGER journal_only_next BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION journal_only_next()
    """,
)


def upgrade() -> None:
    """Make the tables and the guards of the journal."""
    op.create_table(
        "agency",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_mark", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("license", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("representative", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("graded", sa.Date(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agency"),
        sa.UniqueConstraint("code", name="uq_agency_code"),
    )
    op.create_index("ix_agency_district", "agency", ["district"], unique=False)
    op.create_index("ix_agency_license", "agency", ["license"], unique=False)
    op.create_index("ix_agency_name_key", "agency", ["name_key"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign"),
        sa.UniqueConstraint("year", name="uq_campaign_year"),
    )
    op.create_table(
        "hotline_list",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hotline_list"),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_index("ix_journal_record", "journal", ["record"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("owner", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("prefix", sa.String(), nullable=True),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("plan", sa.String(), nullable=True),
        sa.Column("keeps_register", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("district", name="uq_office_district"),
    )
    op.create_table(
        "standard",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("adopted", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_standard"),
    )
    op.create_index("ix_standard_district", "standard", ["district"], unique=False)
    op.create_table(
        "conclusion",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("sheets", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("reopened", sa.Date(), nullable=True),
        sa.Column("reopen_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_conclusion_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conclusion"),
        sa.UniqueConstraint(
            "agency_id", "year", "sequence", name="uq_conclusion_agency_id_year_sequence"
        ),
    )
    op.create_index("ix_conclusion_year", "conclusion", ["year"], unique=False)
    op.create_table(
        "draft",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("scores", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_draft_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.UniqueConstraint(
            "agency_id", "year", "source", "rater", name="uq_draft_agency_id_year_source_rater"
        ),
    )
    op.create_table(
        "former_name",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_former_name_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_former_name"),
    )
    op.create_index("ix_former_name_agency_id", "former_name", ["agency_id"], unique=False)
    op.create_index("ix_former_name_name_key", "former_name", ["name_key"], unique=False)
    op.create_table(
        "paper",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_paper_agency_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["paper.id"], name="fk_paper_replaces_id"),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
        sa.UniqueConstraint(
            "series", "district", "year", "number", name="uq_paper_series_district_year_number"
        ),
        sa.UniqueConstraint("subject_id", name="uq_paper_subject_id"),
    )
    op.create_index("ix_paper_agency_id", "paper", ["agency_id"], unique=False)
    op.create_table(
        "score_sheet",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("scores", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_score_sheet_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_score_sheet"),
        sa.UniqueConstraint(
            "agency_id",
            "year",
            "source",
            "rater",
            name="uq_score_sheet_agency_id_year_source_rater",
        ),
    )
    op.create_table(
        "objection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("conclusion_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conclusion_id"], ["conclusion.id"], name="fk_objection_conclusion_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_objection"),
    )
    op.create_index("ix_objection_conclusion_id", "objection", ["conclusion_id"], unique=False)
    op.create_table(
        "service",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name="fk_service_paper_id"),
        sa.PrimaryKeyConstraint("id", name="pk_service"),
        sa.UniqueConstraint("paper_id", name="uq_service_paper_id"),
    )
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRES_GUARDS
    for guard in guards:
        op.execute(guard)
