"""The models say what the revisions make, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from hrintegrity.archive import schema, tables
from hrintegrity.archive.engine import SCHEMA, open_archive
from hrintegrity.archive.tables.base import Record
from running import Hri
from server import location_of


def test_the_schema_of_the_program_is_the_newest_revision():
    assert schema.newest_revision() == SCHEMA


def test_the_models_equal_the_migrated_schema(city):
    tables.load_all()
    with open_archive(location_of(city.archive), operator="", write=False) as archive:
        context = MigrationContext.configure(
            archive.connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_record_has_an_identity_made_where_it_is_made():
    tables.load_all()
    for model in Record.__subclasses__():
        columns = model.__table__.columns
        assert [column.name for column in columns if column.primary_key] == ["id"], model
        # What refers to other records does so by their identities.
        for column in columns:
            for key in column.foreign_keys:
                assert key.column.name == "id", (model, column.name)


def test_every_constraint_has_a_name_so_that_a_later_revision_can_change_it():
    tables.load_all()
    for table in SQLModel.metadata.tables.values():
        for constraint in table.constraints:
            if type(constraint).__name__ != "CheckConstraint":
                assert constraint.name, (table.name, constraint)


@pytest.mark.archive_file("settings of SQLite")
def test_a_connection_holds_to_references_and_flushes_to_disk(city):
    with open_archive(location_of(city.archive), operator="", write=True) as archive:

        def setting(name):
            return archive.connection.connection.dbapi_connection.execute(
                f"PRAGMA {name}"
            ).fetchone()[0]

        assert setting("foreign_keys") == 1
        assert setting("recursive_triggers") == 1
        assert setting("synchronous") == 2
        assert setting("busy_timeout") == 30_000
        # Not WAL: an archive may lie on a network drive or be copied as one file.
        assert setting("journal_mode") == "delete"


@pytest.mark.archive_file("SQLite's own dump")
def test_two_archives_have_the_same_schema(city, haidian):
    def dump(hri):
        with closing(sqlite3.connect(hri.archive)) as connection:
            return connection.execute(
                "SELECT type, name, sql FROM sqlite_master ORDER BY name"
            ).fetchall()

    assert dump(city) == dump(haidian)


@pytest.mark.archive_file("SQLite's own dump")
def test_two_archives_made_by_two_processes_list_their_schema_in_one_order(tmp_path):
    def order(name, seed):
        hri = Hri(tmp_path / name)
        assert hri.process("init", environment={"PYTHONHASHSEED": seed}).returncode == 0
        with closing(sqlite3.connect(hri.archive)) as connection:
            return connection.execute("SELECT name FROM sqlite_master").fetchall()

    first = order("0.db", "0")
    assert all(order(f"{seed}.db", seed) == first for seed in ("1", "2", "3"))
