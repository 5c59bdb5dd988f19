"""Activities as a table: one row each, known by kind, day and title."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from hrintegrity.archive.engine import Archive
from hrintegrity.archive.tables.base import new_id
from hrintegrity.archive.tables.campaign import Activity
from hrintegrity.duties import offices
from hrintegrity.duties.importing import Fault, iso
from hrintegrity.notice.districts import DISTRICTS, find_district
from hrintegrity.notice.words import ACTIVITY
from hrintegrity.sheets.columns import Column, Table, clean
from hrintegrity.sheets.reading import Row
from hrintegrity.text import fold, parse_date

_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(?:人次?|家次?|篇|次)?")

Key = tuple[str, str, str, str]


def count(text: str) -> int:
    """Read a head count, `60`, `60人` or a spreadsheet's `60.0`. Raises ValueError."""
    match = _COUNT.fullmatch("".join(fold(text).split()).replace(",", ""))
    if match is None:
        raise ValueError("应是不小于 0 的整数")
    return int(match[1])


def table() -> Table:
    """Return the columns of activities, in the order of cli.md; the city's file may add 区县."""
    return Table(
        name="campaign",
        title="诚信服务月活动登记表",
        key=("kind", "date", "title"),
        columns=(
            Column("kind", ("活动类型", "类型"), ACTIVITY.parse, required=True, width=18,
                   choices=tuple(ACTIVITY.chinese(word) for word in ACTIVITY)),
            Column("date", ("活动日期", "日期"), lambda text: parse_date(text).isoformat(),
                   required=True, is_date=True, width=14, example="2013-10-15"),
            Column("title", ("活动名称", "名称"), clean, required=True, width=40,
                   example="“诚信兴业”主题培训班"),
            Column("people", ("参加人数", "人数"), count, width=12, example="60"),
            Column("agencies", ("机构数", "参加机构数"), count, width=12),
            Column("media", ("媒体报道数", "媒体报道"), count, width=12),
            Column("note", ("备注",), clean, width=30),
            Column("district", ("区县", "所属区县"), lambda text: find_district(text).code,
                   width=12, choices=tuple(district.name for district in DISTRICTS),
                   note="只有市局的档案库要填，空着的是市局自己的活动"),
        ),
    )  # fmt: skip


class Target:
    """Rows that become activities of a campaign."""

    model = Activity

    def __init__(self, archive: Archive, *, year: int | None) -> None:
        self.archive = archive
        self.table = table()
        self.year = offices.campaign(archive, year).year
        self.own = offices.owner(archive)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Nothing to look up."""

    def key(self, values: Mapping[str, Any]) -> Key:
        """Return district, kind, day and title; the year is the campaign's."""
        return self._district(values), values["kind"], values["date"], values["title"]

    def existing(self, keys: Sequence[Key]) -> Mapping[Key, Activity]:
        """Return the activities of these keys."""
        query = select(Activity).where(
            Activity.year == self.year, col(Activity.title).in_({key[3] for key in keys})
        )
        found = {
            (row.district, row.kind, row.date.isoformat(), row.title): row
            for row in self.archive.session.exec(query)
        }
        return {key: found[key] for key in keys if key in found}

    def changes(self, record: Activity, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a row says otherwise than the archive."""
        return {
            name: values[name]
            for name in ("people", "agencies", "media", "note")
            if values.get(name) is not None and iso(getattr(record, name)) != values[name]
        }

    def check(self, values: Mapping[str, Any]) -> None:
        """Refuse an activity of another district than the archive's own."""
        if self.own.code != offices.CITY and self._district(values) != self.own.code:
            raise Fault(
                "district",
                f"不归{self.own.name}管理，本档案库只办{self.own.name}的事",
                offices.not_ours(self.own, "这项活动"),
            )

    def new(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return all columns of a new activity."""
        return {
            "id": new_id(),
            "district": self._district(values),
            "year": self.year,
            "kind": values["kind"],
            "date": values["date"],
            "title": values["title"],
            **{name: values.get(name) for name in ("people", "agencies", "media", "note")},
        }

    def _district(self, values: Mapping[str, Any]) -> str:
        return values.get("district") or self.own.code
