"""Raw rows into parsed ones: a short way for good rows, a long one for the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hrintegrity.sheets.columns import EXAMPLE_MARK, Column, Table, damaged
from hrintegrity.sheets.headers import Layout, normal
from hrintegrity.sheets.source import RawRow, Wanted

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数)数?[:：]?[\d.]*[家个户人]?")
_FOOTNOTE = re.compile(
    r"(?:备注|附注|注|说明|填表人|填报人|制表人?|填表日期|填报日期|单位负责人|审核人?)[:：]"
)
_MEMO_LIMIT = 1 << 14  # the days of forty years are fewer.


@dataclass(frozen=True)
class CellError:
    """One cell that was refused: the file's own row, the header as it stands, value, reason."""

    row: int
    column: str
    value: str | None
    reason: str

    def as_detail(self) -> dict[str, Any]:
        """Return it as an error's `details` have it."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
        }


@dataclass(slots=True)
class Row:
    """One row: the file's own `number`, parsed `values` by field, `errors`, and the `raw` cells.

    A field whose cell is empty is None; a field that the file has no column for is absent.
    """

    number: int
    values: dict[str, Any]
    errors: Sequence[CellError]
    raw: list[str]


def _is_total(text: str) -> bool:
    return _TOTAL.fullmatch("".join(text.split())) is not None


class _Memo(dict[str, Any]):
    """Values by text, for columns in which few texts come again and again."""

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> Any:
        value = self._parse(text)
        if len(self) < _MEMO_LIMIT:
            self[text] = value
        return value


class RowParser:
    """Parses the rows of one table; `passed` tells which rows were passed over, and why."""

    def __init__(self, table: Table, layout: Layout, given: Mapping[str, Any]) -> None:
        """`given` are values that every row has."""
        self.passed: dict[str, list[int]] = {}
        self.wanted = Wanted(
            layout.row,
            len(layout.headers),
            frozenset(index for index, column in layout.used.items() if column.is_code),
            frozenset(index for index, column in layout.used.items() if column.is_date),
        )
        self._layout = layout
        self._columns = layout.used
        self._given = dict(given)
        self._header = [normal(header) for header in layout.headers]
        self._parses = {index: _parser(column) for index, column in layout.used.items()}
        self._first = min(layout.used, default=0)
        keys = (index for index, column in layout.used.items() if column.field in table.key)
        self._known_by = self.wanted.codes or frozenset(keys)

    def parse(self, raw_rows: Iterable[RawRow]) -> Iterator[Row]:
        """Yield the rows, wrong ones too, without those that are none of the table's."""
        width, first, given = self.wanted.width, self._first, self._given
        plan = [(index, c, self._parses[index]) for index, c in self._columns.items()]
        required = [(index, c.field, parse) for index, c, parse in plan if c.is_filled]
        optional = [(index, c.field, parse) for index, c, parse in plan if not c.is_filled]
        for number, cells, refusals in raw_rows:
            row: Row | None
            if not refusals and not any(cells):
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            values = given.copy()
            try:
                for index, field, parse in required:
                    text = cells[index].strip()
                    if not text:
                        raise ValueError
                    values[field] = parse(text)
                for index, field, parse in optional:
                    text = cells[index].strip()
                    values[field] = parse(text) if text else None
            except ValueError:
                row = self._look_closer(number, cells, refusals)
            else:
                if refusals or len(cells) > width or cells[first].startswith(EXAMPLE_MARK):
                    row = self._look_closer(number, cells, refusals)
                else:
                    row = Row(number, values, (), cells)
            if row is not None:
                yield row

    def _look_closer(
        self, number: int, cells: list[str], refusals: Mapping[int, str] | None
    ) -> Row | None:
        """Return a row with its errors, or None for one that is passed over with a remark."""
        refusals = refusals or {}
        full = [cell.strip() for cell in cells if cell.strip()]
        if not full and not refusals:
            return None
        passed = self._passed_over(cells, full, refusals)
        if passed:
            self.passed.setdefault(passed, []).append(number)
            return None
        values = dict(self._given)
        errors = []
        for index, column in self._columns.items():
            text = cells[index].strip()
            reason = refusals.get(index, "")
            value = None
            if not reason:
                try:
                    if text:
                        value = self._parses[index](text)
                    elif column.is_filled:
                        reason = "没有填写"
                except ValueError as error:
                    reason = str(error)
            values[column.field] = value
            if reason:
                header = self._layout.headers[index]
                place = self._layout.places.get(index, number)
                errors.append(CellError(place, header, text or None, reason))
        width = self.wanted.width
        if any(map(str.strip, cells[width:])):
            spare = "、".join(cell for cell in cells[width:] if cell.strip())
            reason = f"这一行比表头多出 {len(cells) - width} 格，内容可能错位（未加引号的分隔符）"
            errors.append(CellError(number, "", spare, reason))
        return Row(number, values, errors, cells[:width])

    def _passed_over(
        self, cells: list[str], full: Sequence[str], refusals: Mapping[int, str]
    ) -> str:
        """Say what the row is, where it is none of the table's; empty where it is one."""
        if self._is_example(cells):
            return "是示例"
        if any(map(_is_total, full[:2])) and not self._known(cells):
            return "是合计行"
        if len(set(full)) == 1 and _FOOTNOTE.match(full[0]):
            return "是表下的说明"
        if [normal(cell) for cell in cells[: self.wanted.width]] == self._header:
            return "又是表头"
        if len(cells) <= self.wanted.width and not any(
            cells[index].strip() or index in refusals for index in self._columns
        ):
            return "只在没有用到的列里有内容"
        return ""

    def _is_example(self, cells: list[str]) -> bool:
        """Say whether the row is a template's example; a real one that looks alike has a key."""
        if not cells[self._first].strip().startswith(EXAMPLE_MARK):
            return False
        keys = {index: self._columns[index] for index in self._known_by if index != self._first}
        return all(cells[index].strip() in ("", column.example) for index, column in keys.items())

    def _known(self, cells: list[str]) -> bool:
        """Say whether the row holds an identifier; a total row does not."""
        return any(cells[i].strip() and not _is_total(cells[i]) for i in self._known_by)


def _parser(column: Column) -> Callable[[str], Any]:
    """Return how a column's text is parsed: remembered for words and days, guarded for codes."""
    parse = column.parse
    if column.choices or column.is_date:
        return _Memo(parse).__getitem__
    if not column.is_code:
        return parse

    def code(text: str) -> Any:
        reason = damaged(text)
        if reason:
            raise ValueError(reason)
        return parse(text)

    return code
