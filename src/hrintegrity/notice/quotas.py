"""Annex 2: how many demonstration units each of the eighteen units may recommend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hrintegrity.notice._reading import Value, given_file, given_mapping, own_file
from hrintegrity.notice.clauses import read_clause
from hrintegrity.notice.districts import BY_CODE, DISTRICTS, find_district


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


@cache
def seed_quotas() -> Quotas:
    """Return the quotas of 2013. Raises UnusableError `data-broken`."""
    return _quotas(_seed())


@cache
def commercial_share() -> CommercialShare:
    """Return the note of annex 2 on commercial agencies. Raises UnusableError `data-broken`."""
    part = _seed()["commercial"].keys(("at_least_percent", "except", "note"))
    exempt = part["except"].items()
    for value in exempt:
        if value.text() not in BY_CODE:
            value.fail("没有这个区县代码")
    return CommercialShare(
        Fraction(part["at_least_percent"].whole(), 100),
        frozenset(value.text() for value in exempt),
        part["note"].text(),
        read_clause(_seed()["clause"]),
    )


def read_quotas(path: Path) -> Quotas:
    """Read another year's quotas: `year`, `total`, `quotas` of all eighteen units.

    Raises InputError `quotas-refused`, LookupFailedError `file-missing`.
    """
    return _quotas(given_file(path, "quotas-refused").keys(("year", "total", "quotas")))


def parse_quotas(content: Mapping[str, Any], name: str = "名额") -> Quotas:
    """Take quotas as `Quotas.as_mapping` gives them. Raises InputError `quotas-refused`."""
    return _quotas(given_mapping(content, name, "quotas-refused").keys(("year", "total", "quotas")))


@cache
def _seed() -> dict[str, Value]:
    file = own_file("seed_quotas.yaml")
    return file.keys(("notice", "clause", "year", "total", "quotas", "commercial"))


def _quotas(part: Mapping[str, Value]) -> Quotas:
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
    return Quotas(part["year"].year(), total, MappingProxyType(ordered))
