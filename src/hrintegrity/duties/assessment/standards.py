"""Which standard a district assesses by: its own, the city's, or the project's default."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.assessment import DistrictStandard
from hrintegrity.duties import offices
from hrintegrity.rules.standard import (
    Standard,
    default_standard,
    parse_standard,
    read_standard,
    standard_yaml,
)

WHOLE_CITY = ""


@dataclass(frozen=True)
class StandardView:
    """The standard in use, and whose it is; the project's own is `default`, also by its `id`."""

    id: str
    district: str | None
    year: int
    default: bool
    standard: Standard

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        head = {"id": self.id, "district": self.district, "year": self.year}
        return head | {"default": self.default} | self.standard.as_mapping()


class Standards:
    """The standards of one year, read once for a command that meets many agencies."""

    def __init__(self, archive: Archive, year: int) -> None:
        self.year = year
        rows = archive.session.exec(
            select(DistrictStandard)
            .where(DistrictStandard.year <= year)
            .order_by(col(DistrictStandard.year), col(DistrictStandard.id))
        )
        self._newest = {row.district: row for row in rows}

    def of(self, district: str | None) -> StandardView:
        """Return the standard by which a district assesses.

        The newest that the district adopted up to that year; else the city's for all districts
        that have none of their own; else the project's default, since the notice leaves it open
        (三(五)).
        """
        for whose in (district or WHOLE_CITY, WHOLE_CITY):
            row = self._newest.get(whose)
            if row is not None:
                return StandardView(row.id, whose or None, row.year, False, parsed(row.content))
        return StandardView("default", None, self.year, True, default_standard())


def in_use(archive: Archive, district: str | None, year: int) -> StandardView:
    """Return the standard by which a district assesses in `year`."""
    return Standards(archive, year).of(district)


def adopt(
    archive: Archive, path: Path, *, district: str | None, year: int, today: dt.date
) -> StandardView:
    """Take a district's standard from a YAML file.

    Without a district: a district's archive its own, the city's every district that has none of
    its own. Raises InputError `standard-refused`, LookupFailedError `file-missing`.
    """
    standard = read_standard(path)
    whose = offices.scope(archive, district) or WHOLE_CITY
    before = in_use(archive, whose, year)
    if (
        not before.default
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
            content=json.dumps(standard.as_mapping(), ensure_ascii=False, sort_keys=True),
            adopted=today,
        ),
    )
    return StandardView(row.id, whose or None, year, False, standard)


def as_yaml(archive: Archive, district: str | None, year: int) -> str:
    """Return the standard in use as the YAML that `adopt` reads."""
    return standard_yaml(in_use(archive, offices.scope(archive, district), year).standard)


def title(standard: Standard) -> str:
    """Return a standard's name as it is printed; the project's own is named as such."""
    remark = "（本程序自带，通知没有规定）" if standard == default_standard() else ""
    return f"{standard.name}{remark}"


@lru_cache(maxsize=64)
def parsed(content: str) -> Standard:
    """Return the standard of stored JSON text."""
    return parse_standard(json.loads(content))
