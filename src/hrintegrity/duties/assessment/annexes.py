"""By which annex a year is assessed: one that the office took into use, or the notice's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrintegrity.archive.asking import as_day
from hrintegrity.archive.reader import Reader
from hrintegrity.compact_json import encode
from hrintegrity.errors import InputError, RuleError
from hrintegrity.notice.indicators import (
    Annex,
    annex,
    annex_yaml,
    fixed_by_notice,
    kept_annex,
    read_annex,
)

if TYPE_CHECKING:
    from hrintegrity.archive.engine import Archive

CLAUSE = "附件1"


@dataclass(frozen=True)
class AnnexView:
    """The annex by which a year is assessed; without `adopted` it is the notice's."""

    id: str
    year: int
    annex: Annex
    adopted: dt.date | None

    def as_mapping(self) -> dict[str, Any]:
        """Return it as JSON shows it."""
        head = {"id": self.id, "year": self.year, "adopted": self.adopted}
        return head | self.annex.as_mapping()


def in_use(archive: Reader, year: int) -> Annex:
    """Return the annex by which a year is assessed."""
    return view(archive, year).annex


_NEWEST = "SELECT id, content, adopted FROM annex WHERE year = :year ORDER BY id DESC LIMIT 1"


def view(archive: Reader, year: int) -> AnnexView:
    """Return the annex by which a year is assessed, and whose it is.

    The newest that the office took into use for just this year; else the notice's.
    """
    row = archive.query(_NEWEST, {"year": year}).first()
    if row is None:
        return AnnexView("notice", year, annex(year), None)
    id_, content, adopted = row
    return AnnexView(id_, year, kept_annex(content), as_day(adopted))


def adopt(archive: Archive, path: Path, *, year: int, today: dt.date) -> AnnexView:
    """Take another year's annex from a YAML file; an equal one is left as it is.

    Raises InputError `annex-refused`, LookupFailedError `file-missing`, RuleError `annex-in-use`
    for a year whose annex the notice fixes, or that has sheets or conclusions.
    """
    from hrintegrity.archive import writer  # noqa: PLC0415 — to read must not load it.
    from hrintegrity.archive.tables.assessment import YearAnnex  # noqa: PLC0415

    written, found = read_annex(path)
    if written != year:
        reason = f"文件里的年份是 {written}，--year 是 {year}"
        detail = {"row": None, "column": "year", "value": written, "reason": reason}
        raise InputError(
            "annex-refused",
            f"{path.name}：{reason}。",
            "请改成一致再试，什么都没有写入。",
            details=[detail],
        )
    if fixed_by_notice(year):
        raise _in_use(f"{year}年的评估指标由通知附件1规定，不能改用别的。", "year 应是另一年。")
    if _has_rows(archive, year):
        raise _in_use(
            f"{year}年已有评分表或评定结论，评估指标不能再改。",
            "一年的指标要在评分之前启用。",
        )
    before = view(archive, year)
    if before.adopted is not None and before.annex == found:
        return before
    content = as_text(found)
    row = YearAnnex(year=year, title=found.title, content=content, adopted=today)
    return AnnexView(writer.insert(archive, row).id, year, found, today)


def as_text(annex: Annex) -> str:
    """Return an annex as the JSON text that records carry; equal annexes give equal text."""
    return encode(annex.as_mapping())


def as_yaml(archive: Reader, year: int) -> str:
    """Return the annex in use as the YAML that `adopt` reads."""
    return annex_yaml(year, in_use(archive, year))


def _has_rows(archive: Reader, year: int) -> bool:
    return any(
        archive.query(f"SELECT id FROM {table} WHERE year = :year LIMIT 1", {"year": year}).first()
        for table in ("score_sheet", "conclusion")
    )


def _in_use(message: str, hint: str) -> RuleError:
    return RuleError("annex-in-use", message, hint, clause=CLAUSE)
