"""A record is named by its id, or by the end of it that a terminal shows."""

from __future__ import annotations

import pytest

from hrintegrity.cli.base import tables
from hrintegrity.text import ID_SHOWN, width
from running import JSON, Hri, code_of, tamper
from terminal import screen

JIA = code_of(1)
TRAINING = ("--kind", "training", "--date", "2013-10-08", "--title", "培训班")


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲人力资源有限公司", JIA)
    return haidian


def record(hri: Hri, *command: str) -> str:
    found: str = hri(*command, *JSON).ok().json["id"]
    return found


def end(identity: str) -> str:
    return identity[-ID_SHOWN:]


@pytest.mark.parametrize("columns", [80, 50])
def test_a_terminal_shows_the_end_of_an_id_in_one_piece_and_a_pipe_the_whole(office, columns):
    activity = record(office, "campaign", "log", *TRAINING)
    shown = "".join(screen(office, columns, "campaign", "list"))
    assert end(activity) in shown
    assert activity[:8] not in shown
    assert activity in office("campaign", "list").ok().out


@pytest.mark.parametrize("columns", [40, 79, 80, 100, 160])
def test_no_line_of_a_table_is_wider_than_the_terminal_and_no_code_is_broken(office, columns):
    office("agency", "add", "--name", "北京" + "很长" * 20 + "有限公司", "--code", code_of(2),
           "--kind", "经营性").ok()  # fmt: skip
    for command in (("agency", "list"), ("report", "rates"), ("assess",)):
        lines = screen(office, columns, *command)
        assert all(width(line) <= columns for line in lines)
        assert command == ("report", "rates") or code_of(2) in "".join(lines)


def test_every_command_that_takes_an_id_takes_its_end(office):
    activity = record(office, "campaign", "log", *TRAINING)
    office("campaign", "edit", end(activity), "--people", "60").ok()
    office("campaign", "remove", end(activity), "--reason", "误登").ok()
    praised = record(office, "campaign", "outstanding", JIA, "--reason", "带头公示")
    office("campaign", "remove", end(praised), "--reason", "误登").ok()
    verdicts = [
        word for one in ("publicity", "pledge", "feedback") for word in (f"--{one}", "pass")
    ]
    office("inspect", "record", JIA, "--date", "2013-10-08", "--ledger", "fail", *verdicts).ok()
    gap = office("inspect", "list", *JSON).ok().json[0]["id"]
    office("inspect", "mend", end(gap), "--date", "2013-10-09").ok()
    person = record(office, "agency", "staff", "add", JIA, "--name", "李四")
    office("agency", "staff", "edit", end(person), "--certificate", "C1").ok()
    office("campaign", "title", JIA, "--title", "诚信服务标兵", "--staff", end(person)).ok()
    told = ("--received", "2013-10-08", "--channel", "market", "--subject", "收费不明")
    case = record(office, "complaint", "add", JIA, *told)
    office("complaint", "show", end(case)).ok()
    named = ("--kind", "interview", "--grounds", "收费不明", "--date", "2013-10-08")
    sanction = record(office, "sanction", "impose", JIA, *named, "--staff", end(person))
    assert record(office, "sanction", "show", end(sanction).upper()) == sanction
    reward = record(office, "reward", "grant", JIA, "--kind", "publicity", "--date", "2013-10-08",
                    "--note", "推介")  # fmt: skip
    office("archive", "withdraw", end(reward), "--reason", "误登").ok()


def test_an_end_of_two_records_or_a_shorter_one_names_none(office):
    first = record(office, "campaign", "log", *TRAINING)
    record(office, "campaign", "log", *TRAINING[:-1], "另一个班")
    assert office("campaign", "edit", first[-7:], "--people", "6").status == 4
    tamper(office.archive, "UPDATE activity SET id = substr(id, 1, 28) || '0badc0de'")
    refused = office("campaign", "edit", "0badc0de", "--people", "6", *JSON)
    assert (refused.status, refused.error["code"]) == (4, "id-ambiguous")


def test_a_narrow_terminal_shows_of_a_sanction_whether_it_still_holds(office):
    given = ("--kind", "circular", "--grounds", "未公示收费标准", "--date", "2013-10-08")
    found = record(office, "sanction", "impose", JIA, *given)
    office("sanction", "withdraw", found, "--date", "2013-10-09", "--reason", "事实有误").ok()
    heading, row = screen(office, 60, "sanction", "list")[:2]
    assert "现状" in heading
    assert "撤销" in row


def test_at_80_columns_a_sanction_has_its_deadline_and_beneath_it_its_number(office, tmp_path):
    given = ("--kind", "rectify", "--grounds", "未公示收费标准", "--date", "2013-10-01")
    found = record(office, "sanction", "impose", JIA, *given, "--deadline", "2013-10-09")
    office("sanction", "notice", found, "-o", tmp_path / "决定书.html").ok()
    heading, row, number = screen(office, 80, "sanction", "list")[:3]
    for wanted, shown in (("整改期限", "2013-10-09"), ("逾期", "是"), ("现状", "整改中")):
        assert wanted in heading
        assert shown in row
    assert number.strip() == "海人社诚惩〔2013〕1号"


def test_the_journal_shows_beneath_each_entry_what_changed_and_no_hash(office):
    office("agency", "staff", "add", JIA, "--name", "李四", "--certificate", "C1").ok()
    lines = screen(office, 80, "archive", "log")
    assert "姓名（从略）" in "".join(line.strip() for line in lines)
    assert "salted:" not in "".join(lines)
    assert "登录用户" not in lines[0]
    assert "salted:" in office("archive", "log", *JSON).ok().out


def test_a_column_without_values_leaves_its_room_to_one_that_has_some(monkeypatch):
    monkeypatch.setattr(tables, "columns_of_screen", lambda: 18)
    lines, left_out = tables.fitted(["甲", "空着的", "有的"], [["1", "", "二三四五"]], [0])
    assert lines == ["甲  有的", "1   二三四五"]
    assert left_out == 1


def test_what_a_list_is_for_is_cut_shorter_before_any_of_it_is_left_out(monkeypatch):
    monkeypatch.setattr(tables, "columns_of_screen", lambda: 30)
    row = ["甲乙丙丁戊己庚辛壬癸", "2013-10-01", "是"]
    lines, left_out = tables.fitted(["名称", "期限", "逾期"], [row], [0, 1, 2])
    assert lines[1].split() == ["甲乙丙丁戊…", "2013-10-01", "是"]
    assert left_out == 0
