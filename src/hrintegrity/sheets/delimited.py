"""csv: streamed, so that its size does not matter."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TextIO

from hrintegrity.sheets.content import CELL_LIMIT
from hrintegrity.sheets.encodings import detect
from hrintegrity.sheets.escapes import from_csv
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import HEAD_COLUMNS, HEAD_ROWS, Head, RawRow, Wanted

_LINE_LIMIT = 1 << 22

# The limit is the whole process's; no csv is read anywhere else.
csv.field_size_limit(CELL_LIMIT)
_END = "\x1a"
"""What programs of the time of DOS write after the last line."""
_DELIMITERS = (",", ";", "\t", "|")


class DelimitedSheet:
    """The one sheet of a csv file."""

    name = ""

    def __init__(self, path: Path, words: frozenset[str], count: Callable[[Head], int]) -> None:
        """Find encoding and delimiter; `count` says how many headers a head shows.

        Raises RefusalError.
        """
        self._path = path
        self._encoding = detect(path, words)
        self._unusual = False
        heads = {delimiter: self._read_head(delimiter) for delimiter in _DELIMITERS}
        # The delimiter is the one under which the most headers are found.
        self._delimiter = max(_DELIMITERS, key=lambda delimiter: count(heads[delimiter]))
        self.head: Head = heads[self._delimiter]
        if not self.head:
            # Raises what the search for the delimiter kept quiet about.
            next(self._records(self._delimiter), None)
        self.remarks: list[str] = []

    def rows(self, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the records below the header. Raises RefusalError."""
        for row in self._records(self._delimiter):
            if row[0] > wanted.header_row:
                yield row

    def close(self) -> None:
        """Nothing stays open between two readings."""

    def _read_head(self, delimiter: str) -> Head:
        head: list[tuple[int, Sequence[str]]] = []
        # With the wrong delimiter quotes may not match; with the right one rows() says so again.
        with suppress(RefusalError):
            for number, cells, _ in islice(self._records(delimiter), HEAD_ROWS):
                head.append((number, cells[:HEAD_COLUMNS]))
        return head

    def _records(self, delimiter: str) -> Iterator[RawRow]:
        """Yield row number and cells. A record over several lines counts as one row."""
        number = 0
        # Universal newlines: within a cell a line end becomes a line feed, as `clean` has it.
        with self._path.open(encoding=self._encoding, newline=None) as file:
            reader = csv.reader(self._lines(file), delimiter=delimiter, strict=True)
            try:
                for number, cells in enumerate(reader, 1):
                    if self._unusual:
                        self._unusual = False
                        cells = [from_csv(cell) for cell in cells]  # noqa: PLW2901 — same row.
                    yield number, cells, None
            except UnicodeDecodeError:
                raise RefusalError("读到一半时文件变了", "请等它写完，再试一次。") from None
            except csv.Error:
                raise RefusalError(
                    f"第 {number + 1} 行起引号不成对，或某一格过长",
                    "请检查这一行的双引号，或用表格软件打开后另存为 .xlsx。",
                ) from None

    def _lines(self, file: TextIO) -> Iterator[str]:
        """Yield lines, none of them endless; note whether one may have an escape."""
        for line in iter(partial(file.readline, _LINE_LIMIT), ""):
            if len(line) >= _LINE_LIMIT:
                raise RefusalError("有一行过长，不是表格", "请用表格软件打开，另存为 .xlsx。")
            if "'" in line:
                self._unusual = True
            if line != _END:
                yield line
