"""What other archives have and what can't be applied here: listing it, and settling it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.exchange import Conflict
from hrintegrity.duties import ownership
from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.admitting import settle_held
from hrintegrity.duties.exchange.adopting import Write, differences
from hrintegrity.duties.exchange.belonging import belongs, citys_own
from hrintegrity.duties.exchange.graph import kinds
from hrintegrity.duties.exchange.merging import unite_agencies
from hrintegrity.duties.exchange.placing import Placing
from hrintegrity.duties.exchange.store import Held
from hrintegrity.duties.exchange.subjects import subject_of
from hrintegrity.duties.exchange.uniting import side, unite
from hrintegrity.duties.exchange.versions import Version, current, successor
from hrintegrity.duties.identities import meant
from hrintegrity.errors import LookupFailedError, RuleError
from hrintegrity.notice import names

CLAUSE = "二(三)"


@dataclass(frozen=True)
class ConflictView:
    """A conflict as scripts see it: per column that differs ours and theirs.

    `subject` is what people call whom or what it is about, `agency` and `code` are those of the
    agency if it is one; `record` is the one whose version is held, `standing` the one here that it
    conflicts with; `waiting` counts what waits for it. `ours` and `theirs` say whether that side is
    `present` or `deleted`. In a rehearsal it has no `id`, since it is not there to be settled.
    """

    id: str | None
    kind: str
    table: str
    record: str
    standing: str | None
    subject: str | None
    agency: str | None
    code: str | None
    fields: dict[str, list[Any]]
    ours: str
    theirs: str
    sender: str | None
    sender_name: str | None
    fingerprint: str | None
    received: dt.date
    waiting: int


@dataclass(frozen=True)
class Settled:
    """What was settled: whether ours or theirs was kept, and what is still open."""

    id: str
    kept: str
    table: str
    record: str
    open: int


def listing(archive: Archive) -> list[ConflictView]:
    """Return what a person has to settle; what only waits for one of these is counted with it.

    Nor is there anything to settle where another office's versions say the same.
    """
    items = store.held(archive)
    waiting = Counter(item.blocker for item in items if item.kind == "waiting")
    records = {item.version.record for item in items}
    views = [
        _view(archive, item, waiting[item.version.record])
        for item in items
        if item.kind != "waiting" or item.blocker not in records
    ]
    return [view for view in views if view.fields or view.kind != "changed"]


def settle(archive: Archive, conflict: str, *, keep: str, today: dt.date) -> Settled:
    """Keep ours or theirs; the other is part of the record's past from now on.

    Raises LookupFailedError `conflict-missing`, RuleError `conflict-waits`, `key-taken`,
    `record-in-use`, `both-held` or `citys-to-settle`, or as `meant`.
    """
    row = meant(archive, Conflict, conflict)
    item = next((held for held in store.held(archive) if row and held.id == row.id), None)
    if item is None:
        raise LookupFailedError(
            "conflict-missing", f"没有这个冲突：{conflict}", "冲突见 hri archive conflicts。"
        )
    placing = Placing(archive, today)
    {"changed": _changed, "twin": _twin, "waiting": _orphan, "in-use": _in_use}[item.kind](
        placing, item, keep
    )
    settle_held(placing)
    archive.session.expunge_all()
    return Settled(item.id, keep, item.version.table, item.version.record, len(listing(archive)))


def settle_all(archive: Archive, *, keep: str, kind: str | None, today: dt.date) -> list[Settled]:
    """Settle all conflicts, or those of a kind, as `settle` does; return them in their order.

    Settling one may settle others, or let what waited for it be applied. Raises as `settle`.
    """
    done: list[Settled] = []
    while wanted := [view for view in listing(archive) if kind in (None, view.kind)]:
        first = wanted[0]
        if first.id is None or any(one.id == first.id for one in done):
            break
        done.append(settle(archive, first.id, keep=keep, today=today))
    return done


def _changed(placing: Placing, item: Held, keep: str) -> None:
    """Settle a record that was changed on both sides: a version that follows both."""
    archive, theirs = placing.archive, item.version
    kind = kinds()[theirs.table]
    mine = current(archive, [theirs.record]).get(theirs.record)
    row = store.rows(archive, theirs.table, [theirs.record]).get(theirs.record)
    store.drop(archive, [item])
    if keep == "ours" and mine is not None:
        both = successor([mine, theirs], row or mine.row, alive=mine.alive, into=mine.into)
        placing.write(kind, [Write(both, row, row)])
        return
    chosen = theirs
    if mine is not None and _ours_to_write(archive, theirs):
        chosen = successor([theirs, mine], theirs.row, alive=theirs.alive, into=theirs.into)
    reason = placing.apply(chosen, row)
    if reason is not None:
        placing.hold(chosen, reason)


def _twin(placing: Placing, item: Held, keep: str) -> None:
    """Settle two records that bear the same key: one ends in the other."""
    archive, table = placing.archive, item.version.table
    if table == "unit" and not ownership.is_city(archive):
        raise RuleError(
            "citys-to-settle",
            "一家机构有两个示范单位称号，由市局决定留哪一个。",
            "请市局处理后重新发来；本档案库收到后冲突自动消失。",
            clause="三(七)",
        )
    there, here = side(archive, table, item.version.record), side(archive, table, str(item.blocker))
    loser, winner = (there, here) if keep == "ours" else (here, there)
    if there.row is not None:
        # It is here too, as it was before it got the other's key.
        if keep == "theirs":
            raise RuleError(
                "key-taken",
                "对方改用的代码在本档案库属于另一条记录，不能照改。",
                "请先更正那条记录的代码；两条本是一家机构的，用 hri agency merge 合并。",
                clause=CLAUSE,
            )
        _changed(placing, item, keep)
    elif table == "agency":
        unite_agencies(archive, loser, winner, reason=placing.reason, today=placing.today)
    else:
        unite(placing, loser, winner, dict(winner.head.row))


def _orphan(placing: Placing, item: Held, keep: str) -> None:
    """Settle a record that points at one that was deleted; it can only be given up."""
    archive, version = placing.archive, item.version
    if keep == "theirs" or store.held(archive, [str(item.blocker)]):
        raise RuleError(
            "conflict-waits",
            "这条记录所属的记录没有入库，不能单独保留。",
            "请先处理它所属的那条：hri archive conflicts。",
            clause=CLAUSE,
        )
    row = store.rows(archive, version.table, [version.record]).get(version.record)
    store.drop(archive, [item])
    placing.apply(successor([version], version.row, alive=False), row)


def _in_use(placing: Placing, item: Held, keep: str) -> None:
    """Settle a deletion of what is used here: it can only be refused, until nothing uses it."""
    archive, version = placing.archive, item.version
    if keep == "theirs":
        raise RuleError(
            "record-in-use",
            "对方删除的记录在本档案库还有别的记录指向它，不能删除。",
            "请先处理那些记录，或用 --keep ours 保留它。",
            clause=CLAUSE,
        )
    here = side(archive, version.table, version.record)
    store.drop(archive, [item])
    kept = successor([here.head, version], here.head.row)
    placing.write(kinds()[version.table], [Write(kept, here.row, here.row)])


def _ours_to_write(archive: Archive, version: Version) -> bool:
    """Whether what this archive makes of a record reaches the others.

    Where it does not, theirs is taken as it is, so that their next version follows it.
    """
    own = ownership.owner(archive).code
    if own != ownership.CITY:
        return version.table != "unit" and not citys_own(version.table, version.row)
    kind = kinds()[version.table]
    there = and_(kind.table.c.id == version.record, belongs(kind.name, own))
    return bool(store.matching(archive, kind, there))


def _view(archive: Archive, item: Held, waiting: int) -> ConflictView:
    theirs = item.version
    standing = theirs.record
    if item.kind == "twin" and item.blocker is not None:
        standing = item.blocker
    ours = store.rows(archive, theirs.table, [standing]).get(standing)
    content = store.whole(kinds()[theirs.table], theirs.row) if theirs.alive else None
    fields = differences(ours, content) if ours or content else _mergers(archive, theirs)
    subject = subject_of(archive, theirs.table, ours or content or dict(theirs.row))
    sender = theirs.sender
    row = archive.session.get_one(Conflict, item.id)
    return ConflictView(
        id=item.id,
        kind=item.kind,
        table=theirs.table,
        record=theirs.record,
        standing=None if ours is None else standing,
        subject=subject.name,
        agency=subject.agency.get("name"),
        code=subject.agency.get("code"),
        fields=fields,
        ours="deleted" if ours is None else "present",
        theirs="present" if theirs.alive else "deleted",
        sender=sender,
        sender_name=None if sender is None else names.office(sender),
        fingerprint=theirs.key,
        received=row.received,
        waiting=waiting,
    )


def _mergers(archive: Archive, theirs: Version) -> dict[str, list[Any]]:
    """Return into which records something was merged here and there, where that differs."""
    mine = current(archive, [theirs.record]).get(theirs.record)
    into = [None if mine is None else mine.into, theirs.into]
    if into[0] == into[1]:
        return {}
    rows = store.rows(archive, theirs.table, [record for record in into if record])
    return {"merged_into": [rows.get(str(r), {}).get("code", r) for r in into]}
