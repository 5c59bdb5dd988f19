"""The places of a campaign year: those of annex 2, or another year's that were adopted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.recommendation import QuotaSet
from hrintegrity.days import latest_year
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice.quotas import Quotas, notice_quotas, parse_quotas, read_quotas


@dataclass(frozen=True)
class QuotasView:
    """The quotas in use for a year; without `adopted` they are annex 2 itself, `annex-2-2013`."""

    id: str
    year: int
    total: int
    quotas: dict[str, int]
    adopted: dt.date | None


def in_use(archive: Archive, year: int) -> QuotasView:
    """Return the quotas of `year`: the newest that were adopted for it, or annex 2 for its own.

    Raises LookupFailedError `quotas-missing`.
    """
    row = archive.session.exec(
        select(QuotaSet).where(QuotaSet.year == year).order_by(col(QuotaSet.id).desc())
    ).first()
    if row is not None:
        return _view(parse_quotas(json.loads(row.content)), row)
    fixed = notice_quotas(year)
    if fixed is not None:
        return _view(fixed, None)
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
    return _view(quotas, row)


def _view(quotas: Quotas, row: QuotaSet | None) -> QuotasView:
    return QuotasView(
        row.id if row else f"annex-2-{quotas.year}",
        quotas.year,
        quotas.total,
        dict(quotas.by_district),
        row.adopted if row else None,
    )
