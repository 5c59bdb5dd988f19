"""Tables out: csv and xlsx that people like, that run nothing, and that import again unchanged."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hrintegrity.errors import InputError, UnusableError
from hrintegrity.files import check_suffix, whole_file
from hrintegrity.sheets.columns import REASON_HEADER, Column, Table
from hrintegrity.sheets.content import holdable, unholdable
from hrintegrity.sheets.escapes import to_csv


def write_table(
    path: Path, table: Table, rows: Iterable[Mapping[str, Any]], *, force: bool = False
) -> int:
    """Write `rows` under the table's headers; return how many rows the written file holds.

    The suffix decides: `.csv` (UTF-8 with BOM) or `.xlsx`. Text stays text, days and numbers are
    written as such, None is an empty cell. The count is read back from the file before it gets its
    name. Raises LookupFailedError `file-exists`, UnusableError `folder-missing`,
    `output-unusable`, `readback-differs`, UsageError `unknown-suffix`, InputError `cell-refused`
    where a workbook can't hold a text.
    """
    headers = [column.header for column in table.columns]
    fields = [column.field for column in table.columns]
    cells = ([row.get(field) for field in fields] for row in rows)
    return _write(path, table.title, headers, table.columns, cells, force=force)


def write_rejects(
    path: Path,
    headers: Sequence[str],
    rows: Iterable[tuple[Sequence[str], Sequence[str]]],
    *,
    force: bool = False,
) -> int:
    """Write rejected rows as they stood, each with its reasons in one more column, 原因.

    `headers` are those of the reading, `rows` pairs of a row's `raw` cells and its reasons. A later
    import passes the column 原因 over. Only the user may read the file: rows may name who
    complained. Returns and raises as `write_table`.
    """
    kept = [index for index, header in enumerate(headers) if header != REASON_HEADER]
    names = [*(holdable(headers[index]) for index in kept), REASON_HEADER]
    cells = (
        [*(holdable(raw[i]) if i < len(raw) else "" for i in kept), "；".join(reasons)]
        for raw, reasons in rows
    )
    return _write(path, "未导入的行", names, (), cells, force=force)


def write_list(
    path: Path,
    title: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    force: bool = False,
) -> int:
    """Write rows for people under `headers`, readable by the user only.

    Returns and raises as `write_table`.
    """
    return _write(path, title, headers, (), rows, force=force)


def write_template(path: Path, table: Table, *, force: bool = False) -> None:
    """Write an empty .xlsx with headers, instructions, drop-down lists and an example row.

    An import passes the example row over. Raises as `write_table`.
    """
    from hrintegrity.sheets import workbooks  # noqa: PLC0415 — openpyxl is slow to import.

    check_suffix(path, ".xlsx")
    with whole_file(path, force=force, public=True) as temporary:
        workbooks.save_template(temporary, table)


def _write(
    path: Path,
    title: str,
    headers: Sequence[str],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    *,
    force: bool,
) -> int:
    check_suffix(path, ".csv", ".xlsx")
    suffix = path.suffix.lower()
    checked = Checked(headers, rows)
    with whole_file(path, force=force) as temporary:
        if suffix == ".csv":
            _save_csv(temporary, headers, checked)
        else:
            from hrintegrity.sheets import streaming  # noqa: PLC0415 — openpyxl is slow to import.

            with streaming.StreamedBook(temporary.parent) as book:
                book.add_table(title, headers, columns, checked)
                book.save(temporary)
        count = _count(temporary, suffix)
        if count != checked.count:
            raise UnusableError(
                "readback-differs",
                f"写出 {checked.count} 行，读回只有 {count} 行，未保存：{path}",
                "请检查磁盘，再试一次。",
            )
        return count


class Checked:
    """Rows on their way out: each text is one that a workbook can hold; `count` of them so far."""

    def __init__(self, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self._headers = headers
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self._rows:
            self.count += 1
            for index, value in enumerate(row):
                reason = unholdable(value) if isinstance(value, str) else ""
                if reason:
                    raise self._refused(index, value, reason)
            yield list(row)

    def _refused(self, index: int, value: str, reason: str) -> InputError:
        header = self._headers[index]
        shown = value[:40].encode("unicode_escape").decode() if len(value) < 400 else value[:40]
        return InputError(
            "cell-refused",
            f"第 {self.count} 条记录的“{header}”{reason}，没有写出",
            "请先改正这条记录。",
            details=[{"row": self.count, "column": header, "value": shown, "reason": reason}],
        )


def csv_text(value: Any) -> str:
    """Return a value as it is written into csv. Only text can run, so only text is escaped."""
    if value is None:
        return ""
    if isinstance(value, str):
        return to_csv(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _save_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([to_csv(header) for header in headers])
        writer.writerows([csv_text(value) for value in row] for row in rows)


def _count(path: Path, suffix: str) -> int:
    """Return how many rows stand below the first row that is not blank."""
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return sum(1 for _ in csv.reader(file, strict=True)) - 1
    from hrintegrity.sheets import streaming  # noqa: PLC0415 — openpyxl is slow to import.

    return streaming.count_rows(path) - 1
