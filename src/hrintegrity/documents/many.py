"""Many papers at once: set and written by as many processes as the machine has cores."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread, current_thread, main_thread

from hrintegrity.chunking import chunks
from hrintegrity.documents import write_paper
from hrintegrity.documents.paper import Paper
from hrintegrity.errors import HriError, UnusableError

WORTH = {".pdf": 40, ".docx": 400, ".html": 1000}
"""From so many papers on, processes of their own are started sooner than they are missed."""

_AT_ONCE = 100
_TOGETHER = 10
_AHEAD = 2


def write_papers(
    papers: Iterable[tuple[Paper, Path]], count: int, *, force: bool
) -> Iterator[HriError | None]:
    """Write `count` papers to their files; yield for each, in order, what kept it from it, or None.

    Each is written whole or not at all, as by `documents.write_paper`. Raises UnusableError
    `output-unusable` where the system ends a process that writes.
    """
    try:
        for chunk in _by_cores(papers, count, force=force):
            yield from chunk
    except BrokenExecutor as error:
        raise UnusableError(
            "output-unusable",
            "没有写完：写文书的进程被系统结束了，已写出的文件是完整的。",
            "内存可能不足：请关闭其他程序，加 --force 再运行一次；已编的号不变。",
        ) from error


def _by_cores(
    papers: Iterable[tuple[Paper, Path]], count: int, *, force: bool
) -> Iterator[Iterable[HriError | None]]:
    works = ((paper, path, force) for paper, path in papers)
    first = next(works, None)
    if first is None:
        return
    yield [_written(first)]
    cores = _cores()
    if cores == 1 or count < WORTH[first[1].suffix.lower()]:
        yield map(_written, works)
        return
    with _processes(cores) as pool:
        ahead: deque[Iterable[HriError | None]] = deque()
        for chunk in chunks(works, _AT_ONCE):
            ahead.append(pool.map(_written, chunk, chunksize=_TOGETHER))
            # While one chunk is written, the next is read.
            if len(ahead) > _AHEAD:
                yield ahead.popleft()
        yield from ahead


def _written(work: tuple[Paper, Path, bool]) -> HriError | None:
    paper, path, force = work
    try:
        write_paper(paper, path, force=force)
    except HriError as error:
        return error
    return None


def _cores() -> int:
    """Return on how many cores this process may run; not every system says."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


@contextmanager
def _processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Yield processes that end with this one; an interruption lets them finish their paper."""
    pool = ProcessPoolExecutor(count, get_context("spawn"), _begin)
    try:
        with _deaf():
            # They start with the first work, and are deaf to Ctrl-C as this process is now.
            pool.submit(os.getpid).result()
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ignore Ctrl-C; only a main thread may say so."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin() -> None:
    """Leave interruptions to the process that gives the work, and end when it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)
