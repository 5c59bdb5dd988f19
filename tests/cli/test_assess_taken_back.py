"""Score sheets taken away, objections answered, proofs of service corrected (三(五))."""

from __future__ import annotations

import pytest

from assessing import rate, result, scores
from running import JSON, code_of, journal, rows

CODE = code_of(1)
KEYS = ["id", "agency", "code", "source", "rater", "date", "total"]
"""Typed from the page of the command line."""


@pytest.fixture
def hri(haidian):
    haidian.add("北京甲公司", CODE)
    rate(haidian, CODE).ok()
    return haidian


def sheets(hri, *more: str) -> list[dict]:
    return hri("assess", "sheets", *more, *JSON).ok().json


def discard(hri, identity: str, *more: str):
    return hri("assess", "discard", identity, "--reason", "误登", *more, *JSON)


def test_every_sheet_is_listed_with_its_total(hri):
    hri.add("北京乙公司", code_of(2))
    rate(hri, code_of(2), scores(less={1: 1.5}), source="self", rater="乙公司").ok()
    rate(hri, CODE, source="public", rater="居民").ok()
    found = sheets(hri)
    assert all(list(one) == KEYS for one in found)
    assert [(one["code"], one["source"], one["rater"], one["total"]) for one in found] == [
        (CODE, "expert", "王专家", 100),
        (CODE, "public", "居民", 100),
        (code_of(2), "self", "乙公司", 98.5),
    ]
    assert sheets(hri, "乙公司") == found[2:]
    assert "专家评价" in hri("assess", "sheets").ok().out


def test_a_sheet_under_a_wrong_name_is_taken_away_and_the_total_is_as_before(hri):
    before = result(hri, CODE)["total"]
    rate(hri, CODE, scores(less={22: 5}), rater="王砖家").ok()
    assert result(hri, CODE)["total"] != before
    (wrong,) = [one for one in sheets(hri) if one["rater"] == "王砖家"]
    assert discard(hri, wrong["id"]).ok().json == wrong
    assert result(hri, CODE)["total"] == before
    assert journal(hri.archive, ("action", "reason"))[-1] == ("delete", "误登")
    assert discard(hri, wrong["id"]).error["code"] == "record-missing"
    assert hri("archive", "verify").status == 0


def test_a_dry_run_takes_nothing_away(hri):
    (sheet,) = sheets(hri)
    before = journal(hri.archive)
    assert "试运行" in hri("assess", "discard", sheet["id"], "--reason", "误", "--dry-run").ok().out
    assert (sheets(hri), journal(hri.archive)) == ([sheet], before)


def test_nothing_is_taken_from_a_concluded_assessment(hri):
    (sheet,) = sheets(hri)
    hri("assess", "conclude", CODE).ok()
    refused = discard(hri, sheet["id"])
    assert (refused.status, refused.error["code"]) == (1, "concluded")
    assert sheets(hri) == [sheet]


def test_a_sheet_of_another_district_is_not_ours(hri, city):
    city.add("北京丙公司", code_of(3), "--district", "朝阳")
    rate(city, code_of(3)).ok()
    assert [one["code"] for one in sheets(city, "--district", "朝阳")] == [code_of(3)]
    assert sheets(city, "--district", "海淀") == []


# --- objections -----------------------------------------------------------------------------------


@pytest.fixture
def objected(hri) -> str:
    hri("assess", "conclude", CODE).ok()
    hri("assess", "notice", CODE, "-o", hri.archive.with_name("n.html")).ok()
    given = ("--date", "2013-10-12", "--text", "第3项少算了一年")
    return hri("assess", "object", CODE, *given, *JSON).ok().json["id"]


def answer(hri, identity: str, outcome: str, *more):
    given = ("--date", "2013-10-15", "--result", outcome, "--text", "从业起始日期以证照为准")
    return hri("assess", "answer", identity, *given, *more, *JSON)


@pytest.mark.parametrize(
    ("outcome", "word", "follows"),
    [("upheld", "异议成立", "重新评定"), ("异议不成立", "异议不成立", "原评估结果不变")],
)
@pytest.mark.parametrize("suffix", ["html", "docx"])
def test_an_objection_is_answered_and_the_answer_printed(
    hri, objected, tmp_path, outcome, word, follows, suffix
):
    path = tmp_path / f"a.{suffix}"
    ran = answer(hri, objected, outcome, "-o", path).ok()
    assert ran.json["result"] == ("upheld" if word == "异议成立" else "rejected")
    assert (ran.json["objection"], ran.json["date"]) == ("第3项少算了一年", "2013-10-15")
    assert ("assess reopen" in ran.err) == (word == "异议成立")
    if suffix == "html":
        text = path.read_text("utf-8")
        for said in (word, follows, "海人社诚评〔2013〕1号", "从业起始日期以证照为准"):
            assert said in text
    (found,) = result(hri, CODE)["objections"]
    assert (found["answered"], found["result"]) == ("2013-10-15", ran.json["result"])
    assert f"（2013-10-15）：{word}" in hri("assess", "result", CODE).ok().out
    assert f"复核：{word}" in hri("agency", "dossier", CODE).ok().out


def test_an_objection_is_answered_once(hri, objected):
    answer(hri, objected, "rejected").ok()
    again = answer(hri, objected, "upheld")
    assert (again.status, again.error["code"]) == (4, "already-answered")
    assert "--correct --reason" in again.error["hint"]


def test_an_answer_that_was_mistyped_is_corrected_with_a_reason(hri, objected, tmp_path):
    correction = ("--correct", "--reason", "日期和结果登错")
    first = answer(hri, objected, "upheld", *correction)
    assert (first.status, first.error["code"]) == (4, "answer-missing")
    answer(hri, objected, "upheld").ok()
    assert answer(hri, objected, "rejected", "--correct").status == 2
    path = tmp_path / "corrected.html"
    ran = answer(hri, objected, "rejected", *correction, "-o", path).ok()
    assert ran.json["result"] == "rejected"
    assert "异议不成立" in path.read_text("utf-8")
    (found,) = result(hri, CODE)["objections"]
    assert found["result"] == "rejected"
    assert "日期和结果登错" in hri("archive", "log", CODE, *JSON).ok().out


def test_an_objection_entered_twice_is_taken_back_until_it_is_answered(hri, objected):
    given = ("--date", "2013-10-12", "--text", "第3项少算了一年")
    twice = hri("assess", "object", CODE, *given, *JSON).ok().json["id"]
    hri("archive", "withdraw", twice, "--reason", "登了两次").ok()
    assert [one["id"] for one in result(hri, CODE)["objections"]] == [objected]
    answer(hri, objected, "rejected").ok()
    refused = hri("archive", "withdraw", objected, "--reason", "误登", *JSON)
    assert (refused.status, refused.error["code"]) == (1, "depended-on")


def test_as_of_a_day_before_its_answer_an_objection_is_open(hri, objected):
    answer(hri, objected, "rejected").ok()
    dossier = hri("agency", "dossier", CODE, "--as-of", "2013-10-14", *JSON).ok().json
    (found,) = dossier["assessments"][0]["objections"]
    assert (found["answered"], found["outcome"], found["answer"]) == (None, None, None)


# --- proof of service -----------------------------------------------------------------------------


def served(hri, date: str, *more: str):
    given = ("--method", "直接送达", "--receiver", "前台")
    return hri("assess", "served", CODE, "--date", date, *given, *more, *JSON)


def test_a_wrong_day_of_service_is_corrected_with_a_reason(hri, objected):
    served(hri, "2013-10-20").ok()
    assert served(hri, "2013-10-21").error["code"] == "already-served"
    assert served(hri, "2013-10-21", "--correct").status == 2
    found = served(hri, "2013-10-21", "--correct", "--reason", "看错了回证").ok().json
    assert found["date"] == "2013-10-21"
    assert rows(hri.archive, "SELECT date FROM service") == [("2013-10-21",)]
    assert journal(hri.archive, ("action", "reason"))[-1] == ("update", "看错了回证")


def test_what_was_never_served_is_not_corrected(hri, objected):
    refused = served(hri, "2013-10-21", "--correct", "--reason", "误")
    assert (refused.status, refused.error["code"]) == (4, "service-missing")


def test_a_proof_of_service_is_taken_back(hri, objected):
    service = served(hri, "2013-10-20").ok().json["id"]
    hri("archive", "withdraw", service, "--reason", "不是这家").ok()
    assert result(hri, CODE)["status"] == "notified"
