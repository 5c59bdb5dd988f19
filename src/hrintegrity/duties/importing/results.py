"""What an import says: what it did, every cell that was refused, and the rejected rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from hrintegrity.duties.importing.findings import Counts
from hrintegrity.duties.importing.run import Run
from hrintegrity.errors import HriError, InputError, Question
from hrintegrity.sheets.content import EMPTY
from hrintegrity.sheets.layouts import one_line
from hrintegrity.sheets.rows import CellError
from hrintegrity.sheets.source import spans

_SHOWN = 3
_Group = tuple[str, str, str]
"""The table, the column and the reason of refused cells."""

_LONG = 40
"""A longer value is not shown again: its row is named."""


@dataclass
class ImportResult(Counts):
    """What an import did; `remarks` on how the files were read and on the rows that went in.

    `lines` are the refused cells for people, one reason in one column a line. `id` is what
    `archive undo` takes, None where nothing was written.
    """

    unused_columns: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    id: str | None = None
    dry_run: bool = False
    lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether no row went in or was there already."""
        return not (self.added or self.updated or self.unchanged)

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        found = asdict(self)
        del found["lines"]
        return found


def of(run: Run, *, dry_run: bool, refused: Run | None = None) -> ImportResult:
    """Return what a run did; `refused` is the run before it, which found the bad rows."""
    result = ImportResult(dry_run=dry_run, id=run.id)
    several = len(run.parts) > 1
    general = dict.fromkeys(one for part in run.parts for one in part.reading.general_remarks)
    result.remarks += general
    bad = [part for part, _ in refused.bad.values()] if refused else []
    for part in run.parts:
        part.counts.rejected = sum(one.offset == part.offset for one in bad)
        result.plus(part.counts)
        result.unused_columns += part.reading.unused_columns
        about = f"{part.name}：" if several else ""
        own = (remark for remark in part.reading.remarks if remark not in general)
        result.remarks += [f"{about}{remark}" for remark in own]
        result.files.append(part.as_mapping())
    result.unused_columns = list(dict.fromkeys(result.unused_columns))
    result.remarks += run.target.remarks
    for name, count in run.undated.items():
        header = run.target.table.by_field[name].header
        result.remarks.append(f"有 {count} 行没有{header}，按导入当天登记")
    result.remarks += _unneeded(run)
    if refused is not None:
        result.errors, result.lines = details(refused), lines(refused)
    return result


def details(run: Run) -> list[dict[str, Any]]:
    """Return every refused cell, by rows."""
    found = sorted(run.errors, key=lambda one: one[0].offset + one[1].row)
    return [part.detail(error) for part, error in found]


def lines(run: Run) -> list[str]:
    """Say in Chinese what was refused: one reason in one column in one line, with its rows."""
    grouped: dict[tuple[str, str, str], list[CellError]] = {}
    several = len(run.parts) > 1
    for part, error in sorted(run.errors, key=lambda one: one[0].offset + one[1].row):
        about = f"{part.name} " if several else ""
        letters = f"（{error.letters} 列）" if error.letters else ""
        column = f"{one_line(error.column)}{letters}" if error.column else ""
        grouped.setdefault((about, column, error.reason), []).append(error)
    said = []
    for (about, column, reason), errors in _together(grouped):
        rows = spans(sorted({error.row for error in errors}))
        values = dict.fromkeys(one_line(error.value) for error in errors if error.value)
        shown = [f"“{value}”" for value in values if len(value) <= _LONG]
        value = "、".join(shown[:_SHOWN]) + ("等" if len(shown) > _SHOWN else "")
        said.append(f"{about}第 {rows} 行 {column}{value}{'：' if column or value else ''}{reason}")
    return said


def _together(
    grouped: Mapping[_Group, list[CellError]],
) -> Iterator[tuple[_Group, list[CellError]]]:
    """Yield the groups of refused cells; several columns that are empty in the same rows are one.

    A row that is none of the table's would else be told of as often as it lacks a cell.
    """
    empty: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for (about, column, reason), errors in grouped.items():
        if reason == EMPTY:
            empty.setdefault((about, tuple(error.row for error in errors)), []).append(column)
    for (about, column, reason), errors in grouped.items():
        columns = empty.get((about, tuple(error.row for error in errors)), [column])
        if reason != EMPTY or len(columns) == 1:
            yield (about, column, reason), errors
        elif column == columns[0]:
            more = f"等 {len(columns)} 列" if len(columns) > _SHOWN else ""
            yield (about, "、".join(columns[:_SHOWN]) + more, reason), errors


def refusal(run: Run) -> HriError:
    """Return the error for a run of which nothing went in."""
    first = run.rules[0]
    if first is not None and all(rule is not None for rule in run.rules):
        first.details, first.lines = details(run), lines(run)
        return first
    names = "、".join(dict.fromkeys(part.name for part, _ in run.bad.values()))
    words, agencies = _wrong_words(run), run.questions.values()
    hint, spare = _twice_hint(run) + _word_hint(words, agencies), "".join(_spare(run))
    hint += _fill_hint(run)
    error = InputError(
        "rows-refused",
        f"{names}：{len(run.bad)} 行有误，一行也没有导入。",
        f"请改正后再导入；或加 --rejects 文件，先导入无误的行。{hint}{spare}"
        f"{''.join(_unneeded(run))}",
        details=details(run),
    )
    error.lines = lines(run)
    several = len(run.parts) > 1
    for part in run.parts:
        about = f"{part.name} " if several else ""
        error.lines += [f"{about}{remark}" for remark in part.reading.noted.contradictions()]
    error.questions = [*(word for word, count in words.items() if count > 1), *agencies]
    return error


def _twice_hint(run: Run) -> str:
    """Return what to do where all that is wrong is that equal rows stand twice."""
    only = all(error.is_repeat for _, error in run.errors)
    return "这些行除了重复都没有错，加 --rejects 后各留第一行。" if only else ""


def _fill_hint(run: Run) -> str:
    """Return how cells are filled that were merged once and are blank in a csv."""
    merged = {*run.target.table.either, "name", "district"}
    for part, error in run.errors:
        column = part.reading.column_of(error)
        if (
            part.reading.sheet is None
            and error.reason.endswith(EMPTY)
            and error.row > part.reading.first_row
            and (column is None or column.field in merged)
        ):
            return (
                "csv 里合并过的单元格只有第一行有字：请在表格软件里向下填充，"
                "或用原来的 .xlsx 导入（合并的单元格会自动填满）。"
            )
    return ""


def _word_hint(words: Collection[Question], agencies: Collection[Question]) -> str:
    """Return how it is said what words and names in cells mean, with one of each.

    What it means is left open: an example that was copied might be wrong.
    """
    said = [f'--word "{one.text}=应写的词"' for one in islice(words, 1)]
    said += [f'--word "{one.text}=登记的全称"' for one in islice(agencies, 1)]
    return f"写法不同的可用 {'、'.join(said)} 说明。" if said else ""


def _spare(run: Run) -> Iterator[str]:
    """Yield what is to be said of the unused columns, once for tables that are alike."""
    alike: dict[str, list[str]] = {}
    for part in run.parts:
        if part.reading.spare:
            alike.setdefault(part.reading.spare, []).append(part.name)
    for spare, names in alike.items():
        yield spare if len(names) == len(run.parts) else f"{'、'.join(names)} {spare}"


def _unneeded(run: Run) -> Iterator[str]:
    """Yield a sentence on what the user said of the tables for nothing."""
    if run.unneeded:
        yield f"没有用到：{'、'.join(run.unneeded)}，表里没有这样的列或格。"


def _wrong_words(run: Run) -> Counter[Question]:
    """Return what stands in columns of words and is none of them, with how often."""
    columns = {column.header: column for column in run.target.table.columns if column.choices}
    found: Counter[Question] = Counter()
    for part, error in run.errors:
        column = part.reading.column_of(error)
        if column is not None and column.header in columns and error.value:
            choices = tuple((word, word) for word in columns[column.header].choices)
            found[Question("--word", error.value, choices)] += 1
    return found


def write_rejects(path: Path, run: Run, *, force: bool) -> None:
    """Write the refused rows of all parts with their reasons."""
    from hrintegrity.sheets.writing import write_rejects as write  # noqa: PLC0415 — only here.

    parts = list({id(part): part for part, _ in run.bad.values()}.values())
    if len(parts) == 1:
        rows = [(raw, run.reasons[number]) for number, (_, raw) in sorted(run.bad.items())]
        write(path, parts[0].reading.headers, rows, force=force)
        return
    # The headers of several tables must agree, so that what is mended can be imported again.
    names = [part.reading.common_headers for part in parts]
    headers = list(dict.fromkeys(name for one in names for name in one))
    places = {
        id(part): [headers.index(name) for name in one]
        for part, one in zip(parts, names, strict=True)
    }
    rows = []
    for number, (part, raw) in sorted(run.bad.items()):
        cells = [""] * len(headers)
        for place, cell in zip(places[id(part)], raw, strict=False):
            cells[place] = cell
        rows.append((cells, run.reasons[number]))
    write(path, headers, rows, force=force)
