"""Complaints as a table: one row a complaint, who made it kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import Agency
from hrintegrity.archive.tables.base import new_id, new_salt
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.duties import ownership
from hrintegrity.duties.complaints import terms
from hrintegrity.duties.importing.of_agencies import (
    AGENCY_COLUMNS,
    RowsOfAnyAgency,
    column_of,
)
from hrintegrity.duties.importing.target import Batch, Case, Fault, recorded
from hrintegrity.notice.words import CHANNEL, COMPLAINT_KIND, Vocabulary
from hrintegrity.rules import complaints as rules
from hrintegrity.sheets.columns import Column, Table, clean
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


@dataclass(frozen=True)
class Entered:
    """A complaint on record, and who made it."""

    complaint: Complaint
    person: Complainant | None


ComplaintCase = Case[Agency | None, Key, Entered]


class ComplaintRows(RowsOfAnyAgency[Key, Entered]):
    """Rows that become complaints, known by agency, day of receipt and subject."""

    model = Complaint
    table = TABLE

    def __init__(self, archive: Archive, *, district: str | None = None) -> None:
        super().__init__(archive)
        self.district = ownership.scope(archive, district) or ownership.CITY
        self._terms = terms.Terms(archive)

    def key(self, values: Mapping[str, Any], found: Agency | None) -> Key:
        """Return agency, day of receipt and subject."""
        if found is None and values.get("kind") != "suggestion":
            raise Fault(column_of(values), "没有写明机构；只有意见建议可以不写")
        return found.id if found else None, values["received"], values["subject"]

    def records(self, cases: Sequence[ComplaintCase]) -> Mapping[Key, Entered]:
        """Return the complaints of these keys, and who made them."""
        query = select(Complaint).where(
            col(Complaint.received).in_({dt.date.fromisoformat(case.key[1]) for case in cases}),
            or_(
                col(Complaint.agency_id).in_({case.key[0] for case in cases if case.key[0]}),
                col(Complaint.agency_id).is_(None) & (Complaint.district == self.district),
            ),
        )
        rows = self.archive.session.exec(query).all()
        of_these = select(Complainant).where(
            col(Complainant.complaint_id).in_([row.id for row in rows])
        )
        people = {row.complaint_id: row for row in self.archive.session.exec(of_these)}
        return {
            (row.agency_id, row.received.isoformat(), row.subject): Entered(row, people.get(row.id))
            for row in rows
        }

    def changes(self, case: ComplaintCase) -> dict[str, Any]:
        """Return what a row says otherwise; a contact that was erased does not come back."""
        entered, values = recorded(case), case.values
        found = {
            name: values[name]
            for name in ("channel", "kind")
            if values.get(name) is not None and getattr(entered.complaint, name) != values[name]
        }
        if entered.complaint.erased is not None:
            return found
        person = entered.person
        for name, column in (("complainant", "name"), ("contact", "contact")):
            given = values.get(name)
            if given is not None and (person is None or getattr(person, column) != given):
                found[name] = given
        return found

    def check(self, case: ComplaintCase) -> None:
        """Refuse to make something else of what is closed: its outcome might not fit."""
        kind = case.values.get("kind")
        known = case.record.complaint if case.record else None
        if known is not None and known.closed is not None and kind not in (None, known.kind):
            raise Fault("kind", f"已于 {known.closed} 办结，类型不能再改")

    def add(self, case: ComplaintCase, batch: Batch) -> None:
        """Enter a new complaint and who made it."""
        values, agency = case.values, case.found
        identity = new_id()
        place = agency.district if agency else self.district
        complaint = {
            "id": identity,
            "agency_id": agency.id if agency else None,
            "district": place,
            "received": values["received"],
            "channel": values["channel"],
            "kind": values.get("kind") or "complaint",
            "subject": values["subject"],
            "closed": None,
            "outcome": None,
            "answer": None,
            "dishonest": False,
            "erased": None,
            "made_by": None,
            "due": self._terms.due(_date(values["received"]), place).isoformat(),
        }
        batch.insert(Complaint, complaint)
        _add_person(identity, values, batch)
        for warning in rules.contact_warnings(values["subject"]):
            self.remarks.add(f"{{count}} 件投诉的{warning}")

    def change(self, case: ComplaintCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change a complaint and who made it."""
        entered = recorded(case)
        batch.update(
            entered.complaint, {k: changes[k] for k in ("channel", "kind") if k in changes}
        )
        if entered.person is None:
            _add_person(entered.complaint.id, changes, batch)
            return
        columns = {"complainant": "name", "contact": "contact"}
        of_person = {columns[k]: changes[k] for k in columns if changes.get(k)}
        batch.update(entered.person, of_person)


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _add_person(complaint_id: str, values: Mapping[str, Any], batch: Batch) -> None:
    """Enter who made a complaint, where a row says so."""
    name, contact = values.get("complainant"), values.get("contact")
    if name or contact:
        person = {
            "id": new_id(),
            "complaint_id": complaint_id,
            "name": name,
            "contact": contact,
            "salt": new_salt(),
        }
        batch.insert(Complainant, person)


Target = ComplaintRows
