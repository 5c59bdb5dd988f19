"""What points at a record that is merged into another points at that one from then on.

That is no new version of what is moved: it follows from the merger, in every archive alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.agencies import MERGED_CODE
from hrintegrity.archive.tables.assessment import Draft
from hrintegrity.archive.writer import Adopted
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.graph import Kind, kinds
from hrintegrity.duties.exchange.store import Row
from hrintegrity.duties.exchange.versions import (
    ASIDE,
    Version,
    current,
    once_pointing,
    successor,
    version_of,
)

if TYPE_CHECKING:
    from hrintegrity.duties.exchange.placing import Placing, Reason

PAST = "agency_change"
"""What the past of an agency is told by; it ends with an agency that is merged into another."""


def ends(table: str, row: Row) -> bool:
    """Whether a record ends with its agency, and does not follow it into another."""
    return table == PAST and row["field"] != MERGED_CODE


def repoint(placing: Placing, kind: Kind, old: str, new: str) -> None:
    """Let everything that points at one record point at another; what then clashes is held."""
    for table, column in kind.dependents:
        other = kinds()[table]
        for row in store.pointing(placing.archive, table, column, old):
            if table == "draft":
                _move_draft(placing, row["id"], new)
            elif ends(table, row):
                gone = successor([head_of(placing.archive, row)], row, alive=False)
                placing.write(other, [(gone, row, None)], counted=False)
            else:
                _move(placing, other, row, {**row, column: new})


def _move(placing: Placing, kind: Kind, row: Row, values: Row) -> None:
    """Change what a record points at; that is no new version of it."""
    head = head_of(placing.archive, row)
    for _, bar in store.clashing(placing.archive, kind, [values]):
        if not placing.one(head, values, bar):
            _set_aside(placing, kind, row, ("twin", bar["id"]))
            return
        if row["id"] > bar["id"]:
            placing.give_way(kind, head, bar["id"], row)
            return
        placing.give_way(kind, head_of(placing.archive, bar), row["id"], bar)
    placing.write(kind, [(head, row, values)], counted=False)


def follow(placing: Placing, kind: Kind, record: str) -> None:
    """Let what pointed at a merged record follow it, where it was merged anew or stands again.

    That happens where different offices decided differently, and one decision was kept.
    """
    tables = {table for table, _ in kind.dependents} - {"draft"}
    for table, other in once_pointing(placing.archive, tables, record):
        row = store.rows(placing.archive, table, [other]).get(other)
        if row is not None:
            values, missing = placing.pointed(head_of(placing.archive, row))
            if missing is not None:
                _set_aside(placing, kinds()[table], row, ("waiting", missing))
            elif values != row:
                _move(placing, kinds()[table], row, values)
    for _, other in once_pointing(placing.archive, [kind.name], record):
        head = current(placing.archive, [other]).get(other)
        if head is not None and head.into == record:
            follow(placing, kind, other)


def _set_aside(placing: Placing, kind: Kind, row: Row, reason: Reason) -> None:
    """Hold a record that stood here, and before it all that points at it."""
    for table, column in kind.dependents:
        for other in store.pointing(placing.archive, table, column, row["id"]):
            _set_aside(placing, kinds()[table], other, ("waiting", row["id"]))
    placing.hold(head_of(placing.archive, row), reason)
    aside = [Adopted(row["id"], row, None, ASIDE)]
    writer.adopt_many(placing.archive, kind.model, aside, reason=placing.reason)


def _move_draft(placing: Placing, record: str, agency: str) -> None:
    """Let a sheet that is being filled in follow its agency, unless there is one there."""
    draft = placing.archive.session.get(Draft, record)
    if draft is not None:
        writer.drop_unjournalled(placing.archive, draft)
        placing.archive.session.expunge(draft)
        moved = {**draft.model_dump(), "agency_id": agency}
        if not store.clashing(placing.archive, kinds()["draft"], [moved]):
            writer.keep_unjournalled(placing.archive, Draft(**moved))


def first_dependent(placing: Placing, kind: Kind, record: str) -> str | None:
    """Return a record that points at this one, if any does."""
    for table, column in kind.dependents:
        for row in store.pointing(placing.archive, table, column, record):
            return str(row["id"])
    return None


def head_of(archive: Archive, row: Row) -> Version:
    """Return the version of a record that stands here, with its row whole."""
    return version_of(archive, row["id"]).standing(row)
