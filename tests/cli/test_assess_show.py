"""The work list, results, explanations and the ranking, as scripts and people read them."""

from __future__ import annotations

import csv
import io

import pytest

from assessing import POINTS, rate, result, scores, start_campaign
from running import JSON, Hri, code_of

JIA, YI, BING = code_of(1), code_of(2), code_of(3)
SOURCES = ["self", "expert", "public"]


@pytest.fixture
def office(haidian) -> Hri:
    for name, code in (("北京甲公司", JIA), ("北京乙公司", YI), ("北京丙公司", BING)):
        haidian.add(name, code)
    return haidian


# ---- the work list


def listed(hri: Hri, *more: str) -> dict[str, dict]:
    return {item["code"]: item for item in hri("assess", *more, *JSON).ok().json}


def test_the_list_has_the_keys_that_scripts_rely_on(office) -> None:
    rate(office, JIA).ok()
    [first, *_] = office("assess", *JSON).ok().json
    keys = ["code", "name", "district", "sheets", "status", "total", "band"]
    assert list(first) == [*keys, "missing_sources", "id"]
    assert list(first["sheets"]) == SOURCES
    assert first["district"] == "haidian"


def test_an_agency_goes_through_five_states(office, tmp_path) -> None:
    def state() -> tuple:
        item = listed(office)[JIA]
        found = result(office, JIA)
        assert found["status"] == item["status"]
        assert (found["total"], found["band"]) == (item["total"], item["band"])
        return item["status"], item["total"], item["band"]

    assert state() == ("none", None, None)
    rate(office, JIA, scores(less={16: 8}), source="self").ok()
    assert state() == ("open", 92, "优秀")
    rate(office, JIA, scores(less={16: 8, 15: 8}), source="expert").ok()
    assert state() == ("open", 86.29, "良好")
    office("assess", "conclude", JIA).ok()
    assert state() == ("concluded", 86.29, "良好")
    office("assess", "notice", JIA, "-o", tmp_path / "n.html").ok()
    assert state()[0] == "notified"
    office("assess", "served", JIA, "--date", "2013-10-11", "--method", "直接送达",
           "--receiver", "王某").ok()  # fmt: skip
    assert state()[0] == "served"
    office("assess", "reopen", JIA, "--reason", "复核").ok()
    assert state()[0] == "open"


def test_a_closed_agency_is_listed_only_where_it_was_rated(office) -> None:
    rate(office, JIA).ok()
    for code in (JIA, YI):
        office("agency", "close", code, "--date", "2013-10-09", "--reason", "歇业").ok()
    assert listed(office).keys() == {JIA, BING}
    office("assess", "conclude", "--all").ok()
    assert listed(office)[JIA]["status"] == "concluded"


def test_the_list_is_in_the_order_of_annex_2_then_of_codes(city) -> None:
    for code, district in ((BING, "朝阳"), (YI, "开发区"), (JIA, "朝阳"), (code_of(4), "市属")):
        city("agency", "add", "--name", f"公司{code}", "--code", code, "--kind", "public",
             "--district", district).ok()  # fmt: skip
    assert list(listed(city)) == [code_of(4), JIA, BING, YI]
    assert list(listed(city, "--district", "朝阳区")) == [JIA, BING]


def test_another_districts_list_is_not_ours(office) -> None:
    ran = office("assess", "--district", "朝阳", *JSON)
    assert (ran.status, ran.error["code"]) == (1, "not-ours")


def test_each_campaign_has_a_list_of_its_own(office) -> None:
    rate(office, JIA).ok()
    start_campaign(office, 2014)
    assert listed(office)[JIA]["status"] == "none"
    assert listed(office, "--year", "2013")[JIA]["status"] == "open"
    assert office("assess", "--year", "2012").status == 4


def test_the_table_shows_every_name_whole(office) -> None:
    name = "北京" + "很长的名字" * 20 + "公司"
    office.add(name, code_of(4))
    rate(office, code_of(4)).ok()
    for command in (("assess",), ("assess", "rank")):
        shown = office(*command).ok().out
        assert name in shown
        assert "100.00" in shown


def test_an_empty_list_has_its_headings(haidian) -> None:
    assert haidian("assess", *JSON).ok().json == []
    assert haidian("assess", "-f", "csv").ok().out.startswith("code,name,district,sheets,status")
    assert haidian("assess", "rank", "-f", "csv").ok().out.startswith("rank,code,name,district")


def test_csv_has_the_keys_of_json(office) -> None:
    rate(office, JIA).ok()
    rows = list(csv.DictReader(io.StringIO(office("assess", "rank", "-f", "csv").ok().out)))
    assert rows[0]["code"] == JIA
    assert rows[0]["total"] == "100"
    assert list(rows[0]) == list(office("assess", "rank", *JSON).ok().json[0])


# ---- result


def test_a_result_has_the_keys_of_the_contract_and_others_only_after_them(office) -> None:
    rate(office, JIA, scores(less={1: 0.5}), source="public").ok()
    found = result(office, JIA)
    assert list(found)[:10] == [
        "code", "name", "year", "status", "total", "band", "categories", "indicators", "sheets",
        "missing_sources",
    ]  # fmt: skip
    assert [list(part) for part in found["categories"]] == [["id", "name", "max", "score"]] * 6
    keys = ["id", "name", "max", "score", "by_source"]
    assert [list(part) for part in found["indicators"]] == [keys] * 22
    assert all(list(part["by_source"]) == SOURCES for part in found["indicators"])
    assert found["indicators"][0] == {
        "id": 1,
        "name": "设立情况",
        "max": 3,
        "score": 2.5,
        "by_source": {"self": None, "expert": None, "public": 2.5},
    }
    assert [part["max"] for part in found["indicators"]] == list(POINTS)
    assert [(part["id"], part["name"], part["max"]) for part in found["categories"]] == [
        (1, "基本条件", 10), (2, "服务规范", 15), (3, "组织建设", 15), (4, "信用状况", 30),
        (5, "服务业绩", 15), (6, "社会责任", 15),
    ]  # fmt: skip
    assert found["sheets"] == {"self": 0, "expert": 0, "public": 1}
    assert found["missing_sources"] == ["self", "expert"]
    assert (found["year"], found["total"], found["band"]) == (2013, 99.5, "优秀")


def test_a_result_without_sheets_has_nothing_in_it(office) -> None:
    found = result(office, JIA)
    assert (found["status"], found["total"], found["band"]) == ("none", None, None)
    assert all(part["score"] is None for part in found["indicators"] + found["categories"])
    assert found["missing_sources"] == SOURCES


def test_sevenths_and_thirds_are_rounded_once(office) -> None:
    for rater, lost in (("甲", 0), ("乙", 0), ("丙", 1)):
        rate(office, JIA, scores(less={17: lost}), source="self", rater=rater).ok()
    rate(office, JIA, scores(less={17: 5}), source="expert").ok()
    found = result(office, JIA)
    # 2/7 × 14/3 = 4/3, and nothing from the experts.
    assert found["indicators"][16]["score"] == 1.33
    assert found["indicators"][16]["by_source"] == {"self": 4.67, "expert": 0, "public": None}
    assert found["categories"][4]["score"] == 11.33
    assert found["total"] == 96.33


@pytest.mark.parametrize(
    ("own", "experts", "public", "total", "band"),
    [
        (89.8, (89.9, 90.0), 90.2, 90.00, "优秀"),
        (90.0, (89.9, 90.0), 90.0, 89.98, "良好"),
    ],
)
def test_the_band_is_taken_from_the_rounded_total(office, own, experts, public, total, band):
    def given(points: float) -> list[float]:
        return scores(less={13: 5, 14: round(95 - points, 1)})

    rate(office, JIA, given(own), source="self").ok()
    for rater, points in zip("甲乙", experts, strict=True):
        rate(office, JIA, given(points), source="expert", rater=rater).ok()
    rate(office, JIA, given(public), source="public").ok()
    found = result(office, JIA)
    assert (found["total"], found["band"]) == (total, band)


def test_a_result_for_people_names_what_is_missing_and_whose_standard_it_is(office) -> None:
    rate(office, JIA, scores(less={16: 2.5})).ok()
    shown = office("assess", "result", JIA).ok().out
    for part in ("总分 97.50（暂计）　等次 优秀", "缺少：自我评价、群众评价", "通知没有规定"):
        assert part in shown
    assert "16.纠纷处理" in shown
    assert "5.50 / 8" in shown


def test_a_result_tells_of_notice_service_and_objections(office, tmp_path) -> None:
    rate(office, JIA).ok()
    office("assess", "conclude", JIA).ok()
    office("assess", "notice", JIA, "-o", tmp_path / "n.html").ok()
    office("assess", "object", JIA, "--date", "2013-10-12", "--text", "第16项不服").ok()
    found = result(office, JIA)
    assert (found["notice"], found["served"]) == ("海人社诚评〔2013〕1号", None)
    assert [(o["date"], o["text"]) for o in found["objections"]] == [("2013-10-12", "第16项不服")]
    shown = office("assess", "result", JIA).ok().out
    assert "海人社诚评〔2013〕1号，还没有送达" in shown
    assert "第16项不服" in shown


# ---- explain


def test_an_explanation_goes_from_the_sheets_to_the_band(office) -> None:
    rate(office, JIA, scores(less={16: 8}), source="self").ok()
    rate(office, JIA, scores(less={15: 4}), source="expert").ok()
    shown = office("assess", "explain", JIA).ok().out
    for part in (
        "自我评价：1 份评分表取平均；权重 0.2，按有评分表的来源折算为 2/7 ≈ 0.2857",
        "群众评价：没有评分表；权重 0.3",
        "15.客户权益：（自我评价 8 × 0.2 + 专家评价 4 × 0.5）÷ 0.7 ≈ 5.1429",
        "总分：",
        "保留两位小数得 94.86",
        "等次：优秀：94.86 ≥ 90",
        "16.纠纷处理　相差 8.00",
    ):
        assert part in shown


def test_an_explanation_is_json_too(office) -> None:
    rate(office, JIA, scores(less={16: 8}), source="self").ok()
    rate(office, JIA, scores(less={15: 4}), source="expert").ok()
    found = office("assess", "explain", JIA, *JSON).ok().json
    assert list(found) == ["result", "steps", "disagreements", "contradictions"]
    assert found["result"]["total"] == 94.86
    assert [step["kind"] for step in found["steps"]].count("indicator") == 22
    total = next(step for step in found["steps"] if step["kind"] == "total")
    assert (total["value"], total["exact"]) == (94.86, "664/7")
    assert [part["id"] for part in found["disagreements"]] == [16, 15]
    rows = office("assess", "explain", JIA, "-f", "csv").ok().out
    assert rows.startswith("kind,label,reckoning,value,exact")


def test_nothing_can_be_explained_without_sheets_and_that_is_said(office) -> None:
    shown = office("assess", "explain", JIA).ok().out
    assert "没有权重大于 0 的评分表" in shown
    assert "1.设立情况" not in shown


# ---- rank


def test_ties_share_a_rank_and_the_next_one_is_passed_over(office) -> None:
    office.add("北京丁公司", code_of(4))
    office.add("北京戊公司", code_of(5))
    for code, lost in ((BING, 0), (JIA, 1), (YI, 1), (code_of(4), 2)):
        rate(office, code, scores(less={16: lost})).ok()
    ranked = office("assess", "rank", *JSON).ok().json
    assert [(row["rank"], row["code"]) for row in ranked] == [
        (1, BING), (2, JIA), (2, YI), (4, code_of(4)),
    ]  # fmt: skip
    assert all(row["missing_sources"] == ["self", "public"] for row in ranked)
    assert "自我评价、群众评价" in office("assess", "rank").ok().out


def test_totals_that_show_alike_rank_alike(office) -> None:
    # 99.9961… and 99.9966… both show as 100.00.
    for code, raters in ((JIA, 26), (YI, 30)):
        for number in range(raters):
            less = {16: 0.1} if number == 0 else {}
            rate(office, code, scores(less=less), rater=f"评价人{number}").ok()
    ranked = office("assess", "rank", *JSON).ok().json
    assert [(row["rank"], row["total"]) for row in ranked] == [(1, 100), (1, 100)]
