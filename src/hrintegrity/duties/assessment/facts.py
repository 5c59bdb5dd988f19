"""What the archive knows beside an indicator of annex 1, for whoever scores it."""

from __future__ import annotations

import datetime as dt

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency

ESTABLISHED = 1
IN_SERVICE = 3


def beside(archive: Archive, agency: Agency, today: dt.date) -> dict[int, tuple[str, ...]]:
    """Return Chinese sentences by indicator; one of which nothing is known is absent."""
    licence = f"许可证号 {agency.license}" if agency.license else "许可证号没有登记"
    found: dict[int, tuple[str, ...]] = {ESTABLISHED: (f"{licence}；代码 {agency.code}",)}
    if agency.code_mark:
        found[ESTABLISHED] += (agency.code_mark,)
    if agency.since is None:
        found[IN_SERVICE] = ("从业起始日期没有登记",)
    else:
        years = whole_years(agency.since, today)
        found[IN_SERVICE] = (f"自 {agency.since} 从业，到 {today} 满 {years} 年",)
    return found


def whole_years(start: dt.date, end: dt.date) -> int:
    """Return how many whole years lie between two days; never negative."""
    full = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    return max(full, 0)
