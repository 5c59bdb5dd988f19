"""Another year's annex: 2014 works from sheet to summary, and all of 2013 says the same bytes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from annex_2014 import CASE, JIA, kept, office_of_two_years, score_2014, use_2014
from golden.outputs import lines_of

JSON = ("-f", "json")
PAPERS = ("html", "docx", "xlsx", "json")
SUMMARY = ("report", "month", "--year")


@pytest.fixture
def office(tmp_path):
    """A district with a concluded assessment and a notice of 2013, and the campaign of 2014."""
    return office_of_two_years(tmp_path)


def said_of_2013(hri, folder: Path) -> dict[str, str]:
    folder.mkdir()
    year = ("--year", "2013")
    found: dict[str, str] = {
        " ".join(command): hri(*command, *year, *JSON).ok().out
        for command in (
            ("assess", "result", JIA), ("assess", "explain", JIA), ("assess", "rank"), ("assess",),
            ("assess", "standard", "show"), ("assess", "annex", "show"), ("report", "rates"),
            ("recommend", "candidates"), ("recommend", "check-quota", "海淀"),
        )
    }  # fmt: skip
    found["dossier"] = hri("agency", "dossier", JIA, "--as-of", "2013-12-31", *JSON).ok().out
    hri("assess", "notice", JIA, *year, "-o", folder / "notice.html").ok()
    for suffix in PAPERS:
        hri(*SUMMARY, "2013", "-o", folder / f"month.{suffix}").ok()
    # A workbook bears the moment at which it was made: its cells are compared.
    return found | {path.name: "\n".join(lines_of(path)) for path in sorted(folder.iterdir())}


def test_2014_s_annex_changes_nothing_about_2013(office, tmp_path) -> None:
    before = said_of_2013(office, tmp_path / "before")
    use_2014(office, tmp_path)
    score_2014(office, tmp_path)
    replace(office, today="2014-10-10")("assess", "conclude", JIA, "--year", "2014").ok()
    after = said_of_2013(office, tmp_path / "after")
    assert [name for name in before if before[name] != after[name]] == []


def test_2014_works_from_sheet_to_summary(office, tmp_path) -> None:
    use_2014(office, tmp_path)
    office("assess", "sheet", JIA, "--year", "2014", "--source", "expert", "-o", tmp_path).ok()
    score_2014(office, tmp_path)
    office("assess", "conclude", JIA, "--year", "2014").ok()
    expected = CASE["result"]
    result = office("assess", "result", JIA, "--year", "2014", *JSON).ok().json
    assert (result["total"], result["band"]) == (expected["total"], expected["band"])
    assert [part["score"] for part in result["categories"]] == expected["categories"]
    assert len(result["indicators"]) == 20
    assert result["indicators"][-1]["score"] == expected["last"]
    assert result["missing_sources"] == expected["missing"]
    assert "10.用工情况" in office("assess", "result", JIA, "--year", "2014").ok().out
    assert "五、社会责任10分" in office("assess", "explain", JIA, "--year", "2014").ok().out
    notice = tmp_path / "n.html"
    office("assess", "notice", JIA, "--year", "2014", "-o", notice).ok()
    text = notice.read_text(encoding="utf-8")
    assert "信息报送" in text
    assert "甲等" in text
    for suffix in (*PAPERS, "pdf"):
        office(*SUMMARY, "2014", "-o", tmp_path / f"m.{suffix}").ok()
    figures = json.loads((tmp_path / "m.json").read_text(encoding="utf-8"))["figures"]
    assert figures["category_5_mean"]["value"] == 7.8
    assert figures["indicator_20_rate"]["value"] == 12
    assert "category_6_mean" not in figures
    assert office("archive", "verify").ok()
    dossier = office("agency", "dossier", JIA, *JSON).ok().json["assessments"]
    assert [one["year"] for one in dossier] == [2013, 2014]


def test_years_with_other_annexes_are_compared_where_they_can_be(office, tmp_path) -> None:
    use_2014(office, tmp_path)
    score_2014(office, tmp_path)
    office("assess", "conclude", JIA, "--year", "2014").ok()
    both = office("report", "compare", "--year", "2014", "--with", "2013", *JSON).ok().json
    figures = both["figures"]
    assert figures["total_mean"]["with"] == 100
    assert figures["total_mean"]["change"] == pytest.approx(-2.2)
    for name in ("category_1_mean", "category_1_rate", "indicator_1_rate"):
        assert figures[name]["value"] is not None
        assert (figures[name]["with"], figures[name]["change"]) == (None, None)


def test_records_are_shown_beside_the_indicator_that_they_bear_on(office, tmp_path) -> None:
    use_2014(office, tmp_path)
    score_2014(office, tmp_path)
    explained = office("assess", "explain", JIA, "--year", "2014", *JSON).ok().json
    # 从业时间 is the third indicator here too, but asks for two years.
    facts = {one["id"]: one["fact"] for one in explained["contradictions"]}
    assert facts == {3: "自 2012-01-01 从业，到 2013-10-10 满 1 年，不到 2 年"}


def test_a_year_whose_annex_differs_needs_a_standard_of_its_own(office, tmp_path) -> None:
    office("assess", "annex", "use", kept(tmp_path, "a", "annex"), "--year", "2014").ok()
    for command in (
        ("run", JIA, "--scores", "-"), ("standard", "show"),
        ("sheet", JIA, "--source", "self", "-o", tmp_path / "f"),
    ):  # fmt: skip
        refused = office("assess", *command, "--year", "2014", *JSON, stdin="{}")
        assert (refused.status, refused.error["code"]) == (1, "no-standard")
    assert office("assess", "--year", "2014", *JSON).ok().json[0]["total"] is None


def test_a_year_with_sheets_and_2013_keep_their_annex(office, tmp_path) -> None:
    use_2014(office, tmp_path)
    score_2014(office, tmp_path)
    own = kept(tmp_path, "a", "annex")
    other = tmp_path / "o.yaml"
    other.write_text(own.read_text(encoding="utf-8").replace("year: 2014", "year: 2013"), "utf-8")
    for path, year in ((own, "2014"), (other, "2013")):
        refused = office("assess", "annex", "use", path, "--year", year, *JSON)
        assert (refused.status, refused.error["code"]) == (1, "annex-in-use")


@pytest.mark.parametrize(
    ("was", "now", "column"),
    [
        ("year: 2014", "year: 2015", "year"),
        ("total: 100", "total: 99", "total"),
        ("points: 12", "points: 13", "total"),
        ("name: 行政处罚", "name: 设立情况", "categories[1].indicators[2].name"),
        ("name: 行政处罚", "name: '2'", "categories[1].indicators[2].name"),
        ("points: 12", "points: 0", "categories[1].points"),
        ("title: 人力", "titel: 人力", "titel"),
    ],
)
def test_an_annex_that_does_not_hold_is_refused_by_key(office, tmp_path, was, now, column) -> None:
    path = kept(tmp_path, "a", "annex")
    path.write_text(path.read_text(encoding="utf-8").replace(was, now, 1), encoding="utf-8")
    refused = office("assess", "annex", "use", path, "--year", "2014", *JSON)
    assert (refused.status, refused.error["code"]) == (3, "annex-refused")
    assert refused.error["details"][0]["column"] == column


def test_a_dry_run_of_an_annex_writes_nothing(office, tmp_path) -> None:
    before = office.archive.read_bytes()
    command = ("assess", "annex", "use", kept(tmp_path, "a", "annex"), "--year", "2014")
    assert office(*command, "--dry-run", *JSON).ok().json["year"] == 2014
    assert office.archive.read_bytes() == before


def test_what_is_exported_is_taken_into_use_again(office, tmp_path) -> None:
    out = tmp_path / "out.yaml"
    office("assess", "annex", "export", out, "--year", "2013").ok()
    out.write_text(out.read_text(encoding="utf-8").replace("year: 2013", "year: 2014"), "utf-8")
    office("assess", "annex", "use", out, "--year", "2014").ok()
    shown = office("assess", "annex", "show", "--year", "2014", *JSON).ok().json
    fixed = office("assess", "annex", "show", "--year", "2013", *JSON).ok().json
    assert shown["categories"] == fixed["categories"]
    assert (fixed["id"], fixed["adopted"]) == ("notice", None)
    # The same categories and indicators: the default standard goes with them.
    assert office("assess", "standard", "show", "--year", "2014", *JSON).ok().json["default"]


@pytest.mark.parametrize("header", ["21", "21.信息报送", "22、其他"])
def test_a_numbered_column_beyond_the_year_s_indicators_is_refused(
    office, tmp_path, header
) -> None:
    use_2014(office, tmp_path)
    table = tmp_path / "x.csv"
    numbers = ",".join(map(str, range(1, 21)))
    cells = ",".join(map(str, CASE["self"]))
    table.write_text(
        f"统一社会信用代码,评价方式,评价人,{numbers},{header}\n{JIA},自我评价,甲,{cells},1\n",
        "utf-8",
    )
    refused = office("assess", "import", table, "--year", "2014", *JSON)
    assert (refused.status, refused.error["code"]) == (3, "column-refused")
    assert refused.error["details"][0]["column"] == header


def test_a_draft_standard_is_rehearsed_and_nothing_is_written(office, tmp_path) -> None:
    use_2014(office, tmp_path)
    score_2014(office, tmp_path)
    bands = [{"name": "甲等", "from": 98}, {"name": "丙等", "from": 0}]
    draft = CASE["standard"] | {"name": "草案", "bands": bands}
    path = tmp_path / "d.yaml"
    path.write_text(yaml.safe_dump(draft, allow_unicode=True), encoding="utf-8")
    before = office.archive.read_bytes()
    [row] = office("assess", "rehearse", "--standard", path, "--year", "2014", *JSON).ok().json
    assert (row["code"], row["total"], row["band"]) == (JIA, 97.8, "甲等")
    assert (row["then_total"], row["then_band"]) == (97.8, "丙等")
    assert office.archive.read_bytes() == before
