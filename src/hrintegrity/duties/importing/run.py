"""One way through a table that is imported: rows sorted, written, or refused with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice, repeat
from typing import Any

from hrintegrity.archive.engine import Archive
from hrintegrity.duties.importing.findings import Counts, Part
from hrintegrity.duties.importing.seen import Seen
from hrintegrity.duties.importing.target import AnyCase, AnyRows, Batch, Case, Fault
from hrintegrity.errors import HriError, Question
from hrintegrity.sheets.content import EMPTY
from hrintegrity.sheets.layouts import one_line
from hrintegrity.sheets.reading import CellError, Reading, Row

CHUNK = 1000


Placed = tuple[Part, Row]
"""A row and the part that it stands in; a plain pair, since one is made for each row."""


class Run:
    """Takes the rows of all parts, which are written chunk by chunk until the first bad one."""

    def __init__(
        self,
        archive: Archive,
        target: AnyRows,
        *,
        on_duplicate: str,
        leave_out: frozenset[int],
        progress: Callable[[int], None],
    ) -> None:
        self.archive = archive
        self.target = target
        self.on_duplicate = on_duplicate
        self.leave_out = leave_out
        self.progress = progress
        self.parts: list[Part] = []
        self.next_offset = 0
        self.gained = 0
        self.id: str | None = None
        self.is_idle = True
        self.unneeded: list[str] = []
        self.bad: dict[int, tuple[Part, list[str]]] = {}
        self.reasons: dict[int, list[str]] = {}
        self.errors: list[tuple[Part, CellError]] = []
        self.rules: list[HriError | None] = []
        self.questions: dict[str, Question] = {}
        self.undated: Counter[str] = Counter()
        self._if_new = [column.field for column in target.table.columns if column.if_new]
        self._or_today = [column for column in target.table.columns if column.or_today]
        self.unread: dict[int, list[Placed]] = {}
        self._contents: dict[int, int] = {}
        self._equal: set[int] = set()
        self._unlike: set[int] = set()
        self._seen = Seen()
        self._chunk: list[Placed] = []
        target.remarks.clear()

    def take(self, part: Part) -> None:
        """Take the rows of one more part."""
        self.parts.append(part)
        stream, left_out = part.reading.rows(), self.leave_out
        while rows := list(islice(stream, CHUNK - len(self._chunk))):
            part.counts.read += len(rows)
            self.next_offset = part.offset + rows[-1].number + 1
            if left_out:
                rows = [row for row in rows if part.offset + row.number not in left_out]
            for row in rows:
                if row.errors:
                    self.refuse(part, row.number, row.raw, row.errors)
            self._chunk += zip(repeat(part), rows, strict=False)
            if len(self._chunk) == CHUNK:
                self._work_off()

    def counts(self) -> Counts:
        """Return what became of the rows of all parts."""
        total = Counts()
        for part in self.parts:
            total.plus(part.counts)
        return total

    def finish(self) -> None:
        """Take the rows that are left, and let the target remark on all of them."""
        self._work_off()
        if not self.bad and not self.unread:
            self.target.finish()

    def read_again(self, part: Part, again: Reading) -> None:
        """Refuse the rows that turned out to stand twice only after their chunk was done."""
        for row in again.rows():
            for other in self.unread.get(part.offset + row.number, ()):
                self._twice((part, row), other)

    def keep_first_of_equal(self) -> None:
        """Let the first of rows that are wholly equal go in, now that the others are refused."""
        kept = self._equal - self._unlike
        self.bad = {number: one for number, one in self.bad.items() if number not in kept}
        self.errors = [one for one in self.errors if one[0].offset + one[1].row not in kept]

    def refuse_also(self, later: Run) -> None:
        """Refuse what a later way through the same tables refused."""
        if later is self:
            return
        own = {part.offset: part for part in self.parts}
        self.bad |= {number: (own[part.offset], raw) for number, (part, raw) in later.bad.items()}
        self.errors += [(own[part.offset], error) for part, error in later.errors]
        self.reasons |= later.reasons
        self.rules += later.rules

    def _work_off(self) -> None:
        """Sort a chunk into new, changed and unchanged rows, and write unless a row was bad."""
        chunk, self._chunk = self._chunk, []
        batch = Batch()
        keyed = self._keyed(chunk)
        records = self.target.records([case for _, case in keyed])
        for placed, case in keyed:
            part, _ = placed
            case.record = records.get(case.key)
            is_new = case.record is None or not self.target.is_known(case.record)
            if is_new and None in map(case.values.get, self._if_new):
                self._refuse_lacking(placed)
                continue
            try:
                if is_new:
                    self._add(part, case, batch)
                else:
                    self._compare(part, case, batch)
            except Fault as fault:
                self._fault(placed, fault)
        self.progress(sum(part.counts.read for part in self.parts))
        if not self.bad and not self.unread:
            batch.write(self.archive)
            self.is_idle = self.is_idle and batch.is_empty
            self.gained += len(batch.inserts.get(self.target.model, ()))

    def _refuse_lacking(self, placed: Placed) -> None:
        """Refuse a new row with an empty cell that only a record that is there may have."""
        for name in self._if_new:
            if placed[1].values.get(name) is None:
                self._fault(placed, Fault(name, EMPTY))

    def _add(self, part: Part, case: AnyCase, batch: Batch) -> None:
        """Put a new row into `batch`. Raises Fault."""
        self.target.check(case)
        self.target.add(case, batch)
        part.counts.added += 1
        for column in self._or_today:
            if case.values.get(column.field) is None:
                self.undated[column.field] += 1

    def _compare(self, part: Part, case: AnyCase, batch: Batch) -> None:
        """Put what a row changes of its record into `batch`. Raises Fault."""
        target, counts = self.target, part.counts
        changes = target.changes(case)
        if not changes:
            counts.unchanged += 1
        elif self.on_duplicate == "skip":
            counts.skipped += 1
        elif self.on_duplicate == "update":
            target.check(case)
            target.change(case, changes, batch)
            counts.updated += 1
        else:
            raise Fault(target.table.key[0], self._already_there(case, changes))

    def _already_there(self, case: AnyCase, changes: Mapping[str, Any]) -> str:
        shown = self.target.difference(case, changes)
        what = f"（{shown}）" if shown else ""
        return f"档案库里已有，内容不同{what}；可用 --on-duplicate update 或 skip"

    def _keyed(self, chunk: Sequence[Placed]) -> list[tuple[Placed, AnyCase]]:
        """Return the good rows with their keys; those that stand twice are refused."""
        good: dict[Any, tuple[Placed, AnyCase]] = {}
        target = self.target
        looked_up = target.look_up([row for _, row in chunk])
        for placed, found in zip(chunk, looked_up, strict=True):
            part, row = placed
            try:
                if isinstance(found, Fault):
                    raise found
                if row.errors and any(row.values.get(name) is None for name in target.table.key):
                    continue
                key = target.key(row.values, found)
            except Fault as fault:
                if not self._is_said(placed, fault):
                    self._fault(placed, fault)
                continue
            first = self._seen.first(key, part.offset + row.number)
            if first is None:
                if not row.errors:
                    good[key] = placed, Case(row.number, row.values, found, key)
                continue
            earlier, _ = good.pop(key, (None, None))
            if earlier is not None:
                self._twice(earlier, placed)
            elif first in self.bad:
                self._again(placed, first, is_equal=self._is_equal(first, row))
            else:
                # What the first one says is known when it is read again.
                self.unread.setdefault(first, []).append(placed)
        return list(good.values())

    def _is_said(self, placed: Placed, fault: Fault) -> bool:
        """Say whether a row is refused already in the cells that a fault is about."""
        about = {fault.field, *self.target.table.either}
        part, row = placed
        columns = (part.reading.column_of(error) for error in row.errors)
        return any(column is None or column.field in about for column in columns)

    def _twice(self, first: Placed, second: Placed) -> None:
        """Refuse two rows of one key."""
        number, row = _number(first), first[1]
        self._contents.setdefault(number, _content(row))
        is_equal = self._is_equal(number, second[1])
        if number not in self.bad:
            self._again(first, _number(second), is_equal=is_equal)
        self._again(second, number, is_equal=is_equal)

    def _is_equal(self, first: int, row: Row) -> bool:
        """Say whether a row is wholly equal to the first one of its key, and keep it in mind."""
        is_equal = self._contents.get(first) == _content(row)
        (self._equal if is_equal else self._unlike).add(first)
        return is_equal

    def _again(self, placed: Placed, other: int, *, is_equal: bool) -> None:
        """Refuse a row whose key stands in another row too."""
        part, row = placed
        name = self.target.table.key[0]
        there = next(p for p in reversed(self.parts) if p.offset <= other)
        where = "" if there is part else f" {there.name} "
        how = "，两行读入的各列都相同" if is_equal else ""
        reason = f"文件里写了两次（又见{where}第 {other - there.offset} 行）{how}"
        error = part.reading.cell_error(name, row.number, row.raw, reason)
        self.refuse(part, row.number, row.raw, [replace(error, is_repeat=is_equal)])

    def _fault(self, placed: Placed, fault: Fault) -> None:
        """Refuse a row for what its target says."""
        part, row = placed
        error = part.reading.cell_error(fault.field, row.number, row.raw, fault.reason)
        self.refuse(part, row.number, row.raw, [error], fault.rule)
        self.questions.update((question.text, question) for question in fault.questions)

    def refuse(
        self,
        part: Part,
        row: int,
        raw: list[str],
        errors: Iterable[CellError],
        rule: HriError | None = None,
    ) -> None:
        """Keep a row as refused, with its reasons and the rule, if it was a rule."""
        number = part.offset + row
        for error in errors:
            self.errors.append((part, error))
            column = f"{one_line(error.column)}：" if error.column else ""
            self.reasons.setdefault(number, []).append(f"{column}{error.reason}")
        self.bad[number] = (part, raw)
        self.rules.append(rule)


def _number(placed: Placed) -> int:
    """Return the number of a row where those of all parts are counted through."""
    part, row = placed
    return part.offset + row.number


def _content(row: Row) -> int:
    """Return a fingerprint of what was read of a row; columns that are not used are none of it."""
    return hash(tuple(row.values.items()))
