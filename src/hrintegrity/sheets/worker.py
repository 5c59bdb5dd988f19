"""The process in which workbooks are read, so that a hostile one ends nothing but this.

Speaks over its standard streams in frames of marshalled data: it tells what it found (kind, size,
sheets), is told which rows are wanted, and sends them.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any

from hrintegrity.sheets import kinds
from hrintegrity.sheets.refusals import RefusalError
from hrintegrity.sheets.source import Wanted

MEMORY_LIMIT = 896 << 20
"""Address space that the worker may use, in bytes, where the system can limit it."""

_BATCH = 500

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
    """Serve one workbook, named by the first argument."""
    requests = sys.stdin.buffer
    # Whatever a library prints must not get between the frames.
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit_memory()
    try:
        _serve(Path(sys.argv[1]), sys.argv[2], requests, replies)
    except RefusalError as refusal:
        send(replies, ("refused", refusal.what, refusal.hint))
    except MemoryError:
        os._exit(1)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 — not on Windows.

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _serve(path: Path, container: str, requests: IO[bytes], replies: IO[bytes]) -> None:
    # The readers are loaded here: after the memory limit is set, and only the one that is needed.
    if container == "zip":
        from hrintegrity.sheets import books, ooxml  # noqa: PLC0415 — see above.

        size = ooxml.check_archive(path)
        kind = ooxml.archive_kind(path)
        # Before the reader sees it, which goes by the suffix.
        kinds.check_suffix(path, kind)
        send(replies, ("kind", kind, size))
        book: Any = books.Workbook(path, kind)
    else:
        from hrintegrity.sheets import legacy  # noqa: PLC0415 — see above.

        send(replies, ("kind", "xls", path.stat().st_size * _LEGACY_WEIGHT))
        book = legacy.LegacyWorkbook(path)
        kinds.check_suffix(path, "xls")
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
    send(replies, ("sheets", sheets, book.hidden))
    index, row, width, codes, dates = receive(requests)
    grid = grids[index]
    rows = grid.texts(Wanted(row, width, frozenset(codes), frozenset(dates)))
    while batch := list(islice(rows, _BATCH)):
        send(replies, ("rows", batch))
    send(replies, ("end", grid.seen, grid.beyond, grid.notes.filtered))


if __name__ == "__main__":
    main()
