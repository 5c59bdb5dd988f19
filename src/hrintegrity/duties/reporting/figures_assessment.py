"""The figures of the assessments that stand (三(五), 附件1)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hrintegrity.duties.reporting.figure import Counted, Figure, Value, count, share
from hrintegrity.duties.reporting.rows_assessment import CONCLUSIONS, SHEETS
from hrintegrity.duties.reporting.rows_month import AGENCIES
from hrintegrity.notice.indicators import Indicator, categories, indicators
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import round_half_up
from hrintegrity.rules.rates import extremes, mean, median, percent

ASSESSMENT = "三(五)"
ANNEX = "附件1"
NAMED = 3
"""So many indicators are named as the best, and as the weakest."""


def figures(bands: tuple[str, ...], agencies: Figure) -> Iterable[Figure]:
    """Return the figures of the chapter."""
    yield Figure("assessed", "已评定机构", "家", ASSESSMENT, CONCLUSIONS, "行数", _assessed)
    active = count(
        "agencies_assessed", "正常机构中已评定的", "家", ASSESSMENT, AGENCIES,
        "本年度评定为“是”的行数", where="assessed",
    )  # fmt: skip
    yield active
    yield share("assessment_rate", "评估覆盖率", ASSESSMENT, AGENCIES, active, agencies)
    for band in bands:
        yield Figure(
            f"band_{band}", f"等次：{band}", "家", ASSESSMENT, CONCLUSIONS,
            f"等次为“{band}”的行数", _band(band),
        )  # fmt: skip
    yield _of_totals("total_mean", "平均总分", "总分的平均数", _mean_total)
    yield _of_totals("total_median", "总分中位数", "总分的中位数", _median_total)
    yield _of_totals("total_highest", "最高总分", "总分的最大值", lambda c: _total(max(c.totals)))
    yield _of_totals("total_lowest", "最低总分", "总分的最小值", lambda c: _total(min(c.totals)))
    for place, category in enumerate(categories()):
        yield Figure(
            f"category_{category.id}_mean", f"{category.name}平均得分", "分", ANNEX, CONCLUSIONS,
            f"“{category.name}”一列的平均数", _category(place),
        )  # fmt: skip
        yield Figure(
            f"category_{category.id}_rate", f"{category.name}得分率", "%", ANNEX, CONCLUSIONS,
            f"“{category.name}”的平均得分除以满分{category.points}分",
            _category_rate(place, category.points),
        )  # fmt: skip
    for indicator in indicators():
        yield Figure(
            f"indicator_{indicator.id}_rate", f"{indicator.heading}得分率", "%", ANNEX,
            CONCLUSIONS, f"“{indicator.heading}”的得分除以所用标准的分值，取平均数",
            _indicator(indicator),
        )  # fmt: skip
    for source in SOURCE:
        word = SOURCE.chinese(source)
        yield Figure(
            f"source_{source}_agencies", f"有{word}的机构", "家", ASSESSMENT, SHEETS,
            f"评价方式为“{word}”的行里，不同的机构数", _rated(source),
        )  # fmt: skip
        yield Figure(
            f"source_{source}_mean", f"{word}平均分", "分", ASSESSMENT, SHEETS,
            f"评价方式为“{word}”的行，先按机构再对各机构平均", _source_mean(source),
        )  # fmt: skip
    yield count(
        "notified", "已书面告知的机构", "家", ASSESSMENT, CONCLUSIONS, "有告知书的行数",
        where="reference IS NOT NULL",
    )  # fmt: skip
    yield count(
        "served", "告知书已送达的机构", "家", ASSESSMENT, CONCLUSIONS, "有送达日期的行数",
        where="served IS NOT NULL",
    )  # fmt: skip
    yield Figure(
        "standards", "所用评估标准", "种", ASSESSMENT, CONCLUSIONS, "评定时所用的不同标准数",
        lambda counted: len(counted.standards),
    )  # fmt: skip


def indicator_rates(counted: Counted) -> dict[Indicator, Fraction]:
    """Return the mean rate of each indicator, exactly; without assessments there are none."""
    found = {}
    for indicator in indicators():
        rate = _exact_rate(counted, indicator)
        if rate is not None:
            found[indicator] = rate
    return found


def best_and_weakest(counted: Counted) -> tuple[list[Indicator], list[Indicator]]:
    """Return the indicators with the highest and with the lowest rates."""
    return extremes(indicator_rates(counted), NAMED)


@lru_cache(maxsize=256)
def standard_of(text: str) -> dict[str, Any]:
    """Return a standard as an assessment keeps it."""
    found: dict[str, Any] = json.loads(text)
    return found


def _of_totals(name: str, label: str, how: str, value: Callable[[Counted], Value]) -> Figure:
    def of_some(counted: Counted) -> Value:
        return value(counted) if counted.totals else None

    return Figure(name, label, "分", ASSESSMENT, CONCLUSIONS, how, of_some)


def _assessed(counted: Counted) -> Value:
    return counted.assessed


def _band(band: str) -> Callable[[Counted], Value]:
    return lambda counted: counted.bands[band]


def _total(hundredths: int) -> Value:
    return round_half_up(Fraction(hundredths, 100))


def _mean_total(counted: Counted) -> Value:
    added = sum(total * times for total, times in counted.totals.items())
    return mean(Fraction(added, 100), counted.assessed)


def _median_total(counted: Counted) -> Value:
    middle = median(counted.totals)
    return None if middle is None else round_half_up(middle / 100)


def _category_sum(counted: Counted, place: int) -> Fraction:
    return Fraction(sum(one.categories[place] for one in counted.standards.values()), 100)


def _category(place: int) -> Callable[[Counted], Value]:
    return lambda counted: mean(_category_sum(counted, place), counted.assessed)


def _category_rate(place: int, points: int) -> Callable[[Counted], Value]:
    def value(counted: Counted) -> Value:
        if not counted.assessed:
            return None
        return percent(_category_sum(counted, place) / (counted.assessed * points))

    return value


def _exact_rate(counted: Counted, indicator: Indicator) -> Fraction | None:
    added, agencies = Fraction(0), 0
    for text, scored in counted.standards.items():
        points = Fraction(str(standard_of(text)["points"][str(indicator.id)]))
        # A district may give an indicator no points at all; then it has no rate there.
        if points:
            added += Fraction(scored.indicators[indicator.id - 1], 100) / points
            agencies += scored.agencies
    return added / agencies if agencies else None


def _indicator(indicator: Indicator) -> Callable[[Counted], Value]:
    return lambda counted: percent(_exact_rate(counted, indicator))


def _rated(source: str) -> Callable[[Counted], Value]:
    return lambda counted: sum(n for n, _ in counted.rated.get(source, {}).values())


def _source_mean(source: str) -> Callable[[Counted], Value]:
    def value(counted: Counted) -> Value:
        by_raters = counted.rated.get(source, {})
        added = sum(
            (Fraction(points, raters) for raters, (_, points) in by_raters.items()), Fraction(0)
        )
        return mean(added / 10, sum(agencies for agencies, _ in by_raters.values()))

    return value
