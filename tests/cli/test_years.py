"""A year that is typed is judged as a day is, and one that is wrong all the same can be mended."""

import json

import pytest

from exchanging import acquaint, bundle_of, receive
from hrintegrity.duties.exchange import sending
from running import JSON, code_of
from sanctioning import LAW, with_agency

TODAY = "2013-11-22"
LATER = "2101-01-01"
"""A clock by which 2102 may be typed, as every version before this rule let it be."""

REVIEW = ("agency", "review", code_of(1), "--result", "通过", "--date", "2013-06-30", "--year")
NOTIFY = ("sanction", "notify", code_of(1), "--kind", "defer-review", "--facts", "押金不退",
          "--evidence", "笔录", "--violated", LAW, "--basis", LAW, "--date", "2013-11-20",
          "--review-year")  # fmt: skip
MONTH = ("campaign", "start", "--from", "2013-10-01", "--to", "2013-10-31",
         "--deadline", "2013-11-05", "--year")  # fmt: skip
IMPOSE = ("sanction", "impose", code_of(1), "--kind", "defer-review", "--grounds", "押金不退",
          "--basis", LAW, "--date", "2013-11-20", "--serious", "--review-year")  # fmt: skip


@pytest.mark.parametrize("command", [REVIEW, NOTIFY, IMPOSE, MONTH])
@pytest.mark.parametrize(("year", "why"), [("1948", "早于 1949 年"), ("2016", "晚于今天两年以上"),
                                           ("2102", "晚于今天两年以上")])  # fmt: skip
def test_a_year_that_is_recorded_is_refused_by_the_rule_of_days(haidian, command, year, why):
    with_agency(haidian)
    ran = haidian(*command, year, *JSON, today=TODAY)
    assert (ran.status, ran.error["code"]) == (2, "bad-value")
    assert why in ran.error["message"]


@pytest.mark.parametrize("year", ["1949", "2013", "2015"])
def test_the_first_and_the_last_year_that_may_be_typed(haidian, year):
    with_agency(haidian)
    haidian(*REVIEW, year, today=TODAY).ok()


def test_no_archive_is_made_for_a_year_that_is_refused(haidian, tmp_path):
    haidian.archive = tmp_path / "other.db"
    ran = haidian("init", "--year", "2103", *JSON, today=TODAY)
    assert (ran.status, ran.error["code"]) == (2, "bad-value")
    assert not haidian.archive.exists()


def test_another_annex_is_for_a_year_that_may_be_typed(haidian, tmp_path):
    annex = tmp_path / "annex.yaml"
    haidian("assess", "annex", "export", annex).ok()
    ran = haidian("assess", "annex", "use", annex, "--year", "2103", *JSON, today=TODAY)
    assert (ran.status, ran.error["code"]) == (2, "bad-value")


@pytest.mark.parametrize(("year", "status"), [("2015", 0), ("2016", 3), ("2102", 3), ("1948", 3)])
def test_a_year_in_a_cell_is_refused_like_a_day_in_a_cell(haidian, tmp_path, year, status):
    with_agency(haidian)
    table = tmp_path / "年审.csv"
    table.write_text(f"机构名称,年度,结果,日期\n北京甲人力资源有限公司,{year},通过,2013-06-30\n")
    ran = haidian("agency", "import-reviews", table, *JSON, today=TODAY)
    assert ran.status == status
    if status:
        (error,) = ran.error["details"]
        assert (error["row"], error["column"], error["value"]) == (2, "年度", year)
        assert ("晚于今天两年以上" in error["reason"]) == (year > "2000")


def test_the_year_of_quotas_is_judged_too(haidian, tmp_path):
    shown = haidian("recommend", "quotas", "show", *JSON).ok().json
    path = tmp_path / "quotas.yaml"
    given = {"year": 2103, "total": shown["total"], "quotas": shown["quotas"]}
    path.write_text(json.dumps(given))
    ran = haidian("recommend", "quotas", "use", path, *JSON, today=TODAY)
    assert ran.status == 3
    assert "2103 年，晚于今天两年以上" in ran.error["message"]


def test_the_day_of_newer_hotlines_is_judged_too(haidian, tmp_path):
    path = tmp_path / "hotlines.yaml"
    line = [{"number": "88506572"}]
    lines = {"haidian": {"market": line, "labour": line}}
    path.write_text(json.dumps({"date": "2103-03-01", "districts": lines}))
    ran = haidian("report", "hotlines", "--use", path, *JSON, today=TODAY)
    assert ran.status == 3
    assert "2103 年，晚于今天两年以上" in ran.error["message"]


@pytest.fixture
def offices(new_archive, city):
    """A district with its agency, and the city that takes its bundles."""
    haidian = with_agency(new_archive("haidian", "haidian.db"))
    acquaint(haidian, city)
    return haidian, city


def test_what_no_receiver_would_take_is_not_sent_but_named_with_its_remedy(offices, tmp_path):
    haidian, _ = offices
    wrong = haidian(*REVIEW, "2102", *JSON, today=LATER).ok().json["id"]
    path = tmp_path / "a.hri"
    ran = haidian("archive", "send", "--plain", "-o", path, *JSON)
    assert (ran.status, ran.error["code"], path.exists()) == (1, "not-receivable", False)
    assert "北京甲人力资源有限公司的年审" in ran.error["message"]
    assert "“年度” 2102" in ran.error["message"]
    assert "review" not in ran.error["message"]
    assert f"hri archive withdraw {wrong} --reason" in ran.error["hint"]
    assert "已经登记" not in ran.error["hint"]
    assert ran.error["details"][0]["column"] == "review.year"


def test_a_deleted_record_may_have_had_any_year(offices):
    haidian, city = offices
    wrong = haidian(*REVIEW, "2102", *JSON, today=LATER).ok().json["id"]
    haidian("archive", "withdraw", wrong, "--reason", "年份打错").ok()
    receive(city, bundle_of(haidian)).ok()
    assert receive(city, bundle_of(haidian)).ok().json["added"] == 0


@pytest.mark.parametrize("step", [NOTIFY, IMPOSE])
def test_a_withdrawn_measure_may_have_any_review_year(offices, tmp_path, step):
    """A notice itself, and the review that a sanction wrote."""
    haidian, city = offices
    paper = ("-o", tmp_path / "notice.html") if step is NOTIFY else ()
    measure = haidian(*step, "2102", *paper, *JSON, today=LATER).ok().json["id"]
    refused = haidian("archive", "send", "--plain", "-o", tmp_path / "a.hri", *JSON)
    assert f"hri sanction withdraw {measure} --date" in refused.error["hint"]
    back = ("--date", "2013-11-22", "--reason", "年份打错")
    haidian("sanction", "withdraw", measure, *back).ok()
    receive(city, bundle_of(haidian)).ok()


def test_whoever_receives_reads_whose_record_is_wrong(offices, monkeypatch):
    haidian, city = offices
    haidian(*REVIEW, "2102", today=LATER).ok()

    with monkeypatch.context() as older:  # Which did not look before it sent.
        older.setattr(sending, "fault_of", lambda *_, **__: None)
        path = bundle_of(haidian)
    ran = receive(city, path)
    assert (ran.status, ran.error["code"]) == (3, "bundle-refused")
    assert "北京甲人力资源有限公司的年审" in ran.error["message"]
    assert "“年度” 2102" in ran.error["message"]
    assert "review" not in ran.error["message"]
    assert "hri archive withdraw" in ran.error["hint"]


def campaign_of(hri, year: int) -> None:
    days = ("--from", f"{year}-10-01", "--to", f"{year}-10-31", "--deadline", f"{year}-11-05")
    hri("campaign", "start", "--year", str(year), *days, today=LATER).ok()


def take_back(hri, year: int):
    return hri("campaign", "remove", str(year), "--reason", "年份打错", *JSON)


def test_a_campaign_of_a_mistyped_year_is_taken_back_and_the_right_one_is_meant_again(haidian):
    campaign_of(haidian, 2103)
    assert haidian("recommend", "check-quota", *JSON).error["code"] == "quotas-missing"
    assert take_back(haidian, 2103).ok().json["year"] == 2103
    assert haidian("archive", "info", *JSON).json["campaigns"] == [2013]
    haidian("recommend", "check-quota", *JSON).ok()
    haidian("archive", "verify").ok()
    assert take_back(haidian, 2103).error["code"] == "campaign-missing"
    campaign_of(haidian, 2103)


def test_the_year_of_init_is_taken_back_once_the_right_one_is_there(haidian, tmp_path):
    haidian.archive = tmp_path / "other.db"
    said = haidian("init", "--district", "海淀", "--year", "2015", today=TODAY).ok().err
    assert "hri campaign remove 2015 --reason 年份打错" in said
    only = take_back(haidian, 2015)
    assert (only.status, only.error["code"]) == (1, "depended-on")
    assert "hri campaign start" in only.error["hint"]
    campaign_of(haidian, 2013)
    take_back(haidian, 2015).ok()
    assert haidian("archive", "info", *JSON).json["campaigns"] == [2013]


def test_a_campaign_under_which_something_was_recorded_stays(haidian):
    campaign_of(haidian, 2015)
    logged = haidian("campaign", "log", "--kind", "training", "--date", "2015-10-06",
                     "--title", "培训", *JSON, today=LATER).ok().json  # fmt: skip
    refused = take_back(haidian, 2015)
    assert (refused.status, refused.error["code"]) == (1, "depended-on")
    assert "主题活动 1 条" in refused.error["message"]
    haidian("campaign", "remove", logged["id"], "--reason", "误登").ok()
    take_back(haidian, 2015).ok()
    assert haidian("archive", "info", *JSON).json["campaigns"] == [2013]
