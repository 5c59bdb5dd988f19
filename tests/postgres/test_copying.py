"""`hri archive copy`: every record, every entry and every printed paper the same, or nothing."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlmodel import SQLModel

import server
from hrintegrity.archive import copying, tables, writer
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.assessment import Draft
from hrintegrity.archive.tables.exchange import Conflict
from hrintegrity.archive.tables.recommendation import Unit
from hrintegrity.duties import agencies
from printed import text_of_docx
from reporting import Filling
from running import JSON, Hri, code_of, tamper
from worked import CLOSER_LOOKS, JIA, LOOKS, YI, campaign, looks


@pytest.fixture(scope="module")
def worked(tmp_path_factory) -> Hri:
    """A campaign worked through in a file, with a draft and a conflict that wait."""
    folder = tmp_path_factory.mktemp("worked")
    hri = Hri(folder / "here.db")
    hri("init", "--district", "haidian", "--leader", "王局长").ok()
    campaign(hri, folder / "papers")
    day = dt.date(2013, 10, 10)
    with open_archive(Location(path=hri.archive), operator="某", write=True) as archive:
        agency = agencies.find(archive, JIA).id
        writer.keep_unjournalled(
            archive,
            Draft(agency_id=agency, year=2013, source="self", rater="甲", scores="[1]", position=1),
        )
        writer.insert(archive, Unit(agency_id=agency, year=2012, plaque="1", awarded=day))
        writer.insert(
            archive,
            Conflict(
                kind="changed",
                table="agency",
                record=agency,
                version="0" * 64,
                ancestors="[]",
                row="{}",
                alive=True,
                received=day,
            ),
        )
    return hri


def on_server(url: str, folder: Path) -> Hri:
    """The command line on a database, its attachments in a folder."""
    path = folder / "server.db"
    server.stand_for(path, url)
    return Hri(path)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def copied(hri: Hri, source: str | Path, target: str | Path, **more: str) -> dict:
    hri = Hri(hri.archive, environment=hri.environment | more)
    found: dict = hri("archive", "copy", source, target, *JSON).ok().json
    return found


def test_to_a_server_and_back_everything_is_the_same(worked, database, tmp_path) -> None:
    far, files = on_server(database, tmp_path), f"{tmp_path / 'server.db'}.files"
    first = copied(worked, worked.archive, database, HRI_FILES=files)
    back = copied(worked, database, tmp_path / "back.db", HRI_FILES=files)
    assert dump(tmp_path / "back.db") == dump(worked.archive)
    same = ("records", "entries", "head", "attachments", "missing")
    assert [first[key] for key in same] == [back[key] for key in same]
    assert (first["attachments"], first["missing"]) == (1, [])
    assert (first["target"], back["source"]) == (first["id"], first["id"])
    for hri in (far, Hri(tmp_path / "back.db")):
        verified = hri("archive", "verify", *JSON).ok().json
        assert (verified["entries"], verified["head"]) == (first["entries"], first["head"])


NEVER_FILLED = {
    "annex", "bulletin", "conferral", "distribution", "inspection_draw", "procedure_rule",
    "sanction_notice", "seal", "staff_education", "title_report", "vault",
}  # fmt: skip
"""Tables whose commands the worked campaign does not run: its copies say nothing of them."""


def test_every_table_was_in_what_is_compared(worked) -> None:
    tables.load_all()
    with closing(sqlite3.connect(worked.archive)) as connection:
        empty = {
            name
            for name in SQLModel.metadata.tables
            if not connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]
        }
        pointing = connection.execute("SELECT COUNT(replaces_id) FROM paper").fetchone()
    assert empty == NEVER_FILLED
    assert pointing == (1,)


def test_commands_say_the_same_of_the_copy_whatever_order_its_rows_lie_in(
    worked, database, tmp_path
) -> None:
    far = on_server(database, tmp_path)
    copied(worked, worked.archive, database, HRI_FILES=f"{far.archive}.files")
    _shuffle(database)
    everything = (*LOOKS, *CLOSER_LOOKS)
    assert looks(far, *everything) == looks(worked, *everything)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(2, 12))]
)
def test_commands_say_the_same_of_a_random_archive_and_its_copy(database, tmp_path, seed) -> None:
    city = Hri(tmp_path / "city.db")
    city("init").ok()
    with open_archive(Location(path=city.archive), operator="某", write=True) as archive:
        Filling(archive, Random(seed), ["haidian", "chaoyang", "municipal"]).fill(30)
    copied(city, city.archive, database)
    _shuffle(database)
    assert looks(on_server(database, tmp_path), *LOOKS) == looks(city, *LOOKS)


def _shuffle(url: str) -> None:
    """Write rows anew, so that they lie behind others, as on a server that has been at work."""
    with server.server().connect(url) as connection:
        for (name,) in connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN"
            " ('journal', 'alembic_version')"
        ).fetchall():
            connection.execute(f'UPDATE "{name}" SET id = id WHERE hashtext(id) % 2 = 0')


def test_papers_printed_from_the_copy_have_the_same_words(worked, database, tmp_path) -> None:
    far = on_server(database, tmp_path)
    copied(worked, worked.archive, database, HRI_FILES=f"{far.archive}.files")
    for suffix in ("html", "docx"):
        for hri, name in ((worked, "here"), (far, "there")):
            for agency in (JIA, YI):
                path = tmp_path / f"{name}-{agency}.{suffix}"
                hri("assess", "notice", agency, "-o", path).ok()
        for agency in (JIA, YI):
            one, other = (tmp_path / f"{n}-{agency}.{suffix}" for n in ("here", "there"))
            assert _words(one) == _words(other)


def _words(path: Path) -> str:
    """Return a paper without its signature, which the key beside each archive makes."""
    if path.suffix == ".docx":
        return text_of_docx(path.read_bytes())
    lines = path.read_text("utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith('<meta name="hri-'))


@pytest.mark.parametrize("entries", [3, copying.CHUNK - 1, copying.CHUNK, copying.CHUNK + 1])
def test_a_journal_of_any_length_is_copied_whole(here, database, tmp_path, entries) -> None:
    with open_archive(Location(path=here.archive), operator="某", write=True) as archive:
        office = archive.connection.exec_driver_sql("SELECT id FROM office").scalar_one()
        row = writer.Entry("note", _office(), office, None, None)
        writer.enter_many(archive, [row] * (entries - 2))
    assert copied(here, here.archive, database)["entries"] == entries
    copied(here, database, tmp_path / "back.db")
    assert dump(tmp_path / "back.db") == dump(here.archive)


def _office() -> type:
    from hrintegrity.archive.tables.office import Office

    return Office


def test_where_an_archive_is_already_nothing_is_touched(here, there, tmp_path) -> None:
    other = Hri(tmp_path / "other.db")
    other("init", "--district", "chaoyang").ok()
    before = dump(other.archive)
    url = server.database_of(there.archive)
    for source, target in (
        (here.archive, other.archive), (here.archive, here.archive), (here.archive, url),
        (url, url), (url, other.archive),
    ):  # fmt: skip
        ran = here("archive", "copy", source, target, *JSON)
        assert (ran.status, ran.error["code"]) == (4, "archive-exists")
    assert dump(other.archive) == before


def test_of_what_is_not_there_no_copy_is_begun(here, database, tmp_path) -> None:
    missing = str(tmp_path / "none.db")
    for source, target, code in (
        (missing, database, "archive-missing"),
        (database, missing, "archive-missing"),
        (here.archive, database.replace("hri_test", "hri_none"), "archive-missing"),
        (here.archive, tmp_path / "no" / "there.db", "folder-missing"),
    ):
        ran = here("archive", "copy", source, target, *JSON)
        assert (ran.status, ran.error["code"]) == (5, code)
    assert not Path(missing).exists()
    assert not (tmp_path / "no").exists()
    assert _tables(database) == []


def _tables(url: str) -> list[str]:
    with server.server().connect(url) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return [name for (name,) in found]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal SET after = replace(after, '王局长', '李局长') WHERE after LIKE '%王局长%'",
        "UPDATE journal SET hash = previous WHERE id = 2",
        "DELETE FROM journal WHERE id = 1",
        "UPDATE journal SET id = 7 WHERE id = 2",
        "UPDATE office SET leader = 'a' || char(0)",
        "UPDATE campaign SET year = 3000000000",
        "UPDATE campaign SET year = 'neunzehn'",
    ],
)
def test_what_a_server_could_not_hold_or_a_broken_chain_leaves_nothing_behind(
    here, database, sql
) -> None:
    for trigger in ("no_update", "no_delete"):
        tamper(here.archive, f"DROP TRIGGER journal_{trigger}")
    tamper(here.archive, sql)
    ran = here("archive", "copy", here.archive, database, *JSON)
    assert ran.status in (3, 5), ran.out
    assert ran.error["code"] in ("archive-damaged", "not-storable", "archive-unusable")
    assert _tables(database) == []


def test_a_copy_that_differs_does_not_appear(here, there, database, tmp_path, monkeypatch) -> None:
    """Whatever goes wrong at the last moment, there is no copy and no attachment of it."""
    shutil.copy(__file__, tmp_path / "a.txt")
    here("campaign", "log", "--kind", "主题培训活动", "--date", "2013-10-08", "--title", "讲座",
         "--attach", tmp_path / "a.txt").ok()  # fmt: skip
    summing = copying._Summing
    monkeypatch.setattr(
        copying, "_write", lambda *given, old=copying._write: old(*given)._replace(rows=7)
    )
    files = tmp_path / "files"
    for target in (database, tmp_path / "copy.db"):
        ran = Hri(here.archive, environment={"HRI_FILES": str(files)})(
            "archive", "copy", here.archive, target, *JSON
        )
        assert (ran.status, ran.error["code"]) == (5, "copy-differs")
    assert summing is copying._Summing
    assert _tables(database) == []
    assert not files.exists()
    assert not list(tmp_path.glob("*copy.db*"))


def test_an_attachment_that_is_lost_is_named_and_the_rest_is_copied(
    here, database, tmp_path
) -> None:
    (tmp_path / "a.txt").write_text("一")
    (tmp_path / "b.txt").write_text("二")
    here("campaign", "log", "--kind", "主题培训活动", "--date", "2013-10-08", "--title", "讲座",
         "--attach", tmp_path / "a.txt", "--attach", tmp_path / "b.txt").ok()  # fmt: skip
    lost = next(path for path in Path(f"{here.archive}.files").rglob("*") if path.is_file())
    lost.unlink()
    found = Hri(here.archive, environment={"HRI_FILES": str(tmp_path / "files")})(
        "archive", "copy", here.archive, database, *JSON
    ).ok()
    assert found.json["missing"] == [lost.name]
    assert found.json["attachments"] == 1
    assert lost.name in found.err


def test_without_a_place_for_attachments_nothing_is_copied(here, database, tmp_path) -> None:
    (tmp_path / "a.txt").write_text("一")
    here("campaign", "log", "--kind", "主题培训活动", "--date", "2013-10-08", "--title", "讲座",
         "--attach", tmp_path / "a.txt").ok()  # fmt: skip
    ran = here("archive", "copy", here.archive, database, *JSON)
    assert (ran.status, ran.error["code"]) == (5, "files-folder-missing")
    assert _tables(database) == []


def test_an_office_is_told_that_its_key_stays_where_it_is(here, database) -> None:
    here("archive", "key", "show").ok()
    ran = Hri(here.archive)("archive", "copy", here.archive, database).ok()
    assert "密钥" not in ran.err  # there is no telling where it belongs.
    target = here.archive.with_name("copy.db")
    ran = here("archive", "copy", here.archive, target).ok()
    assert f"{here.archive}.key" in ran.err


def test_what_is_added_to_a_copy_continues_its_journal(here, database, tmp_path) -> None:
    copied(here, here.archive, database)
    far = on_server(database, tmp_path)
    far.add("北京甲公司", code_of(1))
    assert far("archive", "verify", *JSON).ok().json["entries"] == 3
