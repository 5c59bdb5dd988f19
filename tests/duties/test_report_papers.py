"""The summary in its files: the same figures in each, pages as the standard wants them."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest

from documents.test_papers import text_of_html
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.documents import compose, to_pdf
from hrintegrity.documents.look import MM
from hrintegrity.documents.render import specimens
from hrintegrity.duties import hotlines
from hrintegrity.duties.reporting import poster, wording
from hrintegrity.duties.reporting.summary import summarise
from printed import BOTTOM, LEFT, RIGHT, TOP, pages, squeezed, text_of_docx
from read_back import (
    figures_of_tables,
    figures_of_workbook,
    tables_of_docx,
    tables_of_html,
    told,
)
from reporting import Filling
from running import Hri, code_of

REMARKS = "# 问题\n- 台账不全\n\n# 建议\n统一印制承诺书\n"
WHAT = {"haidian": ("full", "empty", "one"), "municipal": ("full", "empty")}
DISTRICTS = {"haidian": ["haidian"], "municipal": ["haidian", "chaoyang", "kaifaqu", "municipal"]}

TODAY = wording.dt.date(2013, 11, 4)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[tuple[str, str], dict[str, Path]]:
    """A summary in its five formats, of a district and of the city: full, empty, one activity."""
    found = {}
    for district, districts in DISTRICTS.items():
        for what in WHAT[district]:
            folder = tmp_path_factory.mktemp(f"{district}-{what}")
            hri = Hri(folder / "archive.db", today="2013-11-04")
            hri("init", "--district", district, "--leader", "王局长").ok()
            if what == "full":
                with open_archive(
                    Location(path=hri.archive), operator="测试", write=True
                ) as archive:
                    Filling(archive, Random(11), districts).fill(40)
            if what == "one":
                logged = (
                    "--kind",
                    "主题培训活动",
                    "--date",
                    "2013-10-22",
                    "--title",
                    "负责人培训班",
                )
                hri("campaign", "log", *logged, "--people", "61").ok()
            (folder / "remarks.md").write_text(REMARKS, "utf-8")
            more = ("--remarks", folder / "remarks.md") if what == "full" else ()
            found[district, what] = {}
            for form in ("json", "html", "docx", "pdf", "xlsx"):
                out = folder / f"m.{form}"
                hri("report", "month", "-o", out, *more).ok()
                found[district, what][form] = out
    return found


@pytest.fixture(params=[(d, w) for d in WHAT for w in WHAT[d]], ids="-".join)
def files(written, request) -> dict[str, Path]:
    return written[request.param]


printed_pages = cache(pages)


@cache
def text_of_pdf(path: Path) -> str:
    return "".join(page.text for page in printed_pages(path))


@cache
def workbook(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def figures_of(files: dict[str, Path]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(files["json"].read_text("utf-8"))["figures"]
    return found


RARE = ("activities_joint", "bulletins", "complaints_12333", "convention_distributed")
"""What most districts have none of: in the JSON always, on paper only where there is some."""


def printed_ones(figures: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {n: one for n, one in figures.items() if one["value"] or not n.startswith(RARE)}


@pytest.mark.parametrize(("form", "tables"), [("html", tables_of_html), ("docx", tables_of_docx)])
def test_page_and_word_file_hold_every_figure(files, form, tables) -> None:
    figures = figures_of(files)
    labels = {squeezed(one["label"]): name for name, one in figures.items()}
    found = figures_of_tables(tables(files[form]), labels)
    assert set(printed_ones(figures)) <= set(found) <= set(figures)
    for name, text in found.items():
        expected = told(figures[name]["value"], figures[name]["unit"], name)
        assert text in (expected, expected + figures[name]["unit"]), name


def test_the_printed_pages_hold_every_figure(files) -> None:
    printed = text_of_pdf(files["pdf"])
    for table in tables_of_html(files["html"]):
        for row in table:
            # A cell with a break is set on two lines, which stand apart on the page.
            assert "".join(row) in printed or all(cell in printed for cell in row), row
    for name, one in figures_of(files).items():
        assert told(one["value"], one["unit"], name) in printed


def test_the_workbook_holds_every_figure(files) -> None:
    figures = figures_of(files)
    wanted = [(one["value"], one["unit"], one["clause"]) for one in printed_ones(figures).values()]
    assert figures_of_workbook(files["xlsx"]) == wanted


def test_the_three_papers_say_the_same(files) -> None:
    said = text_of_html(files["html"].read_text("utf-8"))
    printed = text_of_pdf(files["pdf"])
    word = text_of_docx(files["docx"].read_bytes())
    for paragraph in ("组织领导", "诚信服务大检查情况", "示范单位推荐情况", "四舍五入"):
        assert paragraph in said
        assert paragraph in printed
        assert paragraph in word


def test_nothing_stands_outside_the_type_area_and_no_page_is_blank(files) -> None:
    printed = printed_pages(files["pdf"])
    for number, page in enumerate(printed, 1):
        assert len(page.chars) > 20
        assert "".join(one["text"] for one in page.folio) == f"—{number}—"
        for one in page.chars:
            assert one["x0"] >= LEFT - 1
            assert one["x1"] <= RIGHT + 1
            assert page.baseline(one) - 0.88 * one["size"] >= TOP - 1
        for line in page.lines:
            assert line["x0"] >= LEFT - 1
            assert line["x1"] <= RIGHT + 1
            assert line["bottom"] <= BOTTOM + 1


def test_every_glyph_is_of_an_embedded_font(files) -> None:
    for page in printed_pages(files["pdf"]):
        for one in (*page.chars, *page.folio):
            assert one["fontname"][6] == "+"


def test_a_district_writes_to_the_city_s_market_department(written) -> None:
    addressee = "市人力资源和社会保障局人力资源市场处："
    assert addressee in text_of_pdf(written["haidian", "full"]["pdf"])
    assert addressee not in text_of_pdf(written["municipal", "full"]["pdf"])


def test_the_city_s_has_a_table_and_charts_by_district(written) -> None:
    text = text_of_pdf(written["municipal", "full"]["pdf"])
    for wanted in ("各区县情况表", "附图", "石景山区", "延庆县", "合计"):
        assert wanted in text
    assert "各区县情况表" not in text_of_pdf(written["haidian", "full"]["pdf"])


def test_remarks_stand_under_headings_of_their_own(written) -> None:
    text = text_of_pdf(written["haidian", "full"]["pdf"])
    assert "九、存在的问题——台账不全十、意见和建议统一印制承诺书" in text
    assert "存在的问题" not in text_of_pdf(written["haidian", "empty"]["pdf"])


def test_an_empty_campaign_claims_nothing(written) -> None:
    text = text_of_pdf(written["haidian", "empty"]["pdf"])
    body = text[: text.index("附件：")]
    for wanted in (
        "档案中没有主题活动、检查和评定的记录",
        "活动期间没有登记主题活动。",
        "活动期间没有人力社保部门检查的记录。",
        "没有已评定的评估结果。",
        "没有登记正常机构，没有可计算的比率。",
        "本年度没有受理投诉举报和意见建议的记录。",
        "本年度没有激励措施的记录。本年度没有惩戒的记录。",
        "推荐名额16家，尚未推荐机构。",
    ):
        assert wanted in body
    for claim in ("开展了", "0家", "0场", "0件", "0项", "0%", "%"):
        assert claim not in body, claim


def test_a_month_with_one_activity_tells_of_it_alone(written) -> None:
    text = text_of_pdf(written["haidian", "one"]["pdf"])
    told_of = "活动期间登记主题活动1场：主题培训活动，10月22日，负责人培训班（61人参加）。"
    assert told_of in text
    assert "没有登记的：诚信自律公约、诚信服务大检查、诚信创建活动、主题宣传活动。" in text


def test_inspections_of_the_month_are_the_general_inspection_logged_or_not(haidian, tmp_path):
    haidian.add("北京甲人力资源有限公司", code_of(1))
    verdicts = [w for one in ("publicity", "pledge", "feedback") for w in (f"--{one}", "pass")]
    visit = ("inspect", "record", code_of(1), "--date", "2013-10-08", "--ledger", "pass")
    haidian(*visit, *verdicts).ok()
    activity = ("--kind", "training", "--date", "2013-10-09", "--title", "培训班")
    haidian("campaign", "log", *activity).ok()
    haidian("report", "month", "-o", tmp_path / "m.html").ok()
    text = (tmp_path / "m.html").read_text("utf-8")
    assert "没有登记的：诚信自律公约、诚信创建活动、主题宣传活动。" in text


def test_the_specimens_of_the_templates_are_what_the_program_says(tmp_path) -> None:
    hri = Hri(tmp_path / "a.db", today="2013-11-04")
    hri("init", "--district", "海淀").ok()
    with open_archive(Location(path=hri.archive), operator="测试", write=False) as archive:
        found = wording.context(summarise(archive, district=None, year=None, today=TODAY))
    for one in specimens("report/month"):
        assert set(one) == set(found)
        assert {n for n in one["f"] if "band_" not in n} == set(found["f"])
        assert set(one["f"]) == set(one["n"])
    lines = hotlines.hotlines(None, today=TODAY)
    assert specimens("report/poster")[-1] == poster.context(lines, TODAY)


@pytest.mark.parametrize("place", range(3))
def test_specimens_keep_to_the_type_area(place) -> None:
    for page in pages(to_pdf(compose("report/month", specimens("report/month")[place]))):
        assert len(page.chars) > 20
        assert all(c["x0"] >= LEFT - 1 and c["x1"] <= RIGHT + 1 for c in page.chars)


# The workbook.


def sheet_rows(path: Path, title: str) -> list[dict[str, Any]]:
    sheet = workbook(path)[title]
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_behind_each_figure_stand_its_rows(written) -> None:
    for district in DISTRICTS:
        files = written[district, "full"]
        figures = {name: one["value"] for name, one in figures_of(files).items()}
        book = files["xlsx"]
        agencies = sheet_rows(book, "机构")
        assert len(agencies) == figures["agencies"]
        for name, column in (
            ("pledged", "签署承诺书"),
            ("agencies_inspected", "活动期间大检查"),
            ("agencies_assessed", "本年度评定"),
        ):
            assert sum(row[column] == "是" for row in agencies) == figures[name]
        staff = {row["姓名"]: row["承诺日期"] for row in sheet_rows(book, "从业人员")}
        assert len(staff) == figures["staff"]
        assert sum(day is not None for day in staff.values()) == figures["staff_pledged"]
        assert len(sheet_rows(book, "主题活动")) == figures["activities"]
        gaps = sheet_rows(book, "缺项")
        assert len(gaps) == figures["gaps"]
        assert sum(row["补建日期"] is not None for row in gaps) == figures["gaps_mended"]
        totals = [row["总分"] for row in sheet_rows(book, "评估")]
        assert len(totals) == figures["assessed"]
        assert sum(totals) / len(totals) == pytest.approx(figures["total_mean"], abs=0.006)
        complaints = sheet_rows(book, "投诉举报")
        assert len(complaints) == figures["complaints"]
        assert max(r["办理天数"] or 0 for r in complaints) == figures["complaints_days_longest"]
        assert len(sheet_rows(book, "激励")) == figures["rewards"]
        sanctions = sheet_rows(book, "惩戒")
        assert sum(row["撤销日期"] is None for row in sanctions) == figures["sanctions"]
        assert len(sheet_rows(book, "推荐")) == figures["recommended"]


def test_each_figure_names_a_sheet_that_is_there(written) -> None:
    path = written["haidian", "full"]["xlsx"]
    names = set(workbook(path).sheetnames)
    for row in sheet_rows(path, "海淀区2013年数据"):
        assert row["所据记录的表"] in names | {"附件2"}
        assert row["怎样数出"]
        assert not any(re.fullmatch("[a-z_]+", str(cell)) for cell in row.values())
        assert row["《通知》条款"]


def test_no_complainant_reaches_the_workbook(tmp_path) -> None:
    hri = Hri(tmp_path / "a.db", today="2013-11-04")
    hri("init", "--district", "海淀").ok()
    from hrintegrity.archive import writer
    from hrintegrity.archive.tables.complaints import Complainant, Complaint

    with open_archive(Location(path=hri.archive), operator="测试", write=True) as archive:
        complaint = writer.insert(
            archive,
            Complaint(
                district="haidian",
                received=wording.dt.date(2013, 10, 8),
                channel="market",
                kind="suggestion",
                subject="建议公示收费",
            ),
        )
        writer.insert(
            archive,
            Complainant(
                complaint_id=complaint.id, name="赵投诉人", contact="13800138000", salt="盐"
            ),
        )
    for form in ("xlsx", "json", "html"):
        out = tmp_path / f"m.{form}"
        hri("report", "month", "-o", out).ok()
        content = out.read_bytes()
        if form == "xlsx":
            content = "".join(
                str(cell)
                for sheet in openpyxl.load_workbook(out)
                for row in sheet.iter_rows(values_only=True)
                for cell in row
            ).encode()
            assert "建议公示收费".encode() in content
        assert "赵投诉人".encode() not in content
        assert b"13800138000" not in content


def test_the_workbook_s_charts_are_native_and_told_apart_in_grey(written) -> None:
    sheet = workbook(written["municipal", "full"]["xlsx"])["图表"]
    charts = sheet._charts
    assert len(charts) == 3
    fills = []
    for series in charts[-1].series:
        look = series.graphicalProperties
        assert _colour(look.line.solidFill) == "000000"
        pattern = look.pattFill.prst if look.pattFill else None
        fills.append(pattern or _lightness(_colour(look.solidFill)))
    dark, light, pattern = fills
    assert (light + 0.05) / (dark + 0.05) >= 3
    assert pattern == "wdUpDiag"


def _colour(fill: Any) -> str:
    """The digits of a colour, which openpyxl keeps as text or as an object."""
    found = getattr(fill, "srgbClr", fill)
    return str(getattr(found, "val", found))


def _lightness(colour: str) -> float:
    """Relative luminance of a grey, as WCAG has it."""
    value = int(colour[:2], 16) / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def test_a_long_table_goes_on_in_another_sheet(tmp_path, monkeypatch) -> None:
    from hrintegrity.sheets import report_book

    monkeypatch.setattr(report_book, "LAST_ROW", 4)
    rows = [[f"甲{number}"] for number in range(7)]
    path = tmp_path / "a.xlsx"
    listing = report_book.Listing("机构", ["名称"], iter(rows))
    assert report_book.save_book(path, [listing], []) == 7
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["机构", "机构（2）", "机构（3）"]
    found = [row[0].value for sheet in book for row in sheet.iter_rows(min_row=2)]
    assert found == [row[0] for row in rows]


# The poster.


@pytest.mark.parametrize("place", range(17))
def test_a_poster_is_one_page_that_can_be_read_from_two_metres(place, tmp_path) -> None:
    lines = hotlines.hotlines(None, today=TODAY)[place]
    (page,) = pages(to_pdf(compose("report/poster", poster.context([lines], TODAY))))
    assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
    assert page.folio == []
    for one in page.chars:
        assert one["size"] >= 10 * MM
        assert one["x0"] >= LEFT - 1
        assert one["x1"] <= RIGHT + 1
        assert page.baseline(one) - 0.88 * one["size"] >= TOP - 1
    for line in (*lines.market, *lines.labour):
        number = f"010-{line.number}"
        assert number in page.text
        sizes = {round(c["size"]) for c in page.chars if c["text"] in line.number}
        assert max(sizes) >= 20 * MM
        assert line.trade is None or line.trade in page.text
    for wanted in (lines.district_name, "监督举报电话", "附件4", "劳动监察部门"):
        assert wanted in page.text


def test_the_whole_list_is_a_page_for_each_district(tmp_path) -> None:
    hri = Hri(tmp_path / "none.db")
    for form in ("html", "docx", "pdf"):
        hri("report", "hotlines", "-o", tmp_path / f"p.{form}").ok()
    printed = pages(tmp_path / "p.pdf")
    assert len(printed) == 17
    said = text_of_html((tmp_path / "p.html").read_text("utf-8"))
    assert text_of_docx((tmp_path / "p.docx").read_bytes()) == said
    assert "".join(page.text for page in printed) == said


def test_newer_numbers_bear_their_date_and_short_ones_no_area_code(haidian, tmp_path) -> None:
    newer = tmp_path / "newer.yaml"
    newer.write_text(
        "date: 2014-03-01\ndistricts:\n  haidian:\n    market: [{number: '12333'}]\n"
        "    labour: [{number: '010-82510000'}]\n",
        "utf-8",
    )
    assert (
        "号码表的日期 2014-03-01 在今天" in haidian("report", "hotlines", "--use", newer).ok().err
    )
    haidian("report", "hotlines", "海淀", "-o", tmp_path / "p.html").ok()
    said = text_of_html((tmp_path / "p.html").read_text("utf-8"))
    assert "人力资源市场管理部门12333劳动监察部门010-82510000号码日期：2014年3月1日" in said


def test_the_city_s_own_agencies_have_no_poster_of_their_own(tmp_path) -> None:
    out = tmp_path / "p.pdf"
    refused = Hri(tmp_path / "none.db")("report", "hotlines", "市属", "-o", out, "-f", "json")
    assert (refused.status, refused.error["code"]) == (2, "bad-value")
    assert not out.exists()


def test_the_summary_is_not_kept_where_it_could_not_be_written(haidian, tmp_path) -> None:
    out = tmp_path / "m.html"
    out.write_text("mine", "utf-8")
    assert haidian("report", "month", "-o", out).status == 4
    assert haidian("report", "month", "-o", tmp_path / "none" / "m.html").status == 5
    missing = haidian("report", "readiness", "-f", "json").json[0]["missing"]
    assert {"what": "summary", "code": None, "name": None} in missing
