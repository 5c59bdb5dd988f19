"""`hri today`: what is due, overdue first, each line with a command that runs as it stands."""

from __future__ import annotations

import shlex

import pytest

from assessing import as_json, scores
from running import JSON, Hri, code_of
from sanctioning import CODE as JIA
from sanctioning import award, impose, order, with_agency
from terminal import conversation, screen

YI = code_of(2)
PASSED = [word for one in ("publicity", "pledge", "feedback") for word in (f"--{one}", "pass")]


@pytest.fixture
def full(haidian) -> Hri:
    """Return an archive in which something of every kind is due."""
    hri = with_agency(haidian)
    hri.add("乙公司", YI, "--license", "证1", "--license-until", "2013-10-30")
    hri("inspect", "record", YI, "--date", "2013-10-01", "--ledger", "fail", *PASSED).ok()
    hri("complaint", "add", YI, "--received", "2013-09-01", "--channel", "market", "--subject",
        "收费").ok()  # fmt: skip
    order(hri, "2013-10-01", "2013-10-09")
    hri("assess", "run", JIA, "--scores", "-", stdin=as_json(scores())).ok()
    hri("assess", "conclude", JIA).ok()
    hri("assess", "notice", JIA, "-o", hri.archive.parent / "告知书.html", today="2013-10-05").ok()
    given = ("--date", "2013-10-08", "--text", "第3项少算了一年")
    hri("assess", "object", JIA, *given).ok()
    award(hri)
    imposed = impose(hri, "circular", "2013-11-25", *JSON).json["id"]
    hri("sanction", "notice", imposed, "-o", hri.archive.parent / "决定书.html").ok()
    status, _ = conversation(
        hri, ("assess", "run", YI, "--rater", "李 四"), [("> ", "3"), ("> ", "q")]
    )
    assert status == 0
    return hri


def due(hri: Hri, *more: str) -> list[dict]:
    found: list[dict] = hri("today", *more, *JSON).ok().json
    return found


def test_everything_that_is_due_is_listed_overdue_first(full):
    found = due(full, "--days", "400")
    assert {one["what"] for one in found} == {
        "gap", "order", "complaint", "notice", "decision", "plaque", "licence", "draft", "form",
        "summary", "objection", "report",
    }  # fmt: skip
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    assert list(found[0]) == ["what", "agency", "code", "due", "days_left", "id", "command"]
    by_kind = {one["what"]: one for one in found}
    # The tests' day is 10 October 2013.
    assert (by_kind["order"]["due"], by_kind["order"]["days_left"]) == ("2013-10-09", -1)
    assert (by_kind["licence"]["due"], by_kind["licence"]["agency"]) == ("2013-10-30", "乙公司")
    assert by_kind["notice"]["due"] == "2013-10-15"
    assert by_kind["draft"]["days_left"] == 0
    assert by_kind["objection"]["due"] == "2013-11-07"


def test_only_what_is_due_within_the_days_asked_for_is_listed(full):
    assert all(one["days_left"] <= 5 for one in due(full, "--days", "5"))
    assert {one["what"] for one in due(full)} < {one["what"] for one in due(full, "--days", "400")}
    assert all(one["days_left"] <= 30 for one in due(full))


def test_the_command_of_every_line_runs_as_it_stands(full, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for one in due(full, "--days", "400"):
        name, *arguments = shlex.split(one["command"])
        assert name == "hri"
        if one["what"] == "draft":
            status, said = conversation(full, arguments, [("> ", "q")])
            assert status == 0
            assert "接着上次暂存的继续" in said
        else:
            ran = full(*arguments)
            assert ran.status == 0, f"{one['command']}: {ran.err}"


def test_what_was_done_is_due_no_more(full, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    on = ("--date", "2013-10-09")
    done = {
        "gap": lambda one: ("inspect", "mend", one["id"], *on),
        "order": lambda one: ("sanction", "mend", one["id"], *on),
        "plaque": lambda one: ("sanction", "plaque", one["code"], "--recovered", "2013-10-09"),
        "summary": lambda one: shlex.split(one["command"])[1:],
    }
    for one in due(full, "--days", "400"):
        if one["what"] in done:
            full(*done[one["what"]](one)).ok()
    left = {one["what"] for one in due(full, "--days", "400")}
    assert left.isdisjoint({"gap", "order", "plaque", "summary"})


def test_a_line_typed_as_it_stands_says_nothing_that_nobody_saw(full, tmp_path, monkeypatch):
    """Whether a gap was made good, an order met, a plaque taken back, and when, is for people."""
    monkeypatch.chdir(tmp_path)
    before = [
        one for one in due(full, "--days", "400") if one["what"] in ("gap", "order", "plaque")
    ]
    said = "".join(full(*shlex.split(one["command"])[1:]).ok().out for one in before)
    after = [one for one in due(full, "--days", "400") if one["what"] in ("gap", "order", "plaque")]
    assert after == before
    assert len({one["what"] for one in before}) == 3
    for command in ("inspect mend", "sanction mend", "sanction fail", "sanction plaque"):
        assert f"hri {command}" in said


def test_of_two_gaps_each_line_says_which_system_it_is(full):
    full("inspect", "record", YI, "--date", "2013-10-02", "--ledger", "pass", "--publicity", "fail",
         "--pledge", "pass", "--feedback", "pass").ok()  # fmt: skip
    text = full("today").ok().out
    assert "台账缺项待补建" in text
    assert "公示缺项待补建" in text
    assert "投诉待答复" in text


def test_where_nothing_is_due_it_is_said(haidian):
    assert haidian("today").ok().out == "今后 30 天内没有要办的事，也没有逾期的。\n"
    assert due(haidian) == []


def test_a_district_without_active_agencies_is_asked_for_nothing(haidian, city):
    assert due(haidian, "--days", "400") == []
    assert due(city, "--days", "400") == []
    city(
        "agency", "add", "--name", "甲", "--code", JIA, "--kind", "public", "--district", "朝阳"
    ).ok()
    asked = due(city, "--days", "400")
    assert {one["agency"] for one in asked} == {"朝阳区"}
    assert all("--district chaoyang" in one["command"] for one in asked)


def test_at_80_columns_each_line_has_agency_and_time_left_and_the_whole_command_beneath(full):
    lines = screen(full, 80, "today", "--days", "400")
    for one in due(full, "--days", "400"):
        if one["what"] == "draft":
            continue
        left = one["days_left"]
        said = f"已过 {-left} 天" if left < 0 else f"还有 {left} 天" if left else "今天"
        above = [lines[n - 1] for n, line in enumerate(lines) if line.strip() == one["command"]]
        wanted = (one["due"], said, one["agency"][:6])
        assert any(all(word in line for word in wanted) for line in above), one


def test_where_there_is_room_the_command_ends_the_line(full):
    lines = screen(full, 200, "today", "--days", "400")
    for one in due(full, "--days", "400"):
        if one["what"] != "draft":
            assert any(line.endswith(one["command"]) and one["due"] in line for line in lines)


@pytest.mark.parametrize("days", ["36501", "999999999", "-1", "x"])
def test_no_term_is_so_long_that_no_calendar_has_its_end(haidian, days):
    assert haidian("today", "--days", days).status == 2
    assert haidian("agency", "list", "--expiring", days).status == 2
    haidian("today", "--days", "36500").ok()


def test_a_day_at_the_end_of_all_days_is_none_to_count_from(haidian):
    assert haidian("today", today="9999-12-31").status == 2
    haidian("today", "--days", "36500", today="2999-12-31").ok()
