"""Complaints as scripts see them, with or without who made them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrintegrity.archive.asking import as_day, named
from hrintegrity.archive.reader import Reader
from hrintegrity.duties import agency_lookup, ownership
from hrintegrity.duties.complaints import terms
from hrintegrity.packing import Packed
from hrintegrity.rules import complaints as rules


@dataclass(frozen=True)
class CaseView:
    """A complaint as scripts see it; `agency` is the name, `has_contacts` whether any are kept.

    `by` is who made it, `due` the last day for the answer, `overdue` judged by the day of today.
    """

    id: str
    agency: str | None
    code: str | None
    district: str
    received: dt.date
    channel: str
    kind: str
    by: str | None
    subject: str
    due: dt.date
    overdue: bool
    closed: dt.date | None
    outcome: str | None
    answer: str | None
    dishonest: bool
    has_contacts: bool
    erased: dt.date | None


@dataclass(frozen=True)
class CaseWithContacts(CaseView):
    """A complaint with who made it."""

    complainant: str | None
    contact: str | None


def view(archive: Reader, complaint_id: str, today: dt.date) -> CaseView:
    """Return one complaint, which is there."""
    (found,) = _views(archive, ["q.id = :id"], {"id": complaint_id}, today)
    return found


def listing(
    archive: Reader,
    *,
    today: dt.date,
    text: str | None = None,
    district: str | None = None,
    is_open: bool = False,
    overdue: bool = False,
) -> Packed[CaseView]:
    """Return the complaints by day of receipt, without who made them.

    Raises LookupFailedError `agency-missing`, RuleError `not-ours`.
    """
    agency = None if text is None else agency_lookup.find(archive, text).id
    district = ownership.scope(archive, district)
    conditions = {
        "q.closed IS NULL": is_open or overdue,
        "q.agency_id = :agency": agency,
        "q.district = :district": district,
    }
    wanted = [condition for condition, given in conditions.items() if given]
    found = _views(archive, wanted, {"agency": agency, "district": district}, today)
    return Packed(case for case in found if case.overdue or not overdue)


_SELECT = """
    SELECT q.id, a.name AS agency, a.code, q.district, q.received, q.channel, q.kind,
        q.made_by AS "by", q.subject, q.due, q.closed, q.outcome, q.answer, q.dishonest,
        p.id IS NOT NULL AS has_contacts, q.erased
    FROM complaint q LEFT JOIN agency a ON a.id = q.agency_id
    LEFT JOIN complainant p ON p.complaint_id = q.id
"""
_DAYS = ("received", "due", "closed", "erased")


def _views(
    archive: Reader, conditions: Sequence[str], values: Mapping[str, Any], today: dt.date
) -> Iterator[CaseView]:
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"{_SELECT} {where} ORDER BY q.received, q.id"
    term = terms.Terms(archive)
    for row in named(archive.query(sql, values, many=True)):
        row |= {name: as_day(row[name]) for name in _DAYS if row[name] is not None}
        row["due"] = row["due"] or term.due(row["received"], row["district"])
        row["overdue"] = rules.is_overdue(row["due"], row["closed"], today)
        yield CaseView(**row | {name: bool(row[name]) for name in ("dishonest", "has_contacts")})
