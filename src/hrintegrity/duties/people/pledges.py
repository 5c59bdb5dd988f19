"""The agencies' 诚信自律承诺书 (三(三) 二): recorded when signed, and blank forms to be signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.people import Pledge
from hrintegrity.documents import Paper, check_template, compose
from hrintegrity.duties import agencies, offices
from hrintegrity.duties.agency_views import AgencyView
from hrintegrity.duties.entering import odd_day
from hrintegrity.errors import LookupFailedError

FORMS = ("agency", "staff")


@dataclass(frozen=True)
class PledgeView:
    """An agency's signed pledge; `displayed` is None where nobody looked."""

    id: str
    code: str
    name: str
    date: dt.date
    displayed: bool | None


def sign(
    archive: Archive, text: str, *, date: dt.date, displayed: bool | None
) -> tuple[PledgeView, tuple[str, ...]]:
    """Record that an agency signed on a day, and whether the pledge is displayed.

    A second pledge in one year, that of a campaign, replaces the first, which is pointed out, as is
    a year that has no campaign. The same day again only records whether it is displayed. Raises
    LookupFailedError `pledge-exists` where that is recorded too.
    """
    agency = agencies.find(archive, text)
    row = _of_year(archive, agency.id, date.year)
    warnings: tuple[str, ...] = ()
    if row is None:
        row = writer.insert(archive, Pledge(agency_id=agency.id, date=date, displayed=displayed))
    elif row.date != date:
        warnings = (
            f"{agency.name}{date.year}年已登记于 {row.date} 签署承诺书，"
            f"现改为 {date} 签署的这一份；原来的留在日志里，登错的再登记一次 {row.date} 改回。",
        )
        seen = row.displayed if displayed is None else displayed
        writer.update(archive, row, {"date": date, "displayed": seen})
    elif displayed is None or not writer.update(archive, row, displayed=displayed):
        raise LookupFailedError(
            "pledge-exists",
            f"{agency.name}已登记于 {date} 签署承诺书。",
            "要登记是否公开，请加 --displayed 或 --not-displayed；误登的用 hri archive withdraw。",
        )
    view = PledgeView(row.id, agency.code, agency.name, row.date, row.displayed)
    warnings += offices.no_campaign(archive, date, what="签署日期")
    return view, (*warnings, *odd_day(agency, date, what="签署日期"))


def _of_year(archive: Archive, agency_id: str, year: int) -> Pledge | None:
    """Return the pledge that an agency signed last in a year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return archive.session.exec(
        select(Pledge)
        .where(Pledge.agency_id == agency_id, Pledge.date >= first, Pledge.date <= last)
        .order_by(col(Pledge.date).desc(), col(Pledge.id).desc())
    ).first()


def latest(archive: Archive, agency_id: str) -> Pledge | None:
    """Return the pledge that an agency signed last."""
    return archive.session.exec(
        select(Pledge)
        .where(Pledge.agency_id == agency_id)
        .order_by(col(Pledge.date).desc(), col(Pledge.id).desc())
    ).first()


def blank_form(
    form: str, *, agency: AgencyView | None = None, templates: Path | None = None
) -> Paper:
    """Return a form to be signed: `agency` or `staff`, with an agency's name where one is given.

    The office's own text stands in its folder of templates. Raises InputError `template-broken`.
    """
    template = f"pledge/{form}"
    check_template(template, templates)
    named: dict[str, Any] | None = None
    if agency is not None:
        named = {"name": agency.name, "code": agency.code}
    return compose(template, {"agency": named}, office_templates=templates)
