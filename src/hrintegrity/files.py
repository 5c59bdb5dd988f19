"""Files are written whole or not at all, and what the system says against it is said in Chinese."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hrintegrity.errors import LookupFailedError, UnusableError, UsageError

_REASONS = {
    "EACCES": "没有权限",
    "EBUSY": "正被别的程序占用",
    "EDQUOT": "超出了磁盘配额",
    "EEXIST": "文件已存在",
    "EFBIG": "文件太大",
    "EINVAL": "名称或操作不合规定",
    "EIO": "磁盘读写出错",
    "EISDIR": "是一个文件夹",
    "ELOOP": "链接绕成了圈",
    "EMFILE": "打开的文件太多",
    "ENAMETOOLONG": "文件名太长",
    "ENFILE": "打开的文件太多",
    "ENODEV": "没有这个设备",
    "ENOENT": "没有这个文件或文件夹",
    "ENOMEM": "内存不足",
    "ENOSPC": "磁盘已满",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "ENOTEMPTY": "文件夹不是空的",
    "ENOTSUP": "这里不支持这种操作",
    "ENXIO": "没有这个设备",
    "EPERM": "没有权限",
    "EPIPE": "接收的一方已经关闭",
    "EROFS": "只读文件系统",
    "ESTALE": "网络盘已断开",
    "ETIMEDOUT": "没有应答",
    "ETXTBSY": "正被别的程序占用",
}
_BY_NUMBER = {getattr(errno, name): text for name, text in _REASONS.items() if hasattr(errno, name)}
_SHARING_VIOLATIONS = (32, 33)


def os_reason(error: OSError) -> str:
    """Return in Chinese why the system refused, whatever language it says it in itself."""
    # Windows says "no permission" where another program holds the file.
    if getattr(error, "winerror", None) in _SHARING_VIOLATIONS:
        return _REASONS["EBUSY"]
    if error.errno is None:
        return "系统没有说明原因"
    return _BY_NUMBER.get(error.errno, f"系统错误 {error.errno}")


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


def check_suffix(path: Path, *usable: str) -> None:
    """Raise UsageError `unknown-suffix` unless the name ends in one of the `usable` ways."""
    if path.suffix.lower() not in usable:
        raise UsageError(
            "unknown-suffix",
            f"不能写成这种文件：{path.name or path}",
            f"文件名应以 {'、'.join(usable)} 结尾。",
        )


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, unless it is there. Raises UnusableError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UnusableError(
            "output-unusable", f"这个位置上是文件，不是目录：{path}", "请换一个目录名。"
        ) from None
    except OSError as error:
        raise _unusable(path, error) from error


@contextmanager
def whole_file(path: Path, *, force: bool = False, private: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside `path`; flush it to disk and rename it on success.

    The caller writes the yielded file by name and closes it; a `private` file is readable by its
    owner only. On any error the temporary file is removed and `path` is as it was. Raises
    LookupFailedError `file-exists`, UnusableError `folder-missing` or `output-unusable`.
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
    return UnusableError(
        "output-unusable", f"不能写入 {path}：{os_reason(error)}", "请检查磁盘空间和目录权限。"
    )
