"""What points at a record that is merged into another points at that one from then on.

That is no new version of what is moved: it follows from the merger, in every archive alike.
"""

from __future__ import annotations

from collections.abc import Sequence

from hrintegrity.archive import writer
from hrintegrity.archive.adopting import Adopted, adopt_many
from hrintegrity.archive.tables.agencies import MERGED_CODE
from hrintegrity.archive.tables.assessment import Draft
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.adopting import Adopting, Reason, Write
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.store import Row
from hrintegrity.duties.exchange.versions import (
    DISPLACED,
    Version,
    current,
    once_pointing,
    successor,
)

PAST = "agency_change"
"""The table of an agency's past, which ends with an agency that is merged into another."""


def ends(table: str, row: Row) -> bool:
    """Whether a record ends with its agency, and does not follow it into another."""
    return table == PAST and row["field"] != MERGED_CODE


class Moving(Adopting):
    """Writing versions, with what follows a record that was merged into another."""

    def write(
        self,
        kind: Kind,
        writes: Sequence[Write],
        *,
        counted: bool = True,
    ) -> None:
        """Write versions, and let what pointed at a record that was merged follow it."""
        merges = kind.keys and kind.dependents
        fresh = [w.version.record for w in writes if w.before is None] if merges else []
        merged = [r for r, head in current(self.archive, fresh).items() if head.into]
        super().write(kind, writes, counted=counted)
        for record in merged:
            self.follow(kind, record)

    def give_way(self, kind: Kind, loser: Version, winner: str, row: Row | None) -> None:
        """Delete a record in favour of one that is here and is the same."""
        gone = successor([loser], loser.row, alive=False, into=winner)
        if row is not None:
            self.repoint(kind, loser.record, winner)
        self.write(kind, [Write(gone, row, None)])

    def repoint(self, kind: Kind, old: str, new: str) -> None:
        """Let everything that points at one record point at another; what then clashes is held."""
        for table, column in kind.dependents:
            other = kinds()[table]
            for row in store.pointing(self.archive, table, column, old):
                if table == "draft":
                    self._move_draft(row["id"], new)
                elif ends(table, row):
                    gone = successor([self.head_of(row)], row, alive=False)
                    self.write(other, [Write(gone, row, None)], counted=False)
                else:
                    self._move(other, row, {**row, column: new})

    def follow(self, kind: Kind, record: str) -> None:
        """Let what pointed at a merged record follow it, where it was merged anew or is back.

        That happens where different offices decided differently, and one decision was kept.
        """
        tables = {table for table, _ in kind.dependents} - {"draft"}
        for table, other in once_pointing(self.archive, tables, record):
            row = store.rows(self.archive, table, [other]).get(other)
            if row is not None:
                values, missing = self.pointed(self.head_of(row))
                if missing is not None:
                    self._displace(kinds()[table], row, ("waiting", missing))
                elif values != row:
                    self._move(kinds()[table], row, values)
        for _, other in once_pointing(self.archive, [kind.name], record):
            head = current(self.archive, [other]).get(other)
            if head is not None and head.into == record:
                self.follow(kind, other)

    def _move(self, kind: Kind, row: Row, values: Row) -> None:
        """Change what a record points at; that is no new version of it."""
        head = self.head_of(row)
        for _, bar in store.clashing(self.archive, kind, [values]):
            if not self.is_duplicate(head, values, bar):
                self._displace(kind, row, ("twin", bar["id"]))
                return
            if row["id"] > bar["id"]:
                self.give_way(kind, head, bar["id"], row)
                return
            self.give_way(kind, self.head_of(bar), row["id"], bar)
        self.write(kind, [Write(head, row, values)], counted=False)

    def _displace(self, kind: Kind, row: Row, reason: Reason) -> None:
        """Hold a record that was here, and before it all that points at it."""
        for table, column in kind.dependents:
            for other in store.pointing(self.archive, table, column, row["id"]):
                self._displace(kinds()[table], other, ("waiting", row["id"]))
        self.hold(self.head_of(row), reason)
        displaced = [Adopted(row["id"], row, None, DISPLACED)]
        adopt_many(self.archive, kind.model, displaced, reason=self.reason)

    def _move_draft(self, record: str, agency: str) -> None:
        """Let a sheet that is being filled in follow its agency, unless there is one there."""
        draft = self.archive.session.get(Draft, record)
        if draft is not None:
            writer.drop_unjournalled(self.archive, draft)
            self.archive.session.expunge(draft)
            moved = {**draft.model_dump(), "agency_id": agency}
            if not store.clashing(self.archive, kinds()["draft"], [moved]):
                writer.keep_unjournalled(self.archive, Draft(**moved))
