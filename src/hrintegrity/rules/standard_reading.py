"""Standards as they come in: from an office's YAML, our own file, and as the archive keeps them.

What an office hands in is checked against the annex of its year (`read_standard`); what the archive
keeps was checked then, and is only read (`kept_standard`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.indicators import FULL_MARKS, Annex, annex
from hrintegrity.notice.timeline import Timeline, read_timeline
from hrintegrity.notice.words import SOURCE
from hrintegrity.rules.exact import plain_number
from hrintegrity.rules.standard import Band, Eligibility, Standard

REFUSED = "standard-refused"
_KEYS = ("name", "points", "weights", "bands")
_OPTIONAL = ("eligibility", "ways", "asked", "procedure", "complaint_days")
_LOWEST_BAND = "不合格"
_DEFAULT_REMARK = (
    "# 本程序的默认评估标准：通知没有规定这些数值。\n"
    "# 可按本区县情况改后用 hri assess standard use 启用。\n"
)
_WAY = re.compile(r"[a-z][a-z0-9_]{0,19}")


def default_standard(year: int) -> Standard:
    """Return the project's own standard, which goes with the notice's annex.

    Raises UnusableError `data-broken`.
    """
    return _timeline().in_year(year)[0]


def default_complaint_days(year: int) -> int:
    """Return the term of answers to complaints where a district sets none, the project's own."""
    return _timeline().in_year(year)[1]


def read_standard(path: Path, annex: Annex) -> Standard:
    """Read a district's standard from YAML, on top of an annex.

    Raises InputError `standard-refused` by key, LookupFailedError `file-missing`.
    """
    return _given(given_file(path, REFUSED), annex)


def parse_standard(content: Mapping[str, Any], annex: Annex, name: str = "评估标准") -> Standard:
    """Take a standard as `Standard.as_mapping` gives it. Raises InputError `standard-refused`."""
    return _given(given_mapping(content, name, REFUSED), annex)


@lru_cache(maxsize=64)
def kept_standard(content: str) -> Standard:
    """Return a standard from the JSON text that the archive keeps, judging nothing again."""
    found = json.loads(content, parse_float=Decimal)
    points, ways = found["points"], found.get("ways", {})
    return Standard(
        name=found["name"],
        points=tuple(int(points[str(number)] * 10) for number in range(1, len(points) + 1)),
        weights=MappingProxyType({s: Fraction(found["weights"][s]) for s in (*SOURCE, *ways)}),
        bands=tuple(Band(one["name"], int(one["from"] * 100)) for one in found["bands"]),
        eligibility=_kept_eligibility(found["eligibility"]),
        ways=MappingProxyType(ways),
        asked=MappingProxyType({s: frozenset(n) for s, n in found.get("asked", {}).items()}),
        procedure=found.get("procedure"),
        complaint_days=found.get("complaint_days"),
    )


def standard_yaml(standard: Standard, year: int) -> str:
    """Return a standard as the YAML text that `read_standard` reads."""
    import yaml  # noqa: PLC0415 — only an export needs it.

    content = standard.as_mapping()
    content["points"] = {int(number): points for number, points in content["points"].items()}
    content.setdefault("complaint_days", default_complaint_days(year))
    text: str = yaml.safe_dump(
        content, allow_unicode=True, sort_keys=False, default_flow_style=None
    )
    return _DEFAULT_REMARK + text if standard == default_standard(year) else text


@cache
def _timeline() -> Timeline[tuple[Standard, int]]:
    keys = (*_KEYS, "eligibility", "complaint_days")
    return read_timeline("default_standard.yaml", _default, required=keys)


def _default(part: Mapping[str, Value], _: str) -> tuple[Standard, int]:
    days = part["complaint_days"].whole(1)
    return _standard(part, annex(part["from"].day().year), None, days), days


def _given(value: Value, annex: Annex) -> Standard:
    own, days = _timeline().entries[-1].content
    return _standard(value.keys(_KEYS, _OPTIONAL), annex, own.eligibility, days)


def _standard(
    part: Mapping[str, Value], annex: Annex, eligibility: Eligibility | None, days: int
) -> Standard:
    bands = _bands(part["bands"])
    ways = _ways(part["ways"]) if "ways" in part else {}
    given = part["complaint_days"].whole(1) if "complaint_days" in part else days
    return Standard(
        name=part["name"].text(),
        points=_points(part["points"], annex),
        weights=_weights(part["weights"], (*SOURCE, *ways)),
        bands=bands,
        eligibility=_eligibility(part, bands, eligibility),
        ways=MappingProxyType(ways),
        asked=_asked(part["asked"], annex, (*SOURCE, *ways)) if "asked" in part else _NOTHING,
        procedure=part["procedure"].lines() if "procedure" in part else None,
        complaint_days=None if given == days else given,
    )


_NOTHING: Mapping[str, frozenset[int]] = MappingProxyType({})


def _points(value: Value, annex: Annex) -> tuple[int, ...]:
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


def _weights(value: Value, sources: tuple[str, ...]) -> Mapping[str, Fraction]:
    part = value.keys(sources)
    weights = {source: part[source].fraction() for source in sources}
    for source, weight in weights.items():
        if weight < 0:
            part[source].fail("权重不能是负数")
    if sum(weights.values()) != 1:
        total = plain_number(sum(weights.values(), Fraction()))
        value.fail(f"权重合计是 {total}，应是 1")
    return MappingProxyType(weights)


def _asked(value: Value, annex: Annex, sources: tuple[str, ...]) -> Mapping[str, frozenset[int]]:
    """Read which indicators a source scores; all of them are the same as not saying so."""
    found: dict[str, frozenset[int]] = {}
    for source, entry in value.keys((), sources).items():
        numbers: set[int] = set()
        for item in entry.items():
            number = item.whole(1)
            if number > len(annex.indicators):
                item.fail(f"没有这项指标，应是 1 至 {len(annex.indicators)}")
            if number in numbers:
                item.fail("这项指标写了两次")
            numbers.add(number)
        if len(numbers) < len(annex.indicators):
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


def _kept_eligibility(found: Mapping[str, Any]) -> Eligibility:
    # A rule that came after the standard was kept is the default's.
    known = asdict(_timeline().entries[-1].content[0].eligibility)
    known |= {name: value for name, value in found.items() if name in known}
    return Eligibility(**known | {"refused_bands": tuple(known["refused_bands"])})


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
