"""A paper that goes unsigned for want of the office's key says so once, with what to do next."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import server
from assessing import rate
from exchanging import key_of
from hrintegrity import signing
from hrintegrity.documents import many
from hrintegrity.duties.exchange import key_locks
from running import JSON, Hri, code_of

CODES = (code_of(1), code_of(2))


@pytest.fixture(scope="module")
def concluded(_made, tmp_path_factory) -> Path:
    """An archive with a key and two results."""
    hri = Hri(tmp_path_factory.mktemp("concluded") / "archive.db")
    server.copy(_made("haidian"), hri.archive)
    for number, code in enumerate(CODES, 1):
        hri.add(f"北京{number}人力资源有限公司", code)
        rate(hri, code).ok()
    hri("assess", "conclude", "--all").ok()
    hri("archive", "key", "show").ok()
    return hri.archive


@pytest.fixture
def office(concluded, tmp_path) -> Hri:
    hri = Hri(tmp_path / "archive.db", environment={"HRI_PASSPHRASE": "另一句话"})
    server.copy(concluded, hri.archive)
    shutil.copy(f"{concluded}.key", key_file(hri))
    return hri


def key_file(hri: Hri) -> Path:
    return hri.archive.with_name(f"{hri.archive.name}.key")


def under_another_passphrase(key: Path) -> None:
    key.write_bytes(key_locks.locked(key.read_bytes(), "正确 马"))


def damaged(key: Path) -> None:
    key.write_text("{}")


def no_file(key: Path) -> None:
    key.unlink()
    key.mkdir()


WAYS = (
    (under_another_passphrase, "hri archive rekey"),
    (damaged, "hri archive key restore"),
    (no_file, "hri archive key restore"),
    (Path.unlink, "hri archive key restore"),
)
PAPERS = (
    ("assess", "notice", "--all"),
    ("agency", "dossier", CODES[0]),
    ("inspect", "form", CODES[0]),
    ("report", "month"),
    ("agency", "pledge", CODES[0], "--blank", "agency"),
)


def said(err: str) -> list[str]:
    return [line for line in err.splitlines() if "文书没有签名" in line]


@pytest.mark.parametrize(("spoil", "next_command"), WAYS)
@pytest.mark.parametrize("words", PAPERS, ids=" ".join)
def test_papers_that_go_unsigned_are_told_of_once(office, tmp_path, words, spoil, next_command):
    spoil(key_file(office))
    for more in ((), JSON):
        ran = office(*words, "-o", tmp_path / "out.docx", "--force", *more).ok()
        (line,) = said(ran.err)
        assert line.startswith("提示 ")
        assert next_command in line
    again = office("assess", "notice", CODES[0], "-o", tmp_path / "again.html").ok()
    assert len(said(again.err)) == 1


@pytest.mark.archive_file("another program holds the file")
def test_a_paper_goes_unsigned_though_another_program_holds_the_archive(
    office, tmp_path, monkeypatch
):
    Path.unlink(key_file(office))
    stamp_of, stamps = signing.stamp_of, []

    def held(paper):
        with closing(sqlite3.connect(office.archive, isolation_level=None, timeout=0)) as other:
            other.execute("BEGIN EXCLUSIVE")
            stamps.append(stamp_of(paper))

    monkeypatch.setattr(signing, "stamp_of", held)
    ran = office("agency", "dossier", CODES[0], "-o", tmp_path / "out.html").ok()
    (line,) = said(ran.err)
    assert ("hri archive key restore" in line, stamps) == (True, [None])


@pytest.mark.parametrize("words", PAPERS, ids=" ".join)
def test_papers_that_are_signed_and_commands_that_print_none_say_nothing(office, tmp_path, words):
    assert said(office(*words, "-o", tmp_path / "out.docx").ok().err) == []
    damaged(key_file(office))
    assert said(office("agency", "list").ok().err) == []


def test_an_office_that_never_had_a_key_makes_one_in_silence(haidian, tmp_path):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    ran = haidian("agency", "dossier", code_of(1), "-o", tmp_path / "out.html").ok()
    assert said(ran.err) == []
    assert key_file(haidian).is_file()


def test_a_paper_of_one_s_own_is_known_though_the_key_does_not_open(office, tmp_path):
    paper = tmp_path / "out.html"
    office("assess", "notice", CODES[0], "-o", paper).ok()
    damaged(key_file(office))
    ran = office("archive", "check", paper, *JSON).ok()
    assert (ran.json["unchanged"], said(ran.err)) == (True, [])


def test_a_damaged_key_can_be_replaced_as_its_message_says(office, tmp_path):
    before = key_of(office)
    damaged(key_file(office))
    refused = office("archive", "key", "show", *JSON)
    assert (refused.error["code"], "key replace" in refused.error["hint"]) == ("key-damaged", True)
    office("archive", "key", "replace").ok()
    assert key_of(office) != before
    assert said(office("assess", "notice", "--all", "-o", tmp_path / "out.docx").ok().err) == []


def test_a_key_that_a_kill_left_is_not_lost_where_the_present_one_is_damaged(office):
    """Its public line is revoked, and what is meant for it still opens."""
    before, key = key_of(office), key_file(office)
    shutil.copy(key, f"{key}.replaced")
    damaged(key)
    office("archive", "key", "replace").ok()
    keys = {one["line"]: one for one in office("archive", "key", "list", *JSON).ok().json}
    assert keys[before.strip()]["revoked"] is not None
    assert not Path(f"{key}.replaced").exists()


@pytest.mark.parametrize(
    "words", [("agency", "dossier", "--all"), ("inspect", "form", "--all")], ids=" ".join
)
def test_papers_that_other_processes_write_are_signed_too(office, tmp_path, monkeypatch, words):
    """Only this process knows who signs."""
    monkeypatch.setattr(many, "_cores", lambda: 2)
    monkeypatch.setattr(many, "WORTH", dict.fromkeys(many.WORTH, 2))
    office("agency", "add", "--name", "北京丁公司", "--code", code_of(4), "--kind", "公益性").ok()
    folder = tmp_path / "papers"
    ran = office(*words, "-o", folder).ok()
    written = sorted(folder.iterdir())
    assert (len(written), said(ran.err)) == (3, [])
    for path in written:
        assert office("archive", "check", path, *JSON).ok().json["unchanged"] is True
    damaged(key_file(office))
    assert len(said(office(*words, "-o", folder, "--force").ok().err)) == 1
