"""The figures of the assessments that stand (三(五), 附件1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction

from hrintegrity.duties.reporting.figure import Counted, Figure, Value, count, share
from hrintegrity.duties.reporting.rows_assessment import CONCLUSIONS, SHEETS
from hrintegrity.duties.reporting.rows_month import AGENCIES
from hrintegrity.notice.indicators import Annex, Indicator
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import round_half_up
from hrintegrity.rules.rates import extremes, mean, median, percent
from hrintegrity.rules.standard_reading import kept_standard

ASSESSMENT = "三(五)"
ANNEX = "附件1"
NAMED = 3
"""So many indicators are named as the best, and as the weakest."""


def figures(
    annex: Annex,
    bands: tuple[str, ...],
    ways: tuple[tuple[str, str], ...],
    agencies: Figure,
) -> Iterable[Figure]:
    """Return the figures of the chapter."""
    yield Figure(
        "assessed", "已评定机构", "家", ASSESSMENT, CONCLUSIONS, how="行数", value=_assessed
    )
    active = count(
        "agencies_assessed", "正常机构中已评定的", "家", ASSESSMENT, AGENCIES,
        how="本年度评定为“是”的行数", where="assessed",
    )  # fmt: skip
    yield active
    yield share("assessment_rate", "评估覆盖率", ASSESSMENT, AGENCIES, active, whole=agencies)
    for band in bands:
        yield Figure(
            f"band_{band}", f"等次：{band}", "家", ASSESSMENT, CONCLUSIONS,
            how=f"等次为“{band}”的行数", value=_band(band),
        )  # fmt: skip
    yield _of_totals("total_mean", "平均总分", "总分的平均数", _mean_total)
    yield _of_totals("total_median", "总分中位数", "总分的中位数", _median_total)
    yield _of_totals("total_highest", "最高总分", "总分的最大值", _highest)
    yield _of_totals("total_lowest", "最低总分", "总分的最小值", _lowest)
    for place, category in enumerate(annex.categories, len(annex.indicators)):
        yield Figure(
            f"category_{category.id}_mean", f"{category.name}平均得分", "分", ANNEX, CONCLUSIONS,
            how=f"“{category.name}”一列的平均数", value=_category(annex, place),
        )  # fmt: skip
        yield Figure(
            f"category_{category.id}_rate", f"{category.name}得分率", "%", ANNEX, CONCLUSIONS,
            how=f"“{category.name}”的平均得分除以满分{category.points}分",
            value=_category_rate(annex, place, category.points),
        )  # fmt: skip
    for indicator in annex.indicators:
        yield Figure(
            f"indicator_{indicator.id}_rate", f"{indicator.heading}得分率", "%", ANNEX,
            CONCLUSIONS, how=f"“{indicator.heading}”的得分除以所用标准的分值，取平均数",
            value=_indicator(annex, indicator),
        )  # fmt: skip
    for source, word in (*((one, SOURCE.chinese(one)) for one in SOURCE), *ways):
        yield Figure(
            f"source_{source}_agencies", f"有{word}的机构", "家", ASSESSMENT, SHEETS,
            how=f"评价方式为“{word}”的行里，不同的机构数", value=_rated(source),
        )  # fmt: skip
        yield Figure(
            f"source_{source}_mean", f"{word}平均分", "分", ASSESSMENT, SHEETS,
            how=f"评价方式为“{word}”的行，先按机构再对各机构平均", value=_source_mean(source),
        )  # fmt: skip
    yield count(
        "notified", "已书面告知的机构", "家", ASSESSMENT, CONCLUSIONS, how="有告知书的行数",
        where="reference IS NOT NULL",
    )  # fmt: skip
    yield count(
        "served", "告知书已送达的机构", "家", ASSESSMENT, CONCLUSIONS, how="有送达日期的行数",
        where="served IS NOT NULL",
    )  # fmt: skip
    yield Figure(
        "standards", "所用评估标准", "种", ASSESSMENT, CONCLUSIONS, how="评定时所用的不同标准数",
        value=lambda counted: len({standard for standard, _ in counted.scored}),
    )  # fmt: skip


def indicator_rates(counted: Counted, annex: Annex) -> dict[Indicator, Fraction]:
    """Return the mean rate of each indicator, exactly; without assessments there are none."""
    found = {}
    for indicator in annex.indicators:
        rate = _exact_rate(counted, annex, indicator)
        if rate is not None:
            found[indicator] = rate
    return found


def best_and_weakest(counted: Counted, annex: Annex) -> tuple[list[Indicator], list[Indicator]]:
    """Return the indicators with the highest and with the lowest rates."""
    return extremes(indicator_rates(counted, annex), NAMED)


def _of_totals(name: str, label: str, how: str, value: Callable[[Counted], Value]) -> Figure:
    def of_some(counted: Counted) -> Value:
        return value(counted) if counted.totals else None

    return Figure(name, label, "分", ASSESSMENT, CONCLUSIONS, how=how, value=of_some)


def _assessed(counted: Counted) -> Value:
    return counted.assessed


def _band(band: str) -> Callable[[Counted], Value]:
    return lambda counted: counted.bands[band]


def _highest(counted: Counted) -> Value:
    return round_half_up(max(Fraction(*one) for one in counted.totals))


def _lowest(counted: Counted) -> Value:
    return round_half_up(min(Fraction(*one) for one in counted.totals))


def _mean_total(counted: Counted) -> Value:
    added = sum((Fraction(*one) * times for one, times in counted.totals.items()), Fraction())
    return mean(added, counted.assessed)


def _median_total(counted: Counted) -> Value:
    totals: Counter[Fraction] = Counter()
    for one, times in counted.totals.items():
        totals[Fraction(*one)] += times
    middle = median(totals)
    return None if middle is None else round_half_up(middle)


def _scores(counted: Counted, annex: Annex, place: int) -> tuple[Fraction, int]:
    """Return the sum of the scores of a category, by its place in `Scored`, and their number."""
    added, agencies = Fraction(), 0
    for _, scored in counted.of_annex(annex):
        of_standard, having = scored.of(place)
        added += of_standard
        agencies += having
    return added, agencies


def _category(annex: Annex, place: int) -> Callable[[Counted], Value]:
    return lambda counted: mean(*_scores(counted, annex, place))


def _category_rate(annex: Annex, place: int, points: int) -> Callable[[Counted], Value]:
    def value(counted: Counted) -> Value:
        added, agencies = _scores(counted, annex, place)
        return percent(added / (agencies * points)) if agencies else None

    return value


def _exact_rate(counted: Counted, annex: Annex, indicator: Indicator) -> Fraction | None:
    added, agencies = Fraction(), 0
    place = indicator.id - 1
    for text, scored in counted.of_annex(annex):
        most = kept_standard(text).points[place]
        # A district may give an indicator no points at all; then it has no rate there.
        if most:
            of_standard, having = scored.of(place)
            added += of_standard * 10 / most
            agencies += having
    return added / agencies if agencies else None


def _indicator(annex: Annex, indicator: Indicator) -> Callable[[Counted], Value]:
    return lambda counted: percent(_exact_rate(counted, annex, indicator))


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
