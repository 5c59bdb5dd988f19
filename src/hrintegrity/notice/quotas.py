"""Annex 2: how many demonstration units each of the eighteen units may recommend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping
from hrintegrity.notice.districts import BY_CODE, DISTRICTS, find_district
from hrintegrity.notice.timeline import Timeline, read_timeline


@dataclass(frozen=True)
class Quotas:
    """The places of one campaign year, by district code in the order of annex 2."""

    year: int
    total: int
    by_district: Mapping[str, int]

    def as_mapping(self) -> dict[str, Any]:
        """Return what `parse_quotas` reads back, fit for JSON and YAML."""
        return {"year": self.year, "total": self.total, "quotas": dict(self.by_district)}


@dataclass(frozen=True)
class CommercialShare:
    """The note under annex 2: the least share of commercial agencies, and who is exempt."""

    least: Fraction
    exempt: frozenset[str]
    note: str
    clause: str


def notice_quotas(year: int) -> Quotas | None:
    """Return the quotas that the notice sets for a year, if it does.

    Raises UnusableError `data-broken`.
    """
    found = _timeline().in_year(year).quotas
    return found if found.year == year else None


def commercial_share(year: int) -> CommercialShare:
    """Return the note of annex 2 on commercial agencies, as it holds for a year.

    Raises UnusableError `data-broken`.
    """
    return _timeline().in_year(year).share


def read_quotas(path: Path, *, latest: int | None = None) -> Quotas:
    """Read another year's quotas: `year`, at most `latest`, `total`, `quotas` of all 18 units.

    Raises InputError `quotas-refused`, LookupFailedError `file-missing`.
    """
    return _quotas(given_file(path, "quotas-refused").keys(("year", "total", "quotas")), latest)


def parse_quotas(content: Mapping[str, Any], name: str = "名额") -> Quotas:
    """Take quotas as `Quotas.as_mapping` gives them. Raises InputError `quotas-refused`."""
    return _quotas(given_mapping(content, name, "quotas-refused").keys(("year", "total", "quotas")))


@dataclass(frozen=True)
class _Annex:
    quotas: Quotas
    share: CommercialShare


@cache
def _timeline() -> Timeline[_Annex]:
    required = ("year", "total", "quotas", "commercial")
    return read_timeline("seed_quotas.yaml", _annex, required=required)


def _annex(part: Mapping[str, Value], clause: str) -> _Annex:
    note = part["commercial"].keys(("at_least_percent", "except", "note"))
    exempt = note["except"].items()
    for value in exempt:
        if value.text() not in BY_CODE:
            value.fail("没有这个区县代码")
    share = CommercialShare(
        Fraction(note["at_least_percent"].whole(), 100),
        frozenset(value.text() for value in exempt),
        note["note"].text(),
        clause,
    )
    return _Annex(_quotas(part), share)


def _quotas(part: Mapping[str, Value], latest: int | None = None) -> Quotas:
    found: dict[str, int] = {}
    for name, value in part["quotas"].entries().items():
        try:
            code = find_district(name).code
        except ValueError as error:
            value.fail(str(error))
        if code in found:
            value.fail("这个区县写了两次")
        found[code] = value.whole()
    missing = [district.name for district in DISTRICTS if district.code not in found]
    if missing:
        part["quotas"].fail(f"缺少：{'、'.join(missing)}")
    total = part["total"].whole()
    if sum(found.values()) != total:
        part["total"].fail(f"各单位名额合计是 {sum(found.values())}，不是 {total}")
    ordered = {district.code: found[district.code] for district in DISTRICTS}
    return Quotas(part["year"].year(latest), total, MappingProxyType(ordered))
