"""Taking back what was entered by mistake: the record goes, its trace in the journal stays.

Which kinds of records go this way, and what goes with them, `notice.records.ways` declares; what
else points at a record keeps it from going.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import table_name
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import Record
from hrintegrity.duties import agencies, agency_history, ownership
from hrintegrity.duties.entering import own_agency, words
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.identities import meant, where_to_find
from hrintegrity.duties.withdrawal_rules import depended_on, own_way, refuse, whole
from hrintegrity.errors import LookupFailedError
from hrintegrity.notice import names
from hrintegrity.notice.records import kind
from hrintegrity.notice.records.ways import WAYS, WITHDRAW

WITHDRAWN = tuple(name for name, way in WAYS.items() if way.taken_back == WITHDRAW)
"""The kinds of records that are taken back here."""


@dataclass(frozen=True)
class Withdrawn:
    """What was taken back: the kind of record, and how many rows with it.

    `with_it` counts those by their Chinese names. `contacts` says that name and contact of a
    complainant were among them.
    """

    id: str
    what: str
    agency: str | None
    code: str | None
    records: int
    contacts: bool
    with_it: dict[str, int]


@dataclass(frozen=True)
class EntryView:
    """A record of an agency that can be taken back; `text` says in Chinese what it is."""

    id: str
    what: str
    date: dt.date
    text: str


def withdraw(archive: Archive, identity: str, *, reason: str) -> Withdrawn:
    """Remove a record that was entered by mistake, with what belongs to it alone.

    Raises LookupFailedError `record-missing` or `record-elsewhere`, RuleError `depended-on` where
    something that stands follows from it, or `not-ours`.
    """
    reason = words(reason, "理由")
    what, row = _find(archive, identity.strip().lower())
    agency = _refuse_foreign(archive, what, row)
    refuse(what, archive, row)
    rows = (
        agency_history.withdraw_name(archive, row, reason=reason)
        if what == "former_name"
        else list(_with_parts(archive, whole(archive, row)))
    )
    for one in rows:
        writer.delete(archive, one, reason=reason)
    contacts = any(table_name(type(one)) == "complainant" for one in rows)
    archive.remains = archive.remains or contacts
    others = [kind(table_name(type(one))).title for one in rows if one.id != row.id]
    return Withdrawn(
        id=row.id,
        what=what,
        agency=agency.name if agency else None,
        code=agency.code if agency else None,
        records=len(rows),
        contacts=contacts,
        with_it={title: others.count(title) for title in dict.fromkeys(others)},
    )


def of_agency(archive: Archive, text: str) -> list[EntryView]:
    """Return the records of an agency that can be taken back, by day."""
    agency = agencies.find(archive, text)
    found = [
        EntryView(row.id, what, _day(what, row), _text(archive, what, row))
        for what in WITHDRAWN
        if what != "agency"
        for row in _of_agency(archive, what, agency.id)
    ]
    return sorted(found, key=lambda entry: (entry.date, entry.id))


def _of_agency(archive: Archive, what: str, agency_id: str) -> Iterator[Any]:
    """Yield an agency's records of a kind, also those that belong to another record of it."""
    found = kinds()[what]
    model: Any = found.model
    if "agency_id" in found.references:
        yield from archive.session.exec(select(model).where(model.agency_id == agency_id))
    for column, above in found.references.items():
        parent: Any = kinds()[above].model
        if "agency_id" not in found.references and "agency_id" in kinds()[above].references:
            query = select(model).join(parent, getattr(model, column) == parent.id)
            yield from archive.session.exec(query.where(parent.agency_id == agency_id))


def _find(archive: Archive, identity: str) -> tuple[str, Any]:
    for what in (*WITHDRAWN, *(name for name in WAYS if name not in WITHDRAWN)):
        row = meant(archive, kinds()[what].model, identity)
        if row is not None and what in WITHDRAWN:
            return what, row
        if row is not None:
            raise LookupFailedError(
                "record-elsewhere", f"{kind(what).title}不在这里撤去。", own_way(what)
            )
    raise LookupFailedError(
        "record-missing",
        f"没有这条记录：{identity}",
        where_to_find(identity, "hri agency records 机构，或各命令的清单"),
    )


def _refuse_foreign(archive: Archive, what: str, row: Any) -> Agency | None:
    """Return the agency of a record. Raises RuleError `not-ours`."""
    if what == "unit" and not ownership.is_city(archive):
        raise ownership.not_ours(ownership.owner(archive), "示范单位的授予")
    agency_id = _agency_id(archive, what, row)
    if agency_id is not None:
        return own_agency(archive, agency_id)
    if kinds()[what].types.get("district"):
        ownership.scope(archive, row.district)
    return None


def _agency_id(archive: Archive, what: str, row: Any) -> str | None:
    if what == "agency":
        return str(row.id)
    if what == "practitioner":
        jobs: Any = kinds()["employment"].model
        query = select(jobs.agency_id).where(jobs.practitioner_id == row.id)
        return archive.session.exec(query.order_by(col(jobs.since).desc())).first()
    references = kinds()[what].references
    if "agency_id" in references:
        found: str | None = row.agency_id
        return found
    for column, above in references.items():
        parent = archive.session.get(kinds()[above].model, getattr(row, column))
        return _agency_id(archive, above, parent)
    return None


def _with_parts(archive: Archive, row: Any) -> Iterator[Record]:
    """Yield what goes with a record, and it last. Raises RuleError `depended-on`."""
    what = table_name(type(row))
    for other, column in kinds()[what].dependents:
        model: Any = kinds()[other].model
        pointing = archive.session.exec(select(model).where(getattr(model, column) == row.id)).all()
        if pointing and other not in WAYS[what].parts:
            below = kind(other).title
            raise depended_on(
                f"{kind(what).title}之下有{below}记录（{len(pointing)} 条），不能撤去。",
                f"{below}：{own_way(other)}",
            )
        for one in pointing:
            yield from _with_parts(archive, one)
    yield row


def _day(what: str, row: Any) -> dt.date:
    """Return the day of a record: the first that its kind declares."""
    day: dt.date = getattr(row, kind(what).which("is_date")[0].name)
    return day


def _person(archive: Archive, row: Any) -> str:
    """Return the name of the practitioner whom a record is about, empty where it is about none."""
    practitioner_id = getattr(row, "practitioner_id", None)
    if practitioner_id is None:
        return ""
    person: Any = archive.session.get(kinds()["practitioner"].model, practitioner_id)
    return "" if person is None else str(person.name)


def _text(archive: Archive, what: str, row: Any) -> str:
    """Say in Chinese what a record says beside its day, each value with what it is called."""
    person = _person(archive, row)
    if what == "employment":
        left = f"，{row.left} 离开" if row.left else ""
        return f"{person}到岗{left}"
    said = [person] if person else []
    said += [
        f"{field.short} " + ("没有写明" if value is None else names.value(what, field.name, value))
        for field in kind(what).shown
        if not field.is_date
        and field.name not in kinds()[what].references
        and field.name not in ("district", "department")
        and ((value := getattr(row, field.name)) is not None or field.is_flag)
    ]
    return "，".join(said) or kind(what).title
