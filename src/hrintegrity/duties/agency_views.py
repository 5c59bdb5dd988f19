"""An agency as scripts and people see it: what it is shown with follows from its declaration."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlmodel import case, col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_of
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.chunking import AT_ONCE
from hrintegrity.duties import ownership
from hrintegrity.duties.name_search import matches
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.licences import license_state

_SHOWN = ("id", *(field.name for field in AGENCY.shown))
_STORED = tuple(name for name in _SHOWN if not AGENCY[name].computed)
_stored = attrgetter(*_STORED)

if TYPE_CHECKING:

    class AgencyView:
        """An agency with the fields of its declaration that are shown."""

        id: str
        code: str
        name: str

        def __getattr__(self, name: str) -> Any: ...

else:
    AgencyView = dataclasses.make_dataclass("AgencyView", _SHOWN, frozen=True)
    # Lists are kept pickled, and a class is pickled by the name of its module.
    AgencyView.__module__ = __name__


def view(archive: Archive, agency: Agency, *, today: dt.date) -> AgencyView:
    """Return an agency with its former names, latest last, its licence as it is today."""
    former = archive.session.exec(
        select(FormerName.name)
        .where(FormerName.agency_id == agency.id)
        .order_by(col(FormerName.until), FormerName.id)
    ).all()
    cancelled = cancellations(archive, agency.id).get(agency.id)
    return _view(_stored(agency), tuple(former), state_of(agency, cancelled, today))


def cancellations(archive: Archive, agency_id: str | None = None) -> dict[str, dt.date]:
    """Return when the licences of these agencies were cancelled, by a decision that stands."""
    sql = (
        "SELECT agency_id, MAX(date) FROM sanction WHERE kind = 'cancel-licence'"
        " AND withdrawn IS NULL AND practitioner_id IS NULL{} GROUP BY agency_id"
    )
    one = "" if agency_id is None else f" AND agency_id = {'?' if archive.is_sqlite else '%s'}"
    given = () if agency_id is None else (agency_id,)
    found = archive.connection.exec_driver_sql(sql.format(one), given)
    return {agency: _day(date) for agency, date in found}


def state_of(agency: Any, cancelled: dt.date | None, today: dt.date) -> str:
    """Return the state of a licence on a day."""
    return license_state(
        agency.license,
        issued=agency.license_from,
        until=agency.license_until,
        cancelled=cancelled,
        today=today,
    )


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _view(stored: Iterable[Any], former: tuple[str, ...], state: str) -> AgencyView:
    values = dict(zip(_STORED, stored, strict=True))
    values["former_names"] = former
    values["district_name"] = ownership.district_name(values["district"])
    values["license_state"] = state
    return AgencyView(**values)


def listing(
    archive: Archive,
    *,
    today: dt.date,
    name: str | None = None,
    district: str | None = None,
    kind: str | None = None,
    grade: str | None = None,
    status: str | None = None,
    unsigned: bool = False,
    expiring: int | None = None,
) -> Iterator[AgencyView]:
    """Yield the agencies that fit, by district in the annex's order, then by code.

    `name` is part of a name, present or former, of a code, or the initials of a name's pinyin.
    `unsigned` are those without a pledge (三(三) 二), `expiring` those whose licence has ended or
    ends within so many days; unless a status is given, the active ones.
    """
    district = ownership.scope(archive, district)
    query = select(*(table_of(Agency).c[column] for column in _STORED))
    for column, wanted in (
        (Agency.district, district),
        (Agency.kind, kind),
        (Agency.grade, grade),
        (Agency.status, status),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    if expiring is not None:
        last = today + dt.timedelta(days=expiring)
        query = query.where(
            table_of(Agency).c.license_until <= last, Agency.status == (status or "active")
        )
    if unsigned:
        from hrintegrity.archive.tables.people import Pledge  # noqa: PLC0415 — no other list.

        signed = select(Pledge.id).where(Pledge.agency_id == Agency.id)
        query = query.where(~signed.exists(), Agency.status == (status or "active"))
    former: dict[str, list[str]] = {}
    names = select(FormerName).order_by(col(FormerName.until), FormerName.id)
    for row in archive.session.exec(names):
        former.setdefault(row.agency_id, []).append(row.name)
    cancelled = cancellations(archive)
    order = {code: place for place, code in enumerate(BY_CODE)}
    query = query.order_by(case(order, value=Agency.district), Agency.code)
    for agency in archive.session.exec(query.execution_options(yield_per=AT_ONCE)):
        earlier = tuple(former.get(agency.id, ()))
        if name is None or matches(name, [agency.name, *earlier], agency.code):
            yield _view(agency, earlier, state_of(agency, cancelled.get(agency.id), today))
