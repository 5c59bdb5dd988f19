"""The border to the disk: what may be read and written, and writing it whole or not at all.

What a command reads, and the archive with all that belongs to it, is never written over. What the
system says against a file is said in Chinese.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from hrintegrity.errors import InputError, LookupFailedError, UnusableError, UsageError
from hrintegrity.protection import guard, is_unreadable, refuse_protected
from hrintegrity.reasons import os_reason as os_reason

LONGEST_TEXT = 1 << 24
"""No text that is read whole is longer (16 MiB)."""


def input_file(path: Path) -> Path:
    """Return the path of a file to be read, which this command then never writes over.

    Raises LookupFailedError `file-missing`, InputError `not-a-file` for a folder, a device or a
    pipe, which may have no end, and for the archive itself.
    """
    if not path.exists():
        raise LookupFailedError("file-missing", f"没有这个文件：{path}", "请核对路径。")
    if not path.is_file():
        raise InputError("not-a-file", f"不是普通文件：{path}", "请给出文件的名字。")
    if is_unreadable(path):
        raise InputError("not-a-file", f"这是档案库本身：{path}", "请给出别的文件。")
    guard(lambda: (path,))
    return path


def read_input(path: Path, most: int = LONGEST_TEXT) -> bytes:
    """Return the content of a file that is read whole, such as a text or a list.

    Raises as `input_file`, and InputError `file-too-large` or UnusableError `input-unreadable`.
    """
    try:
        with input_file(path).open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise UnusableError(
            "input-unreadable", f"读不出来：{path}（{os_reason(error)}）", "请检查磁盘和权限。"
        ) from error
    if len(content) > most:
        raise InputError(
            "file-too-large", f"文件太大：{path}（超过 {most >> 20} MB）", "请核对是不是这个文件。"
        )
    return content


def refuse_existing(*paths: Path, force: bool) -> None:
    """Refuse to write where something is that may not be replaced, `force` or not.

    Raises LookupFailedError `file-exists` or `protected`, UnusableError `output-unusable` for a
    folder.
    """
    for path in paths:
        if path.is_dir():
            raise UnusableError(
                "output-unusable", f"这是一个目录，不能写成文件：{path}", "请换一个文件名。"
            )
    refuse_protected(*paths)
    for path in paths:
        if not force and path.exists():
            raise LookupFailedError(
                "file-exists", f"文件已存在，未改动：{path}", "换一个文件名，或加 --force 覆盖。"
            )


def refuse_target(path: Path, *, force: bool) -> None:
    """Refuse a file that can't be written, before the work that it is to hold is done.

    Raises as `refuse_existing`, and UnusableError `folder-missing`.
    """
    refuse_existing(path, force=force)
    _require_folder(path)


def _require_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise UnusableError("folder-missing", f"目录不存在：{path.parent}", "请先建立这个目录。")


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
def whole_file(
    path: Path,
    *,
    force: bool = False,
    public: bool = False,
    own: bool = False,
    keep: bool = True,
) -> Iterator[Path]:
    """Yield a temporary path beside `path`; flush it to disk and rename it on success.

    The caller writes the yielded file by name and closes it. A new file is readable by its owner
    only, unless it is made for the `public`; one that is replaced keeps its mode. `own` files are
    the program's own (archive, key), which nothing else may replace. On any error, and where
    nothing is to be kept, the temporary file is removed and `path` is as it was. Raises as
    `refuse_existing`, and UnusableError `folder-missing` or `output-unusable`.
    """
    with _whole([path], force=force, public=public, own=own, keep=keep) as (temporary,):
        yield temporary


@contextmanager
def whole_files(
    paths: Iterable[Path], *, force: bool = False, public: bool = False
) -> Iterator[list[Path]]:
    """Yield temporary paths for files that belong together: all of them are replaced, or none.

    Where the last steps fail midway, what was replaced is put back. Raises as `whole_file`.
    """
    with _whole(list(paths), force=force, public=public, own=False, keep=True) as temporaries:
        yield temporaries


@contextmanager
def _whole(
    paths: list[Path], *, force: bool, public: bool, own: bool, keep: bool
) -> Iterator[list[Path]]:
    if not own:
        refuse_existing(*paths, force=force)
    with ExitStack() as stack:
        # What a link points at is written, and the link stays one.
        targets = [path.resolve() if path.is_symlink() else path for path in paths]
        temporaries = [stack.enter_context(_temporary(target)) for target in targets]
        place = paths[0]
        try:
            yield temporaries
            if not keep:
                return
            for path, target, temporary in zip(paths, targets, temporaries, strict=True):
                place = path
                _finish(temporary, _mode(target, public=public))
            kept = [stack.enter_context(_kept(target)) for target in targets if len(targets) > 1]
            with ExitStack() as undoing:
                for path, target, temporary in zip(paths, targets, temporaries, strict=True):
                    place = path
                    if force:
                        temporary.replace(target)
                    else:
                        rename_new(temporary, target)
                    if kept:
                        undoing.callback(_put_back, target, kept[targets.index(target)])
                    flush_folder(target.parent)
                undoing.pop_all()
        except OSError as error:
            raise _unusable(place, error) from error


@contextmanager
def scratch_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside `target` for a while. Raises UnusableError as `whole_file`."""
    with _temporary(target) as folder, ExitStack() as stack:
        folder.unlink()
        folder.mkdir(mode=0o700)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        yield folder


def left_over(target: Path) -> list[Path]:
    """Return what is there of `whole_file`, with journals, and of `scratch_folder`."""
    form = re.compile(
        rf"\.{re.escape(target.name[:40])}\.[a-z0-9_]{{8}}{re.escape(target.suffix)}(-journal|-wal|-shm)?"
    )
    with suppress(OSError):
        return sorted(path for path in target.parent.iterdir() if form.fullmatch(path.name))
    return []


@contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """Yield an empty file beside `target` that only its owner can read; remove it in the end."""
    import tempfile  # noqa: PLC0415 — brings random numbers, which reading commands do without.

    _require_folder(target)
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=target.suffix, dir=target.parent
        )
        os.close(handle)
    except OSError as error:
        raise _unusable(target, error) from error
    try:
        yield Path(name)
    finally:
        # A database that was not written whole leaves its own journal beside it.
        for path in (name, f"{name}-journal", f"{name}-wal", f"{name}-shm"):
            with suppress(OSError):
                Path(path).unlink(missing_ok=True)


def _finish(temporary: Path, mode: int) -> None:
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    if os.name == "posix":
        temporary.chmod(mode)


def _mode(target: Path, *, public: bool) -> int:
    """Return who may read a file that is about to take its place."""
    with suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode) & 0o777
    if not public:
        return 0o600
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def _kept(target: Path) -> Iterator[Path | None]:
    """Yield a second name for what is there now, or None; remove the name in the end."""
    if not target.exists():
        yield None
        return
    with _temporary(target) as second:
        second.unlink()
        try:
            second.hardlink_to(target)
        except OSError:  # a drive without second names
            shutil.copy2(target, second)
        yield second


def _put_back(target: Path, second: Path | None) -> None:
    """Let a target be again what it was before it was replaced."""
    with suppress(OSError):
        if second is None:
            target.unlink(missing_ok=True)
        else:
            second.replace(target)


def rename_new(temporary: Path, path: Path) -> None:
    """Give a file its name, unless another process has made one there meanwhile.

    Raises LookupFailedError `file-exists`.
    """
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        refuse_existing(path, force=False)
        raise
    except OSError:
        # Some drives have no second names; between these two lines another may still come.
        refuse_existing(path, force=False)
        temporary.replace(path)
    else:
        temporary.unlink()


def flush_folder(folder: Path) -> None:
    """Flush what was renamed or removed too, so that a power cut can't take it back.

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
