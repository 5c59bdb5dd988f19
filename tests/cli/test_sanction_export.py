"""`hri sanction export`: each event once to each system, whatever ends the work in between."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from assessing import opened
from hrintegrity import files
from hrintegrity.cli.program.run import run
from hrintegrity.duties.sanctions import report_rows, reports
from running import JSON, Hri, journal, rows
from sanctioning import CODE, NAME, award, hire, impose, lines, order, with_agency

HEADER = [
    "记录编号", "批次编号", "事项", "机构名称", "代码", "许可证号", "区县", "从业人员", "资格证号",
    "惩戒措施", "程序", "事实", "证据", "违反的规定", "依据", "惩戒日期", "整改期限", "现状",
    "文号", "作出机关", "送达日期", "公布截止日期", "示范单位称号", "撤销日期", "撤销理由",
    "惩戒编号", "信息类别",
]  # fmt: skip


@pytest.fixture
def hri(haidian: Hri) -> Hri:
    haidian.today = "2013-12-10"
    return with_agency(haidian)


def export(hri: Hri, path: Path, *more: str, system: str = "credit") -> dict:
    given = ("--system", system, *more, *JSON)
    return hri("sanction", "export", path, *given).ok().json


def ids(found: Sequence[dict]) -> list[tuple[str, str]]:
    """Record and batch of each row."""
    return [(one["记录编号"], one["批次编号"]) for one in found]


def reported(hri: Hri) -> set[str]:
    marked = "SELECT sanction_id, system, event FROM sanction_report WHERE reported IS NOT NULL"
    return {report_rows.record_id(*one) for one in rows(hri.archive, marked)}


def test_a_row_says_all_that_the_system_needs(hri, tmp_path) -> None:
    one = order(hri, "2013-10-08", "2013-10-20")
    hri("sanction", "notice", one, "-o", tmp_path / "a.html").ok()
    impose(hri, "exposure", "2013-11-01", "--staff", hire(hri)).ok()
    made = export(hri, tmp_path / "a.csv")
    first, second = lines(tmp_path / "a.csv")
    assert list(first) == HEADER
    assert {key: first[key] for key in HEADER[2:]} == {
        "事项": "作出惩戒", "机构名称": NAME, "代码": CODE, "许可证号": "", "区县": "海淀区",
        "从业人员": "", "资格证号": "", "惩戒措施": "责令整改", "程序": "不需事先告知",
        "事实": "收取求职者押金不退", "证据": "", "违反的规定": "",
        "依据": "", "惩戒日期": "2013-10-08", "整改期限": "2013-10-20", "现状": "整改中",
        "文号": "海人社诚惩〔2013〕1号", "作出机关": "北京市海淀区人力资源和社会保障局",
        "送达日期": "", "公布截止日期": "", "示范单位称号": "",
        "撤销日期": "", "撤销理由": "", "惩戒编号": one, "信息类别": "警示信息",
    }  # fmt: skip
    assert second["从业人员"] == "李明"
    assert {batch for _, batch in ids([first, second])} == {made["id"]}
    assert (made["records"], made["repeated"], made["system"]) == (2, 0, "credit")
    assert {record for record, _ in ids([first, second])} == reported(hri)


def test_what_was_reported_is_not_reported_again(hri, tmp_path) -> None:
    impose(hri, "exposure", "2013-11-01").ok()
    export(hri, tmp_path / "1.csv")
    impose(hri, "circular", "2013-11-02").ok()
    made = export(hri, tmp_path / "2.csv")
    assert [one["惩戒措施"] for one in lines(tmp_path / "2.csv")] == ["通报"]
    before = journal(hri.archive)
    nothing = export(hri, tmp_path / "3.csv")
    assert (nothing["id"], nothing["records"]) == (None, 0)
    assert lines(tmp_path / "3.csv") == []
    assert (tmp_path / "3.csv").read_text(encoding="utf-8-sig") == ",".join(HEADER) + "\n"
    assert journal(hri.archive) == before
    assert made["records"] == 1


def test_the_two_systems_are_told_each_by_itself(hri, tmp_path) -> None:
    impose(hri, "exposure", "2013-11-01").ok()
    one = export(hri, tmp_path / "1.csv", system="market")
    two = export(hri, tmp_path / "2.csv", system="北京市企业信用信息系统")
    assert (one["records"], two["records"]) == (1, 1)
    assert ids(lines(tmp_path / "1.csv")) != ids(lines(tmp_path / "2.csv"))


def test_a_withdrawal_is_reported_as_an_event_of_its_own(hri, tmp_path) -> None:
    one = impose(hri, "exposure", "2013-11-01").ok().json["id"]
    export(hri, tmp_path / "1.csv")
    hri("sanction", "withdraw", one, "--date", "2013-11-10", "--reason", "复核后撤销").ok()
    export(hri, tmp_path / "2.csv")
    (first,), (second,) = lines(tmp_path / "1.csv"), lines(tmp_path / "2.csv")
    assert (second["事项"], second["撤销日期"], second["撤销理由"]) == (
        "撤销惩戒", "2013-11-10", "复核后撤销",
    )  # fmt: skip
    assert first["惩戒编号"] == second["惩戒编号"] == one
    assert first["记录编号"] != second["记录编号"]


def test_a_sanction_withdrawn_before_anyone_heard_of_it_is_never_reported(hri, tmp_path) -> None:
    one = impose(hri, "exposure", "2013-11-01").ok().json["id"]
    hri("sanction", "withdraw", one, "--date", "2013-11-10", "--reason", "误登").ok()
    export(hri, tmp_path / "1.csv")
    assert lines(tmp_path / "1.csv") == []


def test_the_withdrawal_of_what_was_served_is_reported_to_both_systems(hri, tmp_path) -> None:
    one = impose(hri, "exposure", "2013-11-01").ok().json["id"]
    hri("sanction", "notice", one, "-o", tmp_path / "a.html").ok()
    given = ("--date", "2013-11-02", "--method", "直接送达", "--receiver", "王强")
    hri("sanction", "served", one, *given).ok()
    hri("sanction", "withdraw", one, "--date", "2013-11-10", "--reason", "复核").ok()
    for system in ("market", "credit"):
        export(hri, tmp_path / f"{system}.csv", system=system)
        (found,) = lines(tmp_path / f"{system}.csv")
        assert (found["事项"], found["现状"], found["送达日期"]) == (
            "撤销惩戒", "已撤销", "2013-11-02",
        )  # fmt: skip


def test_a_title_lost_through_a_complaint_is_reported_and_its_return_too(hri, tmp_path) -> None:
    award(hri)
    given = ("--received", "2013-11-25", "--channel", "labour", "--subject", "收押金")
    one = hri("complaint", "add", CODE, *given, *JSON).ok().json["id"]
    closing = ("--date", "2013-12-01", "--outcome", "查实", "--dishonest", "--answer", "已处理")
    hri("complaint", "close", one, *closing).ok()
    export(hri, tmp_path / "1.csv")
    (found,) = lines(tmp_path / "1.csv")
    assert (found["事项"], found["惩戒措施"], found["事实"], found["惩戒日期"]) == (
        "撤销称号", "撤销示范单位称号", "收押金", "2013-12-01",
    )  # fmt: skip
    assert (found["现状"], found["作出机关"], found["公布截止日期"]) == (
        "称号停用（已报请撤销）", "北京市人力资源和社会保障局", "2016-12-01",
    )  # fmt: skip
    export(hri, tmp_path / "2.csv")
    assert lines(tmp_path / "2.csv") == []


def test_all_of_them_again_bear_the_same_ids(hri, tmp_path) -> None:
    impose(hri, "exposure", "2013-11-01").ok()
    export(hri, tmp_path / "1.csv")
    impose(hri, "circular", "2013-11-02").ok()
    made = export(hri, tmp_path / "2.csv", "--all")
    assert (made["records"], made["repeated"]) == (2, 1)
    assert ids(lines(tmp_path / "2.csv"))[0] == ids(lines(tmp_path / "1.csv"))[0]
    days = rows(hri.archive, "SELECT reported FROM sanction_report ORDER BY id")
    hri.today = "2014-01-10"
    export(hri, tmp_path / "3.csv", "--all")
    assert rows(hri.archive, "SELECT reported FROM sanction_report ORDER BY id") == days


def test_a_workbook_has_one_header_row_and_text_that_runs_nothing(hri, tmp_path) -> None:
    given = ("--kind", "exposure", "--date", "2013-11-01")
    hri("sanction", "impose", CODE, *given, "--grounds", "=1+1").ok()
    export(hri, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    found = list(sheet.iter_rows())
    assert [cell.value for cell in found[0]] == HEADER
    assert len(found) == 2
    (grounds,) = [cell for cell in found[1] if cell.value == "=1+1"]
    assert grounds.data_type == "s"
    nothing = tmp_path / "b.xlsx"
    export(hri, nothing)
    assert len(list(openpyxl.load_workbook(nothing).worksheets[0].iter_rows())) == 1


@pytest.mark.parametrize(
    ("name", "status"), [("there.csv", 4), ("没有/a.csv", 5), ("a.pdf", 2), ("a", 2)]
)
def test_nothing_gets_an_id_for_a_file_that_can_not_be_made(hri, tmp_path, name, status) -> None:
    (tmp_path / "there.csv").write_text("x")
    impose(hri, "exposure", "2013-11-01").ok()
    before = journal(hri.archive)
    assert hri("sanction", "export", tmp_path / name, "--system", "credit").status == status
    assert journal(hri.archive) == before
    assert (tmp_path / "there.csv").read_text() == "x"


@pytest.mark.parametrize("stage", ["write", "mark"])
def test_a_crash_in_between_is_repeated_under_the_same_ids(
    hri, tmp_path, monkeypatch, stage
) -> None:
    impose(hri, "exposure", "2013-11-01").ok()
    with monkeypatch.context() as patch:
        patch.setattr(reports, stage, _crash)
        assert hri("sanction", "export", tmp_path / "1.csv", "--system", "credit").status != 0
    assert reported(hri) == set()
    ((sanction, batch),) = rows(hri.archive, "SELECT sanction_id, batch FROM sanction_report")
    impose(hri, "circular", "2013-11-02").ok()
    made = export(hri, tmp_path / "2.csv")
    found = lines(tmp_path / "2.csv")
    assert ids(found)[0] == (report_rows.record_id(sanction, "credit", "imposed"), batch)
    assert ids(found)[1][1] == made["id"] != batch
    assert made["repeated"] == 1
    if stage == "mark":
        assert ids(lines(tmp_path / "1.csv")) == ids(found)[:1]


def _crash(*_given, **_named) -> None:
    raise MemoryError


def test_it_is_marked_only_after_the_file_was_flushed_and_renamed(
    hri, tmp_path, monkeypatch
) -> None:
    impose(hri, "exposure", "2013-11-01").ok()
    done: list[str] = []

    def watched(name: str, act):
        def call(*given, **named):
            result = act(*given, **named)
            done.append(name)
            return result

        return call

    monkeypatch.setattr(files.os, "fsync", watched("flush", os.fsync))
    monkeypatch.setattr(files, "rename_new", watched("rename", files.rename_new))
    monkeypatch.setattr(reports, "mark", watched("mark", reports.mark))
    export(hri, tmp_path / "a.csv")
    # The archive's own commits flush before and after.
    assert done[: done.index("mark") + 1][-4:] == ["flush", "rename", "flush", "mark"]


def test_a_districts_export_holds_its_own_only(city, tmp_path) -> None:
    city.add(NAME, CODE, "--district", "海淀区")
    impose(city, "exposure", "2013-11-01").ok()
    assert export(city, tmp_path / "a.csv")["records"] == 1


def forked(hri: Hri, path: Path, seconds: float | None) -> float:
    """Run an export in a process of its own, killed after a while; return how long it took."""
    begun = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            os.environ.update(hri._variables(None))
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            run(["sanction", "export", str(path), "--system", "credit"])
        finally:
            os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - begun


def kill_at_random(hri: Hri, folder: Path, times: int, seed: int) -> set[str]:
    """Impose, export, kill, again and again; return at which stages the kills came."""
    choose = random.Random(seed)
    export(hri, folder / "warm.csv")
    impose(hri, "circular", "2013-11-01").ok()
    long = forked(hri, folder / "whole.csv", None) * 1.4
    stages: set[str] = set()
    for turn in range(times):
        day = dt.date(2013, 1, 1) + dt.timedelta(turn)
        impose(hri, choose.choice(["interview", "exposure", "entry"]), day.isoformat()).ok()
        forked(hri, folder / f"{turn}.csv", choose.random() * long)
        stages.add(stage(hri, folder / f"{turn}.csv"))
    sanctions = {one[0] for one in rows(hri.archive, "SELECT id FROM sanction")}
    with opened(hri) as archive:
        assert archive.connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    here = {path for path in folder.glob("*.csv") if not path.name.startswith(".")}
    standing = {record for path in here for record, _ in ids(lines(path))}
    assert reported(hri) <= standing
    export(hri, folder / "last.csv")
    seen: dict[str, str] = {}
    told = set()
    for path in (*here, folder / "last.csv"):
        for row in lines(path):
            assert seen.setdefault(row["记录编号"], row["批次编号"]) == row["批次编号"]
            told.add(row["惩戒编号"])
    assert told == sanctions
    assert reported(hri) == set(seen)
    assert len(seen) == len(sanctions)
    hri("archive", "verify").ok()
    return stages


def stage(hri: Hri, path: Path) -> str:
    """How far an export came: whether its batch has IDs, its file is there, and it is marked."""
    without = "SELECT 1 FROM sanction WHERE id NOT IN (SELECT sanction_id FROM sanction_report)"
    if rows(hri.archive, without):
        return "nothing"
    if rows(hri.archive, "SELECT 1 FROM sanction_report WHERE reported IS NULL"):
        return "written" if path.exists() else "numbered"
    return "marked"


@pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")
@pytest.mark.archive_file("kills a process that has a file open")
def test_killed_at_random_moments_every_sanction_reaches_a_file(hri, tmp_path) -> None:
    kill_at_random(hri, tmp_path, 10, seed=220)


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")
@pytest.mark.archive_file("kills a process that has a file open")
def test_killed_at_a_hundred_random_moments(hri, tmp_path) -> None:
    stages = kill_at_random(hri, tmp_path, 100, seed=2013)
    assert stages >= {"nothing", "numbered", "marked"}
