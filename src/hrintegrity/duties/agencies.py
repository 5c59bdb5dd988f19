"""The register of agencies: looking up, adding, editing, closing (三(一)2, 三(六)1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.duties import agency_codes, agency_lookup, agency_twins, ownership
from hrintegrity.duties.agency_history import change
from hrintegrity.duties.agency_texts import (
    checked_code,
    checked_name,
    checked_text,
    name_key,
    name_warning,
    term_warning,
)
from hrintegrity.duties.agency_views import AgencyView, view
from hrintegrity.errors import RuleError, UsageError


@dataclass(frozen=True)
class Added:
    """A new or edited agency, what has to be said about it, and whether anything was written.

    `changes` are the values before and after of what was edited, `handed_over` says that another
    district is responsible from now on, which the archive can't take back.
    """

    agency: AgencyView
    warnings: tuple[str, ...]
    changed: bool = True
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    handed_over: bool = False


def find(archive: Archive, text: str) -> Agency:
    """Return the agency that a text means. Raises as `agency_lookup.find`."""
    return archive.session.get_one(Agency, agency_lookup.find(archive, text).id)


def find_anywhere(archive: Archive, text: str) -> Agency:
    """Return the agency that a text means. Raises as `agency_lookup.find_anywhere`."""
    return archive.session.get_one(Agency, agency_lookup.find_anywhere(archive, text).id)


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
    _refuse_location(district, given.get("location"))
    if given.get("grade"):
        given.setdefault("graded", today)
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
    return Added(view(archive, agency, today=today), tuple(_remarks(archive, agency)))


def _remarks(archive: Archive, agency: Agency) -> Iterator[str]:
    """Yield what has to be said of an agency that was just entered."""
    if agency.code_mark is not None:
        yield f"{agency.code}：{agency.code_mark}"
    if agency.license is None:
        yield (
            f"{agency.name}没有登记许可证号（三(一)2）；有证的，"
            f"请用 hri agency edit {agency.code} --license 许可证号 补上。"
        )
    yield from (*name_warning(agency.name), *term_warning(agency))
    for what, other in agency_twins.of_one(archive, agency.id):
        yield (
            f"{agency.name}（{agency.code}）和已登记的{other}{what}相同，请核对；"
            "是同一家的，用 hri agency merge 合并。"
        )


def edit(
    archive: Archive,
    text: str,
    *,
    today: dt.date,
    date: dt.date | None = None,
    reason: str | None = None,
    lenient_codes: bool = False,
    **changes: Any,
) -> Added:
    """Correct or change an agency's entry on a day, by default today.

    A change of name keeps the former one. An empty text clears a field. A change of district hands
    the record over. Raises as `add`.
    """
    agency, date = find(archive, text), date or today
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
    own = ownership.owner(archive).code
    place = new.get("district", agency.district)
    _refuse_location(place, new.get("location"))
    if place != ownership.CITY and agency.location:
        new["location"] = None
    if "grade" in new and "graded" not in new and new["grade"] != agency.grade:
        new["graded"] = date
    if new.get("status") == "active":
        new |= {"closed": None, "close_reason": None}
    new = {key: None if value == "" else value for key, value in new.items()}
    before = {key: getattr(agency, key) for key in ("name", *new)}
    changed = change(archive, agency, date=date, reason=reason, **new)
    handed_over = place != own and own != ownership.CITY
    if handed_over:
        warnings += (_handed_over(agency),)
    if name_key(before["name"]) != agency.name_key:
        warnings += (_kept_name(agency, before["name"]), *name_warning(agency.name))
    if new.keys() & {"license_from", "license_until"}:
        warnings += term_warning(agency)
    return Added(
        view(archive, agency, today=today),
        warnings,
        changed,
        {key: (before[key], value) for key, value in new.items()},
        handed_over,
    )


def close(archive: Archive, text: str, *, date: dt.date, reason: str, today: dt.date) -> AgencyView:
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
    return view(archive, agency, today=today)


def _handed_over(agency: Agency) -> str:
    """Say what it means that another district is responsible for an agency from now on."""
    other = ownership.district_name(agency.district)
    return (
        f"{agency.name}归{other}以后，本档案库不再办它的事，也不能自己改回来："
        f"请用 hri archive send 报送，由{other}接办；填错了区县的，请{other}用同一命令移交回来。"
    )


def _kept_name(agency: Agency, name: str) -> str:
    """Say that a name is a former one now, and how it is none where it never was the name."""
    return (
        f"“{name}”记作曾用名；它只是登错了的，请用 hri agency records {agency.code} 查到编号，再用"
        " hri archive withdraw 编号 --reason 名称登错 撤去。"
    )


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
