"""Raw rows into parsed ones: a short way for good rows, a long one for the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hrintegrity.sheets.columns import EMPTY_MARKS, VERDICT_MARKS, Column, Table
from hrintegrity.sheets.content import clean, clean_line, damaged, refused_reason
from hrintegrity.sheets.layouts import Layout, normal
from hrintegrity.sheets.passing import SUSPICIOUS, PassedOver
from hrintegrity.sheets.source import RawRow, Wanted, spans
from hrintegrity.text import MonthAloneError, fold, hygienic, is_ordinary, on_one_line

_MEMO_LIMIT = 1 << 14  # the days of forty years are fewer.
_TOTALS = frozenset({"合计", "总分", "总计", "总得分", "合计得分", "得分合计"})


@dataclass(frozen=True)
class CellError:
    """One cell that was refused: the file's own row, the header as it stands, value, reason.

    `letters` is what spreadsheets call its column; a missing column has neither.
    """

    row: int
    column: str | None
    value: str | None
    reason: str
    letters: str = ""

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


@dataclass(frozen=True)
class Hints:
    """What is known of a file beforehand.

    `given` are values that every row has, `words` what the words in its cells mean, `latest` is the
    last year of a day that does not end something.
    """

    given: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    latest: int | None = None


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
    """Parses the rows of one table; `passed` has the rows that were passed over, by why."""

    def __init__(self, table: Table, layout: Layout, hints: Hints) -> None:
        self.passed: dict[str, list[int]] = {}
        self.unequal: list[int] = []
        self.wanted = Wanted(
            layout.row,
            len(layout.headers),
            frozenset(layout.used),
            frozenset(index for index, column in layout.used.items() if column.is_code),
            frozenset(index for index, column in layout.used.items() if column.is_date),
        )
        self._layout = layout
        self._columns = layout.used
        self._hints = hints
        self._words = {normal(text): word for text, word in hints.words.items()}
        self._parses = {i: _parser(column, hints.latest) for i, column in layout.used.items()}
        self._over = PassedOver(table, layout)
        self._emptied: dict[str, int] = {}
        self._months: list[int] = []
        self._addends = [i for i, column in layout.used.items() if column.field in table.addends]
        totals = (i for i, h in layout.unused.items() if self._addends and normal(h) in _TOTALS)
        self._total = next(totals, None)

    @property
    def remarks(self) -> list[str]:
        """What is to be said of the rows that were read; complete after the last."""
        found = [f"第 {spans(rows)} 行{what}，没有读入" for what, rows in self.passed.items()]
        if self._emptied:
            marks = "、".join(f"“{mark}”" for mark in self._emptied)
            found.append(f"{sum(self._emptied.values())} 格只写了{marks}，按空格处理")
        if self._months:
            found.append(f"第 {spans(self._months)} 行的日期只写到月，按当月 1 日登记")
        if self.unequal and self._total is not None:
            header = self._layout.headers[self._total]
            found.append(f"第 {spans(self.unequal)} 行的“{header}”与各项得分之和不符，请核对")
        return found

    def parse(self, raw_rows: Iterable[RawRow]) -> Iterator[Row]:
        """Yield the rows, wrong ones too, without those that are none of the table's."""
        width, given = self.wanted.width, self._hints.given
        plan = [(index, c, self._parses[index]) for index, c in self._columns.items()]
        required = [(index, c.field, parse) for index, c, parse in plan if c.is_filled]
        optional = [(index, c.field, parse) for index, c, parse in plan if not c.is_filled]
        looked_at = self._over.looked_at
        for number, cells, refusals in raw_rows:
            row: Row | None
            if not refusals and not any(cells):
                continue
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
            values = dict(given)
            try:
                if refusals or len(cells) > width or _is_odd("".join(cells)):
                    raise ValueError
                for index, name, parse in required:
                    text = cells[index].strip()
                    if not text or text in EMPTY_MARKS:
                        raise ValueError
                    values[name] = parse(text)
                for index, name, parse in optional:
                    text = cells[index].strip()
                    if text in EMPTY_MARKS:
                        raise ValueError
                    values[name] = parse(text) if text else None
            except ValueError:
                row = self._look_closer(number, cells, refusals)
            else:
                row = Row(number, values, (), cells)
                for index in looked_at:
                    if cells[index][:1] in SUSPICIOUS:
                        row = self._look_closer(number, cells, refusals)
                        break
            if row is not None:
                if self._total is not None and not row.errors:
                    self._compare(row, self._total)
                yield row

    def _look_closer(
        self, number: int, cells: list[str], refusals: Mapping[int, str] | None
    ) -> Row | None:
        """Return a row with its errors, or None for one that is passed over with a remark."""
        refusals = refusals or {}
        if not refusals and not any(cell.strip() for cell in cells):
            return None
        passed = self._over.why(cells, refusals)
        if passed:
            self.passed.setdefault(passed, []).append(number)
            return None
        values = dict(self._hints.given)
        errors = []
        for index, column in self._columns.items():
            value, reason = None, refusals.get(index, "")
            if not reason:
                try:
                    value = self._value(number, index, cells[index])
                except ValueError as error:
                    reason = str(error)
            if not reason and value is None and column.is_filled:
                reason = "没有填写"
            values[column.field] = value
            if reason:
                errors.append(self.error(number, index, cells[index].strip() or None, reason))
        spare = "、".join(cell for cell in cells[self.wanted.width :] if cell.strip())
        if spare:
            more = len(cells) - self.wanted.width
            reason = f"这一行比表头多出 {more} 格，内容可能错位（未加引号的分隔符）"
            errors.append(CellError(number, "", spare, reason))
        return Row(number, values, errors, cells[: self.wanted.width])

    def error(self, number: int, index: int, value: str | None, reason: str) -> CellError:
        """Return the refusal of a cell in one of the used columns."""
        layout = self._layout
        row = layout.places[index][0] if index in layout.places else number
        return CellError(row, layout.headers[index], value, reason, layout.letters(index))

    def _value(self, number: int, index: int, text: str) -> Any:
        """Return the value of a cell, None for an empty one. Raises ValueError."""
        column = self._columns[index]
        text = hygienic(text).strip()
        if not column.lines:
            text = on_one_line(text)
        if not text:
            return None
        reason = refused_reason(text)
        if reason:
            raise ValueError(reason)
        try:
            if text in EMPTY_MARKS and not column.choices and column.marks is None:
                raise ValueError
            return self._parses[index](text)
        except MonthAloneError as error:
            if not column.by_month:
                raise
            self._months.append(number)
            return self._parses[index](error.first.isoformat())
        except ValueError:
            word = self._words.get(normal(text))
            if word is not None:
                return self._parses[index](word)
            if text not in EMPTY_MARKS:
                raise
            self._emptied[text] = self._emptied.get(text, 0) + 1
            return None

    def _compare(self, row: Row, total: int) -> None:
        """Note a row whose total is not the sum of its scores."""
        try:
            said = round(float(fold(row.raw[total]).strip().removesuffix("分")) * 10)
        except ValueError:
            return
        if said != sum(row.values[self._columns[index].field] or 0 for index in self._addends):
            self.unequal.append(row.number)


def _is_odd(joined: str) -> bool:
    """Say whether the texts of a row have to be looked at one by one."""
    return not is_ordinary(joined) or "#" in joined or "Err:" in joined or "错误:" in joined


def _parser(column: Column, latest: int | None) -> Callable[[str], Any]:
    """Return how a column's text is parsed: remembered for words and days, guarded for codes."""
    parse = column.parse
    if column.is_date:
        return _Memo(_bounded(parse, None if column.ends else latest)).__getitem__
    if column.marks is not None:
        return _Memo(_marked(parse, column.marks)).__getitem__
    if column.choices:
        return _Memo(parse).__getitem__
    # What a text may hold was looked at for the row as a whole.
    plain = str if parse in (clean, clean_line) else parse
    return _guarded(plain) if column.is_code else plain


def _bounded(parse: Callable[[str], Any], latest: int | None) -> Callable[[str], Any]:
    def day(text: str) -> Any:
        value = parse(text)
        if latest is not None and int(str(value)[:4]) > latest:
            raise ValueError(f"是 {str(value)[:4]} 年，晚于今天两年以上")
        return value

    return day


def _marked(parse: Callable[[str], Any], marks: tuple[Any, Any]) -> Callable[[str], Any]:
    def verdict(text: str) -> Any:
        for value, signs in zip(marks, VERDICT_MARKS, strict=True):
            if text in signs:
                return value
        return parse(text)

    return verdict


def _guarded(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    def code(text: str) -> Any:
        reason = damaged(text)
        if reason:
            raise ValueError(reason)
        return parse(text)

    return code
