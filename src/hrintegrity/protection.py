"""What is never written over: the archive with all that belongs to it, and what a command reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from hrintegrity.errors import LookupFailedError

_guarded: list[Callable[[], Iterable[Path]]] = []
_unreadable: set[Path] = set()


def guard(paths: Callable[[], Iterable[Path]], *, unreadable: Iterable[Path] = ()) -> None:
    """Never write over these files, nor into these folders, until the next command begins.

    `paths` is called only where something would be replaced. `unreadable` are no input either: a
    database whose file is opened and closed beside it loses its locks.
    """
    _guarded.append(paths)
    _unreadable.update(unreadable)


def begin_command() -> None:
    """Forget what the command before read and opened; tests run many in one process."""
    _guarded.clear()
    _unreadable.clear()


def is_unreadable(path: Path) -> bool:
    """Return whether a file is guarded as one that is no input."""
    return any(_same(path, own) for own in _unreadable)


def refuse_protected(*paths: Path) -> None:
    """Raise LookupFailedError `protected` where one of these is never written over.

    Where links lead is looked up anew by each call, and once for all of its paths.
    """
    kept = {wanted: _real(wanted) for guarded in _guarded for wanted in guarded()}
    for path in paths:
        exists = path.exists()
        if exists and not path.is_file():
            raise _protected(path, "设备、管道不是文件，不能写在上面")
        real = _real(path)
        for wanted, place in kept.items():
            if real == place or real.startswith(place + os.sep) or (exists and _same(wanted, path)):
                raise _protected(path, "这是档案库、密钥、附件，或本命令读取的文件")


def _real(path: Path) -> str:
    """Return where a path leads, through links; as text, since thousands may be compared."""
    return os.path.normcase(os.path.realpath(path))


def _same(one: Path, other: Path) -> bool:
    """Whether two names are one file: by a link, or where letters' case makes no difference."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _protected(path: Path, why: str) -> LookupFailedError:
    return LookupFailedError(
        "protected",
        f"不能写在这里，未改动：{path}（{why}）",
        "请换一个文件名；--force 也不覆盖它。",
    )
