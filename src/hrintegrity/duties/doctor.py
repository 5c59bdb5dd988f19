"""What the program finds around it, each with its remedy: machine, archive, fonts, templates."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import union
from sqlmodel import select

from hrintegrity import __version__
from hrintegrity.archive.connecting import connect, database_errors, is_locked
from hrintegrity.archive.engine import SCHEMA, Archive, open_archive
from hrintegrity.archive.location import Location
from hrintegrity.archive.tables.agencies import Agency, FormerName
from hrintegrity.archive.tables.people import Practitioner
from hrintegrity.documents import fonts, pdf, render
from hrintegrity.duties import configuration, drives, ownership
from hrintegrity.duties.exchange import key_files, keys, trust
from hrintegrity.errors import HriError
from hrintegrity.files import left_over, os_reason

_SAMPLE = "诚信〔2013〕：龘"
_LEAST_FREE = 200_000_000
_COPIES = 3
"""A backup, and an upgrade's copy beside it, must fit on the disk with the archive."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `found` is what it is like, `remedy` what to do where it is not ok."""

    what: str
    ok: bool
    found: str
    remedy: str | None = None


def examine(
    location: Location, *, operator: str, console: str | None, templates: Path | None
) -> list[Finding]:
    """Look at everything that the program depends on; never raises for what it finds.

    `console` is the encoding of standard output, `templates` the folder of the office's own.
    """
    names: set[str] = set()
    return [
        _version(),
        *_archive(location, operator, names),
        *_place(location),
        _pdf_extra(),
        *_fonts(names),
        _console(console),
        _templates(templates),
        _disk(location),
    ]


def _version() -> Finding:
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    return Finding(
        "version", True, f"hri {__version__}，Python {platform.python_version()}，{system}"
    )


def _archive(location: Location, operator: str, names: set[str]) -> Iterator[Finding]:
    """Look whether the archive can be read, is of this schema and free; collect its names."""
    if location.default and location.path is not None and not location.path.exists():
        yield Finding("archive", True, f"还没有档案库（将在 {location}）；用 hri init 建立。")
        return
    try:
        with open_archive(location, operator=operator, write=False) as archive:
            names.update(_characters(archive))
            key = list(_key(archive))
    except HriError as error:
        if error.code in ("archive-older", "archive-newer"):
            yield Finding("archive", True, str(location))
            yield Finding("schema", False, error.message, error.hint)
        else:
            yield Finding("archive", False, f"{location}：{error.message}", error.hint)
        return
    yield Finding("archive", True, str(location))
    yield Finding("schema", True, f"{SCHEMA}，与本程序相符")
    lock = _lock(location.path) if location.path is not None else None
    if lock is not None:
        yield lock
    if lock is None or lock.ok:
        yield from _left_over(location)
    yield from key


def _characters(archive: Archive) -> set[str]:
    """Return every character of a name that a paper may have to show."""
    every = union(select(Agency.name), select(FormerName.name), select(Practitioner.name))
    return set().union(*(set(name) for (name,) in archive.connection.execute(every) if name))


def _lock(path: Path) -> Finding:
    """Try for the write lock and let it go again, which changes no byte."""
    try:
        with closing(connect(path, "rw", timeout=0.5, autocommit=True)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
    except database_errors() as error:
        if is_locked(error):
            return Finding(
                "lock",
                False,
                "正被别的程序占用",
                "关闭其他正在写入的 hri 和打开着档案库的程序；一直如此的，重新启动电脑。",
            )
        return Finding("lock", False, "不能写入", f"请检查 {path} 和所在目录的权限。")
    return Finding("lock", True, "没有被占用，可以写入")


def _left_over(location: Location) -> Iterator[Finding]:
    """Name the copies of the archive and of its key that a kill left, in the clear or not."""
    of_archive = [] if location.path is None else left_over(location.path)
    names = [str(one) for one in (*of_archive, *key_files.left_over(location))]
    if names:
        yield Finding(
            "copies",
            False,
            f"中断的命令留下了档案库或密钥的副本，可能没有加密：{'、'.join(names)}",
            "没有别的 hri 在运行时，请删去。",
        )


def _key(archive: Archive) -> Iterator[Finding]:
    """Look whether the key opens, and is as encrypted as the archive: nothing if none was made."""
    location = archive.location
    if location.key_file is None:
        return
    try:
        found = keys.find(location)
        if found is None:
            trust.refuse_loss(archive)
            return
        clear = keys.in_the_clear(location)
    except HriError as error:
        yield Finding("key", False, error.message, error.hint)
        return
    except OSError as error:
        yield Finding("key", False, f"密钥读不出来：{os_reason(error)}", "请检查权限。")
        return
    before = key_files.replaced(location)
    if location.encrypted and clear:
        yield Finding(
            "key", False, "档案库已加密，密钥却没有", "请再运行一次 hri archive encrypt。"
        )
    elif before.is_file() and found.public.fingerprint not in ownership.keys_used(archive):
        yield Finding(
            "key",
            False,
            f"更换密钥时中断了，日志里没有现在的这一把；原来的在 {before}",
            f"请运行 hri archive key restore {before} --force 放回原来的，再更换一次。",
        )
    else:
        yield Finding("key", True, "与档案库一样加密" if location.encrypted else "可以签名")


def _place(location: Location) -> Iterator[Finding]:
    if location.path is None:
        return
    found = drives.fault(location.path)
    if found is not None:
        yield Finding("place", False, *found)
    else:
        yield Finding("place", True, "在本机的磁盘上，不在同步的文件夹里")


def _pdf_extra() -> Finding:
    if importlib.util.find_spec("typst") is None:
        return Finding(
            "pdf",
            False,
            "没有安装 PDF 组件，网页和 Word 格式不受影响",
            "请用安装包重新安装，或运行 pip install 'hrintegrity[pdf]'。",
        )
    return Finding("pdf", True, f"typst {importlib.metadata.version('typst')}")


def _fonts(names: set[str]) -> Iterator[Finding]:
    if importlib.util.find_spec("typst") is None:
        return
    obstacle = pdf.pdf_obstacle()
    if obstacle is not None:
        yield Finding("font", False, obstacle.message, obstacle.hint)
        return
    _, faces = fonts.at_hand(fonts.folders())
    yield Finding("font", True, "、".join(dict.fromkeys(found[0] for found in faces.values())))
    lacking = pdf.unprintable("".join(sorted(names)))
    if lacking:
        yield Finding(
            "names",
            False,
            f"这些字在档案库的名称里有，字体里没有：{' '.join(lacking)}",
            "请安装字数更多的字体（如 fonts-noto-cjk、宋体-ExtB），"
            "或把用到它们的文书做成网页或 Word。",
        )
    elif names:
        yield Finding("names", True, f"档案库名称里的 {len(names)} 个字，字体里都有")


def _console(encoding: str | None) -> Finding:
    """A console that can't show Chinese gets question marks; nothing else goes wrong."""
    encoding = encoding or "ascii"
    try:
        _SAMPLE.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Finding(
            "console",
            False,
            f"{encoding}，显示不了中文",
            "Windows 请在命令行里运行 chcp 936 或 chcp 65001；其他系统请设 LANG=zh_CN.UTF-8。",
        )
    return Finding("console", True, encoding)


def _templates(own: Path | None) -> Finding:
    try:
        for name in configuration.papers():
            render.check_template(name, own)
    except HriError as error:
        return Finding("templates", False, error.message, error.hint)
    return Finding(
        "templates",
        True,
        f"自带的 {len(configuration.papers())} 种" if own is None else f"{own}，样张都能做成",
    )


def _disk(location: Location) -> Finding:
    place = Path.home() if location.path is None else location.path.absolute()
    size = place.stat().st_size if place.is_file() else 0
    existing = next((one for one in (place, *place.parents) if one.is_dir()), Path.cwd())
    try:
        free = shutil.disk_usage(existing).free
    except OSError as error:
        return Finding("disk", False, f"{existing}：{os_reason(error)}", "请检查这个磁盘。")
    said = f"{existing} 所在的磁盘还有 {free / 1e9:.1f} GB"
    if free < max(_LEAST_FREE, _COPIES * size):
        return Finding("disk", False, said, "请腾出空间，备份和升级要有档案库几倍的地方。")
    return Finding("disk", True, said)
