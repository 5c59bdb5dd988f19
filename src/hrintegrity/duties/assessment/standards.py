"""Which standard a district assesses by: its own, the city's, or the project's default."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.reader import Reader
from hrintegrity.compact_json import encode
from hrintegrity.duties import offices
from hrintegrity.duties.assessment import annexes
from hrintegrity.errors import RuleError, UsageError
from hrintegrity.notice.indicators import Annex, annex
from hrintegrity.notice.words import abbreviated
from hrintegrity.rules.standard import Standard
from hrintegrity.rules.standard_reading import (
    default_complaint_days,
    default_standard,
    kept_standard,
    read_standard,
    standard_yaml,
)

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive

WHOLE_CITY = ""

_ADOPTED = "SELECT id, district, year, content FROM standard WHERE year <= :year ORDER BY year, id"


@dataclass(frozen=True)
class StandardView:
    """The standard in use, and whose it is; the project's own is `default`, also by its `id`."""

    id: str
    district: str | None
    year: int
    default: bool
    standard: Standard

    @cached_property
    def text(self) -> str:
        """The standard as JSON text; equal standards give equal text."""
        return as_text(self.standard)

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        head = {"id": self.id, "district": self.district, "year": self.year}
        found = head | {"default": self.default} | self.standard.as_mapping(whole=True)
        found["complaint_days"] = found["complaint_days"] or default_complaint_days(self.year)
        return found


class Standards:
    """The standards of one year with its annex, read once for a command that meets many agencies.

    A standard fits a year whose annex has the categories and indicators of the annex that the
    standard was made for; the project's default fits the notice's annex.
    """

    def __init__(self, archive: Reader, year: int) -> None:
        self.year = year
        self.annex = annexes.in_use(archive, year)
        known: dict[int, bool] = {year: True}
        self._views: dict[str, StandardView] = {}
        for id_, district, since, content in archive.query(_ADOPTED, {"year": year}).all():
            if since not in known:
                known[since] = annexes.in_use(archive, since).same_as(self.annex)
            standard = kept_standard(content)
            if known[since] and fits(standard, self.annex):
                whose = district or None
                self._views[district] = StandardView(id_, whose, since, False, standard)
        if self.annex.same_as(annex(year)):
            default = StandardView("default", None, year, True, default_standard(year))
            self._views.setdefault(WHOLE_CITY, default)

    def find(self, district: str | None) -> StandardView | None:
        """Return the standard by which a district assesses, if there is one.

        The newest that the district adopted up to that year; else the city's for all districts
        that have none of their own; else the project's default, since the notice leaves it open
        (三(五)).
        """
        return self._views.get(district or WHOLE_CITY) or self._views.get(WHOLE_CITY)

    def of(self, district: str | None) -> StandardView:
        """Return the standard by which a district assesses. Raises RuleError `no-standard`."""
        found = self.find(district)
        if found is None:
            raise RuleError(
                "no-standard",
                f"{self.year}年的评估指标与通知附件1不同，还没有按它制定的评估标准。",
                f"请先用 hri assess standard use 文件.yaml --year {self.year} 启用。",
                clause="三(五)",
            )
        return found

    def ways(self) -> dict[str, str]:
        """Return the further ways of evaluation of all districts, with their words."""
        return {
            way: word for found in self._views.values() for way, word in found.standard.ways.items()
        }

    def asked_by_all(self) -> frozenset[int]:
        """Return the indicators that every source of every district is asked about."""
        everything = frozenset(indicator.id for indicator in self.annex.indicators)
        return everything.difference(*(v.standard.partly_asked for v in self._views.values()))


def fits(standard: Standard, annex: Annex) -> bool:
    """Say whether a standard's points add up to each category's of an annex."""
    return len(standard.points) == len(annex.indicators) and all(
        sum(standard.points[span]) == category.points * 10
        for category, span in zip(annex.categories, annex.spans, strict=True)
    )


def source_named(standard: Standard, text: str) -> str:
    """Return the source that a text names, by its code or its word.

    Raises UsageError `wrong-usage` for one that the standard has not.
    """
    for source in standard.sources:
        if text in (source, standard.word(source)):
            return source
    known = "、".join(f"{standard.word(one)}（{one}）" for one in standard.sources)
    near = abbreviated(text.strip(), map(standard.word, standard.sources))
    meant = f"是否指 --source {near}？" if near else ""
    hint = f"{meant}--source 可以是：{known}。"
    raise UsageError("wrong-usage", f"评估标准没有这种评价方式：{text}", hint)


def in_use(archive: Reader, district: str | None, year: int) -> StandardView:
    """Return the standard by which a district assesses. Raises RuleError `no-standard`."""
    return Standards(archive, year).of(district)


def complaint_days(archive: Reader, district: str | None, year: int) -> int:
    """Return within how many days a district answers complaints: the standard's, or the default."""
    found = Standards(archive, year).find(district)
    days = None if found is None else found.standard.complaint_days
    return default_complaint_days(year) if days is None else days


def adopt(
    archive: Archive, path: Path, *, district: str | None, year: int, today: dt.date
) -> StandardView:
    """Take a district's standard from a YAML file.

    Without a district: a district's archive its own, the city's every district that has none of
    its own. Raises InputError `standard-refused`, LookupFailedError `file-missing`.
    """
    from hrintegrity.archive import writer  # noqa: PLC0415 — to read must not load it.
    from hrintegrity.archive.tables.assessment import DistrictStandard  # noqa: PLC0415

    standards = Standards(archive, year)
    standard = read_standard(path, standards.annex)
    whose = offices.scope(archive, district) or WHOLE_CITY
    before = standards.find(whose)
    if (
        before is not None
        and not before.default
        and before.standard == standard
        and (before.district or WHOLE_CITY) == whose
    ):
        return before
    row = writer.insert(
        archive,
        DistrictStandard(
            district=whose,
            year=year,
            name=standard.name,
            content=as_text(standard),
            adopted=today,
        ),
    )
    return StandardView(row.id, whose or None, year, False, standard)


def as_yaml(archive: Reader, district: str | None, year: int) -> str:
    """Return the standard in use as the YAML that `adopt` reads."""
    return standard_yaml(in_use(archive, offices.scope(archive, district), year).standard, year)


def as_text(standard: Standard) -> str:
    """Return a standard as stored JSON text; equal standards give equal text."""
    return encode(standard.as_mapping())


def title(standard: Standard, year: int) -> str:
    """Return a standard's name as it is printed; the project's own is named as such."""
    remark = "（本程序自带，通知没有规定）" if standard == default_standard(year) else ""
    return f"{standard.name}{remark}"
