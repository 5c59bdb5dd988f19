"""An agency's rows as the archive knew them at a moment, folded from the journal alone."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, NamedTuple

from hrintegrity.archive.asking import among
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import as_journalled
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.duties.dossier.rows import TIMES, Rows, ordered
from hrintegrity.notice.names import SALTED
from hrintegrity.notice.records.people import PRACTITIONER

CHANGED_SINCE = "（后已更正或删除）"
"""What stands in the place of a name or certificate that the archive does not have any more."""

_OF_OTHERS = {"objection": "conclusion_id", "service": "paper_id"}
"""Tables whose rows belong to another row of the agency, and the column that says to which."""


class _Known(NamedTuple):
    """A record as it was known: its table and its columns."""

    table: str
    row: dict[str, Any]


def from_journal(archive: Archive, agency_id: str, moment: dt.datetime) -> Rows:
    """Return an agency's rows as the archive knew them at a moment; local without a time zone."""
    at = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
    sql = f"SELECT MAX(id) FROM journal WHERE at <= {archive.mark}"
    last = archive.connection.exec_driver_sql(sql, (at,)).scalar() or 0
    known = _fold(archive, {agency_id, *_naming(archive, agency_id, last)}, last)
    people = {row["practitioner_id"] for table, row in known.values() if table == "employment"}
    owners = {record for record, one in known.items() if one.table in ("conclusion", "paper")}
    known |= _fold(archive, people | _of_others(archive, owners), last)
    found: Rows = {table: [] for table in TIMES}
    for record, (table, row) in known.items():
        if table in found and (table != "agency" or record == agency_id):
            found[table].append(row)
    _fill_in_people(archive, found["practitioner"])
    return {table: ordered(table, _mine(table, rows, agency_id)) for table, rows in found.items()}


def _fill_in_people(archive: Archive, people: list[dict[str, Any]]) -> None:
    """Put names and certificates in the place of their hashes, where they are still the same.

    What was corrected or erased since is not on record any more: the journal never had it.
    """
    for row in people:
        now = archive.session.get(Practitioner, row["id"])
        plain = {} if now is None else {"name": now.name, "certificate": now.certificate}
        hashed = {} if now is None else as_journalled(PRACTITIONER.name, plain | {"salt": now.salt})
        for column in PRACTITIONER.erasable:
            if str(row.get(column)).startswith(SALTED):
                same = row[column] == hashed.get(column)
                row[column] = plain[column] if same else CHANGED_SINCE


def _mine(table: str, rows: list[dict[str, Any]], agency_id: str) -> list[dict[str, Any]]:
    """Leave out what named the agency once and belongs to another now."""
    return [row for row in rows if row.get("agency_id", agency_id) == agency_id]


def _naming(archive: Archive, agency_id: str, last: int) -> list[str]:
    """Return the records one of whose entries names the agency."""
    mark = archive.mark
    sql = (
        "SELECT DISTINCT record FROM journal"
        f" WHERE (after LIKE {mark} OR before LIKE {mark}) AND id <= {mark}"
    )
    named = f"%{agency_id}%"
    rows = archive.connection.exec_driver_sql(sql, (named, named, last))
    return [record for (record,) in rows]


def _of_others(archive: Archive, owners: set[str]) -> set[str]:
    """Return the records that belong to these; those removed since stand in the journal only."""
    found: set[str] = set()
    removed = (
        f"SELECT record, before FROM journal WHERE action = 'delete' AND \"table\" = {archive.mark}"
    )
    for table, column in _OF_OTHERS.items():
        rows = among(archive, f"SELECT id FROM {table} WHERE {column} IN", owners)
        found |= {record for (record,) in rows}
        for record, before in archive.connection.exec_driver_sql(removed, (table,)):
            if json.loads(before)[column] in owners:
                found.add(record)
    return found


def _fold(archive: Archive, records: set[str], last: int) -> dict[str, _Known]:
    """Return each of these records that was there after the last entry."""
    known: dict[str, _Known] = {}
    sql = (
        'SELECT action, "table", record, after FROM journal'
        f" WHERE id <= {archive.mark} AND record IN"
    )
    entries = among(archive, sql, sorted(records), "ORDER BY id", given=[last])
    for action, table, record, after in entries:
        if action == "delete":
            known.pop(record, None)
        elif after is not None:
            before = known[record].row if record in known else {}
            known[record] = _Known(table, before | json.loads(after))
    return known
