"""Finding the header row, and which column gives which field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hrintegrity.errors import InputError, UsageError
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.text import fold

HEAD_ROWS = 100
"""How many rows from the top are searched for the header."""

HEAD_COLUMNS = 500
"""How many columns are searched; no table of ours is nearly so wide."""

_HEADER_LIMIT = 200
"""A longer cell is no header; comparing it would only cost time."""

Head = Sequence[tuple[int, Sequence[str]]]

_DECORATION = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\ufeff*★※.,:;、，。：；_\-]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")


def normal(header: str) -> str:
    """Return a header for comparison: half-width, without blanks, stars and punctuation."""
    return _DECORATION.sub("", fold(header)).casefold()


def bare(header: str) -> str:
    """Return a header for comparison without what stands in brackets: `区县（必填）` is `区县`."""
    return normal(_BRACKETS.sub("", fold(header)))


@dataclass(frozen=True)
class Layout:
    """Where the header is, and what each column gives.

    `row` is the file's own number of the header row, `headers` its cells as they stand, `used`
    the columns by index, `unused` the names of the others, `places` the rows of cells that stand in
    another row than the one yielded (a form filled in downwards).
    """

    row: int
    headers: tuple[str, ...]
    used: dict[int, Column]
    unused: tuple[str, ...]
    places: Mapping[int, int] = field(default_factory=dict)


class Matcher:
    """Matches headers against the columns of a table and the user's own `mapping`."""

    def __init__(self, table: Table, mapping: Mapping[str, str], given: frozenset[str]) -> None:
        self.table = table
        self.given = given
        self._names = {
            name: column.field
            for column in table.columns
            for name in map(normal, (column.field, *column.headers))
        }
        self._mapped = {normal(header): self._field(field) for header, field in mapping.items()}
        self._mapping = mapping

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
        plain, short = normal(header), bare(header)
        if plain in self._mapped or short in self._mapped:
            return self._mapped.get(plain) or self._mapped.get(short)
        field = self._names.get(plain) or self._names.get(short)
        # What the user mapped by hand comes from there alone.
        return None if field in self._mapped.values() else field

    def count(self, cells: Sequence[str]) -> int:
        """Return how many different fields a row of headers gives."""
        return len({field for cell in cells if cell and (field := self.field(cell))})

    def best(self, head: Head) -> tuple[int, int]:
        """Return the place in `head` of the likeliest header row, and its count of fields."""
        counts = [self.count(cells) for _, cells in head]
        best = max(counts, default=0)
        return (counts.index(best) if best else -1), best

    def fits(self, head: Head) -> bool:
        """Say whether there is a header row: two known headers, or all that are required."""
        place, count = self.best(head)
        if count >= 2:
            return True
        wanted = {c.field for c in self.table.columns if c.required} - self.given
        return count == 1 and wanted <= {self.field(cell) for cell in head[place][1]}

    def is_full(self, head: Head) -> bool:
        """Say whether the required columns are there, and something below the header."""
        place, _ = self.best(head)
        wanted = {c.field for c in self.table.columns if c.required} - self.given
        has_rows = any(any(map(str.strip, cells)) for _, cells in head[place + 1 :])
        return has_rows and wanted <= {self.field(cell) for cell in head[place][1]}

    def layout(self, head: Head) -> Layout:
        """Return the layout of a sheet. Raises InputError as `open_table` says."""
        if not self.fits(head):
            raise self.no_header()
        row, cells = head[self.best(head)[0]]
        below = [cells for number, cells in head if number > row]
        width = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
        headers = tuple(map(_as_it_stands, cells[:width]))
        used: dict[int, Column] = {}
        unused: list[str] = []
        for index, header in enumerate(headers):
            field = self.field(header) if header else None
            if field:
                used[index] = self.table.by_field[field]
            elif header:
                unused.append(header)
            elif any(len(line) > index and line[index].strip() for line in below):
                unused.append(nameless(index))
        self.check(row, headers, used)
        return Layout(row, headers, used, tuple(unused))

    def check(self, row: int, headers: Sequence[str], used: Mapping[int, Column]) -> None:
        """Refuse a layout in which a field has several columns, or a required one has none."""
        fields: dict[str, list[str]] = {}
        for index, column in used.items():
            fields.setdefault(column.field, []).append(headers[index])
        details = [
            {"row": row, "column": header, "value": None, "reason": f"与别的列同为 {field}"}
            for field, names in fields.items()
            for header in names
            if len(names) > 1 or field in self.given
        ]
        if details:
            names = "、".join(one_line(str(finding["column"])) for finding in details)
            raise InputError(
                "column-duplicate",
                f"第 {row} 行的表头里，同一项内容由几列或另由 --set 给出：{names}",
                "删去多余的列，或用 --map 表头=字段 指明用哪一列。",
                details=details,
            )
        present = fields.keys() | self.given
        lost = [h for h in self._mapping if self._mapped[normal(h)] not in fields]
        missing = [c for c in self.table.columns if c.required and c.field not in present]
        if lost:
            raise InputError(
                "column-missing",
                f"表里没有 --map 所说的列：{'、'.join(lost)}",
                f"第 {row} 行的表头有：{'、'.join(map(one_line, filter(None, headers)))}",
                details=[_missing(row, header, "表里没有这一列") for header in lost],
            )
        if missing:
            raise InputError(
                "column-missing",
                f"缺少必填的列：{'、'.join(c.header for c in missing)}（表头在第 {row} 行）",
                "补上这一列，或用 --map 表头=字段、--set 字段=值 指明。",
                details=[
                    _missing(row, c.header, f"缺少这一列（也可写作 {'、'.join(c.headers[1:])}）")
                    if c.headers[1:]
                    else _missing(row, c.header, "缺少这一列")
                    for c in missing
                ],
            )

    def no_header(self, more: str = "") -> InputError:
        """Return the refusal of a table in which no header row was found."""
        required = [c for c in self.table.columns if c.required] or list(self.table.columns)
        looked = "、".join(column.header for column in required)
        return InputError(
            "header-missing",
            f"前 {HEAD_ROWS} 行里没有找到“{self.table.title}”的表头{more}",
            f"要找的表头：{looked}；名称不同的可用 --map 表头=字段 指明。",
        )


def one_line(header: str) -> str:
    """Return a header for a sentence; in its cell it may have several lines."""
    return " ".join(header.split())


def _as_it_stands(header: str) -> str:
    return header.replace("\r\n", "\n").replace("\r", "\n").strip()


def nameless(index: int) -> str:
    """Name a column that has no header."""
    return f"（第 {index + 1} 列，无表头）"


def _missing(row: int, column: str, reason: str) -> dict[str, object]:
    return {"row": row, "column": column, "value": None, "reason": reason}
