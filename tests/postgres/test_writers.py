"""Many clerks at once on one archive: nothing is lost, no number twice, the chain whole."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import server
from assessing import as_json, scores
from hrintegrity.archive import server as on_server
from running import JSON, code_of, journal, rows
from worked import LOOKS, looks

CLERKS = 16

WORK = """
import io, json, os, sys
from multiprocessing import get_context
from pathlib import Path
from hrintegrity.cli.program.run import run

def hri(*arguments):
    out, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        return run([*arguments, "-f", "json"])
    finally:
        sys.stdout = out

def add(name, code):
    return hri("agency", "add", "--name", name, "--code", code, "--kind", "经营性")

def work(number, contested, codes):
    os.environ["HRI_OPERATOR"] = f"经办{number}"
    together.wait()
    ends = [add("争公司", contested)]
    for code in codes:
        ends.append(add(f"北京{code}公司", code))
        ends.append(hri("assess", "run", code, "--scores", "scores.json"))
        ends.append(hri("assess", "conclude", code))
        ends.append(hri("assess", "notice", code, "-o", f"{code}.html"))
    return ends

clerks = json.loads(sys.argv[1])
hri("assess")  # what takes long to load is loaded before the clerks part.
fork = get_context("fork")
together = fork.Barrier(len(clerks))
with fork.Pool(len(clerks)) as pool:
    print(json.dumps(pool.starmap(work, clerks, chunksize=1)))
"""


@pytest.mark.parametrize("agencies", [1, pytest.param(15, marks=pytest.mark.soak)])
def test_sixteen_clerks_at_once_lose_nothing(there, tmp_path, agencies) -> None:
    contested = code_of(9999)
    mine = [[code_of(n * 100 + i) for i in range(agencies)] for n in range(CLERKS)]
    (tmp_path / "scores.json").write_text(as_json(scores()))
    worked = subprocess.run(
        [sys.executable, "-c", WORK, json.dumps([(n, contested, c) for n, c in enumerate(mine)])],
        env=there.variables(),
        cwd=tmp_path,
        capture_output=True,
        timeout=3600,
        check=False,
    )
    assert worked.returncode == 0, worked.stderr.decode()
    ends = json.loads(worked.stdout)
    assert [end[1:] for end in ends] == [[0] * 4 * agencies] * CLERKS, worked.stderr.decode()
    assert sorted(end[0] for end in ends) == [0] + [4] * (CLERKS - 1)
    listed = {one["code"] for one in there("agency", "list", *JSON).ok().json}
    assert listed == {contested, *(code for codes in mine for code in codes)}
    numbers = rows(there.archive, "SELECT number FROM paper ORDER BY number")
    assert numbers == [(n,) for n in range(1, CLERKS * agencies + 1)]
    verified = there("archive", "verify", *JSON).ok().json
    assert verified["ok"] is True
    entries = journal(there.archive, ("id", "operator"))
    assert verified["entries"] == len(entries)
    assert {operator for _, operator in entries[2:]} == {f"经办{n}" for n in range(CLERKS)}


@pytest.fixture
def holding(there):
    """Somebody holds the archive's write lock."""
    with server.server().connect(server.database_of(there.archive)) as connection:
        connection.autocommit = False
        connection.execute(f"SELECT pg_advisory_xact_lock({on_server.WRITER_LOCK})")
        yield connection


def test_who_waits_too_long_for_his_turn_is_told_so(there, holding, monkeypatch) -> None:
    assert "'lock_timeout', '60s'" in on_server._LIMITS
    monkeypatch.setattr(on_server, "_LIMITS", on_server._LIMITS.replace("'60s'", "'200ms'"))
    before = journal(there.archive)
    ran = there("agency", "add", "--name", "甲", "--code", code_of(1), "--kind", "经营性", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "archive-locked")
    assert journal(there.archive) == before
    holding.rollback()
    there.add("甲", code_of(1))


def test_readers_do_not_wait_for_writers(there, holding, monkeypatch) -> None:
    monkeypatch.setattr(on_server, "_LIMITS", on_server._LIMITS.replace("'60s'", "'200ms'"))
    assert looks(there, *LOOKS)


def test_a_connection_that_breaks_is_said_so_and_nothing_is_written(there, holding) -> None:
    before = journal(there.archive)
    ended = threading.Thread(target=_end_waiting, args=(there.archive,))
    ended.start()
    ran = there("agency", "add", "--name", "甲", "--code", code_of(1), "--kind", "经营性", *JSON)
    ended.join()
    assert (ran.status, ran.error["code"]) == (5, "archive-cut-off")
    assert "clerk'" not in ran.err
    holding.rollback()
    assert journal(there.archive) == before
    there.add("甲", code_of(1))


def _end_waiting(path: Path) -> None:
    """Break the connection of whoever waits for the lock, once somebody does."""
    sql = (
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    )
    for _ in range(3000):
        if rows(path, sql):
            return
        threading.Event().wait(0.01)


def test_a_reader_sees_one_moment_while_others_write(there) -> None:
    from hrintegrity.archive.engine import open_archive

    count = "SELECT COUNT(*) FROM journal"
    with open_archive(server.location_of(there.archive), operator="某", write=False) as archive:
        first = archive.connection.exec_driver_sql(count).scalar_one()
        there.add("甲", code_of(1))
        assert archive.connection.exec_driver_sql(count).scalar_one() == first
    assert rows(there.archive, count) == [(first + 1,)]


def test_the_server_itself_refuses_what_a_reader_would_write(there) -> None:
    from sqlalchemy.exc import DBAPIError

    from hrintegrity.archive.engine import open_archive

    with open_archive(server.location_of(there.archive), operator="某", write=False) as archive:
        # As if the program's own guard had failed.
        archive.connection.info["hri_writes_allowed"] = True
        with pytest.raises(DBAPIError, match="read-only transaction"):
            archive.connection.exec_driver_sql("UPDATE office SET leader = 'x'")


def test_killed_in_the_middle_of_a_write_nothing_of_it_is_there(there, tmp_path) -> None:
    lines = ["机构名称,统一社会信用代码,区县,机构性质"]
    lines += [f"北京{n}公司,{code_of(n)},海淀,经营性" for n in range(3000)]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8")
    environment = there.variables()
    for seconds in (0.6, 0.9, 1.2, 1.6):
        clerk = subprocess.Popen(
            [sys.executable, "-c", "from hrintegrity.cli import main; main()", "agency",
             "import", str(tmp_path / "r.csv"), "--on-duplicate", "skip"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            clerk.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            clerk.kill()
            clerk.wait()
        found = rows(there.archive, "SELECT COUNT(*) FROM agency")
        assert found in ([(0,)], [(3000,)])
    assert there("archive", "verify", *JSON).ok().json["ok"] is True
