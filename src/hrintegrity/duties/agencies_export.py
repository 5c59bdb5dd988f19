"""The register written to a table, which imports again unchanged."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrintegrity.archive.reader import Reader
from hrintegrity.duties.agency_columns import table
from hrintegrity.duties.agency_views import AgencyView, listing
from hrintegrity.notice.records.agencies import AGENCY

_NAMES = tuple(field.name for field in AGENCY.which("imported"))
_WORDED = {name: AGENCY[name] for name in _NAMES if AGENCY[name].words is not None}


@dataclass(frozen=True)
class Exported:
    """A written register: the file, the rows read back from it, and how many codes are marked.

    `remarks` say in Chinese what the table has no column for, and an import would not bring back.
    """

    id: str
    file: str
    rows: int
    marked: int
    remarks: list[str]


def export(
    archive: Reader,
    path: Path,
    *,
    today: dt.date,
    district: str | None = None,
    force: bool = False,
) -> Exported:
    """Write the register to a csv or xlsx file, which imports again unchanged.

    Raises what `sheets.writing.write_table` raises.
    """
    from hrintegrity.sheets.writing import write_table  # noqa: PLC0415 — loads openpyxl by need.

    counts: Counter[str] = Counter()
    agencies = _counted(listing(archive, today=today, district=district), counts)
    rows = write_table(path, table(pledges=False), map(_row, agencies), force=force)
    remarks = list(_left_behind(counts["closed"], counts["former"]))
    return Exported(str(path), str(path), rows, counts["marked"], remarks)


def _counted(agencies: Iterable[AgencyView], counts: Counter[str]) -> Iterator[AgencyView]:
    """Yield agencies; count what is remarked on in the end."""
    for agency in agencies:
        counts["marked"] += bool(agency.code_mark)
        counts["closed"] += agency.status == "closed"
        counts["former"] += len(agency.former_names)
        yield agency


def _left_behind(closed: int, former: int) -> Iterator[str]:
    if closed:
        yield f"{closed} 家已终止的机构也在表里，但表里没有状态，导入别的档案库后为正常。"
    if former:
        yield (
            f"表里没有曾用名（{former} 个）；要整库搬移，请用 hri archive backup 或 archive copy。"
        )


def _row(agency: AgencyView) -> dict[str, Any]:
    """Return an agency in the words of the table."""
    row = {name: getattr(agency, name) for name in _NAMES}
    for name, field in _WORDED.items():
        if isinstance(row[name], str):
            row[name] = field.chinese(row[name])
    return row
