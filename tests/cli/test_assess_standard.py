"""A district's standard: adopted, kept with what was concluded under it, compared."""

from __future__ import annotations

import pytest
import yaml

from assessing import POINTS, rate, result, scores, start_campaign
from running import JSON, Hri, code_of

JIA, YI, BING = code_of(1), code_of(2), code_of(3)

OWN = {
    "name": "海淀区评估标准",
    "points": dict(enumerate(POINTS, 1)) | {13: 8, 14: 6},
    "weights": {"self": 0.1, "expert": 0.6, "public": 0.3},
    "bands": [{"name": "好", "from": 85}, {"name": "不合格", "from": 0}],
}


def write(tmp_path, content: dict, name: str = "standard.yaml"):
    path = tmp_path / name
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def use(hri: Hri, tmp_path, content: dict, *more: str):
    return hri("assess", "standard", "use", write(tmp_path, content), *more, *JSON)


@pytest.fixture
def office(haidian) -> Hri:
    haidian.add("北京甲公司", JIA)
    haidian.add("北京乙公司", YI)
    return haidian


def test_the_default_is_named_as_the_projects_own(office) -> None:
    found = office("assess", "standard", "show", *JSON).ok().json
    assert found["default"]
    assert found["points"] == {str(n): points for n, points in enumerate(POINTS, 1)}
    assert found["weights"] == {"self": 0.2, "expert": 0.5, "public": 0.3}
    assert [(b["name"], b["from"]) for b in found["bands"]] == [
        ("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0),
    ]  # fmt: skip
    shown = office("assess", "standard", "show").ok().out
    assert "本程序自带，通知没有规定这些数值" in shown
    assert shown.count("\n") == 5 + 22
    assert office("assess", "standard", "show", "-f", "csv").ok().out.startswith("id,name")


def test_what_is_exported_is_adopted_unchanged(office, tmp_path) -> None:
    path = tmp_path / "s.yaml"
    office("assess", "standard", "export", path).ok()
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["points"] == dict(enumerate(POINTS, 1))
    assert "通知没有规定" in path.read_text(encoding="utf-8")
    assert office("assess", "standard", "export", path).status == 4
    office("assess", "standard", "export", path, "--force").ok()
    before = office("assess", "standard", "show", *JSON).ok().json
    adopted = office("assess", "standard", "use", path, *JSON).ok().json
    assert adopted["id"]
    after = office("assess", "standard", "show", *JSON).ok().json
    told_apart = {"id", "district", "default"}
    assert {k: v for k, v in before.items() if k not in told_apart} == {
        k: v for k, v in after.items() if k not in told_apart
    }


def test_a_folder_that_is_missing_takes_no_export(office, tmp_path) -> None:
    assert office("assess", "standard", "export", tmp_path / "no" / "s.yaml").status == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": OWN["points"] | {13: 7}},
        {"points": {n: p for n, p in OWN["points"].items() if n != 22}},
        {"points": OWN["points"] | {23: 0}},
        {"points": OWN["points"] | {13: 8.05, 14: 5.95}},
        {"points": OWN["points"] | {13: -1, 14: 15}},
        {"weights": {"self": 0.2, "expert": 0.5, "public": 0.2}},
        {"weights": {"self": -0.2, "expert": 0.9, "public": 0.3}},
        {"weights": {"self": 0.5, "expert": 0.5}},
        {"bands": []},
        {"bands": [{"name": "好", "from": 10}, {"name": "更好", "from": 20}]},
        {"name": ""},
        {"extra": 1},
    ],
)
def test_a_standard_whose_sums_do_not_hold_is_refused(office, tmp_path, wrong) -> None:
    ran = use(office, tmp_path, OWN | wrong)
    assert (ran.status, ran.error["code"]) == (3, "standard-refused")
    assert office("assess", "standard", "show", *JSON).ok().json["default"]


@pytest.mark.parametrize("text", ["", "[", "3", "a: &x [*x]", "\0", "!!python/object:os.x {}"])
def test_a_file_that_is_no_standard_is_refused(office, tmp_path, text) -> None:
    (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
    assert office("assess", "standard", "use", tmp_path / "s.yaml").status == 3


def test_a_file_that_is_not_there_is_not_found(office, tmp_path) -> None:
    assert office("assess", "standard", "use", tmp_path / "no.yaml").status == 4


def test_a_districts_archive_has_its_own_standard_only(office, tmp_path) -> None:
    assert use(office, tmp_path, OWN).ok().json["district"] == "haidian"
    assert use(office, tmp_path, OWN, "--district", "海淀").ok().json["district"] == "haidian"
    ran = use(office, tmp_path, OWN, "--district", "朝阳")
    assert (ran.status, ran.error["code"]) == (1, "not-ours")


def test_the_citys_standard_is_of_the_districts_that_have_none(city, tmp_path) -> None:
    def shown(district: str) -> str:
        show = ("assess", "standard", "show", "--district", district, *JSON)
        return city(*show).ok().json["name"]

    city_wide = use(city, tmp_path, OWN | {"name": "全市标准"}).ok().json
    assert city_wide["district"] is None
    use(city, tmp_path, OWN | {"name": "海淀标准"}, "--district", "海淀").ok()
    assert (shown("海淀"), shown("朝阳"), shown("市属")) == ("海淀标准", "全市标准", "全市标准")
    use(city, tmp_path, OWN | {"name": "全市新标准"}).ok()
    assert (shown("海淀"), shown("朝阳")) == ("海淀标准", "全市新标准")


def test_a_standard_holds_from_its_year_on(office, tmp_path) -> None:
    start_campaign(office, 2014)
    use(office, tmp_path, OWN | {"name": "二〇一四"}, "--year", "2014").ok()
    use(office, tmp_path, OWN | {"name": "二〇一三"}, "--year", "2013").ok()
    for year, name in (("2013", "二〇一三"), ("2014", "二〇一四")):
        show = office("assess", "standard", "show", "--year", year, *JSON)
        assert show.ok().json["name"] == name
    rate(office, JIA, scores(less={14: 1})).ok()
    assert result(office, JIA)["standard"].startswith("二〇一四")


def test_the_same_standard_adopted_twice_is_one(office, tmp_path) -> None:
    first = use(office, tmp_path, OWN).ok().json["id"]
    assert use(office, tmp_path, OWN).ok().json["id"] == first


def test_what_was_concluded_keeps_its_standard(office, tmp_path) -> None:
    rate(office, JIA, scores(less={17: 5}), source="self").ok()
    rate(office, JIA).ok()
    office("assess", "conclude", JIA).ok()
    before = result(office, JIA)
    use(office, tmp_path, OWN).ok()
    after = result(office, JIA)
    assert after == before
    assert (after["total"], after["band"]) == (98.57, "优秀")
    office("assess", "reopen", JIA, "--reason", "按新标准重评").ok()
    rate(office, JIA, scores(less={13: 0, 14: 1, 17: 5}), source="self").ok()
    rate(office, JIA, scores(less={14: 1})).ok()
    again = result(office, JIA)
    assert (again["total"], again["band"]) == (98.29, "好")


def test_sheets_rated_by_another_standard_are_pointed_out(office, tmp_path) -> None:
    rate(office, JIA).ok()
    rate(office, JIA, scores(less={14: 1}), source="self").ok()
    ran = use(office, tmp_path, OWN).ok()
    assert "2 份未评定的评分表" in ran.err
    assert "1 份有超过新分值的项" in ran.err


def test_a_score_above_the_points_of_a_later_standard_is_no_total(office, tmp_path) -> None:
    rate(office, JIA).ok()
    rate(office, YI, scores(less={14: 1})).ok()
    use(office, tmp_path, OWN).ok()
    found = result(office, JIA)
    assert (found["total"], found["band"]) == (None, None)
    assert "14.用工情况 7 分" in found["problems"][0]
    ran = office("assess", "conclude", JIA, *JSON)
    assert (ran.status, ran.error["code"]) == (1, "score-too-high")
    assert result(office, JIA)["status"] == "open"
    done = office("assess", "conclude", "--all", *JSON).ok()
    assert done.json["names"] == {done.json["too_high"][0]: "北京甲公司"}
    assert [view["code"] for view in done.json["concluded"]] == [YI]
    assert [row["code"] for row in office("assess", "rank", *JSON).ok().json] == [YI]
    rate(office, JIA, scores(less={14: 1})).ok()
    office("assess", "conclude", JIA).ok()


def test_the_ranking_says_where_standards_differ(office, tmp_path) -> None:
    rate(office, JIA).ok()
    rate(office, YI, scores(less={14: 1})).ok()
    office("assess", "conclude", JIA).ok()
    assert office("assess", "rank").ok().err == ""
    use(office, tmp_path, OWN).ok()
    ran = office("assess", "rank").ok()
    assert "不同的评估标准" in ran.err
    assert "海淀区评估标准" in ran.out
    rows = office("assess", "rank", *JSON).ok().json
    assert {row["standard"] for row in rows} == {"默认评估标准", "海淀区评估标准"}


def test_two_standards_of_one_name_are_told_apart(office, tmp_path) -> None:
    use(office, tmp_path, OWN).ok()
    given = scores(less={14: 1})
    rate(office, JIA, given).ok()
    rate(office, YI, given).ok()
    office("assess", "conclude", JIA).ok()
    weights = {"self": 0.2, "expert": 0.5, "public": 0.3}
    use(office, tmp_path, OWN | {"weights": weights}).ok()
    ran = office("assess", "rank", *JSON).ok()
    assert "不同的评估标准" in ran.err
    assert len({row["standard"] for row in ran.json}) == 2


def test_only_sources_of_weight_nought_come_to_no_total(office, tmp_path) -> None:
    weights = {"self": 0, "expert": 0.7, "public": 0.3}
    use(office, tmp_path, OWN | {"weights": weights}).ok()
    rate(office, JIA, scores(less={14: 1}), source="self").ok()
    found = result(office, JIA)
    assert (found["status"], found["total"], found["band"]) == ("open", None, None)
    assert found["indicators"][0]["by_source"]["self"] == 3
    ran = office("assess", "conclude", JIA, *JSON)
    assert (ran.status, ran.error["code"]) == (1, "no-total")
    found = office("assess", "conclude", "--all", *JSON).ok().json
    assert found["without_total"] == [JIA]
    rate(office, JIA, scores(less={14: 1, 16: 4}), source="public").ok()
    assert result(office, JIA)["total"] == 95
    office("assess", "conclude", JIA).ok()


def test_a_city_concludes_each_district_by_its_own_standard(city, tmp_path) -> None:
    for code, district in ((JIA, "海淀"), (YI, "朝阳")):
        city("agency", "add", "--name", f"{district}公司", "--code", code, "--kind", "public",
             "--district", district).ok()  # fmt: skip
        rate(city, code, scores(less={14: 1, 17: 5}), source="self").ok()
        rate(city, code, scores(less={14: 1})).ok()
    use(city, tmp_path, OWN, "--district", "海淀").ok()
    done = city("assess", "conclude", "--all", *JSON).ok().json["concluded"]
    assert {view["code"]: (view["total"], view["band"]) for view in done} == {
        JIA: (98.29, "好"),
        YI: (97.57, "优秀"),
    }


def test_the_default_standard_has_an_id_like_every_record(office) -> None:
    assert office("assess", "standard", "show", *JSON).ok().json["id"] == "default"


def test_the_standard_says_in_words_who_may_be_recommended(haidian):
    said = haidian("assess", "standard", "show").ok().out
    assert "推荐条件：今年的评估已评定，有专家评价，没有注销，" in said
    assert "等次不是不合格" in said
