"""Opening a table that an office sent, and taking its rows one by one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hrintegrity.errors import InputError, LookupFailedError, UsageError
from hrintegrity.sheets import kinds
from hrintegrity.sheets.columns import EXAMPLE_MARK, Column, Table
from hrintegrity.sheets.headers import Layout, Matcher, is_reason, normal
from hrintegrity.sheets.refusals import RefusalError, refused
from hrintegrity.sheets.scoresheet import FormSheet, is_form
from hrintegrity.sheets.source import Sheet, Wanted

SCIENTIFIC = "号码已被表格软件变成科学计数，后面的数字丢失；请按文本重新填写"
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d{1,3}")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|总数)数?[:：]?[\d.]*[家个户人]?")
_FOOTNOTE = re.compile(
    r"(?:备注|附注|注|说明|填表人|填报人|制表人?|填表日期|填报日期|单位负责人|审核人?)[:：]"
)
_MEMO_LIMIT = 2048


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


def open_table(
    path: Path,
    table: Table,
    *,
    mapping: Mapping[str, str] | None = None,
    fixed: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Reading:
    """Open a csv, xlsx, xls or ods file as `table`; close it, or use it as a context manager.

    `mapping` names columns by hand (header to field), `fixed` gives the text of fields that the
    file lacks, `sheet` the sheet to read. Raises LookupFailedError `file-missing`, InputError
    `file-refused`, `header-missing`, `column-missing`, `column-duplicate`, `sheet-ambiguous`,
    `sheet-missing`, and UsageError `field-unknown` or `value-refused` for the two mappings.
    """
    if not path.exists():
        raise LookupFailedError("file-missing", f"没有这个文件：{path}", "请检查文件名和目录。")
    if not path.is_file():
        raise refused(path, "不是普通文件", "请给出表格文件的名字。")
    given = {}
    plain = Matcher(table, {}, frozenset())
    for name, text in (fixed or {}).items():
        field = plain.field(name) or name
        given[field] = _parse_fixed(table, field, text)
    matcher = Matcher(table, mapping or {}, frozenset(given))
    try:
        return Reading(path, table, matcher, given, sheet)
    except RefusalError as refusal:
        raise refused(path, refusal.what, refusal.hint) from None
    except OSError as error:
        raise refused(path, f"读不出来：{error.strerror or error}", "请检查文件和权限。") from error


def _parse_fixed(table: Table, field: str, text: str) -> Any:
    column = table.by_field.get(field)
    if column is None:
        known = "、".join(f"{c.field}（{c.header}）" for c in table.columns)
        raise UsageError("field-unknown", f"没有这个字段：{field}", f"可用的字段：{known}")
    try:
        return column.parse(text.strip())
    except ValueError as error:
        raise UsageError("value-refused", f"--set {field}={text}：{error}") from None


class Reading:
    """A table being read.

    `remarks` says in Chinese what was passed over or hidden; it is complete after the last row.
    `unused_columns` are the headers that gave no field.
    """

    def __init__(
        self,
        path: Path,
        table: Table,
        matcher: Matcher,
        given: Mapping[str, Any],
        sheet: str | None,
    ) -> None:
        """Use `open_table`."""
        self.path = path
        self.table = table
        self._given = given
        self._matcher = matcher
        self._remarks: list[str] = []
        self._passed: dict[str, list[int]] = {}
        self._close: Callable[[], None] = lambda: None
        try:
            self._sheet = self._open(sheet)
            if self._is_form(self._sheet):
                self._sheet = form = FormSheet(self._sheet, matcher)
                self._layout: Layout = form.layout
            else:
                self._layout = matcher.layout(self._sheet.head)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._close()

    @property
    def headers(self) -> list[str]:
        """The headers as they stand, in the file's order."""
        return list(self._layout.headers)

    def header_of(self, field: str) -> str:
        """Return the header of a field as it stands, or as our templates have it."""
        place = self._place(field)
        return self.table.by_field[field].header if place is None else self._layout.headers[place]

    def cell_of(self, field: str, raw: Sequence[str]) -> str | None:
        """Return the text of a field's cell in a row's `raw` cells; None where it is empty."""
        place = self._place(field)
        return None if place is None else raw[place].strip() or None

    def _place(self, field: str) -> int | None:
        used = self._layout.used
        return next((i for i, column in used.items() if column.field == field), None)

    @property
    def unused_columns(self) -> list[str]:
        """The headers of the columns that were not used."""
        return list(self._layout.unused)

    @property
    def remarks(self) -> list[str]:
        """What the user should know of how the file was read."""
        passed = [f"第 {spans(rows)} 行{what}，没有读入" for what, rows in self._passed.items()]
        return [*self._remarks, *passed, *self._sheet.remarks]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header, wrong ones too, with their errors. Once."""
        try:
            yield from _Rows(self).rows()
        except RefusalError as refusal:
            raise refused(self.path, refusal.what, refusal.hint) from None

    def _open(self, name: str | None) -> Sheet:
        container = kinds.container(self.path)
        if container == "text":
            from hrintegrity.sheets.delimited import DelimitedSheet  # noqa: PLC0415 — by need.

            kinds.check_suffix(self.path, "csv")
            return DelimitedSheet(
                self.path, self._matcher.words, lambda head: self._matcher.best(head)[1]
            )
        from hrintegrity.sheets.child import Book  # noqa: PLC0415 — by need.

        book = Book(self.path, container)
        self._close = book.close
        kinds.check_suffix(self.path, book.kind)
        return self._choose(book.sheets, book.hidden, name)

    def _is_form(self, sheet: Sheet) -> bool:
        """Say whether the sheet is a score form and scores are wanted."""
        return "1" in self.table.by_field and is_form(sheet.head)

    def _choose(self, sheets: Sequence[Any], hidden: Sequence[str], name: str | None) -> Sheet:
        """Choose the one sheet that has the header."""
        if name is not None:
            chosen = [sheet for sheet in sheets if sheet.name == name]
            if not chosen:
                names = "、".join(sheet.name for sheet in sheets)
                raise InputError(
                    "sheet-missing", f"没有可见的工作表“{name}”", f"可见的工作表：{names}"
                )
        else:
            chosen = [s for s in sheets if self._is_form(s) or self._matcher.fits(s.head)]
        if len(chosen) > 1:
            names = "、".join(f"“{sheet.name}”" for sheet in chosen)
            raise InputError(
                "sheet-ambiguous",
                f"{self.path.name}：有几张工作表都像“{self.table.title}”：{names}",
                "请只留一张，或分成几个文件，分别导入。",
            )
        if not chosen:
            more = ""
            if any(sheet.unvalued for sheet in sheets):
                more = "；工作簿里的公式没有存下计算结果，请用表格软件重新计算并保存"
            elif hidden:
                more = f"；隐藏的工作表没有读：{'、'.join(hidden)}"
            raise self._matcher.no_header(more)
        if hidden:
            self._remarks.append(f"隐藏的工作表没有读：{'、'.join(hidden)}")
        others = [sheet.name for sheet in sheets if sheet is not chosen[0] and sheet.head]
        if others:
            self._remarks.append(f"读的是工作表“{chosen[0].name}”，没有读：{'、'.join(others)}")
        result: Sheet = chosen[0]
        return result


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


class _Rows:
    """Turns raw rows into parsed ones: a short way for good rows, a long one for the others."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        layout = reading._layout
        self._layout = layout
        self._columns = layout.used
        self._key = reading.table.key
        self._given = dict(reading._given)
        self._header = [normal(header) for header in layout.headers]
        self._parses = {index: _parser(column) for index, column in layout.used.items()}
        self._required = [
            (i, c.field, self._parses[i]) for i, c in layout.used.items() if c.required
        ]
        self._optional = [
            (i, c.field, self._parses[i]) for i, c in layout.used.items() if not c.required
        ]
        ignored = {i for i, header in enumerate(layout.headers) if is_reason(header)}
        self._wanted = Wanted(
            layout.row,
            len(layout.headers),
            frozenset(i for i, c in layout.used.items() if c.is_code),
            frozenset(i for i, c in layout.used.items() if c.is_date),
        )
        self._first = min((i for i in layout.used if i not in ignored), default=0)

    def rows(self) -> Iterator[Row]:
        width, first = self._wanted.width, self._first
        required, optional, given = self._required, self._optional, self._given
        for number, cells, refusals in self._reading._sheet.rows(self._wanted):
            if len(cells) != width:
                if not any(map(str.strip, cells)):
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
                row = self._wrong(number, cells, refusals)
                if row is not None:
                    yield row
                continue
            if refusals or len(cells) > width or cells[first].startswith(EXAMPLE_MARK):
                row = self._wrong(number, cells, refusals)
                if row is not None:
                    yield row
                continue
            yield Row(number, values, (), cells)

    def _wrong(
        self, number: int, cells: list[str], refusals: Mapping[int, str] | None
    ) -> Row | None:
        """Return a row with its errors, or None for one that is passed over with a remark."""
        refusals = refusals or {}
        full = [cell.strip() for cell in cells if cell.strip()]
        if not full and not refusals:
            return None
        passed = self._passed_over(cells, full, refusals)
        if passed:
            self._reading._passed.setdefault(passed, []).append(number)
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
                    elif column.required:
                        reason = "没有填写"
                except ValueError as error:
                    reason = str(error)
            values[column.field] = value
            if reason:
                header = self._layout.headers[index]
                place = self._layout.places.get(index, number)
                errors.append(CellError(place, header, text or None, reason))
        width = self._wanted.width
        if any(map(str.strip, cells[width:])):
            spare = "、".join(cell for cell in cells[width:] if cell.strip())
            reason = f"这一行比表头多出 {len(cells) - width} 格，内容可能错位（未加引号的分隔符）"
            errors.append(CellError(number, "", spare, reason))
        return Row(number, values, errors, cells[:width])

    def _passed_over(
        self, cells: list[str], full: Sequence[str], refusals: Mapping[int, str]
    ) -> str:
        """Say what the row is, where it is none of the table's; empty where it is one."""
        if cells[self._first].strip().startswith(EXAMPLE_MARK):
            return "是示例"
        if any(map(_is_total, full[:2])) and not self._known(cells):
            return "是合计行"
        if len(set(full)) == 1 and _FOOTNOTE.match(full[0]):
            return "是表下的说明"
        if [normal(cell) for cell in cells[: self._wanted.width]] == self._header:
            return "又是表头"
        if len(cells) <= self._wanted.width and not any(
            cells[index].strip() or index in refusals for index in self._columns
        ):
            return "只在没有用到的列里有内容"
        return ""

    def _known(self, cells: list[str]) -> bool:
        """Say whether the row holds an identifier; a total row does not."""
        codes = self._wanted.codes or frozenset(
            i for i, c in self._columns.items() if c.field in self._key
        )
        return any(cells[i].strip() and "".join(cells[i].split()) not in _TOTALS for i in codes)


def _parser(column: Column) -> Callable[[str], Any]:
    """Return how a column's text is parsed: remembered for drop-downs, guarded for codes."""
    parse = column.parse
    if column.choices:
        return _Memo(parse).__getitem__
    if not column.is_code:
        return parse

    def code(text: str) -> Any:
        if "+" in text and _SCIENTIFIC.fullmatch(text):
            raise ValueError(SCIENTIFIC)
        return parse(text)

    return code
