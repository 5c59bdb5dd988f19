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
from hrintegrity.duties.importing.target import Batch, Case, Fault, Rows, differing, recorded
from hrintegrity.notice.districts import DISTRICTS, find_district
from hrintegrity.notice.records import kind
from hrintegrity.sheets.columns import Table, declared
from hrintegrity.text import fold

_COUNT = re.compile(r"(\d{1,9})(?:\.0+)?(?:人次?|家次?|篇|次)?")

Key = tuple[str, str, str, str]


def count(text: str) -> int:
    """Read a head count, `60`, `60人` or a spreadsheet's `60.0`. Raises ValueError."""
    match = _COUNT.fullmatch("".join(fold(text).split()).replace(",", ""))
    if match is None:
        raise ValueError("应是不小于 0 的整数")
    return int(match[1])


_ACTIVITY = kind("activity")


def table() -> Table:
    """Return the columns of activities; the city's file may add 区县."""
    return Table(
        name="campaign",
        title="诚信服务月活动登记表",
        key=("kind", "date", "title"),
        columns=(
            declared(_ACTIVITY["kind"], required=True),
            declared(_ACTIVITY["date"], required=True),
            declared(_ACTIVITY["title"], required=True),
            *(declared(_ACTIVITY[name], count) for name in ("people", "agencies", "media")),
            declared(_ACTIVITY["note"], lines=True, width=30),
            declared(_ACTIVITY["district"], lambda text: find_district(text).code,
                  width=12, choices=tuple(district.name for district in DISTRICTS),
                  note="只有市局的档案库要填，空着的是市局自己的活动"),
        ),
    )  # fmt: skip


ActivityCase = Case[None, Key, Activity]
_COMPARED = ("people", "agencies", "media", "note")


class ActivityRows(Rows[None, Key, Activity]):
    """Rows that become activities of a campaign."""

    model = Activity

    def __init__(self, archive: Archive, *, year: int | None) -> None:
        super().__init__(archive)
        self.table = table()
        self.year = offices.campaign(archive, year).year
        self.own = offices.owner(archive)

    def key(self, values: Mapping[str, Any], found: None) -> Key:
        """Return district, kind, day and title; the year is the campaign's."""
        district = values.get("district") or self.own.code
        return district, values["kind"], values["date"], values["title"]

    def records(self, cases: Sequence[ActivityCase]) -> Mapping[Key, Activity]:
        """Return the activities of these keys."""
        query = select(Activity).where(
            Activity.year == self.year, col(Activity.title).in_({case.key[3] for case in cases})
        )
        return {
            (row.district, row.kind, row.date.isoformat(), row.title): row
            for row in self.archive.session.exec(query)
        }

    def changes(self, case: ActivityCase) -> dict[str, Any]:
        """Return what a row says otherwise than the archive."""
        return differing(case, _COMPARED)

    def check(self, case: ActivityCase) -> None:
        """Refuse an activity of another district than the archive's own."""
        if self.own.code not in (offices.CITY, case.key[0]):
            raise Fault(
                "district",
                f"不归{self.own.name}管理，本档案库只办{self.own.name}的事",
                offices.not_ours(self.own, "这项活动"),
            )

    def add(self, case: ActivityCase, batch: Batch) -> None:
        """Enter a new activity."""
        district, kind, date, title = case.key
        activity = {
            "id": new_id(),
            "district": district,
            "year": self.year,
            "kind": kind,
            "date": date,
            "title": title,
            **{name: case.values.get(name) for name in _COMPARED},
            **dict.fromkeys(("form", "partners")),
        }
        batch.insert(Activity, activity)

    def change(self, case: ActivityCase, changes: Mapping[str, Any], batch: Batch) -> None:
        """Change an activity."""
        batch.update(recorded(case), changes)
