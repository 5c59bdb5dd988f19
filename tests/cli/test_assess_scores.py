"""How scores come in: `hri assess run --scores` and `hri assess import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessing import (
    POINTS,
    as_json,
    opened,
    rate,
    result,
    scores,
    start_campaign,
    write_csv,
    write_sheets,
)
from running import JSON, Hri, code_of, journal
from running import rows as db_rows

JIA, YI = code_of(1), code_of(2)
NAMES = [
    "设立情况", "年检情况", "从业时间", "行政处罚", "信息公示", "服务规程", "服务记录", "监管情况",
    "管理机构", "员工素质", "制度建设", "场所设施", "信用管理", "用工情况", "客户权益", "纠纷处理",
    "服务数量", "服务质量", "收益情况", "公益活动", "行业活动", "社会评价",
]  # fmt: skip
"""Typed from annex 1."""


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲人力资源有限公司", JIA)
    haidian.add("北京乙人力资源有限公司", YI)
    return haidian


def changed(number: int | str, value: str) -> str:
    """The JSON of full marks with one member replaced by `value` as it stands."""
    given = {str(n): str(points) for n, points in enumerate(POINTS, 1)} | {str(number): value}
    return "{" + ", ".join(f'"{n}": {points}' for n, points in given.items()) + "}"


REFUSED = [
    ("NaN", "应是有限的数字"),
    ("Infinity", "应是有限的数字"),
    ("-Infinity", "应是有限的数字"),
    ("1e999", "应是有限的数字|不能超过"),
    ("-1", "不能是负数"),
    ("-0.1", "不能是负数"),
    ("2.55", "最多一位小数"),
    ("0.01", "最多一位小数"),
    ("1e-400", "最多一位小数"),
    ("true", "应是数字"),
    ("false", "应是数字"),
    ("null", "应是数字"),
    ('"3"', "应是数字"),
    ('"三"', "应是数字"),
    ("[3]", "应是数字"),
    ('{"a": 1}', "应是数字"),
    ("9", "不能超过"),
    ("99999999999999999999", "不能超过"),
]


@pytest.mark.parametrize("way", ["-", "file"])
@pytest.mark.parametrize(("value", "reason"), REFUSED)
def test_a_score_that_is_none_is_refused_with_its_indicator(
    office, tmp_path, way, value, reason
) -> None:
    place = 16
    content = changed(place, value)
    if way == "file":
        (tmp_path / "scores.json").write_text(content)
    given = "-" if way == "-" else tmp_path / "scores.json"
    ran = office("assess", "run", JIA, "--scores", given, *JSON, stdin=content)
    assert (ran.status, ran.out) == (3, "")
    assert ran.error["code"] == "scores-refused"
    [detail] = ran.error["details"]
    assert detail["column"] == "16.纠纷处理"
    assert any(part in detail["reason"] for part in reason.split("|"))
    assert result(office, JIA)["status"] == "none"


@pytest.mark.parametrize("number", range(1, 23))
def test_each_indicator_takes_its_points_and_no_tenth_more(office, number) -> None:
    most = POINTS[number - 1]
    ran = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=changed(number, f"{most}.1"))
    assert ran.status == 3
    assert [d["column"] for d in ran.error["details"]] == [f"{number}.{NAMES[number - 1]}"]
    rate(office, JIA).ok()
    rate(office, JIA, [0] * 22).ok()
    assert result(office, JIA)["total"] == 0


def test_twenty_one_indicators_are_refused_and_the_missing_one_is_named(office) -> None:
    given = {str(n): points for n, points in enumerate(POINTS, 1) if n != 7}
    ran = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=json.dumps(given))
    assert ran.status == 3
    assert [(d["column"], d["reason"]) for d in ran.error["details"]] == [
        ("7.服务记录", "缺少评分")
    ]


def test_twenty_three_indicators_are_refused_and_the_extra_one_is_named(office) -> None:
    ran = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=changed(23, "5"))
    assert ran.status == 3
    [detail] = ran.error["details"]
    assert detail["column"] == "23"
    assert "1 至 22" in detail["reason"]


def test_an_indicator_that_stands_twice_is_refused(office) -> None:
    content = as_json(scores()).replace("{", '{"5": 3, ', 1)
    ran = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=content)
    assert ran.status == 3
    assert [d["column"] for d in ran.error["details"]] == ["5.信息公示"]


def test_all_that_is_wrong_is_listed_at_once(office) -> None:
    content = '{"1": 99, "2": true}'
    ran = office("assess", "run", JIA, "--scores", "-", stdin=content)
    assert ran.status == 3
    for number, name in enumerate(NAMES, 1):
        assert f"{number}.{name}" in ran.err


@pytest.mark.parametrize("content", ["", "x", "[]", "3", '"评分"', "null", "{" * 100_000, "\0"])
def test_what_is_no_json_object_is_refused(office, content) -> None:
    ran = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=content)
    assert ran.status == 3
    assert ran.error["code"] == "scores-refused"


def test_scores_that_are_not_utf_8_are_refused(office) -> None:
    ran = office("assess", "run", JIA, "--scores", "-", stdin=as_json(scores()).encode("utf-16"))
    assert ran.status == 3


def test_a_byte_order_mark_before_the_json_does_no_harm(office) -> None:
    office("assess", "run", JIA, "--scores", "-", stdin="\ufeff" + as_json(scores())).ok()


def test_a_file_of_scores_may_be_called_as_one_likes(office, tmp_path) -> None:
    (tmp_path / "评分").write_text(as_json(scores()))
    office("assess", "run", JIA, "--scores", tmp_path / "评分").ok()


def test_a_file_of_scores_that_is_not_there_is_not_found(office, tmp_path) -> None:
    for name in ("no.json", "no.xlsx"):
        assert office("assess", "run", JIA, "--scores", tmp_path / name).status == 4


def test_without_a_terminal_and_without_scores_it_says_which_option_to_give(office) -> None:
    ran = office("assess", "run", JIA, *JSON)
    assert (ran.status, ran.error["code"]) == (2, "no-terminal")
    assert "--scores" in ran.error["hint"]


def test_a_sheet_is_shown_as_it_was_kept(office) -> None:
    ran = rate(office, JIA, scores(less={5: 0.5}), *JSON, "--date", "2013-10-09", source="public")
    view = ran.ok().json
    assert list(view) == [
        "id", "code", "name", "year", "source", "rater", "date", "scores", "replaced",
    ]  # fmt: skip
    assert view["code"] == JIA
    assert (view["year"], view["source"], view["rater"]) == (2013, "public", "王专家")
    assert (view["date"], view["replaced"]) == ("2013-10-09", False)
    assert view["scores"] == {
        str(n): points - (0.5 if n == 5 else 0) for n, points in enumerate(POINTS, 1)
    }


def test_source_and_rater_have_defaults_and_chinese_words(office) -> None:
    view = office("assess", "run", JIA, "--scores", "-", *JSON, stdin=as_json(scores())).ok().json
    assert (view["source"], view["rater"]) == ("expert", office.operator)
    view = rate(office, JIA, None, *JSON, source="自我评价").ok().json
    assert view["source"] == "self"
    assert rate(office, JIA, source="别的").status == 2


@pytest.mark.parametrize("rater", ["", "　", "a\x01b"])
def test_a_rater_without_a_printable_name_is_refused(office, rater) -> None:
    assert rate(office, JIA, rater=rater).status == 2


def test_a_rater_is_the_same_with_blanks_around_the_name(office) -> None:
    rate(office, JIA, rater="王 专家").ok()
    assert rate(office, JIA, None, *JSON, rater="  王　专家 ").ok().json["replaced"]


def test_the_line_says_what_all_sheets_come_to_so_far(office) -> None:
    ran = rate(office, JIA, scores(less={16: 8}))
    assert "92 分" in ran.out
    assert "总分暂计 92.00，优秀（还没有自我评价、群众评价）" in ran.out
    assert ran.out.count("\n") == 1


def test_a_later_sheet_of_the_same_rater_replaces_and_the_journal_keeps_both(office) -> None:
    rate(office, JIA, scores(less={1: 1}), rater="王专家").ok()
    rate(office, JIA, scores(less={1: 2}), rater="赵专家").ok()
    again = rate(office, JIA, scores(less={1: 3}), *JSON, rater="王专家").ok().json
    assert again["replaced"]
    found = result(office, JIA)
    assert found["sheets"] == {"self": 0, "expert": 2, "public": 0}
    assert found["total"] == 97.5
    kept = [
        (action, before, after)
        for action, table, before, after in journal(
            office.archive, ("action", "table", "before", "after")
        )
        if table == "score_sheet"
    ]
    assert [action for action, _, _ in kept] == ["insert", "insert", "update"]
    first, last = kept[0][2], kept[2]
    assert json.loads(first)["scores"].startswith("[20,")
    assert json.loads(last[1])["scores"].startswith("[20,")
    assert json.loads(last[2])["scores"].startswith("[0,")


def test_the_same_rater_may_rate_for_another_source(office) -> None:
    rate(office, JIA, source="self").ok()
    assert not rate(office, JIA, None, *JSON, source="expert").ok().json["replaced"]


def test_a_concluded_assessment_takes_no_sheet(office) -> None:
    rate(office, JIA).ok()
    office("assess", "conclude", JIA).ok()
    for source, rater in (("expert", "王专家"), ("self", "另一人")):
        ran = rate(office, JIA, None, *JSON, source=source, rater=rater)
        assert (ran.status, ran.error["code"]) == (1, "concluded")
    office("assess", "reopen", JIA, "--reason", "复核").ok()
    rate(office, JIA).ok()


def test_an_agency_of_another_district_is_not_ours(city, new_archive, tmp_path) -> None:
    city("agency", "add", "--name", "朝阳某公司", "--code", JIA, "--kind", "public",
         "--district", "朝阳").ok()  # fmt: skip
    rate(city, JIA).ok()
    ran = rate(city, "不存在的公司")
    assert ran.status == 4


# ---- import


def imported(hri: Hri, path: Path, *more: str):
    return hri("assess", "import", path, *more, *JSON)


def test_rows_are_known_by_agency_source_and_rater(office, tmp_path) -> None:
    rows = [
        (JIA, "自我评价", "甲", scores()),
        (JIA, "expert", "甲", scores(less={1: 1})),
        (YI, "群众评价", "乙", scores()),
    ]
    path = write_sheets(tmp_path / "s.csv", rows)
    assert imported(office, path).ok().json["added"] == 3
    assert imported(office, path).ok().json["unchanged"] == 3
    rows[0] = (JIA, "自我评价", "甲", scores(less={2: 0.5}))
    path = write_sheets(tmp_path / "t.csv", rows)
    found = imported(office, path).ok().json
    assert list(found)[:7] == [
        "read", "added", "updated", "unchanged", "skipped", "rejected", "unused_columns",
    ]  # fmt: skip
    assert (found["read"], found["updated"], found["unchanged"]) == (3, 1, 2)


def test_fail_and_skip_leave_a_raters_sheet_as_it_is(office, tmp_path) -> None:
    rate(office, JIA, scores(less={1: 1}), rater="甲").ok()
    path = write_sheets(tmp_path / "s.csv", [(JIA, "expert", "甲", scores())])
    assert imported(office, path, "--on-duplicate", "skip").ok().json["skipped"] == 1
    refused = imported(office, path, "--on-duplicate", "fail")
    assert refused.status == 3
    assert "内容不同（第 1 项）" in refused.error["details"][0]["reason"]
    assert result(office, JIA)["total"] == 99


def test_wrong_rows_are_all_listed_and_nothing_goes_in(office, tmp_path) -> None:
    rows = [
        (JIA, "专家评价", "甲", scores()),
        (JIA, "市长", "乙", scores()),
        (JIA, "专家评价", "", scores()),
        (JIA, "专家评价", "丙", [3.55, *scores()[1:]]),
        (JIA, "专家评价", "丁", [*scores()[:-1], 5.1]),
        (JIA, "专家评价", "戊", [*scores()[:-1], "NaN"]),
        (JIA, "专家评价", "己", [*scores()[:-1], ""]),
        (code_of(99), "专家评价", "庚", scores()),
        (YI, "专家评价", "辛", scores()),
        (YI, "专家评价", "辛", scores()),
    ]
    ran = imported(office, write_sheets(tmp_path / "s.csv", rows))
    assert ran.status == 3
    found = {(d["row"], d["column"]) for d in ran.error["details"]}
    assert found == {
        (3, "评价方式"), (4, "评价人"), (5, "1"), (6, "22"), (7, "22"), (8, "22"),
        (9, "统一社会信用代码"), (10, "统一社会信用代码"), (11, "统一社会信用代码"),
    }  # fmt: skip
    assert result(office, JIA)["status"] == "none"


def test_with_rejects_the_good_rows_go_in(office, tmp_path) -> None:
    rows = [(JIA, "专家评价", "甲", scores()), (YI, "专家评价", "乙", [9, *scores()[1:]])]
    path = write_sheets(tmp_path / "s.csv", rows)
    found = imported(office, path, "--rejects", str(tmp_path / "bad.csv")).ok().json
    assert (found["added"], found["rejected"]) == (1, 1)
    assert "不能超过 3 分" in (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    assert result(office, JIA)["status"] == "open"
    assert result(office, YI)["status"] == "none"


def test_a_dry_run_writes_nothing(office, tmp_path) -> None:
    path = write_sheets(tmp_path / "s.csv", [(JIA, "专家评价", "甲", scores())])
    assert imported(office, path, "--dry-run").ok().json["added"] == 1
    assert result(office, JIA)["status"] == "none"


def test_an_import_into_a_concluded_assessment_is_refused_by_the_rule(office, tmp_path) -> None:
    path = write_sheets(tmp_path / "s.csv", [(JIA, "专家评价", "甲", scores())])
    imported(office, path).ok()
    office("assess", "conclude", JIA).ok()
    assert imported(office, path).ok().json["unchanged"] == 1
    for rows in (
        [(JIA, "专家评价", "甲", scores(less={1: 1}))],
        [(JIA, "专家评价", "新", scores())],
    ):
        ran = imported(office, write_sheets(tmp_path / "t.csv", rows))
        assert (ran.status, ran.error["code"]) == (1, "concluded")
        assert ran.error["details"][0]["row"] == 2
    mixed = [(JIA, "专家评价", "新", scores()), (YI, "专家评价", "新", [9, *scores()[1:]])]
    assert imported(office, write_sheets(tmp_path / "u.csv", mixed)).status == 3


def test_agencies_are_known_by_full_name_too_present_or_former(office, tmp_path) -> None:
    office("agency", "edit", YI, "--name", "北京新乙人力资源有限公司").ok()
    headers = (
        "机构名称",
        "评价方式",
        "评价人",
        *(f"{n}.{name}" for n, name in enumerate(NAMES, 1)),
    )
    rows = [
        ("北京甲人力资源有限公司", "专家评价", "甲", *scores()),
        ("北京乙人力资源有限公司", "专家评价", "甲", *scores()),
        ("北京新乙　人力资源有限公司", "专家评价", "乙", *scores()),
    ]
    found = imported(office, write_csv(tmp_path / "s.csv", headers, rows)).ok().json
    assert (found["added"], found["unused_columns"]) == (3, [])
    assert result(office, YI)["sheets"]["expert"] == 2


def test_part_of_a_name_that_one_agency_has_will_do_in_a_file_with_a_remark(
    office, tmp_path
) -> None:
    headers = ("机构名称", "评价方式", "评价人", *map(str, range(1, 23)))
    path = write_csv(tmp_path / "s.csv", headers, [("北京甲", "专家评价", "甲", *scores())])
    found = imported(office, path).ok().json
    assert any("北京甲→北京甲人力资源有限公司" in remark for remark in found["remarks"])


def test_a_name_that_two_agencies_bear_needs_the_code(office, tmp_path) -> None:
    office.add("北京甲人力资源有限公司", code_of(3))
    headers = ("机构名称", "评价方式", "评价人", *map(str, range(1, 23)))
    row = ("北京甲人力资源有限公司", "专家评价", "甲", *scores())
    ran = imported(office, write_csv(tmp_path / "s.csv", headers, [row]))
    assert ran.status == 3
    assert JIA in ran.error["details"][0]["reason"]
    headers = ("信用代码", *headers)
    found = imported(office, write_csv(tmp_path / "t.csv", headers, [(code_of(3), *row)])).ok()
    assert found.json["added"] == 1
    assert result(office, code_of(3))["status"] == "open"


def test_code_and_name_that_differ_are_refused(office, tmp_path) -> None:
    headers = ("信用代码", "机构名称", "评价方式", "评价人", *map(str, range(1, 23)))
    row = (JIA, "北京乙人力资源有限公司", "专家评价", "甲", *scores())
    ran = imported(office, write_csv(tmp_path / "s.csv", headers, [row]))
    assert ran.status == 3
    assert ran.error["details"][0]["column"] == "机构名称"


def test_neither_code_nor_name_is_refused(office, tmp_path) -> None:
    headers = ("信用代码", "机构名称", "评价方式", "评价人", *map(str, range(1, 23)))
    row = ("", "", "专家评价", "甲", *scores())
    ran = imported(office, write_csv(tmp_path / "s.csv", headers, [row]))
    assert ran.status == 3
    assert "没有填写" in ran.error["details"][0]["reason"]


def test_a_column_that_the_file_lacks_may_be_set(office, tmp_path) -> None:
    headers = ("信用代码", "打分人", *map(str, range(1, 23)))
    path = write_csv(tmp_path / "s.csv", headers, [(JIA, "甲", *scores())])
    options = ("--set", "source=群众评价", "--map", "打分人=rater")
    assert imported(office, path, *options).ok().json["added"] == 1
    assert result(office, JIA)["sheets"]["public"] == 1


def test_a_file_without_raters_is_of_who_imports_it_and_never_without_a_source(
    office, tmp_path
) -> None:
    headers = ("信用代码", *map(str, range(1, 23)))
    path = write_csv(tmp_path / "s.csv", headers, [(JIA, *scores())])
    ran = imported(office, path)
    assert (ran.status, ran.error["code"]) == (3, "column-missing")
    assert ["“评价方式”" in one["reason"] for one in ran.error["details"]] == [True]
    (remark,) = imported(office, path, "--set", "source=self").ok().json["remarks"]
    assert f"1 张评分表记为经办人{office.operator}所评" in remark
    write_csv(path, headers, [(JIA, *scores(less={1: 1}))])
    changed = imported(office, path, "--set", "source=self", "--on-duplicate", "update").ok()
    assert (changed.json["updated"], changed.json["remarks"]) == (1, [remark])
    named = imported(office, path, "--set", "source=self", "--set", "评价人=乙").ok()
    assert named.json["remarks"] == []
    raters = {rater for (rater,) in db_rows(office.archive, "SELECT rater FROM score_sheet")}
    assert raters == {office.operator, "乙"}


def test_a_row_may_name_its_year(office, tmp_path) -> None:
    start_campaign(office, 2014)
    headers = ("信用代码", "年度", "评价方式", "评价人", *map(str, range(1, 23)))
    rows = [(JIA, year, "专家评价", "甲", *scores()) for year in ("2013年度", "２０１４", "")]
    path = write_csv(tmp_path / "s.csv", headers, rows[:2])
    assert imported(office, path).ok().json["added"] == 2
    path = write_csv(tmp_path / "t.csv", headers, rows[2:])
    assert imported(office, path).ok().json["unchanged"] == 1
    for year in ("2013", "2014"):
        assert result(office, JIA, "--year", year)["sheets"]["expert"] == 1
    path = write_csv(tmp_path / "u.csv", headers, [(JIA, "2012", "专家评价", "甲", *scores())])
    ran = imported(office, path)
    assert ran.status == 3
    assert ran.error["details"][0]["column"] == "年度"
    path = write_csv(tmp_path / "v.csv", headers, rows[:1])
    assert imported(office, path, "--year", "2014").status == 3


def test_scores_above_a_districts_own_points_are_refused(office, tmp_path) -> None:
    path = tmp_path / "own.yaml"
    office("assess", "standard", "export", path).ok()
    text = path.read_text(encoding="utf-8")
    text = text.replace("13: 7", "13: 6").replace("14: 7", "14: 8").replace("默认", "海淀")
    path.write_text(text, encoding="utf-8")
    office("assess", "standard", "use", path).ok()
    ran = imported(office, write_sheets(tmp_path / "s.csv", [(JIA, "专家评价", "甲", scores())]))
    assert [d["column"] for d in ran.error["details"]] == ["13"]
    given = scores(less={13: 1, 14: -1})
    ran = imported(office, write_sheets(tmp_path / "t.csv", [(JIA, "专家评价", "甲", given)]))
    assert ran.ok().json["added"] == 1


def test_a_table_serves_for_one_agency_too(office, tmp_path) -> None:
    rows = [
        (JIA, "专家评价", "甲", scores()),
        (JIA, "群众评价", "乙", scores(less={1: 1})),
        (YI, "专家评价", "甲", [9, *scores()[1:]]),
        (code_of(99), "专家评价", "甲", scores()),
    ]
    path = write_sheets(tmp_path / "s.csv", rows)
    run = ("assess", "run", JIA, "--scores", path)
    assert office(*run).status == 4
    view = office(*run, "--source", "public", *JSON).ok().json
    assert (view["source"], view["rater"], view["scores"]["1"]) == ("public", "乙", 2)
    view = office(*run, "--rater", "甲", *JSON).ok().json
    assert view["source"] == "expert"
    assert office(*run, "--rater", "丙").status == 4
    ran = office("assess", "run", YI, "--scores", path, *JSON)
    assert ran.status == 3
    assert [(d["row"], d["column"]) for d in ran.error["details"]] == [(4, "1")]
    office("assess", "conclude", JIA).ok()
    ran = office(*run, "--rater", "甲", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "concluded")


def test_a_table_of_an_unknown_agency_says_so(office, tmp_path) -> None:
    path = write_sheets(tmp_path / "s.csv", [(code_of(99), "专家评价", "甲", scores())])
    ran = office("assess", "run", JIA, "--scores", path, *JSON)
    assert ran.status == 3
    assert code_of(99) in ran.error["details"][0]["reason"]


def test_closed_agencies_may_still_be_rated_since_papers_come_late(office) -> None:
    office("agency", "close", JIA, "--date", "2013-10-05", "--reason", "歇业").ok()
    rate(office, JIA).ok()
    assert result(office, JIA)["status"] == "open"


def test_drafts_are_not_journalled_and_a_sheet_takes_their_place(office) -> None:
    from hrintegrity.duties.assessment import scoring, sheets

    with opened(office) as archive:
        task = scoring.begin(archive, JIA, year=None, source="expert", rater="王专家", today=_day())
        scoring.keep_draft(archive, task, {1: 30}, 2)
    before = len(journal(office.archive))
    rate(office, JIA).ok()
    with opened(office, write=False) as archive:
        assert sheets.draft_of(archive, task.agency_id, 2013, "expert", "王专家") is None
    assert len(journal(office.archive)) == before + 1


def _day():
    import datetime as dt

    return dt.date(2013, 10, 10)
