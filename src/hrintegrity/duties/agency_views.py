"""An agency as scripts and people see it: what it is shown with follows from its declaration."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.duties import ownership
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records.agencies import AGENCY

_SHOWN = ("id", *(field.name for field in AGENCY.shown))
_STORED = tuple(name for name in _SHOWN if not AGENCY[name].computed)

if TYPE_CHECKING:

    class AgencyView:
        """An agency with the fields of its declaration that are shown."""

        id: str
        code: str
        name: str

        def __getattr__(self, name: str) -> Any: ...

else:
    AgencyView = dataclasses.make_dataclass("AgencyView", _SHOWN, frozen=True)


def view(archive: Archive, agency: Agency) -> AgencyView:
    """Return an agency with its former names, latest last."""
    former = archive.session.exec(
        select(FormerName.name)
        .where(FormerName.agency_id == agency.id)
        .order_by(col(FormerName.until), FormerName.id)
    ).all()
    return _view(agency, tuple(former))


def _view(agency: Agency, former: tuple[str, ...]) -> AgencyView:
    values = {name: getattr(agency, name) for name in _STORED}
    values["former_names"] = former
    values["district_name"] = ownership.district_name(agency.district)
    return AgencyView(**values)


def listing(
    archive: Archive,
    *,
    district: str | None = None,
    kind: str | None = None,
    grade: str | None = None,
    status: str | None = None,
    unsigned: bool = False,
) -> list[AgencyView]:
    """Return the agencies that fit, by district in the annex's order, then by code.

    `unsigned` are those without a pledge (三(三) 二); unless a status is given, the active ones.
    """
    district = ownership.scope(archive, district)
    query = select(Agency)
    for column, wanted in (
        (Agency.district, district),
        (Agency.kind, kind),
        (Agency.grade, grade),
        (Agency.status, status),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if unsigned:
        from hrintegrity.archive.tables.people import Pledge  # noqa: PLC0415 — no other list.

        signed = select(Pledge.id).where(Pledge.agency_id == Agency.id)
        query = query.where(~signed.exists(), Agency.status == (status or "active"))
    former: dict[str, list[str]] = {}
    names = select(FormerName).order_by(col(FormerName.until), FormerName.id)
    for row in archive.session.exec(names):
        former.setdefault(row.agency_id, []).append(row.name)
    order = {code: place for place, code in enumerate(BY_CODE)}
    found = archive.session.exec(query).all()
    return [
        _view(agency, tuple(former.get(agency.id, ())))
        for agency in sorted(found, key=lambda a: (order[a.district], a.code))
    ]
