"""How a total came about, line by line, for whoever has to answer for it (clause 三(五))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hrintegrity.rules.assessment import IndicatorResult, Result
from hrintegrity.rules.exact import exact_text, plain_number, round_half_up

StepKind = Literal["source", "missing", "indicator", "category", "total", "rounding", "band"]


@dataclass(frozen=True)
class Step:
    """One line of the calculation: what it is about, how it was reckoned, and the exact figure."""

    kind: StepKind
    label: str
    reckoning: str
    value: Fraction | None = None


def explain(result: Result) -> list[Step]:
    """Return the calculation from the sources' weights to the band."""
    # Where no source counts, there is nothing that an indicator's score could come from.
    indicators = _indicators(result) if result.weights else ()
    return [*_sources(result), *indicators, *_total(result)]


def _sources(result: Result) -> Iterator[Step]:
    for source, count in result.sheets.items():
        label, given = result.standard.word(source), result.standard.weights[source]
        if not count:
            yield Step("missing", label, f"没有评分表；权重 {_ratio(given)}")
            continue
        weight = result.weights.get(source, Fraction())
        reckoning = f"{count} 份评分表取平均；权重 {_ratio(given)}"
        if weight != given:
            reckoning += f"，按有评分表的来源折算为 {_ratio(weight)}"
        yield Step("source", label, reckoning, weight)


def _indicators(result: Result) -> Iterator[Step]:
    for category, span in zip(result.categories, result.annex.spans, strict=True):
        parts = result.indicators[span]
        for part in parts:
            yield Step("indicator", part.indicator.heading, _mean(result, part), part.score)
        scores = [exact_text(part.score) for part in parts if part.score is not None]
        yield Step("category", category.category.heading, " + ".join(scores), category.score)


def _mean(result: Result, part: IndicatorResult) -> str:
    """Write the weighted mean with the standard's own weights, divided by what they sum to."""
    standard = result.standard
    given = {s: standard.weights[s] for s in result.weights if s in part.by_source}
    if not given:
        return "没有评价方式评这一项"
    terms = [
        f"{standard.word(source)} {exact_text(part.by_source[source])} × {_ratio(weight)}"
        for source, weight in given.items()
    ]
    whole = sum(given.values(), Fraction())
    text = " + ".join(terms)
    return text if whole == 1 else f"（{text}）÷ {_ratio(whole)}"


def _ratio(weight: Fraction) -> str:
    return str(plain_number(weight))


def _total(result: Result) -> Iterator[Step]:
    if result.total is None:
        lacking = "有的指标没有评分" if result.weights else "没有权重大于 0 的评分表"
        yield Step("total", "总分", f"{lacking}，不能得出总分")
        return
    scores = [exact_text(part.score) for part in result.categories if part.score is not None]
    yield Step("total", "总分", " + ".join(scores), result.total)
    shown = round_half_up(result.total)
    yield Step(
        "rounding",
        "四舍五入",
        f"{exact_text(result.total, 6)} 保留两位小数得 {shown}",
        Fraction(shown),
    )
    bands = result.standard.bands
    place = [band.name for band in bands].index(result.band or "")
    reckoning = f"{shown} ≥ {exact_text(Fraction(bands[place].least, 100))}"
    if place:
        reckoning += f"，且 < {exact_text(Fraction(bands[place - 1].least, 100))}"
    yield Step("band", f"等次：{result.band}", reckoning)
