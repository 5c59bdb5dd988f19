"""What a database says against a command, in the words of an office."""

from __future__ import annotations

import re
from pathlib import Path

from hrintegrity.archive.connecting import is_locked
from hrintegrity.archive.location import BUSY_SECONDS, Location
from hrintegrity.errors import HriError, LookupFailedError, UnusableError

_PAGE = re.compile(r"[Pp]age (\d+)")
_OUTSIDE = ("disk is full", "disk I/O error", "readonly", "unable to open", "out of memory")
"""What lies with the disk or the machine, not with the file."""
_REASONS = (
    ("malformed", "内容已损坏"),
    ("not a database", "不是数据库"),
    ("no such table", "缺少应有的表"),
    ("locked", "正被占用"),
    ("decode to UTF-8", "文字已损坏"),
    ("readonly", "只能读，不能写"),
    ("disk is full", "磁盘已满"),
    ("disk I/O error", "磁盘读写出错"),
    ("unable to open", "打不开"),
    ("no such column", "缺少应有的列"),
    ("too big", "内容太大"),
    ("out of memory", "内存不足"),
)


def explain(error: Exception, location: Location) -> HriError:
    """Say in the words of an office what the database said, through SQLAlchemy or its driver."""
    text = str(getattr(error, "orig", error))
    if type(error).__name__ == "IntegrityError" and "append-only" not in text:
        return LookupFailedError(
            "already-there", "档案库里已有同样的记录，未写入。", "请刷新后再试。"
        )
    if location.path is None:
        from hrintegrity.archive.server import explain_on_server  # noqa: PLC0415 — SQLAlchemy.

        return explain_on_server(error, location)
    if is_locked(error) or "busy" in text:
        return UnusableError(
            "archive-locked",
            f"等了 {BUSY_SECONDS} 秒，档案库仍被别的程序占用：{location}",
            "请关闭其他正在写入的程序后再试。",
        )
    if "malformed" in text or "not a database" in text:
        return UnusableError(
            "archive-damaged",
            f"档案库已损坏，或不是档案库文件：{location}",
            "请用最近的备份恢复：hri archive restore。",
        )
    return UnusableError(
        "archive-unusable",
        f"档案库不能使用（{reason_of(error)}）：{location}",
        "请检查磁盘空间、权限和连接。",
    )


def explain_copy(error: Exception, source: Path, target: Path | None) -> HriError:
    """Say what kept a file from being read, or copied to `target`, and whose fault that was.

    Only what the file itself holds is told as damage: after a full disk a good copy must not be
    thrown away.
    """
    text = str(error)
    if is_locked(error):
        return UnusableError(
            "archive-locked", f"档案库正被占用：{source}", "请关闭其他正在写入的程序后再试。"
        )
    if any(part in text for part in _OUTSIDE):
        where = f"{source} → {target.parent}" if target else str(source)
        return UnusableError(
            "output-unusable" if target else "archive-unusable",
            f"没有复制成（{reason_of(error)}）：{where}"
            if target
            else f"不能读取（{reason_of(error)}）：{where}",
            "请检查磁盘空间、权限和连接，再做一次；原来的文件没有改动。",
        )
    return UnusableError(
        "archive-damaged",
        f"已损坏，或不是档案库：{source}（{reason_of(error)}）",
        "请换一份完好的备份。",
    )


def integrity_reason(text: str) -> str:
    """Return in Chinese what SQLite's check of a file found."""
    page = _PAGE.search(text)
    return f"第 {page[1]} 页已损坏" if page else "完整性检查没有通过"


def reason_of(error: Exception) -> str:
    """Return in Chinese why a database failed, or its own words where they are rare."""
    text = str(getattr(error, "orig", error)) or type(error).__name__
    return next((chinese for part, chinese in _REASONS if part in text), text.splitlines()[0])
