"""Applying versions from elsewhere, or holding them until they can be applied.

A version that is known here, or older than what is here, changes nothing. One that follows what is
here takes its place. Of two that don't know each other both are kept, and ours is in force until
a person settles it (`changed`). What can't be applied for another reason (`placing`) is held too,
and tried again after every change, so that the order in which bundles come makes no difference.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from hrintegrity.duties.exchange import store
from hrintegrity.duties.exchange.adopting import Reason, Write
from hrintegrity.duties.exchange.graph import PLACE, kinds
from hrintegrity.duties.exchange.placing import Placing, apart_from_all
from hrintegrity.duties.exchange.store import Held, Row
from hrintegrity.duties.exchange.versions import (
    Version,
    current,
    earlier,
    other_content,
    successor,
)
from hrintegrity.errors import InputError

Check = Callable[[str, Sequence[Version]], None]
"""Refuses, by raising an error, versions that whoever sent them may not write."""


def admit(placing: Placing, table: str, versions: Sequence[Version], check: Check) -> None:
    """Take versions of one table, each applied or held; `check` sees what is new."""
    archive = placing.archive
    records = {version.record for version in versions}
    here = current(archive, records)
    rows = store.rows(archive, table, records)
    held: dict[str, list[Held]] = {}
    for item in store.held(archive, records):
        held.setdefault(item.version.record, []).append(item)
    new: dict[str, Version] = {}
    again: list[Version] = []
    repeated: list[tuple[Version, list[Version]]] = []
    for version in versions:
        mine, others = here.get(version.record), held.get(version.record, [])
        known = [*([mine] if mine else []), *(item.version for item in others)]
        if any(other.knows(version.version) for other in known):
            placing.counts["unchanged"] += 1
            repeated.append((version, known))
        elif version.record in new:
            # A second version of the same record must see what becomes of the first.
            again.append(version)
        else:
            new[version.record] = version
    _refuse_other_content(placing, repeated)
    if new:
        check(table, list(new.values()))
    ready: list[tuple[Version, Row | None]] = []
    for version in new.values():
        mine, others = here.get(version.record), held.get(version.record, [])
        store.drop(archive, [item for item in others if version.knows(item.version.version)])
        if mine is None or version.knows(mine.version):
            ready.append((version, rows.get(version.record)))
        elif join(placing, mine, version, rows.get(version.record)):
            placing.counts["unchanged"] += 1
        else:
            placing.hold(version, ("changed", None))
    placing.apply_all(kinds()[table], ready)
    for version in again:
        admit(placing, table, [version], check)


def _refuse_other_content(
    placing: Placing, repeated: Sequence[tuple[Version, Sequence[Version]]]
) -> None:
    """Refuse what bears a known version and says something else. Raises InputError."""
    older = []
    for version, known in repeated:
        same = [other for other in known if other.version == version.version]
        for other in same:
            _refuse_difference(placing, version, other)
        if not same:
            older.append(version)
    if older:
        before = earlier(placing.archive, {version.record for version in older})
        for version in older:
            # A predecessor that was never here is known by its name only.
            if (version.record, version.version) in before:
                _refuse_difference(placing, version, before[version.record, version.version])


def _refuse_difference(placing: Placing, version: Version, known: Version) -> None:
    column = other_content(known, _pointing_as(placing, version, known))
    if column is not None:
        where, value = f"{version.table}.{column}", version.row.get(column)
        shown = None if value is None else str(value)[:80]
        raise InputError(
            "bundle-refused",
            f"记录 {version.record} 的 {where} 与本库已有的同一版本内容不同，没有导入。",
            "对方的档案库可能被越过程序改动过：请打电话问发送单位，请其运行 hri archive verify。",
            clause="二(三)",
            details=[
                {"row": None, "column": where, "value": shown, "reason": "同一版本，内容不同"}
            ],
        )


def _pointing_as(placing: Placing, version: Version, known: Version) -> Version:
    """Return a version that points at what a known one does, where that is one record by now.

    To whoever does not know of a merged record, its sender names the one that it ended in.
    """
    there, here = version.row, known.row
    same = {
        column: here[column]
        for column, target in kinds()[version.table].references.items()
        if here.get(column) != there.get(column)
        and None not in (here.get(column), there.get(column))
        and (found := placing.resolve(target, here[column])) is not None
        and found == placing.resolve(target, there[column])
    }
    return dataclasses.replace(version, row={**there, **same})


def settle_held(placing: Placing) -> None:
    """Apply what is held and no longer barred, until nothing more can be."""
    moved = True
    while moved:
        moved, waits = False, dict[str, bool]()
        for item in sorted(store.held(placing.archive), key=_place):
            if item.kind == "waiting" and item.blocker is not None:
                if item.blocker not in waits:
                    waits[item.blocker] = _still_waits(placing, item, item.blocker)
                if waits[item.blocker]:
                    continue
            moved = _retry(placing, item) or moved
        moved = moved or _change_places(placing)


def _change_places(placing: Placing) -> bool:
    """Let records take each other's keys, where each waits for the next; say whether any did."""
    items = store.held(placing.archive)
    twins = {i.version.record: i for i in items if i.kind == "twin" and i.version.alive}
    for first, item in twins.items():
        chain, kind = [first], kinds()[item.version.table]
        while (bar := twins[chain[-1]].blocker) in twins and bar not in chain:
            chain.append(str(bar))
        here, rows = current(placing.archive, chain), store.rows(placing.archive, kind.name, chain)
        if bar != first or not all(
            record in rows and twins[record].version.knows(here[record].version) for record in chain
        ):
            continue
        head, row = here[first].with_row(rows[first]), rows[first]
        apart = {**row, **apart_from_all(kind, first)}
        placing.write(kind, [Write(head, row, apart)], counted=False)
        moved = [_retry(placing, twins[record]) for record in reversed(chain)]
        if not moved[-1]:
            placing.write(kind, [Write(head, apart, row)], counted=False)
        if any(moved):
            return True
    return False


def join(placing: Placing, mine: Version, other: Version, row: Row | None) -> bool:
    """Join two versions that say the same, where they do; nobody need be asked."""
    if not (placing.ours(mine) and placing.ours(other)):
        return False
    if (mine.alive, mine.into) != (other.alive, other.into):
        return False
    if mine.alive and row != placing.pointed(other)[0]:
        return False
    content = dict(other.row) if row is None else row
    joined = successor([mine, other], content, alive=mine.alive, into=mine.into)
    placing.write(kinds()[mine.table], [Write(joined, row, row)], counted=False)
    return True


def _retry(placing: Placing, item: Held) -> bool:
    """Try a held version once more; say whether anything changed."""
    archive, version = placing.archive, item.version
    mine = current(archive, [version.record]).get(version.record)
    row = store.rows(archive, version.table, [version.record]).get(version.record)
    reason: Reason | None = None
    if mine is None or (mine.version != version.version and version.knows(mine.version)):
        reason = placing.apply(version, row)
    elif not mine.knows(version.version) and not join(placing, mine, version, row):
        reason = ("changed", None)
    if reason is None:
        store.drop(archive, [item])
        return True
    if reason != (item.kind, item.blocker):
        store.explain(archive, item, *reason)
    return False


def _still_waits(placing: Placing, item: Held, blocker: str) -> bool:
    """Whether the record that a version waits for is neither here nor was merged."""
    if not item.version.alive:
        return False
    references = kinds()[item.version.table].references
    wanted = {
        target for column, target in references.items() if item.version.row.get(column) == blocker
    }
    return all(placing.resolve(target, blocker) is None for target in wanted)


def _place(item: Held) -> tuple[int, str, str]:
    return PLACE[item.version.table], item.version.record, item.version.version
