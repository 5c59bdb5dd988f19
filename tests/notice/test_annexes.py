"""The figures of the annexes, typed here from the notice a second time, against `data/`."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from hrintegrity.notice.deadlines import campaign, campaign_like
from hrintegrity.notice.districts import DISTRICTS
from hrintegrity.notice.hotlines import Line, hotline_annex
from hrintegrity.notice.indicators import annex
from hrintegrity.notice.quotas import commercial_share, notice_quotas

NOTICE = (Path(__file__).parents[2] / "docs/notice/220.txt").read_text(encoding="utf-8")

ANNEX_1 = {
    ("基本条件", 10): "设立情况 年检情况 从业时间 行政处罚",
    ("服务规范", 15): "信息公示 服务规程 服务记录 监管情况",
    ("组织建设", 15): "管理机构 员工素质 制度建设 场所设施",
    ("信用状况", 30): "信用管理 用工情况 客户权益 纠纷处理",
    ("服务业绩", 15): "服务数量 服务质量 收益情况",
    ("社会责任", 15): "公益活动 行业活动 社会评价",
}

ANNEX_2 = """
市属机构 16  东城区 10  西城区 10  朝阳区 30  海淀区 16  丰台区 8  石景山区 3  门头沟区 3  房山区 3
通州区 4  顺义区 4  昌平区 3  大兴区 4  平谷区 4  怀柔区 3  密云县 3  延庆县 3  开发区 3
"""

ANNEX_4 = """
东城区 64063952 64043490
西城区 66201691 66206191
朝阳区 64632146 64678220
海淀区 88506572（人才中介）,88506522（职业介绍） 88506601
丰台区 63258236 63812532
石景山区 88930441 68868634
门头沟区 69865540 69831534
房山区 89367046 89367450
通州区 69523740 60529931
顺义区 89444923 89445756
昌平区 69742586 69744520
大兴区 81296112（人才中介）,81296820（职业介绍） 69241320
平谷区 89984988 89985416
怀柔区 89686021（人才中介）,89683171（职业介绍） 89683735,89685211
密云县 69042124 69041504
延庆县 69144615 69101155
开发区 67887227 67880324
"""

ANNEX = annex(2013)
LINES = hotline_annex(dt.date(2013, 10, 1))
NAMES = {district.code: district.name for district in DISTRICTS}


def test_the_six_categories_have_the_points_of_annex_1() -> None:
    assert [(category.name, category.points) for category in ANNEX.categories] == list(ANNEX_1)
    assert [category.id for category in ANNEX.categories] == [1, 2, 3, 4, 5, 6]
    assert sum(category.points for category in ANNEX.categories) == 100


def test_the_22_indicators_stand_in_the_order_of_annex_1() -> None:
    typed = [
        (number, name, category)
        for number, (name, category) in enumerate(
            ((name, key[0]) for key, names in ANNEX_1.items() for name in names.split()), 1
        )
    ]
    assert typed == [(i.id, i.name, i.category.name) for i in ANNEX.indicators]
    assert len(typed) == 22


def test_the_years_that_two_indicators_ask_for() -> None:
    assert {i.id: i.years for i in ANNEX.indicators if i.years is not None} == {3: 3, 4: 2}


@pytest.mark.parametrize("indicator", ANNEX.indicators, ids=lambda i: i.name)
def test_an_indicator_reads_word_for_word_as_in_the_notice(indicator) -> None:
    lines = [line.strip() for line in NOTICE.splitlines()]
    place = lines.index(indicator.heading)
    assert lines[place + 1] == indicator.text


@pytest.mark.parametrize("category", ANNEX.categories, ids=lambda c: c.name)
def test_a_category_is_headed_as_in_the_notice(category) -> None:
    assert category.heading in [line.strip() for line in NOTICE.splitlines()]


def test_the_18_quotas_are_those_of_annex_2_in_its_order() -> None:
    words = ANNEX_2.split()
    typed = list(zip(words[::2], map(int, words[1::2]), strict=True))
    quotas = notice_quotas(2013)
    assert quotas is not None
    assert [(NAMES[code], places) for code, places in quotas.by_district.items()] == typed
    assert len(typed) == 18
    assert (quotas.year, quotas.total, sum(quotas.by_district.values())) == (2013, 130, 130)


def test_half_of_a_district_s_units_are_commercial_and_the_city_is_exempt() -> None:
    rule = commercial_share(2013)
    assert (rule.least, rule.exempt, rule.clause) == (Fraction(1, 2), {"municipal"}, "附件2")
    assert rule.note in NOTICE


def test_the_hotlines_of_17_districts_are_those_of_annex_4() -> None:
    def lines(cell: str) -> tuple[Line, ...]:
        parts = [part.rstrip("）").split("（") for part in cell.split(",")]
        return tuple(Line(part[0], part[1] if len(part) > 1 else None) for part in parts)

    typed = [
        (name, lines(market), lines(labour))
        for name, market, labour in (line.split() for line in ANNEX_4.split("\n") if line)
    ]
    held = LINES.lines.by_district
    assert [(NAMES[code], e.market, e.labour) for code, e in held.items()] == typed
    assert len(typed) == 17


def test_every_hotline_stands_in_the_notice() -> None:
    entries = LINES.lines.by_district.values()
    numbers = [line.number for entry in entries for line in entry.market + entry.labour]
    assert all(number in NOTICE for number in numbers)
    assert len(set(numbers)) == len(numbers) == 17 * 2 + 3 + 1


def test_annex_4_bears_no_date_of_its_own() -> None:
    assert {entry.date for entry in LINES.lines.by_district.values()} == {None}
    assert (LINES.year, LINES.area_code) == (2013, "010")


def test_the_campaign_of_2013_is_october_and_its_deadline_5_november() -> None:
    month = campaign(2013)
    assert month is not None
    assert (month.first_day, month.last_day) == (dt.date(2013, 10, 1), dt.date(2013, 10, 31))
    assert month.deadline == dt.date(2013, 11, 5)
    assert (month.month_clause, month.deadline_clauses) == ("三(四)", ("三(七)", "四(四)"))
    assert (campaign(2012), campaign(2014)) == (None, None)
    assert campaign_like(2014) == month
    assert NOTICE.count("11月5日前") == 2
