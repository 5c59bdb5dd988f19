"""The process that reads workbooks: its limits, and what is said where it ends."""

from __future__ import annotations

import resource
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
import xlwt

from hrintegrity.sheets import child, worker
from hrintegrity.sheets.reading import open_table
from tables import AGENCIES, HEADERS, ONE, readers_started, refusal, rows, values, xlsx

MIB = 1 << 20
ORDINARY = 50 * MIB
"""A workbook of this size may take what the smallest may."""

MANY = 3000
"""So many rows take longer than the least time that a reader can be given."""


class Ended(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Let the worker be told so many seconds by its clocks, and its end be an exception."""
    told = SimpleNamespace(worked=100.0, passed=100.0)

    def ended(status: int) -> None:
        raise Ended(status)

    seen_by_worker = {name: lambda: told.passed for name in ("monotonic", "time", "perf_counter")}
    clock = SimpleNamespace(process_time=lambda: told.worked, **seen_by_worker)
    monkeypatch.setattr(worker, "time", clock)
    monkeypatch.setattr(worker.os, "_exit", ended)
    return told


@pytest.fixture
def limits_set(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Keep what the worker would tell the system instead of telling it."""
    found: dict[int, int] = {}
    monkeypatch.setattr(resource, "setrlimit", lambda what, both: found.update({what: both[0]}))
    return found


@pytest.mark.parametrize(
    ("size", "seconds", "memory"),
    [
        (0, 8, 0),
        (ORDINARY, 8, 0),
        (ORDINARY + 10 * MIB, 9, 10 * MIB // 8),
        (ORDINARY + 400 * MIB, 48, 50 * MIB),
    ],
)
def test_limits_of_time_and_memory_grow_with_the_workbook(
    clocks, limits_set, size: int, seconds: int, memory: int
) -> None:
    limits = worker.Limits(8.0)
    limits.allow(size)
    assert limits_set[resource.RLIMIT_AS] == worker.MEMORY_LIMIT + memory
    # The system counts whole seconds: it comes one later than the process itself.
    assert limits_set[resource.RLIMIT_CPU] == 100 + seconds + 1
    clocks.worked = 100 + seconds
    limits.check()
    clocks.worked += 0.1
    with pytest.raises(Ended) as ended:
        limits.check()
    assert ended.value.args == (worker.OUT_OF_TIME,)


def test_time_that_passes_without_work_ends_no_reader(clocks, limits_set) -> None:
    limits = worker.Limits(8.0)
    clocks.passed += 3600
    limits.check()
    limits.allow(0)
    clocks.passed += 3600
    limits.check()


def test_every_sheet_of_a_workbook_has_the_time_that_the_workbook_s_size_allows(
    clocks, limits_set
) -> None:
    limits = worker.Limits(8.0)
    for size, seconds in ((0, 7), (ORDINARY + 100 * MIB, 17), (0, 7)):
        limits.allow(size)
        for _ in range(3):
            limits.renew()
            clocks.worked += seconds
            limits.check()


def test_each_request_begins_with_time_of_its_own(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE), rows(HEADERS, ONE))
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    asked, found = BytesIO(), mock.Mock()
    worker.send(asked, ("open", str(path), "zip"))
    for sheet in (0, 1):
        worker.send(asked, ("rows", sheet, 1, len(HEADERS), [0], [], []))
    asked.seek(0)
    with pytest.raises(EOFError):
        worker._serve(found, asked, BytesIO())
    told = [one for one in found.method_calls if one != mock.call.check()]
    assert told == [*map(mock.call.allow, (0, size)), *[mock.call.renew()] * 2]
    assert found.method_calls.count(mock.call.check()) == 3


def large_xlsx(folder: Path) -> Path:
    """Write a workbook that is large when unpacked, and read at once."""
    path = xlsx(folder / "a.xlsx", rows(HEADERS, *[ONE] * MANY))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/media/image1.bmp", "w") as part,
    ):
        for _ in range(90):
            part.write(bytes(MIB))
    return path


def large_xls(folder: Path) -> Path:
    """Write a legacy workbook with as much behind its end; four times its size counts."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("名录")
    for row, line in enumerate((HEADERS, *[ONE] * MANY)):
        for column, text in enumerate(line):
            sheet.write(row, column, text)
    book.save(str(folder / "a.xls"))
    with (folder / "a.xls").open("ab") as file:
        file.truncate(24 * MIB)
    return folder / "a.xls"


@pytest.mark.parametrize("make", [large_xlsx, large_xls])
def test_a_large_workbook_is_read_in_the_time_that_its_size_allows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make
) -> None:
    monkeypatch.setattr(child, "TIME_LIMIT", 0.0001)
    assert len(values(make(tmp_path))) == MANY


def test_a_reader_that_works_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "TIME_LIMIT", 0.0001)
    assert "处理器时间" in refusal(xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE))).message


@pytest.mark.parametrize(
    ("said", "end", "told"),
    [
        ("ModuleNotFoundError: x\nmore", "exit 1", "（ModuleNotFoundError: x）"),
        (
            'Traceback (most recent call last):\n  File "legacy.py"\nTypeError: 27',
            "exit 1",
            "（TypeError: 27）",
        ),
        ("memory allocation of 7 bytes failed", "exit 134", "内存超过上限"),
        ("Traceback (most recent call last):\nMemoryError", "exit 1", "内存超过上限"),
        ("", "exit 3", "（状态 3）"),
        ("", "kill -9 $$", "（信号 9）"),
        ("", f"exit {worker.OUT_OF_TIME}", "处理器时间超过上限"),
        ("", f"exit {worker.OUT_OF_MEMORY}", "内存超过上限"),
    ],
)
def test_what_ended_the_reader_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, end: str, told: str
) -> None:
    program = tmp_path / "reader"
    program.write_text(f"#!/bin/sh\ncat >&2 <<'.'\n{said}\n.\n{end}\n", "utf-8")
    program.chmod(stat.S_IRWXU)
    monkeypatch.setattr(child.sys, "executable", str(program))
    assert told in refusal(xlsx(tmp_path / "a.xlsx", rows(HEADERS, ONE))).message


def test_one_reader_serves_many_workbooks(tmp_path: Path) -> None:
    paths = [xlsx(tmp_path / f"{n}.xlsx", rows(HEADERS, [f"公司{n}", *ONE[1:]])) for n in range(5)]
    with readers_started() as started, child.keeping_workers():
        names = []
        for path in paths:
            with open_table(path, AGENCIES) as reading:
                names += [row.values["name"] for row in reading.rows()]
    assert names == [f"公司{n}" for n in range(5)]
    assert len(started) == 1
