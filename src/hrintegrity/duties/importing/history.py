"""Which imports there were: an entry of the journal each, with its files and counts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.journal import last_entry
from hrintegrity.archive.tables.base import new_id
from hrintegrity.duties.importing.sources import sha256

if TYPE_CHECKING:
    from hrintegrity.duties.importing.run import Run

EVENT, UNDONE = "import", "undo"


@dataclass(frozen=True)
class ImportView:
    """An import that wrote something; `what` is the kind of table, `undone` when it was taken back.

    `first` and `last` are the numbers of its entries in the journal.
    """

    id: str
    what: str
    at: str
    operator: str
    files: list[dict[str, Any]]
    read: int
    added: int
    updated: int
    unchanged: int
    skipped: int
    rejected: int
    undone: str | None
    reason: str | None
    first: int
    last: int


def last_number(archive: Archive) -> int:
    """Return the number of the journal's last entry."""
    return last_entry(archive.connection)[0]


def keep(archive: Archive, run: Run, first: int) -> str:
    """Enter an import into the journal; return its id."""
    identity = new_id()
    hashes = {part.path: "" for part in run.parts}
    hashes = {path: sha256(path) for path in hashes}
    files = [
        {
            "file": str(part.path),
            "sheet": part.reading.sheet,
            "sha256": hashes[part.path],
            **asdict(part.counts),
        }
        for part in run.parts
    ]
    facts = {
        "what": run.target.table.name,
        "files": files,
        "first": first,
        "last": last_number(archive),
        **asdict(run.counts()),
    }
    writer.enter_event(archive, EVENT, identity, facts)
    return identity


def listing(archive: Archive) -> list[ImportView]:
    """Return the imports in their order."""
    events = list(_events(archive))
    undone = {
        record: (at, reason) for action, record, at, _, _, reason in events if action == UNDONE
    }
    found = []
    for action, record, at, operator, after, _ in events:
        if action == EVENT:
            taken_back = undone.get(record, (None, None))
            facts = json.loads(after)
            found.append(
                ImportView(
                    id=record,
                    at=at,
                    operator=operator,
                    undone=taken_back[0],
                    reason=taken_back[1],
                    **facts,
                )
            )
    return found


def taken_back(archive: Archive) -> list[range]:
    """Return the numbers in the journal of undone imports' entries and of the contrary ones."""
    events = [event for event in _events(archive) if event[0] in (EVENT, UNDONE)]
    undone = {record for action, record, *_ in events if action == UNDONE}
    facts = [json.loads(after or "{}") for _, record, _, _, after, _ in events if record in undone]
    return [range(one["first"], one["last"] + 1) for one in facts if "last" in one]


def _events(archive: Archive) -> Iterator[Any]:
    sql = (
        'SELECT action, record, at, operator, after, reason FROM journal WHERE "table" = '
        f"'{EVENT}' ORDER BY id"
    )
    yield from archive.connection.exec_driver_sql(sql)
