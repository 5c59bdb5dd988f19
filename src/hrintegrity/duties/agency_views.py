"""An agency as scripts and people see it: what it is shown with follows from its declaration."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import namedtuple
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.asking import as_day, as_truth, no_day
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import agency_lookup, ownership
from hrintegrity.duties.agency_texts import former_names
from hrintegrity.duties.name_search import as_kept, matches
from hrintegrity.errors import UnusableError
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.notice.records.agencies import AGENCY
from hrintegrity.rules.licences import license_state

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
    # Lists are kept pickled, and a class is pickled by the name of its module.
    AgencyView.__module__ = __name__


_Stored = namedtuple("_Stored", _STORED)  # type: ignore[misc]  # The fields are the declaration's.
_stored_values = attrgetter(*_STORED)
_READ = [
    (place, as_day if AGENCY[name].is_date else as_truth)
    for place, name in enumerate(_STORED)
    if AGENCY[name].is_date or AGENCY[name].is_flag
]
"""The places of days and truths, each with what reads it from what a driver gives."""


def show(archive: Reader, text: str, *, today: dt.date) -> AgencyView:
    """Return one agency. Raises as `agency_lookup.find`."""
    found = agency_lookup.find(archive, text)
    (agency,) = _stored(archive, f"WHERE id = {archive.mark}", [found.id])
    return view(archive, agency, today=today)


def view(archive: Reader, agency: Any, *, today: dt.date) -> AgencyView:
    """Return an agency, given as its row, with its former names and its licence as it is today."""
    before = names_before(archive, f"WHERE agency_id = {archive.mark}", [agency.id])
    cancelled = cancellations(archive, agency.id).get(agency.id)
    return _view(agency, before.get(agency.id, ()), state_of(agency, cancelled, today))


def _stored(archive: Reader, rest: str, values: Sequence[str]) -> Iterator[Any]:
    """Yield the rows of agencies that a query finds, which goes on with `rest`."""
    for row in archive.stream(f"SELECT {', '.join(_STORED)} FROM agency {rest}", values):
        columns = list(row)
        try:
            for place, read in _READ:
                if columns[place] is not None:
                    columns[place] = read(columns[place])
        except UnusableError as error:
            where = f"（agency 表 {columns[0]} 行 {_STORED[place]} 列）"
            raise no_day(f"{columns[place]!r}{where}") from error
        yield _Stored._make(columns)


def names_before(
    archive: Reader, condition: str = "", values: Sequence[str] = ()
) -> dict[str, list[str]]:
    """Return the names that agencies bore before, by their identities, the latest last."""
    found: dict[str, list[str]] = {}
    sql = f"SELECT agency_id, name FROM former_name {condition} ORDER BY until, id"
    for agency_id, name in archive.stream(sql, values):
        found.setdefault(agency_id, []).append(name)
    return found


def cancellations(archive: Reader, agency_id: str | None = None) -> dict[str, dt.date]:
    """Return when the licences of these agencies were cancelled, by a decision that stands."""
    sql = (
        "SELECT agency_id, MAX(date) FROM sanction WHERE kind = 'cancel-licence'"
        " AND withdrawn IS NULL AND practitioner_id IS NULL{} GROUP BY agency_id"
    )
    one = "" if agency_id is None else f" AND agency_id = {archive.mark}"
    given = () if agency_id is None else (agency_id,)
    found = archive.connection.exec_driver_sql(sql.format(one), given)
    return {agency: as_day(date) for agency, date in found}


def state_of(agency: Any, cancelled: dt.date | None, today: dt.date) -> str:
    """Return the state of a licence on a day."""
    return license_state(
        agency.license,
        issued=agency.license_from,
        until=agency.license_until,
        cancelled=cancelled,
        today=today,
    )


def _view(agency: Any, before: Sequence[str], state: str) -> AgencyView:
    values = dict(zip(_STORED, _stored_values(agency), strict=True))
    values["former_names"] = former_names(before, agency.name)
    values["district_name"] = ownership.district_name(agency.district)
    values["license_state"] = state
    return AgencyView(**values)


def listing(
    archive: Reader,
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
    wanted = {"district": district, "kind": kind, "grade": grade, "status": status}
    given = {column: value for column, value in wanted.items() if value is not None}
    conditions, values = [f"{column} = {archive.mark}" for column in given], list(given.values())
    if expiring is not None:
        conditions.append(f"license_until <= {archive.mark}")
        values.append((today + dt.timedelta(days=expiring)).isoformat())
    if unsigned:
        conditions.append("NOT EXISTS (SELECT 1 FROM pledge WHERE pledge.agency_id = agency.id)")
    if (unsigned or expiring is not None) and status is None:
        conditions.append("status = 'active'")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    before, cancelled = names_before(archive), cancellations(archive)
    name = None if name is None else as_kept(name)
    for agency in _stored(archive, f"{where} ORDER BY {_IN_ORDER}, code", values):
        earlier = before.get(agency.id, ())
        if name is None or matches(name, [agency.name, *earlier], agency.code):
            yield _view(agency, earlier, state_of(agency, cancelled.get(agency.id), today))


_IN_ORDER = "CASE district {} END".format(
    " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(BY_CODE))
)
"""The order of the districts in the annex, in SQL."""
