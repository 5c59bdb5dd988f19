"""Raw rows into parsed ones: good ones by the column, the others cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

from hrintegrity.chunking import chunks
from hrintegrity.days import MonthAloneError, parse_term, without_clock
from hrintegrity.hygiene import hygienic
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.content import EMPTY, EMPTY_MARKS, is_odd, refused_reason, unmarked
from hrintegrity.sheets.layouts import Layout, normal
from hrintegrity.sheets.noted import Ended, Noted
from hrintegrity.sheets.parsers import (
    Hints,
    LaterError,
    are_identifiers,
    goes_first,
    meaning,
    parse_identifier,
    parser_of,
)
from hrintegrity.sheets.passing import PassedOver
from hrintegrity.sheets.source import RawRow, Wanted, spans
from hrintegrity.text import fold, joined, on_one_line

_TOTALS = frozenset({"合计", "总分", "总计", "总得分", "合计得分", "得分合计"})


@dataclass(frozen=True)
class CellError:
    """One cell that was refused: the file's own row, the header as it stands, value, reason.

    `letters` is what spreadsheets call its column; a missing column has neither. `is_repeat` says
    that nothing is wrong but that an earlier row says the same.
    """

    row: int
    column: str | None
    value: str | None
    reason: str
    letters: str = ""
    is_repeat: bool = False

    def as_detail(self) -> dict[str, Any]:
        """Return it as an error's `details` have it."""
        return {name: getattr(self, name) for name in ("row", "column", "value", "reason")}


@dataclass(slots=True)
class Row:
    """One row: the file's own `number`, parsed `values` by field, `errors`, and the `raw` cells.

    A field whose cell is empty is None; a field that the file has no column for is absent.
    """

    number: int
    values: dict[str, Any]
    errors: Sequence[CellError]
    raw: list[str]


class _Term(NamedTuple):
    """The first and the last of two days in one cell, in ISO 8601."""

    first: str
    last: str


class RowParser:
    """Parses the rows of one table; `passed` has the rows that were passed over, by why."""

    def __init__(self, table: Table, layout: Layout, hints: Hints) -> None:
        self.passed: dict[str, list[int]] = {}
        self.wanted = Wanted(
            layout.row,
            len(layout.headers),
            frozenset(layout.used),
            frozenset(index for index, column in layout.used.items() if column.is_code),
            frozenset(index for index, column in layout.used.items() if column.is_date),
        )
        self._layout, self._columns = layout, layout.used
        self._hints, self.general_remarks = hints, hints.remarks
        self._words = {_spelt(text): (text, word) for text, word in hints.words.items()}
        self._parses = {i: parser_of(column, hints) for i, column in layout.used.items()}
        self._begins = {
            i: parser_of(table.by_field[column.begins], hints)
            for i, column in layout.used.items()
            if column.begins
        }
        self._marks = {
            i: EMPTY_MARKS | {""} if column.is_filled else EMPTY_MARKS
            for i, column in layout.used.items()
        }
        self._over = PassedOver(table, layout)
        self._ended = Ended(table, layout)
        self.noted = Noted(table, layout, hints.today)
        self._addends = [i for i, column in layout.used.items() if column.field in table.addends]
        totals = (i for i, h in layout.unused.items() if self._addends and normal(h) in _TOTALS)
        self.total = self.noted.total = next(totals, layout.total)

    @property
    def remarks(self) -> list[str]:
        """What is to be said of the rows that were read; complete after the last."""
        found = [f"第 {spans(rows)} 行{what}，没有读入" for what, rows in self.passed.items()]
        return [*self._hints.remarks, *found, *self.noted.remarks(), *self._ended.remarks()]

    def parse(self, raw_rows: Iterable[RawRow]) -> Iterator[Row]:
        """Yield the rows, wrong ones too, without those that are none of the table's."""
        for chunk in chunks(raw_rows):
            rows = self._parsed([raw for raw in chunk if raw[2] or any(raw[1])])
            if self.total is None and not self._ended.watched:
                yield from rows
                continue
            for row in rows:
                if self.total is not None and not row.errors:
                    self._compare(row, self.total)
                self._ended.look(row.number, row.raw)
                yield row

    def _parsed(self, rows: Sequence[RawRow]) -> Iterator[Row]:
        """Yield rows that were parsed column by column, but for those that need a closer look."""
        if not rows:
            return
        width, given = self.wanted.width, self._hints.given
        for _, cells, _ in rows:
            if len(cells) < width:
                cells.extend([""] * (width - len(cells)))
        columns = list(zip(*[cells for _, cells, _ in rows], strict=False))
        closer = self._odd(rows, columns)
        # In the order of a row that is looked at closer, so that equal rows are found to be equal.
        values: list[Iterable[Any]] = [repeat(value) for value in given.values()]
        for index in self._columns:
            values.append(self._column(index, list(map(str.strip, columns[index])), closer))
        names = [*given, *(column.field for column in self._columns.values())]
        found = zip(rows, zip(*values, strict=False), strict=True)
        for place, ((number, cells, refusals), parsed) in enumerate(found):
            if place not in closer:
                yield Row(number, dict(zip(names, parsed, strict=True)), (), cells)
            elif (row := self._look_closer(number, cells, refusals)) is not None:
                yield row

    def _odd(self, rows: Sequence[RawRow], columns: Sequence[Sequence[str]]) -> set[int]:
        """Return the places of the rows that are odd as a whole."""
        width = self.wanted.width
        odd = (p for p, (_, cells, why) in enumerate(rows) if why or len(cells) > width)
        closer = {*odd, *self._over.nameless(columns), *self._over.suspicious(columns)}
        # One look at all the text of many rows costs far less than a look at each row's.
        if is_odd("".join(["".join(cells) for _, cells, _ in rows])):
            closer.update(p for p, (_, cells, _) in enumerate(rows) if is_odd("".join(cells)))
        return closer

    def _column(self, index: int, texts: list[str], closer: set[int]) -> list[Any]:
        """Return the values of a column, and add to `closer` the places of odd ones.

        A text is parsed once, however many rows have it.
        """
        distinct = set(texts)
        odd = distinct & self._marks[index]
        parse = self._parses[index]
        if parse is str or (parse is parse_identifier and are_identifiers(texts)):
            values: dict[str, Any] = {text: text or None for text in distinct}
        else:
            values = {"": None}
            for text in distinct - odd - {""}:
                try:
                    values[text] = parse(text)
                except ValueError:
                    odd.add(text)
        if odd:
            closer.update(place for place, text in enumerate(texts) if text in odd)
        return list(map(values.get, texts))

    def _look_closer(
        self, number: int, cells: list[str], refusals: Mapping[int, str] | None
    ) -> Row | None:
        """Return a row with its errors, or None for one that is passed over with a remark."""
        refusals = refusals or {}
        if not refusals and not any(cell.strip() for cell in cells):
            return None
        if passed := self._over.why(cells, refusals):
            self.passed.setdefault(passed, []).append(number)
            return None
        values = dict(self._hints.given)
        terms: dict[int, str] = {}
        errors = []
        for index, column in self._columns.items():
            value, reason = None, refusals.get(index, "")
            if not reason:
                try:
                    value = self._value(number, index, cells[index])
                except ValueError as error:
                    reason = str(error)
            if not reason and value is None and column.is_filled:
                reason = EMPTY
            if isinstance(value, _Term):
                terms[index], value = value
            values[column.field] = value
            if reason:
                errors.append(self.error(number, index, cells[index].strip() or None, reason))
        for index, first in terms.items():
            self._begin(number, index, first, values)
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

    def _begin(self, number: int, index: int, first: str, values: dict[str, Any]) -> None:
        """Take the first of two days in a cell, where no column of its own gives another."""
        name = self._columns[index].begins
        if values.get(name) is None:
            values[name] = first
        elif values[name] != first:
            self.noted.unlike.setdefault(index, []).append(number)

    def _value(self, number: int, index: int, text: str) -> Any:
        """Return the value of a cell, None for an empty one. Raises ValueError."""
        column = self._columns[index]
        text = hygienic(text).strip()
        if not column.lines:
            text = on_one_line(unmarked(text))
        if column.is_name:
            text = joined(text)
        if not text:
            return None
        said, word = self._words.get(_spelt(text), ("", None)) if self._words else ("", None)
        if word is not None and goes_first(word, column):
            self.noted.used_words.add(said)
            return meaning(word, column, self._parses[index])
        if reason := refused_reason(text):
            raise ValueError(reason)
        try:
            if text in EMPTY_MARKS and not column.choices and column.marks is None:
                raise ValueError
            return self._read(number, index, text)
        except ValueError:
            if word is not None:
                self.noted.used_words.add(said)
                return self._read(number, index, word)
            if text not in EMPTY_MARKS:
                raise
            self.noted.emptied[text] = self.noted.emptied.get(text, 0) + 1
            return None

    def _read(self, number: int, index: int, text: str) -> Any:
        """Parse a text, and note what is remarkable about a day. Raises ValueError."""
        column, parse = self._columns[index], self._parses[index]
        try:
            return parse(text)
        except LaterError as error:
            self.noted.later.setdefault(index, []).append(number)
            return error.day
        except MonthAloneError as error:
            if not column.by_month:
                raise
            self.noted.months.append(number)
            return self._read(number, index, error.first.isoformat())
        except ValueError:
            if not column.is_date:
                raise
            plain = without_clock(text)
            if plain:
                found = self._read(number, index, plain)
                self.noted.timed.setdefault(index, []).append(number)
                return found
            if not column.begins or (term := parse_term(text)) is None:
                raise
        first, last = (day.isoformat() for day in term)
        with suppress(LaterError):
            self._begins[index](first)
        return _Term(first, parse(last))

    def _compare(self, row: Row, total: int) -> None:
        """Note a row whose total is not the sum of its scores."""
        try:
            said = round(float(fold(row.raw[total]).strip().removesuffix("分")) * 10)
        except ValueError:
            return
        if said != sum(row.values[self._columns[index].field] or 0 for index in self._addends):
            place = self._layout.places.get(total)
            self.noted.unequal.append(place[0] if place else row.number)


def _spelt(text: str) -> str:
    """Return a word of a cell as it is compared with the user's."""
    return normal(text) or text.strip()
