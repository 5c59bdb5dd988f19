"""The places of a campaign year: those of annex 2, or another year's that were adopted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.days import latest_year
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.quotas import Quotas, notice_quotas, parse_quotas, read_quotas

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive


@dataclass(frozen=True)
class QuotasView:
    """The quotas in use for a year; without `adopted` they are annex 2 itself, `annex-2-2013`."""

    id: str
    year: int
    total: int
    quotas: dict[str, int]
    adopted: dt.date | None


_NEWEST = "SELECT id, content, adopted FROM quota_set WHERE year = :year ORDER BY id DESC LIMIT 1"


def in_use(archive: Reader, year: int) -> QuotasView:
    """Return the quotas of `year`: the newest that were adopted for it, or annex 2 for its own.

    Raises LookupFailedError `quotas-missing`.
    """
    row = archive.query(_NEWEST, {"year": year}).first()
    if row is not None:
        id_, content, adopted = row
        return _view(id_, parse_quotas(json.loads(content)), as_day(adopted))
    fixed = notice_quotas(year)
    if fixed is not None:
        return _view(f"annex-2-{year}", fixed, None)
    raise LookupFailedError(
        "quotas-missing",
        f"没有{year}年的推荐名额（附件2没有定这一年的）。",
        "请用 hri recommend quotas use 文件.yaml 采用当年的名额。",
        clause="附件2",
    )


def adopt(archive: Archive, path: Path, *, today: dt.date) -> QuotasView:
    """Take another year's quotas from a YAML file; equal ones are left as they are.

    Raises InputError `quotas-refused`, LookupFailedError `file-missing`, RuleError `quotas-fixed`
    for other quotas of the year for which the notice sets them.
    """
    from hrintegrity.archive import writer  # noqa: PLC0415 — `in_use` must not load it.
    from hrintegrity.archive.tables.recommendation import QuotaSet  # noqa: PLC0415

    quotas = read_quotas(path, latest=latest_year(today))
    try:
        before = in_use(archive, quotas.year)
    except LookupFailedError:
        before = None
    if before is not None and before.quotas == dict(quotas.by_district):
        return before
    if notice_quotas(quotas.year) is not None:
        raise RuleError(
            "quotas-fixed",
            f"{quotas.year}年的名额由通知规定，不能改用别的。",
            "文件里的 year 应是另一年。",
            clause="附件2",
        )
    content = json.dumps(quotas.as_mapping(), ensure_ascii=False)
    row = writer.insert(archive, QuotaSet(year=quotas.year, content=content, adopted=today))
    return _view(row.id, quotas, today)


def _view(id_: str, quotas: Quotas, adopted: dt.date | None) -> QuotasView:
    return QuotasView(id_, quotas.year, quotas.total, dict(quotas.by_district), adopted)
