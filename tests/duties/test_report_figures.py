"""The figures of the summary: each equals plain SQL, and all formats hold the same ones."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

import plain_sql
from hrintegrity.archive.engine import open_archive
from hrintegrity.archive.location import Location
from hrintegrity.duties.reporting import registry
from hrintegrity.duties.reporting.summary import summarise
from hrintegrity.notice.clauses import CLAUSES
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.indicators import annex
from reporting import Filling
from running import Hri

FEW = ["haidian", "chaoyang", "kaifaqu", "municipal"]
TODAYS = ["2013-10-31", "2013-11-01", "2013-11-04", "2013-11-05"]


@pytest.fixture(scope="module")
def empty(tmp_path_factory) -> dict[str, Path]:
    found = {}
    for district in ("haidian", "municipal"):
        path = tmp_path_factory.mktemp("empty") / f"{district}.db"
        Hri(path)("init", "--district", district, "--leader", "王局长").ok()
        found[district] = path
    return found


def filled(empty: Path, folder: Path, random: Random, districts: list[str], count: int) -> Path:
    path = folder / "filled.db"
    shutil.copy(empty, path)
    with open_archive(Location(path=path), operator="测试", write=True) as archive:
        Filling(archive, random, districts).fill(count)
    return path


def month(path: Path, today: str, *more: str) -> dict[str, Any]:
    out = path.with_name("m.json")
    Hri(path, today=today)("report", "month", "-o", out, "--force", *more).ok()
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def values(figures: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {name: one["value"] for name, one in figures.items()}


SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
LONG = settings(SETTINGS, max_examples=400)
RANDOM = st.randoms(use_true_random=False)


def each_figure_of_a_district(empty, tmp_path, random: Random, count: int, today: str) -> None:
    path = filled(empty["haidian"], tmp_path, random, ["haidian"], count)
    found = month(path, today)
    assert found["district"] == "haidian"
    assert values(found["figures"]) == plain_sql.figures(path, "haidian", today)


def each_figure_of_the_city(empty, tmp_path, random: Random, count: int, today: str) -> None:
    path = filled(empty["municipal"], tmp_path, random, FEW, count)
    found = month(path, today)
    assert found["district"] is None
    assert values(found["figures"]) == plain_sql.figures(path, None, today)
    assert [one["district"] for one in found["districts"]] == list(plain_sql.QUOTAS)
    for one in found["districts"]:
        expected = plain_sql.figures(path, one["district"], today)
        # Bands of standards that only others use stand there as well, with nothing in them.
        strange = {name: 0 for name in found["figures"] if name.startswith("band_")}
        assert values(one["figures"]) == strange | expected
    for district in FEW:
        alone = month(path, today, "--district", district)
        assert values(alone["figures"]) == plain_sql.figures(path, district, today)


@SETTINGS
@given(RANDOM, st.integers(0, 8), st.sampled_from(TODAYS))
def test_each_figure_of_a_district_equals_plain_sql(empty, tmp_path, random, count, today) -> None:
    each_figure_of_a_district(empty, tmp_path, random, count, today)


@settings(SETTINGS, max_examples=10)
@given(RANDOM, st.integers(0, 12), st.sampled_from(TODAYS))
def test_each_figure_of_the_city_equals_plain_sql(empty, tmp_path, random, count, today) -> None:
    each_figure_of_the_city(empty, tmp_path, random, count, today)


@pytest.mark.soak
@LONG
@given(RANDOM, st.integers(0, 15), st.sampled_from(TODAYS))
def test_each_figure_of_many_districts(empty, tmp_path, random, count, today) -> None:
    each_figure_of_a_district(empty, tmp_path, random, count, today)


@pytest.mark.soak
@LONG
@given(RANDOM, st.integers(0, 20), st.sampled_from(TODAYS))
def test_each_figure_of_many_cities(empty, tmp_path, random, count, today) -> None:
    each_figure_of_the_city(empty, tmp_path, random, count, today)


def test_figures_have_names_of_their_own_labels_units_and_clauses_of_the_notice() -> None:
    figures = registry.figures(2013, annex(2013), ("优秀", "不合格"))
    assert len({one.label for one in figures.values()}) == len(figures)
    for name, one in figures.items():
        assert name == one.name
        assert one.unit
        assert one.how
        assert one.clause in CLAUSES


def test_the_keys_are_those_of_the_command_line_s_description(empty, tmp_path) -> None:
    path = filled(empty["haidian"], tmp_path, Random(7), ["haidian"], 8)
    logged = (
        "--kind",
        "主题培训活动",
        "--date",
        "2013-10-22",
        "--title",
        "培训班",
        "--people",
        "61",
    )
    Hri(path)("campaign", "log", *logged).ok()
    found = month(path, "2013-11-04")
    assert list(found)[:4] == ["year", "district", "figures", "activities"]
    assert (found["year"], found["date"]) == (2013, "2013-11-04")
    for one in found["figures"].values():
        assert list(one)[:3] == ["value", "unit", "clause"]
        assert one["value"] is None or isinstance(one["value"], (int, float))
    assert found["activities"]
    for one in found["activities"]:
        assert list(one)[:6] == ["kind", "date", "title", "people", "agencies", "media"]


def test_a_rate_over_nothing_is_null_and_a_sum_that_nobody_counted_too(empty, tmp_path) -> None:
    found = month(shutil.copy(empty["haidian"], tmp_path / "a.db"), "2013-11-04")
    figures = values(found["figures"])
    rates = {name for name in figures if name.endswith(("_rate", "_mean"))}
    assert rates
    assert all(figures[name] is None for name in rates)
    assert figures["activities_people"] is None
    assert figures["commercial_share"] is None
    assert {v for n, v in figures.items() if n not in ("quota", "offices_led")} == {0, None}
    assert figures["quota"] == 16


def test_where_standards_differ_the_summary_says_which(empty, tmp_path) -> None:
    for seed in range(50):
        path = filled(empty["haidian"], tmp_path, Random(seed), ["haidian"], 8)
        found = month(path, "2013-11-04")
        if len(found["standards"]) == 2:
            break
    assert {one["name"] for one in found["standards"]} == {"默认评估标准", "区县标准"}
    assessed = found["figures"]["assessed"]["value"]
    assert sum(one["agencies"] for one in found["standards"]) == assessed
    out = tmp_path / "m.html"
    Hri(path, today="2013-11-04")("report", "month", "-o", out).ok()
    assert "标准不同，总分、等次和得分率不完全可比" in out.read_text("utf-8")


def test_the_best_and_the_weakest_indicators_are_those_with_the_extreme_rates(
    empty, tmp_path
) -> None:
    path = filled(empty["haidian"], tmp_path, Random(3), ["haidian"], 8)
    found = month(path, "2013-11-04")
    rates = {
        number: found["figures"][f"indicator_{number}_rate"]["value"] for number in range(1, 23)
    }
    ordered = sorted(rates.values())
    assert [one["rate"] for one in found["best_indicators"]] == ordered[::-1][:3]
    assert [one["rate"] for one in found["weakest_indicators"]] == ordered[:3]
    assert all(rates[one["id"]] == one["rate"] for one in found["weakest_indicators"])


def test_a_district_s_archive_reports_on_itself_alone(empty, tmp_path) -> None:
    hri = Hri(shutil.copy(empty["haidian"], tmp_path / "a.db"))
    refused = hri("report", "month", "--district", "朝阳", "-o", tmp_path / "m.json")
    assert (refused.status, "not-ours" in refused.err) == (1, True)
    assert not (tmp_path / "m.json").exists()


def test_all_eighteen_units_are_there_even_where_nothing_is(empty, tmp_path) -> None:
    found = month(shutil.copy(empty["municipal"], tmp_path / "a.db"), "2013-11-04")
    assert [one["district"] for one in found["districts"]] == list(BY_CODE)
    assert sum(one["figures"]["quota"]["value"] for one in found["districts"]) == 130


def test_a_year_without_quotas_has_none(empty, tmp_path) -> None:
    hri = Hri(shutil.copy(empty["haidian"], tmp_path / "a.db"), today="2014-11-04")
    days = ("--from", "2014-10-01", "--to", "2014-10-31", "--deadline", "2014-11-05")
    hri("campaign", "start", "--year", "2014", *days).ok()
    found = month(hri.archive, "2014-11-04")
    assert found["year"] == 2014
    assert found["figures"]["quota"]["value"] is None
    assert dt.date.fromisoformat(found["deadline"]) == dt.date(2014, 11, 5)


def test_more_agencies_ask_for_no_more_statements(empty, tmp_path) -> None:
    """So the time of the figures is that of their SQL; `benchmarks/report.py` measures it."""

    def asked(count: int) -> tuple[int, int]:
        folder = tmp_path / str(count)
        folder.mkdir()
        path = filled(empty["municipal"], folder, Random(5), FEW, count)
        statements = []
        with open_archive(Location(path=path), operator="测试", write=False) as archive:

            def keep(_c: Any, _u: Any, sql: str, *_more: Any) -> None:
                statements.append(sql)

            event.listen(archive.connection, "before_cursor_execute", keep)
            summarise(archive, district=None, year=None, today=dt.date(2013, 11, 4))
        return len(statements), sum("COUNT(" in sql for sql in statements)

    few, many = asked(20), asked(120)
    assert few[1] > 0
    assert many == few
