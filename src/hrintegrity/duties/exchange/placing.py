"""Putting versions into the tables, each with its entry, or saying what keeps them out.

A version can't be applied while another record bears its code or key (`twin`), while a record
that it points at is missing (`waiting`), or, a deletion, while records here point at what it would
delete (`in-use`). Of two records that are the same but for their identity the later one gives way
to the earlier, in every archive of their office alike; of two agencies only a person may say that
they are one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.adopting import Reason, Write
from hrintegrity.duties.exchange.belonging import CITYS_OWN
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.moving import Moving, ends
from hrintegrity.duties.exchange.store import Held, Row
from hrintegrity.duties.exchange.versions import Version, successor


class Placing(Moving):
    """Applying versions to the tables, or saying what keeps them out."""

    def apply_all(self, kind: Kind, ready: Sequence[tuple[Version, Row | None]]) -> None:
        """Apply versions, each given with its row here; hold those that can't be applied."""
        plain = self._unbarred(kind, ready)
        self.write(kind, plain)
        done = {write.version.record for write in plain}
        for version, row in ready:
            if version.record not in done and (reason := self.apply(version, row)) is not None:
                self.hold(version, reason)

    def apply(self, version: Version, row: Row | None) -> Reason | None:
        """Apply one version, or say why it can't be."""
        kind = kinds()[version.table]
        if not version.alive:
            return self._remove(kind, version, row)
        values, missing = self.pointed(version)
        if ends(kind.name, values) and values["agency_id"] != version.row["agency_id"]:
            return self._remove(kind, successor([version], version.row, alive=False), row)
        if missing is not None:
            return "waiting", missing
        for _, bar in store.clashing(self.archive, kind, [values]):
            if kind.name == "agency" or not self.is_duplicate(version, values, bar):
                return "twin", bar["id"]
            if version.record > bar["id"] and not self._as_the_city(kind):
                self.give_way(kind, version, bar["id"], row)
            else:
                self._replace(kind, bar, version, values)
            return None
        self.write(kind, [Write(version, row, values)])
        return None

    def _unbarred(self, kind: Kind, ready: Sequence[tuple[Version, Row | None]]) -> list[Write]:
        """Return those that nothing keeps from being applied, found for all of them at once."""
        alive = [(version, row) for version, row in ready if version.alive]
        rows = {version.record: store.whole(kind, version.row) for version, _ in alive}
        for column, target in kind.references.items():
            wanted = {row[column] for row in rows.values() if row[column] is not None}
            there = {None, *store.rows(self.archive, target, wanted)}
            rows = {record: row for record, row in rows.items() if row[column] in there}
        clashing = store.clashing(self.archive, kind, list(rows.values()))
        barred = {row["id"] for row, _ in clashing}
        for key in kind.keys:
            borne = Counter(tuple(row[column] for column in key) for row in rows.values())
            barred |= {
                record
                for record, row in rows.items()
                if borne[tuple(row[column] for column in key)] > 1
            }
        return [
            Write(version, row, rows[version.record])
            for version, row in alive
            if version.record in rows.keys() - barred
        ]

    def _remove(self, kind: Kind, version: Version, row: Row | None) -> Reason | None:
        """Delete a record, or say why it can't be."""
        if row is not None:
            pointing = self.first_dependent(kind, version.record)
            target = None if version.into is None else self.resolve(kind.name, version.into)
            if target == version.record:
                return "in-use", version.into
            if target is not None:
                self.repoint(kind, version.record, target)
            elif version.into is not None:
                twin = self._barred_by(version.into, version.record)
                if twin is not None and (place := self.pointed(twin.version))[1] is None:
                    store.drop(self.archive, [twin])
                    self._replace(kind, row, twin.version, place[0], version)
                    return None
                if pointing is not None:
                    return "waiting", version.into
            elif pointing is not None:
                return "in-use", pointing
        self.write(kind, [Write(version, row, None)])
        return None

    def _replace(
        self, kind: Kind, old: Row, new: Version, values: Row, gone: Version | None = None
    ) -> None:
        """Put a record in the place of another that bears the same key.

        While records still point at the old one, the new one has another key.
        """
        same = gone is None
        gone = gone or successor([self.head_of(old)], old, alive=False, into=new.record)
        there = store.rows(self.archive, kind.name, [new.record]).get(new.record)
        if self.first_dependent(kind, old["id"]) is None:
            self.write(kind, [Write(gone, old, None)], counted=not same)
        else:
            apart = {**values, **apart_from_all(kind, new.record)}
            self.write(kind, [Write(new, there, apart)], counted=False)
            self.repoint(kind, old["id"], new.record)
            self.write(kind, [Write(gone, old, None)], counted=not same)
            there = apart
        self.write(kind, [Write(new, there, values)], counted=not same)
        self.counts["unchanged"] += same

    def _as_the_city(self, kind: Kind) -> bool:
        """Whether this is a district's archive, and only the city decides on this table."""
        return kind.name in CITYS_OWN and not ownership.is_city(self.archive)

    def _barred_by(self, record: str, bar: str) -> Held | None:
        """Return the version of a record that only `bar` keeps from being applied."""
        for item in store.held(self.archive, [record]):
            if item.version.alive and (item.kind, item.blocker) == ("twin", bar):
                return item
        return None


def apart_from_all(kind: Kind, record: str) -> Row:
    """Return values under which a record shares no key with any other, for the time of a move."""
    named = [next((c for c in key if c not in kind.references), None) for key in kind.keys]
    return {c: record if kind.types[c] is str else -1 for c in named if c is not None}
