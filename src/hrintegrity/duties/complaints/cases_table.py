"""Complaints as a table: one row a complaint, who made it kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, or_, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.duties import ownership
from hrintegrity.duties.agency_column import AGENCY_COLUMNS, AgencyFinder, column_of
from hrintegrity.duties.complaints.complainants import new_salt
from hrintegrity.duties.importing import Fault, Remarks
from hrintegrity.notice.words import CHANNEL, COMPLAINT_KIND, Vocabulary
from hrintegrity.rules import complaints as rules
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row
from hrintegrity.text import parse_date

Key = tuple[str | None, str, str]


def _day(text: str) -> str:
    return parse_date(text).isoformat()


def _words(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(vocabulary.chinese(word) for word in vocabulary)


TABLE = Table(
    name="complaint",
    title="投诉举报登记表",
    key=("received", "subject"),
    columns=(
        *AGENCY_COLUMNS,
        Column("received", ("受理日期",), _day, required=True, is_date=True, width=14,
               example="2013-10-08"),
        Column("channel", ("渠道", "受理渠道"), CHANNEL.parse, required=True, width=12,
               choices=_words(CHANNEL), example="市场管理"),
        Column("subject", ("事由", "投诉事由"), clean, required=True, width=40,
               example="收费未明示"),
        Column("kind", ("类型",), COMPLAINT_KIND.parse, width=12, choices=_words(COMPLAINT_KIND),
               note="不填的，为投诉；意见建议可以不写机构"),
        Column("complainant", ("投诉人", "举报人", "来件人"), clean, width=12),
        Column("contact", ("联系方式", "联系电话"), clean, is_code=True, width=20),
    ),
)  # fmt: skip


class Target:
    """Rows that become complaints, known by agency, day of receipt and subject."""

    model = Complaint
    table = TABLE

    def __init__(self, archive: Archive, *, district: str | None = None) -> None:
        self.archive = archive
        self.remarks = Remarks()
        self.district = ownership.scope(archive, district) or ownership.CITY
        self._agencies = AgencyFinder(archive)
        self._known: dict[Key, Complaint] = {}
        self._people: dict[str, Complainant] = {}

    def prepare(self, rows: Sequence[Row]) -> None:
        """Find the agencies of a chunk."""
        self._agencies.look_up(rows)

    def key(self, values: Mapping[str, Any]) -> Key:
        """Return agency, day of receipt and subject."""
        agency = self._agencies.of_any(values)
        if agency is None and values.get("kind") != "suggestion":
            raise Fault(column_of(values), "没有写明机构；只有意见建议可以不写")
        return agency.id if agency else None, values["received"], values["subject"]

    def existing(self, keys: Sequence[Key]) -> Mapping[Key, Complaint]:
        """Return the complaints of these keys, and keep at hand who made them."""
        ids = {key[0] for key in keys if key[0]}
        query = select(Complaint).where(
            col(Complaint.received).in_({dt.date.fromisoformat(key[1]) for key in keys}),
            or_(
                col(Complaint.agency_id).in_(ids),
                col(Complaint.agency_id).is_(None) & (Complaint.district == self.district),
            ),
        )
        known = {
            (row.agency_id, row.received.isoformat(), row.subject): row
            for row in self.archive.session.exec(query)
        }
        self._known = found = {key: known[key] for key in keys if key in known}
        people = select(Complainant).where(
            col(Complainant.complaint_id).in_([row.id for row in found.values()])
        )
        self._people = {row.complaint_id: row for row in self.archive.session.exec(people)}
        return found

    def changes(self, record: Complaint, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise; a contact that was erased does not come back."""
        found = {
            name: values[name]
            for name in ("channel", "kind")
            if values.get(name) is not None and getattr(record, name) != values[name]
        }
        if record.erased is not None:
            return found
        person = self._people.get(record.id)
        for name, column in (("complainant", "name"), ("contact", "contact")):
            given = values.get(name)
            if given is not None and (person is None or getattr(person, column) != given):
                found[name] = given
        return found

    def different(self, record: Complaint, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""
        return "、".join(self.table.by_field[name].header for name in changes)

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse to make something else of what is closed: its outcome might not fit."""
        record = self._known.get(self.key(values))
        kind = values.get("kind")
        if record is not None and record.closed is not None and kind not in (None, record.kind):
            raise Fault("kind", f"已于 {record.closed} 办结，类型不能再改")

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a new complaint and who made it."""
        agency = self._agencies.of_any(values)
        identity = new_id()
        name, contact = values.get("complainant"), values.get("contact")
        complaint = {
            "id": identity,
            "agency_id": agency.id if agency else None,
            "district": agency.district if agency else self.district,
            "received": values["received"],
            "channel": values["channel"],
            "kind": values.get("kind") or "complaint",
            "subject": values["subject"],
            "closed": None,
            "outcome": None,
            "answer": None,
            "dishonest": False,
            "erased": None,
        }
        return {"complaint": complaint, "person": _person(identity, name, contact)}

    def write(
        self, new: Sequence[dict[str, Any]], changed: Sequence[tuple[Complaint, dict[str, Any]]]
    ) -> int:
        """Write complaints and who made them."""
        people = [one["person"] for one in new if one["person"]]
        for one in new:
            for warning in rules.contact_warnings(one["complaint"]["subject"]):
                self.remarks.add(f"{{count}} 件投诉的{warning}")
        of_cases: list[tuple[Complaint, dict[str, Any]]] = []
        of_people: list[tuple[Complainant, dict[str, Any]]] = []
        for row, changes in changed:
            case: dict[str, Any] = {k: changes[k] for k in ("channel", "kind") if k in changes}
            if case:
                of_cases.append((row, case))
            name, contact = changes.get("complainant"), changes.get("contact")
            person = self._people.get(row.id)
            if person is None:
                fresh = _person(row.id, name, contact)
                people += [fresh] if fresh else []
            elif name or contact:
                given = {"name": name, "contact": contact}
                of_people.append((person, {k: v for k, v in given.items() if v}))
        gained = writer.insert_many(self.archive, Complaint, [one["complaint"] for one in new])
        writer.insert_many(self.archive, Complainant, people)
        writer.update_many(self.archive, Complaint, of_cases)
        writer.update_many(self.archive, Complainant, of_people)
        return gained


def _person(complaint_id: str, name: str | None, contact: str | None) -> dict[str, Any] | None:
    if not name and not contact:
        return None
    return {
        "id": new_id(),
        "complaint_id": complaint_id,
        "name": name,
        "contact": contact,
        "salt": new_salt(),
    }
