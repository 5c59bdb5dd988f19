"""Annex 1: six categories, twenty-two indicators, one hundred points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hrintegrity.notice._reading import Value, own_file
from hrintegrity.notice.clauses import read_clause

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Category:
    """A category of annex 1 with its points, which no district may change."""

    id: int
    name: str
    points: int
    clause: str

    @property
    def heading(self) -> str:
        """The heading as the annex prints it: `一、基本条件10分`."""
        return f"{_NUMERALS[self.id - 1]}、{self.name}{self.points}分"


@dataclass(frozen=True)
class Indicator:
    """An indicator of annex 1, with its text word for word; `years` is the number in it."""

    id: int
    name: str
    text: str
    category: Category
    years: int | None = None

    @property
    def heading(self) -> str:
        """The heading as the annex prints it: `1.设立情况`."""
        return f"{self.id}.{self.name}"


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the indicators in the annex's order. Raises UnusableError `data-broken`."""
    file = own_file("indicators.yaml")
    top = file.keys(("notice", "clause", "points", "indicators", "categories"))
    clause = read_clause(top["clause"])
    found: list[Indicator] = []
    points = 0
    for number, entry in enumerate(top["categories"].items(), 1):
        part = entry.keys(("name", "points", "indicators"))
        category = Category(number, part["name"].text(), part["points"].whole(1), clause)
        points += category.points
        for item in part["indicators"].items():
            found.append(_indicator(item, category, len(found) + 1))
    if points != top["points"].whole():
        top["points"].fail(f"各类分值合计是 {points}")
    if len(found) != top["indicators"].whole():
        top["indicators"].fail(f"实有 {len(found)} 项")
    return tuple(found)


def categories() -> tuple[Category, ...]:
    """Return the categories in the annex's order. Raises UnusableError `data-broken`."""
    return tuple(dict.fromkeys(indicator.category for indicator in indicators()))


def _indicator(value: Value, category: Category, expected: int) -> Indicator:
    part = value.keys(("id", "name", "text"), optional=("years",))
    if part["id"].whole() != expected:
        part["id"].fail(f"应是 {expected}")
    name, text = part["name"].text(), part["text"].text()
    years = part["years"].whole(1) if "years" in part else None
    if years is not None and f"{years}年" not in text:
        part["years"].fail("与指标原文不符")
    return Indicator(expected, name, text, category, years)
