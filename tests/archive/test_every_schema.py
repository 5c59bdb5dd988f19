"""Archives of every schema since the first upgrade become today's, in the clear or encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from hashing import entry_hash
from hrintegrity.archive import contents, passphrases, schema
from hrintegrity.archive.connecting import is_encrypted
from hrintegrity.archive.engine import SCHEMA, begin, make_engine
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.journal import GENESIS, canonical
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.base import new_id
from running import JSON, Hri, code_of

pytestmark = pytest.mark.archive_file("files of earlier programs")

REVISIONS = [script.revision for script in ScriptDirectory.from_config(
    schema._config()).walk_revisions()][::-1]  # fmt: skip
ENCRYPTED_SINCE = "0008"
"""The first revision whose archives could be encrypted."""

PASSPHRASE = "正确 马 电池 钉"
IDENTITY = new_id()
OFFICE = {"id": IDENTITY, "district": "haidian", "owner": True, "keeps_register": True}


AGENCY = {
    "id": new_id(), "code": code_of(7), "name": "北京旧公司", "name_key": "北京旧公司",
    "district": "haidian", "kind": "commercial", "status": "active", "registered": "2013-10-08",
}  # fmt: skip


def old_archive(path: Path, revision: str, *, encrypted: bool) -> None:
    """Make an archive as a program of that revision left it, with its office and an agency."""
    path.touch(0o600)
    if encrypted:
        passphrases.remember(path, PASSPHRASE)
    engine = make_engine(Location(path=path, encrypted=encrypted))
    with engine.connect() as connection:
        begin(connection, write=True)
        with writes_allowed(connection):
            command.upgrade(schema._config(connection), revision)
            previous = GENESIS
            for number, (table, row) in enumerate((("office", OFFICE), ("agency", AGENCY)), 1):
                previous = insert(connection, number, table, row, previous)
            if encrypted:
                connection.exec_driver_sql(
                    "INSERT INTO vault (id, identity) VALUES (?, ?)",
                    (new_id(), contents.new_identity()),
                )
        connection.commit()
    engine.dispose()


def insert(
    connection: Connection, number: int, table: str, row: dict[str, object], previous: str
) -> str:
    """Write a row as far as its table has columns, and its entry; return the entry's hash."""
    known = {line[1] for line in connection.exec_driver_sql(f"PRAGMA table_info({table})")}
    row = {column: value for column, value in row.items() if column in known}
    at = "2013-10-08T00:00:00+00:00"
    entry = (number, at, "张", "insert", table, row["id"], None, canonical(row), None)
    digest = entry_hash(previous, *entry)
    names = 'id, at, operator, action, "table", record, before, after, reason, previous, hash'
    for name, columns, values in (
        (table, ", ".join(row), tuple(row.values())),
        ("journal", names, (*entry, previous, digest)),
    ):
        marks = ", ".join("?" * len(values))
        connection.exec_driver_sql(f"INSERT INTO {name} ({columns}) VALUES ({marks})", values)
    return digest


@pytest.mark.parametrize(
    ("revision", "encrypted"),
    [
        *((revision, False) for revision in REVISIONS),
        *((revision, True) for revision in REVISIONS if revision >= ENCRYPTED_SINCE),
    ],
)
def test_an_archive_of_an_earlier_schema_is_upgraded_and_works(tmp_path, revision, encrypted):
    hri = Hri(tmp_path / "archive.db", environment={"HRI_PASSPHRASE": PASSPHRASE})
    old_archive(hri.archive, revision, encrypted=encrypted)
    if revision < SCHEMA:
        ran = hri("agency", "list", *JSON)
        assert (ran.status, ran.error["code"]) == (5, "archive-older")
    done = hri("archive", "upgrade", *JSON).ok().json
    assert is_encrypted(hri.archive) is encrypted
    hri("archive", "verify").ok()
    hri("campaign", "start", "--year", "2013", "--from", "2013-10-01", "--to", "2013-10-31",
        "--deadline", "2013-11-05").ok()  # fmt: skip
    hri.add("北京甲公司", code_of(1))
    hri("archive", "decrypt" if encrypted else "encrypt").ok()
    assert is_encrypted(hri.archive) is not encrypted
    hri("archive", "verify").ok()
    listed = hri("agency", "list", *JSON).ok().json
    assert {agency["name"] for agency in listed} == {"北京甲公司", AGENCY["name"]}
    shown = hri("agency", "show", AGENCY["code"], *JSON).ok().json
    assert (shown["id"], shown["kind"], shown["district"]) == (
        AGENCY["id"], AGENCY["kind"], AGENCY["district"],
    )  # fmt: skip
    assert done
