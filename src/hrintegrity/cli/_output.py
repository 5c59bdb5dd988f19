"""One place where results become a table, JSON or CSV, and errors become text and a status."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hrintegrity.errors import HriError
from hrintegrity.text import width

Columns = Sequence[tuple[str, str]]
"""What a table shows: JSON key and Chinese heading of each column, in order."""

_PLAIN_FROM = 2000
"""Longer tables are written line by line, since rich lays out a table as a whole."""


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: days as ISO 8601, scores as numbers."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def show_json(value: Any) -> None:
    """Write one UTF-8 JSON document to standard output, whatever the console's encoding."""
    document = json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(document.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def show_rows(
    rows: Iterable[Any], columns: Columns, form: str, *, words: Mapping[str, Any] | None = None
) -> None:
    """Write a list: as JSON whole, as CSV under its JSON keys, as a table under `columns`.

    `words` gives per key the function that turns the English word into the Chinese one.
    """
    if form == "json":
        show_json(list(rows))
        return
    records = [plain(row) for row in rows]
    if form == "csv":
        _show_csv(records, columns)
        return
    shown = [[_cell(r.get(key), (words or {}).get(key)) for key, _ in columns] for r in records]
    _show_table([heading for _, heading in columns], shown)


def show_record(
    record: Any, columns: Columns, form: str, *, words: Mapping[str, Any] | None = None
) -> None:
    """Write one record: as JSON or CSV like a list, as a table with a field a line."""
    if form == "json":
        show_json(record)
        return
    values = plain(record)
    if form == "csv":
        _show_csv([values], columns)
        return
    left = max(width(heading) for _, heading in columns)
    for key, heading in columns:
        text = _cell(values.get(key), (words or {}).get(key))
        say(f"{heading}{' ' * (left - width(heading))}  {text or '—'}")


def done(message: str, record: Any, form: str) -> None:
    """Say in one line what a write command did, or write the record as JSON."""
    if form == "json":
        show_json(record)
    else:
        say(message)


def say(line: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(line + "\n")


def warn(message: str) -> None:
    """Write a warning to standard error."""
    sys.stderr.write(f"提示 {' '.join(message.split())}\n")


def show_error(error: HriError, *, as_json: bool) -> None:
    """Write an error to standard error: one line, its findings, and what to do about it."""
    if as_json:
        value = {
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "clause": error.clause,
            "details": error.details,
        }
        text = json.dumps({"error": plain(value)}, ensure_ascii=False, indent=2) + "\n"
        sys.stderr.flush()
        sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
        return
    sys.stderr.write(f"错误 [{error.code}] {' '.join(error.message.split())}\n")
    for detail in error.details if _worth_listing(error.details) else ():
        sys.stderr.write(f"  {_finding(detail)}\n")
    clause = f"（依据：{error.clause}）" if error.clause else ""
    if error.hint or clause:
        sys.stderr.write(f"{error.hint}{clause}\n")


def close_early() -> None:
    """Let the process end quietly after the reader of a pipe has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    os.close(devnull)


def _worth_listing(details: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the findings say more than the message, which tells of a single one itself."""
    return len(details) > 1 or any(detail.get("row") is not None for detail in details)


def _finding(detail: Mapping[str, Any]) -> str:
    """One finding of refused input: row, column, value and reason, as far as it has them."""
    parts = []
    if detail.get("row") is not None:
        parts.append(f"第 {detail['row']} 行")
    if detail.get("column"):
        parts.append(str(detail["column"]))
    if detail.get("value") not in (None, ""):
        parts.append(f"“{detail['value']}”")
    reason = detail.get("reason") or detail.get("message") or ""
    return " ".join(f"{' '.join(parts)}：{reason}".split()) if parts else str(reason)


def _cell(value: Any, word: Any) -> str:
    if value is None:
        return ""
    if word is not None:
        value = word(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(_cell(item, None) for item in value)
    return " ".join(str(value).split("\n"))


def _show_csv(records: list[dict[str, Any]], columns: Columns) -> None:
    from hrintegrity.sheets.escapes import to_csv

    keys = list(records[0]) if records else [key for key, _ in columns]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(keys)
    for record in records:
        writer.writerow([_csv_cell(record[key], to_csv) for key in keys])
    sys.stdout.flush()
    sys.stdout.buffer.write(buffer.getvalue().encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _csv_cell(value: Any, guard: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, (list, dict, bool)):
        return json.dumps(value, ensure_ascii=False)
    return value


def _show_table(headings: list[str], rows: list[list[str]]) -> None:
    if sys.stdout.isatty() and len(rows) < _PLAIN_FROM:
        _show_rich(headings, rows)
        return
    widths = [
        max([width(heading), *(width(row[i]) for row in rows)])
        for i, heading in enumerate(headings)
    ]
    for line in [headings, *rows]:
        cells = [cell + " " * (size - width(cell)) for cell, size in zip(line, widths, strict=True)]
        say("  ".join(cells).rstrip())


def _show_rich(headings: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for heading in headings:
        table.add_column(Text(heading), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(file=sys.stdout, highlight=False, markup=False, emoji=False).print(table)
