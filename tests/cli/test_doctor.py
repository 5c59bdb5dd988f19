"""`hri doctor`: every fault that it looks for is found, with a remedy; nothing is changed."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing

import pytest

from running import Hri, code_of, tamper

pytestmark = pytest.mark.archive_file("it looks at the file")


def findings(hri: Hri, *before: str) -> dict[str, dict]:
    ran = hri(*before, "doctor", "-f", "json")
    found = {one["what"]: one for one in ran.json}
    assert [set(one) for one in ran.json] == [{"what", "ok", "found", "remedy"}] * len(found)
    assert ran.status == (0 if all(one["ok"] for one in ran.json) else 1)
    assert ran.err == ""
    assert [one["what"] for one in ran.json if not one["ok"] and not one["remedy"]] == []
    return found


def test_it_needs_no_archive_and_says_where_one_will_be(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    hri = Hri(tmp_path / "x", environment={"HRI_ARCHIVE": ""})
    found = findings(hri)
    assert all(one["ok"] for one in found.values())
    assert str(tmp_path / "hri" / "archive.db") in found["archive"]["found"]
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_was_named_and_is_not_there_is_a_fault(tmp_path):
    found = findings(Hri(tmp_path / "none.db"))
    assert found["archive"]["ok"] is False
    assert "hri init" in found["archive"]["remedy"]


def test_a_sound_archive_is_looked_at_without_a_byte_changed(haidian):
    haidian.add("北京甲公司", code_of(1))
    before = hashlib.sha256(haidian.archive.read_bytes()).digest()
    found = findings(haidian)
    assert [what for what, one in found.items() if not one["ok"]] == []
    assert {"version", "archive", "schema", "lock", "place", "pdf", "font", "names", "console",
            "templates", "disk"} == set(found)  # fmt: skip
    assert hashlib.sha256(haidian.archive.read_bytes()).digest() == before
    assert [p.name for p in haidian.archive.parent.iterdir() if "journal" in p.name] == []


def test_a_damaged_archive_and_one_of_another_schema_are_told_apart(haidian, tmp_path):
    newer = tmp_path / "newer.db"
    shutil.copy(haidian.archive, newer)
    tamper(newer, "UPDATE alembic_version SET version_num = '9999'")
    found = findings(haidian, "--archive", str(newer))
    assert (found["archive"]["ok"], found["schema"]["ok"]) == (True, False)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no archive" * 200)
    found = findings(haidian, "--archive", str(broken))
    assert found["archive"]["ok"] is False
    assert "schema" not in found


def test_an_archive_that_another_program_holds_is_said_to_be_locked(haidian):
    with closing(sqlite3.connect(haidian.archive, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert findings(haidian)["lock"]["ok"] is False
        other.execute("ROLLBACK")
    assert findings(haidian)["lock"]["ok"] is True


def test_a_synchronised_folder_is_no_place_for_an_archive(haidian, tmp_path):
    copied = tmp_path / "OneDrive" / "archive.db"
    copied.parent.mkdir()
    shutil.copy(haidian.archive, copied)
    place = findings(haidian, "--archive", str(copied))["place"]
    assert place["ok"] is False
    assert "OneDrive" in place["found"]


def test_a_font_that_lacks_a_character_of_a_name_is_told_with_the_character(haidian):
    haidian.add("北京\U0003134a公司", code_of(1))
    names = findings(haidian)["names"]
    assert names["ok"] is False
    assert "\U0003134a" in names["found"]


def test_without_a_chinese_font_or_with_a_broken_template_that_is_said(haidian, tmp_path):
    (tmp_path / "assess").mkdir()
    (tmp_path / "assess" / "notice.xhtml").write_text("<p>{{ nothing }}</p>", "utf-8")
    (tmp_path / "none").mkdir()
    haidian.environment |= {"HRI_FONTS": str(tmp_path / "none"), "HRI_TEMPLATES": str(tmp_path)}
    found = findings(haidian)
    assert (found["font"]["ok"], found["templates"]["ok"]) == (False, False)
    assert "notice.xhtml" in found["templates"]["found"]


@pytest.mark.parametrize(
    ("encoding", "ok"), [("utf-8", True), ("gbk", True), ("cp437", False), ("ascii", False)]
)
def test_a_console_that_can_not_show_chinese_is_named(haidian, encoding, ok):
    ran = haidian("doctor", "-f", "json", encoding=encoding)
    console = next(one for one in ran.json if one["what"] == "console")
    assert (console["ok"], ran.status) == (ok, 0 if ok else 1)


def test_people_read_it_as_a_table_with_the_remedy_beside_the_fault(tmp_path):
    ran = Hri(tmp_path / "none.db")("doctor")
    assert ran.status == 1
    assert "有问题" in ran.out
    assert ran.out.rstrip().endswith("有 1 处要处理。")
