"""Opening tables that an office sent, and taking their rows one by one.

What is hidden: hidden rows, rows under a filter and hidden columns are read, and `remarks` names
them; hidden sheets are not read, and are named. Of several visible sheets the one with the header
is read; where several have it, the file is refused as ambiguous unless it is said which to take.
Totals, footnotes, examples and headers that come again are passed over and named, blank rows are
passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from hrintegrity.errors import HriError, InputError
from hrintegrity.files import input_file, os_reason
from hrintegrity.sheets import kinds
from hrintegrity.sheets.columns import Column, Table
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.how import ALL_SHEETS, How
from hrintegrity.sheets.layouts import Layout
from hrintegrity.sheets.noted import Noted
from hrintegrity.sheets.parsers import Hints
from hrintegrity.sheets.refusals import RefusalError, refused, together
from hrintegrity.sheets.rows import CellError, Row, RowParser
from hrintegrity.sheets.scoresheet import FormSheet, is_form
from hrintegrity.sheets.source import Head, Sheet

__all__ = ["CellError", "How", "Reading", "Row", "open_table", "open_tables"]


def open_table(path: Path, table: Table, how: How | None = None, **more: Any) -> Reading:
    """Open a csv, xlsx, xls, ods or et file as `table`; `more` are the parts of `how`.

    Close it, or use it as a context manager. Raises LookupFailedError `file-missing`, InputError
    `file-refused`, `header-missing`, `column-missing`, `column-duplicate`, `sheet-ambiguous`,
    `sheet-missing`, and UsageError `field-unknown` or `value-refused` for what the user said.
    """
    return next(open_tables(path, table, how or How(**more)))


def open_tables(path: Path, table: Table, how: How) -> Iterator[Reading]:
    """Yield each sheet of a file that is wanted, opened as `open_table` does.

    The file stays open until the last was yielded, or one was closed.
    """
    try:
        input_file(path)
    except OSError as error:
        raise _unreadable(path, error) from error
    hints = how.hints(table)
    optional = frozenset(how.mapping) if how.some_headers else how.optional
    matcher = Matcher(table, how.mapping, frozenset(hints.given), optional=optional)
    try:
        opened = _Opened(path, matcher)
    except RefusalError as refusal:
        raise refused(path, refusal.what, refusal.hint) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        yield from _readings(opened, opened.choose(how.sheet), hints)
    except Exception:
        opened.close()
        raise


def _readings(opened: _Opened, sheets: Sequence[Sheet], hints: Hints) -> Iterator[Reading]:
    """Yield the sheets of a file. Raises InputError, naming every sheet that lacks a column."""
    found, lacking = [], []
    for sheet in sheets:
        try:
            found.append(Reading(opened, sheet, hints))
        except InputError as error:
            if len(sheets) > 1:
                error.message = f"{opened.path.name}“{sheet.name}”：{error.message}"
            if error.code != "column-missing":
                raise
            lacking.append(error)
    if lacking:
        raise together(lacking)
    yield from found


def _unreadable(path: Path, error: OSError) -> InputError:
    return refused(path, f"读不出来：{os_reason(error)}", "请检查文件和权限。")


class _Opened:
    """A file that is open: its sheets, the hidden ones' names, and which of them are wanted."""

    def __init__(self, path: Path, matcher: Matcher) -> None:
        self.path = path
        self.matcher = matcher
        self.remarks: list[str] = []
        self.hidden: Sequence[str] = ()
        self.close: Callable[[], None] = lambda: None
        container = kinds.container(path)
        if container == "text":
            from hrintegrity.sheets.delimited import DelimitedSheet  # noqa: PLC0415 — by need.

            kinds.check_suffix(path, "csv")
            self.sheets: Sequence[Sheet] = [DelimitedSheet(path, matcher.words, _fields(matcher))]
            return
        from hrintegrity.sheets.child import Book  # noqa: PLC0415 — by need.

        book = Book(path, container)
        self.close = book.close
        self.sheets, self.hidden = book.sheets, book.hidden

    def is_form(self, sheet: Sheet) -> bool:
        """Say whether the sheet is a score form and scores are wanted."""
        return bool(self.matcher.table.addends) and is_form(sheet.head)

    def choose(self, name: str | None) -> Sequence[Sheet]:
        """Return the sheets that are wanted: the named one, all, or the one that has the header."""
        sheets = self.sheets
        if name is not None and name != ALL_SHEETS and any(sheet.name for sheet in sheets):
            chosen = [sheet for sheet in sheets if sheet.name == name]
            if not chosen:
                names = "、".join(sheet.name for sheet in sheets)
                raise InputError(
                    "sheet-missing",
                    f"{self.path.name}：没有可见的工作表“{name}”",
                    f"可见的工作表：{names}",
                )
        else:
            chosen = [s for s in sheets if self.is_form(s) or self.matcher.fits(s.head)]
            if name is None and len(chosen) > 1:
                # A sheet of explanations, or one that was left empty, is no rival.
                full = [s for s in chosen if self.is_form(s) or self.matcher.is_full(s.head)]
                chosen = full if len(full) == 1 else chosen
                if len(chosen) > 1:
                    raise self._ambiguous(chosen)
        if not chosen:
            raise self._no_header()
        if self.hidden:
            self.remarks.append(f"隐藏的工作表没有读：{'、'.join(self.hidden)}")
        others = [sheet.name for sheet in sheets if sheet not in chosen and sheet.head]
        if others:
            read = "、".join(f"“{sheet.name}”" for sheet in chosen)
            self.remarks.append(f"读的是工作表{read}，没有读：{'、'.join(others)}")
        return chosen

    def _ambiguous(self, chosen: Sequence[Sheet]) -> InputError:
        names = "、".join(f"“{sheet.name}”" for sheet in chosen)
        return InputError(
            "sheet-ambiguous",
            f"{self.path.name}：有几张工作表都像“{self.matcher.table.title}”：{names}",
            "请加 --sheet 工作表名 指明一张，或 --sheet all 全部读入。",
        )

    def _no_header(self) -> InputError:
        more = ""
        if any(getattr(sheet, "unvalued", False) for sheet in self.sheets):
            more = "；工作簿里的公式没有存下计算结果，请用表格软件重新计算并保存"
        elif self.hidden:
            more = f"；隐藏的工作表没有读：{'、'.join(self.hidden)}"
        head = next((sheet.head for sheet in self.sheets if sheet.head), ())
        return self.matcher.no_header(head, more)


def _fields(matcher: Matcher) -> Callable[[Head], int]:
    def count(head: Head) -> int:
        heading = matcher.heading(head)
        return heading.count if heading else 0

    return count


class Reading:
    """A table being read.

    `remarks` says in Chinese what was passed over or hidden; it is complete after the last row.
    """

    def __init__(self, opened: _Opened, sheet: Sheet, hints: Hints) -> None:
        """Use `open_table`."""
        self.path = opened.path
        self.table = opened.matcher.table
        self.sheet = sheet.name or None
        self._opened = opened
        self._remarks, opened.remarks = opened.remarks, []
        try:
            self._sheet = sheet
            if opened.is_form(sheet):
                self._sheet = form = FormSheet(sheet, opened.matcher)
                self._layout: Layout = form.layout
            else:
                self._layout = opened.matcher.layout(sheet.head)
            self._parser = RowParser(self.table, self._layout, hints)
            # A column of totals is compared with the scores beside it.
            totals, unused = (self._parser.total,), self._layout.unused.items()
            self._unused = {index: header for index, header in unused if index not in totals}
        except HriError as error:
            error.details = [self.located(detail) for detail in error.details]
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
        self._opened.close()

    def located(self, detail: Mapping[str, Any]) -> dict[str, Any]:
        """Return a finding with the file and the sheet that it is in."""
        return {"file": str(self.path), "sheet": self.sheet, **detail}

    @property
    def headers(self) -> list[str]:
        """The headers as they stand, in the file's order."""
        return list(self._layout.headers)

    @property
    def common_headers(self) -> list[str]:
        """The headers, those of the used columns as our own templates have them."""
        used = self._layout.used
        return [used[i].header if i in used else h for i, h in enumerate(self._layout.headers)]

    @property
    def mapped(self) -> list[str]:
        """Which of the headers that the user mapped by hand the table has."""
        return self._opened.matcher.mapped_in(self._layout.headers)

    @property
    def noted(self) -> Noted:
        """What was remarkable in the cells; complete after the last row."""
        return self._parser.noted

    @property
    def fields(self) -> set[str]:
        """The fields that a column gives."""
        return {column.field for column in self._layout.used.values()}

    def cell_error(self, name: str, row: int, raw: Sequence[str], reason: str) -> CellError:
        """Return the refusal of a row by one of its fields, which may have no column."""
        used = self._layout.used
        names = {name, *self.table.either} if name in self.table.either else {name}
        places = [i for i, column in used.items() if column.field in names]
        if not places:
            return CellError(row, self.table.by_field[name].header, None, reason)
        # Of code and name of an agency the one by which the row names it.
        place = min(places, key=lambda i: (not raw[i].strip(), used[i].field != name))
        return self._parser.error(row, place, raw[place].strip() or None, reason)

    def column_of(self, error: CellError) -> Column | None:
        """Return the column in which a refused cell stands."""
        used = self._layout.used
        headers = self._layout.headers
        return next((column for i, column in used.items() if headers[i] == error.column), None)

    @property
    def unused_columns(self) -> list[str]:
        """The headers of the columns that were not used."""
        return list(self._unused.values())

    @property
    def first_row(self) -> int:
        """The file's own number of the row below the header."""
        return self._layout.row + 1

    @property
    def spare(self) -> str:
        """What is to be said in Chinese of the columns that were not used; empty for none."""
        return self._opened.matcher.spare(self._unused, self.fields)

    @property
    def general_remarks(self) -> tuple[str, ...]:
        """Those of the remarks that are on what the user said of all tables alike."""
        return self._parser.general_remarks

    @property
    def remarks(self) -> list[str]:
        """What the user should know of how the file was read."""
        return [
            *self._remarks,
            *self._layout.remarks,
            *self._parser.remarks,
            *self._sheet.remarks,
        ]

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header, wrong ones too, with their errors. Once."""
        try:
            yield from self._parser.parse(self._sheet.rows(self._parser.wanted))
        except RefusalError as refusal:
            raise refused(self.path, refusal.what, refusal.hint) from None
        except OSError as error:
            raise _unreadable(self.path, error) from error
