"""The form for scoring one agency by hand, downwards on one page, and its way back in.

`write_score_form` makes it; `open_table` knows it by its form number and yields it as one row, in
the shape of a table of scores. The form number is text that anyone can see, because it has to
survive whatever program saves the form, in whatever format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from hrintegrity.files import whole_file
from hrintegrity.sheets.columns import Column
from hrintegrity.sheets.form_labels import (
    AGENCY,
    CODE,
    FORM_NUMBER,
    NUMBER,
    RATER,
    SCORE,
    SOURCE,
    TOTAL,
    YEAR,
    FormIndicator,
)
from hrintegrity.sheets.headers import Matcher
from hrintegrity.sheets.layouts import Layout, normal
from hrintegrity.sheets.source import Head, RawRow, Sheet, Wanted


def write_score_form(
    path: Path,
    *,
    agency_name: str,
    agency_code: str,
    year: int,
    source: str,
    indicators: Sequence[FormIndicator],
    rater: str = "",
    title: str = "人力资源服务机构诚信状况评估评分表",
    force: bool = False,
) -> None:
    """Write the form of one agency and source as .xlsx, protected around the cells to be filled.

    `source` is the Chinese word of the source. Raises as `write_table`.
    """
    from hrintegrity.sheets import form  # noqa: PLC0415 — openpyxl is slow to import.

    with whole_file(path, force=force) as temporary:
        form.save(
            temporary,
            title=title,
            facts={
                AGENCY: agency_name,
                CODE: agency_code,
                YEAR: str(year),
                SOURCE: source,
                RATER: rater,
            },
            indicators=indicators,
        )


def is_form(head: Head) -> bool:
    """Say whether a sheet is a score form."""
    mark = normal(FORM_NUMBER)
    return any(normal(cell).startswith(mark) for _, cells in head for cell in cells)


class FormSheet:
    """A filled-in form as a sheet of one row; `layout` says where its cells stand."""

    def __init__(self, sheet: Sheet, matcher: Matcher) -> None:
        """Find labels and lines on `sheet`. Raises InputError where they are not there."""
        self.name = sheet.name
        self.head = sheet.head
        self.remarks = sheet.remarks
        self._sheet = sheet
        self._matcher = matcher
        self._places: list[tuple[int, int]] = []
        self.layout = self._find()

    def rows(self, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the one row."""
        places = {place: index for index, place in enumerate(self._places)}
        codes = frozenset(self._places[index][1] for index in wanted.codes)
        columns = frozenset(place[1] for place in self._places)
        width = max(len(cells) for _, cells in self.head)
        cells = [""] * len(self._places)
        refused: dict[int, str] = {}
        for number, texts, reasons in self._sheet.rows(Wanted(0, width, columns, codes)):
            for column, text in enumerate(texts):
                index = places.get((number, column))
                if index is not None:
                    cells[index] = text
                    if reasons and column in reasons:
                        refused[index] = reasons[column]
        yield self.layout.row, cells, refused or None

    def _find(self) -> Layout:
        headers: list[str] = []
        used: dict[int, Column] = {}
        unused: dict[int, str] = {}
        row = 0
        by_field = self._matcher.table.by_field
        for header, field, place in [*self._labels(), *self._lines()]:
            row = row or place[0]
            column = by_field.get(field or "")
            if column is None or column in used.values():
                unused[place[1]] = header
                continue
            used[len(headers)] = column
            headers.append(header)
            self._places.append(place)
        self._matcher.check_unused(row, unused)
        self._matcher.check(row, headers, used, unused)
        total = self._total()
        if total is not None:
            headers.append(TOTAL)
            self._places.append(total)
        return Layout(
            row,
            tuple(headers),
            used,
            unused,
            places=dict(enumerate(self._places)),
            total=None if total is None else len(headers) - 1,
        )

    def _total(self) -> tuple[int, int] | None:
        """Return the place of the sum of the scores."""
        columns: Mapping[str, int] = {}
        for number, cells in self.head:
            names = {normal(cell): index for index, cell in enumerate(cells) if cell}
            if NUMBER in names and SCORE in names:
                columns = names
            elif columns and TOTAL in names:
                return number, columns[SCORE]
        return None

    def _labels(self) -> Iterator[tuple[str, str | None, tuple[int, int]]]:
        """Yield label, field and place of what stands beside a label; the code before the name."""
        found: dict[str, tuple[int, int]] = {}
        for number, cells in self.head:
            for index, cell in enumerate(cells):
                for label in (CODE, AGENCY, YEAR, SOURCE, RATER):
                    if normal(cell) == normal(label) and label not in found:
                        found[label] = (number, index + 1)
        for label in (CODE, AGENCY, YEAR, SOURCE, RATER):
            if label in found:
                yield label, self._matcher.field(label), found[label]

    def _lines(self) -> Iterator[tuple[str, str | None, tuple[int, int]]]:
        """Yield header, field and place of each score."""
        columns: Mapping[str, int] = {}
        for number, cells in self.head:
            names = {normal(cell): index for index, cell in enumerate(cells) if cell}
            if NUMBER in names and SCORE in names:
                columns = names
            elif columns:
                line = cells[columns[NUMBER]].strip() if columns[NUMBER] < len(cells) else ""
                if line.isdecimal():
                    name = columns.get("指标", columns[NUMBER] + 1)
                    label = f"{line}.{cells[name].strip()}" if name < len(cells) else line
                    yield label, str(int(line)), (number, columns[SCORE])
