"""One place where results become a table, JSON or CSV, and errors become text and a status."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hrintegrity.cli.base.done import Record, Result, Rows
from hrintegrity.errors import HriError
from hrintegrity.text import ID_LENGTH, ID_SHOWN, width

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


def show(result: Result, form: str) -> int:
    """Show what a command returned; return the exit status."""
    # What a judgement found is in its result; a script gets that and the status, and no more.
    if form == "table" or isinstance(result, Record) or not result.status:
        for warning in result.warnings:
            warn(warning)
    if isinstance(result, Rows):
        _show_list(result, form)
        return result.status
    if isinstance(result, Record):
        _show_record(result, form)
        return 0
    if form == "json":
        show_json(result.record)
    elif form == "csv" and result.rows is not None:
        _show_list(result.rows, form)
    else:
        _show_lines(result.lines)
        if result.message:
            say(result.message)
    return result.status


def _show_list(found: Rows, form: str) -> None:
    if form == "json":
        show_json(list(found.rows) if found.record is None else found.record)
        return
    if form == "csv":
        keys = [key for key, _ in found.columns] if found.kind is None else _keys(found.kind)
        _show_csv([plain(row) for row in found.rows], keys)
        return
    _show_lines(found.head)
    records = [plain(row) for row in (found.rows if found.shown is None else found.shown)]
    words = found.words or {}
    shown = [[_cell(r.get(key), words.get(key)) for key, _ in found.columns] for r in records]
    if _is_screen(len(shown)):
        # The end of an id is enough for every command that takes one; a whole one would be broken.
        shown = [
            [
                cell[-ID_SHOWN:] if key == "id" and len(cell) == ID_LENGTH else cell
                for (key, _), cell in zip(found.columns, row, strict=True)
            ]
            for row in shown
        ]
    _show_table([heading for _, heading in found.columns], shown)
    _show_lines(found.foot)


def _show_lines(lines: Iterable[str | Rows]) -> None:
    for line in lines:
        if isinstance(line, Rows):
            _show_list(line, "table")
        else:
            say(line)


def _show_record(found: Record, form: str) -> None:
    if form == "json":
        show_json(found.record)
        return
    values = plain(found.record)
    if form == "csv":
        _show_csv([values], list(values))
        return
    words = found.words or {}
    left = max(width(heading) for _, heading in found.columns)
    for key, heading in found.columns:
        text = _cell(values.get(key), words.get(key))
        say(f"{heading}{' ' * (left - width(heading))}  {text or '—'}")


def say(line: str) -> None:
    """Write one line to standard output."""
    sys.stdout.write(line + "\n")


_held: list[str] | None = None


def hold_warnings(wanted: bool) -> None:
    """Keep warnings until it is known whether the command fails.

    With `-f json` standard error has the error object and nothing else.
    """
    global _held  # noqa: PLW0603 — one command a process; standard error is as global.
    _held = [] if wanted else None


def release_warnings() -> None:
    """Write the warnings that were kept."""
    global _held
    kept, _held = _held or [], None
    for message in kept:
        warn(message)


def warn(message: str) -> None:
    """Write a warning to standard error."""
    if _held is not None:
        _held.append(message)
        return
    sys.stderr.write(f"提示 {' '.join(message.split())}\n")


def show_error(error: HriError, *, as_json: bool) -> None:
    """Write an error to standard error: one line, its findings, and what to do about it."""
    if as_json:
        value: dict[str, Any] = {
            "code": error.code,
            "message": error.message,
            "hint": error.hint,
            "clause": error.clause,
            "details": error.details,
        }
        if _held:
            value["warnings"] = _held
        text = json.dumps({"error": plain(value)}, ensure_ascii=False, indent=2) + "\n"
        sys.stderr.flush()
        sys.stderr.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()
        return
    sys.stderr.write(f"错误 [{error.code}] {' '.join(error.message.split())}\n")
    for detail in error.details if _worth_listing(error.details) else ():
        sys.stderr.write(f"  {_finding(detail)}\n")
    clause = f"（依据：{error.clause}）" if error.clause else ""
    hint = " ".join(error.hint.split()) or "用法见 hri --help。"
    sys.stderr.write(f"{hint}{clause}\n")


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


def _keys(kind: type) -> list[str]:
    return [field.name for field in dataclasses.fields(kind)]


def _show_csv(records: list[dict[str, Any]], keys: Sequence[str]) -> None:
    import csv
    import io

    from hrintegrity.sheets.escapes import to_csv

    keys = list(records[0]) if records else keys
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


def _is_screen(rows: int) -> bool:
    """Whether a table of so many rows is fitted to a terminal; what is piped is never cut."""
    return sys.stdout.isatty() and rows < _PLAIN_FROM


def _show_table(headings: list[str], rows: list[list[str]]) -> None:
    if _is_screen(len(rows)):
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

    colours: Any = None if os.environ.get("NO_COLOR") else "auto"
    console = Console(
        file=sys.stdout, highlight=False, markup=False, emoji=False, color_system=colours
    )
    sizes = _sizes(headings, rows, console.width)
    if sizes is None:
        _show_blocks(headings, rows)
        return
    table = Table()
    for heading, size in zip(headings, sizes, strict=True):
        table.add_column(Text(heading), overflow="fold", width=size)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


_LONGEST_CODE = 20
_LEAST = 8
_HEADING = 4


def _sizes(headings: list[str], rows: list[list[str]], columns: int) -> list[int] | None:
    """Return how wide each column is to be; None where a terminal is too narrow for them.

    Text breaks anywhere. A code, a day or a figure that stands in two lines can't be copied.
    """
    least, whole = [], []
    for place, heading in enumerate(headings):
        cells = [row[place] for row in rows]
        longest = max(map(width, cells), default=0)
        breaks = longest > _LONGEST_CODE or not all(cell.isascii() for cell in cells)
        whole.append(max(longest, width(heading)))
        least.append(min(whole[-1], _LEAST) if breaks else max(longest, _HEADING))
    spare = columns - 3 * len(headings) - 1 - sum(least)
    if spare < 0:
        return None
    # Who lacks little gets it first; what remains is shared by those who lack much.
    by_need = sorted(range(len(headings)), key=lambda place: whole[place] - least[place])
    for served, place in enumerate(by_need):
        given = min(whole[place] - least[place], spare // (len(headings) - served))
        least[place] += given
        spare -= given
    return least


def _show_blocks(headings: list[str], rows: list[list[str]]) -> None:
    """Show rows that a terminal is too narrow for one below the other, a field a line."""
    left = max(map(width, headings), default=0)
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                say(f"{heading}{' ' * (left - width(heading))}  {cell}")
        say("")
