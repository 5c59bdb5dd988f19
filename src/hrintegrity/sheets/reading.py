"""Opening a table that an office sent, and taking its rows one by one.

What is hidden: hidden rows, rows under a filter and hidden columns are read, and `remarks` names
them; hidden sheets are not read, and are named. Of several visible sheets the one with the header
is read; where several have it, the file is refused as ambiguous. Totals, footnotes, examples and
headers that come again are passed over and named, blank rows are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hrintegrity.errors import InputError, UsageError
from hrintegrity.files import input_file, os_reason
from hrintegrity.sheets import kinds
from hrintegrity.sheets.columns import Table
from hrintegrity.sheets.headers import Layout, Matcher
from hrintegrity.sheets.refusals import RefusalError, refused
from hrintegrity.sheets.rows import CellError, Row, RowParser
from hrintegrity.sheets.scoresheet import FormSheet, is_form
from hrintegrity.sheets.source import Sheet, spans

__all__ = ["CellError", "Reading", "Row", "open_table"]


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
    try:
        input_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error
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
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return refused(path, f"读不出来：{os_reason(error)}", "请检查文件和权限。")


def _parse_fixed(table: Table, field: str, text: str) -> Any:
    column = table.by_field.get(field)
    if column is None:
        known = "、".join(f"{c.field}（{c.header}）" for c in table.columns)
        raise UsageError("field-unknown", f"没有这个字段：{field}", f"可用的字段：{known}")
    try:
        return column.parse(text.strip())
    except ValueError as error:
        raise UsageError(
            "value-refused", f"--set {field}={text}：{error}", "请改正 --set 里等号后面的值。"
        ) from None


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
        self._matcher = matcher
        self._remarks: list[str] = []
        self._close: Callable[[], None] = lambda: None
        try:
            self._sheet = self._open(sheet)
            if self._is_form(self._sheet):
                self._sheet = form = FormSheet(self._sheet, matcher)
                self._layout: Layout = form.layout
            else:
                self._layout = matcher.layout(self._sheet.head)
            self._parser = RowParser(table, self._layout, given)
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

    def row_of(self, field: str, row: int) -> int:
        """Return the file's own row of a field's cell; a form's cells stand in many."""
        place = self._place(field)
        return row if place is None else self._layout.places.get(place, row)

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
        passed = [
            f"第 {spans(rows)} 行{what}，没有读入" for what, rows in self._parser.passed.items()
        ]
        return [*self._remarks, *passed, *self._sheet.remarks]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header, wrong ones too, with their errors. Once."""
        try:
            yield from self._parser.parse(self._sheet.rows(self._parser.wanted))
        except RefusalError as refusal:
            raise refused(self.path, refusal.what, refusal.hint) from None
        except OSError as error:
            raise _unreadable(self.path, error) from error

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
                # A sheet of explanations, or one that was left empty, is no rival.
                full = [s for s in chosen if self._is_form(s) or self._matcher.is_full(s.head)]
                chosen = full if len(full) == 1 else chosen
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
