"""Write versions into the tables, each with its journal entry, and hold those that can't.

One object of this goes through a whole bundle, merger or settlement.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hrintegrity.archive.adopting import Adopted, adopt_many
from hrintegrity.archive.engine import Archive
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.belonging import citys_own
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.store import Row
from hrintegrity.duties.exchange.versions import Version, current, version_of
from hrintegrity.notice.records import kind as declared

Reason = tuple[str, str | None]
"""Why a version can't be applied: the kind of conflict, and the record that bars it."""

JUDGING = ("sanction", "complaint", "unit")
"""What a title is lost by, and titles themselves."""


class Write(NamedTuple):
    """A version to be applied: the row here before and after, None where there is none."""

    version: Version
    before: Row | None
    after: Row | None


@dataclass(frozen=True)
class Change:
    """A record that changed: `added`, `updated` or `deleted`, and per column before and after."""

    table: str
    record: str
    action: str
    fields: dict[str, list[Any]]


@dataclass
class Adopting:
    """The tables, as one bundle, one merger or one settlement changes them.

    `counts` says how many records were `added`, `updated` (or deleted) and `held`; `changes` lists
    them where it is not None, and what was added only where `lists_added`. `judged` are the
    agencies whose titles may have to be looked at.
    """

    archive: Archive
    today: dt.date
    reason: str | None = None
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] | None = None
    lists_added: bool = False
    judged: set[str] = field(default_factory=set)

    def hold(self, version: Version, reason: Reason) -> None:
        """Keep a version that can't be applied."""
        store.hold(self.archive, [(version, *reason)], today=self.today)
        self.counts["held"] += 1

    def write(
        self,
        kind: Kind,
        writes: Sequence[Write],
        *,
        counted: bool = True,
    ) -> None:
        """Write the rows of versions, with their entries."""
        adopted = []
        for version, before, after in writes:
            # A record that is deleted elsewhere and was never here still leaves its trace.
            row = before if before or after else _traced(kind, version.row)
            adopted.append(Adopted(version.record, row, after, version.origin(after)))
            if kind.name in JUDGING and after and after["agency_id"]:
                self.judged.add(after["agency_id"])
            if before and after and after.get("erased") and not before.get("erased"):
                self.archive.remains = True
            if counted and (before or after):
                self._count(kind, version, before, after)
            elif counted:
                self.counts["unchanged"] += 1
        if adopted:
            adopt_many(self.archive, kind.model, adopted, reason=self.reason)

    def pointed(self, version: Version) -> tuple[Row, str | None]:
        """Return the row, its references followed through mergers, and the first missing one."""
        kind = kinds()[version.table]
        values, missing = store.whole(kind, version.row), None
        for column, target in kind.references.items():
            wanted = values[column]
            if wanted is not None:
                found = self.resolve(target, wanted)
                values[column] = found or wanted
                missing = missing or (wanted if found is None else None)
        return values, missing

    def resolve(self, table: str, record: str) -> str | None:
        """Return the record, or the one that it was merged into; None where neither is here."""
        seen: set[str] = set()
        wanted: str | None = record
        while wanted is not None and wanted not in seen:
            if store.rows(self.archive, table, [wanted]):
                return wanted
            seen.add(wanted)
            head = current(self.archive, [wanted]).get(wanted)
            wanted = None if head is None else head.into
        return None

    def is_duplicate(self, version: Version, values: Row, bar: Row) -> bool:
        """Whether two records are the same but for their identity, and this office's."""
        if {**values, "id": None} != {**bar, "id": None}:
            return False
        if version.table == "unit" and not ownership.is_city(self.archive):
            return False
        return self.ours(version) and self.ours(self.head_of(bar))

    def ours(self, version: Version) -> bool:
        """Whether what this archive decides about a record is for it to decide.

        What another office's records come to, that office will say.
        """
        own = ownership.owner(self.archive).code
        return (
            version.sender in (None, own)
            or version.table == "unit"
            or citys_own(version.table, version.row)
        )

    def head_of(self, row: Row) -> Version:
        """Return the version of a record that is here, with its row whole."""
        return version_of(self.archive, row["id"]).with_row(row)

    def first_dependent(self, kind: Kind, record: str) -> str | None:
        """Return a record that points at this one, if any does."""
        for table, column in kind.dependents:
            for row in store.pointing(self.archive, table, column, record):
                return str(row["id"])
        return None

    def _count(self, kind: Kind, version: Version, before: Row | None, after: Row | None) -> None:
        action = "deleted" if after is None else "added" if before is None else "updated"
        self.counts["updated" if action == "deleted" else action] += 1
        self.note(kind.name, version.record, action, before, after)

    def note(
        self, table: str, record: str, action: str, before: Row | None, after: Row | None
    ) -> None:
        """Note what became of a record, where that is wanted."""
        if self.changes is not None and (self.lists_added or action != "added"):
            self.changes.append(Change(table, record, action, differences(before, after)))


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> dict[str, list[Any]]:
    """Return per column that differs what it was and what it is."""
    old, new = before or {}, after or {}
    return {
        key: [old.get(key), new.get(key)]
        for key in (new or old)
        if key != "id" and old.get(key) != new.get(key)
    }


def _traced(kind: Kind, row: Mapping[str, Any]) -> Row | None:
    """Return what the journal may say of a record that was never here."""
    hidden = declared(kind.name).hidden
    return {key: value for key, value in row.items() if key not in hidden} or None
