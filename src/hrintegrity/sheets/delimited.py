"""csv: streamed, so that its size does not matter."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import StringIO
from itertools import chain, count, islice, repeat
from pathlib import Path
from typing import TextIO

from hrintegrity.sheets.content import CELL_LIMIT
from hrintegrity.sheets.encodings import detect
from hrintegrity.sheets.escapes import from_csv
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import HEAD_COLUMNS, HEAD_ROWS, Head, RawRow, Wanted

_BLOCK = 1 << 16
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
        self._has_escapes = False
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
        return islice(self._records(self._delimiter), wanted.header_row, None)

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
        numbers = count(1)
        # Universal newlines: within a cell a line end becomes a line feed, as `clean` has it.
        with self._path.open(encoding=self._encoding, newline=None) as file:
            lines = chain.from_iterable(self._lines(file))
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            try:
                for record in zip(numbers, reader, repeat(None), strict=False):
                    if self._has_escapes:
                        record[1][:] = map(from_csv, record[1])
                    yield record
            except UnicodeDecodeError:
                raise RefusalError("读到一半时文件变了", "请等它写完，再试一次。") from None
            except csv.Error:
                raise RefusalError(
                    f"第 {next(numbers) - 1} 行起引号不成对，或某一格过长",
                    "请检查这一行的双引号，或用表格软件打开后另存为 .xlsx。",
                ) from None

    def _lines(self, file: TextIO) -> Iterator[Iterable[str]]:
        """Yield lines by the block, none of them endless; note whether one may have an escape."""
        while block := file.read(_BLOCK):
            end = file.readline(_LINE_LIMIT)
            if len(end) >= _LINE_LIMIT:
                raise RefusalError("有一行过长，不是表格", "请用表格软件打开，另存为 .xlsx。")
            lines = block + end
            self._has_escapes = self._has_escapes or "'" in lines
            if f"\n{lines}".endswith(f"\n{_END}"):
                lines = lines.removesuffix(_END)
            yield StringIO(lines)
