"""Putting versions into the tables, each with its entry, or saying what keeps them out.

A version can't stand while another record bears its code or key (`twin`), while a record that it
points at does not stand (`waiting`), or, a deletion, while records here point at what it would
delete (`in-use`). Of two records that are the same but for their identity the later one gives way
to the earlier, in every archive of their office alike; of two agencies only a person may say that
they are one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.writer import Adopted
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import moving, store
from hrintegrity.duties.exchange.belonging import CITYS_OWN, citys_own
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.store import Held, Row
from hrintegrity.duties.exchange.versions import (
    Version,
    current,
    successor,
)

Reason = tuple[str, str | None]
"""Why a version can't stand: the kind of conflict, and the record that bars it."""

JUDGING = ("sanction", "complaint", "unit")
"""What a title is lost by, and titles themselves."""


@dataclass(frozen=True)
class Change:
    """A record that changed: `added`, `updated` or `deleted`, and per column before and after."""

    table: str
    record: str
    action: str
    fields: dict[str, list[Any]]


@dataclass
class Placing:
    """The tables, as one bundle, one merger or one settlement changes them.

    `counts` says how many records were `added`, `updated` (or deleted) and `held`; `changes` lists
    them where it is not None. `judged` are the agencies whose titles may have to be looked at.
    """

    archive: Archive
    today: dt.date
    reason: str | None = None
    counts: Counter[str] = field(default_factory=Counter)
    changes: list[Change] | None = None
    judged: set[str] = field(default_factory=set)

    def stand_many(self, kind: Kind, ready: Sequence[tuple[Version, Row | None]]) -> None:
        """Let versions stand, each beside its row here; hold those that can't."""
        plain = self._unbarred(kind, ready)
        self.write(kind, plain)
        done = {version.record for version, _, _ in plain}
        for version, row in ready:
            if version.record not in done and (reason := self.stand(version, row)) is not None:
                self.hold(version, reason)

    def stand(self, version: Version, row: Row | None) -> Reason | None:
        """Let one version stand, or say why it can't."""
        kind = kinds()[version.table]
        if not version.alive:
            return self._fall(kind, version, row)
        values, missing = self.pointed(version)
        if moving.ends(kind.name, values) and values["agency_id"] != version.row["agency_id"]:
            return self._fall(kind, successor([version], version.row, alive=False), row)
        if missing is not None:
            return "waiting", missing
        for _, bar in store.clashing(self.archive, kind, [values]):
            if kind.name == "agency" or not self.one(version, values, bar):
                return "twin", bar["id"]
            if version.record > bar["id"] and not self._as_the_city(kind):
                self.give_way(kind, version, bar["id"], row)
            else:
                self._supplant(kind, bar, version, values)
            return None
        self.write(kind, [(version, row, values)])
        return None

    def hold(self, version: Version, reason: Reason) -> None:
        """Keep a version that can't stand."""
        store.hold(self.archive, [(version, *reason)], today=self.today)
        self.counts["held"] += 1

    def write(
        self,
        kind: Kind,
        writes: Sequence[tuple[Version, Row | None, Row | None]],
        *,
        counted: bool = True,
    ) -> None:
        """Write versions as they are to stand: each with the row here and the row to be."""
        merges = kind.keys and kind.dependents
        fresh = [v.record for v, before, _ in writes if before is None] if merges else []
        merged = [r for r, head in current(self.archive, fresh).items() if head.into]
        adopted = []
        for version, before, after in writes:
            # A record that is deleted elsewhere and never stood here still leaves its trace.
            told = before if before or after else _traced(kind, version.row)
            adopted.append(Adopted(version.record, told, after, version.origin(after)))
            if kind.name in JUDGING and after and after["agency_id"]:
                self.judged.add(after["agency_id"])
            if counted and (before or after):
                self._count(kind, version, before, after)
            elif counted:
                self.counts["unchanged"] += 1
        if adopted:
            writer.adopt_many(self.archive, kind.model, adopted, reason=self.reason)
        for record in merged:
            moving.follow(self, kind, record)

    def pointed(self, version: Version) -> tuple[Row, str | None]:
        """Return the row with what it points at as it stands here, and what does not stand."""
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
        """Return the record, or the one that it was merged into; None where none stands."""
        seen: set[str] = set()
        wanted: str | None = record
        while wanted is not None and wanted not in seen:
            if store.rows(self.archive, table, [wanted]):
                return wanted
            seen.add(wanted)
            head = current(self.archive, [wanted]).get(wanted)
            wanted = None if head is None else head.into
        return None

    def _unbarred(
        self, kind: Kind, ready: Sequence[tuple[Version, Row | None]]
    ) -> list[tuple[Version, Row | None, Row]]:
        """Return those that nothing keeps from standing, found for all of them at once."""
        plain = [(v, row, store.whole(kind, v.row)) for v, row in ready if v.alive]
        for column, target in kind.references.items():
            wanted = {values[column] for _, _, values in plain if values[column] is not None}
            there = store.rows(self.archive, target, wanted).keys() if wanted else set()
            plain = [p for p in plain if p[2][column] is None or p[2][column] in there]
        clashing = store.clashing(self.archive, kind, [values for _, _, values in plain])
        barred = {row["id"] for row, _ in clashing}
        for key in kind.keys:
            borne = Counter(tuple(values[c] for c in key) for _, _, values in plain)
            barred |= {p[2]["id"] for p in plain if borne[tuple(p[2][c] for c in key)] > 1}
        return [p for p in plain if p[0].record not in barred]

    def _fall(self, kind: Kind, version: Version, row: Row | None) -> Reason | None:
        """Delete a record, or say why it can't be."""
        if row is not None:
            pointing = moving.first_dependent(self, kind, version.record)
            target = None if version.into is None else self.resolve(kind.name, version.into)
            if target == version.record:
                return "in-use", version.into
            if target is not None:
                moving.repoint(self, kind, version.record, target)
            elif version.into is not None:
                twin = self._barred_by(version.into, version.record)
                if twin is not None and (place := self.pointed(twin.version))[1] is None:
                    store.drop(self.archive, [twin])
                    self._supplant(kind, row, twin.version, place[0], version)
                    return None
                if pointing is not None:
                    return "waiting", version.into
            elif pointing is not None:
                return "in-use", pointing
        self.write(kind, [(version, row, None)])
        return None

    def give_way(self, kind: Kind, loser: Version, winner: str, row: Row | None) -> None:
        """Delete a record in favour of one that stands and is the same."""
        gone = successor([loser], loser.row, alive=False, into=winner)
        if row is not None:
            moving.repoint(self, kind, loser.record, winner)
        self.write(kind, [(gone, row, None)])

    def _supplant(
        self, kind: Kind, old: Row, new: Version, values: Row, gone: Version | None = None
    ) -> None:
        """Put a record in the place of another that bears the same key.

        While records still point at the old one, the new one stands under another key.
        """
        same = gone is None
        gone = gone or successor(
            [moving.head_of(self.archive, old)], old, alive=False, into=new.record
        )
        there = store.rows(self.archive, kind.name, [new.record]).get(new.record)
        if moving.first_dependent(self, kind, old["id"]) is None:
            self.write(kind, [(gone, old, None)], counted=not same)
        else:
            apart = {**values, **apart_from_all(kind, new.record)}
            self.write(kind, [(new, there, apart)], counted=False)
            moving.repoint(self, kind, old["id"], new.record)
            self.write(kind, [(gone, old, None)], counted=not same)
            there = apart
        self.write(kind, [(new, there, values)], counted=not same)
        self.counts["unchanged"] += same

    def _count(self, kind: Kind, version: Version, before: Row | None, after: Row | None) -> None:
        action = "deleted" if after is None else "added" if before is None else "updated"
        self.counts["updated" if action == "deleted" else action] += 1
        if self.changes is not None:
            fields = differences(before, after)
            self.changes.append(Change(kind.name, version.record, action, fields))

    def one(self, version: Version, values: Row, bar: Row) -> bool:
        """Whether two records are the same but for their identity, and this office's."""
        if {**values, "id": None} != {**bar, "id": None}:
            return False
        if version.table == "unit" and not ownership.is_city(self.archive):
            return False
        return self.ours(version) and self.ours(moving.head_of(self.archive, bar))

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

    def _as_the_city(self, kind: Kind) -> bool:
        """Whether a record of this table stands as the city has it, as in a district's archive."""
        return kind.name in CITYS_OWN and not ownership.is_city(self.archive)

    def _barred_by(self, record: str, bar: str) -> Held | None:
        """Return the version of a record that only `bar` keeps from standing."""
        for item in store.held(self.archive, [record]):
            if item.version.alive and (item.kind, item.blocker) == ("twin", bar):
                return item
        return None


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


def apart_from_all(kind: Kind, record: str) -> Row:
    """Return values under which a record shares no key with any other, for the time of a move."""
    named = [next((c for c in key if c not in kind.references), None) for key in kind.keys]
    return {c: record if kind.types[c] is str else -1 for c in named if c is not None}


def _traced(kind: Kind, row: Mapping[str, Any]) -> Row | None:
    """Return what the journal may tell of a record that never stood here."""
    hidden = kind.model.journal_digest | kind.model.journal_salted
    return {key: value for key, value in row.items() if key not in hidden} or None
