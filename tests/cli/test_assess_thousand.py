"""A thousand agencies with random sheets, through the whole program, reckoned a second time.

The reckoning here is independent: fractions of the scores as they were typed into the file.
"""

from __future__ import annotations

import math
import random
from fractions import Fraction
from pathlib import Path

import pytest

import server
from assessing import POINTS, opened, write_agencies, write_sheets
from running import JSON, Hri, code_of

AGENCIES = 1000
WEIGHT = {"自我评价": Fraction(1, 5), "专家评价": Fraction(1, 2), "群众评价": Fraction(3, 10)}
ENGLISH = {"自我评价": "self", "专家评价": "expert", "群众评价": "public"}
DISTRICTS = ("东城区", "朝阳区", "海淀区", "密云县", "开发区", "市属机构")


def sheets_of(rng: random.Random, code: str) -> list[tuple[str, str, str, list[str]]]:
    """One to three sources, one to four raters each, every score a typed decimal."""
    least = rng.choice((0.0, 0.5, 0.8, 0.9))
    sources = rng.sample(list(WEIGHT), rng.randint(1, 3))
    return [
        (code, source, f"评价人{rater}", [_typed(rng, most, least) for most in POINTS])
        for source in sources
        for rater in range(rng.randint(1, 4))
    ]


def _typed(rng: random.Random, most: int, least: float) -> str:
    tenths = rng.randint(math.ceil(most * 10 * least), most * 10)
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def reckoned(sheets: list[tuple[str, str, str, list[str]]]) -> tuple[str, str]:
    """Total to two decimals, half up, and the band of that, by the words of the standard."""
    by_source: dict[str, list[Fraction]] = {}
    for _, source, _, given in sheets:
        by_source.setdefault(source, []).append(sum(map(Fraction, given), Fraction()))
    whole = sum(WEIGHT[source] for source in by_source)
    total = sum(
        WEIGHT[source] / whole * sum(sums) / len(sums) for source, sums in by_source.items()
    )
    cents = math.floor(total * 100 + Fraction(1, 2))
    band = next(
        name
        for least, name in ((90, "优秀"), (80, "良好"), (60, "合格"), (0, "不合格"))
        if cents >= 100 * least
    )
    return f"{cents // 100}.{cents % 100:02}", band


@pytest.fixture(scope="module")
def made(_made, tmp_path_factory):
    """The city's archive with a thousand agencies, their sheets, and both by code."""
    folder = tmp_path_factory.mktemp("thousand")
    server.copy(_made("municipal"), folder / "city.db")
    hri = Hri(folder / "city.db")
    rng = random.Random(20131008)
    codes = [code_of(number) for number in range(AGENCIES)]
    register = [(f"北京第{i}人力资源公司", c, rng.choice(DISTRICTS)) for i, c in enumerate(codes)]
    sheets = {code: sheets_of(rng, code) for code in codes}
    hri("agency", "import", write_agencies(folder / "agencies.csv", register)).ok()
    rows = [row for mine in sheets.values() for row in mine]
    rng.shuffle(rows)
    imported = hri("assess", "import", write_sheets(folder / "sheets.csv", rows), *JSON).ok().json
    assert imported["added"] == len(rows)
    return hri, sheets, {code: district for _, code, district in register}


@pytest.fixture(scope="module")
def told(made, tmp_path_factory):
    """The same with all concluded and all notices written, and what the two commands said."""
    before, _, _ = made
    folder = tmp_path_factory.mktemp("told")
    server.copy(before.archive, folder / "city.db")
    hri = Hri(folder / "city.db")
    concluded = hri("assess", "conclude", "--all", *JSON).ok().json["concluded"]
    notices = hri("assess", "notice", "--all", "-o", folder / "first", *JSON).ok().json
    return hri, folder / "first", concluded, notices


def test_every_total_and_band_equals_an_independent_reckoning(made) -> None:
    hri, sheets, _ = made
    listed = {item["code"]: item for item in hri("assess", *JSON).ok().json}
    assert listed.keys() == sheets.keys()
    for code, mine in sheets.items():
        item = listed[code]
        assert (f"{item['total']:.2f}", item["band"]) == reckoned(mine), mine
        assert item["status"] == "open"
        assert item["sheets"] == {
            english: sum(source == chinese for _, source, _, _ in mine)
            for chinese, english in ENGLISH.items()
        }
    assert {item["band"] for item in listed.values()} == {"优秀", "良好", "合格", "不合格"}


def test_ranking_and_result_say_the_same_as_each_other(made) -> None:
    hri, _, _ = made
    ranked = hri("assess", "rank", *JSON).ok().json
    totals = [row["total"] for row in ranked]
    assert totals == sorted(totals, reverse=True)
    assert len(ranked) == AGENCIES
    for row in ranked:
        assert row["rank"] == 1 + sum(total > row["total"] for total in totals)
    for row in random.Random(1).sample(ranked, 20):
        found = hri("assess", "result", row["code"], *JSON).ok().json
        assert (found["total"], found["band"]) == (row["total"], row["band"])
        assert found["missing_sources"] == row["missing_sources"]


def test_conclusions_are_what_the_list_said(made, told) -> None:
    _, sheets, _ = made
    _, _, concluded, _ = told
    assert len(concluded) == AGENCIES
    for view in concluded:
        assert (f"{view['total']:.2f}", view["band"]) == reckoned(sheets[view["code"]])


def test_notices_of_a_thousand_agencies_are_numbered_without_gap_or_repetition(made, told) -> None:
    _, _, districts = made
    _, folder, _, notices = told
    numbers: dict[str, list[int]] = {}
    for notice in notices:
        prefix, number = notice["number"].split("〔2013〕")
        numbers.setdefault(prefix, []).append(int(number.removesuffix("号")))
    assert {prefix: sorted(found) for prefix, found in numbers.items()} == {
        prefix: list(range(1, len(found) + 1)) for prefix, found in numbers.items()
    }
    assert len(numbers) == len(set(districts.values()))
    assert sum(map(len, numbers.values())) == AGENCIES
    assert len(list(folder.iterdir())) == AGENCIES


def test_a_second_printing_keeps_number_date_and_words(made, told, tmp_path) -> None:
    _, sheets, _ = made
    hri, folder, _, first = told
    ran = hri("assess", "notice", "--all", "-o", tmp_path / "again", *JSON, today="2014-01-02")
    again = ran.ok().json
    kept = ("number", "date", "sha256")
    assert [[n[key] for key in kept] for n in again] == [[n[key] for key in kept] for n in first]
    assert all(notice["again"] for notice in again)
    for notice in again:
        file = Path(notice["written"])
        assert file.read_bytes() == (folder / file.name).read_bytes()
        total, band = reckoned(sheets[notice["code"]])
        assert f"总分{total}分，等次为{band}" in file.read_text(encoding="utf-8")


def test_the_archive_is_whole_afterwards_and_its_register_too(told) -> None:
    hri, _, _, _ = told
    assert hri("archive", "verify", *JSON).ok().json["ok"]
    with opened(hri, write=False) as archive:
        rows = archive.connection.exec_driver_sql(
            "SELECT district, COUNT(*), MAX(number), COUNT(DISTINCT number) FROM paper"
            " GROUP BY district"
        ).all()
    assert len(rows) == len(DISTRICTS)
    assert all(count == highest == distinct for _, count, highest, distinct in rows)
