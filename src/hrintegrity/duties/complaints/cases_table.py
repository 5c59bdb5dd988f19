"""Complaints as a table: one row a complaint, who made it kept apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id, new_salt
from hrintegrity.archive.tables.complaints import Complainant, Complaint
from hrintegrity.days import iso
from hrintegrity.duties import ownership
from hrintegrity.duties.agency_rows import AgencyRow
from hrintegrity.duties.complaints import terms
from hrintegrity.duties.importing.of_agencies import (
    AGENCY_COLUMNS,
    RowsOfAnyAgency,
    column_of,
)
from hrintegrity.duties.importing.target import Batch, Case, Fault, recorded
from hrintegrity.notice.records import kind
from hrintegrity.rules import complaints as rules
from hrintegrity.sheets.columns import Table, declared

Key = tuple[str | None, str, str]


_CASE, _PERSON = kind("complaint"), kind("complainant")
TABLE = Table(
    name="complaint",
    title="投诉举报登记表",
    key=("received", "subject"),
    columns=(
        *AGENCY_COLUMNS,
        declared(_CASE["received"], required=True),
        declared(_CASE["channel"], required=True),
        declared(_CASE["subject"], required=True, lines=True),
        declared(_CASE["kind"]),
        declared(_PERSON["name"], name="complainant"),
        declared(_PERSON["contact"]),
        declared(_CASE["due"], ends=True, width=14, note="不填的，按评估标准的期限"),
        declared(_CASE["closed"], width=14),
        declared(_CASE["outcome"], width=12),
        declared(_CASE["answer"], lines=True, width=40),
    ),
)


_KEPT, _CLOSING = ("channel", "kind", "due"), ("closed", "outcome", "answer")


@dataclass(frozen=True)
class Entered:
    """A complaint on record, and who made it."""

    complaint: Complaint
    person: Complainant | None


ComplaintCase = Case[AgencyRow | None, Key, Entered]


class ComplaintRows(RowsOfAnyAgency[Key, Entered]):
    """Rows that become complaints, known by agency, day of receipt and subject."""

    model = Complaint
    table = TABLE

    def __init__(self, archive: Archive, *, district: str | None = None) -> None:
        super().__init__(archive)
        self.district = ownership.scope(archive, district) or ownership.CITY
        self._terms = terms.Terms(archive)

    def key(self, values: Mapping[str, Any], found: AgencyRow | None) -> Key:
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
            for name in (*_KEPT, *_CLOSING)
            if values.get(name) is not None
            and iso(getattr(entered.complaint, name)) != values[name]
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
        values, known = case.values, case.record.complaint if case.record else None
        kind = values.get("kind")
        if known is not None and known.closed is not None:
            if kind not in (None, known.kind):
                raise Fault("kind", f"已于 {known.closed} 办结，类型不能再改")
            for name in _CLOSING:
                if values.get(name) not in (None, iso(getattr(known, name))):
                    raise Fault(
                        name,
                        f"已于 {known.closed} 办结；要更正先用 "
                        f"hri complaint reopen {known.id} --reason 理由",
                    )
            return
        self._check_closing(values, kind or (known.kind if known else "complaint"))

    def _check_closing(self, values: Mapping[str, Any], kind: str) -> None:
        """Refuse half of what closes a complaint, and an outcome that its kind can't have."""
        missing = [name for name in _CLOSING if not values.get(name)]
        if len(missing) == len(_CLOSING):
            return
        if missing:
            raise Fault(missing[0], "办结的，办结日期、办理结果和答复都要填写")
        refused = rules.refusal(kind, values["outcome"], dishonest=False)
        if refused is not None:
            raise Fault("outcome", f"{refused.message.rstrip('。')}；{refused.hint.rstrip('。')}")
        if values["closed"] < values["received"]:
            self.remarks.add("{count} 件的办结日期早于受理日期，请核对。")

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
            **{name: values.get(name) for name in _CLOSING},
            "dishonest": False,
            "erased": None,
            "made_by": None,
            "due": values.get("due")
            or self._terms.due(_date(values["received"]), place).isoformat(),
        }
        batch.insert(Complaint, complaint)
        _add_person(identity, values, batch)
        self._warn(case)

    def change(self, case: ComplaintCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change a complaint and who made it."""
        entered = recorded(case)
        of_case = {k: changes[k] for k in (*_KEPT, *_CLOSING) if k in changes}
        batch.update(entered.complaint, of_case)
        self._warn(case)
        if entered.person is None:
            _add_person(entered.complaint.id, changes, batch)
            return
        columns = {"complainant": "name", "contact": "contact"}
        of_person = {columns[k]: changes[k] for k in columns if changes.get(k)}
        batch.update(entered.person, of_person)

    def _warn(self, case: ComplaintCase) -> None:
        """Warn of texts that tell who complained."""
        values, person = case.values, case.record.person if case.record else None
        known = case.record.complaint if case.record else None
        warnings = rules.contact_warnings(
            values["subject"],
            values.get("answer") or (known.answer if known else None),
            name=values.get("complainant") or (person.name if person else None),
            contact=values.get("contact") or (person.contact if person else None),
        )
        for warning in warnings:
            said = f"{{count}} 件投诉（{{first}}）的{warning}"
            self.remarks.add(said, f"第 {case.row} 行", lasting=True)


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
