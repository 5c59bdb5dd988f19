"""Numbered papers: the register of numbers, the words that were served, printing them again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlmodel import func, select

from hrintegrity.archive import writer
from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.papers import IssuedPaper
from hrintegrity.documents import SUFFIXES, Paper, to_pdf, write_paper
from hrintegrity.duties import offices
from hrintegrity.duties.stamping import make_first_key, stamped
from hrintegrity.errors import RuleError, UnusableError
from hrintegrity.files import check_suffix, make_folder, refuse_existing
from hrintegrity.notice.districts import BY_CODE
from hrintegrity.rules.numbering import ASSESSMENT as ASSESSMENT
from hrintegrity.rules.numbering import REVOCATION as REVOCATION
from hrintegrity.rules.numbering import SANCTION as SANCTION
from hrintegrity.rules.numbering import SANCTION_NOTICE as SANCTION_NOTICE
from hrintegrity.rules.numbering import document_number, read_number

T = TypeVar("T")
Progress = Callable[[Collection[T]], Iterable[T]]

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


@dataclass(frozen=True)
class Numbered:
    """A paper with its number; `written` is the file, once it is on disk."""

    id: str
    code: str
    name: str
    number: str
    date: dt.date
    sha256: str
    replaces: str | None
    again: bool
    written: str | None = None


def next_number(archive: Archive, series: str, district: str, year: int) -> int:
    """Return the next number of a series. Raises RuleError `not-register`."""
    if not offices.office_of(archive, district).keeps_register:
        raise RuleError(
            "not-register",
            f"{BY_CODE[district].name}的文书不在本档案库编号。",
            "请用 hri archive send 发给该区县，由它收到后编号打印；"
            "或用 hri archive register take 收回编号。",
            clause="二(三)",
        )
    last = archive.session.exec(
        select(func.max(IssuedPaper.number)).where(
            IssuedPaper.series == series,
            IssuedPaper.district == district,
            IssuedPaper.year == year,
        )
    ).one()
    return (last or 0) + 1


def numbered(archive: Archive, number: str, *, series: str | None = None) -> IssuedPaper | None:
    """Return the paper that bears a number, `京人社诚撤〔2013〕1号`, however that is typed."""
    wanted = read_number(number)
    if wanted is None:
        return None
    query = select(IssuedPaper).where(IssuedPaper.number == wanted.number)
    if series is not None:
        query = query.where(IssuedPaper.series == series)
    papers = archive.session.exec(query)
    return next((paper for paper in papers if read_number(paper.reference) == wanted), None)


def reference(archive: Archive, series: str, district: str, year: int, number: int) -> str:
    """Return a paper's number as it is printed, `海人社诚评〔2013〕1号`."""
    prefix = offices.office_of(archive, district).prefix
    prefix = offices.prefix_of(series, prefix)
    return document_number(prefix, year, number)


def issue(archive: Archive, paper: Paper, row: IssuedPaper) -> IssuedPaper:
    """Keep a numbered paper with the words to be served; `row` lacks title, body and hash."""
    row.title, row.body, row.sha256 = paper.title, paper.body, paper.sha256
    make_first_key(archive)
    return writer.insert(archive, row)


def file_name(number: str, name: str, suffix: str) -> str:
    """Return a file name for a paper that Windows takes too; names sort in the order of numbers."""
    number = re.sub(r"(\d+)号", lambda found: f"{int(found[1]):04}号", number)
    safe = _UNSAFE.sub("_", f"{number} {name}").strip(". ")
    if _RESERVED.fullmatch(safe):
        safe = f"_{safe}"
    # Names are limited to 255 bytes on Linux; a Chinese character takes three, a rare one four.
    while len(safe.encode()) > 200:
        safe = safe[:-1]
    return safe + suffix


def check_format(path: Path) -> None:
    """Raise UsageError `unknown-suffix` where no paper can be made in a file of that name."""
    check_suffix(path, *SUFFIXES)


def check_targets(targets: Sequence[Path], output: Path, *, as_file: bool, force: bool) -> None:
    """Refuse, before anything is numbered, what could not be written; make the folder if named.

    Raises LookupFailedError `file-exists`, UnusableError `folder-missing`.
    """
    refuse_existing(*targets, force=force)
    if as_file and not output.parent.is_dir():
        raise UnusableError("folder-missing", f"目录不存在：{output.parent}", "请先建立这个目录。")
    if not as_file:
        make_folder(output)


def check_printable(paper: Paper, path: Path) -> None:
    """Refuse, before anything is recorded for good, a paper that can't be set as the file's format.

    Raises what `to_pdf` raises: InputError `glyph-missing` for a character that no font has.
    """
    if path.suffix.lower() == ".pdf":
        to_pdf(paper)


def print_paper(archive: Archive, row: IssuedPaper, path: Path, *, force: bool) -> None:
    """Write a paper as it was served: the same words, whatever the template says now."""
    write_paper(stamped(archive, row), path, force=force)
