"""Workbooks as this process sees them: read by a worker with limits of time and memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Timer
from typing import Any

from hrintegrity.sheets.headers import Head
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import RawRow, Wanted, spans
from hrintegrity.sheets.worker import receive, send

TIME_LIMIT = 8.0
"""Seconds that the worker may stay silent, for a workbook of ordinary size."""

_BYTES_A_SECOND = 10 << 20
_ORDINARY = 50 << 20


class WorkbookSheet:
    """One visible sheet of a workbook."""

    def __init__(self, book: Book, index: int, name: str, head: Head, unvalued: bool) -> None:
        self.name = name
        self.head = head
        self.unvalued = unvalued
        self.remarks: list[str] = []
        self._book = book
        self._index = index

    def rows(self, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the rows below the header; can be done once. Raises RefusalError."""
        return self._book.rows(self, self._index, wanted)


class Book:
    """A workbook being read by a worker; close it, or the worker stays."""

    def __init__(self, path: Path, container: str) -> None:
        """Start the worker and take what it says of kind and sheets. Raises RefusalError."""
        self._limit = TIME_LIMIT
        self._silent = False
        # -P: a module in the working directory must not stand in for one of ours.
        self._worker = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-m",
                "hrintegrity.sheets.worker",
                str(path.absolute()),
                container,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            self.kind, size = self._receive("kind")
            self._limit += max(0, size - _ORDINARY) / _BYTES_A_SECOND
            sheets, self.hidden = self._receive("sheets")
        except BaseException:
            self.close()
            raise
        self.sheets = []
        for index, (name, head, unvalued, hidden_rows, hidden_columns) in enumerate(sheets):
            sheet = WorkbookSheet(self, index, name, head, unvalued)
            if hidden_rows:
                sheet.remarks.append("有隐藏的行，文件没有写明是第几行，也读入了")
            if hidden_columns:
                sheet.remarks.append("隐藏的列也读入了")
            self.sheets.append(sheet)

    def rows(self, sheet: WorkbookSheet, index: int, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the wanted rows of one sheet."""
        assert self._worker.stdin is not None
        plan = (index, wanted.header_row, wanted.width, list(wanted.codes), list(wanted.dates))
        try:
            send(self._worker.stdin, plan)
        except (OSError, ValueError):
            raise self._death() from None
        while True:
            kind, *content = self._frame()
            if kind == "end":
                hidden, beyond, filtered = content
                if hidden:
                    why = "筛选或手工隐藏" if filtered else "隐藏"
                    sheet.remarks.append(f"第 {spans(hidden)} 行是{why}的行，也读入了")
                if beyond:
                    where = f"第 {spans(beyond)} 行在最后一个表头的右边有内容"
                    sheet.remarks.append(f"{where}，没有读入")
                return
            yield from content[0]

    def close(self) -> None:
        """End the worker."""
        self._worker.kill()
        for stream in (self._worker.stdin, self._worker.stdout):
            if stream:
                # The worker is gone, and what was still to be written with it.
                with suppress(OSError):
                    stream.close()
        self._worker.wait()

    def _receive(self, expected: str) -> Any:
        kind, *content = self._frame()
        assert kind == expected
        return content

    def _frame(self) -> Any:
        """Wait for the worker's next word. Raises RefusalError where none comes."""
        assert self._worker.stdout is not None
        timer = Timer(self._limit, self._expire)
        timer.start()
        try:
            frame = receive(self._worker.stdout)
        except EOFError:
            raise self._death() from None
        finally:
            timer.cancel()
        if frame[0] == "refused":
            raise RefusalError(*frame[1:])
        return frame

    def _expire(self) -> None:
        self._silent = True
        self._worker.kill()

    def _death(self) -> RefusalError:
        if self._silent:
            return RefusalError(
                f"读了 {self._limit:.0f} 秒还没有读完，已停止",
                "文件可能已损坏或过大；请用表格软件打开，只留需要的行列，另存为新文件。",
            )
        return RefusalError(
            "读取时出错或占用内存过多，已停止",
            "文件可能已损坏，或在远处有多余的内容；请删去空白的行列，另存为新文件。",
        )
