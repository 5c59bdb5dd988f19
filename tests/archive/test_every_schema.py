"""Archives of every schema since the first upgrade become today's, in the clear or encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory

from hrintegrity.archive import contents, passphrases, schema
from hrintegrity.archive.connecting import is_encrypted
from hrintegrity.archive.engine import SCHEMA, begin, make_engine
from hrintegrity.archive.guarding import writes_allowed
from hrintegrity.archive.journal import GENESIS, canonical, entry_hash
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


def old_archive(path: Path, revision: str, *, encrypted: bool) -> None:
    """Make an archive as a program of that revision left it, with its office and one entry."""
    path.touch(0o600)
    if encrypted:
        passphrases.remember(path, PASSPHRASE)
    engine = make_engine(Location(path=path, encrypted=encrypted))
    told = canonical(OFFICE)
    entry = (
        1,
        "2013-10-08T00:00:00+00:00",
        "张",
        "insert",
        "office",
        OFFICE["id"],
        None,
        told,
        None,
    )
    with engine.connect() as connection:
        begin(connection, write=True)
        with writes_allowed(connection):
            command.upgrade(schema._config(connection), revision)
            connection.exec_driver_sql(
                "INSERT INTO office (id, district, owner, keeps_register) VALUES (?, ?, ?, ?)",
                tuple(OFFICE.values()),
            )
            connection.exec_driver_sql(
                'INSERT INTO journal (id, at, operator, action, "table", record, before, after,'
                " reason, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*entry, GENESIS, entry_hash(GENESIS, *entry)),
            )
            if encrypted:
                connection.exec_driver_sql(
                    "INSERT INTO vault (id, identity) VALUES (?, ?)",
                    (new_id(), contents.new_identity()),
                )
        connection.commit()
    engine.dispose()


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
    assert len(hri("agency", "list", *JSON).ok().json) == 1
    assert done
