"""One way through a file that is imported: rows sorted, written, or refused with their reasons."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.duties.import_target import Fault, OwnTeller, OwnWriter, Target
from hrintegrity.duties.seen import Seen
from hrintegrity.errors import HriError, InputError
from hrintegrity.sheets.headers import one_line
from hrintegrity.sheets.reading import CellError, Reading, Row

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


class Run:
    """Takes the rows of a file, which are written chunk by chunk until the first bad one."""

    def __init__(
        self,
        archive: Archive,
        target: Target,
        reading: Reading,
        on_duplicate: str,
        leave_out: frozenset[int],
        tell: Callable[[int], None],
    ) -> None:
        self.archive = archive
        self.tell = tell
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
        """Take all rows of the file, a chunk at a time."""
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
                self.tell(self.result.read)
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
                    if self.lacks(row):
                        continue
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
            self.gained += writer.insert_many(self.archive, self.target.model, new)
            writer.update_many(self.archive, self.target.model, changed)
        self.result.added += len(new)
        self.result.updated += len(changed)

    def lacks(self, row: Row) -> bool:
        """Refuse a new row with an empty cell that only a record that is there may have."""
        empty = [c for c in self.target.table.columns if c.if_new and not row.values.get(c.field)]
        for column in empty:
            self.fault(row, Fault(column.field, "没有填写"))
        return bool(empty)

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
        """Refuse a row whose key stands in another row too."""
        name = self.target.table.key[0]
        reason = f"文件里写了两次（又见第 {other} 行）"
        value = self.reading.cell_of(name, raw)
        error = CellError(number, self.reading.header_of(name), value, reason)
        self.refuse(number, raw, [error], None)

    def fault(self, row: Row, fault: Fault) -> None:
        """Refuse a row for what its target says."""
        value = self.reading.cell_of(fault.field, row.raw)
        header = self.reading.header_of(fault.field)
        number = self.reading.row_of(fault.field, row.number)
        error = CellError(number, header, value, fault.reason)
        self.refuse(row.number, row.raw, [error], fault.rule)

    def refuse(
        self, number: int, raw: list[str], errors: Iterable[CellError], rule: HriError | None
    ) -> None:
        """Keep a row as refused, with its reasons and the rule, if it was a rule."""
        for error in errors:
            self.errors.append(error)
            column = f"{one_line(error.column)}：" if error.column else ""
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
    what = f"（{shown}）" if shown else ""
    return f"档案库里已有，内容不同{what}；可用 --on-duplicate update 或 skip"
