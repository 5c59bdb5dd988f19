"""Workbooks as this process sees them: read by a worker with limits of time and memory."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import Head, RawRow, Wanted, spans
from hrintegrity.sheets.worker import OUT_OF_MEMORY, OUT_OF_TIME, receive, send

TIME_LIMIT = 8.0
"""Seconds of processor time that the worker may take for a workbook of ordinary size."""

_READ = 1 << 20
_SAID = 200
"""So many characters of what the worker said at its end are shown."""


class Worker:
    """A process that reads workbooks, one after another."""

    def __init__(self) -> None:
        self.has_ended = False
        self._errors = TemporaryFile()  # noqa: SIM115 — as long as the process.
        # -P: a module in the working directory must not stand in for one of ours.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "hrintegrity.sheets.worker", str(TIME_LIMIT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )

    def ask(self, *request: Any) -> None:
        """Send a request. Raises RefusalError where the process has ended."""
        assert self._process.stdin is not None
        try:
            send(self._process.stdin, request)
        except (OSError, ValueError):
            raise self._death() from None

    def answer(self) -> tuple[Any, ...]:
        """Wait for the next answer. Raises RefusalError where there is none, or one refuses."""
        assert self._process.stdout is not None
        try:
            kind, *content = receive(self._process.stdout)
        except EOFError:
            raise self._death() from None
        if kind == "refused":
            raise RefusalError(*content)
        return (kind, *content)

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                # The worker is gone, and what was still to be written with it.
                with suppress(OSError):
                    stream.close()
        self._process.wait()
        self._errors.close()

    def _death(self) -> RefusalError:
        """Say what ended the process."""
        status = self._process.wait()
        self.has_ended = True
        if self._errors.closed:
            return RefusalError("文件已经关闭", "请再试一次。")
        self._errors.seek(0)
        lines = self._errors.read(_READ).decode("utf-8", "replace").strip().splitlines() or [""]
        # A traceback of Python says what happened last, other programs say it first.
        said = lines[-1 if "Traceback" in lines[0] else 0].strip()[:_SAID]
        if status == OUT_OF_TIME or -status == getattr(signal, "SIGXCPU", None):
            return RefusalError(
                "读取占用的处理器时间超过上限，已停止",
                "文件可能已损坏或过大；请用表格软件打开，只留需要的行列，另存为新文件。",
            )
        if status == OUT_OF_MEMORY or "MemoryError" in said or "memory allocation" in said:
            return RefusalError(
                "读取占用的内存超过上限，已停止",
                "文件可能已损坏，或在远处有多余的内容；请删去空白的行列，另存为新文件。",
            )
        why = said or (f"信号 {-status}" if status < 0 else f"状态 {status}")
        return RefusalError(
            f"读取时出错，已停止（{why}）",
            "请用表格软件打开，另存为新文件再导入；仍不行的，请把这行信息告诉维护人员。",
        )


_kept: list[Worker] | None = None
"""Workers that wait for the next workbook; None where each ends with its own."""


@contextmanager
def keeping_workers() -> Iterator[None]:
    """Read any number of workbooks by the same worker."""
    global _kept  # noqa: PLW0603 — one import a process.
    _kept = []
    try:
        yield
    finally:
        for worker in _kept:
            worker.end()
        _kept = None


class WorkbookSheet:
    """One visible sheet of a workbook."""

    def __init__(self, book: Book, index: int, name: str, head: Head, *, unvalued: bool) -> None:
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
        """Take what a worker says of kind and sheets. Raises RefusalError."""
        self._worker = _kept.pop() if _kept else Worker()
        self._is_idle = False
        try:
            self._worker.ask("open", str(path.absolute()), container)
            _, self.kind, sheets, self.hidden = self._worker.answer()
        except BaseException as error:
            # Whoever has refused a workbook can read the next one.
            self._is_idle = isinstance(error, RefusalError) and not self._worker.has_ended
            self.close()
            raise
        self._is_idle = True
        self.sheets = []
        for index, (name, head, unvalued, hidden_rows, hidden_columns) in enumerate(sheets):
            sheet = WorkbookSheet(self, index, name, head, unvalued=unvalued)
            if hidden_rows:
                sheet.remarks.append("有隐藏的行，文件没有写明是第几行，也读入了")
            if hidden_columns:
                sheet.remarks.append("隐藏的列也读入了")
            self.sheets.append(sheet)

    def rows(self, sheet: WorkbookSheet, index: int, wanted: Wanted) -> Iterator[RawRow]:
        """Yield the wanted rows of one sheet."""
        columns = (list(wanted.used), list(wanted.codes), list(wanted.dates))
        self._is_idle = False
        self._worker.ask("rows", index, wanted.header_row, wanted.width, *columns)
        while True:
            kind, *content = self._worker.answer()
            if kind == "end":
                self._is_idle = True
                hidden, beyond, joined, filtered = content
                if hidden:
                    why = "筛选或手工隐藏" if filtered else "隐藏"
                    sheet.remarks.append(f"第 {spans(hidden)} 行是{why}的行，也读入了")
                if joined:
                    where = f"第 {spans(joined)} 行要读的各格都与上一行合并"
                    sheet.remarks.append(f"{where}，与上一行算作一行")
                if beyond:
                    where = f"第 {spans(beyond)} 行在最后一个表头的右边有内容"
                    sheet.remarks.append(f"{where}，没有读入")
                return
            yield from content[0]

    def close(self) -> None:
        """Let the worker wait for the next workbook, or end it."""
        if self._is_idle and _kept is not None:
            _kept.append(self._worker)
        else:
            self._worker.end()
        self._is_idle = False
