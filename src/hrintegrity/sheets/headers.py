"""Finding the header row, and which column gives which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from hrintegrity.errors import InputError, Question, UsageError
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.guessing import not_used, only_counts, samples, undated
from hrintegrity.sheets.layouts import (
    Heading,
    Layout,
    as_it_stands,
    bare,
    letters,
    nameless,
    normal,
    one_line,
)
from hrintegrity.sheets.refusals import missing_column, missing_column_reason
from hrintegrity.sheets.source import HEAD_ROWS, Head

_HEADER_LIMIT = 200
"""A longer cell is no header; comparing it would only cost time."""


class Matcher:
    """Matches headers against the columns of a table and the user's own `mapping`."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping[str, str],
        given: frozenset[str],
        *,
        optional: frozenset[str] = frozenset(),
    ) -> None:
        """Take what the user said; `optional` are headers of `mapping` that need not be there."""
        self.table = table
        self.given = given
        self._optional = optional
        self._names = {
            name: column.field
            for column in table.columns
            for name in map(normal, (column.field, *column.headers))
        }
        self._mapped = {normal(header): self._field(field) for header, field in mapping.items()}
        self._mapping = mapping
        self._found: dict[str, str | None] = {}
        self._headings: dict[int, tuple[Head, Heading | None]] = {}

    @property
    def words(self) -> frozenset[str]:
        """Headers in Chinese that, found in a text, show that it was decoded right."""
        headers = [header for column in self.table.columns for header in column.headers]
        return frozenset(
            word for word in (*headers, *self._mapping) if len(word) > 1 and not word.isascii()
        )

    def _field(self, name: str) -> str:
        """Return the field that `name`, English or a known header, stands for."""
        field = self._names.get(normal(name))
        if field is None:
            known = "、".join(f"{c.field}（{c.header}）" for c in self.table.columns)
            raise UsageError("field-unknown", f"没有这个字段：{name}", f"可用的字段：{known}")
        return field

    def field(self, header: str) -> str | None:
        """Return the field that a header gives, or None."""
        if len(header) > _HEADER_LIMIT:
            return None
        if header not in self._found:
            # A number in brackets is part of an indicator's own header, not a remark on it.
            known = self._names.get(normal(header)) or self._names.get(bare(header))
            self._found[header] = self._by_hand(header) or known or self._of_all(header)
        return self._found[header]

    def _of_all(self, header: str) -> str | None:
        """Return the field that each name of a header gives: `信用代码/组织机构代码`."""
        fields = {self._names.get(bare(name)) for name in re.split("[/／、]", header)}
        return fields.pop() if len(fields) == 1 else None

    def _by_hand(self, header: str) -> str | None:
        """Return the field that the user mapped a header to, or None."""
        return self._mapped.get(normal(header)) or self._mapped.get(bare(header))

    def mapped_in(self, headers: Sequence[str]) -> list[str]:
        """Return which headers of the user's own mapping a table has."""
        have = {name for header in headers for name in (normal(header), bare(header))}
        return [header for header in self._mapping if normal(header) in have]

    def count(self, cells: Sequence[str]) -> int:
        """Return how many different fields a row of headers gives.

        Numbers, which head the columns of scores, are headers beside other headers only: a row of
        full marks has nothing but numbers.
        """
        found = {(cell.strip().isdecimal(), self.field(cell)) for cell in cells if cell}
        fields = {field for is_number, field in found if field and not is_number}
        return len(fields | {field for _, field in found if field}) if fields else 0

    def heading(self, head: Head) -> Heading | None:
        """Return the likeliest header, one row or two; None where nothing looks like one."""
        if id(head) not in self._headings:
            # With the head itself, so that no other takes its place in memory.
            self._headings[id(head)] = head, self._heading(head)
        return self._headings[id(head)][1]

    def _heading(self, head: Head) -> Heading | None:
        singles = [Heading(row, tuple(cells), self.count(cells)) for row, cells in head]
        best = max(singles, key=lambda one: one.count, default=None)
        for above, below in pairwise(singles):
            if best is None or below.row != above.row + 1:
                continue
            cells = tuple(self._joined(above.cells, below.cells))
            both = Heading(below.row, cells, self.count(cells))
            if both.count > max(best.count, above.count + 1):
                best = both
        return best if best is not None and best.count else None

    def _joined(self, above: Sequence[str], below: Sequence[str]) -> Iterator[str]:
        """Yield the headers of two rows, the upper of which may have titles over many columns."""
        title = ""
        for index in range(max(len(above), len(below))):
            upper = above[index].strip() if index < len(above) else ""
            lower = below[index].strip() if index < len(below) else ""
            title = upper or title
            if not lower or lower == upper:
                yield upper
            elif self.field(f"{title}{lower}"):
                yield f"{title}{lower}"
            else:
                yield lower if self.field(lower) else f"{title}{lower}"

    def fits(self, head: Head) -> bool:
        """Say whether there is a header row: two known headers, or all that are required."""
        heading = self.heading(head)
        if heading is None or heading.count >= 2:
            return heading is not None
        wanted = {c.field for c in self.table.columns if c.required} - self.given
        return wanted <= {self.field(cell) for cell in heading.cells}

    def is_full(self, head: Head) -> bool:
        """Say whether the required columns are there, and something below the header."""
        heading = self.heading(head)
        if heading is None:
            return False
        wanted = {c.field for c in self.table.columns if c.required} - self.given
        has_rows = any(any(map(str.strip, cells)) for row, cells in head if row > heading.row)
        return has_rows and wanted <= {self.field(cell) for cell in heading.cells}

    def layout(self, head: Head) -> Layout:
        """Return the layout of a sheet. Raises InputError as `open_table` says."""
        heading = self.heading(head)
        if heading is None or not self.fits(head):
            raise self.no_header(head)
        below = [cells for number, cells in head if number > heading.row]
        above = "".join("".join(cells) for number, cells in head if number < heading.row)
        cells = heading.cells
        width = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
        headers = tuple(map(as_it_stands, cells[:width]))
        used: dict[int, Column] = {}
        unused: dict[int, str] = {}
        remarks = []
        by_hand = {self._by_hand(header) for header in headers}
        for index, header in enumerate(headers):
            column = self.table.by_field.get(self.field(header) or "") if header else None
            word = next((w for w in column.not_under if w in above), "") if column else ""
            if column and column.field in by_hand and not self._by_hand(header):
                remarks.append(
                    f"“{one_line(header)}”一列（{letters(index)} 列）没有读入：{column.header}按"
                    " --map 取自另一列"
                )
                column = None
            if column and word and not self._by_hand(header):
                remarks.append(
                    f"表题里有“{word}”，“{one_line(header)}”一列（{letters(index)} 列）没有读入；"
                    f"确是{column.header}的，请加 --map {one_line(header)}={column.field}"
                )
                column = None
            if column:
                used[index] = column
            elif header:
                unused[index] = header
            elif any(len(line) > index and line[index].strip() for line in below):
                unused[index] = nameless(index)
        self.check_unused(heading.row, unused)
        self.check(heading.row, headers, used, unused, below)
        present = {column.field for column in used.values()} | self.given
        remarks += undated(self.table.columns, unused, present, below)
        return Layout(heading.row, headers, used, unused, remarks=tuple(remarks))

    def check(
        self,
        row: int,
        headers: Sequence[str],
        used: Mapping[int, Column],
        unused: Mapping[int, str],
        below: Sequence[Sequence[str]] = (),
    ) -> None:
        """Refuse a layout in which a field has several columns, or a required one has none."""
        fields: dict[str, list[int]] = {}
        for index, column in used.items():
            fields.setdefault(column.field, []).append(index)
        details = [
            {"row": row, "column": headers[index], "value": None, "reason": f"与别的列同为 {field}"}
            for field, places in fields.items()
            for index in places
            if len(places) > 1 or field in self.given
        ]
        if details:
            names = "、".join(one_line(str(finding["column"])) for finding in details)
            first = one_line(str(details[0]["column"]))
            raise InputError(
                "column-duplicate",
                f"第 {row} 行的表头里，同一项内容由几列或另由 --set 给出：{names}",
                f"删去多余的列，或用 --map 指明用哪一列，如 --map {first}={self.field(first)}。",
                details=details,
            )
        have = self.mapped_in(headers)
        lost = [h for h in self._mapping if h not in have and h not in self._optional]
        if lost:
            raise InputError(
                "column-missing",
                f"表里没有 --map 所说的列：{'、'.join(lost)}",
                f"第 {row} 行的表头有：{'、'.join(map(one_line, filter(None, headers)))}",
                details=[missing_column(row, f"表里没有“{header}”这一列") for header in lost],
            )
        self._require(row, fields.keys() | self.given, unused, below)

    def _require(
        self,
        row: int,
        present: frozenset[str] | set[str],
        unused: Mapping[int, str],
        below: Sequence[Sequence[str]],
    ) -> None:
        """Refuse a table without a column that it must have."""
        missing: list[tuple[Column, ...]] = [
            (c,) for c in self.table.columns if c.required and c.field not in present
        ]
        if self.table.either and not present & set(self.table.either):
            missing.append(tuple(self.table.by_field[name] for name in self.table.either))
        if not missing:
            return
        names = "、".join("或".join(column.header for column in one) for one in missing)
        error = InputError(
            "column-missing",
            f"缺少必填的列：{names}（表头在第 {row} 行）",
            f"补上这一列，或用 --map 表头=字段、--set 字段=值 指明。{self.spare(unused, present)}",
            details=[missing_column(row, missing_column_reason(one)) for one in missing],
        )
        free = [column for column in self.table.columns if column.field not in present]
        choices = tuple((column.field, column.header) for column in free)
        wanted = tuple(tuple(column.field for column in one) for one in missing)
        error.questions = [
            Question("--map", one_line(header), choices, samples(below, index), wanted)
            for index, header in unused.items()
            if header != nameless(index) and not only_counts(header)
        ]
        raise error

    def spare(self, unused: Mapping[int, str], present: Iterable[str]) -> str:
        """Say in Chinese which headers were not used, and what they may mean."""
        return not_used(self.table.columns, unused, set(present))

    def check_unused(self, row: int, unused: Mapping[int, str]) -> None:
        """Refuse headers that gave no field, where the table says that they must not be there."""
        refuse = self.table.refuse
        if refuse is None:
            return
        details = [
            {"row": row, "column": header, "value": None, "reason": reason}
            for header in unused.values()
            if (reason := refuse(header))
        ]
        if details:
            raise InputError(
                "column-refused",
                f"第 {row} 行的表头：{'；'.join(str(one['reason']) for one in details)}",
                "请删去多余的列，或核对这张表是哪一年的。",
                details=details,
            )

    def no_header(self, head: Head = (), more: str = "") -> InputError:
        """Return the refusal of a table in which no header row was found."""
        required = [c for c in self.table.columns if c.required] or list(self.table.columns)
        either = "或".join(self.table.by_field[name].header for name in self.table.either)
        looked = "、".join([either] * bool(either) + [column.header for column in required])
        first = next((cells for _, cells in head if sum(map(bool, map(str.strip, cells))) > 1), ())
        said = self.spare({i: cell for i, cell in enumerate(first) if cell.strip()}, ())
        return InputError(
            "header-missing",
            f"前 {HEAD_ROWS} 行里没有找到“{self.table.title}”的表头{more}",
            f"要找的表头：{looked}；名称不同的可用 --map 表头=字段 指明。{said}",
        )
