"""The process in which workbooks are read, so that a hostile one ends nothing but this.

Speaks over its standard streams in frames of marshalled data: it is told which workbook to open,
says what it found (kind, size, sheets), is told which rows are wanted, and sends them; then comes
the next sheet or the next workbook. Limits are of processor time and memory, and grow with the
workbook: a slow or busy machine refuses nothing that a fast one takes.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path
from threading import Thread
from threading import enumerate as threads
from typing import IO, Any

from hrintegrity.sheets import kinds
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import Wanted

MEMORY_LIMIT = 896 << 20
"""Address space that the worker may use for a workbook of ordinary size, in bytes."""

OUT_OF_TIME, OUT_OF_MEMORY = 97, 98
"""How the process ends where a limit is reached and the system has no signal for it."""

_BATCH = 500
_ORDINARY = 50 << 20
_BYTES_A_SECOND = 10 << 20

_LEGACY_WEIGHT = 4
"""A byte of a legacy workbook takes as long to read as these of an unpacked one."""


def send(stream: IO[bytes], message: Any) -> None:
    """Write one frame."""
    frame = marshal.dumps(message)
    stream.write(len(frame).to_bytes(8, "little") + frame)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one frame; EOFError where the other side is gone."""
    size = stream.read(8)
    if len(size) < 8:
        raise EOFError
    frame = stream.read(int.from_bytes(size, "little"))
    return marshal.loads(frame)


def main() -> None:
    """Serve workbooks until the other side is gone; the first argument is the limit of seconds."""
    requests = sys.stdin.buffer
    # Whatever a library prints must not get between the frames.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limits = Limits(float(sys.argv[1]))
    try:
        _serve(limits, requests, replies)
    except (EOFError, BrokenPipeError):
        os._exit(0)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


class Limits:
    """Processor time and memory that a workbook may take, by its size when unpacked."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._size = 0
        self._until = float("inf")
        self.allow(0)

    def allow(self, size: int) -> None:
        """Allow what a workbook of so many bytes may take, from now on."""
        self._size = size
        self.renew()

    def renew(self) -> None:
        """Allow the time that the workbook may take once more: its next sheet takes as long."""
        more = max(0, self._size - _ORDINARY)
        self._until = time.process_time() + self._seconds + more / _BYTES_A_SECOND
        memory = MEMORY_LIMIT + more // 8
        try:
            import resource  # noqa: PLC0415 — not on Windows.
        except ImportError:
            self._watch()
            return
        with suppress(ValueError, OSError):
            hardest = resource.getrlimit(resource.RLIMIT_AS)[1]
            resource.setrlimit(resource.RLIMIT_AS, (memory, hardest))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            hardest = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (int(self._until) + 1, hardest))

    def check(self) -> None:
        """End the process where its time is over: the system counts whole seconds only."""
        if time.process_time() > self._until:
            os._exit(OUT_OF_TIME)

    def _watch(self) -> None:
        """Watch the time by a thread, where the system does not."""
        if any(thread.name == "limits" for thread in threads()):
            return

        def watch() -> None:
            while time.process_time() < self._until:
                time.sleep(0.2)
            os._exit(OUT_OF_TIME)

        Thread(target=watch, name="limits", daemon=True).start()


def _serve(limits: Limits, requests: IO[bytes], replies: IO[bytes]) -> None:
    """Answer requests: `open` a workbook, and `rows` of one of its sheets."""
    grids: list[Any] = []
    while True:
        request, *rest = receive(requests)
        try:
            if request == "open":
                limits.allow(0)
                grids.clear()
                path, container = rest
                grids += _open(Path(path), container, limits, replies)
            else:
                limits.renew()
                index, row, *columns = rest
                grid = grids[index]
                rows = grid.texts(Wanted(row, columns[0], *map(frozenset, columns[1:])))
                while batch := list(islice(rows, _BATCH)):
                    limits.check()
                    send(replies, ("rows", batch))
                send(replies, ("end", grid.seen, grid.beyond, grid.joined, grid.notes.filtered))
        except RefusalError as refusal:
            send(replies, ("refused", refusal.what, refusal.hint))


def _open(path: Path, container: str, limits: Limits, replies: IO[bytes]) -> list[Any]:
    """Open a workbook, say what it has, and return its sheets."""
    # The readers are loaded here: after the memory limit is set, and only the one that is needed.
    if container == "zip":
        from hrintegrity.sheets import books, ooxml, packages  # noqa: PLC0415 — see above.

        size = ooxml.check_archive(path)
        plain = packages.made_plain(path) if packages.is_odd(path) else path
        try:
            kind = ooxml.archive_kind(plain)
            # Before the reader sees it, which goes by the suffix.
            kinds.check_suffix(path, kind)
            limits.allow(size)
            book: Any = books.Workbook(plain, kind)
            grids = book.grids()
        finally:
            if plain is not path:
                plain.unlink()
    else:
        from hrintegrity.sheets import legacy  # noqa: PLC0415 — see above.

        kind = "xls"
        limits.allow(path.stat().st_size * _LEGACY_WEIGHT)
        book = legacy.LegacyWorkbook(path)
        kinds.check_suffix(path, kind)
        grids = book.grids()
    if not grids and not book.hidden:
        raise RefusalError("工作簿里没有工作表", "请确认文件已保存完整。")
    sheets = [
        (
            g.name,
            g.head(),
            bool(g.notes.unvalued),
            g.notes.hidden_somewhere,
            g.notes.hidden_columns,
        )
        for g in grids
    ]
    limits.check()
    send(replies, ("sheets", kind, sheets, book.hidden))
    return list(grids)


if __name__ == "__main__":
    main()
