"""Annex 1: categories with their points, and the indicators of each, by campaign year.

The notice fixes 2013's; another year's may have any number of either. An office brings its own in
the same form (`read_annex`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.text import fold

FULL_MARKS = 100
"""What the points of every annex add up to: bands and totals are read against it."""

REFUSED = "annex-refused"
_DIGITS = "一二三四五六七八九"
_YEARS = re.compile(r"([0-9]+)年")


@dataclass(frozen=True)
class Category:
    """A category of an annex with its points, which no district may change."""

    id: int
    name: str
    points: int

    @property
    def heading(self) -> str:
        """The heading as the annex prints it: `一、基本条件10分`."""
        return f"{_numeral(self.id)}、{self.name}{self.points}分"


@dataclass(frozen=True)
class Indicator:
    """An indicator with its text word for word; `topic` is the kind of records that bear on it."""

    id: int
    name: str
    text: str
    category: Category
    topic: str | None = None

    @property
    def heading(self) -> str:
        """The heading as the annex prints it: `1.设立情况`."""
        return f"{self.id}.{self.name}"

    @property
    def years(self) -> int | None:
        """The number of years that the text asks for, if it names one."""
        match = _YEARS.search(self.text)
        return int(match[1]) if match else None


@dataclass(frozen=True)
class Annex:
    """The indicators by which a year is assessed, in order, category by category."""

    title: str
    categories: tuple[Category, ...]
    indicators: tuple[Indicator, ...]

    def __hash__(self) -> int:
        # Made for every agency, and so of the title alone; of those that share it equality decides.
        return hash(self.title)

    @property
    def total(self) -> int:
        """The points of all categories together."""
        return sum(category.points for category in self.categories)

    @cached_property
    def spans(self) -> tuple[slice, ...]:
        """Where each category's indicators are among all of them."""
        found, start = [], 0
        for category in self.categories:
            end = start + sum(one.category.id == category.id for one in self.indicators)
            found.append(slice(start, end))
            start = end
        return tuple(found)

    @cached_property
    def by_topic(self) -> Mapping[str, Indicator]:
        """The indicators that records bear on, by the kind of records."""
        return {one.topic: one for one in self.indicators if one.topic is not None}

    def same_as(self, other: Annex) -> bool:
        """Say whether two annexes have the same categories and indicators, whatever their title."""
        return (self.categories, self.indicators) == (other.categories, other.indicators)

    def as_mapping(self) -> dict[str, Any]:
        """Return what `parse_annex` reads back, fit for JSON and YAML."""
        return {
            "title": self.title,
            "total": self.total,
            "categories": [
                {
                    "name": category.name,
                    "points": category.points,
                    "indicators": [
                        {"name": one.name, "text": one.text} for one in self.indicators[span]
                    ],
                }
                for category, span in zip(self.categories, self.spans, strict=True)
            ],
        }


def annex(year: int) -> Annex:
    """Return the annex that the notice fixes for a year; a year without one has the latest before.

    Raises UnusableError `data-broken`.
    """
    return _timeline().in_year(year)


def fixed_by_notice(year: int) -> bool:
    """Say whether the notice itself fixes the annex of just this year."""
    return any(entry.start.year == year for entry in _timeline().entries)


def read_annex(path: Path) -> tuple[int, Annex]:
    """Read an office's annex from YAML: `year`, `title`, `total`, `categories`.

    Raises InputError `annex-refused` by key, LookupFailedError `file-missing`.
    """
    part = given_file(path, REFUSED).keys(("year", "title", "total", "categories"))
    return part["year"].year(), _annex(part, _topics())


def parse_annex(content: Mapping[str, Any], name: str = "评估指标") -> Annex:
    """Take an annex as `Annex.as_mapping` gives it. Raises InputError `annex-refused`."""
    keys = ("title", "total", "categories")
    return _annex(given_mapping(content, name, REFUSED).keys(keys), _topics())


@lru_cache(maxsize=64)
def kept_annex(content: str | None) -> Annex:
    """Return an annex from the JSON text that a record carries; nothing of it is judged again.

    A record from before annexes were kept has none: it was made by the notice's first.
    """
    if content is None:
        return _timeline().entries[0].content
    found, topics = json.loads(content), _topics()
    categories: list[Category] = []
    indicators: list[Indicator] = []
    for number, entry in enumerate(found["categories"], 1):
        category = Category(number, entry["name"], entry["points"])
        categories.append(category)
        for one in entry["indicators"]:
            name = one["name"]
            indicators.append(
                Indicator(len(indicators) + 1, name, one["text"], category, topics.get(name))
            )
    return Annex(found["title"], tuple(categories), tuple(indicators))


def annex_yaml(year: int, annex: Annex) -> str:
    """Return an annex as the YAML text that `read_annex` reads."""
    import yaml  # noqa: PLC0415 — only an export needs it.

    content = {"year": year} | annex.as_mapping()
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    return text


@cache
def _timeline() -> Timeline[Annex]:
    def read(part: Mapping[str, Value], _: str) -> Annex:
        topics = {value.text(): topic for topic, value in part["topics"].entries().items()}
        found = _annex(part, topics)
        if len(found.by_topic) != len(topics):
            part["topics"].fail("有的指标不存在")
        return found

    required = ("title", "total", "topics", "categories")
    return read_timeline("indicators.yaml", read, required=required)


def _topics() -> Mapping[str, str]:
    """Return topics by the name of the indicator, as all annexes of the notice have them."""
    return {
        one.name: topic
        for entry in _timeline().entries
        for topic, one in entry.content.by_topic.items()
    }


def _annex(part: Mapping[str, Value], topics: Mapping[str, str]) -> Annex:
    categories: list[Category] = []
    indicators: list[Indicator] = []
    for number, entry in enumerate(part["categories"].items(), 1):
        keys = entry.keys(("name", "points", "indicators"))
        category = Category(number, _name(keys["name"], categories), keys["points"].whole(1))
        categories.append(category)
        for item in keys["indicators"].items():
            one = item.keys(("name", "text"))
            name = _name(one["name"], indicators)
            text = one["text"].text()
            indicators.append(
                Indicator(len(indicators) + 1, name, text, category, topics.get(name))
            )
    found = Annex(part["title"].text(), tuple(categories), tuple(indicators))
    if part["total"].whole() != FULL_MARKS:
        part["total"].fail(f"满分应是 {FULL_MARKS}")
    if found.total != FULL_MARKS:
        part["total"].fail(f"各类分值合计是 {found.total}")
    return found


def _name(value: Value, earlier: list[Any]) -> str:
    """Return a name that no earlier one has; columns of imports are known by it."""
    name = value.text()
    if fold(name) in (fold(one.name) for one in earlier):
        value.fail("这个名称写了两次")
    if name.isdecimal():
        value.fail("名称不能只是数字")
    return name


def _numeral(number: int) -> str:
    """Return a number below a hundred in Chinese, as headings have it; beyond in digits."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if tens < 2 else _DIGITS[tens - 1]
    return f"{before}{'十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"
