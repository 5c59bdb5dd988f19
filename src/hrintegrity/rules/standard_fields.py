"""The fields of a standard: how each is read, checked, written and read back.

A field of `rules.standard.Standard` is declared there with one of these forms, and nowhere else:
its YAML, its JSON, what the archive keeps and what scripts see all follow from that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value
from hrintegrity.notice.indicators import FULL_MARKS, Annex
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import plain_number

_LOWEST_BAND = "不合格"
_WAY = re.compile(r"[a-z][a-z0-9_]{0,19}")


@dataclass(frozen=True)
class Band:
    """A band of the result, from so many hundredths of a point upwards."""

    name: str
    least: int


@dataclass(frozen=True)
class Eligibility:
    """Who may be recommended; each rule can be switched off, and none is the notice's.

    `concluded`: an assessment of this campaign is concluded. `expert_sheet`: an expert's sheet is
    in it. `refused_bands`: bands that rule out. `active`: the agency is not closed. `no_sanction`:
    none of this campaign year. `no_open_rectification`: no order to rectify is still open.
    `no_substantiated_complaint`: none this year. `no_lost_title`: none this year.
    """

    concluded: bool
    expert_sheet: bool
    refused_bands: tuple[str, ...]
    active: bool
    no_sanction: bool
    no_open_rectification: bool
    no_substantiated_complaint: bool
    no_lost_title: bool

    def as_mapping(self) -> dict[str, Any]:
        """Return the rules by name, fit for JSON."""
        return asdict(self) | {"refused_bands": list(self.refused_bands)}


@dataclass(frozen=True)
class Given:
    """A standard that is being read: its entries, its annex, and what it may leave out.

    `eligibility` is None where all of its rules are needed, `days` the term of answers to
    complaints where a district sets none.
    """

    entries: Mapping[str, Value]
    annex: Annex
    eligibility: Eligibility | None
    days: int

    @cached_property
    def ways(self) -> Mapping[str, str]:
        """Further ways of evaluation, with their words."""
        return _ways(self.entries["ways"]) if "ways" in self.entries else {}

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """All sources: the three of the notice, then the district's own ways."""
        return (*SOURCE, *self.ways)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The bands, downward; the last begins at 0."""
        return _bands(self.entries["bands"])


@dataclass(frozen=True)
class Form:
    """How a field goes from YAML to a value (`read`), to JSON (`plain`) and back (`kept`).

    `read` has the entry, or None where it is left out; it fails with a reason. `kept` judges
    nothing again; it has the content and the default rules of eligibility. `unset` is what JSON
    shows of a field that a district did not set and that is not kept then.
    """

    read: Callable[[Value | None, Given], Any]
    plain: Callable[[Any], Any] = lambda value: value
    kept: Callable[[Any, Eligibility], Any] = lambda content, _: content
    required: bool = False
    unset: Any = None

    @property
    def declared(self) -> Mapping[str, Form]:
        """The form as the metadata of a dataclass's field."""
        return {"form": self}


def _required(read: Callable[[Value, Given], Any]) -> Callable[[Value | None, Given], Any]:
    def found(value: Value | None, given: Given) -> Any:
        assert value is not None
        return read(value, given)

    return found


def _points(value: Value, given: Given) -> tuple[int, ...]:
    annex = given.annex
    numbers = [str(indicator.id) for indicator in annex.indicators]
    part = value.keys(numbers)
    points = tuple(_parts_of(part[number], 10) for number in numbers)
    faults = []
    for category, span in zip(annex.categories, annex.spans, strict=True):
        total = sum(points[span])
        if total != category.points * 10:
            faults.append(
                f"{category.name}（{numbers[span][0]} 至 {numbers[span][-1]}）"
                f"合计 {plain_number(Fraction(total, 10))} 分，附件1规定 {category.points} 分"
            )
    if faults:
        value.fail("；".join(faults))
    return points


def _ways(value: Value) -> dict[str, str]:
    """Read further ways of evaluation: a short English name and its word."""
    found: dict[str, str] = {}
    known = {SOURCE.chinese(source) for source in SOURCE}
    for name, entry in value.entries().items():
        word = entry.text()
        if not _WAY.fullmatch(name) or name in SOURCE:
            entry.fail("评价方式的代号应是小写英文（如 peer），不能与已有的相同")
        if word in known:
            entry.fail("这个评价方式的名称写了两次")
        known.add(word)
        found[name] = word
    return found


def _weights(value: Value, given: Given) -> Mapping[str, Fraction]:
    part = value.keys(given.sources)
    weights = {source: part[source].fraction() for source in given.sources}
    for source, weight in weights.items():
        if weight < 0:
            part[source].fail("权重不能是负数")
    if sum(weights.values()) != 1:
        total = plain_number(sum(weights.values(), Fraction()))
        value.fail(f"权重合计是 {total}，应是 1")
    return MappingProxyType(weights)


def _asked(value: Value | None, given: Given) -> Mapping[str, frozenset[int]]:
    """Read which indicators a source scores; all of them are the same as not saying so."""
    found: dict[str, frozenset[int]] = {}
    count = len(given.annex.indicators)
    for source, entry in value.keys((), given.sources).items() if value else ():
        numbers: set[int] = set()
        for item in entry.items():
            number = item.whole(1)
            if number > count:
                item.fail(f"没有这项指标，应是 1 至 {count}")
            if number in numbers:
                item.fail("这项指标写了两次")
            numbers.add(number)
        if len(numbers) < count:
            found[source] = frozenset(numbers)
    return MappingProxyType(found)


def _bands(value: Value) -> tuple[Band, ...]:
    bands: list[Band] = []
    for item in value.items():
        part = item.keys(("name", "from"))
        name, least = part["name"].text(), _parts_of(part["from"], 100)
        if name in (band.name for band in bands):
            part["name"].fail("等次名称写了两次")
        if least > 100 * FULL_MARKS:
            part["from"].fail("不能超过满分")
        if bands and least >= bands[-1].least:
            part["from"].fail("等次须由高到低排列")
        bands.append(Band(name, least))
    if bands[-1].least > 0:
        if _LOWEST_BAND in (band.name for band in bands):
            value.fail("最后一个等次应从 0 起")
        bands.append(Band(_LOWEST_BAND, 0))
    return tuple(bands)


def _eligibility(value: Value | None, given: Given) -> Eligibility:
    """Read the rules; those that a district leaves out are the default's."""
    names = [field.name for field in fields(Eligibility)]
    default = given.eligibility
    found = asdict(default) if default else {}
    if value:
        for name, entry in (value.keys((), names) if default else value.keys(names)).items():
            found[name] = entry.flag() if name != "refused_bands" else _names(entry)
    for name in found["refused_bands"]:
        if name not in (band.name for band in given.bands):
            # Without this word a district that renames its bands would rule out nobody.
            (value or given.entries["bands"]).fail(
                f"没有等次“{name}”；请在 eligibility.refused_bands 写明哪些等次不能推荐"
            )
    return Eligibility(**found)


def _kept_eligibility(content: Mapping[str, Any], default: Eligibility) -> Eligibility:
    # A rule that came after the standard was kept is the default's.
    known = asdict(default)
    known |= {name: value for name, value in content.items() if name in known}
    return Eligibility(**known | {"refused_bands": tuple(known["refused_bands"])})


def _names(value: Value) -> tuple[str, ...]:
    return tuple(item.text() for item in value.items()) if value.content != [] else ()


def _days(value: Value | None, given: Given) -> int | None:
    days = given.days if value is None else value.whole(1)
    return None if days == given.days else days


def _parts_of(value: Value, parts: int) -> int:
    """Return a number that is not negative in so many parts of a point."""
    number = Fraction(value.number()) * parts
    if number < 0:
        value.fail("不能是负数")
    if number.denominator != 1:
        value.fail(f"最多 {len(str(parts)) - 1} 位小数")
    return number.numerator


NAME = Form(read=_required(lambda value, _: value.text()), required=True)
POINTS = Form(
    read=_required(_points),
    plain=lambda points: {
        str(number): plain_number(Fraction(tenths, 10)) for number, tenths in enumerate(points, 1)
    },
    kept=lambda content, _: tuple(
        int(content[str(number)] * 10) for number in range(1, len(content) + 1)
    ),
    required=True,
)
WEIGHTS = Form(
    read=_required(_weights),
    plain=lambda weights: {source: plain_number(weight) for source, weight in weights.items()},
    kept=lambda content, _: MappingProxyType({s: Fraction(w) for s, w in content.items()}),
    required=True,
)
BANDS = Form(
    read=_required(lambda _, given: given.bands),
    plain=lambda bands: [
        {"name": band.name, "from": plain_number(Fraction(band.least, 100))} for band in bands
    ],
    kept=lambda content, _: tuple(Band(one["name"], int(one["from"] * 100)) for one in content),
    required=True,
)
ELIGIBILITY = Form(read=_eligibility, plain=Eligibility.as_mapping, kept=_kept_eligibility)
WAYS = Form(
    read=lambda _, given: MappingProxyType(given.ways),
    plain=dict,
    kept=lambda content, _: MappingProxyType(content),
    unset={},
)
ASKED = Form(
    read=_asked,
    plain=lambda asked: {source: sorted(numbers) for source, numbers in asked.items()},
    kept=lambda content, _: MappingProxyType({s: frozenset(n) for s, n in content.items()}),
    unset={},
)
PROCEDURE = Form(read=lambda value, _: value.lines() if value else None)
COMPLAINT_DAYS = Form(read=_days)
