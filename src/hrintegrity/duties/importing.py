"""Every `import`: all rows or none, each wrong row named, what is there already left as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from hrintegrity.archive import door
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import Record
from hrintegrity.duties.seen import Seen
from hrintegrity.errors import HriError, InputError, UnusableError, UsageError
from hrintegrity.files import refuse_existing
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.reading import CellError, Reading, Row, open_table

CHUNK = 1000
SHOWN_CHANGES = 5


@dataclass
class ImportResult:
    """What an import did; the keys of cli.md, and `remarks` on how the file was read."""

    read: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0
    unused_columns: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    dry_run: bool = False

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        return asdict(self)


class Fault(Exception):
    """A row that its target refuses: the field and in Chinese why.

    `rule` is the error to raise where rows are refused for this reason alone.
    """

    def __init__(self, field_name: str, reason: str, rule: HriError | None = None) -> None:
        super().__init__(reason)
        self.field = field_name
        self.reason = reason
        self.rule = rule


class Target(Protocol):
    """Where the rows of a table go: what knows them, checks them and makes records of them."""

    table: Table
    model: type[Record]

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up what the rows of a chunk need."""

    def key(self, values: Mapping[str, Any]) -> Hashable:
        """Return what a row is known by. Raises Fault."""

    def existing(self, keys: Sequence[Any]) -> Mapping[Any, Any]:
        """Return the archive's records of these keys."""

    def changes(self, record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row would change in a record; an empty cell changes nothing."""

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse a row that would be written, by what the archive knows. Raises Fault."""

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns of a new record, days as ISO 8601 text."""


@runtime_checkable
class OwnWriter(Protocol):
    """A target that writes by itself, since a row becomes records of more than one table.

    `remarks` are its own words on what it did, shown beside those on how the file was read.
    """

    remarks: list[str]

    def write(
        self, new: Sequence[dict[str, Any]], changed: Sequence[tuple[Any, dict[str, Any]]]
    ) -> int:
        """Write the new and the changed rows; return how many rows `model`'s table gained."""


@runtime_checkable
class OwnTeller(Protocol):
    """A target that says by itself what a row would change, since that is not in `model` alone."""

    def different(self, record: Any, changes: Mapping[str, Any]) -> str:
        """Say in Chinese what a row would change."""


def import_file(
    archive: Archive,
    path: Path,
    target: Target,
    *,
    dry_run: bool = False,
    on_duplicate: str = "fail",
    rejects: Path | None = None,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    force: bool = False,
) -> ImportResult:
    """Import the rows of a file.

    Without `rejects` all rows or none go in; with it the good ones do, and the bad ones are
    written there. Raises InputError `rows-refused` with every finding, what `open_table` raises,
    and the error of a rule where rows are refused for that reason alone.
    """
    if rejects is not None:
        _refuse_itself(path, rejects)
        refuse_existing(rejects, force=force)
    run = _run(archive, path, target, on_duplicate, mapping, fixed, frozenset(), dry_run)
    if not run.bad:
        return run.result
    if rejects is None:
        raise run.refusal()
    if not dry_run:
        _write_rejects(rejects, run, force=force)
    # The first of two rows that stand twice was written before the second was met; so the good
    # rows go in afresh, now that all the bad ones are known.
    good = _run(archive, path, target, on_duplicate, mapping, fixed, frozenset(run.bad), dry_run)
    good.result.rejected = len(run.bad)
    good.result.errors = run.details()
    return good.result


def _refuse_itself(path: Path, rejects: Path) -> None:
    """Refuse to write the rejected rows over the file that is read."""
    if rejects.exists() and path.exists() and rejects.samefile(path):
        raise UsageError(
            "rejects-is-input", f"--rejects 不能是导入的文件本身：{path}", "请换一个文件名。"
        )


def _run(
    archive: Archive,
    path: Path,
    target: Target,
    on_duplicate: str,
    mapping: Mapping[str, str] | None,
    fixed: Mapping[str, str] | None,
    leave_out: frozenset[int],
    dry_run: bool,
) -> _Run:
    with open_table(path, target.table, mapping=mapping, fixed=fixed) as reading:
        run = _Run(archive, target, reading, on_duplicate, leave_out)
        savepoint = archive.connection.begin_nested()
        before = _count(archive, target)
        run.take_all()
        if run.unread:
            with open_table(path, target.table, mapping=mapping, fixed=fixed) as again:
                run.read_again(again)
        if run.bad or dry_run:
            savepoint.rollback()
        else:
            savepoint.commit()
            if _count(archive, target) != before + run.gained:
                raise UnusableError(
                    "count-mismatch",
                    "写入后读回的条数不符，已撤销。",
                    "请运行 hri archive verify。",
                )
        run.result.unused_columns = reading.unused_columns
        run.result.remarks = reading.remarks
        if isinstance(target, OwnWriter):
            run.result.remarks = [*reading.remarks, *target.remarks]
        run.result.dry_run = dry_run
    return run


def _count(archive: Archive, target: Target) -> int:
    name = target.model.__tablename__
    found: int = archive.connection.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()
    return found


class _Run:
    """One way through a file: rows are written chunk by chunk until the first bad one."""

    def __init__(
        self,
        archive: Archive,
        target: Target,
        reading: Reading,
        on_duplicate: str,
        leave_out: frozenset[int],
    ) -> None:
        self.archive = archive
        self.target = target
        self.reading = reading
        self.on_duplicate = on_duplicate
        self.leave_out = leave_out
        self.result = ImportResult()
        self.errors: list[CellError] = []
        self.bad: dict[int, list[str]] = {}
        self.reasons: dict[int, list[str]] = {}
        self.rules: list[HriError | None] = []
        self.seen = Seen()
        self.unread: dict[int, int] = {}
        self.gained = 0
        if isinstance(target, OwnWriter):
            target.remarks.clear()

    def take_all(self) -> None:
        chunk: list[Row] = []
        for row in self.reading.rows():
            self.result.read += 1
            if row.number in self.leave_out:
                continue
            if row.errors:
                self.refuse(row.number, row.raw, row.errors, None)
                if any(row.values.get(name) is None for name in self.target.table.key):
                    continue
            chunk.append(row)
            if len(chunk) == CHUNK:
                self.take(chunk)
                chunk = []
        if chunk:
            self.take(chunk)

    def take(self, rows: list[Row]) -> None:
        """Sort a chunk into new, changed and unchanged rows, and write unless a row was bad."""
        self.target.prepare(rows)
        keyed = self.keyed(rows)
        existing = self.target.existing(list(keyed))
        new: list[dict[str, Any]] = []
        changed: list[tuple[Any, dict[str, Any]]] = []
        for key, row in keyed.items():
            record = existing.get(key)
            try:
                if record is None:
                    self.target.check(row.values)
                    new.append(self.target.new(row.values))
                    continue
                changes = self.target.changes(record, row.values)
                if not changes:
                    self.result.unchanged += 1
                elif self.on_duplicate == "skip":
                    self.result.skipped += 1
                elif self.on_duplicate == "update":
                    self.target.check(row.values)
                    changed.append((record, changes))
                else:
                    reason = _already_there(self.target, record, changes)
                    raise Fault(self.target.table.key[0], reason)
            except Fault as fault:
                self.fault(row, fault)
        if self.bad or self.unread:
            return
        if isinstance(self.target, OwnWriter):
            self.gained += self.target.write(new, changed)
        else:
            self.gained += door.insert_many(self.archive, self.target.model, new)
            door.update_many(self.archive, self.target.model, changed)
        self.result.added += len(new)
        self.result.updated += len(changed)

    def keyed(self, rows: list[Row]) -> dict[Hashable, Row]:
        """Return the good rows by their keys; those that stand twice in the file are refused."""
        found: dict[Hashable, Row] = {}
        for row in rows:
            try:
                key = self.target.key(row.values)
            except Fault as fault:
                self.fault(row, fault)
                continue
            first = self.seen.first(key, row.number)
            if first is None:
                if not row.errors:
                    found[key] = row
                continue
            earlier = found.pop(key, None)
            if earlier is not None:
                self.twice(first, earlier.raw, row.number)
            elif first not in self.bad:
                self.unread.setdefault(first, row.number)
            self.twice(row.number, row.raw, first)
        return found

    def read_again(self, reading: Reading) -> None:
        """Refuse the rows that turned out to stand twice only after their chunk was done."""
        for row in reading.rows():
            if row.number in self.unread:
                self.twice(row.number, row.raw, self.unread[row.number])

    def twice(self, number: int, raw: list[str], other: int) -> None:
        name = self.target.table.key[0]
        reason = f"文件里写了两次（又见第 {other} 行）"
        value = self.reading.cell_of(name, raw)
        error = CellError(number, self.reading.header_of(name), value, reason)
        self.refuse(number, raw, [error], None)

    def fault(self, row: Row, fault: Fault) -> None:
        value = self.reading.cell_of(fault.field, row.raw)
        header = self.reading.header_of(fault.field)
        number = self.reading.row_of(fault.field, row.number)
        error = CellError(number, header, value, fault.reason)
        self.refuse(row.number, row.raw, [error], fault.rule)

    def refuse(
        self, number: int, raw: list[str], errors: Iterable[CellError], rule: HriError | None
    ) -> None:
        for error in errors:
            self.errors.append(error)
            column = f"{error.column}：" if error.column else ""
            self.reasons.setdefault(number, []).append(f"{column}{error.reason}")
        self.bad[number] = raw
        self.rules.append(rule)

    def details(self) -> list[dict[str, Any]]:
        """Return what was refused, by rows."""
        return [error.as_detail() for error in sorted(self.errors, key=lambda error: error.row)]

    def refusal(self) -> HriError:
        """Return the error for a file of which nothing went in."""
        details = self.details()
        first = self.rules[0]
        if first is not None and all(rule is not None for rule in self.rules):
            first.details = details
            return first
        return InputError(
            "rows-refused",
            f"{self.reading.path.name}：{len(self.bad)} 行有误，一行也没有导入。",
            "请改正后再导入；或加 --rejects 文件，先导入无误的行。",
            details=details,
        )


def _already_there(target: Target, record: Any, changes: Mapping[str, Any]) -> str:
    if isinstance(target, OwnTeller):
        shown = target.different(record, changes)
    else:
        known = target.table.by_field
        names = [known[name].header for name in changes if name in known]
        shown = "、".join(names[:SHOWN_CHANGES]) + ("等" if len(names) > SHOWN_CHANGES else "")
    return f"档案库里已有，内容不同（{shown}）；可用 --on-duplicate update 或 skip"


def _write_rejects(path: Path, run: _Run, *, force: bool) -> None:
    from hrintegrity.sheets.writing import write_rejects  # noqa: PLC0415 — only where rows are bad.

    rows = [(run.bad[number], run.reasons[number]) for number in sorted(run.bad)]
    write_rejects(path, run.reading.headers, rows, force=force)


def iso(value: Any) -> Any:
    """Return a day as ISO 8601 text and everything else as it is."""
    return value.isoformat() if isinstance(value, dt.date) else value
