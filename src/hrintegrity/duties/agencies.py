"""The register of agencies: looking up, adding, editing, closing (三(一)2, 三(六)1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency, AgencyChange, FormerName
from hrintegrity.duties import agency_codes, ownership
from hrintegrity.duties.agency_texts import checked_code, checked_name, checked_text, name_key
from hrintegrity.errors import LookupFailedError, RuleError, UsageError
from hrintegrity.notice.districts import BY_CODE, District
from hrintegrity.rules.codes import check_code
from hrintegrity.text import fold

NAMED_AT_MOST = 10

DATED = frozenset(
    "code code_mark name district kind license since representative address phone grade graded "  # noqa: SIM905 — a column of 16 names says less.
    "location status closed close_reason".split()
)
"""Fields whose changes are kept with their day, so that an agency can be seen as it stood."""


@dataclass(frozen=True)
class AgencyView:
    """An agency as scripts see it; the keys of docs/contract.md first."""

    id: str
    code: str
    name: str
    former_names: tuple[str, ...]
    district: str
    district_name: str
    kind: str
    license: str | None
    since: dt.date | None
    representative: str | None
    address: str | None
    phone: str | None
    grade: str | None
    status: str
    code_mark: str | None
    graded: dt.date | None
    location: str | None
    closed: dt.date | None
    close_reason: str | None


@dataclass(frozen=True)
class Added:
    """A new or edited agency, what has to be said about it, and whether anything was written."""

    agency: AgencyView
    warnings: tuple[str, ...]
    changed: bool = True


def find(archive: Archive, text: str) -> Agency:
    """Return the agency of a code, a licence number, a full name, both also former, or part of one.

    Raises LookupFailedError `agency-missing` or `agency-ambiguous`, RuleError `not-ours`.
    """
    agency = find_anywhere(archive, text)
    refuse_foreign(ownership.owner(archive), agency)
    return agency


def refuse_foreign(own: District, agency: Agency) -> None:
    """Raise RuleError `not-ours` for an agency that another district is responsible for."""
    if own.code not in (ownership.CITY, agency.district):
        raise ownership.not_ours(own, agency.name)


def find_anywhere(archive: Archive, text: str) -> Agency:
    """Return an agency as `find` does, also one that another district is responsible for."""
    for query in _queries(archive, text, name_key(text)):
        found = (
            archive.session.exec(query.order_by(Agency.code).limit(NAMED_AT_MOST + 1))
            .unique()
            .all()
        )
        if len(found) == 1:
            return found[0]
        if found:
            named = "、".join(f"{a.name}（{a.code}）" for a in found[:NAMED_AT_MOST])
            more = "等" if len(found) > NAMED_AT_MOST else ""
            raise LookupFailedError(
                "agency-ambiguous", f"“{text}”可指不止一家机构：{named}{more}", "请用信用代码指明。"
            )
    raise LookupFailedError(
        "agency-missing", f"没有这家机构：{text}", "请核对信用代码、许可证号或名称。"
    )


def _queries(archive: Archive, text: str, key: str) -> Iterator[SelectOfScalar[Agency]]:
    """Yield the ways of finding an agency, the surest first; each only where none before did."""
    if not key:
        return
    code = check_code(text)
    yield select(Agency).where(Agency.code == code.code)
    yield select(Agency).where(col(Agency.license).in_(_spellings(text.strip())))
    yield select(Agency).where(Agency.name_key == key)
    yield select(Agency).join(FormerName).where(FormerName.name_key == key)
    if code.kind is not None:
        yield select(Agency).where(col(Agency.id).in_(agency_codes.bearers(archive, code.code)))
    yield select(Agency).where(col(Agency.name_key).contains(key, autoescape=True))


def _spellings(licence: str) -> set[str]:
    """Return a licence number as it is written, in half width, and with full-width brackets."""
    half = fold(licence)
    return {licence, half, half.replace("(", "（").replace(")", "）")}


def show(archive: Archive, text: str) -> AgencyView:
    """Return one agency."""
    return view(archive, find(archive, text))


def view(archive: Archive, agency: Agency) -> AgencyView:
    """Return an agency with its former names, latest last."""
    former = archive.session.exec(
        select(FormerName.name)
        .where(FormerName.agency_id == agency.id)
        .order_by(col(FormerName.until), FormerName.id)
    ).all()
    return _view(agency, tuple(former))


def _view(agency: Agency, former: tuple[str, ...]) -> AgencyView:
    return AgencyView(
        agency.id,
        agency.code,
        agency.name,
        former,
        agency.district,
        ownership.district_name(agency.district),
        agency.kind,
        agency.license,
        agency.since,
        agency.representative,
        agency.address,
        agency.phone,
        agency.grade,
        agency.status,
        agency.code_mark,
        agency.graded,
        agency.location,
        agency.closed,
        agency.close_reason,
    )


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


def add(
    archive: Archive,
    *,
    name: str,
    code: str,
    district: str | None,
    kind: str,
    today: dt.date,
    lenient_codes: bool = False,
    **others: Any,
) -> Added:
    """Register an agency (三(一)2).

    Raises UsageError `district-missing` or `location-unfit`, InputError `bad-code` or `bad-name`,
    RuleError `not-ours`, LookupFailedError `agency-exists`.
    """
    district = ownership.scope(archive, district)
    if district is None:
        raise UsageError("district-missing", "没有说是哪个区县的机构。", "请给出 --district。")
    stored, mark = checked_code(code, lenient=lenient_codes)
    agency_codes.refuse_taken(archive, stored)
    name = checked_name(name)
    given = _given(others)
    if given.get("grade"):
        given.setdefault("graded", today)
    _refuse_location(district, given.get("location"))
    agency = writer.insert(
        archive,
        Agency(
            code=stored,
            code_mark=mark,
            name=name,
            name_key=name_key(name),
            district=district,
            kind=kind,
            registered=today,
            **given,
        ),
    )
    return Added(view(archive, agency), () if mark is None else (f"{stored}：{mark}",))


def edit(
    archive: Archive,
    text: str,
    *,
    today: dt.date,
    reason: str | None = None,
    lenient_codes: bool = False,
    **changes: Any,
) -> Added:
    """Correct or change an agency's entry; a change of name keeps the former one.

    An empty text clears a field. A change of district hands the record over. Raises as `add`.
    """
    agency = find(archive, text)
    new = {
        key: checked_text(key, value) if isinstance(value, str) else value
        for key, value in changes.items()
        if value is not None
    }
    warnings: tuple[str, ...] = ()
    if "code" in new:
        new["code"], new["code_mark"] = checked_code(new["code"], lenient=lenient_codes)
        if new["code"] != agency.code:
            agency_codes.refuse_taken(archive, new["code"], itself=agency.id)
        if new["code_mark"]:
            warnings = (f"{new['code']}：{new['code_mark']}",)
    if "name" in new:
        new["name"] = checked_name(new["name"])
        new["name_key"] = name_key(new["name"])
    place = new.get("district", agency.district)
    _refuse_location(place, new.get("location"))
    if place != ownership.CITY and agency.location:
        new["location"] = None
    if "grade" in new and "graded" not in new and new["grade"] != agency.grade:
        new["graded"] = today
    if new.get("status") == "active":
        new |= {"closed": None, "close_reason": None}
    new = {key: None if value == "" else value for key, value in new.items()}
    changed = change(archive, agency, date=today, reason=reason, **new)
    return Added(view(archive, agency), warnings, changed)


def change(
    archive: Archive, agency: Agency, *, date: dt.date, reason: str | None = None, **changes: Any
) -> bool:
    """Write changes of an agency's entry with what keeps its past; say if there were any.

    What holds already, but was recorded for a later day only, is kept for this day too.
    """
    before = {name: getattr(agency, name) for name in changes}
    changed = writer.update(archive, agency, reason=reason, **changes)
    kept: list[AgencyChange | FormerName] = past(agency.id, date, before, changes)
    later = select(AgencyChange.field).where(
        AgencyChange.agency_id == agency.id, AgencyChange.date > date
    )
    for name in sorted(set(archive.session.exec(later)) & changes.keys()):
        if before[name] == changes[name]:
            value = _text(changes[name])
            kept.append(
                AgencyChange(agency_id=agency.id, date=date, field=name, before=value, after=value)
            )
    for row in kept:
        writer.insert(archive, row)
    return changed or bool(kept)


def past(
    agency_id: str, date: dt.date, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[AgencyChange | FormerName]:
    """Return the records that keep what an agency was before it changed on a day.

    Days in `before` and `after` are days or ISO 8601 text.
    """
    rows: list[AgencyChange | FormerName] = []
    for name, new in after.items():
        old, given = _text(before[name]), _text(new)
        if name in DATED and old != given:
            rows.append(
                AgencyChange(agency_id=agency_id, date=date, field=name, before=old, after=given)
            )
            # Another width or case is another spelling, not another name.
            key = name_key(str(old))
            if name == "name" and key != name_key(str(given)):
                rows.append(
                    FormerName(agency_id=agency_id, name=str(old), name_key=key, until=date)
                )
    return rows


def close(archive: Archive, text: str, *, date: dt.date, reason: str) -> AgencyView:
    """Record that an agency has ceased. Raises RuleError `already-closed`."""
    agency = find(archive, text)
    if agency.status == "closed":
        raise RuleError(
            "already-closed", f"{agency.name}已于 {agency.closed} 终止。", "无需再次登记。"
        )
    change(
        archive,
        agency,
        date=date,
        reason=reason,
        status="closed",
        closed=date,
        close_reason=reason,
    )
    return view(archive, agency)


def _refuse_location(district: str, location: str | None) -> None:
    """Raise UsageError `location-unfit` for an agency whose district says where it is."""
    if location and district != ownership.CITY:
        raise UsageError(
            "location-unfit",
            f"--location 只用于市属机构；这家机构由{ownership.district_name(district)}负责。",
            "场所在哪个区县，看的是 --district。",
        )


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what was not given; a text of blanks counts as not given."""
    given = {}
    for key, value in values.items():
        kept = checked_text(key, value) if isinstance(value, str) else value
        if kept not in (None, ""):
            given[key] = kept
    return given


def _text(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, dt.date) else value
