"""Two records that are one: the one ends in the other, which takes over all that pointed at it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.admitting import settle_held
from hrintegrity.duties.exchange.adopting import Write
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.placing import Placing
from hrintegrity.duties.exchange.store import Held, Row
from hrintegrity.duties.exchange.versions import Version, successor, version_of
from hrintegrity.errors import LookupFailedError, RuleError


@dataclass(frozen=True)
class Side:
    """One of the two: as it is here, or as it is held; `items` are all its held versions."""

    head: Version
    row: Row | None
    items: list[Held]

    @property
    def versions(self) -> list[Version]:
        """All that is known of it."""
        return [
            self.head,
            *(i.version for i in self.items if i.version.version != self.head.version),
        ]


def side(archive: Archive, table: str, record: str) -> Side:
    """Return a record as it is here or is held. Raises LookupFailedError `record-missing`."""
    row = store.rows(archive, table, [record]).get(record)
    items = store.held(archive, [record])
    if row is not None:
        return Side(version_of(archive, record).with_row(row), row, items)
    for item in items:
        if item.version.alive:
            whole = store.whole(kinds()[table], item.version.row)
            return Side(dataclasses.replace(item.version, row=whole), None, items)
    raise LookupFailedError("record-missing", f"没有这条记录：{record}", "请核对。")


def unite(placing: Placing, loser: Side, winner: Side, row: Row | None) -> None:
    """Let one record end in another, which then is `row`.

    Both get a new version, so that a record that is changed, or united the other way round,
    elsewhere meanwhile comes up as a conflict; without a `row` the one that remains gets none,
    since it is another office's. Raises RuleError `both-held`.
    """
    kind = kinds()[winner.head.table]
    gone = successor(loser.versions, loser.head.row, alive=False, into=winner.head.record)
    kept = winner.head if row is None else successor([winner.head, *loser.versions], row)
    store.drop(placing.archive, loser.items)
    if winner.row is not None:
        if row is not None:
            placing.write(kind, [Write(kept, winner.row, store.whole(kind, row))], counted=False)
    else:
        held = [item for item in winner.items if item.version.version == winner.head.version]
        if loser.row is None or any(item.blocker != loser.head.record for item in held):
            raise RuleError(
                "both-held",
                "这两条记录都还没有入库，或另有记录占用同样的代码，不能这样合并。",
                "请先处理占用代码的那条记录：hri archive conflicts。",
            )
        store.drop(placing.archive, held)
        placing.hold(kept, ("twin", loser.head.record))
    reason = placing.apply(gone, loser.row)
    if reason is not None:
        placing.hold(gone, reason)
    settle_held(placing)
