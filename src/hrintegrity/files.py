"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hrintegrity.errors import LookupFailedError, UnusableError


def refuse_existing(path: Path, *, force: bool) -> None:
    """Raise LookupFailedError `file-exists` where `path` is there and may not be replaced."""
    if path.is_dir():
        raise UnusableError(
            "output-unusable", f"这是一个目录，不能写成文件：{path}", "请换一个文件名。"
        )
    if not force and path.exists():
        raise LookupFailedError(
            "file-exists", f"文件已存在，未改动：{path}", "换一个文件名，或加 --force 覆盖。"
        )


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there. Raises UnusableError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(path, error) from error


@contextmanager
def whole_file(path: Path, *, force: bool = False, private: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path`; flush it to disk and rename it on success.

    The caller writes the yielded file by name and closes it; a `private` file is readable by its
    owner only. On any error the temporary file is
    removed and `path` is as it was. Raises LookupFailedError `file-exists`, UnusableError
    `folder-missing` or `output-unusable`.
    """
    refuse_existing(path, force=force)
    if not path.parent.is_dir():
        raise UnusableError("folder-missing", f"目录不存在：{path.parent}", "请先建立这个目录。")
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:40]}.", suffix=path.suffix, dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise _unusable(path, error) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        if os.name == "posix" and not private:
            umask = os.umask(0)
            os.umask(umask)
            temporary.chmod(0o666 & ~umask)
        if force:
            temporary.replace(path)
        else:
            _rename_new(temporary, path)
        _flush_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _rename_new(temporary: Path, path: Path) -> None:
    """Rename without replacing what another process may have written meanwhile."""
    refuse_existing(path, force=False)
    temporary.replace(path)


def _flush_folder(folder: Path) -> None:
    """Flush the rename too, so that a power cut can't take it back.

    Windows and some network drives can't; the file is there all the same.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unusable(path: Path, error: OSError) -> UnusableError:
    reason = error.strerror or str(error)
    return UnusableError(
        "output-unusable", f"不能写入 {path}：{reason}", "请检查磁盘空间和目录权限。"
    )
