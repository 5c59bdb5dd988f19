"""Legacy .xls workbooks, read inside the worker process by xlrd."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

from hrintegrity.sheets.books import Grid
from hrintegrity.sheets.content import error_reason
from hrintegrity.sheets.formats import BUILT_IN, number_format
from hrintegrity.sheets.ooxml import Scan
from hrintegrity.sheets.refusals import RefusalError

_DAMAGED = "xls 工作簿已损坏或不完整，打不开"
_STREAMS = (
    ("EncryptedPackage", "是加密的工作簿", "请先解除密码，再导入。"),
    ("WordDocument", "是 Word 文档（.doc）", ""),
    ("PowerPoint Document", "是 PowerPoint 演示文稿（.ppt）", ""),
    ("VisioDocument", "是 Visio 图（.vsd）", ""),
    ("__properties_version1.0", "是 Outlook 邮件（.msg）", ""),
)


class LegacyWorkbook:
    """An .xls workbook."""

    def __init__(self, path: Path) -> None:
        """Open it. Raises RefusalError, with the name of what the file is instead."""
        self.hidden: list[str] = []
        content = path.read_bytes()
        _require_workbook(content)
        try:
            with Path(os.devnull).open("w") as nowhere:
                self._book = xlrd.open_workbook(
                    file_contents=content, formatting_info=True, logfile=nowhere
                )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise RefusalError("是加密的工作簿", "请先解除密码，再导入。") from None
            raise RefusalError(_DAMAGED) from None
        except MemoryError:
            raise
        except Exception:  # xlrd trusts the file: any exception at all means that it is damaged.
            raise RefusalError(_DAMAGED) from None

    def grids(self) -> list[Grid]:
        """Read every visible sheet; name the hidden ones in `hidden`."""
        grids = []
        for sheet in self._book.sheets():
            if sheet.visibility:
                self.hidden.append(sheet.name)
                continue
            merges = [(a, b - 1, c) for a, b, c, _ in sheet.merged_cells]
            notes = self._notes(sheet)
            grids.append(Grid(sheet.name, _Values(sheet, notes), notes, merges))
        return grids

    def _notes(self, sheet: Any) -> Scan:
        notes = Scan()
        notes.hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        notes.hidden_columns = any(info.hidden for info in sheet.colinfo_map.values())
        odd = {}
        for index, style in enumerate(self._book.xf_list):
            shown = self._book.format_map.get(style.format_key)
            # The formats that Chinese, Japanese and Korean versions have built in bear no text.
            code = BUILT_IN.get(style.format_key) if shown is None else shown.format_str
            if code and (found := number_format(code)):
                odd[index] = found
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    number = sheet.cell_value(row, column)
                    text = xlrd.error_text_from_code.get(number, "#ERR!")
                    notes.wrong[row, column] = (text, error_reason(text))
                elif kind == xlrd.XL_CELL_NUMBER and odd:
                    style = odd.get(sheet.cell_xf_index(row, column))
                    value = sheet.cell_value(row, column)
                    digits = 0 if style is None else style.pad if style.shows(value) else -1
                    if digits:
                        notes.digits[row, column] = digits
        return notes


class _Values:
    """The typed values of a sheet, row by row."""

    def __init__(self, sheet: Any, notes: Scan) -> None:
        self._sheet = sheet
        self._notes = notes

    def __iter__(self) -> Iterator[Sequence[Any]]:
        sheet, mode = self._sheet, self._sheet.book.datemode
        for row in range(sheet.nrows):
            values = sheet.row_values(row)
            for column, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_DATE:
                    values[column] = _day(values[column], mode)
                elif kind == xlrd.XL_CELL_BOOLEAN:
                    values[column] = bool(values[column])
                elif kind == xlrd.XL_CELL_ERROR:
                    values[column] = self._notes.wrong[row, column][0]
            yield values


def _day(serial: float, mode: int) -> Any:
    """Return the day, or the time of a number below 1, as a date cell shows it."""
    try:
        if 0 <= serial < 1:
            return (dt.datetime(1900, 1, 1) + dt.timedelta(days=serial)).time()  # noqa: DTZ001 — no zone.
        return xlrd.xldate_as_datetime(serial, mode)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return serial


def _require_workbook(content: bytes) -> None:
    """Refuse a compound file without a workbook. Raises RefusalError with what it is instead."""
    try:
        with Path(os.devnull).open("w") as nowhere:
            document = CompDoc(content, logfile=nowhere)
            for name in ("Workbook", "Book"):
                if document.locate_named_stream(name)[0]:
                    return
    except MemoryError:
        raise
    except Exception:  # as in LegacyWorkbook.
        raise _other(content) or RefusalError(_DAMAGED) from None
    raise _other(content) or RefusalError("是 OLE 复合文档，其中没有工作簿")


def _other(content: bytes) -> RefusalError | None:
    """Return the refusal that names a compound file which holds no workbook."""
    for name, what, hint in _STREAMS:
        if name.encode("utf-16-le") in content:
            return RefusalError(what, hint) if hint else RefusalError(what)
    return None
