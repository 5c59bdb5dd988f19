"""Legacy .xls workbooks, read inside the worker process by xlrd."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

from hrintegrity.sheets.books import Grid
from hrintegrity.sheets.ooxml import Position, Scan, format_digits
from hrintegrity.sheets.refusals import RefusalError

_DAMAGED = "xls 工作簿已损坏或不完整，打不开"
_FORMULA, _SHEET, _BEGIN, _END = 0x0006, 0x0085, 0x0809, 0x000A
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
        self._stream, start, length = _workbook_stream(content)
        self._range = (start, start + length)
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
        unvalued = _unvalued(self._stream, *self._range)
        grids = []
        for sheet in self._book.sheets():
            if sheet.visibility:
                self.hidden.append(sheet.name)
                continue
            merges = [(a, b - 1, c) for a, b, c, _ in sheet.merged_cells]
            notes = self._notes(sheet)
            notes.unvalued = unvalued.get(sheet.name, set())
            since_1904 = self._book.datemode == 1
            grids.append(Grid(sheet.name, _Values(sheet, notes), notes, merges, since_1904))
        return grids

    def _notes(self, sheet: Any) -> Scan:
        notes = Scan()
        notes.hidden = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
        notes.hidden_columns = any(info.hidden for info in sheet.colinfo_map.values())
        odd = {}
        for index, style in enumerate(self._book.xf_list):
            shown = self._book.format_map.get(style.format_key)
            if shown and (digits := format_digits(shown.format_str)):
                odd[index] = digits
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    code = sheet.cell_value(row, column)
                    notes.errors[row, column] = xlrd.error_text_from_code.get(code, "#ERR")
                elif kind == xlrd.XL_CELL_NUMBER and odd:
                    digits = odd.get(sheet.cell_xf_index(row, column), 0)
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
                    values[column] = self._notes.errors[row, column]
            yield values


def _day(serial: float, mode: int) -> Any:
    try:
        return xlrd.xldate_as_datetime(serial, mode)
    except (xlrd.XLDateError, ValueError, OverflowError):
        return serial


def _workbook_stream(content: bytes) -> tuple[bytes, int, int]:
    """Return the bytes that hold the workbook's stream, its start and its length."""
    try:
        with Path(os.devnull).open("w") as nowhere:
            document = CompDoc(content, logfile=nowhere)
            for name in ("Workbook", "Book"):
                stream, start, length = document.locate_named_stream(name)
                if stream:
                    return stream, start, length
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


def _unvalued(stream: bytes, start: int, end: int) -> dict[str, set[Position]]:
    """Return by sheet the formulas that have no value stored, or an empty one.

    xlrd gives both as an empty text, as it does a text cell that is empty; only the record tells
    the formula. Formulas with an empty text as their result can't be told from those without one.
    """
    sheets: dict[int, str] = {}
    found: dict[str, set[Position]] = {}
    current, depth = "", 0
    place = start
    while place + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, place)
        body = place + 4
        if kind == _SHEET and length > 8:
            name_length, wide = stream[body + 6], stream[body + 7] & 1
            raw = stream[body + 8 : body + 8 + name_length * (1 + wide)]
            offset = struct.unpack_from("<I", stream, body)[0]
            sheets[offset] = raw.decode("utf-16-le" if wide else "latin-1", "replace")
        elif kind == _BEGIN:
            depth += 1
            current = sheets.get(place - start, current)
        elif kind == _END:
            depth -= 1
        elif kind == _FORMULA and length >= 14 and depth == 1:
            row, column = struct.unpack_from("<HH", stream, body)
            result = stream[body + 6 : body + 14]
            if result[6:8] == b"\xff\xff" and result[0] == 3:
                found.setdefault(current, set()).add((row, column))
        place = body + length
    return found
