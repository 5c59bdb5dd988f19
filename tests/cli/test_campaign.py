"""`hri campaign`: the month's days, activities with attachments, distinctions, import."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import stat
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import select

from assessing import opened, write_csv
from hrintegrity.archive import writer
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.people import Employment, Practitioner
from hrintegrity.duties.campaign import attachments
from hrintegrity.errors import UnusableError
from running import JSON, Hri, code_of, journal
from server import GIVEN

TRAINING = ("--kind", "主题培训活动", "--date", "2013-10-08", "--title", "“诚信兴业”培训班")
FIRST_DAY = dt.date(2010, 1, 1)
HEADERS = (
    "活动类型", "活动日期", "活动名称", "参加人数", "机构数", "媒体报道数", "备注",
)  # fmt: skip


def log(hri: Hri, *more: Any) -> dict[str, Any]:
    found: dict[str, Any] = hri("campaign", "log", *TRAINING, *more, *JSON).ok().json
    return found


def listed(hri: Hri, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hri("campaign", "list", *more, *JSON).ok().json
    return found


# The days.

OTHER = ("--year", "2014", "--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")


def test_another_year_s_campaign_becomes_the_default(haidian) -> None:
    started = haidian("campaign", "start", *OTHER, *JSON).ok().json
    assert (started["year"], started["deadline"], started["changed"]) == (2014, "2014-11-05", False)
    logged = haidian(
        "campaign", "log", "--kind", "主题培训活动", "--date", "2014-10-08", "--title", "甲", *JSON
    )
    assert logged.ok().json["year"] == 2014
    assert listed(haidian, "--year", "2013") == []


def test_the_same_campaign_twice_is_already_there_and_other_days_change_it(haidian) -> None:
    haidian("campaign", "start", *OTHER).ok()
    again = haidian("campaign", "start", *OTHER, *JSON)
    assert (again.status, again.error["code"]) == (4, "campaign-exists")
    changed = haidian("campaign", "start", *OTHER[:-1], "2014-11-07", *JSON).ok().json
    assert (changed["deadline"], changed["changed"]) == ("2014-11-07", True)


def test_the_notice_s_own_days_can_t_be_changed(haidian) -> None:
    days = ("--year", "2013", "--from", "2013-10-01", "--to", "2013-10-31")
    refused = haidian("campaign", "start", *days, "--deadline", "2013-11-10", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "campaign-fixed")
    assert refused.error["clause"] == "三(四)"


@pytest.mark.parametrize(
    "days",
    [
        ("2014-10-31", "2014-10-01", "2014-11-05"),
        ("2014-10-01", "2014-10-31", "2014-10-30"),
        ("2013-10-01", "2014-10-31", "2014-11-05"),
    ],
)
def test_days_out_of_order_are_wrong_usage(haidian, days) -> None:
    first, last, deadline = days
    refused = haidian(
        "campaign", "start", "--year", "2014", "--from", first, "--to", last,
        "--deadline", deadline, *JSON,
    )  # fmt: skip
    assert (refused.status, refused.error["code"]) == (2, "campaign-dates")


def test_the_last_day_may_be_the_deadline_itself(haidian) -> None:
    days = ("--from", "2014-10-31", "--to", "2014-10-31", "--deadline", "2014-10-31")
    haidian("campaign", "start", "--year", "2014", *days).ok()


# Activities.


def test_an_activity_bears_what_was_counted_and_no_more(haidian) -> None:
    logged = log(haidian, "--people", "61", "--media", "０")
    assert list(logged)[:7] == ["id", "kind", "date", "title", "people", "agencies", "media"]
    assert (logged["kind"], logged["people"], logged["agencies"]) == ("training", 61, None)
    assert logged["media"] == 0
    assert listed(haidian) == [logged]


@pytest.mark.parametrize("count", ["-1", "1.5", "六十", "1e3", "12345678901"])
def test_a_count_is_a_whole_number(haidian, count) -> None:
    assert haidian("campaign", "log", *TRAINING, "--people", count).status == 2


@pytest.mark.parametrize("which", [(), ("--outstanding",), ("--titles",)])
def test_a_list_shows_by_which_number_a_record_is_corrected(haidian, agency, which) -> None:
    log(haidian)
    haidian("campaign", "outstanding", agency, "--reason", "示范").ok()
    haidian("campaign", "title", agency, "--title", "诚信服务窗口").ok()
    (record,) = listed(haidian, *which)
    assert record["id"] in haidian("campaign", "list", *which).ok().out


def test_the_same_activity_twice_is_already_there(haidian) -> None:
    log(haidian)
    again = haidian("campaign", "log", *TRAINING, *JSON)
    assert (again.status, again.error["code"]) == (4, "activity-exists")


def test_a_day_outside_the_month_warns(haidian) -> None:
    more = ("--kind", "主题宣传活动", "--title", "回顾")
    late = haidian("campaign", "log", *more, "--date", "2013-09-30").ok()
    assert "不在2013年的活动月" in late.err
    assert haidian("campaign", "log", *more, "--date", "2013-10-01").ok().err == ""


def test_an_activity_is_corrected_with_a_reason_and_taken_back_with_one(haidian) -> None:
    logged = log(haidian, "--people", "61")
    same = haidian("campaign", "edit", logged["id"], "--people", "61", *JSON)
    assert (same.status, same.error["code"]) == (1, "nothing-changed")
    edited = haidian(
        "campaign", "edit", logged["id"], "--people", "62", "--reason", "数错", *JSON
    ).ok()
    assert edited.json["people"] == 62
    removed = haidian("campaign", "remove", logged["id"], "--reason", "重复登记", *JSON).ok()
    assert removed.json["id"] == logged["id"]
    assert listed(haidian) == []
    entries = journal(haidian.archive, ("action", "table", "reason"))
    assert entries[-2:] == [("update", "activity", "数错"), ("delete", "activity", "重复登记")]


def test_an_activity_can_t_be_made_like_another_one(haidian) -> None:
    log(haidian)
    other = haidian(
        "campaign", "log", "--kind", "主题培训活动", "--date", "2013-10-09", "--title", "乙", *JSON
    ).ok()
    clash = haidian("campaign", "edit", other.json["id"], *TRAINING[2:], *JSON)
    assert (clash.status, clash.error["code"]) == (4, "activity-exists")


def test_the_city_may_log_for_a_district_and_a_district_only_for_itself(city, haidian) -> None:
    assert log(city)["district"] == "municipal"
    assert log(city, "--district", "密云")["district"] == "miyun"
    assert len(listed(city)) == 2
    assert len(listed(city, "--district", "密云")) == 1
    refused = haidian("campaign", "log", *TRAINING, "--district", "朝阳", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "not-ours")


# Attachments.


def photo(tmp_path: Path, name: str = "照片.jpg", content: bytes = b"JPEG") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_file_is_kept_beside_the_archive_under_its_hash(haidian, tmp_path) -> None:
    (kept,) = log(haidian, "--attach", photo(tmp_path))["attachments"]
    sha256 = hashlib.sha256(b"JPEG").hexdigest()
    assert (kept["name"], kept["sha256"], kept["size"]) == ("照片.jpg", sha256, 4)
    path = Path(kept["path"])
    assert path == Path(f"{haidian.archive}.files") / sha256[:2] / sha256
    assert path.read_bytes() == b"JPEG"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    haidian("archive", "verify").ok()


def test_equal_contents_are_kept_once(haidian, tmp_path) -> None:
    first, second = photo(tmp_path), photo(tmp_path, "同一张.jpg")
    kept = log(haidian, "--attach", first, "--attach", second)["attachments"]
    assert [one["name"] for one in kept] == ["照片.jpg"]
    other = ("--kind", "主题宣传活动", "--date", "2013-10-09", "--title", "会")
    more = haidian("campaign", "log", *other, "--attach", second, *JSON).ok().json
    assert [one["name"] for one in more["attachments"]] == ["同一张.jpg"]
    files = [path for path in Path(f"{haidian.archive}.files").rglob("*") if path.is_file()]
    assert len(files) == 1


def test_a_file_that_is_missing_or_empty_lets_nothing_be_written(haidian, tmp_path) -> None:
    missing = haidian("campaign", "log", *TRAINING, "--attach", tmp_path / "x.jpg", *JSON)
    assert (missing.status, missing.error["code"]) == (4, "file-missing")
    empty = photo(tmp_path, content=b"")
    refused = haidian("campaign", "log", *TRAINING, "--attach", empty, *JSON)
    assert (refused.status, refused.error["code"]) == (3, "file-empty")
    assert listed(haidian) == []


def test_more_files_can_be_attached_later(haidian, tmp_path) -> None:
    logged = log(haidian)
    more = haidian("campaign", "edit", logged["id"], "--attach", photo(tmp_path), *JSON).ok()
    assert len(more.json["attachments"]) == 1


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda path: path.unlink(), "文件不见了"),
        (lambda path: path.write_bytes(b"jpeg"), "SHA-256 不符"),
        (lambda path: path.write_bytes(b"JPEG!"), "大小与登记的不符"),
    ],
)
def test_verify_finds_a_file_that_was_harmed(haidian, tmp_path, harm, told) -> None:
    (kept,) = log(haidian, "--attach", photo(tmp_path))["attachments"]
    harm(Path(kept["path"]))
    found = haidian("archive", "verify", *JSON)
    assert found.status == 1
    (problem,) = found.json["problems"]
    assert problem["where"] == "附件 照片.jpg"
    assert told in problem["reason"]


def test_attaching_it_again_mends_a_harmed_file(haidian, tmp_path) -> None:
    (kept,) = log(haidian, "--attach", photo(tmp_path))["attachments"]
    Path(kept["path"]).write_bytes(b"jpeg")
    other = ("--kind", "主题宣传活动", "--date", "2013-10-09", "--title", "会")
    haidian("campaign", "log", *other, "--attach", photo(tmp_path)).ok()
    haidian("archive", "verify").ok()


def test_a_server_s_archive_needs_a_folder_named(monkeypatch, tmp_path) -> None:
    server = Location(url="postgresql+psycopg://hri@host/hri")
    monkeypatch.delenv("HRI_FILES", raising=False)
    with pytest.raises(UnusableError, match="附件"):
        attachments.folder(server)
    monkeypatch.setenv("HRI_FILES", str(tmp_path))
    assert attachments.place(server, "ab" * 32) == tmp_path / "ab" / ("ab" * 32)


def test_removing_an_activity_leaves_the_archive_whole(haidian, tmp_path) -> None:
    logged = log(haidian, "--attach", photo(tmp_path))
    haidian("campaign", "remove", logged["id"], "--reason", "误登").ok()
    haidian("archive", "verify").ok()


# Distinctions.


@pytest.fixture
def agency(haidian) -> str:
    code = code_of(1)
    haidian.add("北京甲人力资源有限公司", code)
    return code


def test_an_outstanding_agency_is_entered_once_a_year(haidian, agency) -> None:
    found = haidian("campaign", "outstanding", agency, "--reason", "带头公示收费", *JSON).ok().json
    assert (found["code"], found["year"], found["date"]) == (agency, 2013, "2013-10-10")
    again = haidian("campaign", "outstanding", agency, "--reason", "又", *JSON)
    assert (again.status, again.error["code"]) == (4, "outstanding-exists")
    assert [one["code"] for one in listed(haidian, "--outstanding")] == [agency]
    haidian("campaign", "remove", found["id"], "--reason", "误登").ok()
    assert listed(haidian, "--outstanding") == []


def test_titles_of_an_agency_and_of_its_practitioner(haidian, agency) -> None:
    window = ("--title", "诚信服务窗口")
    assert haidian("campaign", "title", agency, *window, *JSON).ok().json["title"] == "window"
    assert haidian("campaign", "title", agency, *window, *JSON).error["code"] == "title-exists"
    with opened(haidian) as archive:
        person = writer.insert(archive, Practitioner(name="赵一"))
        of = archive.session.exec(select(Agency.id)).one()
        since = {"since": FIRST_DAY, "name_key": "赵一"}
        job = Employment(practitioner_id=person.id, agency_id=str(of), **since)
        writer.insert(archive, job)
    worker = ("--title", "worker", "--staff", person.id)
    found = haidian("campaign", "title", agency, *worker, *JSON).ok().json
    assert (found["title"], found["staff"]) == ("worker", "赵一")
    refused = haidian("campaign", "title", agency, *window, "--staff", person.id, *JSON)
    assert (refused.status, refused.error["code"]) == (2, "title-of-agency")
    stranger = haidian("campaign", "title", agency, "--title", "worker", "--staff", "x", *JSON)
    assert (stranger.status, stranger.error["code"]) == (4, "staff-missing")
    assert {one["title"] for one in listed(haidian, "--titles")} == {"window", "worker"}


def test_a_closed_agency_wins_nothing(haidian, agency) -> None:
    haidian("agency", "close", agency, "--date", "2013-10-01", "--reason", "注销").ok()
    for command in (("outstanding", "--reason", "好"), ("title", "--title", "window")):
        refused = haidian("campaign", command[0], agency, *command[1:], *JSON)
        assert (refused.status, refused.error["code"]) == (1, "agency-closed")


# Import.


def rows() -> list[tuple[Any, ...]]:
    return [
        ("诚信自律公约", "2013-10-09", "公约发放", "", "58家", "", ""),
        ("主题培训活动", "2013年10月22日", "负责人培训班", "61人", "57", "", "协会承办"),
        ("publicity", "2013/10/29", "交流会", "80", "", "3", ""),
    ]


def test_activities_come_in_from_a_table(haidian, tmp_path) -> None:
    path = write_csv(tmp_path / "活动.csv", HEADERS, rows())
    found = haidian("campaign", "import", path, *JSON).ok().json
    assert (found["read"], found["added"]) == (3, 3)
    kinds = [(one["kind"], one["people"], one["agencies"]) for one in listed(haidian)]
    assert kinds == [("convention", None, 58), ("training", 61, 57), ("publicity", 80, None)]
    again = haidian("campaign", "import", path, *JSON).ok().json
    assert (again["added"], again["unchanged"]) == (0, 3)


def test_a_changed_count_is_a_duplicate_until_told_to_update(haidian, tmp_path) -> None:
    haidian("campaign", "import", write_csv(tmp_path / "a.csv", HEADERS, rows())).ok()
    changed = [(*rows()[1][:3], "70", *rows()[1][4:])]
    path = write_csv(tmp_path / "b.csv", HEADERS, changed)
    assert haidian("campaign", "import", path).status == 3
    found = haidian("campaign", "import", path, "--on-duplicate", "update", *JSON).ok().json
    assert found["updated"] == 1
    assert listed(haidian, "--kind", "training")[0]["people"] == 70


def test_every_wrong_row_is_named_and_nothing_goes_in(haidian, tmp_path) -> None:
    wrong = [
        ("茶话会", "2013-10-09", "甲", "", "", "", ""),
        ("主题培训活动", "10月9日", "乙", "", "", "", ""),
        ("主题培训活动", "2013-10-09", "丙", "很多", "", "", ""),
        ("主题培训活动", "2013-10-09", "丙丁", "-3", "", "", ""),
        *rows()[:1] * 2,
    ]
    refused = haidian("campaign", "import", write_csv(tmp_path / "a.csv", HEADERS, wrong), *JSON)
    assert refused.status == 3
    found = [(one["row"], one["column"]) for one in refused.error["details"]]
    assert found == [
        (2, "活动类型"), (3, "活动日期"), (4, "参加人数"), (5, "参加人数"),
        (6, "活动类型"), (7, "活动类型"),
    ]  # fmt: skip
    assert listed(haidian) == []


def test_a_workbook_s_numbers_and_days_are_taken_as_they_are(haidian, tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADERS)
    sheet.append(("主题培训活动", dt.date(2013, 10, 22), "负责人培训班", 61, 57.0, None, None))
    book.save(tmp_path / "a.xlsx")
    haidian("campaign", "import", tmp_path / "a.xlsx").ok()
    (one,) = listed(haidian)
    assert (one["date"], one["people"], one["agencies"]) == ("2013-10-22", 61, 57)


def test_the_city_s_table_may_name_districts(city, haidian, tmp_path) -> None:
    table = [(*row, district) for row, district in zip(rows(), ["海淀", "", "密云区"], strict=True)]
    path = write_csv(tmp_path / "a.csv", (*HEADERS, "区县"), table)
    city("campaign", "import", path).ok()
    assert [one["district"] for one in listed(city)] == ["haidian", "municipal", "miyun"]
    refused = haidian("campaign", "import", path, *JSON)
    assert (refused.status, refused.error["code"]) == (1, "not-ours")
    assert [one["row"] for one in refused.error["details"]] == [4]


@pytest.mark.skipif(bool(GIVEN), reason="a server's archive is no file")
def test_a_backup_of_the_file_alone_is_told_of_missing_attachments(haidian, tmp_path) -> None:
    log(haidian, "--attach", photo(tmp_path))
    copied = tmp_path / "copy.db"
    shutil.copy(haidian.archive, copied)
    found = Hri(copied)("archive", "verify", *JSON)
    assert found.status == 1
    assert "文件不见了" in found.json["problems"][0]["reason"]
