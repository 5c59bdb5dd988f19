"""Keys and registers: made at first use, accepted, revoked, replaced; who numbers papers."""

import json
import os
import re
import stat

import pytest

from assessing import as_json, scores
from exchanging import acquaint, key_of
from running import JSON, Hri, code_of


def key_file(hri):
    return hri.archive.with_name(f"{hri.archive.name}.key")


def test_the_key_is_made_at_first_use_and_stays(haidian):
    assert not key_file(haidian).exists()
    line = key_of(haidian)
    assert re.fullmatch(r"hri1 [0-9a-f]{64} age1[0-9a-z]{58}", line)
    assert key_of(haidian) == line
    assert haidian("archive", "key", "show", *JSON).json["line"] == line


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_the_key_is_readable_by_its_owner_only(haidian):
    key_of(haidian)
    assert stat.S_IMODE(key_file(haidian).stat().st_mode) == 0o600


@pytest.mark.archive_file("its bytes are searched")
def test_the_private_key_is_never_in_the_archive(haidian, new_archive):
    other = new_archive("haidian", "other.db")
    acquaint(haidian, other)
    haidian("archive", "key", "replace").ok()
    told = json.loads(key_file(haidian).read_text())
    content = haidian.archive.read_bytes()
    for secret in (told["signing"], told["encryption"], *told["retired"]):
        assert secret.encode() not in content


def test_the_fingerprint_can_be_read_out_by_telephone(haidian, new_archive):
    shown = haidian("archive", "key", "show", "--fingerprint").ok().out.strip()
    assert re.fullmatch(r"(\d{5} ){7}\d{5}", shown)
    other = new_archive("haidian", "other.db")
    line = key_of(haidian)
    trusted = other("archive", "key", "trust", line, "--district", "海淀", *JSON).ok().json
    assert trusted["fingerprint"] == shown


def test_a_key_is_accepted_from_a_file_and_accepted_again(haidian, city, tmp_path):
    path = tmp_path / "海淀.pub"
    path.write_text(f"\ufeff{key_of(haidian)}\r\n", encoding="utf-8")
    for _ in range(2):
        found = city("archive", "key", "trust", path, "--district", "海淀", *JSON).ok().json
    assert (found["district"], found["line"]) == ("haidian", key_of(haidian))
    assert len(city("archive", "key", "list", *JSON).ok().json) == 1


@pytest.mark.parametrize("text", [
    "hri1", "hri1 " + "0" * 64, "hri1 " + "0" * 64 + " age1" + "q" * 58,
    "hri1 " + "0" * 63 + "G age1" + "q" * 58, "hri2 x y",
])  # fmt: skip
def test_what_is_no_key_is_refused(city, text, tmp_path):
    path = tmp_path / "key.pub"
    path.write_text(text)
    ran = city("archive", "key", "trust", path, "--district", "海淀", *JSON)
    assert (ran.status, ran.error["code"]) == (3, "bad-key")


def test_a_key_file_that_is_not_there(city):
    ran = city("archive", "key", "trust", "nothing.pub", "--district", "海淀", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "file-missing")


def test_a_key_stands_for_one_district_only(haidian, city):
    line = key_of(haidian)
    city("archive", "key", "trust", line, "--district", "海淀").ok()
    ran = city("archive", "key", "trust", line, "--district", "朝阳", *JSON)
    assert (ran.status, ran.error["code"]) == (4, "key-taken")
    ran = haidian("archive", "key", "trust", line, "--district", "海淀", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "own-key")


def test_a_key_is_revoked_by_line_or_fingerprint_once_and_for_all(haidian, city, new_archive):
    other = new_archive("haidian", "other.db")
    fingerprint = other("archive", "key", "show", "--fingerprint").out.strip()
    acquaint(city, haidian)
    city("archive", "key", "trust", key_of(other), "--district", "海淀").ok()
    for name in (key_of(haidian), fingerprint.replace(" ", "-")):
        assert city("archive", "key", "revoke", name, *JSON).ok().json["revoked"] == "2013-10-10"
        assert city("archive", "key", "revoke", name, *JSON).status == 4
    for line in (key_of(haidian), key_of(other)):
        ran = city("archive", "key", "trust", line, "--district", "海淀", *JSON)
        assert (ran.status, ran.error["code"]) == (1, "key-revoked")
    ran = city("archive", "key", "revoke", "00000 " * 8, *JSON)
    assert (ran.status, ran.error["code"]) == (4, "key-missing")


def test_a_backup_of_the_key_brings_it_back(haidian, tmp_path):
    line, path = key_of(haidian), tmp_path / "密钥备份"
    haidian("archive", "key", "backup", path).ok()
    assert haidian("archive", "key", "backup", path).status == 4
    haidian("archive", "key", "replace").ok()
    assert key_of(haidian) != line
    ran = haidian("archive", "key", "restore", path, *JSON)
    assert (ran.status, ran.error["code"]) == (4, "file-exists")
    told = haidian("archive", "key", "restore", path, "--force").ok()
    assert "不是本档案库上次用的" in told.err
    assert key_of(haidian) == line


@pytest.mark.archive_file("a backup is a file")
def test_an_archive_that_was_brought_back_without_its_key_makes_no_new_one(haidian, tmp_path):
    line, copy, key = key_of(haidian), tmp_path / "b.db", tmp_path / "b.key"
    assert "没有本单位的密钥" in haidian("archive", "backup", copy).ok().err
    haidian("archive", "key", "backup", key).ok()
    back = Hri(tmp_path / "elsewhere.db")
    assert "key restore" in back("archive", "restore", copy).ok().err
    for command in (("key", "show"), ("key", "backup", tmp_path / "c"),
                    ("send", "-o", tmp_path / "a.hri", "--plain")):  # fmt: skip
        ran = back("archive", *command, *JSON)
        assert (ran.status, ran.error["code"]) == (5, "key-lost"), command
        assert "key restore" in ran.error["hint"]
    assert not key_file(back).exists()
    assert back("archive", "key", "restore", key).ok().err == ""
    assert key_of(back) == line
    # Who has no copy can take a new one, and that is what is used from then on.
    key_file(back).unlink()
    back("archive", "key", "replace").ok()
    assert key_of(back) != line
    back("archive", "verify").ok()


def test_a_damaged_key_is_told_and_not_replaced(haidian):
    key_file(haidian).write_text("{}")
    ran = haidian("archive", "key", "show", *JSON)
    assert (ran.status, ran.error["code"]) == (5, "key-damaged")
    assert key_file(haidian).read_text() == "{}"


def test_the_key_may_stand_elsewhere(haidian, tmp_path):
    haidian.environment["HRI_KEY"] = str(tmp_path / "elsewhere.key")
    key_of(haidian)
    assert (tmp_path / "elsewhere.key").exists()
    assert not key_file(haidian).exists()


def numbered(hri, district="海淀"):
    """Try to number a notice; return the error's code, or nothing."""
    hri.add("北京甲人力资源有限公司", code_of(1), "--district", district)
    hri("assess", "run", code_of(1), "--scores", "-", stdin=as_json(scores())).ok()
    hri("assess", "conclude", code_of(1)).ok()
    ran = hri("assess", "notice", code_of(1), "-o", hri.archive.with_name("a.html"), *JSON)
    return ran.error["code"] if ran.status else None


def test_the_city_numbers_for_a_district_until_it_knows_the_district_s_key(city, haidian):
    city("archive", "key", "trust", key_of(haidian), "--district", "海淀").ok()
    assert numbered(city) == "not-register"
    city("archive", "register", "take", "海淀").ok()
    ran = city("assess", "notice", code_of(1), "-o", city.archive.with_name("b.html"))
    assert ran.status == 0


def test_a_district_that_knows_the_city_s_key_numbers_still(haidian, city):
    haidian("archive", "key", "trust", key_of(city), "--district", "市属").ok()
    assert numbered(haidian) is None


def test_a_second_laptop_releases_the_register(haidian):
    found = haidian("archive", "register", "release", "海淀", *JSON).ok().json
    assert (found["district"], found["keeps_register"]) == ("haidian", False)
    assert numbered(haidian) == "not-register"
    assert haidian("archive", "register", "take", "海淀", *JSON).ok().json["keeps_register"] is True


def test_a_district_s_archive_leaves_others_registers_alone(haidian):
    ran = haidian("archive", "register", "take", "朝阳", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "not-ours")


def test_whoever_accepts_a_key_is_told_of_papers_that_were_numbered_already(city, haidian):
    assert numbered(city) is None
    ran = city("archive", "key", "trust", key_of(haidian), "--district", "海淀").ok()
    assert "已编 1 件" in ran.err


@pytest.mark.archive_file("the key lies beside the file")
def test_a_new_key_that_the_journal_could_not_take_is_taken_back(haidian, monkeypatch):
    from sqlalchemy import Connection

    line = key_of(haidian)

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(Connection, "commit", full)
        assert haidian("archive", "key", "replace", *JSON).status == 5
    assert key_of(haidian) == line
