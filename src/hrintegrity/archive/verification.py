"""Whether an archive is whole: its file, its guards, its papers, its rows against the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hrintegrity.archive import comparing, guards, journal
from hrintegrity.archive.connecting import database_errors
from hrintegrity.archive.explaining import integrity_reason, reason_of
from hrintegrity.archive.reader import Reader
from hrintegrity.notice.records import Kind, kinds

_EVIDENCE = "先把档案库文件另存一份作证据，"
_REMEDIES = {
    "日志": "日志被改动过，所记的事不再可信："
    + _EVIDENCE
    + "再用改动前的备份恢复（hri archive restore 备份 --force）。",
    "触发器": "日志可能被改动过而看不出来：请与收过本库文件的单位核对封印（hri archive seals），"
    "再用完好的备份恢复。",
    "文件": "文件本身坏了：" + _EVIDENCE + "再用最近的备份恢复，并检查磁盘。",
    "关联": "有记录被越过程序删去：" + _EVIDENCE + "再用改动前的备份恢复。",
    "文书": "文书的正文被改动，印出来的不是当时送达的：" + _EVIDENCE + "再用改动前的备份恢复。",
    "记录": "记录被越过日志改动，以日志为准（hri archive log）："
    + _EVIDENCE
    + "再用改动前的备份恢复。",
}
"""What each kind of damage means, and what to do next."""


class Damage(NamedTuple):
    """Something that is not as it was left: where, and in Chinese what and what to do next."""

    where: str
    reason: str
    remedy: str = ""


def verify(
    archive: Reader, *, file_checked: bool = False
) -> tuple[journal.ChainReport, list[Damage]]:
    """Check everything; what can't even be read is a damage too.

    `file_checked` says that the file itself was found whole a moment ago.
    """
    found: list[Damage] = []
    report = journal.ChainReport(0, journal.GENESIS, [])
    try:
        report = _chain(archive)
        found += [
            Damage(f"日志第 {fault.entry} 条", fault.reason, _REMEDIES["日志"])
            for fault in report.faults
        ]
    except database_errors() as error:
        found.append(Damage("日志", _unreadable(error), _REMEDIES["文件"]))
    for what, check in _CHECKS:
        if file_checked and check is _file:
            continue
        try:
            found += [damage._replace(remedy=_REMEDIES[what]) for damage in check(archive)]
        except database_errors() as error:
            found.append(Damage(what, _unreadable(error), _REMEDIES["文件"]))
    return report, found


def _unreadable(error: Exception) -> str:
    return f"读不出来（{reason_of(error)}）"


def _chain(archive: Reader) -> journal.ChainReport:
    names = ", ".join(f'"{column}"' for column in journal.COLUMNS)
    return journal.check_chain(archive.stream(f"SELECT {names} FROM journal ORDER BY id"))


def _file(archive: Reader) -> Iterator[Damage]:
    if archive.is_sqlite:
        for (text,) in archive.stream("PRAGMA integrity_check"):
            if text != "ok":
                yield Damage("文件", integrity_reason(text))


def _references(archive: Reader) -> Iterator[Damage]:
    # A server doesn't let a reference break; a file does, where it is opened without this check.
    if archive.is_sqlite:
        for table, row, parent, _ in archive.stream("PRAGMA foreign_key_check"):
            yield Damage(f"{table} 表第 {row} 行", f"指向的 {parent} 记录不存在")


def _guards(archive: Reader) -> Iterator[Damage]:
    for reason in guards.faults(archive):
        yield Damage("日志", reason)


def _papers(archive: Reader) -> Iterator[Damage]:
    for kind in _journalled():
        if {"body", "sha256"} <= set(kind.columns):
            sql = f"SELECT id, body, sha256 FROM {kind.name}"
            for record, body, digest in archive.stream(sql):
                if hashlib.sha256(str(body).encode("utf-8", "surrogatepass")).hexdigest() != digest:
                    yield Damage(f"{kind.name} {record}", "正文与签发时的 SHA-256 不符")


def _rows(archive: Reader) -> Iterator[Damage]:
    for where, reason in comparing.faults(archive, _journalled()):
        yield Damage(where, reason)


def _journalled() -> list[Kind]:
    """Return the kinds of records whose rows are journalled, by the names of their tables."""
    return [kind for _, kind in sorted(kinds().items()) if kind.journalled]


_CHECKS: tuple[tuple[str, Callable[[Reader], Iterator[Damage]]], ...] = (
    ("文件", _file),
    ("关联", _references),
    ("触发器", _guards),
    ("文书", _papers),
    ("记录", _rows),
)
