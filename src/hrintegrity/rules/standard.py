"""A district's assessment standard on top of annex 1 (clause 三(五)).

The notice fixes the points of the six categories. Points per indicator, weights, bands and
eligibility are each district's; the defaults are the project's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.indicators import categories, indicators
from hrintegrity.notice.timeline import read_timeline
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import plain_number

_LOWEST_BAND = "不合格"
_DEFAULT_REMARK = (
    "# 本程序的默认评估标准：通知没有规定这些数值。\n"
    "# 可按本区县情况改后用 hri assess standard use 启用。\n"
)


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


@dataclass(frozen=True)
class Standard:
    """A standard: `points` in tenths for each indicator, exact `weights` by source, bands downward.

    Weights sum to 1, points to each category's total, and the last band begins at 0.
    """

    name: str
    points: tuple[int, ...]
    weights: Mapping[str, Fraction]
    bands: tuple[Band, ...]
    eligibility: Eligibility

    def band_of(self, hundredths: int) -> str:
        """Return the band of a total that was rounded to hundredths of a point."""
        return next(band.name for band in self.bands if hundredths >= band.least)

    def as_mapping(self) -> dict[str, Any]:
        """Return what `parse_standard` reads back to an equal standard, fit for JSON."""
        points = {str(number): _tenths(value) for number, value in enumerate(self.points, 1)}
        eligibility = asdict(self.eligibility)
        return {
            "name": self.name,
            "points": points,
            "weights": {source: plain_number(weight) for source, weight in self.weights.items()},
            "bands": [
                {"name": band.name, "from": plain_number(Fraction(band.least, 100))}
                for band in self.bands
            ],
            "eligibility": eligibility | {"refused_bands": list(self.eligibility.refused_bands)},
        }


@cache
def default_standard() -> Standard:
    """Return the project's own standard. Raises UnusableError `data-broken`."""
    keys = ("name", "points", "weights", "bands", "eligibility")
    return (
        read_timeline(
            "default_standard.yaml", lambda part, _: _standard(part, default=None), required=keys
        )
        .entries[-1]
        .content
    )


def read_standard(path: Path) -> Standard:
    """Read a district's standard from YAML.

    Raises InputError `standard-refused` by key, LookupFailedError `file-missing`.
    """
    return _given(given_file(path, "standard-refused"))


def parse_standard(content: Mapping[str, Any], name: str = "评估标准") -> Standard:
    """Take a standard as `Standard.as_mapping` gives it. Raises InputError `standard-refused`."""
    return _given(given_mapping(content, name, "standard-refused"))


def standard_yaml(standard: Standard) -> str:
    """Return a standard as the YAML text that `read_standard` reads."""
    import yaml  # noqa: PLC0415 — only an export needs it.

    content = standard.as_mapping()
    content["points"] = {int(number): points for number, points in content["points"].items()}
    text: str = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None
    )
    return _DEFAULT_REMARK + text if standard == default_standard() else text


def _given(value: Value) -> Standard:
    part = value.keys(("name", "points", "weights", "bands"), ("eligibility",))
    return _standard(part, default_standard().eligibility)


def _standard(part: Mapping[str, Value], default: Eligibility | None) -> Standard:
    bands = _bands(part["bands"])
    return Standard(
        part["name"].text(),
        _points(part["points"]),
        _weights(part["weights"]),
        bands,
        _eligibility(part, bands, default),
    )


def _points(value: Value) -> tuple[int, ...]:
    part = value.keys([str(indicator.id) for indicator in indicators()])
    points = tuple(_parts_of(part[str(indicator.id)], 10) for indicator in indicators())
    faults = []
    for category in categories():
        mine = [i.id for i in indicators() if i.category == category]
        total = sum(points[number - 1] for number in mine)
        if total != category.points * 10:
            faults.append(
                f"{category.name}（{mine[0]} 至 {mine[-1]}）合计 {_tenths(total)} 分，"
                f"附件1规定 {category.points} 分"
            )
    if faults:
        value.fail("；".join(faults))
    return points


def _weights(value: Value) -> Mapping[str, Fraction]:
    part = value.keys(tuple(SOURCE))
    weights = {source: part[source].fraction() for source in SOURCE}
    for source, weight in weights.items():
        if weight < 0:
            part[source].fail("权重不能是负数")
    if sum(weights.values()) != 1:
        total = plain_number(sum(weights.values(), Fraction()))
        value.fail(f"权重合计是 {total}，应是 1")
    return MappingProxyType(weights)


def _bands(value: Value) -> tuple[Band, ...]:
    full = 100 * sum(category.points for category in categories())
    bands: list[Band] = []
    for item in value.items():
        part = item.keys(("name", "from"))
        name, least = part["name"].text(), _parts_of(part["from"], 100)
        if name in (band.name for band in bands):
            part["name"].fail("等次名称写了两次")
        if least > full:
            part["from"].fail("不能超过满分")
        if bands and least >= bands[-1].least:
            part["from"].fail("等次须由高到低排列")
        bands.append(Band(name, least))
    if bands[-1].least > 0:
        if _LOWEST_BAND in (band.name for band in bands):
            value.fail("最后一个等次应从 0 起")
        bands.append(Band(_LOWEST_BAND, 0))
    return tuple(bands)


def _eligibility(
    part: Mapping[str, Value], bands: tuple[Band, ...], default: Eligibility | None
) -> Eligibility:
    """Read the rules; those that a district leaves out are the default's."""
    names = [field.name for field in fields(Eligibility)]
    found = asdict(default) if default else {}
    value = part.get("eligibility")
    if value:
        for name, entry in (value.keys((), names) if default else value.keys(names)).items():
            found[name] = entry.flag() if name != "refused_bands" else _names(entry)
    for name in found["refused_bands"]:
        if name not in (band.name for band in bands):
            # Without this word a district that renames its bands would rule out nobody.
            (value or part["bands"]).fail(
                f"没有等次“{name}”；请在 eligibility.refused_bands 写明哪些等次不能推荐"
            )
    return Eligibility(**found)


def _names(value: Value) -> tuple[str, ...]:
    return tuple(item.text() for item in value.items()) if value.content != [] else ()


def _parts_of(value: Value, parts: int) -> int:
    """Return a number that is not negative in so many parts of a point."""
    number = Fraction(value.number()) * parts
    if number < 0:
        value.fail("不能是负数")
    if number.denominator != 1:
        value.fail(f"最多 {len(str(parts)) - 1} 位小数")
    return number.numerator


def _tenths(tenths: int) -> int | float | str:
    return plain_number(Fraction(tenths, 10))
