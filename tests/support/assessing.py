"""What tests of assessment share: sheets of scores, agencies by the dozen, a second campaign."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive, open_archive
from hrintegrity.archive.tables.office import Campaign
from running import JSON, Hri, Ran
from server import location_of

POINTS = (3, 2, 2, 3, 4, 4, 4, 3, 4, 4, 4, 3, 7, 7, 8, 8, 5, 5, 5, 5, 5, 5)
"""The default standard's points, typed by hand."""

WEIGHTS = {"self": 2, "expert": 5, "public": 3}
"""The default standard's weights, in tenths."""

Scores = Sequence[float | int]


def scores(*, less: Mapping[int, float] | None = None) -> list[float | int]:
    """Full marks, less what is said by indicator."""
    given: list[float | int] = list(POINTS)
    for number, points in (less or {}).items():
        given[number - 1] = round(given[number - 1] - points, 1)
    return given


def as_json(given: Scores) -> str:
    return json.dumps({str(number): score for number, score in enumerate(given, 1)})


def rate(
    hri: Hri,
    agency: str,
    given: Scores | None = None,
    *more: str,
    source: str = "expert",
    rater: str = "王专家",
) -> Ran:
    """Give one agency a sheet by `hri assess run --scores -`."""
    arguments = ("--source", source, "--rater", rater, "--scores", "-", *more)
    return hri("assess", "run", agency, *arguments, stdin=as_json(given or scores()))


def write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        table = csv.writer(file)
        table.writerow(headers)
        table.writerows(rows)
    return path


def write_agencies(path: Path, rows: Iterable[tuple[str, str, str]]) -> Path:
    """Write a register of (name, code, district)."""
    headers = ("机构名称", "统一社会信用代码", "区县", "机构性质")
    return write_csv(path, headers, [(*row, "经营性") for row in rows])


def write_sheets(path: Path, rows: Iterable[tuple[str, str, str, Scores]]) -> Path:
    """Write sheets of (code, source, rater, scores)."""
    headers = ("统一社会信用代码", "评价方式", "评价人", *map(str, range(1, 23)))
    return write_csv(path, headers, [(*row[:3], *row[3]) for row in rows])


def result(hri: Hri, agency: str, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = hri("assess", "result", agency, *more, *JSON).ok().json
    return found


@contextmanager
def opened(hri: Hri, *, write: bool = True):
    """Open the archive as the duties do."""
    with open_archive(location_of(hri.archive), operator=hri.operator, write=write) as archive:
        yield archive


def start_campaign(hri: Hri, year: int) -> None:
    """Start another year's campaign, through `archive.writer`."""
    with opened(hri) as archive:
        writer.insert(archive, _campaign(archive, year))


def _campaign(archive: Archive, year: int) -> Campaign:
    days = (dt.date(year, 10, 1), dt.date(year, 10, 31), dt.date(year, 11, 5))
    return Campaign(year=year, start=days[0], end=days[1], deadline=days[2])
