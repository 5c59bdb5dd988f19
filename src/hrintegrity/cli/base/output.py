"""One place where what a command returned becomes a table, JSON or CSV."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from hrintegrity.chunking import chunks
from hrintegrity.cli.base.done import Columns, Done, Record, Result, Rows, intended
from hrintegrity.cli.base.pager import page
from hrintegrity.cli.base.tables import aligned, blocks, columns_of_screen, fitted, is_terminal
from hrintegrity.cli.program.messages import say, say_aside, warn
from hrintegrity.cli.program.plain import fields_of, json_text, key_of, plain
from hrintegrity.cli.program.words import two_places
from hrintegrity.packing import Packed
from hrintegrity.text import ID_SHOWN, escaped, width, wrap

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def show_json(value: Any) -> None:
    """Write one UTF-8 JSON document to standard output, whatever the console's encoding."""
    _show_parts(map(escaped, chain(_json(value), "\n")))


def _show_parts(parts: Iterable[str]) -> None:
    sys.stdout.flush()
    for part in parts:
        sys.stdout.buffer.write(part.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _json(value: Any, level: int = 0) -> Iterator[str]:
    """Yield the parts of a JSON document; long lists in it some hundred rows at a time."""
    if isinstance(value, Packed) or (isinstance(value, list) and not _holds_packed(value)):
        yield from _array(value, level)
    elif not _holds_packed(value):
        yield json_text(value, level)
    else:
        is_list = isinstance(value, list)
        before, after = "[]" if is_list else "{}"
        line = "\n" + "  " * level
        for key, one in enumerate(value) if is_list else _fields(value).items():
            yield f"{before}{line}  " + ("" if is_list else f"{json_text(key)}: ")
            yield from _json(one, level + 1)
            before = ","
        yield line + after


def _holds_packed(value: Any) -> bool:
    """Whether a list that is kept compressed is somewhere in a record or in records."""
    if isinstance(value, Packed):
        return True
    return any(map(_holds_packed, value if isinstance(value, list) else _fields(value).values()))


def _fields(value: Any) -> Mapping[str, Any]:
    """Return what a record is made of, nothing of any other value."""
    if isinstance(value, dict):
        return value
    is_record = dataclasses.is_dataclass(value) and not isinstance(value, type)
    return fields_of(value) if is_record else {}


def _array(rows: Iterable[Any], level: int = 0) -> Iterator[str]:
    """Yield the parts of a JSON array, some hundred rows at a time: a whole city's text is long."""
    opening, closing = "[\n", f"\n{'  ' * level}]"
    before = opening
    for chunk in chunks(rows):
        # The rows of a chunk are an array by themselves, whose brackets are those of the whole.
        yield before + json_text(chunk, level).removeprefix(opening).removesuffix(closing)
        before = ",\n"
    yield "[]" if before == opening else closing


def show(result: Result, form: str, *, wide: bool | None = None) -> int:
    """Show what a command returned; return the exit status.

    `wide` shows every column of a list; None where a command has no such option.
    """
    # What a judgement found is in its result; a script gets that and the status, and no more.
    if form == "table" or isinstance(result, Record) or not result.status:
        for warning in result.warnings:
            warn(warning)
    if isinstance(result, Rows):
        _show_list(result, form, wide=wide)
        return result.status
    if isinstance(result, Record):
        _show_record(result, form)
        return 0
    if form == "json":
        show_json(result.record)
    elif form == "csv" and result.rows is not None:
        _show_list(result.rows, form)
    else:
        page(chain(_lines(result.lines), [result.message] if result.message else ()))
    return result.status


def _show_list(found: Rows, form: str, *, wide: bool | None = None) -> None:
    if form == "json":
        if found.record is not None:
            show_json(found.record)
        else:
            _show_parts(map(escaped, chain(_array(found.rows), "\n")))
    elif form == "csv":
        _show_csv(map(plain, found.rows), _keys(found))
    elif found.empty and not any(True for _ in found.rows):
        say(found.empty)
    else:
        page(chain(found.head, _listed(found, wide=wide), _lines(found.foot)))


def _listed(found: Rows, *, wide: bool | None) -> Iterable[str]:
    """Return a list as lines; a terminal gets a line per row, and how many rows there are."""
    columns = [*found.columns, *(found.more if wide else ())]
    headings = [heading for _, heading in columns]
    if not is_terminal():
        return aligned(headings, Packed(texts(found, columns)))
    rows = _short_ids(texts(found, columns))
    if wide:
        lines, left_out = list(aligned(headings, rows)), 0
    else:
        keys = [key for key, _ in columns]
        first = [keys.index(key) for key in dict.fromkeys(["id", *found.first]) if key in keys]
        below = keys.index(found.below) if found.below else None
        lines, left_out = fitted(headings, rows, first, below)
    if wide is None:
        return list(blocks(headings, rows)) if left_out else lines
    left_out += len(found.columns) + len(found.more) - len(columns)
    rest = f"，另有 {left_out} 列未显示：--wide 看全部，-o 文件.xlsx 存成表格" if left_out else ""
    return [*lines, *wrap(f"共 {len(rows)} 行{rest}。", columns_of_screen())]


def _lines(parts: Iterable[str | Rows]) -> Iterator[str]:
    """Yield the lines of a longer text, with the tables in it."""
    for part in parts:
        if isinstance(part, str):
            yield part
            continue
        headings, rows = [heading for _, heading in part.columns], list(texts(part, part.columns))
        if not is_terminal():
            yield from aligned(headings, rows)
            continue
        rows = _short_ids(rows)
        lines, left_out = fitted(headings, rows, ())
        yield from blocks(headings, rows) if left_out else lines


def texts(found: Rows, columns: Columns) -> Iterator[list[str]]:
    """Yield the cells of a list as people read them."""
    words = found.words or {}
    for record in map(plain, found.rows if found.shown is None else found.shown):
        yield [_cell(record.get(key), words.get(key)) for key, _ in columns]


def people(found: Rows, columns: Columns) -> Iterator[list[Any]]:
    """Yield the cells of a list for a workbook: words in Chinese, days and numbers as such."""
    words = found.words or {}
    for row in found.rows if found.shown is None else found.shown:
        fields = row if isinstance(row, Mapping) else vars(row)
        yield [_typed(fields.get(key), words.get(key)) for key, _ in columns]


def _typed(value: Any, word: Any) -> Any:
    if isinstance(value, Decimal):
        value = float(value)
    is_number = isinstance(value, (int, float, dt.date)) and not isinstance(value, bool)
    # A score stays the number that it is; one that is shown by a word becomes the word.
    if is_number and word in (None, two_places):
        return value
    return _cell(plain(value), word)


def _short_ids(rows: Iterable[list[str]]) -> list[list[str]]:
    """Shorten ids to their end, which is enough for every command that takes one."""
    return [[cell[-ID_SHOWN:] if _ID(cell) else cell for cell in row] for row in rows]


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
    for line in found.foot:
        say(line)


def preview(result: Result) -> None:
    """Show on standard error what a command will do, before it is asked whether it shall."""
    if isinstance(result, Done):
        for line in _lines(result.lines):
            say_aside(line)
        say_aside(f"还没有写入：{intended(result.message)}")
    for warning in result.warnings:
        warn(warning)


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


def _keys(found: Rows) -> list[str]:
    if found.kind is not None:
        return [key_of(field) for field in dataclasses.fields(found.kind)]
    return list(found.keys) or [key for key, _ in found.columns]


def _show_csv(records: Iterable[dict[str, Any]], keys: Sequence[str]) -> None:
    stream = iter(records)
    first = list(islice(stream, 1))
    _show_parts(_csv(chain(first, stream), list(first[0]) if first else keys))


def _csv(records: Iterable[dict[str, Any]], keys: Sequence[str]) -> Iterator[str]:
    """Yield the parts of a CSV, some hundred rows at a time."""
    import csv
    import io

    from hrintegrity.sheets.escapes import to_csv

    lines = ([_csv_cell(record[key], to_csv) for key in keys] for record in records)
    for chunk in chunks(chain([keys], lines)):
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerows(chunk)
        yield buffer.getvalue()


def _csv_cell(value: Any, guard: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, (list, dict, bool)):
        return json.dumps(value, ensure_ascii=False)
    return value
