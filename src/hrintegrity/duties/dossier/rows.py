"""The rows that a dossier is made of, as plain values: days are ISO 8601 text, as in the journal.

They are read as they stand, without the tables' models, which take longer to import than a
dossier takes to make.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hrintegrity.archive.asking import among, as_truth, named_among
from hrintegrity.archive.engine import Archive
from hrintegrity.days import iso
from hrintegrity.duties.agency_texts import name_key
from hrintegrity.duties.ways import words
from hrintegrity.notice.records import kind

Row = dict[str, Any]
Rows = dict[str, list[Row]]
"""The rows of one agency by the name of their table, each table's in the order of their days."""


@dataclass(frozen=True)
class Timed:
    """When a row of a table begins to be there, and what befalls it later.

    `born` is the column with its first day, empty where it has none. `later` gives the columns
    whose day comes later, each with those that say more about it.
    """

    born: str = ""
    later: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


TIMES: dict[str, Timed] = {
    "agency": Timed(),
    "former_name": Timed("until"),
    "agency_change": Timed("date"),
    "review": Timed("date"),
    "penalty": Timed("date"),
    "inspection": Timed("date"),
    "gap": Timed("found", {"mended": ()}),
    "education": Timed("date"),
    "complaint": Timed("received", {"closed": ("outcome", "answer", "dishonest")}),
    "reward": Timed("date"),
    "outstanding": Timed("date"),
    "creation_title": Timed("date"),
    "unit": Timed("awarded", {"revoked": ("revoked_by", "reason", "recover_by"), "recovered": ()}),
    "sanction": Timed(
        "date", {"mended": (), "failed": ("fail_note",), "withdrawn": ("withdraw_reason",)}
    ),
    "pledge": Timed("date"),
    "employment": Timed("since", {"left": ()}),
    "practitioner": Timed("", {"pledged": ()}),
    "conclusion": Timed("date", {"reopened": ("reopen_reason",)}),
    "objection": Timed("date", {"answered": ("outcome", "answer")}),
    "paper": Timed("date"),
    "service": Timed("date"),
}


class _Whose(NamedTuple):
    """Which column says whose the rows of a table are, and how that column's table is joined."""

    column: str = "agency_id"
    join: str = ""


_BY_OTHERS = {
    "agency": _Whose("id"),
    "practitioner": _Whose(
        "employment.agency_id", "JOIN employment ON employment.practitioner_id = practitioner.id"
    ),
    "objection": _Whose(
        "conclusion.agency_id", "JOIN conclusion ON conclusion.id = objection.conclusion_id"
    ),
    "service": _Whose("paper.agency_id", "JOIN paper ON paper.id = service.paper_id"),
}
"""Tables that have no column `agency_id` themselves."""


def from_tables(archive: Archive, agency_ids: Sequence[str]) -> dict[str, Rows]:
    """Return the rows of agencies as they stand now, by agency."""
    found: dict[str, Rows] = {agency_id: {} for agency_id in agency_ids}
    for table in TIMES:
        column, join = _BY_OTHERS.get(table, _Whose())
        sql = f"SELECT {column} AS whose, {table}.* FROM {table} {join} WHERE {column} IN"
        # By identity, since someone may come back to an agency.
        of_each: dict[str, dict[str, Row]] = {agency_id: {} for agency_id in agency_ids}
        flags = [field.name for field in kind(table).fields if field.is_flag]
        for row in named_among(archive, sql, agency_ids):
            values = {key: iso(value) for key, value in row.items()}
            for flag in flags:
                values[flag] = as_truth(values[flag])
            of_each[values.pop("whose")][values["id"]] = values
        for agency_id, rows in of_each.items():
            found[agency_id][table] = ordered(table, list(rows.values()))
    return found


def add_missing_sources(archive: Archive, rows: Mapping[str, Rows]) -> None:
    """Add to each conclusion which sources it lacks, and how its standard calls them.

    The journal has no more than a hash of what a conclusion is made of; that never changes, so
    that it may be read from the table for whatever day or moment.
    """
    sql = "SELECT id, result, standard FROM conclusion WHERE agency_id IN"
    found = {}
    for identity, result, standard in among(archive, sql, rows):
        ways = json.loads(standard).get("ways", {})
        missing = json.loads(result).get("missing_sources")
        found[identity] = (missing, words(missing or (), ways))
    for of_agency in rows.values():
        for row in of_agency["conclusion"]:
            row["missing_sources"], row["missing_words"] = found.get(row["id"], (None, []))


def cut(rows: Rows, day: dt.date) -> Rows:
    """Return the rows as they stood on a day, by the days that they bear."""
    last = day.isoformat()
    kept = {
        table: [_then(row, time, last) for row in rows[table] if _is_there(row, time, last)]
        for table, time in TIMES.items()
    }
    kept["agency"] = [_entry(row, rows["agency_change"], last) for row in rows["agency"]]
    kept["former_name"] = _former_names(rows, last)
    # A loss whose cause is on record is found again from the causes that were there by then.
    causes = {row["id"] for table in ("sanction", "complaint") for row in rows[table]}
    loss = dict.fromkeys(("revoked", *TIMES["unit"].later["revoked"]))
    kept["unit"] = [
        # For which loss its term was set stays known.
        row | loss | {"set_for": row["revoked"], "recover_by": row["recover_by"]}
        if row["revoked_by"] in causes
        else row
        for row in kept["unit"]
    ]
    return kept


def is_before(rows: Rows, then: Rows, day: dt.date) -> bool:
    """Whether an agency was not there yet on the day at which its rows were cut to `then`.

    It is there from its beginning, as far as that is known, and once something is on record of it:
    it may be entered here long after both.
    """
    begun = rows["agency"][0]["since"]
    dated = (name for name, time in TIMES.items() if time.born and then[name])
    return begun is not None and day.isoformat() < begun and not any(dated)


def ordered(table: str, rows: list[Row]) -> list[Row]:
    """Return rows by their day, those of one day as they were made."""
    born = TIMES[table].born
    return sorted(rows, key=lambda row: (str(row[born]) if born else "", row["id"]))


def _is_there(row: Row, time: Timed, last: str) -> bool:
    return not time.born or str(row[time.born]) <= last


def _then(row: Row, time: Timed, last: str) -> Row:
    """Leave out of a row what befell it later."""
    then = dict(row)
    for column, more in time.later.items():
        if row[column] is not None and row[column] > last:
            then |= dict.fromkeys((column, *more))
    return then


def _entry(agency: Row, changes: list[Row], last: str) -> Row:
    """Return an agency's entry as it stood on a day.

    Of the changes up to the day that were entered last, one a field, each says what then held; a
    field that changed only later was what it was before its first change.
    """
    then = dict(agency)
    in_order = _as_entered(changes)
    for change in reversed(in_order):
        then[change["field"]] = change["before"]
    for change in in_order:
        if change["date"] <= last:
            then[change["field"]] = change["after"]
    then["status"] = "active" if then["closed"] is None else "closed"
    return then


def _former_names(rows: Rows, last: str) -> list[Row]:
    """Return the names that an agency had borne by a day, as they followed each other by then."""
    changes = [row for row in _as_entered(rows["agency_change"]) if row["field"] == "name"]
    entered = {(row["before"], row["date"]) for row in changes}
    found = [
        row
        for row in rows["former_name"]
        if row["until"] <= last and (row["name"], row["until"]) not in entered
    ]
    name = changes[0]["before"] if changes else None
    for change in changes:
        if change["date"] <= last:
            if name_key(change["after"]) != name_key(str(name)):
                found.append({"id": change["id"], "name": name, "until": change["date"]})
            name = change["after"]
    return ordered("former_name", found)


def _as_entered(rows: list[Row]) -> list[Row]:
    """Return rows in the order in which they were entered; identities are made in that order."""
    return sorted(rows, key=lambda row: str(row["id"]))
