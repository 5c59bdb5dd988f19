"""`hri report rates`, `readiness` and `compare`, on records entered by hand."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from sqlmodel import select

from assessing import opened, rate
from hrintegrity.archive import writer
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.campaign import Summary
from hrintegrity.archive.tables.compliance import Inspection
from hrintegrity.archive.tables.people import Employment, Pledge, Practitioner
from hrintegrity.archive.tables.recommendation import Recommendation, Submission
from running import JSON, Hri, code_of

DAY = dt.date(2013, 10, 10)
FULL = (
    "--license", "京人许1号", "--since", "2008-05-12", "--representative", "王五",
    "--address", "某路1号", "--phone", "62345678",
)  # fmt: skip


def enter(hri: Hri, code: str, *rows: Any) -> None:
    """Enter records of an agency through `archive.writer`."""
    with opened(hri) as archive:
        agency = archive.session.exec(select(Agency.id).where(Agency.code == code)).one()
        for row in rows:
            if "agency_id" in type(row).model_fields:
                row.agency_id = agency
            writer.insert(archive, row)


def inspection() -> Inspection:
    verdicts = {"publicity": "pass", "pledge": "pass", "ledger": "pass", "feedback": "pass"}
    return Inspection(agency_id="", date=DAY, inspector="district", **verdicts)


def employ(hri: Hri, code: str, name: str, pledged: dt.date | None) -> str:
    person = Practitioner(name=name, pledged=pledged)
    job = Employment(practitioner_id=person.id, agency_id="", name_key=name, since=DAY)
    enter(hri, code, person, job)
    return person.id


def built(hri: Hri, number: int) -> str:
    """An agency whose dossier is built."""
    code = code_of(number)
    hri.add(f"北京甲{number}人力资源有限公司", code, *FULL[:1], f"京人许{number}号", *FULL[2:])
    enter(hri, code, Pledge(agency_id="", date=DAY), inspection())
    rate(hri, code).ok()
    hri("assess", "conclude", code).ok()
    return code


def rates(hri: Hri, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hri("report", "rates", *more, *JSON).ok().json
    return found


# Rates.


def test_a_rate_over_nothing_is_null(haidian) -> None:
    (found,) = rates(haidian)
    assert list(found) == [
        "district", "agencies", "pledged", "pledge_rate", "staff", "staff_pledged",
        "staff_pledge_rate", "dossiers", "dossier_rate", "district_name",
    ]  # fmt: skip
    assert (found["pledge_rate"], found["staff_pledge_rate"], found["dossier_rate"]) == (None,) * 3
    assert haidian("report", "rates", "--require", "1.0").status == 0


def test_rates_are_over_active_agencies_and_those_who_have_not_left(haidian) -> None:
    code = built(haidian, 1)
    haidian.add("北京乙人力资源有限公司", code_of(2))
    haidian.add("北京丙人力资源有限公司", code_of(3))
    haidian("agency", "close", code_of(3), "--date", "2013-10-10", "--reason", "注销").ok()
    employ(haidian, code, "赵一", DAY)
    employ(haidian, code, "钱二", None)
    employ(haidian, code_of(3), "孙三", None)
    with opened(haidian) as archive:
        job = archive.session.exec(select(Employment).where(Employment.name_key == "钱二")).one()
        writer.update(archive, job, left=dt.date(2013, 10, 9))
    (found,) = rates(haidian)
    assert (found["agencies"], found["pledged"], found["pledge_rate"]) == (2, 1, 0.5)
    assert (found["staff"], found["staff_pledged"], found["staff_pledge_rate"]) == (1, 1, 1.0)
    assert (found["dossiers"], found["dossier_rate"]) == (1, 0.5)


@pytest.mark.parametrize(
    "lack", ["license", "since", "representative", "address", "phone", "pledge", "inspection",
             "assessment"],
)  # fmt: skip
def test_a_dossier_is_built_only_with_all_its_parts(haidian, lack) -> None:
    code = code_of(1)
    without = {f"--{name}" for name in (lack,)}
    given = [
        word
        for option, value in zip(FULL[::2], FULL[1::2], strict=True)
        if option not in without
        for word in (option, value)
    ]
    haidian.add("北京甲人力资源有限公司", code, *given)
    rows: list[Any] = []
    if lack != "pledge":
        rows.append(Pledge(agency_id="", date=DAY))
    if lack != "inspection":
        rows.append(inspection())
    enter(haidian, code, *rows)
    if lack != "assessment":
        rate(haidian, code).ok()
        haidian("assess", "conclude", code).ok()
    (found,) = rates(haidian, "--missing")
    assert found["dossiers"] == 0
    (one,) = found["missing"]["dossier"]
    assert (one["code"], one["lacks"]) == (code, [lack])


def test_last_year_s_inspection_builds_no_dossier(haidian) -> None:
    code = built(haidian, 1)
    assert rates(haidian)[0]["dossiers"] == 1
    with opened(haidian) as archive:
        row = archive.session.exec(select(Inspection)).one()
        writer.update(archive, row, date=dt.date(2012, 12, 31))
    (found,) = rates(haidian, "--missing")
    assert [one["lacks"] for one in found["missing"]["dossier"]] == [["inspection"]]
    assert found["missing"]["pledge"] == []
    assert code


def test_a_reopened_assessment_builds_no_dossier(haidian) -> None:
    code = built(haidian, 1)
    haidian("assess", "reopen", code, "--reason", "异议成立").ok()
    (found,) = rates(haidian, "--missing")
    assert [one["lacks"] for one in found["missing"]["dossier"]] == [["assessment"]]


def test_who_is_missing_is_named(haidian) -> None:
    code = built(haidian, 1)
    haidian.add("北京乙人力资源有限公司", code_of(2))
    person = employ(haidian, code, "赵一", None)
    (found,) = rates(haidian, "--missing")
    assert [one["code"] for one in found["missing"]["pledge"]] == [code_of(2)]
    (staff,) = found["missing"]["staff"]
    assert (staff["staff"], staff["code"], staff["id"]) == ("赵一", code, person)
    shown = haidian("report", "rates", "--missing").ok().out
    assert "赵一" in shown
    assert "许可证号、从业起始日期、法定代表人、地址、联系电话" in shown


@pytest.mark.parametrize(
    ("required", "status"),
    [("0.5", 0), ("50%", 0), ("0.51", 1), ("1.0", 1), ("1", 1), ("0", 0), ("1/2", 0)],
)
def test_what_is_required_is_compared_exactly(haidian, required, status) -> None:
    built(haidian, 1)
    built(haidian, 2)
    for number in (3, 4):
        haidian.add(f"北京乙{number}人力资源有限公司", code_of(number))
    found = haidian("report", "rates", "--require", required, *JSON)
    assert found.status == status
    assert found.json[0]["pledge_rate"] == 0.5
    assert found.err == ""


def test_one_missing_of_many_is_not_shown_as_everything(haidian) -> None:
    with opened(haidian) as archive:
        for number in range(1, 201):
            name = f"北京甲{number}"
            agency = Agency(
                code=code_of(number), name=name, name_key=name, district="haidian", kind="public"
            )
            writer.insert(archive, agency)
            if number > 1:
                writer.insert(archive, Pledge(agency_id=agency.id, date=DAY))
    assert "99.50%" in haidian("report", "rates").ok().out
    assert haidian("report", "rates", "--require", "1.0").status == 1


@pytest.mark.parametrize("text", ["2", "-0.1", "x", "", "101%", "1/0", "nan"])
def test_no_other_share_can_be_required(haidian, text) -> None:
    assert haidian("report", "rates", "--require", text).status == 2


def test_the_city_sees_all_eighteen_units(city) -> None:
    found = rates(city)
    assert len(found) == 18
    assert (found[0]["district"], found[-1]["district"]) == ("municipal", "kaifaqu")
    assert [one["district"] for one in rates(city, "--district", "密云区")] == ["miyun"]


# Readiness.


def missing(hri: Hri, *more: str, today: str = "2013-11-04") -> tuple[int, list[Any]]:
    found = hri("report", "readiness", *more, *JSON, today=today)
    return found.status, [
        [(one["what"], one["code"]) for one in district["missing"]] for district in found.json
    ]


def test_a_half_done_district_is_told_exactly_what_is_missing_until_it_is_complete(
    haidian, tmp_path
) -> None:
    assert missing(haidian) == (1, [[("form", None), ("summary", None)]])
    first, second = code_of(1), code_of(2)
    haidian.add("北京甲人力资源有限公司", first)
    haidian.add("北京乙人力资源有限公司", second)
    enter(
        haidian,
        first,
        Recommendation(agency_id="", year=2013, district="haidian", date=DAY, reason="好"),
    )
    enter(
        haidian,
        second,
        Recommendation(
            agency_id="", year=2013, district="haidian", date=DAY, reason="好", opinion="同意",
            self_summary="5oC7",
        ),
    )  # fmt: skip
    rate(haidian, second).ok()
    haidian("assess", "conclude", second).ok()
    expected = [
        ("form", first), ("self-summary", first), ("assessment", first), ("summary", None),
    ]  # fmt: skip
    assert missing(haidian) == (1, [expected])

    haidian("report", "month", "-o", tmp_path / "m.json", today="2013-11-04").ok()
    haidian("report", "month", "-o", tmp_path / "m.xlsx", today="2013-11-04").ok()
    assert missing(haidian) == (1, [expected]), "only a paper counts as made"
    haidian("report", "month", "-o", tmp_path / "m.html", today="2013-11-04").ok()
    assert missing(haidian) == (1, [expected[:3]])

    rate(haidian, first).ok()
    haidian("assess", "conclude", first).ok()
    with opened(haidian) as archive:
        rows = archive.session.exec(select(Recommendation))
        (row,) = [one for one in rows if one.self_summary is None]
        writer.update(archive, row, opinion="同意", self_summary="5oC7")
    assert missing(haidian) == (0, [[]])
    assert "材料齐备" in haidian("report", "readiness", today="2013-11-04").ok().out


def test_readiness_tells_whether_the_package_was_submitted(haidian) -> None:
    found = haidian("report", "readiness", *JSON).json
    assert found[0]["submitted"] is None
    assert "推荐材料还没有报送：海淀区。" in haidian("report", "readiness").out
    with opened(haidian) as archive:
        for number, day in ((1, DAY), (2, DAY.replace(month=11))):
            package = Submission(
                district="haidian", year=2013, number=number, date=day, late=False,
                manifest="{}", papers="{}",
            )  # fmt: skip
            writer.insert(archive, package)
    found = haidian("report", "readiness", *JSON).json
    assert found[0]["submitted"] == DAY.isoformat()
    assert f"推荐材料已报送：海淀区（{DAY}）。" in haidian("report", "readiness").out
    head, row, *_ = haidian("report", "readiness", "-f", "csv").out.splitlines()
    assert head == "district,district_name,what,code,name,submitted"
    assert row == f"haidian,海淀区,form,,,{DAY}"


def test_a_recalled_package_does_not_count_as_submitted(haidian) -> None:
    with opened(haidian) as archive:
        for number, recalled in ((1, DAY), (2, None)):
            package = Submission(
                district="haidian", year=2013, number=number, date=DAY.replace(day=number),
                late=False, manifest="{}", papers="{}", recalled=recalled,
            )  # fmt: skip
            writer.insert(archive, package)
    found = haidian("report", "readiness", *JSON).json
    assert found[0]["submitted"] == DAY.replace(day=2).isoformat()


def test_readiness_counts_what_is_due_besides_the_papers(haidian) -> None:
    haidian.add("北京甲人力资源有限公司", code_of(1))
    verdicts = [w for one in ("publicity", "pledge", "feedback") for w in (f"--{one}", "pass")]
    inspection = ("inspect", "record", code_of(1), "--date", "2013-10-08", "--ledger", "fail")
    haidian(*inspection, *verdicts).ok()
    before = haidian("report", "readiness", today="2013-10-30").out
    assert "未办的" not in before
    after = haidian("report", "readiness", today="2013-11-04").out
    assert "材料之外，今天到期和过期未办的：缺项待补建 1 件；逐件见 hri today。" in after


def test_what_is_under_the_required_rate_is_named(haidian) -> None:
    haidian.add("北京甲人力资源有限公司", code_of(1))
    assert (
        "低于 1 的：海淀区（机构承诺书签署率、建档率）"
        in haidian("report", "rates", "--require", "1.0").err
    )


def test_the_record_of_a_written_summary_has_an_id(haidian, tmp_path) -> None:
    for suffix in ("json", "xlsx", "html"):
        out = tmp_path / f"m.{suffix}"
        assert haidian("report", "month", "-o", out, *JSON).ok().json["id"]


@pytest.mark.parametrize(
    ("today", "left"), [("2013-10-31", 5), ("2013-11-04", 1), ("2013-11-05", 0), ("2013-11-06", -1)]
)
def test_the_fifth_itself_is_in_time(haidian, today, left) -> None:
    found = haidian("report", "readiness", *JSON, today=today).json
    assert found[0]["days_left"] == left


def test_nothing_is_asked_of_the_city_s_own(city) -> None:
    assert missing(city, "市属") == (0, [[]])
    status, found = missing(city)
    assert (status, len(found), found[0]) == (1, 18, [])
    assert found[1:] == [[("form", None), ("summary", None)]] * 17


def test_the_summary_of_the_whole_city_is_no_district_s(city, tmp_path) -> None:
    city("report", "month", "-o", tmp_path / "m.html").ok()
    assert missing(city, "海淀") == (1, [[("form", None), ("summary", None)]])
    city("report", "month", "--district", "海淀", "-o", tmp_path / "h.html").ok()
    assert missing(city, "海淀") == (1, [[("form", None)]])


# Making it.


def test_the_same_summary_is_entered_once_and_a_changed_one_anew(haidian, tmp_path) -> None:
    made = haidian("report", "month", "-o", tmp_path / "m.html", *JSON).ok().json
    assert (made["year"], made["district"], made["again"]) == (2013, "haidian", False)
    again = haidian("report", "month", "-o", tmp_path / "m.docx", *JSON).ok().json
    assert (again["id"], again["again"]) == (made["id"], True)
    haidian.add("北京甲人力资源有限公司", code_of(1))
    changed = haidian("report", "month", "-o", tmp_path / "n.html", *JSON).ok().json
    assert changed["id"] != made["id"]
    log = haidian("archive", "log", *JSON).ok().json
    assert [one["action"] for one in log if one["table"] == "summary"] == ["insert", "insert"]


def test_a_late_summary_is_made_and_said_to_be_late(haidian, tmp_path) -> None:
    late = haidian("report", "month", "-o", tmp_path / "m.html", *JSON, today="2013-11-06").ok()
    assert late.json["late"] is True
    in_time = haidian("report", "month", "-o", tmp_path / "n.html", *JSON, today="2013-11-05").ok()
    assert in_time.json["late"] is False


@pytest.mark.parametrize("name", ["m.csv", "m", "m.doc"])
def test_other_kinds_of_files_are_wrong_usage(haidian, tmp_path, name) -> None:
    refused = haidian("report", "month", "-o", tmp_path / name, *JSON)
    assert (refused.status, refused.error["code"]) == (2, "unknown-suffix")


# Comparing.


def test_one_campaign_beside_another(haidian, tmp_path) -> None:
    log = ("--kind", "training", "--title", "培训班")
    haidian("campaign", "log", *log, "--date", "2013-10-22", "--people", "61").ok()
    haidian.add("北京甲人力资源有限公司", code_of(1))
    days = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
    haidian("campaign", "start", "--year", "2014", *days).ok()
    for title, people in (("甲班", "80"), ("乙班", "40")):
        more = ("--date", "2014-10-22", "--title", title, "--people", people)
        haidian("campaign", "log", "--kind", "training", *more, today="2014-10-30").ok()
    found = haidian("report", "compare", "--with", "2013", *JSON, today="2014-11-04").ok().json
    assert (found["year"], found["with"], found["reported"]) == (2014, 2013, False)
    people = found["figures"]["activities_people"]
    assert (people["value"], people["with"], people["change"]) == (120, 61, 59)
    agencies = found["figures"]["agencies"]
    assert (agencies["value"], agencies["with"], agencies["change"]) == (1, None, None)
    shown = haidian("report", "compare", "--with", "2013", today="2014-11-04").ok()
    assert "+59" in shown.out
    assert "2013年没有做过总结" in shown.err


def test_the_present_of_another_year_is_what_was_reported_then(haidian, tmp_path) -> None:
    haidian.add("北京甲人力资源有限公司", code_of(1))
    haidian("report", "month", "-o", tmp_path / "m.html").ok()
    haidian.add("北京乙人力资源有限公司", code_of(2))
    days = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
    haidian("campaign", "start", "--year", "2014", *days).ok()
    found = haidian("report", "compare", "--with", "2013", *JSON, today="2014-11-04").ok().json
    assert found["reported"] is True
    agencies = found["figures"]["agencies"]
    assert (agencies["value"], agencies["with"], agencies["change"]) == (2, 1, 1)


def test_a_year_is_not_compared_with_itself_nor_with_one_that_was_not(haidian) -> None:
    assert haidian("report", "compare", "--with", "2013").status == 2
    missing_year = haidian("report", "compare", "--with", "2012", *JSON)
    assert (missing_year.status, missing_year.error["code"]) == (4, "campaign-missing")


def test_what_was_reported_can_be_read_back(haidian, tmp_path) -> None:
    haidian("report", "month", "-o", tmp_path / "m.html").ok()
    haidian("report", "month", "-o", tmp_path / "m.json").ok()
    with opened(haidian, write=False) as archive:
        figures, body = archive.session.exec(select(Summary.figures, Summary.body)).one()
    told = json.loads((tmp_path / "m.json").read_text("utf-8"))["figures"]
    assert json.loads(figures) == {name: one["value"] for name, one in told.items()}
    assert "活动情况总结" in body
