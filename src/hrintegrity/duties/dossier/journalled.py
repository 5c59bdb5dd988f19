"""An agency's rows as the archive knew them at a moment, folded from the journal alone."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.serialisation import as_journalled
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.chunking import chunks
from hrintegrity.duties.dossier.rows import TIMES, Rows, ordered
from hrintegrity.notice.names import SALTED

CHANGED_SINCE = "（后已更正或删除）"
"""What stands in the place of a name or certificate that the archive does not have any more."""

_OF_OTHERS = {"objection": ("conclusion", "conclusion_id"), "service": ("paper", "paper_id")}
"""Tables whose rows belong to another row of the agency: whose, and by which column."""


def from_journal(archive: Archive, agency_id: str, moment: dt.datetime) -> Rows:
    """Return an agency's rows as the archive knew them at a moment; local without a time zone."""
    at = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
    last = _value(archive, "SELECT MAX(id) FROM journal WHERE at <= {}", at) or 0
    records = {agency_id, *_naming(archive, agency_id, last)}
    known = dict(_fold(archive, records, last))
    people = {row["practitioner_id"] for table, row in known.values() if table == "employment"}
    records = {record for record, (table, _) in known.items() if table in ("conclusion", "paper")}
    known |= _fold(archive, people | _of_others(archive, records, last), last)
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
        hashed = {} if now is None else as_journalled(Practitioner, plain | {"salt": now.salt})
        for column in Practitioner.journal_salted:
            if str(row.get(column)).startswith(SALTED):
                same = row[column] == hashed.get(column)
                row[column] = plain[column] if same else CHANGED_SINCE


def _mine(table: str, rows: list[dict[str, Any]], agency_id: str) -> list[dict[str, Any]]:
    """Leave out what named the agency once and belongs to another now."""
    return [row for row in rows if row.get("agency_id", agency_id) == agency_id]


def _naming(archive: Archive, agency_id: str, last: int) -> list[str]:
    """Return the records one of whose entries names the agency."""
    sql = "SELECT DISTINCT record FROM journal WHERE (after LIKE {} OR before LIKE {}) AND id <= {}"
    like = f"%{agency_id}%"
    return [row[0] for row in _rows(archive, sql, like, like, last)]


def _of_others(archive: Archive, owners: set[str], last: int) -> set[str]:
    """Return the records that belong to these; those removed since stand in the journal only."""
    found: set[str] = set()
    for table, (_, column) in _OF_OTHERS.items():
        for chunk in chunks(sorted(owners)):
            marks = ", ".join(["{}"] * len(chunk))
            sql = f"SELECT id FROM {table} WHERE {column} IN ({marks})"
            found |= {row[0] for row in _rows(archive, sql, *chunk)}
        sql = "SELECT record, before FROM journal WHERE action = 'delete' AND \"table\" = {}"
        for record, before in _rows(archive, sql, table):
            if json.loads(before)[column] in owners:
                found.add(record)
    return found


def _fold(
    archive: Archive, records: set[str], last: int
) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """Yield each record that was there after the last entry: its table and its columns."""
    known: dict[str, tuple[str, dict[str, Any]]] = {}
    for chunk in chunks(sorted(records)):
        marks = ", ".join(["{}"] * len(chunk))
        sql = (
            'SELECT action, "table", record, after FROM journal'
            f" WHERE record IN ({marks}) AND id <= {{}} ORDER BY id"
        )
        for action, table, record, after in _rows(archive, sql, *chunk, last):
            if action == "delete":
                known.pop(record, None)
            elif after is not None:
                before = known[record][1] if record in known else {}
                known[record] = (table, before | json.loads(after))
    yield from known.items()


def _rows(archive: Archive, sql: str, *values: Any) -> Iterable[Any]:
    marks = [archive.mark] * len(values)
    return archive.connection.exec_driver_sql(sql.format(*marks), values)


def _value(archive: Archive, sql: str, *values: Any) -> Any:
    for row in _rows(archive, sql, *values):
        return row[0]
    return None
